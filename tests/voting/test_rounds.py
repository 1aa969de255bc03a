"""A vote from its opening to its result, and everything it refuses."""

from collections.abc import Callable
from dataclasses import replace
from fractions import Fraction

import pytest
from django.db import IntegrityError, transaction

from blocs.models import LogEntry
from blocs.workflow import NotNow
from tests.cast import Cast, make_cast
from tests.voting.conftest import LATER, NOON, choose, rules
from voting.actions import (
    AlreadyCast,
    BallotRefused,
    BallotTooLate,
    CountRefused,
    NotOnTheRoll,
    TieNotOpen,
    cast_ballot,
    close_round,
    enter_count,
    enter_show_of_hands,
    open_next_round,
    open_round,
    publish_result,
    record_tie_break,
)
from voting.actions.rounds import RoundRunning
from voting.models import Ballot, RollEntry, Round, Urn
from voting.queries import verdict_of
from voting.tally import Answer, Base, Choice, Conduct, Form, Method, Outcome, Threshold, TieBreak

Start = Callable[..., Round]


def cast_all(round_: Round, cast: Cast, choices: str) -> None:
    for number, key in enumerate(choices, start=1):
        marks = [] if key == "-" else choose(key)
        cast_ballot(round_, membership=cast.memberships[f"BQL-{number}"], marks=marks, by=None, at=NOON)


def closed(round_: Round, cast: Cast, choices: str) -> Round:
    cast_all(round_, cast, choices)
    return close_round(round_, by=cast.heads["BQL-1"], at=LATER)


def test_opening_fixes_the_roll_the_rules_and_records_the_count(seven: Cast, start: Start) -> None:
    round_ = start()

    assert (round_.state, round_.number, round_.opened_at) == (Round.State.OPEN, 1, NOON)
    assert round_.ruling == rules()
    assert [entry.membership for entry in round_.roll.all()] == list(seven.memberships.values())
    line = LogEntry.objects.get(act="open_round")
    assert (line.actor_id, line.details["members"]) == (seven.heads["BQL-1"].pk, 7)


@pytest.mark.parametrize("form", [Form.OPEN, Form.SECRET])
def test_four_of_seven_elect_and_the_result_is_published(seven: Cast, start: Start, form: Form) -> None:
    round_ = closed(start(rules(form)), seven, "2222777")

    verdict = publish_result(round_, by=None, at=LATER)

    assert (verdict.elected, verdict.option("2").count.approve) == (("2",), 4)
    assert Round.objects.get().state == Round.State.PUBLISHED
    assert LogEntry.objects.get(act="close_round").details == {"cast": 7, "members": 7}


def test_a_secret_round_keeps_sorted_marks_and_who_has_cast_and_nothing_else(seven: Cast, start: Start) -> None:
    round_ = start()

    cast_all(round_, seven, "7-2")

    assert Urn.objects.get().marks == [["", "blank"], ["2", "approve"], ["7", "approve"]]
    assert [entry.cast for entry in round_.roll.all()] == [True, True, True, False, False, False, False]
    assert Ballot.objects.count() == 0
    assert not LogEntry.objects.filter(act__contains="ballot").exists()


def test_an_open_round_keeps_a_ballot_with_person_time_and_log_line(seven: Cast, start: Start) -> None:
    round_ = start(rules(Form.OPEN))

    cast_ballot(round_, membership=seven.memberships["BQL-3"], marks=choose("7"), by=seven.heads["BQL-3"], at=NOON)

    ballot = Ballot.objects.get()
    assert (ballot.marks, ballot.cast_by, ballot.cast_at) == ([["7", "approve"]], seven.heads["BQL-3"], NOON)
    assert LogEntry.objects.get(act="cast_ballot").unit_id == seven.units["BQL-3"].pk


def test_an_open_ballot_may_be_replaced_until_closing_where_the_round_says_so(seven: Cast, start: Start) -> None:
    round_ = start(rules(Form.OPEN), may_change=True)
    cast_all(round_, seven, "2")

    cast_all(round_, seven, "7")

    assert [ballot.marks for ballot in Ballot.objects.all()] == [[["7", "approve"]]]
    assert LogEntry.objects.filter(act="change_ballot").count() == 1


@pytest.mark.parametrize("form", [Form.OPEN, Form.SECRET])
def test_a_second_ballot_of_a_unit_is_refused_and_changes_nothing(seven: Cast, start: Start, form: Form) -> None:
    round_ = start(rules(form))
    cast_all(round_, seven, "2")

    with pytest.raises(AlreadyCast, match="Mỗi đơn vị chỉ có 01 phiếu"):
        cast_all(round_, seven, "7")

    closed_round = close_round(round_, by=None, at=LATER)
    assert [row.count.approve for row in verdict_of(closed_round).options] == [1, 0]


