"""A meeting is called, changed, paused and closed."""

import datetime as dt
from typing import Any

from django.db import transaction

from blocs.actions.years import refuse_past
from blocs.audit import record
from blocs.errors import Refusal
from blocs.models import BlocYear, User
from blocs.notices import notify, officials_of, people_of
from blocs.text import date, moment, nfc
from blocs.workflow import advance
from conferences.models import AgendaItem, Attendance, Conference
from conferences.programme import Step, annual_course, short_course
from conferences.queries.places import board_path
from conferences.queries.values import conference_quorum
from conferences.rules import stand_in

_PEOPLE = {f"{person}{part}" for person in ("chair", "co_chair", "secretary", "reader") for part in ("", "_post")}
_CHANGEABLE = _PEOPLE | {
    "title",
    "held_on",
    "starts_at",
    "place",
    "address",
    "host",
    "quorum_share",
    "quorum_source",
    "reply_by",
    "contact",
}


class AlreadyCalled(Refusal):
    """The bloc year has its annual conference already."""


class MeetingOver(Refusal):
    """The meeting has ended and its record stands."""


class StillOpen(Refusal):
    """An item is still being carried out, so the meeting cannot end."""


def refuse_over(conference: Conference) -> None:
    """Raise MeetingOver when the meeting has ended."""
    if conference.is_over:
        raise MeetingOver(
            f"{conference.title} đã bế mạc lúc {moment(conference.closed_at)}; nội dung của hội nghị không thay đổi nữa. "
            "Nội dung cần đính chính được ghi vào biên bản."
        )


def locked(conference: Conference) -> Conference:
    """Return the meeting under lock, after checking that its year is not past and that it has not ended."""
    row = Conference.objects.select_for_update().select_related("year__bloc").get(pk=conference.pk)
    refuse_past(row.year)
    refuse_over(row)
    return row


@transaction.atomic
def call_conference(
    year: BlocYear,
    *,
    held_on: dt.date,
    starts_at: dt.time,
    by: User | None,
    on: dt.date,
    kind: str = Conference.Kind.ANNUAL,
    title: str = "",
    **details: Any,
) -> Conference:
    """Call a meeting: its agenda in the usual order, and one expected delegate of each member.

    `details` are further fields of Conference (place, address, host, chair, chair_post, secretary, reader, …).
    Raises YearClosed, AlreadyCalled (one annual conference a year).
    """
    refuse_past(year)
    BlocYear.objects.select_for_update().get(pk=year.pk)
    if kind == Conference.Kind.ANNUAL and Conference.objects.filter(year=year, kind=kind).exists():
        raise AlreadyCalled(f"Hội nghị tổng kết năm {year.year} đã được mở. Không có nội dung nào bị thay đổi.")
    share, source = conference_quorum(year, on)
    details = {"quorum_share": share, "quorum_source": source} | details
    conference = Conference.objects.create(
        year=year,
        kind=kind,
        title=nfc(title) or usual_title(year, kind),
        held_on=held_on,
        starts_at=starts_at,
        **details,
    )
    AgendaItem.objects.bulk_create(_items(conference, _course(conference)))
    Attendance.objects.bulk_create(
        Attendance(conference=conference, membership=member) for member in year.memberships.order_by("position")
    )
    _tell(conference)
    record(
        "call_conference",
        conference,
        by=by,
        year=year.pk,
        kind=kind,
        held_on=held_on,
        starts_at=starts_at,
        **stand_in(by, year),
    )
    return conference


def usual_title(year: BlocYear, kind: str) -> str:
    """Return the usual title of a meeting of a kind."""
    match kind:
        case Conference.Kind.ANNUAL:
            return f"Hội nghị tổng kết công tác thi đua, khen thưởng năm {year.year}"
        case Conference.Kind.MIDYEAR:
            return f"Hội nghị sơ kết công tác thi đua, khen thưởng 06 tháng đầu năm {year.year}"
    return f"Hội nghị chuyên đề năm {year.year}"


