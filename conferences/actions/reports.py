"""The summary report: its prose is written, its draft and its final paper are handed to documents."""

import datetime as dt
import hashlib

from django.db import transaction
from django.utils import timezone

from blocs.actions.years import refuse_past
from blocs.audit import record
from blocs.errors import Refusal
from blocs.models import BlocYear, Unit, User
from blocs.standing import leadership_of
from blocs.text import due, moment, nfc
from conferences.gathering import gather_report, report_chapters, stamp
from conferences.models import ReportSection
from conferences.queries.reports import DRAFT, FINAL, report_papers
from conferences.rules import stand_in
from documents.actions import draft_document, request_printing
from documents.models import Document


class NoSuchSection(Refusal):
    """The report has no free section of this name."""


class ChangedMeanwhile(Refusal):
    """Somebody else has written the section since the page was opened."""


class ScoresStillHidden(Refusal):
    """Members may not see each other's points yet, so a paper that prints them cannot go out."""


class AlreadySent(Refusal):
    """The final paper has been sent for signature and is no longer changed here."""


class NobodyLeads(Refusal):
    """No unit leads the year, so nobody issues its report."""


@transaction.atomic
def write_section(
    year: BlocYear, *, key: str, text: str, by: User | None, at: dt.datetime, seen: str | None = None
) -> ReportSection:
    """Keep the prose of one section; an empty text prints a dotted line. The log keeps its digest, not its words.

    `seen` is the stamp of the version that the page showed; None skips the comparison. Raises YearClosed, NoSuchSection,
    ChangedMeanwhile (another person wrote the section since).
    """
    refuse_past(year)
    if key not in {section.key for chapter in report_chapters(year) for section in chapter.sections}:
        raise NoSuchSection("Báo cáo không có mục này. Không có nội dung nào bị thay đổi.")
    section, created = ReportSection.objects.select_for_update().get_or_create(
        year=year, key=key, defaults={"written_by": by, "written_at": at}
    )
    if (
        seen is not None
        and not created
        and stamp(section) != seen
        and section.written_by_id not in {None, by and by.pk}
    ):
        raise ChangedMeanwhile(
            f"Mục này vừa được {section.written_by} sửa lúc {moment(section.written_at)}. Nội dung của hai người được giữ "
            "riêng: nội dung đã nhập còn ở dưới đây, nội dung mới ở trang báo cáo. Đề nghị mở lại trang và chọn nội dung giữ lại."
        )
    if not created and section.text == nfc(text):
        return section
    section.text, section.written_by, section.written_at = nfc(text), by, at
    section.save()
    digest = hashlib.sha256(section.text.encode()).hexdigest()
    record("write_section", section, by=by, year=year.pk, key=key, digest=digest, **stand_in(by, year))
    return section


def draft_report(year: BlocYear, *, by: User | None, at: dt.datetime) -> Document:
    """Gather the draft read at the conference, hand it to documents and have it printed.

    Raises YearClosed, NobodyLeads, ScoresStillHidden (before the deadline of the self-assessments).
    """
    if year.hides_claims_until_due and year.assessments_due_at and at < year.assessments_due_at:
        raise ScoresStillHidden(
            "Chưa in được dự thảo báo cáo: đến hết thời hạn gửi bảng tự chấm điểm "
            f"({due(year.assessments_due_at)}) điểm của mỗi đơn vị chưa hiện với các đơn vị khác, mà dự thảo được gửi các "
            "đơn vị. Phần lời văn vẫn được lưu; xem trước trên trang này."
        )
    return _hand_over(year, final=False, by=by, at=at)


def issue_report(year: BlocYear, *, by: User | None, at: dt.datetime) -> Document:
    """Gather the final paper, with the peer review and the next leaders, hand it to documents and have it printed.

    Raises YearClosed, NobodyLeads, AlreadySent (it is being signed, or is issued).
    """
    _, issued = report_papers(year)
    if issued is not None and issued.state != Document.State.DRAFT:
        raise AlreadySent(
            f"Bản chính thức của báo cáo đang ở trạng thái “{issued.get_state_display()}” nên không lập lại được. "
            "Nội dung hiện có được giữ nguyên. Đề nghị chuyển văn bản về dự thảo, hoặc thay thế văn bản, tại trang văn bản."
        )
    return _hand_over(year, final=True, by=by, at=at)


def _hand_over(year: BlocYear, *, final: bool, by: User | None, at: dt.datetime) -> Document:
    refuse_past(year)
    with transaction.atomic():
        document = draft_document(
            year,
            kind=Document.Kind.SUMMARY_REPORT,
            paper=gather_report(year, final=final),
            unit=issuer_of(year),
            about=FINAL if final else DRAFT,
            by=by,
            on=timezone.localdate(at),
        )
        act = "issue_report" if final else "draft_report"
        digest = document.content_digest
        record(act, document, by=by, year=year.pk, edition=document.edition, digest=digest, **stand_in(by, year))
    return request_printing(document, by=by, at=at)


def issuer_of(year: BlocYear) -> Unit:
    """Return the unit that leads today and issues the papers of the meeting. Raises NobodyLeads."""
    unit = Unit.objects.filter(pk=leadership_of(year).leader or 0).first()
    if unit is None:
        raise NobodyLeads(
            f"Năm {year.year} chưa có {year.bloc.leader_word} nên chưa có đơn vị ban hành văn bản. "
            f"Đề nghị cơ quan tổ chức khối ghi nhận {year.bloc.leader_word}."
        )
    return unit
