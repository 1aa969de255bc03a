"""The sheet that an officer fills in: groups, criteria, figures, points, what is missing, what came before."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

from blocs import text
from scoring.models import CompletionRequest, Criterion, Evidence, SelfAssessment, Target
from scoring.points import FIELDS, Figures, Kind, Method, is_answered
from scoring.queries.chains import Chain, LayerStep, layer_steps, scores_of
from scoring.queries.claims import ClaimBook, Missing, claim_book, table_from, written
from scoring.queries.formulas import figures_in_words, formula
from scoring.queries.timelines import lineage
from scoring.ranking import Entry, Sheet, Table, grade
from scoring.ranking import sheet as add_up


@dataclass(frozen=True)
class LastYear:
    """What the unit stated and got on the same criterion a year before, ready to print."""

    year: int
    figures: str
    points: str


@dataclass(frozen=True)
class FillLine:
    """One criterion: `values` are the present texts of its fields by name; `is_open` when it may be filled in now."""

    criterion: Criterion
    values: dict[str, str]
    points: str
    maximum: str
    formula: str
    target_is_approved: bool
    evidence: list[Evidence]
    explanation: str
    missing: str
    last_year: list[LastYear]
    layers: list[LayerStep]
    is_answered: bool
    is_open: bool


@dataclass(frozen=True)
class FillGroup:
    """A top row with its criteria and its progress; sums are ready to print."""

    code: str
    title: str
    kind: str
    points: str
    maximum: str
    answered: int
    of: int
    lines: list[FillLine]


@dataclass(frozen=True)
class FillSheet:
    """The whole sheet; amounts are ready to print. `provisional` while a RELATIVE leaf waits for other members."""

    groups: list[FillGroup]
    total: str
    base: str
    bonus: str
    deduction: str
    grade: str
    rescaled: str
    missing: list[Missing]
    provisional: bool
    evidence: Mapping[int, list[Evidence]]


def filling_sheet(assessment: SelfAssessment, *, at: dt.datetime) -> FillSheet:
    """Return the sheet of one member as it stands. A fixed number of queries, however many criteria."""
    book = claim_book(assessment)
    points, missing = book.sheet(), book.missing()
    chain = layer_steps(assessment, book.criteria, scores_of(assessment), book.table)
    lines = _Lines(book, points, missing, chain, open_criteria(assessment, at), last_years(assessment))
    decimals = book.table.decimals
    tops = [criterion for criterion in book.criteria if criterion.parent_id is None]
    return FillSheet(
        groups=[lines.group(top) for top in tops],
        total=text.number(points.total, decimals),
        base=text.number(points.base, decimals),
        bonus=text.number(points.bonus, decimals),
        deduction=text.number(points.deduction, decimals),
        grade=grade(book.table, points.total) or "",
        rescaled=text.number(points.rescaled, decimals) if points.rescaled else "",
        missing=missing,
        provisional=book.table.is_relative and _waits_for_others(assessment),
        evidence=book.evidence,
    )


def open_criteria(assessment: SelfAssessment, at: dt.datetime) -> frozenset[int] | None:
    """Return which criteria the unit may fill in at the moment, by primary key; None for all.

    A draft is open; while a completion is asked for, the criteria it names, until its deadline.
    """
    if assessment.state == SelfAssessment.State.DRAFT:
        return None
    if assessment.state != SelfAssessment.State.COMPLETING:
        return frozenset()
    request = CompletionRequest.objects.filter(assessment=assessment, answered_at=None).first()
    if request is None or not request.accepts_answer(at, extended_to=assessment.extended_to):
        return frozenset()
    return None if request.covers_all else frozenset(request.criteria.values_list("pk", flat=True))


def _waits_for_others(assessment: SelfAssessment) -> bool:
    members = assessment.membership.year.memberships
    return members.exclude(assessment__state__in=SelfAssessment.HANDED_IN).exists()


@dataclass(frozen=True)
class _Lines:
    book: ClaimBook
    points: Sheet
    missing: list[Missing]
    chain: Chain
    open: frozenset[int] | None
    last: Mapping[str, list[LastYear]]

    def group(self, top: Criterion) -> FillGroup:
        lines = [self.line(criterion) for criterion in self.book.leaves if self.book.top_of(criterion) == top]
        decimals = self.book.table.decimals
        return FillGroup(
            code=top.code,
            title=top.title,
            kind=top.kind,
            points=text.number(self.points.rows[top.code], decimals),
            maximum=text.number(top.max_points, decimals),
            answered=sum(line.is_answered for line in lines),
            of=len(lines),
            lines=lines,
        )

    def line(self, criterion: Criterion) -> FillLine:
        book, decimals = self.book, self.book.table.decimals
        figures, score = book.figures(criterion), book.scores.get(criterion.pk)
        target = book.targets.get(criterion.pk)
        values = {name: written(getattr(figures, name)) for name in FIELDS[Method(criterion.method)]}
        lack = next((gap.sentence for gap in self.missing if gap.criterion_id == criterion.pk), "")
        points = self.points.leaves.get(criterion.code)
        return FillLine(
            criterion=criterion,
            values=values | {"not_applicable": "có" if figures.not_applicable else ""},
            points="" if points is None else text.number(points, decimals),
            maximum=text.number(criterion.max_points, decimals),
            formula=formula(criterion, decimals),
            target_is_approved=target is not None and target.state == Target.State.APPROVED,
            evidence=book.evidence.get(criterion.pk, []),
            explanation=score.explanation if score else "",
            missing=lack,
            last_year=self.last.get(criterion.code, []) if criterion.kind == Kind.BASE.value else [],
            layers=self.chain.get(criterion.pk, []),
            is_answered=is_answered(criterion.leaf, figures),
            is_open=self.open is None or criterion.pk in self.open,
        )


@dataclass(frozen=True)
class _Earlier:
    """What the unit, or one it succeeded, stated a year before, on criteria that bear the same code and title today."""

    year: int
    name: str
    table: Table
    rows: list[Criterion]
    entries: Mapping[str, Entry]
    points: Sheet


def last_years(assessment: SelfAssessment) -> dict[str, list[LastYear]]:
    """Return what the same unit stated and got a year before, by code, where the criterion has the same title.

    A unit that succeeded others shows theirs, each under its name of that year.
    """
    found: dict[str, list[LastYear]] = {}
    for earlier in _earlier(assessment):
        for row in earlier.rows:
            figures = figures_in_words(row, earlier.entries[row.code].figures) or "–"
            amount = text.number(earlier.points.leaves[row.code], earlier.table.decimals)
            said = f"{earlier.name}: {figures}" if earlier.name else figures
            found.setdefault(row.code, []).append(LastYear(earlier.year, said, amount))
    return found


def figures_of_last_year(assessment: SelfAssessment) -> dict[str, Figures]:
    """Return the figures in force of a year before, by code, where the criterion has the same title.

    None for a unit that succeeded several: no one of them is its last year.
    """
    before = _earlier(assessment)
    if len(before) != 1:
        return {}
    entries = {row.code: before[0].entries[row.code].figures for row in before[0].rows}
    return {code: figures for code, figures in entries.items() if figures is not None}


def _earlier(assessment: SelfAssessment) -> list[_Earlier]:
    membership = assessment.membership
    before = (
        SelfAssessment.objects.handed_in()
        .filter(
            membership__unit__in=lineage(membership.unit_id),
            membership__year__bloc=membership.year.bloc_id,
            membership__year__year=membership.year.year - 1,
        )
        .select_related("membership__year", "table")
    )
    if not before:
        return []
    titles = dict(assessment.table.criteria.values_list("code", "title"))
    return [_read_earlier(dossier, membership.unit_id, titles) for dossier in before]


def _read_earlier(before: SelfAssessment, unit: int, titles: Mapping[str, str]) -> _Earlier:
    scores, criteria = scores_of(before), list(before.table.criteria.order_by("position"))
    book = ClaimBook(before, table_from(before, criteria), criteria, {}, {})
    entries = {row.code: scores.in_force(row.pk) for row in criteria if row.is_leaf}
    stated = {code: entry for code, entry in entries.items() if entry != Entry()}
    same = [row for row in criteria if row.code in stated and titles.get(row.code) == row.title]
    name = "" if before.membership.unit_id == unit else before.membership.short_name or before.membership.name
    points = add_up(book.table, stated, book.best)
    return _Earlier(before.membership.year.year, name, book.table, same, stated, points)
