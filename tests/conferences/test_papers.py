"""Invitation and calendar, running script, the pack for a day without the system, handover, the public page."""

import datetime as dt

import pytest
from django.test import Client
from django.urls import reverse

from blocs.models import Notice
from conferences.actions.agenda import open_item
from conferences.actions.elections import conclude_election
from conferences.actions.invitations import send_invitations
from conferences.actions.meetings import change_conference, close_conference
from conferences.actions.publishing import NobodyElected, NotOverYet, draft_handover, hide_results, publish_results
from conferences.gathering.handover import handover_of
from conferences.gathering.letters import gather_invitation
from conferences.gathering.script import running_script
from conferences.models import Conference
from conferences.queries.calendar import calendar_of
from documents.models import Document
from tests.cast import make_cast
from tests.conferences.stage import HELD_ON, LATER, MORNING, begin, make_conference, make_election, seat, vote


@pytest.fixture(autouse=True)
def _today(settings):
    settings.DEMO_TODAY = HELD_ON.isoformat()


@pytest.fixture
def cast(db):
    return make_cast(7)


@pytest.fixture
def conference(cast):
    return make_conference(cast, chair="Nguyễn Văn A", reader="Lê Văn C", address="Phố Trưng Trắc, thành phố Vĩnh Yên")


def browser(user):
    client = Client()
    client.force_login(user, "allauth.account.auth_backends.AuthenticationBackend")
    return client


def url(cast, page, **more):
    return reverse(f"conferences:{page}", kwargs={"bloc": cast.bloc.code, "year": 2024} | more)


def unfolded(text):
    return text.replace("\r\n ", "").split("\r\n")


def test_the_calendar_entry_has_the_hour_in_utc_and_escaped_words(conference):
    lines = unfolded(calendar_of(conference, host="khoi.test", now=MORNING))

    assert f"UID:hoi-nghi-{conference.pk}@khoi.test" in lines
    assert "DTSTART:20250104T010000Z" in lines
    assert "LOCATION:Hội trường tầng 2\\, Phố Trưng Trắc\\, thành phố Vĩnh Yên" in lines


def test_no_line_of_the_calendar_is_longer_than_75_octets_and_none_breaks_a_letter(conference):
    change_conference(conference, address="Trung tâm hội nghị " * 9, by=None)
    conference.refresh_from_db()

    text = calendar_of(conference, host="khoi.test", now=MORNING)

    assert max(len(line.encode()) for line in text.split("\r\n")) <= 75
    assert any("Trung tâm hội nghị Trung tâm" in line for line in unfolded(text))


def test_a_changed_meeting_replaces_its_entry_in_the_calendar(conference):
    change_conference(conference, held_on=dt.date(2025, 1, 6), by=None)
    conference.refresh_from_db()

    lines = unfolded(calendar_of(conference, host="khoi.test", now=MORNING))

    assert "SEQUENCE:1" in lines
    assert "DTSTART:20250106T010000Z" in lines


def test_inviting_draws_the_letter_up_with_its_programme_and_tells_everybody(cast, conference):
    document = send_invitations(conference, by=cast.officers["BQL-1"], at=MORNING)

    conference.refresh_from_db()
    paper = document.paper
    told = Notice.objects.filter(kind="conference_invited").values_list("user", flat=True)
    assert (conference.state, document.kind) == (Conference.State.INVITED, Document.Kind.INVITATION)
    assert "Thời gian: 08 giờ 00, thứ Bảy, ngày 04 tháng 01 năm 2025 (buổi sáng)." in paper.sections[0].paragraphs
    assert len(paper.annexes[0].table.rows) == conference.items.count()
    assert {cast.heads["BQL-7"].pk, cast.official.pk} <= set(told)


def test_the_invitation_asks_for_delegates_by_a_day_and_names_whom_to_ask(conference):
    change_conference(conference, reply_by=dt.date(2024, 12, 28), contact="Vũ G, 0208 000 000", by=None)
    conference.refresh_from_db()

    last = gather_invitation(conference).sections[0].paragraphs[-3]

    assert "trước ngày 28 tháng 12 năm 2024. Đầu mối liên hệ: Vũ G, 0208 000 000." in last


