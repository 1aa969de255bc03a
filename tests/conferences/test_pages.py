"""The pages of the meeting: who sees what, what they say, what they refuse, what they cost."""

import re

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from blocs.models import LeadershipTerm
from conferences.actions.agenda import open_item
from conferences.actions.candidates import propose_candidate
from conferences.actions.elections import conclude_election
from conferences.actions.meetings import close_conference
from conferences.models import AgendaItem, Attendance, Conference, Election, Guest, ReportSection
from conferences.queries import archive_part, midyear_stage, stage, tasks_for
from documents.models import Document
from tests.cast import make_cast
from tests.conferences.stage import HELD_ON, LATER, MORNING, begin, make_conference, make_election, seat, vote
from voting.models import Round

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("_today")]


@pytest.fixture
def _today(settings):
    settings.DEMO_TODAY = HELD_ON.isoformat()


@pytest.fixture
def cast():
    return make_cast(3)


@pytest.fixture
def conference(cast):
    return make_conference(cast)


def url(cast, page="board", **more):
    return reverse(f"conferences:{page}", kwargs={"bloc": cast.bloc.code, "year": cast.year.year, **more})


def browser(user):
    client = Client()
    client.force_login(user)
    return client


def body(response):
    return response.content.decode()


def leader(cast):
    return browser(cast.heads["BQL-1"])


def member(cast):
    return browser(cast.heads["BQL-3"])


def test_before_the_call_the_page_says_what_the_leader_does(cast):
    page = body(leader(cast).get(url(cast)))

    assert "Trang hội nghị tổng kết năm 2024 chưa được mở" in page
    assert page.count("btn-primary") == 1
    assert url(cast, "call") in page


def test_before_the_call_a_member_is_told_who_opens_the_page(cast):
    page = body(member(cast).get(url(cast)))

    assert "Trưởng khối mở trang hội nghị" in page
    assert "btn-primary" not in page


def test_the_leader_calls_the_conference_by_the_form(cast):
    answer = leader(cast).post(
        url(cast, "call"),
        {"held_on": "04/01/2025", "starts_at": "8:00", "place": "Hội trường", "quorum_share": "2/3"},
    )

    assert (answer.status_code, answer.url) == (303, url(cast))
    assert Conference.objects.get().place == "Hội trường"


def test_a_wrong_date_keeps_what_was_typed(cast):
    answer = leader(cast).post(
        url(cast, "call"),
        {"held_on": "31/02/2025", "starts_at": "08:00", "place": "Hội trường", "quorum_share": "2/3"},
    )

    page = body(answer)
    assert answer.status_code == 422
    assert "Ngày chưa đúng" in page
    assert 'value="Hội trường"' in page


def test_the_member_sees_its_own_act_before_the_open_item(cast, conference):
    open_item(conference.items.get(kind="report"), by=None, at=MORNING)

    page = body(member(cast).get(url(cast)))

    assert page.index("Xác nhận có mặt") < page.index("Trình bày dự thảo Báo cáo tổng kết năm 2024")
    assert page.count("btn-primary") == 1


def test_a_member_confirms_from_the_page(cast, conference):
    own = conference.attendances.get(membership=cast.memberships["BQL-3"])

    answer = member(cast).post(url(cast, "attend", pk=own.pk), {"state": "present", "name": "Trưởng ban"})

    own.refresh_from_db()
    assert (answer.status_code, own.state, own.name) == (303, "present", "Trưởng ban")


def test_an_absence_without_reason_is_answered_on_the_form(cast, conference):
    own = conference.attendances.get(membership=cast.memberships["BQL-3"])

    answer = member(cast).post(url(cast, "attend", pk=own.pk), {"state": "absent", "name": "Trưởng ban"})

    assert answer.status_code == 422
    assert "đơn vị vắng cần ghi lý do" in body(answer)
    assert 'value="Trưởng ban"' in body(answer)


