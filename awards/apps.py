"""The app awards."""

from django.apps import AppConfig


class AwardsConfig(AppConfig):
    """See docs/architecture.md."""

    name = "awards"
