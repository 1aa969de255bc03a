import datetime as dt

import pytest
from django.db import IntegrityError, transaction

from blocs.actions.years import YearClosed
from blocs.models import BlocYear, LogEntry, Notice, Provision
from blocs.workflow import NotNow
from conferences.actions.agenda import (
    AlreadyHeld,
    VotesDoNotFit,
    add_item,
    adopt_item,
    adopt_report,
    close_item,
    move_item,
    open_item,
    remove_item,
    take_notes,
)
from conferences.actions.attendance import AttendanceIncomplete, confirm_attendance, invite_guest
from conferences.actions.meetings import (
    AlreadyCalled,
    MeetingOver,
    StillOpen,
    change_conference,
    close_conference,
    pause_conference,
    resume_conference,
)
from conferences.models import AgendaItem, Attendance, Conference
from conferences.queries.meetings import attendances_of, presence_of
from tests.cast import make_cast
from tests.conferences.stage import HELD_ON, LATER, MORNING, make_conference, seat

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast():
    return make_cast(3)


@pytest.fixture
def conference(cast):
    return make_conference(cast)


def kind(conference, kind):
    return conference.items.get(kind=kind)


def test_a_called_conference_has_the_agenda_in_the_order_of_the_story(conference):
    kinds = list(conference.items.values_list("kind", flat=True))

    assert kinds == [
        "reception", "opening", "presidium", "report", "scores", "discussion", "directing", "response", "review", "team",
        "election", "pledge", "handover", "minutes",
    ]  # fmt: skip


def test_the_agenda_names_its_hours_and_the_role_of_the_bloc(conference):
    item = kind(conference, "election")

    assert (item.time, item.title) == (dt.time(10, 25), "Bầu Trưởng khối, Phó Trưởng khối năm 2025")


def test_calling_expects_a_delegate_of_every_member_and_tells_everybody(cast, conference):
    assert list(conference.attendances.values_list("state", flat=True)) == ["expected"] * 3
    assert Notice.objects.filter(kind="conference_called").count() == 7


def test_a_year_has_one_annual_conference(cast, conference):
    with pytest.raises(AlreadyCalled, match="đã được mở"):
        make_conference(cast)


def test_a_past_year_calls_no_conference(cast):
    cast.year.state = BlocYear.State.CLOSED

    with pytest.raises(YearClosed):
        make_conference(cast)


def test_the_quorum_is_copied_from_the_value_in_force_with_its_source(cast):
    Provision.objects.create(
        topic="vote_quorum",
        key="conference",
        value="3/4",
        year=cast.year,
        source="Quy chế hoạt động của Khối",
        effective_from=dt.date(2024, 1, 1),
    )

    conference = make_conference(cast)

    assert (conference.quorum_share, conference.quorum_source) == ("3/4", "Quy chế hoạt động của Khối")


def test_the_call_writes_one_line_of_the_log(cast, conference):
    entry = LogEntry.objects.get(act="call_conference")

    assert entry.year_id == cast.year.pk
    assert entry.details == {"kind": "annual", "held_on": "2025-01-04", "starts_at": "08:00:00"}


def test_what_the_deputy_does_is_logged_as_in_place_of_the_leader(cast, conference):
    pause = change_conference(conference, place="Hội trường tầng 3", by=cast.heads["BQL-2"])

    assert pause.place == "Hội trường tầng 3"
    assert LogEntry.objects.get(act="change_conference").details["in_place_of_leader"] is True


def test_opening_the_first_item_begins_the_meeting(conference):
    item = open_item(kind(conference, "opening"), by=None, at=MORNING)

    conference.refresh_from_db()
    assert (conference.state, conference.opened_at, item.state) == ("meeting", MORNING, "open")


def test_opening_an_item_ends_the_one_before(conference):
    first = open_item(kind(conference, "opening"), by=None, at=MORNING)

    open_item(kind(conference, "report"), by=None, at=LATER)

    first.refresh_from_db()
    assert (first.state, first.closed_at) == ("done", LATER)


def test_an_item_that_is_not_open_cannot_be_closed(conference):
    with pytest.raises(NotNow, match="Chưa thực hiện"):
        close_item(kind(conference, "opening"), by=None, at=MORNING)


def test_a_pause_ends_when_an_item_is_opened(conference):
    open_item(kind(conference, "opening"), by=None, at=MORNING)
    pause_conference(conference, by=None)

    open_item(kind(conference, "report"), by=None, at=LATER)

    assert Conference.objects.get().state == "meeting"


def test_a_paused_meeting_is_resumed(conference):
    open_item(kind(conference, "opening"), by=None, at=MORNING)
    pause_conference(conference, by=None)

    assert resume_conference(conference, by=None).state == "meeting"


