"""Addresses of the authority's desk: nominations and decisions over many blocs."""

from django.urls import URLPattern

app_name = "desk"
urlpatterns: list[URLPattern] = []
