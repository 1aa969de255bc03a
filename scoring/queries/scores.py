"""What is in force for every member of a year at a layer, read in few queries."""

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import IntegerField, TextField
from django.db.models.functions import Cast

from blocs.models import BlocYear
from scoring.models import Score
from scoring.models.assessments import SelfAssessment, layer_reached
from scoring.points import Figures, Method
from scoring.ranking import Entry, Layer, Member

_RAW = {f"raw_{name}": Cast(name, TextField()) for name in ("override", "actual", "target", "count", "points")} | {
    "raw_away": Cast("not_applicable", IntegerField())
}
_STATED = frozenset({Score.Verdict.CLAIMED.value, Score.Verdict.FIGURES.value})
ORDER = tuple(Layer)
_PLACES = {layer.value: place for place, layer in enumerate(ORDER)}


@dataclass(frozen=True, slots=True)
class MemberRow:
    """A member of the year, under its name of that year, and where its self-assessment stands ("" for none)."""

    membership_id: int
    unit_id: int
    code: str
    name: str
    short_name: str
    assessment_id: int | None
    state: str
    corrected_at: dt.datetime | None

    @property
    def counts(self) -> bool:
        """Whether its assessment is submitted or later."""
        return self.state in SelfAssessment.HANDED_IN

    @property
    def layer(self) -> str:
        """The latest layer it has reached, "" before submission."""
        return layer_reached(self.state, is_corrected=self.corrected_at is not None)

    @property
    def state_label(self) -> str:
        """The state in words; "Chưa lập" before a row exists."""
        return SelfAssessment.State(self.state).label if self.state else "Chưa lập"


def member_rows(year: BlocYear) -> list[MemberRow]:
    """Return the members of a year in membership order. One query."""
    columns = (
        "pk", "unit_id", "unit__code", "name", "short_name",
        "assessment__pk", "assessment__state", "assessment__corrected_at",
    )  # fmt: skip
    rows = year.memberships.order_by("position", "pk").values_list(*columns)
    return [
        MemberRow(membership, unit, code, name, short_name, assessment, state or "", corrected_at)
        for membership, unit, code, name, short_name, assessment, state, corrected_at in rows
    ]


def folded_entries(year: BlocYear, upto: Layer, **only: str) -> dict[int, dict[str, Entry]]:
    """Return what is in force at a layer, by assessment and code: the later layers laid over the earlier. One query.

    `only` narrows the scores down, for example to the criteria of one method.

    The same rule as ranking.in_force, over rows in the order of their layers; figures are read as text and only turned
    into numbers where one is stated, because a large bloc has 12,000 rows of mostly empty columns.
    """
    wanted = [layer.value for layer in ORDER[: ORDER.index(upto) + 1]]
    scores = Score.objects.filter(assessment__membership__year=year, layer__in=wanted, **only).annotate(**_RAW)
    rows = list(
        scores.values_list("assessment_id", "criterion__code", "layer", "verdict", *_RAW, "plus", "minus", "level")
    )
    rows.sort(key=lambda row: _PLACES[row[2]])
    found: dict[int, dict[str, Entry]] = {}
    for owner, code, _, verdict, override, actual, target, count, points, away, plus, minus, level in rows:
        entries = found.setdefault(owner, {})
        over = None if override is None else Decimal(override)
        if verdict in _STATED:
            figures = Figures(
                None if actual is None else Decimal(actual),
                None if target is None else Decimal(target),
                None if count is None else Decimal(count),
                plus,
                minus,
                level,
                None if points is None else Decimal(points),
                bool(away),
            )
            entries[code] = Entry(figures, over)
        elif over is not None:
            earlier = entries.get(code)
            entries[code] = Entry(earlier.figures if earlier else None, over)
    return found


def members_at(year: BlocYear, layer: Layer, rows: list[MemberRow] | None = None) -> list[Member]:
    """Return the members of a year as the arithmetic sees them at a layer. One query beside the rows."""
    rows = member_rows(year) if rows is None else rows
    entries = folded_entries(year, layer)
    return [Member(row.code, row.counts, entries.get(row.assessment_id or 0, {})) for row in rows]


def relative_members_at(year: BlocYear, layer: Layer, rows: list[MemberRow]) -> list[Member]:
    """Return the members with their RELATIVE leaves alone, which is what R is taken from. One query."""
    entries = folded_entries(year, layer, criterion__method=Method.RELATIVE.value)
    return [Member(row.code, row.counts, entries.get(row.assessment_id or 0, {})) for row in rows]
