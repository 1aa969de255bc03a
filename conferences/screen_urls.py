"""Addresses outside any year and any account: the wall of a meeting, by its link."""

from django.urls import URLPattern, path

from conferences.views import live

app_name = "screen"
urlpatterns: list[URLPattern] = [
    path("trinh-chieu/<str:token>/", live.screen, name="wall"),
    path("trinh-chieu/<str:token>/noi-dung/", live.screen_part, name="wall_part"),
]
