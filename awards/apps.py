"""Awards: catalogue, nominations, the authority's desk, decisions."""

from django.apps import AppConfig
from django.db.models.signals import post_migrate


class AwardsConfig(AppConfig):
    """From the ranking to the decision."""

    name = "awards"
    verbose_name = "Bình xét, khen thưởng"

    def ready(self) -> None:
        """Declare permissions; give a migrated database without awards the catalogue that waits for confirmation."""
        from awards import rules  # noqa: F401, PLC0415 - permissions are declared on import
        from awards.catalogue import fill_empty_catalogue  # noqa: PLC0415 - models are not loaded before

        post_migrate.connect(fill_empty_catalogue, sender=self, dispatch_uid="awards.catalogue")
