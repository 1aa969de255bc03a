"""The page and the wall follow the meeting: what they show, what it costs when nothing changes, and what they never touch."""

import dataclasses
import re

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from conferences.actions.agenda import open_item
from conferences.actions.elections import close_voting, conclude_election
from conferences.actions.screens import close_screen, open_screen
from conferences.queries.screen import Screen, conference_behind, screen_of, token_of
from tests.cast import make_cast
from tests.conferences.stage import HELD_ON, LATER, MORNING, begin, make_conference, make_election, seat, vote

FIELDS = re.compile(r"<(input|select|textarea)\b(?![^>]*type=\"hidden\")")


@pytest.fixture(autouse=True)
def _today(settings):
    settings.DEMO_TODAY = HELD_ON.isoformat()


@pytest.fixture
def cast(db):
    return make_cast(7)


@pytest.fixture
def conference(cast):
    conference = make_conference(cast, chair="Nguyễn Văn A", secretary="Trần Thị B", reader="Lê Văn C")
    seat(conference)
    return open_screen(conference, by=None)


def browser(user):
    client = Client()
    client.force_login(user, "allauth.account.auth_backends.AuthenticationBackend")
    return client


def url(cast, page, **more):
    return reverse(f"conferences:{page}", kwargs={"bloc": cast.bloc.code, "year": 2024} | more)


def kind(conference, wanted):
    return conference.items.get(kind=wanted)


def mark(response):
    return {"If-None-Match": response["ETag"]}


def test_a_page_that_shows_the_present_state_is_answered_304_and_no_body(cast, conference):
    member = browser(cast.heads["BQL-3"])
    first = member.get(url(cast, "live"))

    again = member.get(url(cast, "live"), headers=mark(first))

    assert (first.status_code, again.status_code, again.content) == (200, 304, b"")


def test_nothing_changed_costs_a_handful_of_small_queries(cast, conference):
    member = browser(cast.heads["BQL-3"])
    first = member.get(url(cast, "live"), headers={"X-Idle": "1"})

    with CaptureQueriesContext(connection) as queries:
        member.get(url(cast, "live"), headers={"X-Idle": "1"} | mark(first))

    assert len(queries) <= 7
    assert not [row for row in queries.captured_queries if row["sql"].startswith(("UPDATE", "INSERT"))]


def test_the_wall_that_shows_the_present_state_costs_three_queries_and_no_session(cast, conference):
    wall = reverse("screen:wall_part", args=[token_of(conference)])
    first = Client().get(wall)

    with CaptureQueriesContext(connection) as queries:
        again = Client().get(wall, headers=mark(first))

    assert (again.status_code, len(queries)) == (304, 3)
    assert "sessionid" not in again.cookies


@pytest.mark.parametrize("act", ["item", "ballot"])
def test_the_mark_changes_with_every_act_and_with_every_secret_ballot(cast, conference, act):
    open_item(kind(conference, "election"), by=None, at=MORNING)
    round_ = begin(make_election(cast, "BQL-2"), form="secret")
    wall = reverse("screen:wall_part", args=[token_of(conference)])
    first = Client().get(wall)
    if act == "item":
        open_item(kind(conference, "pledge"), by=None, at=MORNING)
    else:
        vote(round_, cast, {"BQL-3": "BQL-2"})

    assert Client().get(wall, headers=mark(first)).status_code == 200


def test_what_replaces_the_page_of_a_member_and_of_the_chair_holds_no_field(cast, conference):
    open_item(kind(conference, "report"), by=None, at=MORNING)

    for user in (cast.heads["BQL-3"], cast.officers["BQL-1"]):
        part = browser(user).get(url(cast, "live") + f"?muc={kind(conference, 'report').pk}").content.decode()
        assert "Trình bày dự thảo" in part
        assert FIELDS.findall(part) == []


def test_when_the_meeting_moves_on_the_chair_is_told_and_what_is_typed_stays(cast, conference):
    open_item(kind(conference, "report"), by=None, at=MORNING)
    shown = kind(conference, "report").pk
    open_item(kind(conference, "discussion"), by=None, at=MORNING)

    part = browser(cast.officers["BQL-1"]).get(url(cast, "live") + f"?muc={shown}").content.decode()

    assert "Hội nghị đã chuyển sang: <b>Thảo luận, tham luận</b>" in part
    assert '<div id="dang-hop" class="part" hx-swap-oob="true"></div>' in part


def test_a_member_sees_the_ballot_as_soon_as_the_round_opens(cast, conference):
    open_item(kind(conference, "election"), by=None, at=MORNING)
    member = browser(cast.heads["BQL-3"])
    first = member.get(url(cast, "live"))
    begin(make_election(cast, "BQL-2"), form="secret")

    part = member.get(url(cast, "live"), headers=mark(first)).content.decode()

    assert "Bỏ phiếu bầu Trưởng khối năm 2025" in part


