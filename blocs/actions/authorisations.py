"""Somebody acts for the head of a unit, by a dated paper."""

import datetime as dt

from django.core.files.base import File
from django.db import transaction

from blocs.audit import record
from blocs.errors import Refusal
from blocs.files import PAPERS, store_file
from blocs.models import Authorisation, Unit, User
from blocs.text import nfc


class OwnAuthorisation(Refusal):
    """Nobody records an authorisation for himself or herself."""


class AuthorisationEnded(Refusal):
    """The authorisation has ended already."""


class NotOfTheUnit(Refusal):
    """The holder has no post at the unit on the day."""

    status = 422


class EndsBeforeItBegins(Refusal):
    """The last day lies before the first."""

    status = 422


@transaction.atomic
def record_authorisation(  # noqa: PLR0913 - a paper says all of it
    unit: Unit,
    *,
    holder: User,
    title: str,
    number: str,
    dated_on: dt.date,
    from_on: dt.date,
    until_on: dt.date,
    paper: File | None = None,
    by: User | None,
    at: dt.datetime,
) -> Authorisation:
    """Record a written authorisation to act for the unit's head, with its dates and its scan.

    Raises OwnAuthorisation (the head or the authority records it), NotOfTheUnit, EndsBeforeItBegins, FileRefused.
    """
    _refuse_holder(unit, holder, by=by, on=at.date())
    if until_on < from_on:
        message = "Ngày kết thúc ủy quyền phải từ ngày bắt đầu trở đi. Nội dung đã nhập vẫn còn trên trang."
        raise EndsBeforeItBegins(message)
    stored = store_file(paper, by=by, at=at, allowed=PAPERS) if paper else None
    authorisation = Authorisation.objects.create(
        unit=unit, holder=holder, title=nfc(title), number=nfc(number), dated_on=dated_on, from_on=from_on,
        until_on=until_on, paper=stored, given_by=by,
    )  # fmt: skip
    record(
        "record_authorisation", authorisation, by=by, unit=unit.pk, holder=holder.pk, number=authorisation.number,
        from_on=from_on, until_on=until_on, paper=stored.sha256 if stored else "",
    )  # fmt: skip
    return authorisation


def _refuse_holder(unit: Unit, holder: User, *, by: User | None, on: dt.date) -> None:
    if by is not None and by == holder:
        message = "Người được ủy quyền không tự ghi ủy quyền cho mình. Đề nghị Thủ trưởng đơn vị ghi nội dung này."
        raise OwnAuthorisation(message)
    if not holder.posts.in_force(on).filter(unit=unit).exists():
        message = f"{holder.full_name} hiện không giữ chức vụ tại {unit.name} nên chưa ghi được ủy quyền."
        raise NotOfTheUnit(message)


@transaction.atomic
def end_authorisation(authorisation: Authorisation, *, by: User | None, on: dt.date) -> Authorisation:
    """End an authorisation early; from the day `on` it no longer holds. The record stays. Raises AuthorisationEnded."""
    authorisation = Authorisation.objects.select_for_update().get(pk=authorisation.pk)
    if authorisation.until_on < on:
        message = f"Ủy quyền này đã kết thúc ngày {authorisation.until_on:%d/%m/%Y}. Không có nội dung nào bị thay đổi."
        raise AuthorisationEnded(message)
    authorisation.until_on = max(on, authorisation.from_on) - dt.timedelta(days=1)
    authorisation.save(update_fields=["until_on"])
    record("end_authorisation", authorisation, by=by, unit=authorisation.unit_id, until_on=authorisation.until_on)
    return authorisation
