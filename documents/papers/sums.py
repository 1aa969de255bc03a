"""Figures that do not add up are found before a paper is printed or signed."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal, InvalidOperation

from documents.papers.letterhead import Paper
from documents.papers.report import Report
from documents.papers.scores import ConsolidatedTable, ScoreRow, ScoreSheet, ScoreTable

BASE, BONUS, DEDUCTION, TOTAL = "Cộng điểm chuẩn", "Điểm thưởng", "Điểm trừ", "Tổng điểm"


def faults(paper: Paper) -> tuple[str, ...]:
    """What does not add up, one sentence a place; nothing is said of figures that are not there."""
    if isinstance(paper, ScoreSheet):
        return tuple(_total(paper.unit_name, (paper.base, paper.bonus, paper.deduction), paper.total))
    if isinstance(paper, ConsolidatedTable):
        tables = paper.tables
    elif isinstance(paper, Report):
        tables = tuple(annex.scores for annex in paper.annexes if annex.scores)
    else:
        return ()
    return tuple(fault for table in tables for fault in (*_totals(table), *_groups(table)))


def _totals(table: ScoreTable) -> Iterator[str]:
    rows = {row.title: row.points for row in table.closing}
    if not {BASE, BONUS, DEDUCTION, TOTAL} <= set(rows):
        return
    for place, member in enumerate(table.members):
        yield from _total(member, tuple(rows[name][place] for name in (BASE, BONUS, DEDUCTION)), rows[TOTAL][place])


def _total(whose: str, parts: tuple[str, ...], total: str) -> Iterator[str]:
    base, bonus, deduction = (_number(part) for part in parts)
    printed = _number(total)
    if base is None or printed is None:
        return
    right = base + (bonus or 0) - (deduction or 0)
    if right != printed:
        yield f"{whose}: tổng điểm {total} khác {_written(right)} (điểm chuẩn + điểm thưởng - điểm trừ)"


def _groups(table: ScoreTable) -> Iterator[str]:
    """Every group that lists its leaves with all their figures: its figure is their sum."""
    for group in (row for row in table.rows if row.role == "group" and row.code):
        leaves = [row for row in table.rows if row.role == "leaf" and row.code.startswith(f"{group.code}.")]
        yield from _group(group, leaves, table.members)


def _group(group: ScoreRow, leaves: list[ScoreRow], members: tuple[str, ...]) -> Iterator[str]:
    for place, member in enumerate(members):
        printed, figures = _number(group.points[place]), [_number(leaf.points[place]) for leaf in leaves]
        known = [figure for figure in figures if figure is not None]
        if printed is not None and known and len(known) == len(figures) and sum(known) != printed:
            yield f"{member}: nhóm {group.code} ghi {group.points[place]}, các tiêu chí cộng lại là {_written(Decimal(sum(known)))}"


def _number(figure: str) -> Decimal | None:
    try:
        return Decimal(figure.replace(".", "").replace(",", ".").replace("\u2212", "-")) if figure else None
    except InvalidOperation:
        return None


def _written(figure: Decimal) -> str:
    return str(figure).replace(".", ",")
