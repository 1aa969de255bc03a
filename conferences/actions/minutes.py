"""The minutes: prose is written, every edit kept; secretary and chair confirm the very text; then they stand."""

import datetime as dt
import hashlib

from django.db import transaction
from django.utils import timezone

from blocs.actions.years import refuse_past
from blocs.audit import record
from blocs.errors import Refusal
from blocs.models import User
from blocs.text import nfc
from blocs.workflow import advance
from conferences.actions.reports import issuer_of
from conferences.gathering.minutes import confirmed, gather_minutes, minutes_digest, minutes_parts, record_of
from conferences.models import Conference, MinutesConfirmation, MinutesEdit, MinutesSection
from conferences.rules import stand_in
from documents.actions import draft_document, request_printing
from documents.models import Document


class NoSuchPart(Refusal):
    """The minutes have no free part of this name."""


class MinutesStand(Refusal):
    """The minutes have been confirmed and are no longer changed."""


class NotYetOver(Refusal):
    """The meeting is still going on, so its minutes cannot be confirmed."""


class ReadAgain(Refusal):
    """The minutes have changed since the page was opened."""


class OnePersonTwice(Refusal):
    """Secretary and chair are two people."""


def _locked(conference: Conference) -> Conference:
    row = (
        Conference.objects.select_for_update(of=("self",)).select_related("year__bloc__authority").get(pk=conference.pk)
    )
    refuse_past(row.year)
    return row


@transaction.atomic
def write_minutes(conference: Conference, *, key: str, text: str, by: User | None, at: dt.datetime) -> MinutesSection:
    """Keep one free part and what it said before; an unchanged text does nothing.

    Raises YearClosed, NoSuchPart, MinutesStand (somebody has confirmed them).
    """
    conference = _locked(conference)
    part = next((part for part in minutes_parts(record_of(conference)) if part.key == key), None)
    if not key or (part is None and key != "remarks"):
        raise NoSuchPart("Biên bản không có mục này. Không có nội dung nào bị thay đổi.")
    if conference.minutes_confirmations.exists():
        raise MinutesStand(
            "Biên bản đã có người xác nhận nên không sửa được nữa; nội dung đã nhập còn ở dưới đây. "
            "Đề nghị người đã xác nhận rút xác nhận trước khi sửa."
        )
    before = part.prose if part else record_of(conference).text("remarks", "report")
    section, _ = MinutesSection.objects.select_for_update().get_or_create(
        conference=conference, key=key, defaults={"text": before}
    )
    text = nfc(text).replace("\r\n", "\n")
    if section.text == text:
        return section
    MinutesEdit.objects.create(section=section, before=section.text, after=text, by=by, at=at)
    section.text = text
    section.save(update_fields=["text"])
    digest = hashlib.sha256(text.encode()).hexdigest()
    record("write_minutes", section, by=by, year=conference.year_id, key=key, digest=digest)
    return section


@transaction.atomic
def confirm_minutes(
    conference: Conference, *, capacity: str, digest: str, by: User | None, at: dt.datetime
) -> MinutesConfirmation:
    """Confirm the minutes as secretary or as chair; with both, they are adopted and printed.

    `digest` is that of the text which the page showed. It is an internal electronic confirmation, no digital signature.
    Raises YearClosed, NotYetOver, MinutesStand, ReadAgain, OnePersonTwice.
    """
    conference = _locked(conference)
    if not conference.is_over:
        raise NotYetOver("Chưa xác nhận được: hội nghị chưa bế mạc nên biên bản chưa đủ nội dung.")
    if digest != minutes_digest(conference):
        raise ReadAgain(
            "Biên bản vừa được sửa ở nơi khác nên chưa xác nhận. Đề nghị đọc lại nội dung mới rồi xác nhận."
        )
    given = list(conference.minutes_confirmations.all())
    if any(row.capacity == capacity for row in given):
        raise MinutesStand("Biên bản đã được xác nhận với tư cách này. Không có nội dung nào bị thay đổi.")
    if by is not None and any(row.by_id == by.pk for row in given):
        raise OnePersonTwice("Chủ tọa và thư ký là hai người; tài khoản này đã xác nhận với tư cách kia.")
    row = MinutesConfirmation.objects.create(conference=conference, capacity=capacity, digest=digest, by=by, at=at)
    if given:
        advance(conference, Conference.State.ADOPTED)
        _print(conference, by=by, at=at)
    year = conference.year
    record("confirm_minutes", row, by=by, year=year.pk, capacity=capacity, digest=digest, **stand_in(by, year))
    return row


@transaction.atomic
def withdraw_confirmation(confirmation: MinutesConfirmation, *, by: User | None) -> None:
    """Take one's confirmation back while the other's is still missing. Raises YearClosed, MinutesStand."""
    conference = _locked(confirmation.conference)
    if conference.state == Conference.State.ADOPTED:
        raise MinutesStand("Biên bản đã được chủ tọa và thư ký xác nhận; không rút xác nhận được.")
    if by is not None and confirmation.by_id != by.pk:
        raise MinutesStand("Chỉ người đã xác nhận rút được xác nhận của mình. Không có gì thay đổi.")
    record("withdraw_confirmation", confirmation, by=by, year=conference.year_id, capacity=confirmation.capacity)
    confirmation.delete()


@transaction.atomic
def print_minutes(conference: Conference, *, by: User | None, at: dt.datetime) -> Document:
    """Hand the minutes to documents and have them printed; a draft until chair and secretary have confirmed.

    Raises YearClosed, NobodyLeads.
    """
    return _print(_locked(conference), by=by, at=at)


def _print(conference: Conference, *, by: User | None, at: dt.datetime) -> Document:
    draft = conference.state != Conference.State.ADOPTED
    paper = confirmed(gather_minutes(conference, draft=draft), list(conference.minutes_confirmations.all()))
    document = draft_document(
        conference.year,
        kind=Document.Kind.CONFERENCE_MINUTES,
        paper=paper,
        unit=issuer_of(conference.year),
        about=f"conference:{conference.pk}",
        by=by,
        on=timezone.localdate(at),
    )
    record("print_minutes", document, by=by, year=conference.year_id, digest=document.content_digest)
    return request_printing(document, by=by, at=at)
