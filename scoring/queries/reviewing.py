"""What a reviewer has to look at in one member's claims: differences and doubts first."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from blocs import text
from scoring.models import Criterion, Evidence, Score, SelfAssessment, Target
from scoring.points import Kind, Method
from scoring.queries.chains import Scores, best_by_layer, scores_of
from scoring.queries.claims import ClaimBook, claim_book
from scoring.queries.filling import LastYear, last_years
from scoring.queries.formulas import figures_in_words, formula
from scoring.queries.returns import Returned, returned
from scoring.ranking import Layer, leaf_points

_LEAP = Decimal("0.2")


@dataclass(frozen=True)
class ReviewLine:
    """One criterion under review; figures and points ready to print. `why` says what needs an eye, empty when nothing."""

    criterion: Criterion
    claimed: str
    maximum: str
    figures: str
    formula: str
    explanation: str
    evidence: list[Evidence]
    last_year: list[LastYear]
    why: list[str]
    score: Score | None
    verdict: str
    reviewed: str
    difference: str
    reason: str
    values: dict[str, str]
    is_again: bool = False

    @property
    def is_done(self) -> bool:
        """Whether the reviewer concluded on it, after the unit's last completion of it."""
        return self.score is not None and not self.is_again


@dataclass(frozen=True)
class ReviewQueue:
    """The criteria of one member: those that need an eye first, those that match after them."""

    to_see: list[ReviewLine]
    matching: list[ReviewLine]
    claimed_total: str
    reviewed_total: str

    @property
    def lines(self) -> list[ReviewLine]:
        """All of them, in the order of the queue."""
        return [*self.to_see, *self.matching]

    @property
    def left(self) -> int:
        """How many that need an eye have no conclusion yet."""
        return sum(not line.is_done for line in self.to_see)


def review_queue(assessment: SelfAssessment) -> ReviewQueue:
    """Return what a reviewer has to look at. A fixed number of queries, however many criteria."""
    from scoring.ranking import sheet  # noqa: PLC0415 - the name is taken by the page's sheet elsewhere

    book, scores, last = claim_book(assessment), scores_of(assessment), last_years(assessment)
    best = best_by_layer(assessment, book.table, [Layer.CLAIMED, Layer.REVIEWED])
    reader = _Reader(book, scores, last, best, _shared_files(book), returned(assessment))
    lines = [reader.line(criterion) for criterion in book.leaves]
    entries = {
        layer: {criterion.code: scores.in_force(criterion.pk, layer) for criterion in book.leaves}
        for layer in (Layer.CLAIMED, Layer.REVIEWED)
    }
    totals = {layer: sheet(book.table, entries[layer], best[layer]).total for layer in entries}
    return ReviewQueue(
        to_see=sorted((line for line in lines if line.why), key=lambda line: not line.is_again),
        matching=[line for line in lines if not line.why],
        claimed_total=text.number(totals[Layer.CLAIMED], book.table.decimals),
        reviewed_total=text.number(totals[Layer.REVIEWED], book.table.decimals),
    )


def _shared_files(book: ClaimBook) -> set[str]:
    uses = Counter(
        digest for pieces in book.evidence.values() for digest in {piece.file.sha256 for piece in pieces if piece.file}
    )
    return {digest for digest, times in uses.items() if times > 1}


@dataclass(frozen=True)
class _Reader:
    book: ClaimBook
    scores: Scores
    last: Mapping[str, list[LastYear]]
    best: Mapping[Layer, Mapping[str, object]]
    shared: set[str]
    returned: Mapping[int, Returned]

    def line(self, criterion: Criterion) -> ReviewLine:
        book, decimals = self.book, self.book.table.decimals
        score = self.scores.by_criterion.get(criterion.pk, {}).get(Layer.REVIEWED)
        claim = book.scores.get(criterion.pk)
        claimed, reviewed = self._points(criterion, Layer.CLAIMED), self._points(criterion, Layer.REVIEWED)
        apart = None if claimed is None or reviewed is None or score is None else reviewed - claimed
        stated = self.scores.in_force(criterion.pk, Layer.REVIEWED).figures
        names = ("target", "actual", "count", "plus", "minus", "level", "points")
        return ReviewLine(
            criterion=criterion,
            claimed=text.number(claimed, decimals),
            maximum=text.number(criterion.max_points, decimals),
            figures=figures_in_words(criterion, book.figures(criterion)),
            formula=formula(criterion, decimals),
            explanation=claim.explanation if claim else "",
            evidence=book.evidence.get(criterion.pk, []),
            last_year=self.last.get(criterion.code, []),
            why=self._completed(criterion) + self._doubts(criterion, claimed),
            score=score,
            verdict=score.get_verdict_display() if score else "",
            reviewed=text.number(reviewed, decimals) if score else "",
            difference=_signed(apart, decimals),
            reason=score.reason if score else "",
            values={name: text.typed(getattr(stated, name)) for name in names} if stated else {},
            is_again=self._is_again(criterion, score),
        )

    def _completed(self, criterion: Criterion) -> list[str]:
        found = self.returned.get(criterion.pk)
        return [found.sentence] if found else []

    def _is_again(self, criterion: Criterion, score: Score | None) -> bool:
        """Whether the unit completed it on request after what the reviewer concluded, or before any conclusion."""
        found = self.returned.get(criterion.pk)
        return found is not None and (score is None or score.at < found.at)

    def _points(self, criterion: Criterion, layer: Layer) -> Decimal | None:
        entry = self.scores.in_force(criterion.pk, layer)
        return leaf_points(self.book.table, criterion.leaf, entry, self.best[layer].get(criterion.code))  # type: ignore[arg-type]

    def _doubts(self, criterion: Criterion, claimed: Decimal | None) -> list[str]:
        book = self.book
        claim, evidence = book.scores.get(criterion.pk), book.evidence.get(criterion.pk, [])
        target = book.targets.get(criterion.pk)
        doubts = []
        if claim and claim.not_applicable:
            doubts.append("Đơn vị ghi không áp dụng")
        if claim and claim.is_imported and criterion.evidence_required and claimed and not evidence:
            doubts.append("Nhập từ tệp, chưa có minh chứng")
        if criterion.kind == Kind.BONUS.value and claimed:
            doubts.append("Điểm thưởng, cần xem quyết định")
        if criterion.method in {Method.RATIO, Method.RELATIVE} and target and target.state == Target.State.PROPOSED:
            doubts.append("Kế hoạch chưa duyệt")
        if any(piece.file and piece.file.sha256 in self.shared for piece in evidence):
            doubts.append("Tệp minh chứng dùng cho nhiều tiêu chí")
        if claim and claim.explanation:
            doubts.append("Có giải trình của đơn vị")
        return doubts + self._leap(criterion, claimed)

    def _leap(self, criterion: Criterion, claimed: Decimal | None) -> list[str]:
        before = self.last.get(criterion.code)
        if not before or claimed is None or before[0].points == "–":
            return []
        earlier = text.parse_number(before[0].points.replace(".", ""))
        apart = abs(claimed - earlier) > _LEAP * criterion.max_points
        return ["Khác năm trước quá 20% điểm tối đa"] if apart else []


def _signed(amount: Decimal | None, decimals: int) -> str:
    if amount is None:
        return ""
    sign = "+" if amount > 0 else "−" if amount < 0 else ""
    return f"{sign}{text.number(abs(amount), decimals)}" if amount else "–"
