"""Take over the closing results of a year of which nothing else is known."""

from pathlib import Path
from typing import Any

from blocs import clock
from blocs.models import BlocYear
from scoring.actions.importing import import_results
from scoring.management.importing import ImportCommand
from scoring.sheets.known_results import read_known_results


class Command(ImportCommand):
    """`import_results FILE --bloc CODE --year YYYY` with unit, total, rank, grade."""

    help = "Import the closing results of a past bloc year (.xlsx or UTF-8 .csv)."

    def run(self, year: BlocYear, options: dict[str, Any]) -> None:
        """Read, show, and unless it is a trial, write."""
        by = self.actor(options)
        self.require("blocs.oversee", year, by)
        with self.open(options["file"]) as upload:
            file = read_known_results(upload, Path(options["file"]).name, year)
        if self.show(file.preview, options):
            count = import_results(year, file.results, by=by, at=clock.now())
            self.stdout.write(f"Đã ghi kết quả của {count:02d} đơn vị.")
