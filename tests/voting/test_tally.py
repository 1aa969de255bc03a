"""The arithmetic of votes, against an oracle that defines each result instead of computing it."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from itertools import combinations_with_replacement, product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from voting.tally import (
    Answer,
    Barred,
    Base,
    Choice,
    Count,
    CountMismatch,
    Mark,
    Method,
    NotATie,
    Outcome,
    Quorum,
    Ruling,
    Threshold,
    TieBreak,
    Turnout,
    Verdict,
    count_ballots,
    count_by_hand,
    count_marks,
    decide,
    settle_tie,
)

KEYS = ("a", "b", "c", "d")
HALF, TWO_THIRDS, SEVENTY = Fraction(1, 2), Fraction(2, 3), Fraction(70, 100)
THRESHOLDS = [
    Threshold(share, strict, base)
    for (share, strict), base in product([(HALF, True), (TWO_THIRDS, False), (SEVENTY, False)], Base)
]
Ballot = tuple[Mark, ...]


def ruling(method: Method, options: int, threshold: Threshold, **settings: object) -> Ruling:
    choices = tuple(Choice(key, key.upper()) for key in KEYS[:options])
    return Ruling(method, choices, threshold, **settings)  # type: ignore[arg-type]


def approve(*keys: str) -> Ballot:
    return tuple((key, Answer.APPROVE) for key in keys)


def least_by_trying(threshold: Threshold, whole: int) -> int:
    """The first whole number of votes for which the sentence "more than / at least the share" is true."""
    share = threshold.share
    for votes in range(1, whole + 2):
        product_of_votes, product_of_share = votes * share.denominator, share.numerator * whole
        if product_of_votes > product_of_share or (not threshold.strict and product_of_votes == product_of_share):
            return votes
    return whole + 1


def expected_places(votes: dict[str, int], least: dict[str, int], seats: int) -> tuple[set[str], set[str], bool]:
    """Who is elected, who goes to a run-off, and whether votes were equal: each by its definition."""
    reached = {key for key in votes if votes[key] >= least[key]}
    elected = {key for key in reached if sum(votes[other] >= votes[key] for other in reached) <= seats}
    tied = {key for key in reached - elected if sum(votes[other] > votes[key] for other in reached) < seats}
    if len(reached) >= seats:
        return elected, tied, bool(tied)
    rest, open_seats = set(votes) - reached, seats - len(reached)
    if len(rest) <= open_seats:
        return elected, set(), False
    return elected, {key for key in rest if sum(votes[o] > votes[key] for o in rest) <= open_seats}, False


def assert_as_defined(rules: Ruling, verdict: Verdict, votes: dict[str, int], wholes: dict[Base, int]) -> None:
    whole = wholes[rules.threshold.base]
    least = dict.fromkeys(votes, least_by_trying(rules.threshold, whole))
    assert rules.seats is not None
    elected, run_off, tied = expected_places(votes, least, rules.seats)
    assert (set(verdict.elected), set(verdict.run_off), verdict.tied) == (elected, run_off, tied)
    assert {row.least for row in verdict.options} == {least[KEYS[0]]}
    assert (verdict.outcome == Outcome.DECIDED) == (len(elected) == rules.seats)


def all_boxes(kinds: list[Ballot], voters: int) -> Iterator[tuple[Ballot, ...]]:
    for cast in range(voters + 1):
        yield from combinations_with_replacement(kinds, cast)


@pytest.mark.parametrize("options", [1, 2, 3, 4])
@pytest.mark.parametrize("seats", [1, 2])
def test_choosing_one_agrees_with_the_definition_for_every_box_of_up_to_seven_ballots(options: int, seats: int) -> None:
    invalid, blank = approve("a", "elsewhere"), ()
    kinds = [approve(key) for key in KEYS[:options]] + [invalid, blank]
    for members in (3, 7):
        for box in all_boxes(kinds, members):
            votes = {key: box.count(approve(key)) for key in KEYS[:options]}
            wholes = {
                Base.MEMBERS: members,
                Base.PRESENT: members,
                Base.CAST: len(box),
                Base.VALID: sum(votes.values()),
            }
            counted = count_ballots(ruling(Method.ONE, options, THRESHOLDS[0]), box, members, members)
            for threshold in THRESHOLDS:
                rules = ruling(Method.ONE, options, threshold, seats=seats)

                verdict = decide(rules, counted)

                assert_as_defined(rules, verdict, votes, wholes)


@pytest.mark.parametrize("options", [2, 3])
def test_choosing_up_to_two_agrees_with_the_definition_for_every_box_of_up_to_five_ballots(options: int) -> None:
    keys = KEYS[:options]
    pairs = [approve(one, other) for one in keys for other in keys if one < other]
    too_many = (*approve(*keys), ("z", Answer.APPROVE))
    kinds: list[Ballot] = [*(approve(key) for key in keys), *pairs, too_many, ()]
    for box in all_boxes(kinds, 5):
        votes = {key: sum((key, Answer.APPROVE) in ballot and ballot != too_many for ballot in box) for key in keys}
        valid = sum(ballot not in ((), too_many) for ballot in box)
        wholes = {Base.MEMBERS: 5, Base.PRESENT: 5, Base.CAST: len(box), Base.VALID: valid}
        counted = count_ballots(ruling(Method.UP_TO, options, THRESHOLDS[0], up_to=2), box, 5, 5)
        for threshold in THRESHOLDS:
            rules = ruling(Method.UP_TO, options, threshold, up_to=2, seats=2)

            verdict = decide(rules, counted)

            assert_as_defined(rules, verdict, votes, wholes)


@pytest.mark.parametrize("abstention_is_valid", [True, False])
def test_each_option_on_its_own_agrees_with_the_definition_for_every_split_of_seven_votes(
    abstention_is_valid: bool,  # noqa: FBT001 - a parameter of the test
) -> None:
    for for_it, against in ((f, r) for f in range(8) for r in range(8 - f)):
        abstained = 7 - for_it - against
        valid = for_it + against + (abstained if abstention_is_valid else 0)
        wholes = {Base.MEMBERS: 7, Base.PRESENT: 7, Base.CAST: 7, Base.VALID: valid}
        for threshold in THRESHOLDS:
            rules = ruling(Method.EACH, 1, threshold, seats=None, abstention_is_valid=abstention_is_valid)

            verdict = decide(rules, count_by_hand(rules, {"a": (for_it, against, abstained)}, Turnout(7, 7, 7)))

            assert bool(verdict.elected) == (for_it >= least_by_trying(threshold, wholes[threshold.base]))


def test_up_to_seven_voters_approving_up_to_four_options_fill_seats_as_defined() -> None:
    threshold = Threshold(HALF, strict=True, base=Base.MEMBERS)
    rules = {seats: ruling(Method.EACH, 4, threshold, seats=seats) for seats in (1, 2, 3)}
    for approvals in product(range(8), repeat=4):
        votes = dict(zip(KEYS, approvals, strict=True))
        for seats, rule in rules.items():
            rows = {key: (number, 7 - number, 0) for key, number in votes.items()}

            verdict = decide(rule, count_by_hand(rule, rows, Turnout(7, 7, 7)))

            assert_as_defined(rule, verdict, votes, {Base.MEMBERS: 7})
            assert len(verdict.elected) <= seats


@given(
    whole=st.integers(0, 2000),
    share=st.fractions(min_value=Fraction(1, 1000), max_value=1, max_denominator=1000),
    strict=st.booleans(),
)
def test_the_least_number_of_votes_is_whole_reaches_the_share_and_one_fewer_does_not(
    whole: int,
    share: Fraction,
    strict: bool,  # noqa: FBT001 - drawn by Hypothesis
) -> None:
    threshold = Threshold(share, strict and share < 1, Base.CAST)

    least = threshold.least(whole)

    assert least == least_by_trying(threshold, whole) or whole == 0
    assert 1 <= least <= max(1, whole)


@given(st.lists(st.sampled_from([*KEYS, "", "zz"]), max_size=120), st.sampled_from(THRESHOLDS), st.integers(1, 3))
def test_a_verdict_does_not_depend_on_the_order_of_the_ballots_and_loses_none(
    choices: list[str],
    threshold: Threshold,
    seats: int,
) -> None:
    rules = ruling(Method.ONE, 4, threshold, seats=seats)
    box = [approve(choice) if choice else () for choice in choices]

    count = count_ballots(rules, box, 120, 120)
    verdict = decide(rules, count)

    assert verdict == decide(rules, count_ballots(rules, sorted(box, reverse=True), 120, 120))
    assert sum(option.approve for option in count.options) + count.invalid == count.cast == len(box)
    assert len(verdict.elected) + verdict.unfilled == seats
    assert not set(verdict.elected) & set(verdict.run_off)


@given(st.lists(st.sampled_from(KEYS), min_size=1, max_size=60), st.permutations(KEYS))
def test_a_tie_is_broken_by_nothing_in_the_order_of_the_options(choices: list[str], order: list[str]) -> None:
    threshold = Threshold(Fraction(1, 1000), strict=False, base=Base.VALID)
    rules = ruling(Method.ONE, 4, threshold)
    shuffled = Ruling(Method.ONE, tuple(Choice(key, key) for key in order), threshold)
    box = [approve(choice) for choice in choices]

    verdict, other = (decide(rule, count_ballots(rule, box, 60, 60)) for rule in (rules, shuffled))

    assert (set(verdict.elected), set(verdict.run_off)) == (set(other.elected), set(other.run_off))


def count(rules: Ruling, *votes: int, members: int = 7, present: int = 7) -> Count:
    box = [approve(key) for key, number in zip(KEYS, votes, strict=False) for _ in range(number)]
    return count_ballots(rules, box, members, present)


def test_a_round_without_quorum_has_no_result_whatever_the_votes() -> None:
    rules = ruling(Method.ONE, 2, Threshold(HALF, strict=True, base=Base.CAST), quorum=Quorum(TWO_THIRDS))

    verdict = decide(rules, count(rules, 4, 0, present=4))

    assert (verdict.outcome, verdict.elected, verdict.quorum_least) == (Outcome.NO_QUORUM, (), 5)


def test_a_single_candidate_without_the_votes_gives_no_result_and_no_run_off() -> None:
    rules = ruling(Method.EACH, 1, Threshold(HALF, strict=True, base=Base.MEMBERS))

    verdict = decide(rules, count_by_hand(rules, {"a": (3, 4, 0)}, Turnout(7, 7, 7)))

    assert (verdict.outcome, verdict.run_off, verdict.unfilled) == (Outcome.NO_RESULT, (), 1)


def test_two_seats_with_one_taken_and_two_left_are_voted_on_again_between_the_two() -> None:
    rules = ruling(Method.EACH, 3, Threshold(HALF, strict=True, base=Base.MEMBERS), seats=2)
    rows = {"a": (6, 1, 0), "b": (3, 4, 0), "c": (1, 6, 0)}

    verdict = decide(rules, count_by_hand(rules, rows, Turnout(7, 7, 7)))

    assert (verdict.outcome, verdict.elected, verdict.run_off) == (Outcome.RUN_OFF, ("a",), ("b", "c"))


def test_a_lot_settles_a_tie_only_where_the_rules_say_lot() -> None:
    threshold = Threshold(Fraction(1, 3), strict=False, base=Base.VALID)
    by_lot = ruling(Method.ONE, 3, threshold, tie_break=TieBreak.LOT)
    again = ruling(Method.ONE, 3, threshold)
    tied = decide(by_lot, count(by_lot, 3, 3, 1))

    settled = settle_tie(by_lot, tied, ["b"], TieBreak.LOT)

    assert (settled.elected, settled.run_off, settled.outcome) == (("b",), (), Outcome.DECIDED)
    for rules, chosen, manner in [
        (again, ["b"], TieBreak.LOT),
        (by_lot, ["b"], TieBreak.CHAIR),
        (by_lot, ["c"], TieBreak.LOT),
        (by_lot, ["a", "b"], TieBreak.LOT),
        (again, ["b"], TieBreak.RUN_OFF),
    ]:
        with pytest.raises(NotATie):
            settle_tie(rules, decide(rules, count(rules, 3, 3, 1)), chosen, manner)


def test_a_unit_barred_from_voting_on_itself_leaves_the_denominators_of_its_own_option_only() -> None:
    rules = ruling(Method.EACH, 2, Threshold(TWO_THIRDS, strict=False, base=Base.MEMBERS), seats=None)
    marks = [("a", Answer.APPROVE)] * 4 + [("a", Answer.REJECT)] * 2 + [("b", Answer.APPROVE)] * 4
    marks += [("b", Answer.REJECT)] * 3

    verdict = decide(rules, count_marks(rules, marks, Turnout(7, 7, 7), [Barred("a", 1, 1, 1)]))

    assert [(row.whole, row.least) for row in verdict.options] == [(6, 4), (7, 5)]
    assert verdict.elected == ("a",)


@pytest.mark.parametrize(
    ("row", "turnout"),
    [
        ((4, 4, 0), Turnout(7, 7, 7)),
        ((4, 2, 0), Turnout(7, 7, 7)),
        ((-1, 4, 4), Turnout(7, 7, 7)),
        ((8, 0, 0), Turnout(7, 7, 8)),
        ((0, 0, 0), Turnout(7, 7, 3, invalid=4)),
    ],
)
def test_figures_of_the_tally_team_that_do_not_add_up_are_refused(row: tuple[int, int, int], turnout: Turnout) -> None:
    rules = ruling(Method.EACH, 1, Threshold(HALF, strict=True, base=Base.MEMBERS))

    with pytest.raises(CountMismatch):
        count_by_hand(rules, {"a": row}, turnout)


def test_paper_ballots_with_one_choice_each_must_add_up_to_the_ballots_that_chose() -> None:
    rules = ruling(Method.ONE, 2, Threshold(HALF, strict=True, base=Base.VALID))

    good = count_by_hand(rules, {"a": (3, 0, 0), "b": (2, 0, 0)}, Turnout(7, 7, 7, invalid=1, blank=1))

    assert (good.valid, good.invalid, good.blank) == (5, 2, 1)
    with pytest.raises(CountMismatch, match="không khớp với 5 phiếu"):
        count_by_hand(rules, {"a": (3, 0, 0), "b": (3, 0, 0)}, Turnout(7, 7, 7, invalid=1, blank=1))


@pytest.mark.parametrize(
    "settings",
    [{"seats": None}, {"up_to": 2}, {"seats": 0}],
)
def test_rules_that_contradict_themselves_cannot_be_written(settings: dict[str, int | None]) -> None:
    with pytest.raises(ValueError, match=r"seat|up_to"):
        ruling(Method.ONE, 3, THRESHOLDS[0], **settings)
