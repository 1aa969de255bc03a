"""Check that nothing was changed in the log."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from blocs.audit import breaks, head
from blocs.models import LogEntry


class Command(BaseCommand):
    """`verify_chain [--head DIGEST]`: the number of rows and the head, or exit 1 with the first difference."""

    help = "Verify the hash-chained log; --head compares with a digest that was noted elsewhere."
    requires_system_checks = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take a head noted earlier, on minutes or an archive."""
        parser.add_argument("--head", metavar="DIGEST", help="digest noted earlier; some row must carry it")

    def handle(self, *_args: Any, **options: Any) -> None:
        """Walk through the whole chain."""
        found = next(breaks(), None)
        if found is not None:
            raise CommandError(f"Bảng {found.table}, dòng {found.sequence}: {found.difference}.")
        rows, digest = head()
        noted = (options["head"] or "").strip().lower()
        if noted and noted != digest:
            row = LogEntry.objects.filter(digest=noted).first()
            if row is None:
                table = LogEntry._meta.db_table  # noqa: SLF001 - Django's public reflection
                raise CommandError(
                    f"Bảng {table}, dòng {rows}: không có dòng nào mang mã {noted}; "
                    "nhật ký đã bị cắt bớt hoặc ghi lại sau khi mã này được ghi ở nơi khác."
                )
            self.stdout.write(f"Mã đã ghi ở nơi khác là của dòng {row.sequence}.")
        self.stdout.write(f"Số dòng: {rows}. Mã của dòng cuối: {digest}")
