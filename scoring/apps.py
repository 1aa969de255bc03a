"""The app scoring."""

from django.apps import AppConfig


class ScoringConfig(AppConfig):
    """See docs/architecture.md."""

    name = "scoring"
