"""The app conferences."""

from django.apps import AppConfig


class ConferencesConfig(AppConfig):
    """See docs/architecture.md."""

    name = "conferences"
