"""What is in force for every member of a year at a layer, read in few queries."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

from blocs.models import BlocYear
from scoring.models import Score
from scoring.models.assessments import SelfAssessment, layer_reached
from scoring.points import Figures
from scoring.ranking import Entry, Layer, Member, in_force

_FIGURES = ("actual", "target", "count", "plus", "minus", "level", "points", "not_applicable")
_KEYS = ("assessment_id", "criterion__code", "layer", "verdict", "override")
_STATED = frozenset({Score.Verdict.CLAIMED.value, Score.Verdict.FIGURES.value})
ORDER = tuple(Layer)


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


def layer_entries(
    year: BlocYear, upto: Layer, *, assessment_id: int | None = None
) -> dict[int, dict[str, dict[Layer, Entry]]]:
    """Return every layer's entries up to a layer, by assessment and code; of one assessment when it is named. One query."""
    wanted = [layer.value for layer in ORDER[: ORDER.index(upto) + 1]]
    scores = Score.objects.filter(layer__in=wanted)
    scores = (
        scores.filter(assessment__membership__year=year)
        if assessment_id is None
        else scores.filter(assessment_id=assessment_id)
    )
    found: dict[int, dict[str, dict[Layer, Entry]]] = {}
    for owner, code, layer, verdict, override, *figures in scores.values_list(*_KEYS, *_FIGURES).iterator():
        entry = Entry(Figures(*figures) if verdict in _STATED else None, override)
        found.setdefault(owner, {}).setdefault(code, {})[Layer(layer)] = entry
    return found


def entries_at(layers: Mapping[str, Mapping[Layer, Entry]], upto: Layer) -> dict[str, Entry]:
    """Return what is in force for each code at a layer."""
    return {code: in_force(by_layer, upto) for code, by_layer in layers.items()}


def members_at(year: BlocYear, layer: Layer, rows: list[MemberRow] | None = None) -> list[Member]:
    """Return the members of a year as the arithmetic sees them at a layer. One query beside the rows."""
    rows = member_rows(year) if rows is None else rows
    entries = layer_entries(year, layer)
    return [Member(row.code, row.counts, entries_at(entries.get(row.assessment_id or 0, {}), layer)) for row in rows]
