"""The way of a self-assessment from the officer's desk to the leader: presented, returned, sent, recalled, extended."""

import datetime as dt

from django.core.files.base import File
from django.db import transaction
from django.utils import timezone

from blocs import text
from blocs.audit import record
from blocs.errors import Refusal
from blocs.files import PAPERS, store_file
from blocs.models import Membership, StoredFile, Unit, User
from blocs.notices import leaders_of, notify, people_of
from blocs.standing import leadership_of
from blocs.workflow import advance
from scoring.actions.dossiers import Incomplete, lock, reason_of
from scoring.actions.filling import start_assessment
from scoring.models import SelfAssessment
from scoring.queries.claims import missing_before_submission
from scoring.queries.digests import sheet_digest

State = SelfAssessment.State


class SubmissionClosed(Refusal):
    """The deadline is over."""

    def __init__(self, due: dt.datetime, leader: str, remedy_url: str = "") -> None:
        local = f"{text.hour(due)} ngày {text.date(timezone.localdate(due))}"
        super().__init__(
            f"Thời hạn gửi bảng tự chấm điểm đã kết thúc lúc {local}. Nội dung đã nhập vẫn được lưu. "
            f"Đề nghị liên hệ {leader} để được gia hạn.",
            remedy_url=remedy_url,
            remedy_label="Gia hạn",
        )
        self.due = due


class NotOpenYet(Refusal):
    """The year's self-assessment has not begun."""


class BadExtension(Refusal):
    """An extension lies in the future and says why."""

    status = 422


class BadSigningDate(Refusal):
    """A paper is not signed in the future."""

    status = 422


@transaction.atomic
def present_to_head(assessment: SelfAssessment, *, by: User | None, at: dt.datetime) -> SelfAssessment:
    """Hand the complete table to the head of the unit (Trình lãnh đạo đơn vị). Raises Incomplete."""
    assessment = lock(assessment)
    _refuse_incomplete(assessment)
    assessment = advance(assessment, State.WITH_HEAD, presented_by=by, presented_at=at, returned_reason="")
    sentence = f"Bảng tự chấm điểm năm {assessment.year.year} đang chờ Thủ trưởng đơn vị duyệt."
    notify(_heads(assessment), kind="assessment_presented", text=sentence, year=assessment.year)
    _log("present_to_head", assessment, by)
    return assessment


@transaction.atomic
def return_to_officer(assessment: SelfAssessment, *, reason: str, by: User | None, at: dt.datetime) -> SelfAssessment:
    """The head hands the table back to the officer, with a reason. Raises NoReason."""
    assessment = lock(assessment)
    why = reason_of(reason, "chuyển lại chuyên viên")
    assessment = advance(assessment, State.DRAFT, returned_reason=why, started_at=assessment.started_at or at)
    if assessment.presented_by:
        sentence = f"Lãnh đạo đơn vị chuyển lại bảng tự chấm điểm năm {assessment.year.year}: {why}"
        notify([assessment.presented_by], kind="assessment_returned", text=sentence, year=assessment.year)
    _log("return_to_officer", assessment, by, reason=why)
    return assessment


@transaction.atomic
def approve_and_send(assessment: SelfAssessment, *, by: User | None, at: dt.datetime) -> SelfAssessment:
    """The head approves in the application and sends to the leader (Gửi Trưởng khối).

    Raises NotOpenYet, SubmissionClosed, Incomplete, NotNow.
    """
    assessment = lock(assessment)
    return _send(assessment, SelfAssessment.Manner.IN_APP, by=by, at=at)


@transaction.atomic
def send_by_signed_copy(
    assessment: SelfAssessment,
    *,
    scan: File,
    signed_by: str,
    signed_on: dt.date,
    by: User | None,
    at: dt.datetime,
) -> SelfAssessment:
    """The officer sends with the scan of the copy that the head signed on paper (Gửi theo bản đã ký).

    Raises NotOpenYet, SubmissionClosed, Incomplete, NotNow, BadSigningDate, FileRefused.
    """
    assessment = lock(assessment)
    if signed_on > timezone.localdate(at):
        raise BadSigningDate(
            "Ngày ký không được sau ngày gửi. Nội dung đã nhập vẫn được lưu. Đề nghị kiểm tra lại ngày ký."
        )
    refuse_closed(assessment, at)
    stored: StoredFile = store_file(scan, by=by, at=at, allowed=PAPERS)
    assessment.signed_copy, assessment.signed_by, assessment.signed_on = stored, text.nfc(signed_by), signed_on
    assessment.save(update_fields=["signed_copy", "signed_by", "signed_on"])
    return _send(assessment, SelfAssessment.Manner.SIGNED_COPY, by=by, at=at, sha256=stored.sha256)