def test_an_item_moves_up_and_stays_at_the_top(conference):
    second = conference.items.get(position=2)

    move_item(second, up=True, by=None)
    move_item(conference.items.get(position=1), up=True, by=None)

    assert list(conference.items.values_list("kind", flat=True))[:2] == ["opening", "reception"]


def test_an_added_item_comes_last(conference):
    item = add_item(conference, title="Trao kỷ niệm chương", by=None)

    assert (item.position, item.kind) == (15, "other")


def test_an_item_that_was_held_stays_on_the_programme(conference):
    item = open_item(kind(conference, "opening"), by=None, at=MORNING)

    with pytest.raises(AlreadyHeld, match="không bỏ khỏi chương trình"):
        remove_item(item, by=None)


def test_a_removed_item_leaves_no_gap(conference):
    remove_item(kind(conference, "response"), by=None)

    assert list(conference.items.values_list("position", flat=True)) == list(range(1, 14))


def test_the_report_is_adopted_by_those_who_are_present(conference):
    seat(conference, "Bắc Giang")

    item = adopt_report(conference, votes_for=2, votes_of=2, remarks="Bổ sung số liệu", by=None, at=LATER)

    assert (item.kind, item.votes_for, item.votes_of, item.notes) == ("report", 2, 2, "Bổ sung số liệu")


def test_more_votes_than_units_present_are_refused(conference):
    seat(conference, "Bắc Giang")

    with pytest.raises(VotesDoNotFit, match="03/03 đơn vị nhất trí không phù hợp với 02 đơn vị có mặt"):
        adopt_item(kind(conference, "report"), votes_for=3, votes_of=3, by=None, at=LATER)


def test_the_conference_closes_with_its_last_item(conference):
    open_item(kind(conference, "minutes"), by=None, at=MORNING)

    closed = close_conference(conference, by=None, at=LATER)

    assert (closed.state, closed.closed_at, kind(conference, "minutes").state) == ("closed", LATER, "done")


def test_the_conference_does_not_close_over_an_open_item(conference):
    open_item(kind(conference, "discussion"), by=None, at=MORNING)

    with pytest.raises(StillOpen, match="Thảo luận"):
        close_conference(conference, by=None, at=LATER)


def test_after_the_end_nothing_is_changed_any_more(conference):
    open_item(kind(conference, "minutes"), by=None, at=MORNING)
    close_conference(conference, by=None, at=LATER)

    with pytest.raises(MeetingOver, match="đã bế mạc lúc 10:30, 04/01/2025"):
        take_notes(kind(conference, "discussion"), notes="Ý kiến", by=None)


def test_an_absence_says_why(conference):
    row = conference.attendances.first()

    with pytest.raises(AttendanceIncomplete, match="ghi lý do"):
        confirm_attendance(row, state="absent", by=None, at=MORNING)


def test_a_proxy_says_who(conference):
    row = conference.attendances.first()

    with pytest.raises(AttendanceIncomplete, match="người được ủy quyền"):
        confirm_attendance(row, state="proxy", by=None, at=MORNING)


def test_a_proxy_counts_for_the_quorum_and_an_absence_does_not(conference):
    first, second, third = conference.attendances.all()
    confirm_attendance(first, state="present", by=None, at=MORNING)
    confirm_attendance(second, state="proxy", name="Phó Trưởng ban", paper="05/GUQ", by=None, at=MORNING)
    confirm_attendance(third, state="absent", reason="Công tác", by=None, at=MORNING)

    presence = presence_of(conference, attendances_of(conference))

    assert (presence.here, presence.least, presence.enough) == (2, 2, True)
    assert presence.sentence == "02/03 đơn vị có mặt"


def test_below_the_quorum_the_verdict_says_so(conference):
    presence = presence_of(conference, attendances_of(conference))

    assert presence.verdict == "chưa đủ điều kiện tiến hành (tối thiểu 02 đơn vị)"


def test_a_guest_of_the_authority_is_entered_without_a_vote(conference):
    guest = invite_guest(conference, title="Phó Vụ trưởng", body="Vụ Tổ chức cán bộ", directs=True, by=None)

    assert (guest.is_authority, Attendance.objects.count()) == (True, 3)


def test_only_one_item_is_open_at_a_time_whatever_the_code_does(conference):
    AgendaItem.objects.filter(kind="opening").update(state="open")

    with pytest.raises(IntegrityError), transaction.atomic():
        AgendaItem.objects.filter(kind="report").update(state="open")


def test_the_dates_of_the_conference_can_be_moved(conference):
    changed = change_conference(conference, held_on=HELD_ON + dt.timedelta(days=3), by=None)

    assert changed.held_on == dt.date(2025, 1, 7)
