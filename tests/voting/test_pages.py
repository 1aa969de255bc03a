"""The partials of a vote: what the ballot, the result and the roll say, and what they never say."""

from collections.abc import Callable
from typing import Any

import pytest
from django.template.loader import render_to_string

from tests.cast import Cast
from tests.voting.conftest import LATER, NOON, choose, rules
from voting.actions import cast_ballot, close_round, publish_result
from voting.forms import BallotForm, HandsForm
from voting.models import Round
from voting.queries import ballot_view, result_view, roll_view, state_of, waiting_ballots
from voting.tally import Answer, Choice, Conduct, Form, Method

Start = Callable[..., Round]


def page(round_: Round, cast: Cast, unit: str = "BQL-3", data: dict[str, Any] | None = None) -> str:
    view = ballot_view(round_, cast.heads[unit])
    assert view is not None
    return render_to_string("voting/ballot.html", {"ballot": view, "form": BallotForm(view, data), "action": "/phieu/"})


def test_the_ballot_shows_the_choices_the_blank_ballot_and_what_secrecy_means(seven: Cast, start: Start) -> None:
    html = page(start(), seven)

    for words in ("Tuyên Quang", "Phú Thọ", "phiếu trắng", "Kiểm tra phiếu", "Phiếu kín.", "theo dõi cơ sở dữ liệu"):
        assert words in html
    assert "btn-primary" not in html
    assert "data-keep" not in html


def test_checking_shows_what_would_be_cast_and_only_then_the_red_button(seven: Cast, start: Start) -> None:
    html = page(start(), seven, data={"step": "check", "choice": "7"})

    assert '<input type="hidden" name="choice" value="7">' in html
    assert '<input type="hidden" name="step" value="cast">' in html
    assert html.count("btn-primary") == 1
    assert "Phiếu đã bỏ không sửa, không rút lại được." in html


@pytest.mark.parametrize(("data", "marks"), [({"choice": "7"}, choose("7")), ({"choice": "-"}, [])])
def test_the_second_request_casts_what_the_first_showed(
    seven: Cast, start: Start, data: dict[str, str], marks: list[Any]
) -> None:
    view = ballot_view(start(), seven.heads["BQL-3"])
    assert view is not None

    form = BallotForm(view, data | {"step": "cast"})

    assert (form.is_confirmed, form.marks) == (True, marks)


def test_a_ballot_without_a_choice_says_so_and_is_not_cast(seven: Cast, start: Start) -> None:
    html = page(start(), seven, data={"step": "cast"})

    assert "Chưa chọn đơn vị." in html
    assert 'value="cast"' not in html


def test_each_nominee_is_answered_and_the_unit_does_not_judge_itself(seven: Cast, start: Start) -> None:
    own = {"2": seven.memberships["BQL-2"]}
    round_ = start(rules(Form.OPEN, method=Method.EACH, seats=None), own_of=own, may_vote_on_itself=False)

    html = page(round_, seven, "BQL-2")
    view = ballot_view(round_, seven.heads["BQL-2"])
    assert view is not None
    form = BallotForm(view, {"step": "cast", "option-7": "reject"})

    assert "Không tham gia xét đơn vị mình." in html
    assert form.is_confirmed
    assert form.marks == [("7", Answer.REJECT)]


def test_choosing_up_to_two_refuses_three(seven: Cast, start: Start) -> None:
    options = tuple(Choice(str(number), f"Đơn vị {number}") for number in range(4))
    view = ballot_view(start(rules(method=Method.UP_TO, up_to=2, seats=2, options=options)), seven.heads["BQL-1"])
    assert view is not None

    three = BallotForm(view, {"step": "cast", "choice": ["0", "1", "2"]})
    two = BallotForm(view, {"step": "cast", "choice": ["0", "1"]})

    assert three.errors["choice"] == ["Đã chọn 03 đơn vị; mỗi phiếu chọn tối đa 02 đơn vị."]
    assert two.is_confirmed
    assert two.marks == choose("0", "1")


def test_after_casting_a_secret_ballot_the_page_says_cast_and_never_what(seven: Cast, start: Start) -> None:
    round_ = start()
    cast_ballot(round_, membership=seven.memberships["BQL-3"], marks=choose("7"), by=None, at=NOON)

    html = page(round_, seven)

    assert "Phiếu của đơn vị đã được ghi nhận." in html
    assert "Phú Thọ" not in html
    assert waiting_ballots(seven.heads["BQL-3"], seven.year) == []
    assert [unit.pk for _, unit in waiting_ballots(seven.heads["BQL-4"], seven.year)] == [seven.memberships["BQL-4"].pk]


