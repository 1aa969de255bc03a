"""What the commands of the ground floor share: who acts, a preview before anything is written, refusals as sentences."""

from argparse import ArgumentParser
from pathlib import Path
from typing import IO, Any

from django.core.exceptions import PermissionDenied
from django.core.management.base import BaseCommand, CommandError

from blocs.errors import Refusal
from blocs.models import User
from blocs.rules import require
from blocs.sheets import Preview, SheetRefused


class ActingCommand(BaseCommand):
    """A command that acts; a refusal ends it with its sentence and exit code 1."""

    requires_system_checks = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Say by whom."""
        parser.add_argument("--by", metavar="USERNAME", help="act as this account; without it, as the operator")

    def handle(self, *_args: Any, **options: Any) -> None:
        """Run the command and turn a refusal into its sentence."""
        try:
            self.run(options)
        except (Refusal, PermissionDenied) as refusal:
            raise CommandError(str(refusal)) from refusal

    def run(self, options: dict[str, Any]) -> None:
        """Do what the command is for."""
        raise NotImplementedError

    def actor(self, options: dict[str, Any], permission: str, subject: Any = None) -> User | None:
        """Return the account that acts, if it may; None for the operator, who always may."""
        if not options["by"]:
            return None
        user = User.objects.filter(username__iexact=options["by"]).first()
        if user is None:
            raise CommandError(f"Không có tài khoản “{options['by']}”.")
        require(user, permission, subject)
        return user


class RosterCommand(ActingCommand):
    """A command that takes a list over from a file, whole or not at all."""

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Say which file, and whether only to look."""
        parser.add_argument("file", metavar="FILE", help=".xlsx or UTF-8 .csv")
        super().add_arguments(parser)
        parser.add_argument("--dry-run", action="store_true", help="print the preview and write nothing")

    def open(self, options: dict[str, Any]) -> IO[bytes]:
        """Open the file of the operator's disk."""
        try:
            return Path(options["file"]).open("rb")
        except OSError as error:
            raise SheetRefused(f"Không mở được tệp “{options['file']}”.") from error

    def show(self, preview: Preview, options: dict[str, Any]) -> bool:
        """Print the preview; fail when it has faults; say whether to go on and write."""
        if not preview.is_clean:
            raise CommandError(preview.text())
        self.stdout.write(preview.text())
        if options["dry_run"]:
            self.stdout.write("Chạy thử: chưa có nội dung nào được ghi.")
        return not options["dry_run"]
