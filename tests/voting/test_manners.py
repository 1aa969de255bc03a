"""How a round may be held besides ballots on the system: paper counted twice, letters, a roll kept at closing."""

import datetime as dt
from collections.abc import Callable
from dataclasses import replace

import pytest
from django.core.files.base import ContentFile

from home.demo.pledges import made_up_scan
from tests.cast import Cast
from tests.voting.conftest import LATER, NOON, choose, rules
from voting.actions import (
    BallotTooLate,
    CountRefused,
    PaperMissing,
    ReplyTooLate,
    RoundsSpent,
    cast_ballot,
    close_round,
    enter_count,
    enter_show_of_hands,
    open_next_round,
    publish_result,
    record_reply,
)
from voting.models import Ballot, Reply, RollEntry, Round
from voting.queries import disagreements, replies_of, result_view, roll_view, verdict_of
from voting.tally import Conduct, Form

Start = Callable[..., Round]
RETURNED = {"2": (4, 0, 0), "7": (3, 0, 0)}
OTHERWISE = {"2": (3, 0, 0), "7": (4, 0, 0)}
NOVEMBER = dt.date(2024, 12, 2)


def letter() -> ContentFile:
    return ContentFile(made_up_scan("minh hoa"), name="y-kien.pdf")


def reply(round_: Round, cast: Cast, unit: str, key: str, **more: object) -> Reply:
    given: dict[str, object] = {"number": "12/CV", "dated_on": NOVEMBER, "paper": letter(), "by": None, "at": NOON}
    return record_reply(round_, membership=cast.memberships[unit], marks=choose(key), **(given | more))  # type: ignore[arg-type]


def test_paper_totals_wait_for_a_second_person_who_types_the_same(seven: Cast, start: Start) -> None:
    round_ = start(rules(Form.SECRET, Conduct.PAPER))

    first = enter_count(round_, votes=RETURNED, returned=7, by=seven.heads["BQL-1"], at=NOON)
    second = enter_count(round_, votes=RETURNED, returned=7, by=seven.heads["BQL-3"], at=LATER)

    assert (first.state, second.state) == (Round.State.CLOSED, Round.State.COUNTED)
    assert verdict_of(second).elected == ("2",)


def test_the_same_person_twice_is_one_person(seven: Cast, start: Start) -> None:
    round_ = start(rules(Form.SECRET, Conduct.PAPER))

    for _ in range(2):
        round_ = enter_count(round_, votes=RETURNED, returned=7, by=seven.heads["BQL-1"], at=NOON)

    assert round_.state == Round.State.CLOSED
    assert disagreements(round_) == ()


def test_two_counts_that_differ_name_the_lines_and_no_figure(seven: Cast, start: Start) -> None:
    round_ = start(rules(Form.SECRET, Conduct.PAPER))

    enter_count(round_, votes=RETURNED, returned=7, by=seven.heads["BQL-1"], at=NOON)
    differing = enter_count(round_, votes=OTHERWISE, returned=7, by=seven.heads["BQL-3"], at=NOON)

    assert differing.state == Round.State.CLOSED
    assert disagreements(differing) == ("Tuyên Quang", "Phú Thọ")


def test_the_first_person_may_correct_and_the_two_then_agree(seven: Cast, start: Start) -> None:
    round_ = start(rules(Form.SECRET, Conduct.PAPER))
    enter_count(round_, votes=OTHERWISE, returned=7, by=seven.heads["BQL-1"], at=NOON)
    enter_count(round_, votes=RETURNED, returned=7, by=seven.heads["BQL-3"], at=NOON)

    agreed = enter_count(round_, votes=RETURNED, returned=7, by=seven.heads["BQL-1"], at=LATER)

    assert verdict_of(agreed).option("2").count.approve == 4


def test_paper_totals_that_do_not_add_up_are_kept_for_nobody(seven: Cast, start: Start) -> None:
    round_ = start(rules(Form.SECRET, Conduct.PAPER))

    with pytest.raises(CountRefused, match="không khớp"):
        enter_count(round_, votes=RETURNED, returned=6, by=seven.heads["BQL-1"], at=NOON)

    assert round_.paper_counts.count() == 0


def test_letters_are_counted_with_their_number_date_and_paper(seven: Cast, start: Start) -> None:
    round_ = start(rules(Form.OPEN, Conduct.WRITING))
    for unit, key in {"BQL-1": "2", "BQL-2": "2", "BQL-3": "2", "BQL-4": "2", "BQL-5": "7"}.items():
        reply(round_, seven, unit, key)

    verdict = publish_result(close_round(round_, by=None, at=LATER), by=None, at=LATER)

    rows = replies_of(round_)
    assert (verdict.elected, verdict.count.cast) == (("2",), 5)
    assert [row.answered for row in rows] == [True] * 5 + [False] * 2
    assert rows[0].citation == "Số 12/CV ngày 02/12/2024"
    assert rows[0].paper is not None


