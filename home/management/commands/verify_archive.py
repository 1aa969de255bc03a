"""Check the archive of a bloc year."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from home.verifier import differences


class Command(BaseCommand):
    """`verify_archive OUT.zip [--expect DIGEST]`: the same check as kiem-tra.py inside the archive."""

    help = "Kiểm tra tệp lưu trữ: nêu tên từng tệp bị thay đổi, thêm vào hoặc thiếu."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Say which file, and the digest that was noted when it was made."""
        parser.add_argument("archive", type=Path)
        parser.add_argument("--expect", default="")

    def handle(self, *_args: Any, **options: Any) -> None:
        """Name what differs, or say that nothing does."""
        if found := differences(options["archive"], options["expect"]):
            raise CommandError("\n".join(found))
        said = "Là bản gốc: mã SHA-256 khớp mã đã ghi." if options["expect"] else "Không thay đổi so với bảng kê."
        self.stdout.write(said)
