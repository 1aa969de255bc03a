"""What is in force for every member of a year at a layer, read in few queries."""

import datetime as dt
import json
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db.models import Aggregate, TextField

from blocs.models import BlocYear
from scoring.models import Criterion, Score
from scoring.models.assessments import SelfAssessment, layer_reached
from scoring.points import Figures, Method
from scoring.ranking import Entry, Layer, Member

_COLUMNS = (
    "criterion_id", "layer", "verdict", "override", "actual", "target", "count", "points", "not_applicable", "plus",
    "minus", "level",
)  # fmt: skip
_STATED = frozenset({Score.Verdict.CLAIMED.value, Score.Verdict.FIGURES.value})
ORDER = tuple(Layer)
_PLACES = {layer.value: place for place, layer in enumerate(ORDER)}


class RowsAsText(Aggregate):
    """The named columns of every row of a group, as one JSON text: a list of lists. Figures stay texts, so exact."""

    output_field = TextField()
    template = "json_group_array(json_array(%(expressions)s))"
    arity = None

    def as_postgresql(self, compiler: Any, connection: Any, **more: Any) -> Any:
        """Say the same in PostgreSQL's words."""
        template = "CAST(json_agg(json_build_array(%(expressions)s)) AS text)"
        return self.as_sql(compiler, connection, template=template, **more)


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


@dataclass(frozen=True)
class LayeredScores:
    """The scores of a year as they were read: by assessment, a list of columns a criterion and layer."""

    groups: list[tuple[int, list[list[Any]]]]
    codes: Mapping[int, str]

    def entries(self, upto: Layer) -> dict[int, dict[str, Entry]]:
        """Return what is in force at a layer, by assessment and code: the later layers laid over the earlier.

        The same rule as ranking.in_force. What a later layer replaces is never turned into numbers: a large bloc has
        12,000 rows of mostly empty columns; and equal rows give one entry.
        """
        wanted = [layer.value for layer in ORDER[: ORDER.index(upto) + 1]]
        alike: dict[tuple[Any, ...], Entry] = {}
        return {owner: self._entries(_by_layer(rows, wanted), alike) for owner, rows in self.groups}

    def _entries(self, layers: list[list[list[Any]]], alike: dict[tuple[Any, ...], Entry]) -> dict[str, Entry]:
        stated: dict[int, list[Any]] = {}
        typed: dict[int, str | None] = {}
        for rows in layers:
            for row in rows:
                if row[2] in _STATED:
                    stated[row[0]], typed[row[0]] = row, row[3]
                elif row[3] is not None:
                    typed[row[0]] = row[3]
        found, codes = {}, self.codes
        for key, override in typed.items():
            same = (override, *stated.get(key, _UNSTATED)[4:])
            entry = alike.get(same)
            if entry is None:
                entry = alike[same] = _entry(*same)
            found[codes[key]] = entry
        return found


_UNSTATED: list[Any] = []


def _by_layer(rows: list[list[Any]], wanted: list[str]) -> list[list[list[Any]]]:
    found: dict[str, list[list[Any]]] = {layer: [] for layer in _PLACES}
    for row in rows:
        found[row[1]].append(row)
    return [found[layer] for layer in wanted]


def _entry(override: str | None, *figures: Any) -> Entry:
    return Entry(_figures(*figures) if figures else None, _number(override))


def _figures(  # noqa: PLR0917 - the columns in their order
    actual: str | None,
    target: str | None,
    count: str | None,
    points: str | None,
    away: int,
    plus: int | None,
    minus: int | None,
    level: int | None,
) -> Figures:
    return Figures(_number(actual), _number(target), _number(count), plus, minus, level, _number(points), bool(away))


def _number(text: str | None) -> Decimal | None:
    return None if text is None else Decimal(text)


def layered_scores(
    year: BlocYear, members: list[MemberRow], upto: Layer, codes: Mapping[int, str] | None = None, **only: str
) -> LayeredScores:
    """Read the scores of these members of a year up to a layer. One query, one more without the criteria's codes by primary key.

    `only` narrows the scores down, for example to the criteria of one method. What kept the earlier layer is left out;
    the rest comes as one text a member, because building 12,000 rows one by one costs more than the sums.
    """
    wanted = [layer.value for layer in ORDER[: ORDER.index(upto) + 1]]
    owners = [row.assessment_id for row in members if row.assessment_id]
    scores = Score.objects.filter(assessment__in=owners, layer__in=wanted, **only)
    told = scores.exclude(verdict=Score.Verdict.KEPT).order_by().values_list("assessment_id")
    groups = [(owner, json.loads(rows)) for owner, rows in told.annotate(rows=RowsAsText(*_COLUMNS))]
    if codes is None:
        codes = dict(Criterion.objects.filter(table__year=year).values_list("pk", "code"))
    return LayeredScores(groups, codes)


def members_at(
    year: BlocYear, layer: Layer, rows: list[MemberRow] | None = None, codes: Mapping[int, str] | None = None
) -> list[Member]:
    """Return the members of a year as the arithmetic sees them at a layer. One query beside the rows and the codes."""
    rows = member_rows(year) if rows is None else rows
    return members_from(rows, layered_scores(year, rows, layer, codes).entries(layer))


def members_from(rows: list[MemberRow], entries: Mapping[int, dict[str, Entry]]) -> list[Member]:
    """Return the members as the arithmetic sees them, with entries read before."""
    return [Member(row.code, row.counts, entries.get(row.assessment_id or 0, {})) for row in rows]


def relative_members_at(
    year: BlocYear, layer: Layer, rows: list[MemberRow], codes: Mapping[int, str] | None = None
) -> list[Member]:
    """Return the members with their RELATIVE leaves alone, which is what R is taken from. One query beside the codes."""
    return members_from(
        rows, layered_scores(year, rows, layer, codes, criterion__method=Method.RELATIVE.value).entries(layer)
    )