def test_a_letter_entered_again_replaces_the_first_until_closing(seven: Cast, start: Start) -> None:
    round_ = start(rules(Form.OPEN, Conduct.WRITING))
    reply(round_, seven, "BQL-1", "2")
    again = reply(round_, seven, "BQL-1", "7", paper=None)

    assert Reply.objects.get().marks == [["7", "approve"]]
    assert again.paper is not None
    close_round(round_, by=None, at=LATER)
    with pytest.raises(ReplyTooLate, match="Đã kết thúc lấy ý kiến"):
        reply(round_, seven, "BQL-2", "2")


@pytest.mark.parametrize("wrong", [{"paper": None}, {"dated_on": dt.date(2024, 12, 6)}])
def test_a_letter_has_a_paper_and_a_date_that_has_come(seven: Cast, start: Start, wrong: dict[str, object]) -> None:
    round_ = start(rules(Form.OPEN, Conduct.WRITING))

    with pytest.raises(PaperMissing, match="Chưa ghi được"):
        reply(round_, seven, "BQL-1", "2", by=seven.heads["BQL-1"], **wrong)

    assert not RollEntry.objects.filter(cast=True).exists()


def test_letters_are_refused_where_the_round_is_held_otherwise(seven: Cast, start: Start) -> None:
    with pytest.raises(ReplyTooLate, match="không lấy ý kiến bằng văn bản"):
        reply(start(), seven, "BQL-1", "2")


def test_the_last_of_several_open_ballots_counts_where_the_rules_allow_changing(seven: Cast, start: Start) -> None:
    round_ = start(rules(Form.OPEN), may_change=True)
    for key in ("7", "2"):
        cast_ballot(round_, membership=seven.memberships["BQL-1"], marks=choose(key), by=None, at=NOON)

    closed = close_round(round_, by=None, at=LATER)

    assert Ballot.objects.count() == 1
    assert verdict_of(closed).option("2").count.approve == 1
    with pytest.raises(BallotTooLate):
        cast_ballot(round_, membership=seven.memberships["BQL-1"], marks=choose("7"), by=None, at=LATER)


@pytest.mark.parametrize("form", [Form.OPEN, Form.SECRET])
def test_the_roll_keeps_at_closing_who_was_there_and_for_whom(seven: Cast, start: Start, form: Form) -> None:
    round_ = start(rules(form))
    there = {seven.memberships["BQL-1"].pk: ("present", "Nguyễn A"), seven.memberships["BQL-2"].pk: ("proxy", "Trần B")}

    close_round(round_, by=None, at=LATER, delegates=there)

    kept = list(round_.roll.values_list("attended", "delegate"))
    assert kept == [("present", "Nguyễn A"), ("proxy", "Trần B")] + [("", "")] * 5
    assert [how for _, how in roll_view(round_).there] == ["Có mặt (Nguyễn A)", "Ủy quyền (Trần B)"]


def test_the_roll_keeps_delegates_of_a_show_of_hands_too(seven: Cast, start: Start) -> None:
    round_ = start(rules(Form.OPEN, Conduct.HANDS))
    there = {seven.memberships["BQL-1"].pk: ("proxy", "Trần B")}

    enter_show_of_hands(round_, votes={"2": (5, 0, 0), "7": (2, 0, 0)}, present=7, by=None, at=LATER, delegates=there)

    assert round_.roll.get(membership=seven.memberships["BQL-1"]).delegate == "Trần B"


def test_no_more_rounds_are_held_than_the_rules_allow(seven: Cast, start: Start) -> None:
    ruling = replace(rules(Form.OPEN), most_rounds=1)
    round_ = start(ruling)
    for number, key in enumerate("222777", start=1):
        cast_ballot(round_, membership=seven.memberships[f"BQL-{number}"], marks=choose(key), by=None, at=NOON)
    close_round(round_, by=None, at=LATER)
    publish_result(round_, by=None, at=LATER)

    with pytest.raises(RoundsSpent, match="báo cáo cơ quan tổ chức khối"):
        open_next_round(round_, by=None, at=LATER)


def test_only_met_or_not_met_is_published_where_the_rules_say_so(seven: Cast, start: Start) -> None:
    round_ = start(rules(Form.SECRET), publishes=Round.Publishes.THRESHOLD)
    for number, key in enumerate("2222777", start=1):
        cast_ballot(round_, membership=seven.memberships[f"BQL-{number}"], marks=choose(key), by=None, at=NOON)
    publish_result(close_round(round_, by=None, at=LATER), by=None, at=LATER)

    shown = result_view(Round.objects.get(pk=round_.pk))

    assert shown.standings == (("Tuyên Quang", "Đạt", "s-ok"), ("Phú Thọ", "Chưa đạt", ""))
    assert (shown.rows, shown.turnout, shown.quorum) == ((), "", "")
