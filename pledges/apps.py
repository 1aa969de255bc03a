"""The app pledges."""

from django.apps import AppConfig


class PledgesConfig(AppConfig):
    """See docs/architecture.md."""

    name = "pledges"
