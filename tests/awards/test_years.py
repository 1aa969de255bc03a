"""What awards tells home: tasks, stages, the report's lines, the archive."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from awards.actions import find_fit, put_to_vote, receive_submission
from awards.models import Nomination
from awards.queries import (
    archive_part,
    desk_tasks_for,
    nominations_for_report,
    peer_review_of,
    results_stage,
    stage_figures,
    tasks_for,
)
from awards.queries import stage as sending_stage
from blocs.models import BlocYear
from scoring.models import SelfAssessment
from tests.awards import stage
from tests.awards.stage import NOW, agreed, asked, awarded, in_review, passed, propose, rank_members, vote
from tests.cast import TODAY, make_cast

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _on_the_day(settings):
    settings.DEMO_TODAY = TODAY.isoformat()


@pytest.fixture
def cast():
    cast = make_cast(3)
    rank_members(cast)
    return cast


def tasks(cast, user):
    return [(task.title, task.button or task.waiting_for) for task in tasks_for(user, cast.year, TODAY)]


def test_once_scores_are_agreed_the_leader_draws_up_the_list(cast):
    table = cast.year.criteria_tables.get()
    SelfAssessment.objects.create(
        membership=cast.memberships["BQL-1"], table=table, state=SelfAssessment.State.AGREED, started_at=NOW
    )

    assert tasks(cast, cast.officers["BQL-1"]) == [
        ("Lập danh sách dự kiến đề nghị khen thưởng năm 2024", "Lập danh sách")
    ]
    assert tasks(cast, cast.officers["BQL-3"]) == []


def test_the_leader_puts_the_list_to_the_vote_and_sends_it(cast):
    propose(cast)
    planned = tasks(cast, cast.officers["BQL-1"])
    vote(cast)

    assert planned == [("Đưa ra bình xét 01 đề nghị khen thưởng", "Đưa ra bình xét")]
    assert tasks(cast, cast.officers["BQL-1"]) == [
        ("Trình 01 đề nghị khen thưởng đã được Khối nhất trí", "Trình khen thưởng")
    ]


def test_heads_are_asked_to_vote(cast):
    propose(cast)
    put_to_vote(cast.year, by=None, at=NOW)

    title = "Bình xét thi đua, xét khen thưởng năm 2024"
    assert tasks(cast, cast.heads["BQL-3"]) == [(title, "Bỏ phiếu")]
    assert tasks(cast, cast.officers["BQL-3"]) == []


def test_what_was_asked_for_is_a_task_of_the_unit_and_of_the_leader(cast):
    asked(cast, "BQL-2")

    wanted = [("Bổ sung hồ sơ Bằng khen của Bộ trưởng: Tuyên Quang", "Bổ sung hồ sơ")]
    found = {code: tasks(cast, cast.officers[code]) for code in cast.officers}
    assert found == {"BQL-1": wanted, "BQL-2": wanted, "BQL-3": []}


def test_what_is_at_the_desk_waits_for_the_authority(cast):
    in_review(cast)

    assert tasks(cast, cast.officers["BQL-3"]) == [("01 đề nghị khen thưởng năm 2024 đang chờ kết quả", "Bộ KH&ĐT")]


def test_the_desk_has_one_task_per_step(cast):
    first, second = propose(cast, "BQL-1", "FLAG"), propose(cast, "BQL-2")
    vote(cast)
    receive_submission(stage.submit(cast), by=None, at=NOW)
    find_fit(first, by=None, at=NOW)

    found = [(task.title, task.url) for task in desk_tasks_for(cast.official, TODAY)]

    assert found == [
        ("Thẩm định hồ sơ khen thưởng: 01 đề nghị", "/tham-dinh/?buoc=tham-dinh"),
        ("Ghi nhận kết quả của Hội đồng: 01 đề nghị", "/tham-dinh/?buoc=hoi-dong"),
    ]
    assert second.pk is not None


def test_the_stages_follow_the_list(cast):
    def stages():
        year = BlocYear.objects.get(pk=cast.year.pk)
        return [(found.note, found.state) for found in (sending_stage(year), results_stage(year))]

    before = stages()
    nomination = agreed(cast)
    agreed_on = stages()
    stage.submit(cast)
    sent = stages()

    assert before == [("Hạn 15/01/2025", ""), ("", "")]
    assert agreed_on == [("1 đề nghị; hạn 15/01/2025", "now"), ("", "")]
    assert sent == [("1 đề nghị đã trình", "done"), ("0/1 có kết quả", "now")]
    assert nomination.pk is not None


def test_the_results_stage_ends_with_the_decision(cast):
    awarded(cast)

    found = results_stage(BlocYear.objects.get(pk=cast.year.pk))

    assert (found.note, found.state, found.done, found.of) == ("1 được tặng", "done", 1, 1)


def test_many_years_tell_their_stages_in_one_query():
    casts = [make_cast(3, prefix=prefix) for prefix in ("", "x", "y")]
    for cast in casts:
        rank_members(cast)
        propose(cast)

    with CaptureQueriesContext(connection) as captured:
        years = list(BlocYear.objects.annotate(**stage_figures()))
        notes = [(sending_stage(year).done, results_stage(year).of) for year in years]

    assert (len(captured), notes) == (1, [(0, 0)] * 3)


def test_the_report_prints_names_votes_and_shares(cast):
    propose(cast, "BQL-1", "FLAG")
    vote(cast, against=("BQL-3",))

    (line,) = nominations_for_report(cast.year)

    assert (line.award, line.printed_name, line.votes, line.percent) == (
        "Cờ thi đua của Bộ",
        "Ban Quản lý các Khu công nghiệp tỉnh Thái Nguyên",
        "02/03",
        "66,67%",
    )


def test_an_agenda_item_is_told_where_the_peer_review_stands(cast):
    before = peer_review_of(cast.year)
    propose(cast)
    vote(cast)

    after = peer_review_of(cast.year)

    assert (before.state, before.poll, before.held) == ("Chưa bắt đầu", None, 0)
    assert (after.state, after.agreed, after.held) == ("Đã công bố", 1, 1)


def test_the_archive_keeps_votes_and_results(cast):
    nomination = passed(cast)

    (kept,) = archive_part(cast.year)["nominations"]

    assert (kept["award"], kept["unit"], kept["state"], kept["score"], kept["votes"]) == (
        "CERTIFICATE",
        "BQL-1",
        "passed",
        "99.00",
        [3, 0, 0, 3],
    )
    assert Nomination.objects.get() == nomination


def test_tasks_cost_the_same_with_one_and_with_many_nominations():
    costs = []
    for members in (2, 12):
        cast = make_cast(members, prefix=f"m{members}")
        rank_members(cast)
        cast.year.provisions.filter(key="CERTIFICATE").update(value="12")
        for code in cast.memberships:
            propose(cast, code)
        vote(cast)
        stage.submit(cast)
        with CaptureQueriesContext(connection) as captured:
            tasks_for(cast.officers["BQL-1"], cast.year, TODAY)
        costs.append(len(captured))

    assert costs[0] == costs[1]
