"""One member's claims with everything that completes them, read at once: criteria, scores, targets, evidence."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction
from functools import cached_property

from django.db.models import Exists, FilteredRelation, OuterRef, Q, Subquery

from blocs import text
from scoring.models import Criterion, Evidence, Score, SelfAssessment, Target
from scoring.points import FIELDS, Figures, Kind, Leaf, Method, exact_points, is_answered, ratio
from scoring.queries.tables import table_values
from scoring.ranking import Entry, Layer, Sheet, Table, sheet


@dataclass(frozen=True)
class Missing:
    """What one criterion still lacks, in the words of the refusal."""

    criterion_id: int
    code: str
    sentence: str

    @property
    def text(self) -> str:
        """The code with what is missing: "I.2 chưa nhập số thực hiện"."""
        return f"{self.code} {self.sentence[0].lower()}{self.sentence[1:]}"


@dataclass
class ClaimBook:
    """A member's claims by criterion: scores of the claimed layer, targets, evidence in use."""

    assessment: SelfAssessment
    table: Table
    criteria: Sequence[Criterion]
    scores: dict[int, Score]
    targets: Mapping[int, Target]
    evidence: Mapping[int, list[Evidence]] = field(default_factory=dict)
    proven: frozenset[int] = frozenset()

    @cached_property
    def best(self) -> Mapping[str, Fraction]:
        """R of every RELATIVE leaf among the members that count. One query, and none without such a leaf."""
        return claimed_best(self.assessment.membership.year_id) if self.table.is_relative else {}

    @property
    def leaves(self) -> list[Criterion]:
        """The criteria that are scored."""
        return [criterion for criterion in self.criteria if criterion.is_leaf]

    @cached_property
    def _by_pk(self) -> Mapping[int, Criterion]:
        return {criterion.pk: criterion for criterion in self.criteria}

    def top_of(self, criterion: Criterion) -> Criterion:
        """Return the top row under which a criterion stands; itself when it is one."""
        here = self._by_pk[criterion.pk]
        while here.parent_id is not None:
            here = self._by_pk[here.parent_id]
        return here

    def figures(self, criterion: Criterion) -> Figures:
        """Return the figures of a criterion; the target of the year stands where none was stated."""
        score = self.scores.get(criterion.pk)
        figures = score.figures if score else Figures()
        target = self.targets.get(criterion.pk)
        if target is None or figures.target is not None or figures.not_applicable:
            return figures
        return Figures(target=target.value, actual=figures.actual)

    def entries(self) -> dict[str, Entry]:
        """Return the claims as the arithmetic sees them."""
        return {
            criterion.code: Entry(self.figures(criterion)) for criterion in self.leaves if criterion.pk in self.scores
        }

    def sheet(self) -> Sheet:
        """Add up the claims; a draft's own figures count against the bloc's best and itself."""
        return sheet(self.table, self.entries(), self.best)

    def missing(self) -> list[Missing]:
        """Say what every criterion still lacks, in the order of the table."""
        values = {leaf.code: leaf for leaf in self.table.leaves}
        found = ((criterion, self._lack(criterion, values[criterion.code])) for criterion in self.leaves)
        return [Missing(criterion.pk, criterion.code, lack) for criterion, lack in found if lack]

    def _lack(self, criterion: Criterion, leaf: Leaf) -> str:
        score = self.scores.get(criterion.pk)
        figures = self.figures(criterion)
        if not is_answered(leaf, figures):
            return unanswered(leaf, figures) if leaf.kind is Kind.BASE else ""
        proven = criterion.pk in self.proven or (score is not None and score.is_imported)
        if not criterion.evidence_required or proven or figures.not_applicable:
            return ""
        return "Chưa có minh chứng" if exact_points(leaf, figures, self.best.get(leaf.code)) else ""


def unanswered(leaf: Leaf, figures: Figures) -> str:
    """Say which figure a criterion lacks."""
    if "target" in FIELDS[leaf.method] and figures.target is None:
        return "Chưa có kế hoạch"
    words = {
        Method.RATIO: "Chưa nhập số thực hiện",
        Method.RELATIVE: "Chưa nhập số thực hiện",
        Method.PER_UNIT: "Chưa nhập số lượng",
        Method.ADJUST: "Chưa nhập số lần cộng, trừ",
    }
    return words.get(leaf.method, "Chưa chấm")


