"""Write the criteria table of a year to a file that can be imported again."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management import CommandError

from blocs.models import BlocYear
from blocs.sheets import write_csv
from scoring.management.importing import YearCommand
from scoring.queries.tables import current_table
from scoring.screens.tables import table_rows, table_sheets
from scoring.sheets.criteria import COLUMNS


class Command(YearCommand):
    """`export_criteria OUT --bloc CODE --year YYYY`: .xlsx with the settings sheet, or .csv of the rows."""

    help = "Export the criteria table of a bloc year (.xlsx or UTF-8 .csv)."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Say which file."""
        parser.add_argument("file", metavar="OUT", help=".xlsx (rows and settings) or .csv (rows)")
        super().add_arguments(parser)

    def run(self, year: BlocYear, options: dict[str, Any]) -> None:
        """Write the adopted table, else the draft."""
        table, out = current_table(year), Path(options["file"])
        if table is None:
            raise CommandError(f"Năm {year.year} chưa có bảng tiêu chí.")
        if out.suffix.lower() not in {".xlsx", ".csv"}:
            raise CommandError("Tên tệp phải có đuôi .xlsx hoặc .csv.")
        rows = write_csv([column.label for column in COLUMNS], table_rows(table))
        out.write_bytes(table_sheets(table) if out.suffix.lower() == ".xlsx" else rows.encode())
        self.stdout.write(f"Đã ghi bảng tiêu chí lần {table.version} ra {out.name}.")