def test_a_member_does_not_confirm_for_another(cast, conference):
    other = conference.attendances.get(membership=cast.memberships["BQL-2"])

    answer = member(cast).post(url(cast, "attend", pk=other.pk), {"state": "present"})

    assert answer.status_code == 403
    assert set(Attendance.objects.values_list("state", flat=True)) == {"expected"}


def test_the_quorum_stands_on_the_page(cast, conference):
    seat(conference, "Bắc Giang")

    page = body(member(cast).get(url(cast)))

    assert "02/03 đơn vị có mặt" in page
    assert "đủ điều kiện tiến hành (tối thiểu 02 đơn vị)" in page


def test_the_chair_goes_through_the_agenda(cast, conference):
    chair = leader(cast)
    first, second = conference.items.all()[:2]

    chair.post(url(cast, "item_open", pk=first.pk))
    chair.post(url(cast, "item_open", pk=second.pk))

    assert list(conference.items.values_list("state", flat=True))[:3] == ["done", "open", "todo"]


def test_the_open_item_of_the_leader_has_one_first_act(cast, conference):
    seat(conference)
    for item in conference.items.all():
        open_item(item, by=None, at=MORNING)
        page = body(leader(cast).get(url(cast)))
        assert page.count("btn-primary") <= 2 if item.kind == "minutes" else page.count("btn-primary") == 1, item.kind


def test_notes_are_kept_while_they_are_typed(cast, conference):
    item = open_item(conference.items.get(kind="discussion"), by=None, at=MORNING)

    answer = leader(cast).post(
        url(cast, "item_notes", pk=item.pk), {"notes": "Ý kiến của Bắc Giang"}, headers={"HX-Request": "true"}
    )

    item.refresh_from_db()
    assert (answer.status_code, item.notes) == (204, "Ý kiến của Bắc Giang")


def test_too_many_raised_hands_are_refused_with_the_figures(cast, conference):
    seat(conference, "Bắc Giang")
    item = open_item(conference.items.get(kind="report"), by=None, at=MORNING)

    answer = leader(cast).post(url(cast, "item_adopt", pk=item.pk), {"votes_for": "3", "votes_of": "3"})

    assert answer.status_code == 422
    assert "không phù hợp với 02 đơn vị có mặt" in body(answer)


@pytest.mark.parametrize(
    ("page", "kind"),
    [("item_open", "opening"), ("item_notes", "opening"), ("item_remove", "opening"), ("item_change", "opening")],
)
def test_a_member_does_not_run_the_meeting(cast, conference, page, kind):
    item = conference.items.get(kind=kind)

    answer = member(cast).post(url(cast, page, pk=item.pk), {"notes": "x", f"i{item.pk}-title": "x"})

    assert answer.status_code == 403
    assert "Việc này do Trưởng khối" in body(answer)
    assert AgendaItem.objects.filter(title="x").count() == AgendaItem.objects.filter(state="open").count() == 0


@pytest.mark.parametrize(
    "page", ["change", "close", "pause", "item_add", "guest_add", "report_draft", "report_section"]
)
def test_a_member_changes_nothing_of_the_conference(cast, conference, page):
    answer = member(cast).post(url(cast, page), {"title": "x", "body": "x", "kind": "other", "muc-limits": "x"})

    assert answer.status_code == 403
    assert Guest.objects.count() == ReportSection.objects.count() == Document.objects.count() == 0


@pytest.mark.parametrize("page", ["board", "call", "change", "agenda", "attendance", "report"])
def test_another_blocs_people_find_nothing(cast, conference, page):
    stranger = make_cast(2, prefix="x")

    assert leader(stranger).get(url(cast, page)).status_code == 404


def test_another_blocs_items_are_not_found_under_ones_own_address(cast, conference):
    stranger = make_cast(2, prefix="x")
    foreign = make_conference(stranger)

    for page in ("item_open", "item_notes", "item_adopt", "item_remove", "item_move", "item_change"):
        assert leader(cast).post(url(cast, page, pk=foreign.items.first().pk)).status_code == 404
    assert leader(cast).post(url(cast, "attend", pk=foreign.attendances.first().pk)).status_code == 404


