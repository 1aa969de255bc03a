"""Papers of free composition: minutes of all kinds, letters, invitations, notices, submission letters."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from documents.papers.letterhead import Paper, Signer
from documents.papers.report import Annex
from documents.papers.tables import Table


@dataclass(frozen=True, kw_only=True)
class Section:
    """A heading ("I. KHAI MẠC", or empty), its paragraphs, items (each printed as "- …") and a table.

    `chart` is a picture as SVG, drawn by the owner of the figures; `chart_text` the same in words, printed under it.
    `runs_in`: the heading stands at the beginning of the first paragraph instead of on a line of its own.
    """

    heading: str = ""
    paragraphs: tuple[str, ...] = ()
    items: tuple[str, ...] = ()
    table: Table | None = None
    closing: tuple[str, ...] = ()
    runs_in: bool = False
    chart: str = ""
    chart_text: str = ""


@dataclass(frozen=True, kw_only=True)
class Composed(Paper):
    """What minutes and letters share: sections and annexes."""

    sections: tuple[Section, ...]
    annexes: tuple[Annex, ...] = ()

    @property
    def cells(self) -> int:
        """How many cells it prints."""
        tables = [section.table for section in self.sections if section.table]
        return sum(table.cells for table in tables) + sum(annex.cells for annex in self.annexes)


@dataclass(frozen=True, kw_only=True)
class Minutes(Composed):
    """Biên bản: no "place, date" line. `signers`: THƯ KÝ left, CHỦ TỌA right; `confirmed_by` below in the middle."""

    KIND: ClassVar[str] = "minutes"

    confirmed_by: Signer | None = None


@dataclass(frozen=True, kw_only=True)
class Letter(Composed):
    """Tờ trình, công văn, giấy mời, thông báo. `about` is the "V/v …" under the number of a công văn without a type."""

    KIND: ClassVar[str] = "letter"

    about: str = ""
