"""Papers of points: the consolidated table of a bloc and the score sheet of one member."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from documents.papers.letterhead import Paper

MEMBERS_PER_PAGE = 20
LOOSE, MEDIUM = 8, 14


@dataclass(frozen=True, kw_only=True)
class ScoreRow:
    """One line: a criterion, a group or a closing sum. `role`: leaf, group, sum, total, rank or grade.

    `points` in the order of the table's members; "" where there is no figure.
    """

    title: str
    points: tuple[str, ...]
    code: str = ""
    maximum: str = ""
    role: str = "leaf"


@dataclass(frozen=True, kw_only=True)
class ScorePart:
    """As much of a table as one page is wide."""

    members: tuple[str, ...]
    rows: tuple[ScoreRow, ...]
    closing: tuple[ScoreRow, ...]
    span: str

    @property
    def density(self) -> str:
        """How small the print must be for so many members."""
        count = len(self.members)
        return "loose" if count <= LOOSE else ("medium" if count <= MEDIUM else "dense")


@dataclass(frozen=True, kw_only=True)
class ScoreTable:
    """Criteria × members in one layer of points ("Điểm thống nhất").

    `members` are the short names at the head of the columns, `abbreviations` pairs (short, full) explained below.
    `closing`: Cộng điểm chuẩn, Điểm thưởng, Điểm trừ, Tổng điểm, Thứ hạng, Xếp loại.
    """

    layer: str
    members: tuple[str, ...]
    rows: tuple[ScoreRow, ...]
    closing: tuple[ScoreRow, ...] = ()
    abbreviations: tuple[tuple[str, str], ...] = ()
    notes: tuple[str, ...] = ()

    @property
    def cells(self) -> int:
        """How many cells it prints."""
        return (len(self.rows) + len(self.closing)) * (len(self.members) + 3)

    @property
    def parts(self) -> tuple[ScorePart, ...]:
        """The table cut into page widths of even size, at most 20 members each."""
        pages = max(1, -(-len(self.members) // MEMBERS_PER_PAGE))
        size = max(1, -(-len(self.members) // pages))
        return tuple(self._part(start, start + size, pages) for start in range(0, max(1, len(self.members)), size))

    def _part(self, start: int, end: int, pages: int) -> ScorePart:
        last = min(end, len(self.members))
        return ScorePart(
            members=self.members[start:end],
            rows=tuple(_cut(row, start, end) for row in self.rows),
            closing=tuple(_cut(row, start, end) for row in self.closing),
            span=f"đơn vị {start + 1:02d} đến {last:02d}" if pages > 1 else "",
        )


def _cut(row: ScoreRow, start: int, end: int) -> ScoreRow:
    return ScoreRow(code=row.code, title=row.title, maximum=row.maximum, role=row.role, points=row.points[start:end])


@dataclass(frozen=True, kw_only=True)
class ConsolidatedTable(Paper):
    """Bảng tổng hợp kết quả chấm điểm: one table per layer, landscape."""

    KIND: ClassVar[str] = "consolidated_table"
    BROAD: ClassVar[bool] = True

    tables: tuple[ScoreTable, ...]
    number_of_annex: str = ""

    @property
    def cells(self) -> int:
        """How many cells it prints."""
        return sum(table.cells for table in self.tables)


@dataclass(frozen=True, kw_only=True)
class ScoreLine:
    """One line of a score sheet. `points` has one figure per layer of the sheet, `evidence` one text per document."""

    title: str
    code: str = ""
    unit: str = ""
    maximum: str = ""
    target: str = ""
    actual: str = ""
    ratio: str = ""
    points: tuple[str, ...] = ()
    evidence: tuple[str, ...] = ()
    note: str = ""
    role: str = "leaf"


@dataclass(frozen=True, kw_only=True)
class ScoreSheet(Paper):
    """Bảng tự chấm điểm of one unit, landscape. `layers` heads the columns of points, one or more.

    `signers`: first the officer who drew it up (left), last the head (right).
    """

    KIND: ClassVar[str] = "score_sheet"
    BROAD: ClassVar[bool] = True

    unit_name: str
    lines: tuple[ScoreLine, ...]
    layers: tuple[str, ...] = ("Điểm tự chấm",)
    base: str = ""
    bonus: str = ""
    deduction: str = ""
    total: str = ""
    total_in_words: str = ""
    grade: str = ""
    notes: tuple[str, ...] = ()

    @property
    def cells(self) -> int:
        """How many cells it prints."""
        return len(self.lines) * (9 + len(self.layers))