def test_the_official_reads_and_does_not_run(cast, conference):
    official = browser(cast.official)

    assert official.get(url(cast)).status_code == 200
    assert official.post(url(cast, "item_open", pk=conference.items.first().pk)).status_code == 403


def test_the_programme_is_edited_in_place(cast, conference):
    item = conference.items.get(kind="response")

    answer = leader(cast).post(
        url(cast, "item_change", pk=item.pk),
        {f"i{item.pk}-title": "Tiếp thu ý kiến", f"i{item.pk}-time": "10:00", f"i{item.pk}-kind": "response"},
    )

    item.refresh_from_db()
    assert (answer.status_code, item.title) == (303, "Tiếp thu ý kiến")


def test_the_election_page_warns_what_a_small_secret_round_reveals(cast):
    make_election(cast, "BQL-2")

    page = body(leader(cast).get(url(cast, "election", role="truong-khoi")))

    assert "Lưu ý khi bỏ phiếu kín với 03 đơn vị" in page
    assert "theo thông lệ, chưa ghi nguồn" in page


def test_an_election_from_proposal_to_term_through_the_pages(cast):
    chair, role = leader(cast), {"role": "truong-khoi"}
    chair.post(url(cast, "propose", **role), {"membership": cast.memberships["BQL-2"].pk})
    settings = {"form": "secret", "conduct": "system", "threshold": "1/2+", "base": "members", "quorum": "2/3"}
    chair.post(url(cast, "election_open", **role), settings | {"tie_break": "run_off", "publishes": "figures"})
    for head in cast.heads.values():
        voter, option = browser(head), f"option-{cast.memberships['BQL-2'].pk}"
        check = voter.post(url(cast, "ballot", **role), {"step": "check", option: "approve"})
        assert "Kiểm tra trước khi bỏ phiếu" in body(check)
        voter.post(url(cast, "ballot", **role), {"step": "cast", option: "approve"})
    chair.post(url(cast, "election_close", **role))
    before = body(member(cast).get(url(cast, "election", **role)))
    chair.post(url(cast, "election_conclude", **role))

    page = body(member(cast).get(url(cast, "election", **role)))
    assert "Kết quả hiện ở đây sau khi công bố" in before
    assert "Ban Quản lý các Khu công nghiệp tỉnh Tuyên Quang được bầu làm Trưởng khối năm 2025" in page
    assert "3/3" in page
    assert LeadershipTerm.objects.get(year__year=2025).unit == cast.units["BQL-2"]


def test_raised_hands_cannot_be_secret(cast):
    make_election(cast, "BQL-2")
    settings = {"form": "secret", "conduct": "hands", "threshold": "1/2+", "base": "members", "quorum": ""}

    answer = leader(cast).post(
        url(cast, "election_open", role="truong-khoi"), settings | {"tie_break": "run_off", "publishes": "figures"}
    )

    assert answer.status_code == 422
    assert "Bỏ phiếu kín chỉ thực hiện trên hệ thống hoặc bằng phiếu giấy" in body(answer)
    assert Round.objects.count() == 0


def test_raised_hands_are_entered_and_published(cast):
    election = make_election(cast, "BQL-2")
    begin(election, conduct="hands")
    chair, role, key = leader(cast), {"role": "truong-khoi"}, cast.memberships["BQL-2"].pk

    chair.post(url(cast, "election_count", **role), {"present": "3", f"approve-{key}": "3", f"reject-{key}": "0"})
    chair.post(url(cast, "election_conclude", **role))

    assert Election.objects.get().winner == cast.memberships["BQL-2"]


def test_paper_ballots_are_entered_and_must_add_up(cast):
    election = make_election(cast, "BQL-2", "BQL-3")
    begin(election, form="secret", conduct="paper")
    two, three = (cast.memberships[key].pk for key in ("BQL-2", "BQL-3"))
    counted = {"returned": "3", "invalid": "0", "blank": "0", f"approve-{two}": "3", f"approve-{three}": "1"}

    answer = leader(cast).post(url(cast, "election_count", role="truong-khoi"), counted)

    assert answer.status_code == 422
    assert "không khớp" in body(answer)
    assert Round.objects.get().state == "open"


