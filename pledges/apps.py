"""The app pledges."""

from django.apps import AppConfig


class PledgesConfig(AppConfig):
    """The year's pledge: text, targets, freezing, confirmations, signatures."""

    name = "pledges"
    verbose_name = "Giao ước thi đua"

    def ready(self) -> None:
        """Declare the permissions."""
        from pledges import rules  # noqa: F401, PLC0415 - permissions are declared on import
