"""The leader sends the list to the authority, may recall it before receipt; the authority receives it."""

import datetime as dt
from collections.abc import Iterable

from django.core.files.base import File
from django.db import transaction
from django.urls import reverse

from awards.actions.locks import hold_nominations, hold_year
from awards.actions.packages import pack_submission
from awards.actions.proposals import NoReason, QuotaFull
from awards.actions.telling import tell_members, tell_officials
from awards.models import Nomination, Submission, SubmittedLine
from awards.queries.candidates import eligibility
from awards.queries.submissions import line_of
from blocs import text
from blocs.audit import record
from blocs.errors import Refusal
from blocs.files import PAPERS, store_file
from blocs.models import BlocYear, User
from blocs.workflow import advance


class NothingToSubmit(Refusal):
    """The bloc has agreed on no nomination that is not yet sent."""


class SubmissionLate(Refusal):
    """The day by which the list had to be sent is over."""


class AlreadyReceived(Refusal):
    """The authority has received the submission: it can no longer be recalled."""


class AlreadyRecalled(Refusal):
    """The submission was recalled by the bloc."""


@transaction.atomic
def submit_nominations(  # noqa: PLR0913 - each is one thing that the letter states
    year: BlocYear,
    *,
    number: str,
    dated_on: dt.date,
    signer_name: str,
    signer_title: str,
    by: User | None,
    at: dt.datetime,
    contact_name: str = "",
    contact_phone: str = "",
    upload: File | None = None,
) -> Submission:
    """Send every nomination that the bloc agreed on to the authority ("Trình khen thưởng"), with its letter.

    The numbers of the guidance are counted again under the year's lock, and the list and every part of the package
    are kept as they are sent.
    `upload` is the signed letter, if there is one. The last day does not bind the operator (by None).
    Raises YearClosed, SubmissionLate, NothingToSubmit, QuotaFull, FileRefused.
    """
    year = hold_year(year.pk)
    _refuse_late(year, by, at)
    chosen = hold_nominations(year, state=Nomination.State.AGREED)
    if not chosen:
        word = year.bloc.bloc_word
        raise NothingToSubmit(f"Chưa có đề nghị nào được {word} nhất trí để trình. Việc tiếp theo: đưa ra bình xét.")
    if over := eligibility(year, at).overflows():
        raise QuotaFull(over)
    submission = Submission.objects.create(
        year=year,
        number=text.nfc(number),
        dated_on=dated_on,
        signer_name=text.nfc(signer_name),
        signer_title=text.nfc(signer_title),
        contact_name=text.nfc(contact_name),
        contact_phone=text.nfc(contact_phone),
        paper=store_file(upload, by=by, at=at, allowed=PAPERS) if upload else None,
        sent_by=by,
        sent_at=at,
    )
    SubmittedLine.objects.bulk_create(_listed(submission, nomination) for nomination in chosen)
    for nomination in chosen:
        advance(nomination, Nomination.State.SUBMITTED, submission=submission)
    parts = pack_submission(submission, chosen, by=by, at=at)
    _tell_sent(submission, len(chosen), by)
    keys = [nomination.pk for nomination in chosen]
    record("submit_nominations", submission, by=by, year=year.pk, nominations=keys, parts=parts)
    return submission


def _refuse_late(year: BlocYear, by: User | None, at: dt.datetime) -> None:
    due = year.submission_due_on
    if by is not None and due is not None and at.date() > due:
        raise SubmissionLate(
            f"Thời hạn trình khen thưởng đã kết thúc ngày {text.date(due)}. Danh sách và kết quả bình xét vẫn được lưu. "
            f"Đề nghị liên hệ {year.bloc.authority} để được gia hạn."
        )


def _listed(submission: Submission, nomination: Nomination) -> SubmittedLine:
    line = line_of(nomination)
    line.submission = submission
    return line


def _tell_sent(submission: Submission, number: int, by: User | None) -> None:
    year = submission.year
    sentence = (
        f"{year.bloc.name} trình {text.count(number)} đề nghị khen thưởng năm {year.year} ({submission.citation})."
    )
    tell_officials(year, kind="nominations_submitted", text=sentence, but=by)
    where = {"bloc": year.bloc.code, "year": year.year, "pk": submission.pk}
    url = reverse("awards:submission", kwargs=where)
    tell_members(year, kind="nominations_submitted", text=sentence, but=by, url=url)


@transaction.atomic
def recall_submission(submission: Submission, *, reason: str, by: User | None, at: dt.datetime) -> Submission:
    """Take a submission back before it is received ("Thu hồi để sửa"); its nominations are with the bloc again.

    Raises YearClosed, NoReason, AlreadyReceived, AlreadyRecalled.
    """
    submission = _hold(submission)
    why = text.nfc(reason)
    if not why:
        raise NoReason("Đề nghị ghi lý do thu hồi. Hồ sơ vẫn ở trạng thái đã trình.")
    if submission.received_at:
        raise AlreadyReceived(
            f"{submission.year.bloc.authority} đã tiếp nhận hồ sơ lúc {text.moment(submission.received_at)} nên không "
            "thu hồi được. Đề nghị liên hệ cơ quan thẩm định."
        )
    submission.recalled_by, submission.recalled_at, submission.recall_reason = by, at, why
    submission.save(update_fields=["recalled_by", "recalled_at", "recall_reason"])
    moved = _move(submission, Nomination.State.AGREED, submission=None)
    year = submission.year
    sentence = f"{year.bloc.name} thu hồi để sửa {submission.citation}. Lý do: {why}"
    tell_officials(year, kind="submission_recalled", text=sentence, but=by)
    record("recall_submission", submission, by=by, year=year.pk, nominations=moved)
    return submission


@transaction.atomic
def receive_submission(submission: Submission, *, by: User | None, at: dt.datetime) -> Submission:
    """Take a submission in at the authority's desk ("Tiếp nhận"); from now on it is reviewed and cannot be recalled.

    Received again, nothing changes; a year that has ended may still be received. Raises AlreadyRecalled.
    """
    submission = _hold(submission, even_ended=True)
    if submission.received_at:
        return submission
    submission.received_by, submission.received_at = by, at
    submission.save(update_fields=["received_by", "received_at"])
    moved = _move(submission, Nomination.State.IN_REVIEW)
    year = submission.year
    sentence = f"{year.bloc.authority} đã tiếp nhận hồ sơ khen thưởng năm {year.year} ({submission.citation})."
    tell_members(year, kind="submission_received", text=sentence, but=by)
    record("receive_submission", submission, by=by, year=year.pk, nominations=moved)
    return submission


def _hold(submission: Submission, *, even_ended: bool = False) -> Submission:
    year = hold_year(submission.year_id, even_ended=even_ended)
    submission = Submission.objects.select_for_update(of=("self",)).get(pk=submission.pk)
    submission.year = year
    if submission.recalled_at:
        raise AlreadyRecalled(
            f"{submission.citation} đã được Trưởng khối thu hồi để sửa lúc {text.moment(submission.recalled_at)}."
        )
    return submission


def _move(sent: Submission, to: str, **changes: object) -> list[int]:
    """Advance the nominations of a submission and return their keys."""
    chosen: Iterable[Nomination] = hold_nominations(sent.year, state=Nomination.State.SUBMITTED)
    own = [nomination for nomination in chosen if nomination.submission_id == sent.pk]
    for nomination in own:
        advance(nomination, to, **changes)
    return [nomination.pk for nomination in own]
