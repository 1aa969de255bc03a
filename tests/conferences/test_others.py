"""Mid-year and themed meetings: called, held item by item, ended, with minutes of their own."""

import pytest
from django.test import Client
from django.urls import reverse

from conferences.gathering.minutes import gather_minutes
from conferences.models import Attendance, Conference
from tests.cast import make_cast
from tests.conferences.stage import HELD_ON, make_conference


@pytest.fixture(autouse=True)
def _today(settings):
    settings.DEMO_TODAY = HELD_ON.isoformat()


@pytest.fixture
def cast(db):
    return make_cast(3)


def browser(user):
    client = Client()
    client.force_login(user, "allauth.account.auth_backends.AuthenticationBackend")
    return client


def url(cast, page, **more):
    return reverse(f"conferences:{page}", kwargs={"bloc": cast.bloc.code, "year": 2024} | more)


def called(cast, kind="midyear", **more):
    sent = {
        "kind": kind,
        "title": "",
        "held_on": "12/07/2024",
        "starts_at": "08:00",
        "place": "Hội trường",
        "host": cast.units["BQL-3"].pk,
    }
    browser(cast.officers["BQL-1"]).post(url(cast, "others"), sent | more)
    return Conference.objects.get(kind=kind)


def test_a_meeting_has_a_kind_and_a_host_that_need_not_lead(cast):
    meeting = called(cast)

    page = browser(cast.officers["BQL-2"]).get(url(cast, "other", pk=meeting.pk)).content.decode()

    assert meeting.title == "Hội nghị sơ kết công tác thi đua, khen thưởng 06 tháng đầu năm 2024"
    assert "Đơn vị đăng cai: Ban Quản lý các Khu công nghiệp tỉnh Bắc Giang" in page


def test_several_themed_meetings_may_be_held_in_a_year(cast):
    called(cast, "themed", title="Chuyên đề chuyển đổi số")
    sent = {"kind": "themed", "title": "Chuyên đề môi trường", "held_on": "12/09/2024", "starts_at": "08:00"}
    browser(cast.officers["BQL-1"]).post(url(cast, "others"), sent)

    page = browser(cast.officers["BQL-3"]).get(url(cast, "others")).content.decode()

    assert "Chuyên đề chuyển đổi số" in page
    assert "Chuyên đề môi trường" in page


def test_it_is_held_item_by_item_on_its_own_page_and_has_its_own_minutes(cast):
    make_conference(cast)
    meeting, chair = called(cast), browser(cast.officers["BQL-1"])
    for row in meeting.attendances.all():
        sent = {"state": Attendance.State.PRESENT, "name": "Nguyễn A", "title": "Trưởng ban"}
        chair.post(url(cast, "attend", pk=row.pk), sent)
    item = meeting.items.get(kind="report")

    answer = chair.post(url(cast, "item_open", pk=item.pk))
    chair.post(url(cast, "item_adopt", pk=item.pk), {"votes_for": 3, "votes_of": 3})
    chair.post(url(cast, "item_close", pk=item.pk))
    chair.post(url(cast, "other_close", pk=meeting.pk))

    meeting.refresh_from_db()
    assert answer["Location"] == url(cast, "other", pk=meeting.pk)
    assert meeting.state == Conference.State.CLOSED
    text = " ".join(line for part in gather_minutes(meeting).sections for line in (*part.paragraphs, *part.closing))
    assert "03/03 đơn vị nhất trí (đạt 100%)" in text


def test_a_member_calls_and_ends_no_meeting(cast):
    meeting, member = called(cast), browser(cast.officers["BQL-3"])

    assert member.post(url(cast, "others"), {}).status_code == 403
    assert member.post(url(cast, "other_close", pk=meeting.pk)).status_code == 403


def test_the_annual_conference_is_not_found_among_the_others(cast):
    annual = make_conference(cast)

    assert browser(cast.officers["BQL-1"]).get(url(cast, "other", pk=annual.pk)).status_code == 404
