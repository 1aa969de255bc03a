"""Take the members of a bloc year over from a file."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import CommandError
from django.db import transaction

from blocs import clock
from blocs.actions.blocs import found_bloc, record_authority
from blocs.actions.rosters import import_members
from blocs.management.acting import RosterCommand
from blocs.models import Authority, Bloc, User
from blocs.rosters.members import read_members


class Command(RosterCommand):
    """`import_members FILE --bloc CODE --year YYYY`: creates the year, and with --new-bloc the bloc, when missing."""

    help = "Import the members of a bloc year (.xlsx or UTF-8 .csv): unit, role (leader, deputy, member)."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Say which bloc and year."""
        super().add_arguments(parser)
        parser.add_argument("--bloc", required=True, metavar="CODE", help="code of the bloc")
        parser.add_argument("--year", required=True, type=int, metavar="YYYY", help="the emulation year")
        parser.add_argument("--new-bloc", metavar="NAME", help="found the bloc under this name when it is missing")
        parser.add_argument("--authority", metavar="NAME", help="the authority of a new bloc")

    def run(self, options: dict[str, Any]) -> None:
        """Read, show, and unless it is a trial, write all of it."""
        bloc = Bloc.objects.filter(code__iexact=options["bloc"]).first()
        if bloc is None and not options["new_bloc"]:
            raise CommandError(f"Không có khối mã “{options['bloc']}”. Ghi tên khối mới bằng --new-bloc.")
        by = self.actor(options, "blocs.oversee", bloc) if bloc else self.actor(options, "blocs.keep_units")
        with self.open(options) as upload:
            roster = read_members(upload, Path(options["file"]).name)
        if self.show(roster.preview, options):
            with transaction.atomic():
                bloc = bloc or self._found(options, by)
                year = import_members(bloc, year=options["year"], roster=roster, by=by, on=clock.today())
            self.stdout.write(f"Đã ghi {len(roster.members)} đơn vị thành viên: {year}.")

    def _found(self, options: dict[str, Any], by: User | None) -> Bloc:
        name = options["authority"]
        authorities = Authority.objects.all()[:2]
        if not name and len(authorities) != 1:
            raise CommandError("Ghi cơ quan tổ chức khối bằng --authority.")
        authority = record_authority(name=name, by=by) if name else authorities[0]
        return found_bloc(authority, code=options["bloc"], name=options["new_bloc"], by=by, at=clock.now())