def test_after_a_tie_the_page_offers_the_next_round(cast):
    election = make_election(cast, "BQL-2", "BQL-3")
    vote(begin(election, quorum="1/2"), cast, {"BQL-1": "BQL-2", "BQL-3": "BQL-3"})
    conclude_election(election, by=None, at=LATER, on=HELD_ON)

    page = body(leader(cast).get(url(cast, "election", role="truong-khoi")))

    assert "Bắt đầu bầu lần tiếp theo" in page
    assert "Không có kết quả, bầu lại" in page


def test_a_lot_is_offered_where_the_rules_say_so(cast):
    cast = make_cast(4, prefix="z")
    election = make_election(cast, "BQL-2", "BQL-3")
    round_ = begin(election, threshold="1/3", tie_break="lot")
    vote(round_, cast, {"BQL-1": "BQL-2", "BQL-2": "BQL-2", "BQL-3": "BQL-3", "BQL-4": "BQL-3"})
    chair, role = leader(cast), {"role": "truong-khoi"}
    chair.post(url(cast, "election_close", **role))

    given = {"chosen": cast.memberships["BQL-3"].pk, "who": "Tổ trưởng Tổ kiểm phiếu", "reason": "Bốc thăm công khai"}
    chair.post(url(cast, "election_settle", **role), given)
    chair.post(url(cast, "election_conclude", **role))

    election.refresh_from_db()
    assert (election.winner, election.settled_by) == (cast.memberships["BQL-3"], "lot")


def test_a_member_officer_has_no_ballot(cast):
    begin(make_election(cast, "BQL-2"))

    answer = browser(cast.officers["BQL-3"]).get(url(cast, "ballot", role="truong-khoi"))

    assert answer.status_code == 403


def test_an_election_of_another_name_is_not_found(cast):
    assert leader(cast).get(url(cast, "election", role="chu-tich")).status_code == 404


def test_a_late_ballot_gets_a_clear_answer(cast):
    election = make_election(cast, "BQL-2")
    vote(begin(election), cast, dict.fromkeys(("BQL-1", "BQL-2"), "BQL-2"))
    conclude_election(election, by=None, at=LATER, on=HELD_ON)
    option = f"option-{cast.memberships['BQL-2'].pk}"

    answer = member(cast).post(url(cast, "ballot", role="truong-khoi"), {"step": "cast", option: "approve"})

    assert answer.status_code == 409
    assert "Phiếu của đơn vị chưa được ghi nhận" in body(answer)


def test_the_report_is_written_and_its_figures_are_locked(cast):
    chair = leader(cast)
    chair.post(url(cast, "report_section"), {"muc-limits": "Một số chỉ tiêu chưa đạt."})

    page = body(chair.get(url(cast, "report")))

    assert page.count("Một số chỉ tiêu chưa đạt.") == 2
    assert "6. Tự chấm điểm và thẩm định (khóa)" in page
    assert list(ReportSection.objects.values_list("key", flat=True)) == ["limits"]


def test_saving_the_whole_form_unchanged_writes_nothing(cast):
    chair = leader(cast)
    page = body(chair.get(url(cast, "report")))
    sent = dict(re.findall(r'<textarea[^>]*name="(muc-[^"]+)"[^>]*>([^<]*)</textarea>', page))

    chair.post(url(cast, "report_section"), sent)

    assert len(sent) > 10
    assert ReportSection.objects.count() == 0


def test_the_draft_leads_to_its_paper(cast):
    answer = leader(cast).post(url(cast, "report_draft"))

    document = Document.objects.get()
    assert answer.url == reverse("documents:detail", args=[cast.bloc.code, 2024, document.pk])
    assert "Dự thảo (trình hội nghị)" in body(member(cast).get(url(cast, "report")))


