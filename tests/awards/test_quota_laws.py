"""Whatever is done in whatever order, a bloc never holds more nominations than the guidance allows."""

import threading
from collections import Counter

import pytest
from django.apps import apps
from django.db import connections
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from awards.actions import (
    conclude_peer_review,
    find_fit,
    find_not_yet,
    propose_nomination,
    put_to_vote,
    recall_submission,
    receive_submission,
    record_council_result,
    refuse_award,
    reopen_review,
    submit_nominations,
    withdraw_nomination,
)
from awards.catalogue import fill_empty_catalogue
from awards.models import Award, Nomination
from blocs.errors import Refusal
from tests.awards.stage import NOW, REASON, award, decide, rank_members
from tests.cast import TODAY, make_cast
from voting.models import Poll, Round
from voting.tally import Conduct

LIMITS = {"FLAG": 1, "CERTIFICATE": 2}
MEMBERS = 5
Step = tuple[str, int]
STEPS = st.lists(
    st.tuples(
        st.sampled_from(
            [
                "flag",
                "certificate",
                "certificate",
                "withdraw",
                "vote",
                "accept",
                "decline",
                "no_quorum",
                "submit",
                "recall",
                "receive",
                "fit",
                "not_yet",
                "again",
                "council",
                "council_no",
                "decide",
                "refuse",
            ]
        ),
        st.integers(0, MEMBERS - 1),
    ),
    max_size=25,
)


def take(cast, step: Step) -> None:
    """Try one act on the row or member that the number picks; a refusal is an answer."""
    name, number = step
    member = list(cast.memberships.values())[number]
    rows = list(Nomination.objects.filter(year=cast.year).order_by("pk"))
    row = rows[number % len(rows)] if rows else None
    try:
        _act(cast, name, member, row)
    except Refusal:
        return


def _act(cast, name, member, row) -> None:  # noqa: C901, PLR0912 - one line an act
    shared = {"by": None, "at": NOW}
    if name in {"flag", "certificate"}:
        propose_nomination(member, award=award(name.upper()), override_reason=REASON, **shared)
    elif name == "vote":
        put_to_vote(cast.year, conduct=Conduct.HANDS, **shared)
    elif name in {"accept", "decline", "no_quorum"}:
        end_vote(name, shared)
    elif name == "submit":
        submit_nominations(cast.year, number="", dated_on=TODAY, signer_name="", signer_title="", **shared)
    elif row is None:
        return
    elif name == "withdraw":
        withdraw_nomination(row, reason=REASON, **shared)
    elif name == "recall" and row.submission:
        recall_submission(row.submission, reason=REASON, **shared)
    elif name == "receive" and row.submission:
        receive_submission(row.submission, **shared)
    elif name == "fit":
        find_fit(row, **shared)
    elif name == "not_yet":
        find_not_yet(row, reason=REASON, **shared)
    elif name == "again":
        reopen_review(row, reason=REASON, **shared)
    elif name in {"council", "council_no"}:
        record_council_result(row, held_on=TODAY, passed=name == "council", reason=REASON, **shared)
    elif name == "decide":
        decide(row, number="")
    elif name == "refuse":
        refuse_award(row, reason=REASON, **shared)


def end_vote(name: str, shared: dict) -> None:
    for poll in Poll.objects.filter(rounds__state=Round.State.OPEN):
        present = 1 if name == "no_quorum" else MEMBERS
        hands = (0, present, 0) if name == "decline" else (present, 0, 0)
        votes = {option.key: hands for option in poll.rounds.get().options.all()}
        conclude_peer_review(poll, votes=votes, present=present, **shared)


def assert_within_numbers(cast) -> None:
    held = Nomination.objects.filter(year=cast.year).held().values_list("award__code", "membership")
    assert {code: number for code, number in Counter(code for code, _ in held).items() if number > LIMITS[code]} == {}
    assert [pair for pair, number in Counter(held).items() if number > 1] == []


class NoSequenceExceedsANumber(TestCase):
    """Random sequences of acts."""

    def setUp(self):
        fill_empty_catalogue(apps)
        self.cast = make_cast(MEMBERS)
        rank_members(self.cast)

    @settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
    @given(STEPS)
    def test_no_sequence_of_acts_exceeds_a_number(self, steps: list[Step]):
        for step in steps:
            take(self.cast, step)
            assert_within_numbers(self.cast)


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_concurrent_proposals_do_not_exceed_a_number():
    fill_empty_catalogue(apps)
    cast = make_cast(MEMBERS)
    rank_members(cast)
    start = threading.Barrier(MEMBERS)
    answers: list[str] = []

    def propose_at_once(member) -> None:
        start.wait()
        try:
            propose_nomination(
                member, award=Award.objects.get(code="CERTIFICATE"), override_reason=REASON, by=None, at=NOW
            )
            answers.append("proposed")
        except Refusal:
            answers.append("refused")
        finally:
            connections.close_all()

    threads = [threading.Thread(target=propose_at_once, args=(row,)) for row in cast.memberships.values()]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert Counter(answers) == {"proposed": 2, "refused": MEMBERS - 2}
    assert_within_numbers(cast)
