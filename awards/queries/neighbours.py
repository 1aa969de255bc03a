"""What the floors below say about a year, in the shape that the rules of nomination take."""

from dataclasses import dataclass
from decimal import Decimal

from blocs.models import BlocYear
from pledges.queries.signing import unsigned_units
from scoring.models import BLOCKING, CriteriaTable, SelfAssessment
from scoring.queries.standings import standings
from scoring.ranking import Layer

FINAL = frozenset({"", SelfAssessment.State.AGREED, SelfAssessment.State.FINALISED})
NO_PLEDGE, NO_SELF_SCORE = "no_pledge", "no_self_score"


@dataclass(frozen=True)
class Ranked:
    """A member's final place: total, rank, whether shared, and the grade."""

    total: Decimal
    rank: int
    shared: bool
    grade: str


@dataclass(frozen=True)
class Member:
    """A member of the year by primary keys, under its short name of the year."""

    membership: int
    unit: int
    name: str


@dataclass(frozen=True)
class Ranking:
    """The members in the order of the ranking, the final places by membership, and who handed nothing in."""

    members: tuple[Member, ...]
    places: dict[int, Ranked]
    silent: frozenset[int]


def ranking(year: BlocYear) -> Ranking:
    """Return the places of the members whose scores are agreed or later; the others have none.

    The figures in force are taken, the authority's corrections included. A member known by its result alone (a year
    recorded as history) has no self-assessment and keeps the place of that result.
    """
    rows = standings(year, Layer.CORRECTED).rows
    places = {
        row.membership_id: Ranked(row.total, row.rank, row.shared, row.grade or "")
        for row in rows
        if row.rank is not None and row.total is not None and row.state in FINAL
    }
    members = tuple(Member(row.membership_id, row.unit_id, row.short_name) for row in rows)
    return Ranking(members, places, frozenset(row.membership_id for row in rows if row.total is None))


def blocking_rules(year: BlocYear) -> tuple[dict[str, str], str]:
    """Return the cases in which the adopted table considers no unit (code to words), and how the table is quoted."""
    table = CriteriaTable.objects.filter(year=year, state=CriteriaTable.State.ADOPTED).first()
    if table is None:
        return {}, ""
    source = f"Bảng tiêu chí chấm điểm thi đua năm {year.year}"
    return {code: BLOCKING[code] for code in table.blocking if code in BLOCKING}, source


def members_without_pledge(year: BlocYear) -> frozenset[int]:
    """Return the memberships that have not signed the pledge of the year."""
    return frozenset(membership.pk for membership in unsigned_units(year))
