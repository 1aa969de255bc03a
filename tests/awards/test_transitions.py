"""Every act in every state: it works where the table leads on, and is refused with a sentence everywhere else."""

from functools import partial

import pytest

from awards.actions import (
    ask_for_more,
    find_fit,
    find_not_yet,
    put_to_vote,
    receive_submission,
    record_council_result,
    refuse_award,
    reopen_review,
    submit_nominations,
    withdraw_nomination,
)
from awards.models import Decision, Nomination, Submission
from blocs.errors import Refusal
from tests.awards.stage import DECIDED, NOW, REASON, decide, propose, rank_members
from tests.cast import TODAY, make_cast

pytestmark = pytest.mark.django_db
State = Nomination.State

ACTS = {
    "withdraw": (partial(withdraw_nomination, reason=REASON, by=None, at=NOW), {State.PLANNED, State.AGREED}),
    "put_to_vote": (
        lambda nomination: put_to_vote(nomination.year, nominations=[nomination], by=None, at=NOW),
        {State.PLANNED},
    ),
    "submit": (
        lambda nomination: submit_nominations(
            nomination.year, number="", dated_on=TODAY, signer_name="", signer_title="", by=None, at=NOW
        ),
        {State.AGREED},
    ),
    "receive": (
        lambda nomination: moved(nomination, receive_submission(nomination.submission, by=None, at=NOW)),
        {State.SUBMITTED},
    ),
    "ask": (partial(ask_for_more, items=["Báo cáo"], due_on=TODAY, by=None, at=NOW), {State.IN_REVIEW}),
    "fit": (partial(find_fit, by=None, at=NOW), {State.IN_REVIEW, State.ASKED}),
    "not_yet": (partial(find_not_yet, reason=REASON, by=None, at=NOW), {State.IN_REVIEW, State.ASKED}),
    "again": (partial(reopen_review, reason=REASON, by=None, at=NOW), {State.FIT, State.NOT_YET}),
    "council": (partial(record_council_result, held_on=TODAY, passed=True, by=None, at=NOW), {State.FIT}),
    "refuse": (partial(refuse_award, reason=REASON, by=None, at=NOW), {State.FIT, State.NOT_YET, State.PASSED}),
    "decide": (decide, {State.PASSED}),
}


def moved(nomination, _done):
    """Raise as an act would when it moved nothing."""
    if Nomination.objects.get(pk=nomination.pk).state == nomination.state:
        raise Refusal("Không có gì thay đổi.")


@pytest.fixture
def nomination():
    cast = make_cast(3)
    rank_members(cast)
    return propose(cast)


def placed(nomination, state):
    """Put the row into a state as history would have left it."""
    sent = Submission.objects.create(year=nomination.year, dated_on=TODAY, sent_at=NOW)
    given = Decision.objects.create(authority=nomination.year.bloc.authority, decided_on=DECIDED, recorded_at=NOW)
    Nomination.objects.filter(pk=nomination.pk).update(
        state=state,
        submission=sent if state in Nomination.SENT else None,
        decision=given if state in {State.AWARDED, State.CANCELLED} else None,
        outcome_reason=REASON if state in {State.NOT_YET, State.NOT_AWARDED, State.CANCELLED} else "",
    )
    nomination.refresh_from_db()
    if nomination.submission is None:
        nomination.submission = sent
    return nomination


@pytest.mark.parametrize("state", State.values)
@pytest.mark.parametrize("name", ACTS)
def test_an_act_works_only_where_the_table_leads_on(nomination, name, state):
    act, from_states = ACTS[name]
    nomination = placed(nomination, state)

    if state in from_states:
        act(nomination)
        assert Nomination.objects.get(pk=nomination.pk).state in Nomination.TRANSITIONS[state]
    else:
        with pytest.raises(Refusal):
            act(nomination)
        assert Nomination.objects.get(pk=nomination.pk).state == state


def test_every_step_of_the_table_is_somebodys_act():
    """The steps that the acts above and the bloc's vote, recall and supply take are all the steps there are."""
    results = {
        State.PUT_TO_VOTE: {State.AGREED, State.DECLINED, State.PLANNED},
        State.SUBMITTED: {State.AGREED, State.IN_REVIEW},
        State.ASKED: {State.IN_REVIEW, State.FIT, State.NOT_YET},
        State.AWARDED: {State.CANCELLED},
    }
    ends = {
        "withdraw": {State.WITHDRAWN},
        "put_to_vote": {State.PUT_TO_VOTE},
        "submit": {State.SUBMITTED},
        "receive": {State.IN_REVIEW},
        "ask": {State.ASKED},
        "fit": {State.FIT},
        "not_yet": {State.NOT_YET},
        "again": {State.IN_REVIEW},
        "council": {State.PASSED, State.NOT_AWARDED},
        "refuse": {State.NOT_AWARDED},
        "decide": {State.AWARDED, State.NOT_AWARDED},
    }
    taken = {state: set(to) for state, to in results.items()}
    for name, (_, from_states) in ACTS.items():
        for state in from_states:
            taken.setdefault(state, set()).update(ends[name])

    assert taken == {state: to for state, to in Nomination.TRANSITIONS.items() if to}
