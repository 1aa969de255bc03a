"""Reviewing a member's claims: keep, correct the figures or set the points; conclude, take up again."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import asdict
from decimal import Decimal

from django.db import transaction

from blocs import text
from blocs.audit import record
from blocs.errors import Refusal
from blocs.models import User
from blocs.notices import notify, people_of
from blocs.standing import leadership_of
from blocs.workflow import NotNow, advance
from scoring.actions.dossiers import BadFigure, changed_figures, lock, put_figures, reason_of, refuse_own
from scoring.actions.peers import refuse_late_peer
from scoring.addresses import of_member
from scoring.models import Criterion, FieldChange, Score, SelfAssessment
from scoring.models.reviewers import unit_behind
from scoring.points import FigureRefused, Figures, check_points, is_answered
from scoring.queries.chains import scores_of
from scoring.queries.claims import written
from scoring.queries.scores import ORDER
from scoring.ranking import Entry, Layer

State = SelfAssessment.State
Verdict = Score.Verdict


class WrongCriterion(Refusal):
    """The criterion is not one of the assessment's table, or a group."""


class NothingStated(Refusal):
    """A change states figures or points."""

    status = 422


@transaction.atomic
def start_review(assessment: SelfAssessment, *, by: User | None, at: dt.datetime) -> SelfAssessment:
    """Begin to review a table that was sent or explained: from now on the unit cannot take it back."""
    assessment = lock(assessment)
    refuse_own(assessment, by)
    refuse_late_peer(assessment, by, at)
    return begin(assessment, by, at)


def begin(assessment: SelfAssessment, by: User | None, at: dt.datetime) -> SelfAssessment:
    """Begin a review with the first act of it; the caller holds the lock."""
    assessment = advance(assessment, State.IN_REVIEW, review_started_at=assessment.review_started_at or at)
    log_review("start_review", assessment, by)
    return assessment


@transaction.atomic
def review_score(
    assessment: SelfAssessment,
    criterion: Criterion,
    *,
    verdict: str,
    figures: Mapping[str, str] | None = None,
    points: str | None = None,
    reason: str = "",
    by: User | None,
    at: dt.datetime,
) -> Score:
    """Conclude on one criterion: keep the claim, correct its figures (points follow), or set the points as typed.

    A change needs a reason. A table that was sent or explained comes under review by the first conclusion.
    Raises OwnAssessment, NotNow, NoReason, BadFigure, NothingStated.
    """
    assessment = lock(assessment)
    refuse_own(assessment, by)
    refuse_late_peer(assessment, by, at)
    if assessment.state in {State.SUBMITTED, State.ANSWERED}:
        assessment = begin(assessment, by, at)
    if assessment.state != State.IN_REVIEW:
        raise not_now(assessment, "thẩm định điểm")
    score = write_layer(
        assessment,
        criterion,
        Layer.REVIEWED,
        verdict=verdict,
        figures=figures,
        points=points,
        reason=reason,
        by=by,
        at=at,
    )
    log_review("review_score", assessment, by, criterion=criterion.code, verdict=score.verdict, override=score.override)
    return score


def write_layer(  # noqa: PLR0913 - what a later layer says of one criterion
    assessment: SelfAssessment,
    criterion: Criterion,
    layer: Layer,
    *,
    verdict: str,
    figures: Mapping[str, str] | None,
    points: str | None,
    reason: str,
    by: User | None,
    at: dt.datetime,
) -> Score:
    """Write what a later layer says of one criterion, with its field history; the earlier layers stay as they are.

    The caller holds the lock and logs. Raises WrongCriterion, NoReason, BadFigure, NothingStated.
    """
    if criterion.table_id != assessment.table_id or not criterion.is_leaf:
        raise WrongCriterion(
            f"{criterion.code} không phải tiêu chí chấm điểm của bảng này. Không có nội dung nào bị thay đổi."
        )
    scores = scores_of(assessment, criterion)
    earlier = scores.in_force(criterion.pk, ORDER[ORDER.index(layer) - 1])
    score = scores.by_criterion.get(criterion.pk, {}).get(layer) or Score(
        assessment=assessment, criterion=criterion, layer=layer.value
    )
    before = _said(score)
    _state(score, criterion, earlier, verdict=verdict, figures=figures, points=points)
    kept = score.verdict == Verdict.KEPT
    score.reason = text.nfc(reason) if kept else reason_of(reason, "điều chỉnh điểm")
    score.by, score.at, score.is_imported = by, at, False
    score.save()
    after = _said(score)
    if before != after:
        FieldChange.objects.create(
            assessment=assessment, criterion=criterion, layer=layer.value, field=score.verdict, before=before, after=after,
            by=by, at=at,
        )  # fmt: skip
    return score


