"""After a secret round no table tells who chose what, whatever the order of casting."""

import json
from collections.abc import Callable, Iterator
from itertools import permutations
from typing import Any

import pytest
from django.apps import apps
from django.db import connection, models

from tests.cast import Cast
from tests.voting.conftest import LATER, NOON, choose
from voting.actions import cast_ballot, close_round, publish_result
from voting.models import Round, Urn

Start = Callable[..., Round]
SPLIT = {"BQL-1": "7", "BQL-2": "2", "BQL-3": "7", "BQL-4": "2", "BQL-5": "2", "BQL-6": "2", "BQL-7": "7"}


def every_row() -> Iterator[tuple[str, str]]:
    """Every row of every table of the database as text."""
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")  # noqa: S608 - names from the database
            for row in cursor.fetchall():
                yield table, json.dumps(row, default=str, ensure_ascii=False)


def image_without_clock(cast: Cast, order: list[str], start: Start) -> dict[str, list[Any]]:
    round_ = start()
    for unit in order:
        membership, head = cast.memberships[unit], cast.heads[unit]
        cast_ballot(round_, membership=membership, marks=choose(SPLIT[unit]), by=head, at=NOON)
    publish_result(close_round(round_, by=None, at=LATER), by=None, at=LATER)
    return {
        "roll": list(round_.roll.order_by("pk").values_list("membership", "cast", "present")),
        "urn": Urn.objects.get(round=round_).marks,
    }


def test_no_table_links_a_unit_to_a_choice(seven: Cast, start: Start) -> None:
    round_ = start()
    before = set(every_row())

    cast_ballot(round_, membership=seven.memberships["BQL-3"], marks=choose("7"), by=seven.heads["BQL-3"], at=NOON)

    added = [row for row in every_row() if row not in before]
    assert sorted(table for table, _ in added) == ["voting_rollentry", "voting_urn"]
    entry, urn = (next(text for table, text in added if table == name) for name in ("voting_rollentry", "voting_urn"))
    assert "approve" not in entry
    assert json.loads(json.loads(urn)[-1]) == [["7", "approve"]]
    assert len(json.loads(urn)) == 2


def test_what_is_stored_does_not_depend_on_the_order_of_casting(seven: Cast, start: Start) -> None:
    orders = [list(order) for order in list(permutations(SPLIT))[::720]]

    images = [image_without_clock(seven, order, start) for order in orders]

    assert len(images) == 7
    assert all(image == images[0] for image in images)


@pytest.mark.parametrize("name", ["Urn", "RollEntry"])
def test_the_urn_and_the_roll_have_no_column_that_could_hold_a_time_or_a_person(name: str) -> None:
    fields = apps.get_model("voting", name)._meta.get_fields()

    kinds = {type(field) for field in fields if field.concrete}
    people = [field.name for field in fields if field.is_relation and field.related_model._meta.label == "blocs.User"]

    assert not kinds & {models.DateTimeField, models.DateField, models.TimeField}
    assert people == []


def test_the_urn_is_one_row_per_round(seven: Cast, start: Start) -> None:
    image_without_clock(seven, list(SPLIT), start)

    assert Urn.objects.count() == 1
    assert Urn._meta.pk is not None
    assert Urn._meta.pk.name == "round"
