"""Write the standings of a bloc year."""

import json
from argparse import ArgumentParser
from typing import Any

from blocs.models import BlocYear
from blocs.sheets import write_csv
from scoring.management.importing import YearCommand
from scoring.queries.standings import AMOUNTS, Standings, standings
from scoring.ranking import Layer


class Command(YearCommand):
    """`standings --bloc CODE --year YYYY --format json|csv|table [--layer claimed|reviewed|agreed|corrected]`."""

    help = "Print the standings of a bloc year."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Say how, and at which layer; without one, at the latest that is complete for the whole bloc."""
        super().add_arguments(parser)
        parser.add_argument("--format", choices=["json", "csv", "table"], default="table")
        parser.add_argument("--layer", choices=[layer.value for layer in Layer])

    def run(self, year: BlocYear, options: dict[str, Any]) -> None:
        """Print the lines in rank order."""
        found = standings(year, options["layer"])
        writers = {"json": _json, "csv": _csv, "table": _table}
        self.stdout.write(writers[options["format"]](found))


def _json(found: Standings) -> str:
    return json.dumps([row.as_json() for row in found.rows], ensure_ascii=False, indent=2)


def _csv(found: Standings) -> str:
    groups = list(found.rows[0].groups) if found.rows else []
    headers = ["unit", "name", "layer", *groups, *AMOUNTS, "rank", "shared", "grade", "provisional"]
    lines = []
    for row in found.rows:
        amounts = [row.groups[code] for code in groups] + [getattr(row, name) for name in AMOUNTS]
        flags = ["yes" if flag else "no" for flag in (row.shared, row.provisional)]
        lines.append([row.code, row.name, row.layer, *amounts, row.rank, flags[0], row.grade, flags[1]])
    return write_csv(headers, lines).rstrip("\r\n")


def _table(found: Standings) -> str:
    headers = ("Hạng", "Đơn vị", "Điểm chuẩn", "Điểm thưởng", "Điểm trừ", "Tổng điểm", "Xếp loại")
    lines: list[tuple[str, ...]] = [headers]
    for row in found.rows:
        shown = row.printed
        lines.append((shown["rank"], row.short_name, *(shown[name] for name in AMOUNTS), shown["grade"]))
    widths = [max(len(line[place]) for line in lines) for place in range(len(headers))]
    text = [" | ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)).rstrip() for line in lines]
    note = ["Tạm tính (chờ đủ các đơn vị)"] if any(row.provisional for row in found.rows) else []
    return "\n".join([found.label, *text, *note])
