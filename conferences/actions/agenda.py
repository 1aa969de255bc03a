"""The programme: items are added, moved, opened and closed by the chair; notes and votes by hand are kept with them."""

import datetime as dt
from typing import Any

from django.db import transaction
from django.db.models import F, Max

from blocs.audit import record
from blocs.errors import Refusal
from blocs.models import User
from blocs.text import count, nfc
from blocs.workflow import advance
from conferences.actions.meetings import locked
from conferences.models import AgendaItem, Conference
from conferences.rules import stand_in

_CHANGEABLE = frozenset({"title", "time", "performer", "kind"})


class AlreadyHeld(Refusal):
    """The item has been carried out and stays in the record."""


class VotesDoNotFit(Refusal):
    """The figures of a vote by hand do not fit those who are present."""

    status = 422


class NoSuchItem(Refusal):
    """The programme has no item of this kind."""


def _locked(item: AgendaItem) -> AgendaItem:
    locked(item.conference)
    return AgendaItem.objects.select_for_update().select_related("conference__year__bloc").get(pk=item.pk)


@transaction.atomic
def add_item(
    conference: Conference,
    *,
    title: str,
    kind: str = AgendaItem.Kind.OTHER,
    time: dt.time | None = None,
    performer: str = "",
    by: User | None,
) -> AgendaItem:
    """Add an item at the end of the programme. Raises YearClosed, MeetingOver."""
    conference = locked(conference)
    last = conference.items.aggregate(last=Max("position"))["last"] or 0
    item = AgendaItem.objects.create(
        conference=conference, position=last + 1, title=nfc(title), kind=kind, time=time, performer=nfc(performer)
    )
    record("add_item", item, by=by, year=conference.year_id, kind=kind, **stand_in(by, conference.year))
    return item


@transaction.atomic
def change_item(item: AgendaItem, *, by: User | None, **changes: Any) -> AgendaItem:
    """Change title, time, performer or kind of an item. Raises YearClosed, MeetingOver; TypeError for another field."""
    item = _locked(item)
    if unknown := set(changes) - _CHANGEABLE:
        raise TypeError(f"not a field of the programme: {sorted(unknown)}")
    for name, value in changes.items():
        setattr(item, name, nfc(value) if isinstance(value, str) else value)
    item.save(update_fields=list(changes))
    year = item.conference.year
    record("change_item", item, by=by, year=year.pk, fields=sorted(changes), **stand_in(by, year))
    return item


@transaction.atomic
def move_item(item: AgendaItem, *, up: bool, by: User | None) -> AgendaItem:
    """Move an item one place up or down; at the end it stays. Raises YearClosed, MeetingOver."""
    item = _locked(item)
    others = item.conference.items.exclude(pk=item.pk)
    beyond = others.filter(position__lt=item.position) if up else others.filter(position__gt=item.position)
    other = beyond.order_by("-position" if up else "position").first()
    if other is not None:
        item.position, other.position = other.position, item.position
        item.save(update_fields=["position"])
        other.save(update_fields=["position"])
    year = item.conference.year
    record("move_item", item, by=by, year=year.pk, position=item.position, **stand_in(by, year))
    return item


@transaction.atomic
def remove_item(item: AgendaItem, *, by: User | None) -> None:
    """Take an item that has not been carried out from the programme. Raises AlreadyHeld, YearClosed, MeetingOver."""
    item = _locked(item)
    if item.state != AgendaItem.State.TODO or item.notes:
        raise AlreadyHeld(
            f"Nội dung “{item.title}” đã thực hiện hoặc đã có ghi chép nên không bỏ khỏi chương trình được."
        )
    year = item.conference.year
    record("remove_item", item, by=by, year=year.pk, kind=item.kind, position=item.position, **stand_in(by, year))
    AgendaItem.objects.filter(conference=item.conference_id, position__gt=item.position).update(
        position=F("position") - 1
    )
    item.delete()


