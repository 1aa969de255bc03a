"""What the commands of scoring share: which bloc year, by whom, a preview before anything is written."""

from argparse import ArgumentParser
from pathlib import Path
from typing import IO, Any, NoReturn

from django.core.exceptions import PermissionDenied
from django.core.management.base import BaseCommand, CommandError

from blocs.errors import Refusal
from blocs.models import BlocYear, User
from blocs.rules import require
from blocs.sheets import Preview, SheetRefused


class YearCommand(BaseCommand):
    """A command about one bloc year; refusals end it with their sentence and exit code 1."""

    requires_system_checks = ()  # a broken page must not keep data from coming in

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Say which bloc year."""
        parser.add_argument("--bloc", required=True, metavar="CODE", help="code of the bloc")
        parser.add_argument("--year", required=True, type=int, metavar="YYYY", help="the emulation year")

    def year_of(self, options: dict[str, Any]) -> BlocYear:
        """Return the bloc year the options name."""
        year = (
            BlocYear.objects.select_related("bloc")
            .filter(bloc__code__iexact=options["bloc"], year=options["year"])
            .first()
        )
        if year is None:
            raise CommandError(f"Không có năm {options['year']} của khối có mã “{options['bloc']}”.")
        return year

    def handle(self, *_args: Any, **options: Any) -> None:
        """Run the command and turn a refusal into its sentence."""
        try:
            self.run(self.year_of(options), options)
        except Refusal as refusal:
            raise CommandError(refusal.sentence) from refusal

    def run(self, year: BlocYear, options: dict[str, Any]) -> None:
        """Do what the command is for."""
        raise NotImplementedError


class ImportCommand(YearCommand):
    """An import: reads a file, prints the preview, writes all or nothing."""

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Say which file, by whom, and whether only to look."""
        parser.add_argument("file", metavar="FILE", help=".xlsx or UTF-8 .csv")
        super().add_arguments(parser)
        parser.add_argument("--by", metavar="USERNAME", help="act as this account; without it, as the operator")
        parser.add_argument("--dry-run", action="store_true", help="print the preview and write nothing")

    def open(self, path: str) -> IO[bytes]:
        """Open a file of the operator's disk."""
        try:
            return Path(path).open("rb")
        except OSError as error:
            raise SheetRefused(f"Không mở được tệp “{path}”.") from error

    def actor(self, options: dict[str, Any]) -> User | None:
        """Return the account that acts, None for the operator."""
        if not options["by"]:
            return None
        user = User.objects.filter(username__iexact=options["by"]).first()
        if user is None:
            raise CommandError(f"Không có tài khoản “{options['by']}”.")
        return user

    def require(self, permission: str, subject: Any, user: User | None) -> None:
        """End the command unless the acting account may; the operator may."""
        try:
            if user is not None:
                require(user, permission, subject)
        except PermissionDenied as refusal:
            raise CommandError(str(refusal)) from refusal

    def show(self, preview: Preview, options: dict[str, Any]) -> bool:
        """Print the preview; fail when it has faults; say whether to go on and write."""
        if not preview.is_clean:
            self._fail(preview)
        self.stdout.write(preview.text())
        if options["dry_run"]:
            self.stdout.write("Chạy thử: chưa có nội dung nào được ghi.")
        return not options["dry_run"]

    def _fail(self, preview: Preview) -> NoReturn:
        raise CommandError(preview.text())
