"""The summary report (Báo cáo tổng kết): a draft before the conference, the issued paper after it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from documents.papers.letterhead import Paper
from documents.papers.scores import ScoreTable
from documents.papers.tables import Table


@dataclass(frozen=True, kw_only=True)
class ReportProse:
    """The free text of the report; an empty section prints a dotted line."""

    conditions: str = ""
    direction: str = ""
    movements: str = ""
    commendation: str = ""
    activities: str = ""
    strengths: str = ""
    limits: str = ""
    causes_outside: str = ""
    causes_inside: str = ""
    lessons: str = ""
    tasks: str = ""
    measures: str = ""
    to_authority: str = ""
    to_provinces: str = ""


@dataclass(frozen=True, kw_only=True)
class GroupResult:
    """A group of criteria: its prose and its locked sentences of figures."""

    title: str
    prose: str = ""
    figures: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class ScoringSummary:
    """Section II.6, all figures locked: counts with a leading zero, points with a decimal comma."""

    submitted: str
    members: str
    in_time: str
    adjusted: str
    explained: str
    highest: str = ""
    lowest: str = ""
    mean: str = ""


@dataclass(frozen=True, kw_only=True)
class PeerReview:
    """Section II.7, known after the conference: `proposals` are whole phrases, one per nomination."""

    held_on: str
    decided_by: str
    proposals: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class NextLeaders:
    """Section IV.3, known after the conference."""

    leader: str
    deputy: str = ""


@dataclass(frozen=True, kw_only=True)
class Annex:
    """An annex with its own page numbers: a table of points (landscape) or a plain table."""

    number: str
    title: str
    scores: ScoreTable | None = None
    table: Table | None = None
    broad: bool = False

    @property
    def cells(self) -> int:
        """How many cells it prints."""
        return sum(part.cells for part in (self.scores, self.table) if part)


@dataclass(frozen=True, kw_only=True)
class Report(Paper):
    """Báo cáo tổng kết. `peer_review` and `next_leaders` are None in the draft: they do not exist yet.

    `basis`: the guidance and regulation the report carries out; `movement_count`, `model_count`: "05", or "" when not
    counted; `commendations`: phrases such as "02 Bằng khen của Bộ trưởng"; `leader`, `deputy`: names of the units.
    """

    KIND: ClassVar[str] = "report"

    year: str
    next_year: str
    bloc_name: str
    members_count: str
    members: str
    leader: str
    deputy: str = ""
    authority: str = ""
    basis: str = ""
    prose: ReportProse = ReportProse()
    groups: tuple[GroupResult, ...] = ()
    movement_count: str = ""
    model_count: str = ""
    commendations: tuple[str, ...] = ()
    scoring: ScoringSummary | None = None
    peer_review: PeerReview | None = None
    next_leaders: NextLeaders | None = None
    annexes: tuple[Annex, ...] = ()

    @property
    def cells(self) -> int:
        """How many cells it prints."""
        return sum(annex.cells for annex in self.annexes)
