"""Every box of up to seven ballots over up to four options, against results that are defined and not computed."""

from __future__ import annotations

from fractions import Fraction
from itertools import combinations, combinations_with_replacement, product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.voting.test_tally import KEYS, approve, assert_as_defined, least_by_trying, ruling
from voting.tally import (
    SETTLED,
    Answer,
    Base,
    Mark,
    Method,
    NotATie,
    Outcome,
    Quorum,
    Standing,
    Threshold,
    TieBreak,
    conclusion_sentence,
    count_ballots,
    decide,
    settle_tie,
    verdict_sentences,
)

HALF = Fraction(1, 2)


@pytest.mark.parametrize(("up_to", "seats"), [(2, 1), (2, 2), (3, 2)])
def test_choosing_up_to_k_of_four_agrees_with_the_definition_for_every_box_of_seven(up_to: int, seats: int) -> None:
    chosen = [approve(*keys) for size in range(1, up_to + 1) for keys in combinations(KEYS, size)]
    kinds = [*chosen, ()]
    rules = {
        base: ruling(Method.UP_TO, 4, Threshold(HALF, strict=True, base=base), up_to=up_to, seats=seats)
        for base in Base
    }
    boxes, decided = list(combinations_with_replacement(kinds, 7))[:: 1 if up_to == 2 else 7], set()
    for box in boxes:
        votes = {key: sum((key, Answer.APPROVE) in ballot for ballot in box) for key in KEYS}
        wholes = {Base.MEMBERS: 7, Base.PRESENT: 7, Base.CAST: 7, Base.VALID: sum(ballot != () for ballot in box)}
        counted = count_ballots(rules[Base.CAST], box, 7, 7)
        assert {option.key: option.approve for option in counted.options} == votes
        if counted in decided:
            continue
        decided.add(counted)
        for rule in rules.values():
            assert_as_defined(rule, decide(rule, counted), votes, wholes)


@pytest.mark.parametrize("base", list(Base))
@pytest.mark.parametrize("counted", [Base.PRESENT, Base.CAST])
def test_quorum_presence_and_abstentions_agree_with_the_definition_for_seven_voters(base: Base, counted: Base) -> None:
    threshold, quorum = Threshold(Fraction(2, 3), strict=False, base=base), Quorum(Fraction(2, 3), counted=counted)
    rules = ruling(Method.EACH, 1, threshold, quorum=quorum, abstention_is_valid=False, seats=1)
    for present, yes, no, none in product(range(8), repeat=4):
        cast = yes + no + none
        if cast > present:
            continue
        box = [approve("a")] * yes + [(("a", Answer.REJECT),)] * no + [(("a", Answer.ABSTAIN),)] * none

        verdict = decide(rules, count_ballots(rules, box, 7, present))

        enough = 3 * {Base.PRESENT: present, Base.CAST: cast}[counted] >= 2 * 7
        whole = {Base.MEMBERS: 7, Base.PRESENT: present, Base.CAST: cast, Base.VALID: yes + no}[base]
        won = enough and yes >= max(1, least_by_trying(threshold, whole))
        assert (verdict.outcome == Outcome.NO_QUORUM) == (not enough)
        assert (verdict.elected == ("a",)) == won


MARKS = st.dictionaries(st.sampled_from(KEYS), st.sampled_from([Answer.APPROVE, Answer.REJECT, Answer.ABSTAIN]))


@given(
    ballots=st.lists(MARKS.map(lambda marks: tuple(marks.items())), max_size=80),
    seats=st.one_of(st.none(), st.integers(1, 4)),
    base=st.sampled_from(list(Base)),
    share=st.fractions(min_value=Fraction(1, 20), max_value=1, max_denominator=100),
)
def test_with_any_number_of_voters_no_vote_is_lost_and_no_tie_has_a_winner(
    ballots: list[tuple[Mark, ...]], seats: int | None, base: Base, share: Fraction
) -> None:
    rules = ruling(Method.EACH, 4, Threshold(share, strict=False, base=base), seats=seats, blank_is_valid=True)

    verdict = decide(rules, count_ballots(rules, ballots, 100, 90))

    for row in verdict.options:
        said = [dict(ballot).get(row.count.key, Answer.ABSTAIN) for ballot in ballots]
        assert (row.count.approve, row.count.reject) == (said.count(Answer.APPROVE), said.count(Answer.REJECT))
        assert row.count.approve + row.count.reject + row.count.abstain == len(ballots)
    if seats is not None:
        votes = {row.count.key: row.count.approve for row in verdict.options}
        losers = [votes[key] for key in KEYS if key not in verdict.elected]
        assert len(verdict.elected) <= seats
        assert all(
            votes[key] > other or other < verdict.option(key).least for key in verdict.elected for other in losers
        )


