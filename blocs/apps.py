"""The ground floor."""

from django.apps import AppConfig


class BlocsConfig(AppConfig):
    """People, units, blocs, bloc years, and the shared tools."""

    name = "blocs"
    verbose_name = "Khối và đơn vị"
