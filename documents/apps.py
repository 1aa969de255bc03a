"""The app documents."""

from django.apps import AppConfig


class DocumentsConfig(AppConfig):
    """See docs/architecture.md."""

    name = "documents"