def test_an_open_ballot_page_is_told_of_the_end_and_keeps_its_choices(cast, conference):
    open_item(kind(conference, "election"), by=None, at=MORNING)
    round_ = begin(make_election(cast, "BQL-2"), form="secret")
    close_voting(round_.poll.election, by=None, at=LATER)

    part = browser(cast.heads["BQL-3"]).get(url(cast, "live_ballot", role="truong-khoi")).content.decode()

    assert "Đã kết thúc bỏ phiếu lúc 10:30" in part
    assert "<input" not in part


def wall(conference):
    conference.refresh_from_db()
    return screen_of(conference)


def test_before_the_meeting_the_wall_shows_the_bloc_the_hour_and_who_is_there(cast, conference):
    shown = wall(conference)

    assert (shown.heading, shown.figure, shown.figure_text) == (cast.bloc.name, "07/07", "đơn vị có mặt")
    assert shown.lines[0].startswith("08:00")


def test_the_wall_names_the_reader_of_the_report_and_the_vote_on_it(cast, conference):
    item = open_item(kind(conference, "report"), by=None, at=MORNING)
    item.votes_for, item.votes_of = 6, 7
    item.save()

    assert wall(conference).lines == ("Trình bày: Lê Văn C", "06/07 đơn vị nhất trí.")


def test_while_voting_the_wall_counts_ballots_and_never_choices(cast, conference):
    open_item(kind(conference, "election"), by=None, at=MORNING)
    round_ = begin(make_election(cast, "BQL-2", "BQL-3"), form="secret", quorum="")
    vote(round_, cast, {"BQL-1": "BQL-2", "BQL-4": "BQL-3", "BQL-5": "BQL-3"})

    shown = wall(conference)

    assert (shown.figure, shown.figure_text) == ("03/07", "đơn vị đã bỏ phiếu")
    assert shown.seats == (True, True, True, False, False, False, False)
    assert not any("%" in line or "phiếu (" in line for line in shown.lines)


def test_counted_and_not_published_the_wall_says_only_that_it_is_being_counted(cast, conference):
    open_item(kind(conference, "election"), by=None, at=MORNING)
    round_ = begin(make_election(cast, "BQL-2"), form="secret")
    vote(round_, cast, dict.fromkeys(cast.memberships, "BQL-2"))
    close_voting(round_.poll.election, by=None, at=LATER)

    shown = wall(conference)

    assert shown.lines[-1] == "Tổ kiểm phiếu đang kiểm phiếu."
    assert "được bầu" not in " ".join(shown.lines)


def test_a_published_result_is_on_the_wall_with_its_arithmetic(cast, conference):
    open_item(kind(conference, "election"), by=None, at=MORNING)
    election = make_election(cast, "BQL-2")
    vote(begin(election), cast, dict.fromkeys(cast.memberships, "BQL-2"))
    conclude_election(election, by=None, at=LATER, on=HELD_ON)

    shown = wall(conference)

    assert "được bầu làm Trưởng khối năm 2025" in shown.lines[0]
    assert "7/7 phiếu (100%)" in shown.lines[1]


def test_the_view_model_of_the_wall_has_no_field_for_anything_secret():
    names = {field.name for field in dataclasses.fields(Screen)}

    assert names == {"meeting", "heading", "lines", "figure", "figure_text", "seats", "foot", "is_demonstration"}


def test_the_link_of_the_wall_needs_no_account_and_ends_with_a_new_one_or_its_withdrawal(cast, conference):
    old = token_of(conference)
    assert Client().get(reverse("screen:wall", args=[old])).status_code == 200
    conference = open_screen(conference, by=None)
    new = token_of(conference)
    assert Client().get(reverse("screen:wall", args=[old])).status_code == 404
    assert conference_behind(new) == conference
    close_screen(conference, by=None)

    assert Client().get(reverse("screen:wall", args=[new])).status_code == 404


@pytest.mark.parametrize("token", ["", "x", "1", "1-", "1-abc", "99999999999999-a", "²-a"])
def test_a_guessed_link_finds_nothing(cast, conference, token):
    assert conference_behind(token) is None


def test_the_wall_offers_no_act(cast, conference):
    page = Client().get(reverse("screen:wall", args=[token_of(conference)])).content.decode()

    assert "<form" not in page
    assert "<a " not in page.replace('<a class="skip"', "")
    assert Client().post(reverse("screen:wall", args=[token_of(conference)])).status_code == 405
