"""A wide table: forty criteria of every method in three levels, and figures of every kind for them."""

import itertools
from decimal import Decimal

from scoring.actions.filling import record_fields, start_assessment
from scoring.actions.tables import import_criteria
from scoring.plans import TablePlan, TableProperties
from scoring.points import Method
from tests.cast import make_cast
from tests.scoring.stage import NOW, row

METHODS = [
    (Method.POINTS, "step=0.25"), (Method.RATIO, ""), (Method.RATIO, "better=lower"), (Method.ACHIEVED, ""),
    (Method.RUBRIC, "levels=1/0.5/0"), (Method.PER_UNIT, "per_unit=0.5"), (Method.ADJUST, "bonus=2;penalty=1;min=-2"),
    (Method.RELATIVE, ""),
]  # fmt: skip
FIGURES = {
    Method.POINTS: {"points": "3,25"},
    Method.RATIO: {"target": "123456789,123456789", "actual": "100000000,5"},
    Method.ACHIEVED: {"level": "có"},
    Method.RUBRIC: {"level": "2"},
    Method.PER_UNIT: {"count": "7,1250"},
    Method.ADJUST: {"plus": "3", "minus": "1"},
    Method.RELATIVE: {"target": "1500", "actual": "1650,75"},
}


def wide_plan(leaves=40):
    """Return a plan of so many leaves in five groups of three levels."""
    rows, methods = [], itertools.cycle(METHODS)
    for top in range(1, 6):
        rows += [row(f"{top}", f"Nhóm {top}"), row(f"{top}.1", f"Nhóm {top}.1")]
        rows += [
            row(f"{top}.1.{number}", f"Tiêu chí {top}.1.{number}", "5", *next(methods))
            for number in range(1, leaves // 5 + 1)
        ]
    return TablePlan(tuple(rows), TableProperties(total=Decimal(5 * leaves)))


def wide_assessment(leaves=40, members=2):
    """Return the cast and a draft of its first member on a wide table, nothing filled in."""
    cast = make_cast(members)
    table = import_criteria(cast.year, wide_plan(leaves), by=None, at=NOW)
    return cast, table, start_assessment(cast.memberships["BQL-1"], by=None, at=NOW)


def fill_every_field(assessment):
    """State every field of every criterion; some do not apply."""
    for number, criterion in enumerate(assessment.table.criteria.exclude(method="")):
        stated = {"not_applicable": "có"} if number % 11 == 10 else FIGURES[Method(criterion.method)]
        words = f"=Giải trình {number}; dòng một\ndòng hai: “Đạt”, 50%"
        recorded = record_fields(
            assessment, criterion.pk, typed=stated | {"explanation": words}, seen={}, by=None, at=NOW
        )
        assert recorded.refusals == {}