def _course(conference: Conference) -> tuple[Step, ...]:
    year = conference.year
    authority = year.bloc.authority.name
    if conference.kind == Conference.Kind.ANNUAL:
        bloc = year.bloc
        return annual_course(year.year, leader=bloc.leader_word, deputy=bloc.deputy_word, authority=authority)
    subject = "sơ kết" if conference.kind == Conference.Kind.MIDYEAR else "chuyên đề"
    return short_course(subject, leader=year.bloc.leader_word, authority=authority)


def _items(conference: Conference, course: tuple[Step, ...]) -> list[AgendaItem]:
    return [
        AgendaItem(
            conference=conference,
            position=position,
            kind=step.kind,
            title=step.title,
            performer=step.performer,
            time=step.time(conference.starts_at),
        )
        for position, step in enumerate(course, start=1)
    ]


def _tell(conference: Conference) -> None:
    year = conference.year
    people = people_of(*year.memberships.values_list("unit_id", flat=True)) + officials_of(year.bloc.authority_id)
    text = (
        f"{conference.title} họp lúc {conference.starts_at:%H} giờ {conference.starts_at:%M}, ngày {date(conference.held_on)}. "
        "Đề nghị các đơn vị xác nhận đại biểu dự hội nghị."
    )
    notify(people, kind="conference_called", text=text, url=board_path(year), year=year)


@transaction.atomic
def change_conference(conference: Conference, *, by: User | None, **changes: Any) -> Conference:
    """Change when and where the meeting is held, who hosts, chairs, keeps the minutes and reads the report.

    Raises YearClosed, MeetingOver; TypeError for a field that does not belong to the call.
    """
    conference = locked(conference)
    if unknown := set(changes) - _CHANGEABLE:
        raise TypeError(f"not a detail of a meeting: {sorted(unknown)}")
    for name, value in changes.items():
        setattr(conference, name, nfc(value) if isinstance(value, str) else value)
    conference.save(update_fields=list(changes))
    record(
        "change_conference",
        conference,
        by=by,
        year=conference.year_id,
        fields=sorted(changes),
        held_on=conference.held_on,
        **stand_in(by, conference.year),
    )
    return conference


@transaction.atomic
def pause_conference(conference: Conference, *, by: User | None) -> Conference:
    """Pause the meeting."""
    return _turn(conference, Conference.State.PAUSED, "pause_conference", by)


@transaction.atomic
def resume_conference(conference: Conference, *, by: User | None) -> Conference:
    """Go on after a pause."""
    return _turn(conference, Conference.State.MEETING, "resume_conference", by)


def _turn(conference: Conference, to: str, act: str, by: User | None) -> Conference:
    conference = advance(locked(conference), to)
    record(act, conference, by=by, year=conference.year_id, **stand_in(by, conference.year))
    return conference


@transaction.atomic
def close_conference(conference: Conference, *, by: User | None, at: dt.datetime) -> Conference:
    """End the meeting; the open last item ends with it. Its record is read-only from now on.

    Raises YearClosed, MeetingOver, NotNow (it has not begun), StillOpen (an item other than the last is open).
    """
    conference = locked(conference)
    item = conference.items.select_for_update().filter(state=AgendaItem.State.OPEN).first()
    if item is not None and item.kind != AgendaItem.Kind.MINUTES:
        raise StillOpen(
            f"Chưa bế mạc được: nội dung “{item.title}” đang thực hiện. Đề nghị kết thúc nội dung này trước khi bế mạc."
        )
    if item is not None:
        advance(item, AgendaItem.State.DONE, closed_at=at)
    conference = advance(conference, Conference.State.CLOSED, closed_at=at)
    present = sum(row.is_here for row in conference.attendances.all())
    record(
        "close_conference",
        conference,
        by=by,
        year=conference.year_id,
        present=present,
        **stand_in(by, conference.year),
    )
    return conference
