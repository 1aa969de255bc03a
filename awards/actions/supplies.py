"""The bloc supplies what the authority asked for: only the named items, by the day set."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

from django.core.files.base import File
from django.db import transaction

from awards.actions.locks import hold_nomination
from awards.actions.telling import tell_officials
from awards.models import DossierPaper, Nomination, RequestedItem, RequestForMore
from blocs import text
from blocs.audit import record
from blocs.errors import Refusal
from blocs.files import store_file
from blocs.models import User
from blocs.workflow import advance


@dataclass(frozen=True)
class Supply:
    """What answers one item: words, a file, or both."""

    answer: str = ""
    upload: File | None = None
    number: str = ""
    dated_on: dt.date | None = None


class RequestOver(Refusal):
    """The request was answered or ended before."""


class SupplyLate(Refusal):
    """The day set for the items is over."""


class SupplyIncomplete(Refusal):
    """Some named items have neither words nor a file."""

    status = 422


@transaction.atomic
def supply_more(
    request: RequestForMore, *, supplies: Mapping[int, Supply], by: User | None, at: dt.datetime
) -> RequestForMore:
    """Answer a request for more, all its items at once (key: the item's primary key); the review goes on.

    The last day does not bind the operator (by None). Raises RequestOver, SupplyLate, SupplyIncomplete,
    FileRefused.
    """
    nomination = hold_nomination(request.nomination, even_ended=True)
    request = RequestForMore.objects.select_for_update().get(pk=request.pk)
    _refuse_unless_open(request, nomination, by, at)
    items = list(request.items.all())
    if missing := [item.text for item in items if not _is_answered(supplies.get(item.pk))]:
        raise SupplyIncomplete(
            f"Chưa thể gửi vì còn {text.count(len(missing))} mục chưa bổ sung: {'; '.join(missing)}."
        )
    for item in items:
        _take(item, supplies[item.pk], nomination, by, at)
    request.supplied_by, request.supplied_at = by, at
    request.save(update_fields=["supplied_by", "supplied_at"])
    advance(nomination, Nomination.State.IN_REVIEW)
    sentence = (
        f"{nomination.membership.short_name}: đã bổ sung hồ sơ {nomination.award.name} ({text.count(len(items))} mục)."
    )
    tell_officials(nomination.year, kind="more_supplied", text=sentence, but=by)
    unit = nomination.membership.unit_id
    record("supply_more", request, by=by, year=nomination.year_id, unit=unit, items=len(items))
    return request


def _is_answered(supply: Supply | None) -> bool:
    return supply is not None and (bool(text.nfc(supply.answer)) or supply.upload is not None)


def _refuse_unless_open(request: RequestForMore, nomination: Nomination, by: User | None, at: dt.datetime) -> None:
    if not request.is_open:
        raise RequestOver("Đề nghị bổ sung này đã kết thúc. Không có nội dung nào bị thay đổi.")
    if by is not None and at.date() > request.due_on:
        raise SupplyLate(
            f"Thời hạn bổ sung hồ sơ đã kết thúc ngày {text.date(request.due_on)}. Nội dung đã nhập chưa được gửi. "
            f"Đề nghị liên hệ {nomination.year.bloc.authority} để được gia hạn."
        )


def _take(item: RequestedItem, supply: Supply, nomination: Nomination, by: User | None, at: dt.datetime) -> None:
    item.answer, item.answered_at = text.nfc(supply.answer), at
    item.save(update_fields=["answer", "answered_at"])
    if supply.upload is None:
        return
    DossierPaper.objects.create(
        nomination=nomination,
        kind=_kind_of(item.text),
        title=item.text[:250],
        number=text.nfc(supply.number),
        dated_on=supply.dated_on,
        file=store_file(supply.upload, by=by, at=at),
        item=item,
        added_by=by,
        added_at=at,
    )


def _kind_of(wanted: str) -> str:
    """The kind of paper that an item asks for, where its words begin with the name of one."""
    for kind in DossierPaper.Kind:
        if wanted.startswith(kind.label):
            return kind
    return DossierPaper.Kind.OTHER
