"""Addresses of the public page of verification."""

from django.urls import path, re_path

from documents import public_views as views

app_name = "check"
urlpatterns = [
    path("", views.ask, name="ask"),
    re_path(r"^tep/(?P<sha256>[0-9a-f]{64})/$", views.by_digest, name="file"),
    path("<str:code>/", views.by_code, name="code"),
]