def claim_book(assessment: SelfAssessment) -> ClaimBook:
    """Read a member's claims. Four queries beside the assessment, its table and its membership."""
    criteria = list(assessment.table.criteria.order_by("position"))
    evidence: dict[int, list[Evidence]] = {}
    for piece in Evidence.objects.in_use().filter(assessment=assessment).select_related("file", "criterion"):
        evidence.setdefault(piece.criterion_id, []).append(piece)
    targets = Target.objects.filter(membership=assessment.membership_id)
    return ClaimBook(
        assessment=assessment,
        table=table_from(assessment, criteria),
        criteria=criteria,
        scores=_claims(assessment),
        targets={target.criterion_id: target for target in targets},
        evidence=evidence,
        proven=frozenset(evidence),
    )


def claim_book_to_save(assessment: SelfAssessment) -> ClaimBook:
    """Read what saving one field needs in one query: criteria with their targets, whether proven, and their claims."""
    mine = Target.objects.filter(membership=assessment.membership_id, criterion=OuterRef("pk"))
    proof = Evidence.objects.in_use().filter(assessment=assessment, criterion=OuterRef("pk"))
    annotated = assessment.table.criteria.order_by("position").annotate(
        target_value=Subquery(mine.values("value")),
        target_state=Subquery(mine.values("state")),
        is_proven=Exists(proof),
        claim=FilteredRelation(
            "scores", condition=Q(scores__assessment=assessment.pk, scores__layer=Layer.CLAIMED.value)
        ),
    )
    criteria = list(annotated.select_related("claim"))  # type: ignore[misc]  # the relation filtered above
    return ClaimBook(
        assessment=assessment,
        table=table_from(assessment, criteria),
        criteria=criteria,
        scores={row.pk: row.claim for row in criteria if hasattr(row, "claim")},  # Django leaves it unset where none is
        targets={
            row.pk: Target(criterion=row, value=row.target_value, state=row.target_state)
            for row in criteria
            if row.target_value is not None
        },
        proven=frozenset(row.pk for row in criteria if row.is_proven),
    )


def _claims(assessment: SelfAssessment) -> dict[int, Score]:
    scores = Score.objects.filter(assessment=assessment, layer=Layer.CLAIMED.value)
    return {score.criterion_id: score for score in scores}


def claimed_best(year_id: int) -> dict[str, Fraction]:
    """Return R of every RELATIVE leaf of a year at the claimed layer. One query."""
    rows = Score.objects.filter(
        assessment__membership__year=year_id,
        assessment__state__in=SelfAssessment.HANDED_IN,
        layer=Layer.CLAIMED.value,
        criterion__method=Method.RELATIVE.value,
        not_applicable=False,
        actual__isnull=False,
        target__isnull=False,
    ).values_list("criterion__code", "actual", "target")
    best: dict[str, Fraction] = {}
    for code, actual, target in rows:
        own = ratio(Figures(actual=actual, target=target))
        best[code] = max(own, best.get(code, own))
    return best


def table_from(assessment: SelfAssessment, criteria: Sequence[Criterion]) -> Table:
    """Return the table as the arithmetic sees it, from rows that were read already."""
    codes = {criterion.pk: criterion.code for criterion in criteria}
    rows = [
        (row.code, codes.get(row.parent_id or 0), row.kind, row.method, row.max_points, row.params) for row in criteria
    ]
    return table_values(assessment.table, rows=rows)


def missing_before_submission(assessment: SelfAssessment) -> list[Missing]:
    """Return what is missing before the assessment may be sent: the checklist of the page and the refusal of the act.

    Every base criterion is answered or does not apply; what claims points and needs proof has it. Points of bonus and
    deduction criteria that were left empty count 0.
    """
    return claim_book(assessment).missing()


def written(value: Decimal | str | None) -> str:
    """Return a stored figure as it stands in an input: decimal comma, "" for nothing."""
    if value is None or isinstance(value, str):
        return value or ""
    return text.typed(value)