def _state(
    score: Score,
    criterion: Criterion,
    earlier: Entry,
    *,
    verdict: str,
    figures: Mapping[str, str] | None,
    points: str | None,
) -> None:
    if verdict not in Verdict.values:
        raise NothingStated("Cần chọn giữ nguyên, điều chỉnh số liệu hay điểm. Chưa có nội dung nào được ghi.")
    put_figures(score, Figures())
    score.override, score.verdict = None, Verdict(verdict)
    if verdict == Verdict.FIGURES:
        if not figures:
            raise NothingStated("Cần ghi số liệu được công nhận. Chưa có nội dung nào được ghi.")
        stated = changed_figures(criterion, earlier.figures or Figures(), figures)
        if not is_answered(criterion.leaf, stated):
            raise NothingStated("Số liệu được công nhận còn thiếu ô. Chưa có nội dung nào được ghi.")
        put_figures(score, stated)
    elif verdict == Verdict.POINTS:
        score.override = _typed_points(criterion, earlier, points)


def _typed_points(criterion: Criterion, earlier: Entry, points: str | None) -> Decimal:
    if not (points or "").strip():
        raise NothingStated("Cần ghi số điểm. Chưa có nội dung nào được ghi.")
    if earlier.figures is not None and earlier.figures.not_applicable:
        raise BadFigure("points", "Tiêu chí đang ghi không áp dụng: đề nghị điều chỉnh số liệu trước khi ghi điểm.")
    try:
        typed = text.parse_number(points or "")
        check_points(criterion.leaf, typed)
    except (text.NotANumber, FigureRefused) as refusal:
        raise BadFigure("points", f"Tiêu chí {criterion.code}: {refusal}.") from refusal
    return typed


def _said(score: Score) -> str:
    if not score.pk:
        return ""
    stated = asdict(score.figures) | {"override": score.override}
    figures = [
        f"{name}={'có' if value is True else written(value)}"
        for name, value in stated.items()
        if value is not None and value is not False
    ]
    return "; ".join(filter(None, [score.get_verdict_display(), *figures, score.reason]))


@transaction.atomic
def conclude_review(assessment: SelfAssessment, *, by: User | None, at: dt.datetime) -> SelfAssessment:
    """End the review of one member: what was not concluded on keeps its claim. Raises OwnAssessment, NotNow."""
    assessment = lock(assessment)
    refuse_own(assessment, by)
    refuse_late_peer(assessment, by, at)
    if assessment.state == State.SUBMITTED:
        assessment = begin(assessment, by, at)
    assessment = advance(assessment, State.REVIEWED, reviewed_by=by, reviewed_at=at)
    changed = (
        Score.objects.filter(assessment=assessment, layer=Layer.REVIEWED.value).exclude(verdict=Verdict.KEPT).count()
    )
    notify(
        people_of(assessment.membership.unit_id),
        kind="assessment_reviewed",
        text=f"Bảng tự chấm điểm năm {assessment.year.year} đã thẩm định xong; {changed:02d} tiêu chí được điều chỉnh.",
        url=of_member("assessment", assessment.membership),
        year=assessment.year,
    )
    log_review("conclude_review", assessment, by, changed=changed)
    return assessment


@transaction.atomic
def reopen_review(assessment: SelfAssessment, *, reason: str, by: User | None, at: dt.datetime) -> SelfAssessment:
    """Take up a finished review once more before the scores are agreed, with a reason."""
    assessment = lock(assessment)
    refuse_own(assessment, by)
    refuse_late_peer(assessment, by, at)
    why = reason_of(reason, "mở lại thẩm định")
    assessment = advance(assessment, State.IN_REVIEW, review_started_at=assessment.review_started_at or at)
    log_review("reopen_review", assessment, by, reason=why)
    return assessment


def log_review(act: str, assessment: SelfAssessment, by: User | None, **details: object) -> None:
    """Write the log line of an act of review: for which unit, and whether instead of the leader."""
    membership = assessment.membership
    unit = unit_behind(by, assessment) if by else None
    leader = leadership_of(membership.year).leader
    instead = unit is not None and leader not in {unit.pk, membership.unit_id}
    record(
        act, assessment, by=by, year=membership.year_id, unit=membership.unit_id, state=assessment.state,
        for_unit=unit.pk if unit else None, instead_of_leader=instead, **details,
    )  # fmt: skip


def not_now(assessment: SelfAssessment, what: str) -> NotNow:
    """The refusal of an act that does not fit the state, in words."""
    return NotNow(
        f"Chưa {what} được: bảng tự chấm điểm đang ở trạng thái “{assessment.get_state_display()}”. "
        "Không có nội dung nào bị thay đổi. Đề nghị mở lại trang để xem trạng thái mới nhất."
    )
