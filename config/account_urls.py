"""Addresses of sign-in, passwords and re-authentication, under allauth's names."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
