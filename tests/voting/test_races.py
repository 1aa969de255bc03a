"""Two at once: a double click, casting against closing, two openers. On PostgreSQL, with threads."""

import threading
from collections.abc import Callable

import pytest
from django.db import close_old_connections, connection

from blocs.errors import Refusal
from tests.cast import Cast, make_cast
from tests.voting.conftest import LATER, NOON, choose, rules
from voting.actions import cast_ballot, close_round, enter_count, open_round, set_up_poll
from voting.models import Ballot, Round, Urn
from voting.queries import verdict_of
from voting.tally import Conduct, Form

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def seven(transactional_db: None) -> Cast:
    if connection.vendor != "postgresql":
        pytest.skip("races are tried on PostgreSQL")
    return make_cast(members=7)


def at_once(*acts: Callable[[], object]) -> list[str]:
    """Run the acts in threads that start together; return "" for done, else the name of the refusal."""
    gate, outcomes = threading.Barrier(len(acts)), ["?"] * len(acts)

    def run(place: int, act: Callable[[], object]) -> None:
        gate.wait()
        try:
            act()
            outcomes[place] = ""
        except Refusal as refusal:
            outcomes[place] = type(refusal).__name__
        finally:
            close_old_connections()
            connection.close()

    threads = [threading.Thread(target=run, args=pair) for pair in enumerate(acts)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    return outcomes


def start(cast: Cast, form: Form) -> Round:
    poll = set_up_poll(cast.year, title="Bầu Trưởng khối", by=None)
    return open_round(poll, ruling=rules(form), by=None, at=NOON)


def caster(round_: Round, cast: Cast, unit: str, key: str) -> Callable[[], None]:
    return lambda: cast_ballot(round_, membership=cast.memberships[unit], marks=choose(key), by=None, at=NOON)


@pytest.mark.parametrize("form", [Form.OPEN, Form.SECRET])
def test_a_double_click_casts_one_ballot(seven: Cast, form: Form) -> None:
    round_ = start(seven, form)

    outcomes = at_once(*(caster(round_, seven, "BQL-1", "2") for _ in range(4)))

    assert sorted(outcomes) == ["", "AlreadyCast", "AlreadyCast", "AlreadyCast"]
    assert round_.roll.filter(cast=True).count() == 1
    kept = len(Urn.objects.get().marks) if form == Form.SECRET else Ballot.objects.count()
    assert kept == 1


@pytest.mark.parametrize("form", [Form.OPEN, Form.SECRET])
def test_all_units_casting_at_once_lose_no_ballot(seven: Cast, form: Form) -> None:
    round_ = start(seven, form)

    outcomes = at_once(*(caster(round_, seven, f"BQL-{number}", "2") for number in range(1, 8)))

    assert outcomes == [""] * 7
    assert verdict_of(close_round(round_, by=None, at=LATER)).option("2").count.approve == 7


@pytest.mark.parametrize("form", [Form.OPEN, Form.SECRET])
def test_a_ballot_cast_against_closing_is_counted_or_refused_and_never_both(seven: Cast, form: Form) -> None:
    round_ = start(seven, form)
    acts = [caster(round_, seven, f"BQL-{number}", "2") for number in range(1, 7)]

    outcomes = at_once(*acts, lambda: close_round(round_, by=None, at=LATER))

    assert outcomes[-1] == ""
    assert set(outcomes[:-1]) <= {"", "BallotTooLate"}
    counted = verdict_of(Round.objects.get()).option("2").count.approve
    assert counted == outcomes[:-1].count("") == round_.roll.filter(cast=True).count()


def test_two_openers_open_one_round(seven: Cast) -> None:
    poll = set_up_poll(seven.year, title="Bầu Trưởng khối", by=None)

    outcomes = at_once(*[lambda: open_round(poll, ruling=rules(), by=None, at=NOON)] * 2)

    assert sorted(outcomes) == ["", "RoundRunning"]
    assert Round.objects.count() == 1


@pytest.mark.parametrize("form", [Form.OPEN, Form.SECRET])
def test_sixty_units_that_all_click_twice_cast_sixty_ballots(transactional_db: None, form: Form) -> None:
    if connection.vendor != "postgresql":
        pytest.skip("races are tried on PostgreSQL")
    cast = make_cast(members=60)
    round_ = start(cast, form)

    outcomes: list[str] = []
    for first in range(1, 61, 20):  # the server admits a hundred connections
        units = [f"BQL-{number}" for number in range(first, first + 20)]
        outcomes += at_once(*(caster(round_, cast, unit, "2") for unit in units for _ in range(2)))

    assert (outcomes.count(""), outcomes.count("AlreadyCast")) == (60, 60)
    assert verdict_of(close_round(round_, by=None, at=LATER)).option("2").count.approve == 60


def test_two_who_close_at_once_close_one_round_once(seven: Cast) -> None:
    round_ = start(seven, Form.SECRET)
    caster(round_, seven, "BQL-1", "2")()

    outcomes = at_once(*[lambda: close_round(round_, by=None, at=LATER)] * 3)

    assert sorted(outcomes) == ["", "NotNow", "NotNow"]
    assert verdict_of(Round.objects.get()).count.cast == 1


def test_two_people_typing_the_same_paper_totals_at_once_agree(seven: Cast) -> None:
    poll = set_up_poll(seven.year, title="Bầu Trưởng khối", by=None)
    round_ = open_round(poll, ruling=rules(Form.SECRET, Conduct.PAPER), by=None, at=NOON)
    votes = {"2": (4, 0, 0), "7": (3, 0, 0)}

    outcomes = at_once(
        *(
            lambda unit=unit: enter_count(round_, votes=votes, returned=7, by=seven.heads[unit], at=LATER)
            for unit in ("BQL-1", "BQL-3")
        )
    )

    assert outcomes == ["", ""]
    assert Round.objects.get().is_counted
