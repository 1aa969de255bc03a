"""Parameter text is read, refused and written back."""

from decimal import Decimal

import pytest

from scoring.parameters import ParamsRefused, format_params, leaf_faults, parse_params
from scoring.points import Kind, Leaf, Method, Params

D = Decimal


@pytest.mark.parametrize(
    ("method", "text", "params"),
    [
        (Method.POINTS, "", Params()),
        (Method.POINTS, "step=0,25", Params(step=D("0.25"))),
        (Method.RATIO, "better=lower", Params(lower_is_better=True)),
        (Method.RUBRIC, "levels=1/0.75/0,5/0", Params(levels=(D(1), D("0.75"), D("0.5"), D(0)))),
        (Method.PER_UNIT, " per_unit = 0.5 ;", Params(per_unit=D("0.5"))),
        (
            Method.ADJUST,
            "bonus=2; penalty=1; min=-5; max=5",
            Params(bonus=D(2), penalty=D(1), minimum=D(-5), maximum=D(5)),
        ),
    ],
)
def test_parameters_are_read_and_written_back(method, text, params):
    assert parse_params(method, text) == params
    assert parse_params(method, format_params(method, params)) == params


@pytest.mark.parametrize(
    ("method", "text", "word"),
    [
        (Method.POINTS, "levels=1/0", "không dùng cho cách chấm POINTS"),
        (Method.RELATIVE, "better=lower", "không dùng"),
        (Method.RATIO, "better=higher", "chỉ nhận giá trị lower"),
        (Method.RUBRIC, "", "cần tham số “levels”"),
        (Method.PER_UNIT, "", "cần tham số “per_unit”"),
        (Method.PER_UNIT, "per_unit", "tên=giá trị"),
        (Method.PER_UNIT, "per_unit=", "tên=giá trị"),
        (Method.PER_UNIT, "per_unit=1;per_unit=2", "hai lần"),
        (Method.PER_UNIT, "per_unit=một", "không phải là số"),
        (Method.PER_UNIT, "per_unit=1.500", "hai cách"),
        (Method.RUBRIC, "levels=1//0", "không phải là số"),
        (Method.ADJUST, "bonus=2;color=red", "“color”"),
    ],
)
def test_a_wrong_parameter_is_refused_with_its_name(method, text, word):
    with pytest.raises(ParamsRefused, match=word):
        parse_params(method, text)


@pytest.mark.parametrize(
    ("leaf", "word"),
    [
        (Leaf("I", D(0)), "lớn hơn 0"),
        (Leaf("I", D("1.255")), "2 chữ số thập phân"),
        (Leaf("I", D("1.1"), params=Params(step=D("0.25"))), "bội số"),
        (Leaf("I", D(1), params=Params(step=D(0))), "step phải lớn hơn 0"),
        (Leaf("I", D(1), Method.RUBRIC, params=Params(levels=(D("1.2"), D(1)))), "từ 0 đến 1"),
        (Leaf("I", D(1), Method.RUBRIC, params=Params(levels=(D("0.5"), D(1)))), "giảm dần"),
        (Leaf("I", D(1), Method.PER_UNIT, params=Params(per_unit=D(0))), "per_unit phải lớn hơn 0"),
        (Leaf("I", D(1), Method.ADJUST, Kind.DEDUCTION), "không dùng cho điểm trừ"),
        (Leaf("I", D(1), Method.ADJUST, params=Params(bonus=D(-1))), "không được nhỏ hơn 0"),
        (Leaf("I", D(1), Method.ADJUST, params=Params(maximum=D(2))), "max không được lớn hơn"),
        (
            Leaf("I", D(1), Method.ADJUST, params=Params(minimum=D("0.9"), maximum=D("0.5"))),
            "min không được lớn hơn max",
        ),
    ],
)
def test_a_leaf_that_breaks_a_rule_of_the_table_is_told(leaf, word):
    faults = leaf_faults(leaf, 2)

    assert len(faults) == 1
    assert word in faults[0]


def test_a_maximum_with_trailing_zeros_has_no_more_decimals_than_the_table():
    assert leaf_faults(Leaf("I", D("2.5000")), 1) == []