def test_the_closed_conference_is_read_only(cast, conference):
    seat(conference)
    open_item(conference.items.get(kind="minutes"), by=None, at=MORNING)
    close_conference(conference, by=None, at=LATER)

    page = body(leader(cast).get(url(cast)))
    answer = leader(cast).post(url(cast, "item_open", pk=conference.items.first().pk))

    assert "đã bế mạc" in page
    assert answer.status_code == 409


def filled(members, prefix):
    """Build a bloc in the middle of its conference, voting."""
    cast = make_cast(members, prefix=prefix)
    conference = make_conference(cast)
    seat(conference)
    conference.attendances.filter(membership=cast.memberships["BQL-1"]).update(state="expected")
    open_item(conference.items.get(kind="election"), by=None, at=MORNING)
    propose_candidate(cast.year, role="leader", membership=cast.memberships["BQL-1"], by=None)
    round_ = begin(Election.objects.get(year=cast.year))
    vote(round_, cast, dict.fromkeys(list(cast.memberships)[1:], "BQL-1"))
    return cast


@pytest.mark.parametrize(
    ("page", "more"),
    [("board", {}), ("attendance", {}), ("agenda", {}), ("election", {"role": "truong-khoi"}), ("report", {})],
)
def test_a_page_costs_the_same_with_1_and_with_68_members(page, more):
    costs = []
    for members, prefix in ((1, "a"), (68, "b")):
        cast = filled(members, prefix)
        chair = leader(cast)
        chair.get(url(cast, page, **more))
        with CaptureQueriesContext(
            connection,
        ) as queries:
            assert chair.get(url(cast, page, **more)).status_code == 200
        costs.append(len(queries))

    assert costs[0] == costs[1]


def test_the_board_costs_no_more_than_a_board_may(cast, conference):
    open_item(conference.items.get(kind="election"), by=None, at=MORNING)
    begin(make_election(cast, "BQL-2"))
    chair = leader(cast)
    chair.get(url(cast))

    with CaptureQueriesContext(connection) as queries:
        chair.get(url(cast))

    read = [row["sql"][:120] for row in queries.captured_queries if "SAVEPOINT" not in row["sql"]]
    assert len(read) <= 16, read


def titles(user, cast):
    return [task.title for task in tasks_for(user, cast.year, HELD_ON)]


def test_the_leader_is_asked_to_open_the_page_when_the_day_comes_near(cast):
    assert titles(cast.heads["BQL-1"], cast) == ["Mở trang hội nghị tổng kết năm 2024"]
    assert titles(cast.heads["BQL-3"], cast) == []


def test_a_member_is_asked_to_confirm_and_to_vote(cast, conference):
    begin(make_election(cast, "BQL-2"))

    assert titles(cast.heads["BQL-3"], cast) == ["Bỏ phiếu bầu Trưởng khối năm 2025", "Xác nhận đại biểu dự hội nghị"]


def test_the_stage_follows_the_conference(cast):
    assert stage(cast.year).note == "Dự kiến 04/01/2025"
    conference = make_conference(cast)
    assert stage(cast.year).note == "04/01/2025, 08:00"
    open_item(conference.items.get(kind="report"), by=None, at=MORNING)
    assert stage(cast.year).note == "Đang họp, mục 4/14"
    open_item(conference.items.get(kind="minutes"), by=None, at=MORNING)
    close_conference(conference, by=None, at=LATER)
    assert (stage(cast.year).note, stage(cast.year).state) == ("Xong 04/01/2025", "done")


def test_the_midyear_stage_shows_the_date_of_the_year(cast):
    assert midyear_stage(cast.year).note == "Chưa có lịch"


def test_the_archive_keeps_meeting_and_election(cast, conference):
    make_election(cast, "BQL-2")

    part = archive_part(cast.year)

    assert (part["conferences"][0]["members"], part["elections"][0]["state"]) == (3, "Đang giới thiệu")
