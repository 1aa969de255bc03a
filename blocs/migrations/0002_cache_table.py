"""The table of the database cache, which keeps the limits of sign-in for all processes."""

from typing import Any

from django.core.management import call_command
from django.db import migrations


def create_cache_table(_apps: Any, schema_editor: Any) -> None:
    """Create the table unless it is there."""
    call_command("createcachetable", database=schema_editor.connection.alias, verbosity=0)


class Migration(migrations.Migration):
    """After the first tables of the ground floor."""

    dependencies = [("blocs", "0001_initial")]

    operations = [migrations.RunPython(create_cache_table, migrations.RunPython.noop)]
