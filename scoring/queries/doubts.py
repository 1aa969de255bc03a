"""What a reviewer will object to before the assessment is sent: not forbidden, but asked about."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from blocs import text
from scoring.models import Criterion, SelfAssessment, Target
from scoring.points import FIELDS, Figures, Kind, Method, exact_points, is_answered
from scoring.queries.claims import ClaimBook, claim_book
from scoring.queries.filling import figures_of_last_year
from scoring.ranking import Sheet

FAR = Fraction(1, 2)  # an amount that differs by more than half of last year's is asked about
_SAID_ENOUGH = 10  # letters of an explanation


@dataclass(frozen=True)
class Doubt:
    """One question a reviewer will ask about a criterion."""

    criterion_id: int
    code: str
    sentence: str


def doubts_before_submission(assessment: SelfAssessment) -> list[Doubt]:
    """Return what a reviewer will ask about, in the order of the table; a fixed number of queries.

    Points claimed without any document though none is demanded; an amount far from last year's; points below the
    maximum, bonus points or "không áp dụng" without a word of explanation; a target that nobody approved.
    """
    book = claim_book(assessment)
    before, points = figures_of_last_year(assessment), book.sheet()
    return [
        Doubt(row.pk, row.code, sentence)
        for row in book.leaves
        for sentence in _of(book, row, before.get(row.code), points)
        if sentence
    ]


def _of(book: ClaimBook, row: Criterion, before: Figures | None, points: Sheet) -> Iterator[str]:
    figures, leaf, score = book.figures(row), row.leaf, book.scores.get(row.pk)
    if not is_answered(leaf, figures):
        return
    own = points.leaves.get(row.code)
    words = len((score.explanation if score else "").strip()) >= _SAID_ENOUGH
    proven = row.pk in book.proven or (score is not None and score.is_imported)
    if own and not proven and not row.evidence_required and exact_points(leaf, figures, book.best.get(row.code)):
        yield "Có điểm nhưng chưa có tài liệu minh chứng"
    if figures.not_applicable and not words:
        yield "Ghi không áp dụng mà chưa giải trình"
    elif not words and own is not None and (leaf.kind is not Kind.BASE or own < row.max_points):
        yield "Chưa giải trình" if leaf.kind is Kind.BASE else "Điểm thưởng, điểm trừ chưa giải trình" if own else ""
    target = book.targets.get(row.pk)
    if "target" in FIELDS[Method(row.method)] and target is not None and target.state != Target.State.APPROVED:
        yield f"Kế hoạch {text.number(target.value)} chưa được Trưởng khối duyệt"
    if before is not None:
        yield _far(row, figures, before)


def _far(row: Criterion, figures: Figures, before: Figures) -> str:
    """Say that an amount is far from last year's, "" when it is not."""
    name = "count" if row.method == Method.PER_UNIT else "actual"
    now, then = getattr(figures, name), getattr(before, name)
    if not isinstance(now, Decimal) or not isinstance(then, Decimal) or now == then:
        return ""
    if then and abs(Fraction(now) - Fraction(then)) <= FAR * Fraction(then):
        return ""
    change = f" ({'tăng' if now > then else 'giảm'} {text.percent(abs(now - then), then, 0)})" if then else ""
    return f"Thực hiện {text.number(now)} khác xa năm trước {text.number(then)}{change}"
