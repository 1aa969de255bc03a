"""What was before: the units a member succeeded, one criterion through the years, one member's results year by year."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from statistics import median

from blocs import text
from blocs.models import BlocYear, Unit
from scoring.models import Criterion, Result, SelfAssessment
from scoring.models.assessments import SelfAssessmentQuerySet
from scoring.queries.chains import best_by_layer, scores_of
from scoring.queries.claims import table_from
from scoring.queries.formulas import figures_in_words
from scoring.ranking import Layer, leaf_points


def lineage(unit_id: int) -> list[int]:
    """Return a unit and every unit it succeeded, directly or through others, by primary key. One query."""
    succeeded: dict[int, list[int]] = {}
    for before, after in Unit.objects.filter(successor__isnull=False).values_list("pk", "successor_id"):
        succeeded.setdefault(after, []).append(before)
    found = [unit_id]
    for unit in found:
        found += [before for before in succeeded.get(unit, []) if before not in found]
    return found


@dataclass(frozen=True)
class TimelineStep:
    """One year of a criterion, ready to print: under which name, what was stated, the points and the maximum."""

    year: int
    name: str
    figures: str
    points: str
    maximum: str
    share: Decimal | None


def timeline(assessment: SelfAssessment, criterion: Criterion, visible: SelfAssessmentQuerySet) -> list[TimelineStep]:
    """Return one criterion through the years of the member and of the units it succeeded, the earliest first.

    Of the dossiers that are `visible` to the reader. A criterion is the same where it bears the same title; the code may
    have changed. A few queries a year.
    """
    membership = assessment.membership
    dossiers = (
        SelfAssessment.objects.handed_in()
        .filter(
            pk__in=visible.values("pk"),
            membership__unit__in=lineage(membership.unit_id),
            membership__year__bloc=membership.year.bloc_id,
            membership__year__year__lte=membership.year.year,
            table__criteria__title=criterion.title,
        )
        .select_related("membership__year__bloc", "table")
        .distinct()
        .order_by("membership__year__year", "membership__position")
    )
    steps = (_step(dossier, criterion.title) for dossier in dossiers)
    return [step for step in steps if step is not None]


def _step(dossier: SelfAssessment, title: str) -> TimelineStep | None:
    criteria = list(dossier.table.criteria.order_by("position"))
    row = next((row for row in criteria if row.title == title and row.is_leaf), None)
    if row is None:
        return None
    table = table_from(dossier, criteria)
    entry = scores_of(dossier, row).in_force(row.pk)
    best = best_by_layer(dossier, table, [Layer.CORRECTED])[Layer.CORRECTED]
    points = leaf_points(table, row.leaf, entry, best.get(row.code))
    return TimelineStep(
        year=dossier.membership.year.year,
        name=dossier.membership.short_name or dossier.membership.name,
        figures=figures_in_words(row, entry.figures) or "–",
        points=text.number(points, table.decimals),
        maximum=text.number(row.max_points, table.decimals),
        share=None if points is None else points / row.max_points,
    )


@dataclass(frozen=True)
class YearResult:
    """The closing result of one year: the member's own, and the bloc's best and median total."""

    year: int
    name: str
    total: Decimal
    rank: int | None
    grade: str
    best: Decimal
    middle: Decimal
    members: int


def year_results(year: BlocYear, unit_id: int) -> list[YearResult]:
    """Return the locked or imported results of a member's years and of those it succeeded. Two queries."""
    units = set(lineage(unit_id))
    rows = Result.objects.filter(
        membership__year__bloc=year.bloc_id, membership__year__year__lte=year.year, total__isnull=False
    ).select_related("membership__year")
    by_year: dict[int, list[Result]] = {}
    for row in rows.order_by("membership__year__year", "membership__position"):
        by_year.setdefault(row.membership.year.year, []).append(row)
    return [
        _year_result(number, row, totals)
        for number, held in by_year.items()
        if (totals := [row.total for row in held if row.total is not None])
        for row in held
        if row.membership.unit_id in units
    ]


def _year_result(number: int, row: Result, totals: list[Decimal]) -> YearResult:
    return YearResult(
        year=number,
        name=row.membership.short_name or row.membership.name,
        total=row.total or Decimal(0),
        rank=row.rank,
        grade=row.grade,
        best=max(totals),
        middle=median(totals),
        members=len(totals),
    )


@dataclass(frozen=True)
class GroupShare:
    """One top group of base points: the member's, the bloc's best and median, of the maximum."""

    code: str
    title: str
    maximum: Decimal
    own: Decimal
    best: Decimal | None
    middle: Decimal | None


def group_shares(
    tops: list[tuple[str, str, Decimal]],
    own: Mapping[str, Decimal | None],
    bloc: Sequence[Mapping[str, Decimal | None]],
) -> list[GroupShare]:
    """Return the groups (code, title, maximum) with the member's sums; best and median where the bloc may be seen."""
    shares = []
    for code, title, maximum in tops:
        others = [amount for member in bloc if (amount := member.get(code)) is not None]
        best, middle = (max(others), median(others)) if others else (None, None)
        shares.append(GroupShare(code, title, maximum, own.get(code) or Decimal(0), best, middle))
    return shares
