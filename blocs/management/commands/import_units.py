"""Take units over from a file."""

from pathlib import Path
from typing import Any

from blocs.actions.rosters import import_units
from blocs.management.acting import RosterCommand
from blocs.rosters.units import read_units


class Command(RosterCommand):
    """`import_units FILE`: new units, new names, corrections, successors."""

    help = (
        "Import units (.xlsx or UTF-8 .csv): code, name, short_name, province, kind, valid_from, valid_to, successor."
    )

    def run(self, options: dict[str, Any]) -> None:
        """Read, show, and unless it is a trial, write all of it."""
        by = self.actor(options, "blocs.keep_units")
        with self.open(options) as upload:
            roster = read_units(upload, Path(options["file"]).name)
        if self.show(roster.preview, options):
            rows = import_units(roster, by=by)
            self.stdout.write(f"Đã ghi {rows} dòng.")