@transaction.atomic
def open_item(item: AgendaItem, *, by: User | None, at: dt.datetime) -> AgendaItem:
    """Go to an item: the one that is open ends; the first one opened begins the meeting, or ends its pause.

    Raises YearClosed, MeetingOver, NotNow (it is open already).
    """
    item = _locked(item)
    conference = item.conference
    present = conference.items.filter(state=AgendaItem.State.OPEN).exclude(pk=item.pk).first()
    if present is not None:
        advance(present, AgendaItem.State.DONE, closed_at=at)
    if conference.state != Conference.State.MEETING:
        advance(conference, Conference.State.MEETING, opened_at=conference.opened_at or at)
    item = advance(item, AgendaItem.State.OPEN, opened_at=item.opened_at or at, closed_at=None)
    record("open_item", item, by=by, year=conference.year_id, kind=item.kind, **stand_in(by, conference.year))
    return item


@transaction.atomic
def close_item(item: AgendaItem, *, by: User | None, at: dt.datetime) -> AgendaItem:
    """End the open item. Raises YearClosed, MeetingOver, NotNow (it is not open)."""
    item = advance(_locked(item), AgendaItem.State.DONE, closed_at=at)
    year = item.conference.year
    record("close_item", item, by=by, year=year.pk, kind=item.kind, **stand_in(by, year))
    return item


@transaction.atomic
def take_notes(item: AgendaItem, *, notes: str, by: User | None) -> AgendaItem:
    """Keep the notes of an item (discussion, directing speech, what is to be completed); an unchanged text does nothing. Raises YearClosed, MeetingOver."""
    item = _locked(item)
    if item.notes == nfc(notes):
        return item
    item.notes = nfc(notes)
    item.save(update_fields=["notes"])
    year = item.conference.year
    record("take_notes", item, by=by, year=year.pk, length=len(item.notes), **stand_in(by, year))
    return item


@transaction.atomic
def adopt_item(item: AgendaItem, *, votes_for: int, votes_of: int, by: User | None, at: dt.datetime) -> AgendaItem:
    """Record a vote by hand on the programme, the report, the consolidated table or the minutes.

    `votes_for` of `votes_of` units agreed; `votes_of` is at most the number of units represented.
    Raises VotesDoNotFit, YearClosed, MeetingOver.
    """
    item = _locked(item)
    present = sum(row.is_here for row in item.conference.attendances.all())
    if not 0 <= votes_for <= votes_of <= present or votes_of == 0:
        raise VotesDoNotFit(
            f"Chưa ghi được kết quả biểu quyết: {count(votes_for)}/{count(votes_of)} đơn vị nhất trí không phù hợp với "
            f"{count(present)} đơn vị có mặt. Đề nghị kiểm tra lại số đếm hoặc xác nhận đại biểu."
        )
    item.votes_for, item.votes_of = votes_for, votes_of
    item.save(update_fields=["votes_for", "votes_of"])
    year = item.conference.year
    record(
        "adopt_item",
        item,
        by=by,
        year=year.pk,
        kind=item.kind,
        votes_for=votes_for,
        votes_of=votes_of,
        at=at,
        **stand_in(by, year),
    )
    return item


@transaction.atomic
def adopt_report(
    conference: Conference, *, votes_for: int, votes_of: int, remarks: str = "", by: User | None, at: dt.datetime
) -> AgendaItem:
    """Record the vote on the summary report and what is to be completed in it.

    Raises NoSuchItem, VotesDoNotFit, YearClosed, MeetingOver.
    """
    item = conference.items.filter(kind=AgendaItem.Kind.REPORT).first()
    if item is None:
        raise NoSuchItem(
            "Chương trình không có nội dung trình bày báo cáo. Đề nghị thêm nội dung này vào chương trình."
        )
    item = adopt_item(item, votes_for=votes_for, votes_of=votes_of, by=by, at=at)
    return take_notes(item, notes=remarks, by=by) if remarks else item
