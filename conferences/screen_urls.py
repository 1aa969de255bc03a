"""Addresses without an account: the wall of a meeting by its link, and its published results."""

from django.urls import URLPattern, path

from conferences.views import live, papers

app_name = "screen"
urlpatterns: list[URLPattern] = [
    path("ket-qua/<slug:bloc>/<int:year>/", papers.public, name="results"),
    path("trinh-chieu/<str:token>/", live.screen, name="wall"),
    path("trinh-chieu/<str:token>/noi-dung/", live.screen_part, name="wall_part"),
]
