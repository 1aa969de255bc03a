"""The app documents."""

from typing import Any

from django.apps import AppConfig
from django.core import checks


class DocumentsConfig(AppConfig):
    """See docs/architecture.md."""

    name = "documents"
    verbose_name = "Văn bản"

    def ready(self) -> None:
        """Declare the permissions and have `manage.py check` look at the printer."""
        from documents import rules  # noqa: F401, PLC0415 - permissions are declared on import

        checks.register(printer_is_complete)


def printer_is_complete(**_arguments: Any) -> list[checks.CheckMessage]:
    """Warn when papers cannot be printed on this machine, with the line that mends it."""
    from documents.printing import line_to_type, missing_packages  # noqa: PLC0415 - needs settings

    packages = missing_packages()
    if not packages:
        return []
    return [checks.Warning("Papers cannot be printed here.", hint=line_to_type(packages), id="documents.W001")]