def test_the_running_script_speaks_with_the_real_names_and_follows_the_meeting(cast, conference):
    seat(conference)
    make_election(cast, "BQL-2")
    open_item(conference.items.get(kind="report"), by=None, at=MORNING)

    lines = {line.title: line for line in running_script(conference)}

    report = lines["Trình bày dự thảo Báo cáo tổng kết năm 2024"]
    assert report.css == "now"
    assert report.spoken[0] == "Xin kính mời đồng chí Lê Văn C, trình bày dự thảo Báo cáo tổng kết năm 2024."
    election = next(line for title, line in lines.items() if title.startswith("Bầu "))
    assert "Tuyên Quang đảm nhiệm Trưởng khối năm 2025" in election.spoken[0]


def test_the_pack_has_one_nameless_ballot_for_each_unit(cast, conference):
    make_election(cast, "BQL-2", "BQL-3")

    page = browser(cast.officers["BQL-1"]).get(url(cast, "pack")).content.decode()

    assert page.count('aria-label="Phiếu bầu Trưởng khối"') == 7
    assert page.count("Danh sách đại biểu dự") == 1
    slip = page.split('aria-label="Phiếu bầu Trưởng khối"')[1]
    assert "Hòa Bình" not in slip.split("</article>")[0]


def elected(cast):
    election = make_election(cast, "BQL-2")
    vote(begin(election), cast, dict.fromkeys(cast.memberships, "BQL-2"))
    return conclude_election(election, by=None, at=LATER, on=HELD_ON)


def test_the_handover_page_brings_tasks_contacts_settings_and_papers_together(cast, conference):
    elected(cast)

    page = browser(cast.heads["BQL-2"]).get(url(cast, "handover")).content.decode()
    handover = handover_of(cast.year, cast.heads["BQL-1"], HELD_ON)

    assert "Bên nhận: Ban Quản lý các Khu công nghiệp tỉnh Tuyên Quang" in page
    assert len(handover.contacts) == 7
    assert "head7@example.test" in page
    assert handover.tasks


def test_the_minutes_of_the_handover_name_both_parties_and_the_day(cast, conference):
    with pytest.raises(NobodyElected):
        draft_handover(cast.year, by=cast.officers["BQL-1"], at=LATER)
    elected(cast)

    paper = draft_handover(cast.year, by=cast.officers["BQL-1"], at=LATER).paper

    text = " ".join(paper.sections[0].paragraphs)
    assert "Bên nhận: Ban Quản lý các Khu công nghiệp tỉnh Tuyên Quang, Trưởng khối năm 2025" in text
    assert "kể từ ngày 04/01/2025" in text
    assert [signer.lines for signer in paper.signers] == [("ĐẠI DIỆN BÊN NHẬN",), ("ĐẠI DIỆN BÊN GIAO",)]


def test_a_member_that_neither_leads_nor_comes_next_does_not_see_the_handover(cast, conference):
    assert browser(cast.heads["BQL-4"]).get(url(cast, "handover")).status_code == 403


def public(cast):
    return Client().get(reverse("screen:results", args=[cast.bloc.code, 2024]))


def test_the_public_page_is_there_only_while_published_and_after_the_end(cast, conference):
    assert public(cast).status_code == 404
    with pytest.raises(NotOverYet):
        publish_results(conference, by=None, at=LATER)
    elected(cast)
    open_item(conference.items.get(kind="minutes"), by=None, at=LATER)
    conference = close_conference(conference, by=None, at=LATER)

    shown = publish_results(conference, by=None, at=LATER)
    page = public(cast)
    hide_results(shown, by=None)

    assert "Trưởng khối năm 2025" in page.content.decode()
    assert "Dữ liệu minh họa" in page.content.decode()
    assert public(cast).status_code == 404


def test_the_public_page_publishes_no_more_than_the_round(cast, conference):
    election = make_election(cast, "BQL-2")
    vote(begin(election, form="secret", publishes="outcome"), cast, dict.fromkeys(cast.memberships, "BQL-2"))
    conclude_election(election, by=None, at=LATER, on=HELD_ON)
    open_item(conference.items.get(kind="minutes"), by=None, at=LATER)
    publish_results(close_conference(conference, by=None, at=LATER), by=None, at=LATER)

    page = public(cast).content.decode()

    assert "được bầu làm Trưởng khối năm 2025" in page
    assert "7/7" not in page
    assert "100%" not in page
