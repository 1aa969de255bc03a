"""The app home."""

from django.apps import AppConfig


class HomeConfig(AppConfig):
    """See docs/architecture.md."""

    name = "home"
