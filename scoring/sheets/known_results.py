"""Closing results of a past year brought as a file: total, rank and grade."""

from dataclasses import dataclass
from decimal import Decimal
from typing import IO

from blocs.models import BlocYear
from blocs.sheets import Column, Fault, Preview, Reading, read_table, template
from blocs.text import number
from scoring.sheets.members import UNIT, Members, Subject

COLUMNS = (
    UNIT,
    Column("total", "Tổng điểm", ("Điểm",), "number"),
    Column("rank", "Thứ hạng", ("Xếp hạng", "Hạng"), "whole"),
    Column("grade", "Xếp loại", (), longest=120),
)


@dataclass(frozen=True)
class KnownResult:
    """One member's closing figures."""

    subject: Subject
    total: Decimal | None
    rank: int | None
    grade: str


@dataclass(frozen=True)
class KnownResultsFile:
    """What a file says, every fault, and the columns left aside."""

    results: tuple[KnownResult, ...]
    faults: tuple[Fault, ...]
    unknown: tuple[str, ...]

    @property
    def preview(self) -> Preview:
        """What would be written."""
        rows = [(row.subject.name, number(row.total), str(row.rank or "–"), row.grade) for row in self.results]
        headers = ("Đơn vị", "Tổng điểm", "Thứ hạng", "Xếp loại")
        return Preview("Kết quả năm", headers, rows, (f"{len(rows)} đơn vị.",), self.unknown, (), self.faults)


def read_known_results(upload: IO[bytes], name: str, year: BlocYear) -> KnownResultsFile:
    """Read closing results against the members of a year, with every fault. Raises SheetRefused."""
    reading = read_table(upload, name, COLUMNS) or Reading([], COLUMNS)
    members = Members(year)
    results: dict[int, KnownResult] = {}
    for line in reading.lines:
        subject = members.find(line, reading)
        if line["rank"] is not None and not 1 <= line["rank"] <= len(members.all):
            reading.blame(line, "rank", "thứ hạng ngoài số đơn vị của khối", f"từ 1 đến {len(members.all)}")
        if line["total"] is None and line["rank"] is None and not line["grade"]:
            reading.blame(line, "total", "dòng không có kết quả nào", "tổng điểm, thứ hạng hoặc xếp loại")
        if subject is None:
            continue
        if subject.membership_id in results:
            reading.blame(line, "unit", "đơn vị đã có ở dòng trước", "mỗi đơn vị một dòng")
        results[subject.membership_id] = KnownResult(subject, line["total"], line["rank"], line["grade"])
    return KnownResultsFile(tuple(results.values()), tuple(reading.faults), tuple(reading.unknown))


def known_results_template() -> bytes:
    """Return the empty table of closing results to fill in."""
    return template(COLUMNS, "Kết quả năm")
