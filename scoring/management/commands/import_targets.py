"""Take the members' targets over from a file; they are approved."""

from pathlib import Path
from typing import Any

from blocs import clock
from blocs.models import BlocYear
from scoring.actions.importing import import_targets
from scoring.management.importing import ImportCommand
from scoring.sheets.targets import read_targets


class Command(ImportCommand):
    """`import_targets FILE --bloc CODE --year YYYY`."""

    help = "Import the targets of the members of a bloc year (.xlsx or UTF-8 .csv)."

    def run(self, year: BlocYear, options: dict[str, Any]) -> None:
        """Read, show, and unless it is a trial, write."""
        by = self.actor(options)
        self.require("scoring.keep_table", year, by)
        with self.open(options["file"]) as upload:
            file = read_targets(upload, Path(options["file"]).name, year)
        if self.show(file.preview, options):
            count = import_targets(year, file.targets, by=by, at=clock.now())
            self.stdout.write(f"Đã ghi {count:02d} kế hoạch.")
