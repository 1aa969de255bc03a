"""Who comes: units confirm, guests are entered."""

import datetime as dt

from django.db import transaction

from blocs.audit import record
from blocs.errors import Refusal
from blocs.models import User
from blocs.text import nfc
from conferences.actions.meetings import locked
from conferences.models import Attendance, Conference, Guest
from conferences.rules import stand_in


class AttendanceIncomplete(Refusal):
    """An absence without a reason, or a proxy without a name."""

    status = 422


@transaction.atomic
def confirm_attendance(
    attendance: Attendance,
    *,
    state: str,
    name: str = "",
    title: str = "",
    reason: str = "",
    paper: str = "",
    by: User | None,
    at: dt.datetime,
) -> Attendance:
    """Say who comes for a unit: present, by proxy (with the name and the paper) or absent (with the reason).

    By the unit itself or by the leader's staff. Raises AttendanceIncomplete, YearClosed, MeetingOver.
    """
    conference = locked(attendance.conference)
    attendance = Attendance.objects.select_for_update(of=("self",)).select_related("membership").get(pk=attendance.pk)
    name, reason = nfc(name), nfc(reason)
    if state == Attendance.State.ABSENT and not reason:
        raise AttendanceIncomplete(
            "Chưa ghi nhận được: đơn vị vắng cần ghi lý do. Nội dung đã nhập vẫn còn trong các ô."
        )
    if state == Attendance.State.PROXY and not name:
        raise AttendanceIncomplete(
            "Chưa ghi nhận được: dự theo ủy quyền cần ghi họ và tên người được ủy quyền. Nội dung đã nhập vẫn còn trong các ô."
        )
    before = attendance.state
    attendance.state, attendance.name, attendance.title = state, name, nfc(title)
    attendance.reason = reason if state == Attendance.State.ABSENT else ""
    attendance.paper = nfc(paper) if state == Attendance.State.PROXY else ""
    attendance.confirmed_by, attendance.confirmed_at = by, at
    attendance.save()
    record(
        "confirm_attendance",
        attendance,
        by=by,
        year=conference.year_id,
        unit=attendance.membership.unit_id,
        before=before,
        state=state,
        **stand_in(by, conference.year),
    )
    return attendance


@transaction.atomic
def invite_guest(
    conference: Conference,
    *,
    title: str,
    body: str,
    name: str = "",
    is_authority: bool = True,
    directs: bool = False,
    by: User | None,
) -> Guest:
    """Enter a delegate of the authority, or a guest: they attend and have no vote. Raises YearClosed, MeetingOver."""
    conference = locked(conference)
    guest = Guest.objects.create(
        conference=conference,
        title=nfc(title),
        body=nfc(body),
        name=nfc(name),
        is_authority=is_authority,
        directs=directs,
    )
    record(
        "invite_guest",
        guest,
        by=by,
        year=conference.year_id,
        is_authority=is_authority,
        **stand_in(by, conference.year),
    )
    return guest


@transaction.atomic
def remove_guest(guest: Guest, *, by: User | None) -> None:
    """Take a guest from the list. Raises YearClosed, MeetingOver."""
    conference = locked(guest.conference)
    record("remove_guest", guest, by=by, year=conference.year_id, **stand_in(by, conference.year))
    guest.delete()