@given(votes=st.lists(st.sampled_from(KEYS), max_size=40), manner=st.sampled_from(list(TieBreak)), last=st.booleans())
def test_every_verdict_is_a_sentence_without_half_a_vote(votes: list[str], manner: TieBreak, last: bool) -> None:  # noqa: FBT001
    rules = ruling(
        Method.ONE, 4, Threshold(HALF, strict=True, base=Base.MEMBERS), tie_break=manner, most_rounds=1 if last else 0
    )

    verdict = decide(rules, count_ballots(rules, [approve(key) for key in votes], 40, 40))

    sentences = verdict_sentences(rules, verdict)
    assert all(sentence.endswith(".") for sentence in sentences)
    assert not any(",5 " in sentence for sentence in sentences)
    if verdict.outcome != Outcome.DECIDED:
        assert ("báo cáo cơ quan tổ chức khối" in sentences[-1]) == (
            last or (verdict.tied and manner == TieBreak.AUTHORITY)
        )


def tied(manner: TieBreak, **more: int) -> tuple:
    rules = ruling(Method.ONE, 2, Threshold(Fraction(1, 3), strict=False, base=Base.MEMBERS), tie_break=manner, **more)
    return rules, decide(rules, count_ballots(rules, [approve("a")] * 3 + [approve("b")] * 3, 7, 7))


def test_a_tie_that_goes_to_the_authority_is_settled_by_nobody_here() -> None:
    rules, verdict = tied(TieBreak.AUTHORITY)

    assert conclusion_sentence(rules, verdict) == (
        "A và B có số phiếu bằng nhau (03 phiếu); báo cáo cơ quan tổ chức khối xem xét, quyết định."
    )
    for manner in TieBreak:
        with pytest.raises(NotATie):
            settle_tie(rules, verdict, ["a"], manner)


def test_after_the_last_round_the_conclusion_names_the_authority_and_the_rounds_spent() -> None:
    rules, verdict = tied(TieBreak.RUN_OFF, most_rounds=2)

    assert conclusion_sentence(rules, verdict, 2).endswith("cần bỏ phiếu lần thứ hai giữa các đơn vị này.")
    assert conclusion_sentence(rules, verdict, 3) == (
        "A và B có số phiếu bằng nhau (03 phiếu); báo cáo cơ quan tổ chức khối xem xét, quyết định."
        " Đã bỏ phiếu đủ 02 lần theo thể lệ."
    )


def test_a_conclusion_without_figures_does_not_tell_the_number_of_equal_votes() -> None:
    rules, verdict = tied(TieBreak.LOT)

    assert "03" not in conclusion_sentence(rules, verdict, with_figures=False)


@pytest.mark.parametrize("manner", SETTLED)
def test_a_lot_or_the_chair_never_decides_where_each_option_stands_alone(manner: TieBreak) -> None:
    with pytest.raises(ValueError, match="seats only"):
        ruling(Method.EACH, 2, Threshold(HALF, strict=True, base=Base.MEMBERS), seats=None, tie_break=manner)


def test_a_single_candidate_and_an_acclamation_are_won_and_lost_by_the_same_threshold() -> None:
    rules = ruling(Method.EACH, 1, Threshold(HALF, strict=True, base=Base.MEMBERS))

    standings = [
        decide(rules, count_ballots(rules, [approve("a")] * number, 7, 7)).option("a").standing for number in (3, 4)
    ]

    assert standings == [Standing.SHORT, Standing.WON]
