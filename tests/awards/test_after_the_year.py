"""Results come after the year has ended: the desk works on, the bloc answers it, and nothing else changes."""

import datetime as dt

import pytest

from awards.actions import (
    Supply,
    add_paper,
    find_fit,
    recall_submission,
    receive_submission,
    record_council_result,
    submit_nominations,
    supply_more,
    withdraw_nomination,
)
from awards.models import Nomination
from awards.queries import desk_tasks_for, tasks_after_the_year
from awards.queries.desk import passed_nominations
from blocs.actions.years import YearClosed, close_year
from tests.awards.stage import NOW, REASON, agreed, asked, decide, passed, pdf, propose, rank_members, submitted
from tests.cast import TODAY, make_cast

pytestmark = pytest.mark.django_db
State = Nomination.State


@pytest.fixture(autouse=True)
def _on_the_day(settings):
    settings.DEMO_TODAY = TODAY.isoformat()


@pytest.fixture
def cast():
    cast = make_cast(3)
    rank_members(cast)
    return cast


def test_the_desk_carries_a_list_of_an_ended_year_to_the_decision(cast):
    nomination = submitted(cast)
    close_year(cast.year, by=None)

    receive_submission(nomination.submission, by=None, at=NOW)
    find_fit(nomination, by=None, at=NOW)
    record_council_result(nomination, held_on=TODAY, passed=True, by=None, at=NOW)
    decide(nomination)

    nomination.refresh_from_db()
    assert (nomination.state, nomination.decision.number) == (State.AWARDED, "12/QĐ-BKHĐT")


def test_a_nomination_of_an_ended_year_is_still_a_task_of_the_desk(cast):
    passed(cast)
    close_year(cast.year, by=None)

    assert [row.membership.unit.code for row in passed_nominations(cast.official, TODAY)] == ["BQL-1"]
    assert [task.title for task in desk_tasks_for(cast.official, TODAY)] == [
        "Ghi nhận quyết định khen thưởng: 01 đề nghị"
    ]


def test_what_is_asked_for_after_the_year_is_a_task_and_can_be_supplied(cast):
    request = asked(cast, "BQL-2")
    close_year(cast.year, by=None)

    found = {code: [task.title for task in tasks_after_the_year(user, TODAY)] for code, user in cast.officers.items()}
    supply_more(request, supplies={request.items.get().pk: Supply("Đã gửi kèm.")}, by=cast.officers["BQL-2"], at=NOW)

    title = "Bổ sung hồ sơ Bằng khen của Bộ trưởng: Tuyên Quang"
    assert found == {"BQL-1": [title], "BQL-2": [title], "BQL-3": []}
    assert Nomination.objects.get(pk=request.nomination_id).state == State.IN_REVIEW


@pytest.mark.parametrize(
    "act",
    [
        lambda row: propose(row.cast, "BQL-2"),
        lambda row: withdraw_nomination(row, reason=REASON, by=None, at=NOW),
        lambda row: add_paper(row, kind="other", upload=pdf(), by=None, at=NOW),
        lambda row: submit_nominations(
            row.year, number="", dated_on=dt.date(2024, 12, 1), signer_name="", signer_title="", by=None, at=NOW
        ),
    ],
    ids=["propose", "withdraw", "add_paper", "submit"],
)
def test_the_bloc_changes_nothing_of_an_ended_year(cast, act):
    nomination = agreed(cast)
    nomination.cast = cast
    close_year(cast.year, by=None)

    with pytest.raises(YearClosed):
        act(nomination)


def test_a_list_is_not_recalled_after_the_year_since_it_could_not_be_sent_again(cast):
    nomination = submitted(cast)
    close_year(cast.year, by=None)

    with pytest.raises(YearClosed):
        recall_submission(nomination.submission, reason=REASON, by=None, at=NOW)
