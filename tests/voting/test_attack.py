"""An attacker with the whole database after closing does no better than guessing.

Whatever orders the rows of the roll (key, place in the file, age, last change) is laid beside the marks of the urn, which
is the best that anybody can do: the urn has no other order than that of its sorted marks.
"""

import random
from collections.abc import Iterator

from django.db import connection

from tests.cast import Cast
from tests.voting.conftest import LATER, NOON, choose, rules
from voting.actions import cast_ballot, close_round, open_round, publish_result, set_up_poll
from voting.models import Round, Urn

ELECTIONS = 40
SPLIT = ["2", "2", "2", "2", "7", "7", "7"]
Unit = int


def hold(cast: Cast, dice: random.Random) -> tuple[Round, dict[Unit, str]]:
    """Hold one election with the choices dealt at random and cast in a random order; return who chose what."""
    poll = set_up_poll(cast.year, title="Bầu", by=None)
    round_ = open_round(poll, ruling=rules(), by=None, at=NOON)
    dealt = dict(zip(cast.memberships.values(), dice.sample(SPLIT, 7), strict=True))
    for member in dice.sample(list(dealt), 7):
        cast_ballot(round_, membership=member, marks=choose(dealt[member]), by=None, at=NOON)
    publish_result(close_round(round_, by=None, at=LATER), by=None, at=LATER)
    return round_, {member.pk: choice for member, choice in dealt.items()}


def orders_of_the_roll(round_: Round) -> Iterator[tuple[str, list[Unit]]]:
    """Every order in which the database can tell the rows of the roll: what is behind SELECT without ORDER BY, too."""
    hidden = ["ctid", "xmin::text::bigint"] if connection.vendor == "postgresql" else ["rowid"]
    with connection.cursor() as cursor:
        for column in ["id", "membership_id", "attended", "delegate", *hidden]:
            cursor.execute(
                f"SELECT membership_id FROM voting_rollentry WHERE round_id = %s ORDER BY {column}",  # noqa: S608 - columns named here
                [round_.pk],
            )
            yield column, [row[0] for row in cursor.fetchall()]
        cursor.execute("SELECT membership_id FROM voting_rollentry WHERE round_id = %s", [round_.pk])
        yield "as stored", [row[0] for row in cursor.fetchall()]


def guessed(order: list[Unit], marks: list[list[str]]) -> dict[Unit, str]:
    """Lay the marks of the urn, as they are stored, beside the units in an order."""
    return {unit: key for unit, (key, _) in zip(order, marks, strict=True)}


def test_no_order_of_the_roll_laid_beside_the_urn_tells_more_than_guessing(seven: Cast) -> None:
    dice = random.Random(2024)  # noqa: S311 - a repeatable attack
    hits: dict[str, int] = {}

    for _ in range(ELECTIONS):
        round_, truth = hold(seven, dice)
        marks = Urn.objects.get(round=round_).marks
        for name, order in orders_of_the_roll(round_):
            for attack, guess in ((name, order), (f"{name} backwards", order[::-1])):
                found = guessed(guess, marks)
                hits[attack] = hits.get(attack, 0) + sum(found[unit] == truth[unit] for unit in truth)

    chance = ELECTIONS * (4 * 4 + 3 * 3) / 7
    spread = 4 * (ELECTIONS * 12 / 7) ** 0.5
    assert {name: number for name, number in hits.items() if abs(number - chance) > spread} == {}


def test_the_rows_of_the_roll_are_of_one_age_and_lie_in_the_order_of_the_units(seven: Cast) -> None:
    round_, _ = hold(seven, random.Random(7))  # noqa: S311 - any order will do

    orders = dict(orders_of_the_roll(round_))

    assert orders["as stored"] == sorted(orders["as stored"]) == orders["id"]
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT count(DISTINCT xmin::text) FROM voting_rollentry WHERE round_id = %s", [round_.pk])
            assert cursor.fetchone()[0] == 1
            assert orders["ctid"] == orders["id"]
