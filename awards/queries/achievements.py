"""What the records say about a nominee: totals, ranks and measured figures of up to five years, and earlier awards."""

from dataclasses import dataclass

from awards.models import Nomination
from awards.queries.earlier import Given, given_before, heirs_of, successors
from blocs import text
from blocs.models import Membership
from scoring.models import Result, Score

YEARS = 5
MOST_FIGURES = 12


@dataclass(frozen=True)
class Achievements:
    """The years at the head of the table, its rows (label and one cell a year), and the awards received."""

    years: tuple[int, ...]
    rows: tuple[tuple[str, ...], ...]
    awards: tuple[Given, ...]


def achievements_of(nomination: Nomination) -> Achievements:
    """Return the figures of the unit (and of those that it succeeded) in this year and up to four before.

    A year in which two predecessors stood apart shows the figures of the unit's own line only.
    """
    last, unit = nomination.year.year, nomination.membership.unit_id
    members = _memberships(unit, last)
    years = tuple(sorted(members))
    awards = given_before(nomination.year, None).get(unit, [])
    return Achievements(years, (*_closing(members, years), *_measured(members, years)), tuple(awards))


def _memberships(unit: int, last: int) -> dict[int, int]:
    """The membership of each year, by year; the unit's own line goes before a predecessor's."""
    follows = successors()
    line = {other for other in {unit, *follows} if unit in heirs_of(other, follows)}
    rows = Membership.objects.filter(unit__in=line, year__year__range=(last - YEARS + 1, last))
    found: dict[int, int] = {}
    for pk, year, owner in rows.values_list("pk", "year__year", "unit").order_by("year__year", "pk"):
        if year not in found or owner == unit:
            found[year] = pk
    return found


def _closing(members: dict[int, int], years: tuple[int, ...]) -> list[tuple[str, ...]]:
    results = {row.membership_id: row for row in Result.objects.filter(membership__in=members.values())}
    known = [results.get(members[year]) for year in years]
    if not any(known):
        return []
    totals = tuple(text.number(row.total, 2) if row and row.total is not None else "–" for row in known)
    ranks = tuple(str(row.rank) if row and row.rank else "–" for row in known)
    grades = tuple(row.grade if row and row.grade else "–" for row in known)
    return [("Tổng điểm thi đua", *totals), ("Thứ hạng trong Khối", *ranks), ("Xếp loại", *grades)]


def _measured(members: dict[int, int], years: tuple[int, ...]) -> list[tuple[str, ...]]:
    """The figures done, of criteria that measure something, by the criterion's title; the latest layer counts."""
    rows = (
        Score.objects.filter(assessment__membership__in=members.values(), actual__isnull=False)
        .order_by("criterion__position", "pk")
        .values_list("criterion__title", "criterion__measure", "assessment__membership", "actual")
    )
    by_title: dict[str, dict[int, str]] = {}
    for title, measure, member, actual in rows:
        label = f"{title} ({measure})" if measure else title
        by_title.setdefault(label, {})[member] = text.typed(actual)
    return [
        (label, *(figures.get(members[year], "–") for year in years))
        for label, figures in list(by_title.items())[:MOST_FIGURES]
    ]
