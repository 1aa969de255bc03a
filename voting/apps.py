"""The app voting."""

from django.apps import AppConfig


class VotingConfig(AppConfig):
    """See docs/architecture.md."""

    name = "voting"
