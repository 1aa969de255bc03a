"""Scoring: criteria tables, self-assessments, review, standings."""

from django.apps import AppConfig


class ScoringConfig(AppConfig):
    """Criteria tables, self-assessments, evidence, review, standings."""

    name = "scoring"
    verbose_name = "Chấm điểm"

    def ready(self) -> None:
        """Declare the permissions."""
        from scoring import rules  # noqa: F401, PLC0415 - permissions are declared on import