def test_a_secret_ballot_cannot_be_made_changeable(seven: Cast, start: Start) -> None:
    round_ = start(may_change=True)

    assert round_.may_change is False
    with pytest.raises(IntegrityError, match="a_secret_ballot_cannot_be_changed"), transaction.atomic():
        Round.objects.update(may_change=True)


def test_the_database_takes_one_open_ballot_per_unit_and_one_roll_entry(seven: Cast, start: Start) -> None:
    round_ = start(rules(Form.OPEN))
    cast_all(round_, seven, "2")
    entry = RollEntry.objects.filter(cast=True).get()

    with pytest.raises(IntegrityError), transaction.atomic():
        Ballot.objects.create(entry=entry, marks=[], cast_at=NOON)
    with pytest.raises(IntegrityError), transaction.atomic():
        RollEntry.objects.create(round=round_, membership=entry.membership)


def test_a_late_ballot_is_refused_with_the_hour_and_the_next_step(seven: Cast, start: Start) -> None:
    round_ = closed(start(), seven, "22")

    with pytest.raises(BallotTooLate) as refusal:
        cast_ballot(round_, membership=seven.memberships["BQL-3"], marks=choose("2"), by=None, at=LATER)

    assert refusal.value.sentence == (
        "Đã kết thúc bỏ phiếu lúc 12 giờ 32. Phiếu của đơn vị chưa được ghi nhận. Đề nghị báo ngay Tổ kiểm phiếu."
    )
    assert len(Urn.objects.get().marks) == 2
    assert RollEntry.objects.filter(cast=True).count() == 2


@pytest.mark.parametrize("marks", [choose("9"), choose("2", "7"), [("2", Answer.REJECT)]])
def test_a_ballot_against_the_rules_is_refused_and_the_unit_may_still_vote(
    seven: Cast, start: Start, marks: list[tuple[str, Answer]]
) -> None:
    round_ = start()

    with pytest.raises(BallotRefused):
        cast_ballot(round_, membership=seven.memberships["BQL-1"], marks=marks, by=None, at=NOON)

    assert not RollEntry.objects.filter(cast=True).exists()


def test_a_unit_that_is_not_on_the_roll_has_no_ballot(seven: Cast, start: Start) -> None:
    round_ = start(roll=[seven.memberships["BQL-1"]])
    foreign = make_cast(prefix="x").memberships["BQL-1"]

    for membership in (seven.memberships["BQL-2"], foreign):
        with pytest.raises(NotOnTheRoll):
            cast_ballot(round_, membership=membership, marks=choose("2"), by=None, at=NOON)


def test_a_second_opener_finds_the_round_running(seven: Cast, start: Start) -> None:
    round_ = start()

    with pytest.raises(RoundRunning):
        open_round(round_.poll, ruling=rules(), by=None, at=NOON)

    assert Round.objects.count() == 1


def test_no_majority_leads_to_a_second_round_between_the_two(seven: Cast, start: Start) -> None:
    three = (Choice("2", "Tuyên Quang"), Choice("3", "Bắc Giang"), Choice("7", "Phú Thọ"))
    round_ = closed(start(rules(options=three)), seven, "2227773")
    verdict = publish_result(round_, by=None, at=LATER)

    second = open_next_round(Round.objects.get(), by=None, at=LATER)

    assert (verdict.outcome, Round.objects.get(number=1).state) == (Outcome.RUN_OFF, Round.State.NO_RESULT)
    assert (second.number, [option.key for option in second.options.all()]) == (2, ["2", "7"])
    assert second.roll.filter(cast=False).count() == 7
    assert Urn.objects.get(round=second).marks == []


def test_a_published_result_is_not_voted_on_again(seven: Cast, start: Start) -> None:
    round_ = closed(start(), seven, "2222777")
    publish_result(round_, by=None, at=LATER)

    with pytest.raises(RoundRunning):
        open_next_round(Round.objects.get(), by=None, at=LATER)


def test_an_open_round_has_no_result_to_publish(start: Start) -> None:
    with pytest.raises(NotNow, match="Đang bỏ phiếu"):
        publish_result(start(), by=None, at=LATER)


def test_a_lot_is_recorded_where_the_rules_allow_it_and_makes_the_verdict(seven: Cast, start: Start) -> None:
    threshold = Threshold(Fraction(1, 3), strict=False, base=Base.VALID)
    by_lot = rules(threshold=threshold, tie_break=TieBreak.LOT)
    round_ = closed(start(by_lot), seven, "222777-")

    record_tie_break(round_, chosen=["7"], by=None, at=LATER)

    assert publish_result(round_, by=None, at=LATER).elected == ("7",)
    assert LogEntry.objects.get(act="record_tie_break").details["chosen"] == ["7"]


