"""A plain table of a paper."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class Column:
    """A column's heading; figures stand to the right. `width` in millimetres on paper, 0 = as wide as it needs."""

    title: str
    figures: bool = False
    centred: bool = False
    width: int = 0

    @property
    def css(self) -> str:
        """The class of its cells."""
        return "n" if self.figures else ("c" if self.centred else "")


@dataclass(frozen=True, kw_only=True)
class Table:
    """Columns and rows of ready strings; a row has as many cells as there are columns."""

    columns: tuple[Column, ...]
    rows: tuple[tuple[str, ...], ...] = ()
    caption: str = ""
    note: str = ""

    @property
    def cells(self) -> int:
        """How many cells it prints."""
        return len(self.columns) * (len(self.rows) + 1)

    @property
    def lined_up(self) -> tuple[tuple[tuple[Column, str], ...], ...]:
        """The rows, each cell beside its column."""
        return tuple(tuple(zip(self.columns, row, strict=True)) for row in self.rows)
