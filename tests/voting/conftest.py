"""A bloc of seven and the rules its votes are held by."""

import datetime as dt
from collections.abc import Callable
from fractions import Fraction

import pytest

from blocs.clock import at
from tests.cast import Cast, make_cast
from voting.actions import open_round, set_up_poll
from voting.models import Round
from voting.tally import (
    Answer,
    Base,
    Choice,
    Conduct,
    Form,
    Mark,
    Method,
    Ruling,
    Threshold,
    Wording,
)

NOON = at(dt.date(2024, 12, 5), 12)
LATER = at(dt.date(2024, 12, 5), 12, 32)
LEADER = Wording("được bầu làm Trưởng khối", "chưa được bầu làm Trưởng khối", "bầu")


def rules(form: Form = Form.SECRET, conduct: Conduct = Conduct.SYSTEM, **settings: object) -> Ruling:
    """Choose one of two by more than half of the roll, unless the test says otherwise."""
    defaults: dict[str, object] = {
        "method": Method.ONE,
        "options": (Choice("2", "Tuyên Quang"), Choice("7", "Phú Thọ")),
        "threshold": Threshold(Fraction(1, 2), strict=True, base=Base.MEMBERS),
        "form": form,
        "conduct": conduct,
        "wording": LEADER,
    }
    return Ruling(**(defaults | settings))  # type: ignore[arg-type]


def choose(*keys: str) -> list[Mark]:
    return [(key, Answer.APPROVE) for key in keys]


@pytest.fixture
def seven(db: None) -> Cast:
    return make_cast(members=7)


@pytest.fixture
def start(seven: Cast) -> Callable[..., Round]:
    def open_one(ruling: Ruling | None = None, **settings: object) -> Round:
        poll = set_up_poll(seven.year, title="Bầu Trưởng khối năm 2025", by=seven.heads["BQL-1"])
        return open_round(poll, ruling=ruling or rules(), by=seven.heads["BQL-1"], at=NOON, **settings)  # type: ignore[arg-type]

    return open_one
