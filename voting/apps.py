"""The app voting."""

from django.apps import AppConfig


class VotingConfig(AppConfig):
    """Rounds of any vote: roll, ballots, urn, tally. It has no addresses of its own."""

    name = "voting"
    verbose_name = "Bỏ phiếu"

    def ready(self) -> None:
        """Declare the permissions."""
        from voting import rules  # noqa: F401, PLC0415 - permissions are declared on import
