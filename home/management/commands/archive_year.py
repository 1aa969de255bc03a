"""Write the archive of a bloc year."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from blocs.models import BlocYear
from home.actions import archive_year


class Command(BaseCommand):
    """`archive_year --bloc CODE --year YYYY OUT.zip`: prints the SHA-256 to be noted elsewhere."""

    help = "Lập tệp lưu trữ của một năm thi đua: văn bản, điểm, chữ ký, nhật ký, bảng kê mã kiểm tra."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Say which year and where to."""
        parser.add_argument("out", type=Path)
        parser.add_argument("--bloc", required=True)
        parser.add_argument("--year", type=int, required=True)

    def handle(self, *_args: Any, **options: Any) -> None:
        """Write it and print its digest."""
        years = BlocYear.objects.select_related("bloc__authority")
        year = years.filter(bloc__code=options["bloc"], year=options["year"]).first()
        if year is None:
            raise CommandError(f"Không có năm {options['year']} của khối {options['bloc']}.")
        self.stdout.write(archive_year(year, out=options["out"], by=None))