def test_an_officer_without_authorisation_and_an_official_have_no_ballot(seven: Cast, start: Start) -> None:
    round_ = start()

    assert ballot_view(round_, seven.officers["BQL-3"]) is None
    assert ballot_view(round_, seven.official) is None
    assert ballot_view(None, seven.heads["BQL-3"]) is None


def test_the_roll_says_who_has_voted(seven: Cast, start: Start) -> None:
    round_ = start()
    cast_ballot(round_, membership=seven.memberships["BQL-3"], marks=choose("7"), by=None, at=NOON)

    roll = roll_view(round_)

    assert (roll.voted, roll.of) == ("01", "07")
    assert [name for name, voted in roll.rows if voted] == [seven.memberships["BQL-3"].name]
    assert "01/07 đơn vị đã bỏ phiếu" in render_to_string("voting/roll.html", {"roll": roll})


def counted(round_: Round, cast: Cast, choices: str) -> Round:
    for number, key in enumerate(choices, start=1):
        cast_ballot(round_, membership=cast.memberships[f"BQL-{number}"], marks=choose(key), by=None, at=NOON)
    return close_round(round_, by=None, at=LATER)


def test_no_figure_is_shown_before_publishing_except_to_those_who_count(seven: Cast, start: Start) -> None:
    round_ = counted(start(), seven, "2222777")

    hidden, chair = result_view(round_), result_view(round_, before_publishing=True)

    assert (hidden.shown, hidden.rows, hidden.sentences) == (False, (), ())
    assert [row.approve for row in chair.rows] == ["4/7", "3/7"]
    assert "4/7" not in render_to_string("voting/result.html", {"result": hidden})


def test_the_published_result_prints_its_arithmetic_and_warns_that_few_ballots_tell_much(
    seven: Cast, start: Start
) -> None:
    round_ = counted(start(), seven, "2222777")
    publish_result(round_, by=None, at=LATER)

    html = render_to_string("voting/result.html", {"result": result_view(Round.objects.get())})

    assert "đạt 4/7 phiếu (57,14%), quá một nửa số đơn vị có quyền bỏ phiếu; được bầu làm Trưởng khối" in html
    assert "Chỉ có 07 phiếu" in html
    assert state_of(round_.poll) == ("Đã công bố", "s-ok")


def test_a_unanimous_secret_result_says_that_it_tells_each_choice(seven: Cast, start: Start) -> None:
    round_ = counted(start(), seven, "2222222")

    assert result_view(round_, before_publishing=True).warning.startswith("Tất cả các phiếu giống nhau")


def test_names_are_published_only_in_an_open_round_whose_rules_say_so(seven: Cast, start: Start) -> None:
    named = counted(start(rules(Form.OPEN), publishes=Round.Publishes.NAMES), seven, "2777777")
    plain = counted(start(rules(Form.OPEN)), seven, "2777777")

    for round_ in (named, plain):
        publish_result(round_, by=None, at=LATER)

    first, second = (result_view(Round.objects.get(pk=round_.pk)) for round_ in (named, plain))
    assert first.names[0] == (seven.memberships["BQL-1"].name, "Tuyên Quang: đồng ý")
    assert second.names == ()


def test_outcome_only_publishes_no_figures(seven: Cast, start: Start) -> None:
    round_ = counted(start(publishes=Round.Publishes.OUTCOME), seven, "2222777")
    publish_result(round_, by=None, at=LATER)

    result = result_view(Round.objects.get())

    assert result.sentences == ("Tuyên Quang được bầu làm Trưởng khối.",)


def test_the_form_for_raised_hands_gives_the_votes_as_the_act_takes_them(seven: Cast, start: Start) -> None:
    round_ = start(rules(Form.OPEN, Conduct.HANDS, method=Method.EACH, options=(Choice("2", "Tuyên Quang"),)))

    form = HandsForm(round_, {"present": "6", "approve-2": "5", "reject-2": "1"})

    assert form.is_valid()
    assert (form.present, form.votes) == (6, {"2": (5, 1, None)})
    assert not HandsForm(round_, {"present": "8", "approve-2": "5", "reject-2": "1"}).is_valid()


def test_the_ballot_page_costs_the_same_with_any_number_of_units(
    seven: Cast, start: Start, django_assert_num_queries: Any
) -> None:
    round_ = Round.objects.select_related("poll__year").get(pk=start().pk)
    head = seven.heads["BQL-7"]

    with django_assert_num_queries(4):
        ballot_view(round_, head)