def test_a_lot_is_refused_where_the_rules_ask_for_another_vote(seven: Cast, start: Start) -> None:
    threshold = Threshold(Fraction(1, 3), strict=False, base=Base.VALID)
    round_ = closed(start(rules(threshold=threshold)), seven, "222777-")

    with pytest.raises(TieNotOpen):
        record_tie_break(round_, chosen=["7"], by=None, at=LATER)

    assert publish_result(round_, by=None, at=LATER).run_off == ("2", "7")


def test_raised_hands_are_counted_by_the_tally_team_and_the_rest_had_no_opinion(seven: Cast, start: Start) -> None:
    one = rules(Form.OPEN, Conduct.HANDS, method=Method.EACH, options=(Choice("2", "Tuyên Quang"),))
    round_ = start(replace(one, threshold=Threshold(Fraction(1, 2), strict=True, base=Base.PRESENT)))

    enter_show_of_hands(round_, votes={"2": (4, 1, None)}, present=6, by=None, at=LATER)

    verdict = publish_result(round_, by=None, at=LATER)
    assert (verdict.elected, verdict.option("2").least, verdict.option("2").count.abstain) == (("2",), 4, 1)
    assert Round.objects.get().closed_at == LATER


@pytest.mark.parametrize("votes", [(6, 2, None), (4, 1, 0), (8, 0, 0)])
def test_hands_that_do_not_add_up_are_refused_and_the_round_stays_open(
    seven: Cast, start: Start, votes: tuple[int, int, int | None]
) -> None:
    round_ = start(rules(Form.OPEN, Conduct.HANDS, method=Method.EACH, options=(Choice("2", "Tuyên Quang"),)))

    with pytest.raises(CountRefused):
        enter_show_of_hands(round_, votes={"2": votes}, present=7, by=None, at=LATER)

    assert Round.objects.get().state == Round.State.OPEN


def test_paper_ballots_are_entered_with_invalid_and_blank_ones(seven: Cast, start: Start) -> None:
    round_ = start(rules(Form.SECRET, Conduct.PAPER))

    enter_count(round_, votes={"2": (4, 0, 0), "7": (1, 0, 0)}, returned=7, invalid=1, blank=1, by=None, at=LATER)

    verdict = publish_result(round_, by=None, at=LATER)
    assert (verdict.elected, verdict.count.valid, verdict.count.invalid) == (("2",), 5, 2)


def test_a_count_by_hand_is_refused_where_ballots_are_cast_on_the_system(start: Start) -> None:
    with pytest.raises(CountRefused):
        enter_show_of_hands(start(), votes={"2": (7, 0, 0)}, present=7, by=None, at=LATER)


def test_a_unit_barred_from_voting_on_itself_answers_the_others_and_leaves_its_own_denominator(
    seven: Cast, start: Start
) -> None:
    own = {"2": seven.memberships["BQL-2"], "7": seven.memberships["BQL-7"]}
    round_ = start(rules(Form.SECRET, method=Method.EACH, seats=None), own_of=own, may_vote_on_itself=False)
    for number in range(1, 8):
        marks = [(key, Answer.APPROVE) for key in own if key != str(number)]
        cast_ballot(round_, membership=seven.memberships[f"BQL-{number}"], marks=marks, by=None, at=NOON)

    verdict = publish_result(close_round(round_, by=None, at=LATER), by=None, at=LATER)

    assert [(row.count.approve, row.whole, row.least) for row in verdict.options] == [(6, 6, 4), (6, 6, 4)]
    with pytest.raises(BallotTooLate):
        cast_ballot(round_, membership=own["2"], marks=choose("2"), by=None, at=LATER)


def test_with_raised_hands_the_unit_that_is_judged_is_not_counted_among_those_without_opinion(
    seven: Cast, start: Start
) -> None:
    ruling = rules(Form.OPEN, Conduct.HANDS, method=Method.EACH, seats=None)
    present = replace(ruling, threshold=Threshold(Fraction(2, 3), strict=False, base=Base.PRESENT))
    round_ = start(present, own_of={"2": seven.memberships["BQL-2"]}, may_vote_on_itself=False)

    enter_show_of_hands(round_, votes={"2": (4, 1, None), "7": (5, 2, None)}, present=7, by=None, at=LATER)

    rows = publish_result(round_, by=None, at=LATER).options
    assert [(row.count.abstain, row.whole, row.least) for row in rows] == [(1, 6, 4), (0, 7, 5)]


def test_a_barred_choice_is_refused(seven: Cast, start: Start) -> None:
    round_ = start(own_of={"2": seven.memberships["BQL-2"]}, may_vote_on_itself=False)

    with pytest.raises(BallotRefused):
        cast_ballot(round_, membership=seven.memberships["BQL-2"], marks=choose("2"), by=None, at=NOON)
