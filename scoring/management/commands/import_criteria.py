"""Take a criteria table over from a file and adopt it."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import CommandParser

from blocs import clock
from blocs.models import BlocYear
from scoring.actions.tables import import_criteria, refuse_results
from scoring.management.importing import ImportCommand
from scoring.sheets.criteria import read_criteria_path
from scoring.sheets.properties import KEYS


class Command(ImportCommand):
    """`import_criteria FILE --bloc CODE --year YYYY`: options beat the settings file, which beats the settings sheet."""

    help = "Import and adopt the criteria table of a bloc year (.xlsx or UTF-8 .csv)."

    def create_parser(self, prog_name: str, subcommand: str, **kwargs: Any) -> CommandParser:
        """Let our `--settings FILE` take the place of Django's (manage.py hands it over as `--settings-file`)."""
        parser = super().create_parser(prog_name, subcommand, conflict_handler="resolve", **kwargs)
        parser.set_defaults(settings=None)
        return parser

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Add the settings file and one option for each property of a table."""
        super().add_arguments(parser)
        parser.add_argument(
            "--settings-file", "--settings", dest="settings_file", metavar="FILE", help="properties of the table"
        )
        parser.add_argument("--draft", action="store_true", help="leave the table a draft")
        for key in KEYS:
            parser.add_argument(f"--{key.replace('_', '-')}", dest=f"property_{key}", metavar="VALUE")

    def run(self, year: BlocYear, options: dict[str, Any]) -> None:
        """Read, show, and unless it is a trial, adopt."""
        by = self.actor(options)
        self.require("scoring.keep_table", year, by)
        stated = {key: options[f"property_{key}"] for key in KEYS if options[f"property_{key}"] is not None}
        file = read_criteria_path(options["file"], settings=options["settings_file"], options=stated)
        refuse_results(year)
        if self.show(file.preview, options):
            table = import_criteria(year, file.plan, adopt=not options["draft"], by=by, at=clock.now())
            self.stdout.write(f"Đã ghi bảng tiêu chí lần {table.version}: {table.get_state_display()}.")
