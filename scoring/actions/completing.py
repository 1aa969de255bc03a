"""Asking a member to complete selected criteria while the rest stays locked, and the member's explanation."""

import datetime as dt
from collections.abc import Collection

from django.db import transaction

from blocs import text
from blocs.errors import Refusal
from blocs.models import User
from blocs.notices import notify, people_of
from blocs.workflow import advance
from scoring.actions.dossiers import lock, reason_of, refuse_own
from scoring.actions.peers import refuse_late_peer
from scoring.actions.reviewing import NothingStated, WrongCriterion, begin, log_review, not_now
from scoring.actions.sending import SubmissionClosed
from scoring.addresses import of_member
from scoring.models import CompletionRequest, Criterion, SelfAssessment
from scoring.queries.digests import claims_digest

State = SelfAssessment.State


class LockedChanged(Refusal):
    """Something outside the criteria that were asked about is not what it was."""


@transaction.atomic
def request_completion(
    assessment: SelfAssessment,
    *,
    criteria: Collection[Criterion] = (),
    reason: str,
    due_at: dt.datetime | None = None,
    by: User | None,
    at: dt.datetime,
) -> CompletionRequest:
    """Ask the unit to complete named criteria, or the whole table when none is named (Đề nghị hoàn thiện).

    The rest stays locked; the digest of its claims and evidence is kept with the request. Raises OwnAssessment, NotNow,
    NoReason, and WrongCriterion for a criterion of another table.
    """
    assessment = lock(assessment)
    refuse_own(assessment, by)
    refuse_late_peer(assessment, by, at)
    if assessment.state == State.SUBMITTED:
        assessment = begin(assessment, by, at)
    why = reason_of(reason, "đề nghị hoàn thiện")
    if due_at is not None and due_at <= at:
        raise NothingStated("Hạn hoàn thiện phải sau thời điểm hiện tại. Chưa có nội dung nào được ghi.")
    if any(criterion.table_id != assessment.table_id or not criterion.is_leaf for criterion in criteria):
        raise WrongCriterion("Có tiêu chí không thuộc bảng này. Chưa có nội dung nào được ghi.")
    assessment = advance(assessment, State.COMPLETING)
    request = _keep_request(assessment, criteria, why, due_at, by, at)
    due = f" Hạn hoàn thiện: {text.moment(due_at)}." if due_at else ""
    notify(
        people_of(assessment.membership.unit_id),
        kind="completion_requested",
        text=f"Đề nghị hoàn thiện bảng tự chấm điểm năm {assessment.year.year}: {why}{due}",
        url=of_member("assessment", assessment.membership),
        year=assessment.year,
    )
    codes = sorted(criterion.code for criterion in criteria)
    log_review(
        "request_completion", assessment, by, criteria=codes, reason=why, due_at=due_at, locked=request.locked_digest
    )
    return request


def _keep_request(
    assessment: SelfAssessment,
    criteria: Collection[Criterion],
    why: str,
    due_at: dt.datetime | None,
    by: User | None,
    at: dt.datetime,
) -> CompletionRequest:
    asked = {criterion.pk for criterion in criteria}
    request = CompletionRequest.objects.create(
        assessment=assessment, covers_all=not criteria, reason=why, due_at=due_at, requested_by=by, requested_at=at,
        locked_digest=claims_digest(assessment, without=asked) if asked else "",
    )  # fmt: skip
    request.criteria.set(criteria)
    return request


@transaction.atomic
def answer_completion(assessment: SelfAssessment, *, answer: str, by: User | None, at: dt.datetime) -> SelfAssessment:
    """The unit answers a request, with its explanation (Gửi giải trình).

    What was not asked about must be what it was. Raises SubmissionClosed, NoReason, NotNow, LockedChanged.
    """
    assessment = lock(assessment)
    request = CompletionRequest.objects.select_for_update().filter(assessment=assessment, answered_at=None).first()
    if request is None:
        raise not_now(assessment, "gửi giải trình")
    if request.due_at is not None and not request.accepts_answer(at, extended_to=assessment.extended_to):
        limit = max(filter(None, (request.due_at, assessment.extended_to)))
        raise SubmissionClosed(limit, "đơn vị thẩm định")
    locked = _refuse_changed(assessment, request)
    request.answer = reason_of(answer, "giải trình")
    request.answered_by, request.answered_at = by, at
    request.save(update_fields=["answer", "answered_by", "answered_at"])
    assessment = advance(assessment, State.ANSWERED)
    _tell_reviewer(assessment, request)
    log_review("answer_completion", assessment, by, locked=locked)
    return assessment


def _refuse_changed(assessment: SelfAssessment, request: CompletionRequest) -> str:
    if not request.locked_digest:  # of the whole table, or made before the digest was kept
        return ""
    asked = set(request.criteria.values_list("pk", flat=True))
    now = claims_digest(assessment, without=asked)
    if now != request.locked_digest:
        raise LockedChanged(
            "Có số liệu ngoài các tiêu chí được đề nghị hoàn thiện không còn như lúc đề nghị. "
            "Giải trình chưa được gửi, nội dung đã nhập vẫn được lưu. Đề nghị báo đơn vị thẩm định."
        )
    return now


def _tell_reviewer(assessment: SelfAssessment, request: CompletionRequest) -> None:
    if request.requested_by:
        notify(
            [request.requested_by],
            kind="completion_answered",
            text=f"{assessment.membership.name} đã giải trình bảng tự chấm điểm năm {assessment.year.year}.",
            url=of_member("review_detail", assessment.membership),
            year=assessment.year,
        )