def _send(
    assessment: SelfAssessment, manner: str, *, by: User | None, at: dt.datetime, sha256: str = ""
) -> SelfAssessment:
    refuse_closed(assessment, at)
    _refuse_incomplete(assessment)
    due = assessment.year.assessments_due_at
    assessment = advance(
        assessment,
        State.SUBMITTED,
        manner=manner,
        submitted_by=by,
        submitted_at=at,
        is_late=due is not None and at > due,
        digest=sheet_digest(assessment),
    )
    sentence = f"{assessment.membership.name} đã gửi bảng tự chấm điểm năm {assessment.year.year}."
    notify(leaders_of(assessment.year), kind="assessment_sent", text=sentence, year=assessment.year)
    _log(
        "submit_assessment",
        assessment,
        by,
        manner=manner,
        digest=assessment.digest,
        late=assessment.is_late,
        scan=sha256,
    )
    return assessment


def refuse_closed(assessment: SelfAssessment, at: dt.datetime) -> None:
    """Raise SubmissionClosed after the deadline or the extension, to the second; NotOpenYet before the opening day."""
    year = assessment.membership.year
    if year.assessments_open_on is not None and timezone.localdate(at) < year.assessments_open_on:
        raise NotOpenYet(
            f"Chưa đến thời gian gửi bảng tự chấm điểm: bắt đầu từ ngày {text.date(year.assessments_open_on)}. "
            "Nội dung đã nhập vẫn được lưu."
        )
    if not year.accepts_assessments(at, extended_to=assessment.extended_to):
        due = max(filter(None, (year.assessments_due_at, assessment.extended_to)))
        raise SubmissionClosed(due, _whom_to_ask(assessment))


def _whom_to_ask(assessment: SelfAssessment) -> str:
    year = assessment.membership.year
    leader = leadership_of(year).leader
    if leader is None or leader == assessment.membership.unit_id:
        return "cơ quan tổ chức khối"
    name = year.memberships.filter(unit=leader).values_list("name", flat=True).first()
    return f"{year.bloc.leader_word} ({name or Unit.objects.get(pk=leader).name})"


@transaction.atomic
def recall(assessment: SelfAssessment, *, by: User | None, at: dt.datetime) -> SelfAssessment:
    """Take the table back to mend it (Thu hồi để sửa): from the head, or from the leader before the review began.

    After the deadline a sent table is not taken back, because it could not be sent again. Raises SubmissionClosed, NotNow.
    """
    assessment = lock(assessment)
    if assessment.state == State.SUBMITTED:
        refuse_closed(assessment, at)
    was = assessment.state
    assessment = advance(
        assessment, State.DRAFT, manner="", submitted_at=None, submitted_by=None, digest="", is_late=False
    )
    _log("recall_assessment", assessment, by, was=was)
    return assessment


@transaction.atomic
def grant_extension(
    membership: Membership, *, until: dt.datetime, reason: str, by: User | None, at: dt.datetime
) -> SelfAssessment:
    """Let one member send later (Gia hạn), with a reason; holds for its table and for an open completion request."""
    assessment = lock(start_assessment(membership, by=by, at=at))
    why = reason_of(reason, "gia hạn")
    if until <= at:
        raise BadExtension("Thời hạn mới phải sau thời điểm hiện tại. Chưa có nội dung nào được ghi.")
    assessment.extended_to, assessment.extension_reason = until, why
    assessment.save(update_fields=["extended_to", "extension_reason"])
    sentence = f"Bảng tự chấm điểm năm {assessment.year.year} được gia hạn đến {text.moment(until)}: {why}"
    notify(people_of(membership.unit_id), kind="assessment_extended", text=sentence, year=assessment.year)
    _log("grant_extension", assessment, by, until=until, reason=why)
    return assessment


def _refuse_incomplete(assessment: SelfAssessment) -> None:
    if missing := missing_before_submission(assessment):
        raise Incomplete(missing)


def _heads(assessment: SelfAssessment) -> list[User]:
    roles = {"head", "deputy_head"}
    people = people_of(assessment.membership.unit_id)
    return [user for user in people if user.posts.filter(unit=assessment.membership.unit_id, role__in=roles).exists()]


def _log(act: str, assessment: SelfAssessment, by: User | None, **details: object) -> None:
    membership = assessment.membership
    record(act, assessment, by=by, year=membership.year_id, unit=membership.unit_id, state=assessment.state, **details)
