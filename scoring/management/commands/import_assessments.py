"""Take the members' results over from a file."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from blocs import clock
from blocs.models import BlocYear
from scoring.actions.importing import import_assessments
from scoring.management.importing import ImportCommand
from scoring.models import SelfAssessment
from scoring.sheets.checking import read_results


class Command(ImportCommand):
    """`import_assessments FILE --bloc CODE --year YYYY [--draft | --finalised]`."""

    help = "Import the self-assessments of members of a bloc year (.xlsx or UTF-8 .csv)."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Say in which state the members of the file arrive; without either, as submitted."""
        super().add_arguments(parser)
        states = parser.add_mutually_exclusive_group()
        states.add_argument("--draft", action="store_true", help="as drafts; rows may be missing")
        states.add_argument("--finalised", action="store_true", help="as finalised")
        parser.add_argument(
            "--typed-drafts", choices=["keep", "replace"], default="",
            help="what becomes of criteria that units filled in by hand: kept, or replaced (kept in the field history)",
        )  # fmt: skip

    def run(self, year: BlocYear, options: dict[str, Any]) -> None:
        """Read, show, and unless it is a trial, write."""
        by = self.actor(options)
        with self.open(options["file"]) as upload:
            file = read_results(upload, Path(options["file"]).name, year, as_draft=options["draft"])
        units = frozenset(member.subject.unit_id for member in file.members)
        self.require("scoring.import_results", (year, units, options["draft"]), by)
        state = SelfAssessment.State.FINALISED if options["finalised"] else SelfAssessment.State.SUBMITTED
        state = SelfAssessment.State.DRAFT if options["draft"] else state
        if self.show(file.preview, options):
            typed = options["typed_drafts"]
            written = import_assessments(year, file.members, state=state, typed=typed, by=by, at=clock.now())
            self.stdout.write(f"Đã ghi {len(written):02d} bảng tự chấm điểm: {state.label}.")
