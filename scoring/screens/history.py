"""What the page of one criterion's history shows: every saved change, and which may be taken back."""

import datetime as dt
from dataclasses import dataclass

from blocs import text
from scoring.inputs import inputs_of, label_of
from scoring.models import LAYERS, Criterion, FieldChange, SelfAssessment
from scoring.queries import history
from scoring.queries.claims import claim_book, written
from scoring.queries.filling import open_criteria
from scoring.ranking import Layer

_LAYERS = dict(LAYERS)


@dataclass(frozen=True)
class ChangeRow:
    """One saved change, ready to print; `pk` is 0 where the value before is not taken back here."""

    pk: int
    when: str
    who: str
    field: str
    before: str
    after: str


@dataclass(frozen=True)
class HistoryPage:
    """The history of one criterion, the latest change first."""

    criterion: Criterion
    member: str
    demo: bool
    rows: list[ChangeRow]


def history_page(assessment: SelfAssessment, criterion: Criterion, *, at: dt.datetime) -> HistoryPage:
    """Return every saved change; a value that is not the present one may be taken back while the field is open."""
    opened = open_criteria(assessment, at)
    is_open = not assessment.year.is_past and (opened is None or criterion.pk in opened)
    book = claim_book(assessment)
    figures, score = book.figures(criterion), book.scores.get(criterion.pk)
    fields = {change.field for change in history(assessment, criterion)}
    present = {field: _present(getattr(figures, field, None)) for field in fields}
    present["explanation"] = score.explanation if score else ""
    rows = [
        _row(criterion, assessment.table.decimals, change, may=is_open and present[change.field] != change.before)
        for change in reversed(history(assessment, criterion))
    ]
    return HistoryPage(criterion, assessment.membership.name, assessment.year.is_demonstration, rows)


def _present(value: object) -> str:
    if isinstance(value, bool):
        return "có" if value else ""
    return "" if value is None else written(value) if not isinstance(value, int) else str(value)  # type: ignore[arg-type]


def _row(criterion: Criterion, decimals: int, change: FieldChange, *, may: bool) -> ChangeRow:
    words = {
        choice.value: choice.label
        for one in inputs_of(criterion, {}, decimals=decimals)
        for choice in one.choices
        if one.name == change.field
    }
    claimed = change.layer == Layer.CLAIMED.value
    return ChangeRow(
        pk=change.pk if may and claimed else 0,
        when=text.moment(change.at),
        who=str(change.by) if change.by else "nhập từ tệp",
        field=label_of(change.field) + ("" if claimed else f" ({_LAYERS[change.layer].lower()})"),
        before=words.get(change.before, change.before),
        after=words.get(change.after, change.after),
    )
