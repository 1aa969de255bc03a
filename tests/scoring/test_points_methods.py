"""Each method gives the points that its formula promises."""

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scoring.points import (
    FigureRefused,
    Figures,
    Kind,
    Leaf,
    Method,
    Params,
    check_figures,
    exact_points,
    is_answered,
    limits,
    rounded,
)
from scoring.ranking import Entry, Layer, Member, NotApplicable, Row, Table, in_force, own_sheet, sheet, standings

D = Decimal


def leaf(method, top="6", *, kind=Kind.BASE, **params):
    return Leaf("I.1", D(top), method, kind, Params(**params))


@pytest.mark.parametrize(
    ("criterion", "figures", "points"),
    [
        (leaf(Method.POINTS), Figures(points=D("4.25")), "4.25"),
        (leaf(Method.RATIO), Figures(target=D(1500), actual=D(1335)), "5.34"),
        (leaf(Method.RATIO), Figures(target=D(100), actual=D(180)), "6"),
        (leaf(Method.RATIO, lower_is_better=True), Figures(target=D(5), actual=D(10)), "3"),
        (leaf(Method.RATIO, lower_is_better=True), Figures(target=D(5), actual=D(0)), "6"),
        (leaf(Method.RATIO, lower_is_better=True), Figures(target=D(0), actual=D(0)), "6"),
        (leaf(Method.RATIO, lower_is_better=True), Figures(target=D(0), actual=D("0.1")), "0"),
        (leaf(Method.ACHIEVED), Figures(level=1), "6"),
        (leaf(Method.ACHIEVED), Figures(level=0), "0"),
        (leaf(Method.RUBRIC, levels=(D(1), D("0.75"), D(0))), Figures(level=2), "4.5"),
        (leaf(Method.PER_UNIT, per_unit=D("0.5")), Figures(count=D("2.5")), "1.25"),
        (leaf(Method.PER_UNIT, per_unit=D("0.5")), Figures(count=D(99)), "6"),
        (leaf(Method.ADJUST, bonus=D(2), penalty=D(1)), Figures(plus=2, minus=1), "3"),
        (leaf(Method.ADJUST, bonus=D(2), penalty=D(1)), Figures(plus=0, minus=1), "0"),
        (leaf(Method.ADJUST, penalty=D(4), minimum=D(-5)), Figures(minus=2), "-5"),
        (leaf(Method.ADJUST, bonus=D(9), maximum=D(5)), Figures(plus=1), "5"),
        (leaf(Method.RELATIVE), Figures(target=D(10), actual=D(5)), "1.5"),
        (leaf(Method.RELATIVE), Figures(target=D(10), actual=D(10)), "3"),
        (leaf(Method.RELATIVE), Figures(target=D(10), actual=D(15)), "4.5"),
        (leaf(Method.RELATIVE), Figures(target=D(10), actual=D(20)), "6"),
    ],
)
def test_formula_gives_the_points(criterion, figures, points):
    assert exact_points(criterion, figures, best=Fraction(2)) == Fraction(points)


def test_the_best_gets_the_maximum_only_when_it_exceeds_its_target():
    assert exact_points(leaf(Method.RELATIVE), Figures(target=D(10), actual=D(10)), best=Fraction(1)) == 3


@pytest.mark.parametrize(
    ("value", "decimals", "expected"),
    [
        ("2.345", 2, "2.35"),
        ("-2.345", 2, "-2.35"),
        ("0.5", 0, "1"),
        ("-0.5", 0, "-1"),
        ("-0.004", 2, "0.00"),
        ("7", 2, "7.00"),
    ],
)
def test_halves_round_away_from_zero(value, decimals, expected):
    assert f"{rounded(D(value), decimals):f}" == expected


def test_a_third_is_rounded_from_the_exact_fraction():
    assert rounded(Fraction(2, 3), 2) == D("0.67")


@given(st.fractions(), st.integers(0, 4))
def test_rounding_moves_a_value_by_at_most_half_a_place(value, decimals):
    assert abs(Fraction(rounded(value, decimals)) - value) <= Fraction(1, 2 * 10**decimals)


@given(
    st.decimals(min_value=0, max_value=10**6, places=3),
    st.decimals(min_value=0, max_value=10**6, places=3),
    st.decimals(min_value=D("0.001"), max_value=10**6, places=3),
)
def test_a_larger_result_never_gives_fewer_points(one, other, target):
    small, large = sorted((one, other))

    for method in (Method.RATIO, Method.RELATIVE):
        less = exact_points(leaf(method), Figures(target=target, actual=small), best=Fraction(3))
        more = exact_points(leaf(method), Figures(target=target, actual=large), best=Fraction(3))
        assert 0 <= less <= more <= 6


@given(st.integers(0, 50), st.integers(0, 50))
def test_an_adjusted_leaf_stays_between_its_limits(plus, minus):
    criterion = leaf(Method.ADJUST, bonus=D(2), penalty=D(3), minimum=D(-4), maximum=D(5))

    assert limits(criterion) == (D(-4), D(5))
    assert -4 <= exact_points(criterion, Figures(plus=plus, minus=minus)) <= 5


@pytest.mark.parametrize(
    ("criterion", "figures", "figure", "word"),
    [
        (leaf(Method.POINTS), Figures(points=D("6.01")), "points", "từ 0 đến 6"),
        (leaf(Method.POINTS), Figures(points=D("-1")), "points", "nhỏ hơn 0"),
        (leaf(Method.POINTS, step=D("0.25")), Figures(points=D("0.3")), "points", "bội số của 0,25"),
        (leaf(Method.RATIO), Figures(target=D(0), actual=D(1)), "target", "lớn hơn 0"),
        (leaf(Method.RELATIVE), Figures(target=D(0), actual=D(1)), "target", "lớn hơn 0"),
        (leaf(Method.RATIO), Figures(actual=D(-1)), "actual", "nhỏ hơn 0"),
        (leaf(Method.RATIO), Figures(count=D(1)), "count", "không dùng"),
        (leaf(Method.ACHIEVED), Figures(level=2), "level", "đạt hoặc không đạt"),
        (leaf(Method.RUBRIC, levels=(D(1), D(0))), Figures(level=3), "level", "từ 1 đến 2"),
        (leaf(Method.RUBRIC, levels=(D(1), D(0))), Figures(level=0), "level", "từ 1 đến 2"),
        (leaf(Method.PER_UNIT, kind=Kind.BONUS), Figures(not_applicable=True), "not_applicable", "điểm chuẩn"),
        (leaf(Method.RATIO), Figures(not_applicable=True, actual=D(1)), "actual", "để trống"),
    ],
)
def test_an_impossible_figure_is_refused_by_name(criterion, figures, figure, word):
    with pytest.raises(FigureRefused) as refusal:
        check_figures(criterion, figures)

    assert refusal.value.figure == figure
    assert word in refusal.value.sentence


def test_a_target_of_zero_is_allowed_where_lower_is_better():
    check_figures(leaf(Method.RATIO, lower_is_better=True), Figures(target=D(0), actual=D(0)))


def test_zero_is_an_answer():
    assert is_answered(leaf(Method.PER_UNIT, per_unit=D(1)), Figures(count=D(0)))
    assert is_answered(leaf(Method.ACHIEVED), Figures(level=0))
    assert not is_answered(leaf(Method.RATIO), Figures(target=D(1)))


def test_free_points_are_checked_as_typed_then_rounded():
    table = one_leaf(leaf(Method.POINTS, step=D("0.25")), decimals=1)

    check_figures(table.leaves[0], Figures(points=D("0.25")))

    assert sheet(table, {"I.1": Entry(Figures(points=D("0.25")))}, {}).total == D("0.3")


def one_leaf(criterion, **properties):
    return Table(rows=(Row("I.1", None, criterion.kind, criterion),), **properties)


def pair_table(not_applicable):
    one, two = Leaf("I.1", D(6), Method.POINTS), Leaf("I.2", D(4), Method.POINTS)
    rows = (Row("I", None, Kind.BASE), Row("I.1", "I", Kind.BASE, one), Row("I.2", "I", Kind.BASE, two))
    return Table(rows=rows, not_applicable=not_applicable)


@pytest.mark.parametrize(
    ("rule", "group", "base", "rescaled"),
    [("full", "9.00", "9.00", "0.00"), ("zero", "3.00", "3.00", "0.00"), ("exclude", "3.00", "7.50", "4.50")],
)
def test_a_leaf_that_does_not_apply_follows_the_rule_of_the_table(rule, group, base, rescaled):
    entries = {"I.1": Entry(Figures(not_applicable=True)), "I.2": Entry(Figures(points=D(3)))}

    points = sheet(pair_table(NotApplicable(rule)), entries, {})

    assert f"{points.base:f}" == base
    assert f"{points.rescaled:f}" == rescaled
    assert f"{points.rows['I']:f}" == group


def test_when_no_base_leaf_applies_base_is_zero_and_says_so():
    entries = {code: Entry(Figures(not_applicable=True)) for code in ("I.1", "I.2")}

    points = sheet(pair_table(NotApplicable.EXCLUDE), entries, {})

    assert points.base == 0
    assert not points.base_applies


def test_an_empty_later_layer_keeps_the_earlier_figure():
    claimed = Entry(Figures(points=D(5)))

    assert in_force({Layer.CLAIMED: claimed}, Layer.AGREED) == claimed
    assert in_force({Layer.CLAIMED: claimed, Layer.REVIEWED: Entry()}, Layer.REVIEWED) == claimed


def test_a_later_layer_is_not_seen_from_an_earlier_one():
    layers = {Layer.CLAIMED: Entry(Figures(points=D(5))), Layer.REVIEWED: Entry(override=D(4))}

    assert in_force(layers, Layer.CLAIMED).override is None
    assert in_force(layers, Layer.AGREED).override == 4


def test_corrected_figures_set_aside_points_typed_by_an_earlier_layer():
    layers = {
        Layer.CLAIMED: Entry(Figures(points=D(5))),
        Layer.REVIEWED: Entry(override=D(4)),
        Layer.AGREED: Entry(figures=Figures(points=D(3))),
    }

    assert in_force(layers, Layer.AGREED) == Entry(Figures(points=D(3)), None)


def relative_member(unit, actual, *, counts=True, override=None):
    return Member(unit, counts, {"I.1": Entry(Figures(target=D(10), actual=D(actual)), override)})


def test_an_override_stays_as_typed_and_never_changes_the_best_ratio():
    table = one_leaf(leaf(Method.RELATIVE))
    members = [relative_member("A", 30, override=D(2)), relative_member("B", 20)]

    lines = {line.unit: line.sheet.total for line in standings(table, members)}

    assert lines == {"A": D("2.00"), "B": D("4.50")}


def test_a_draft_is_computed_against_the_others_and_itself_and_leaves_all_provisional():
    table = one_leaf(leaf(Method.RELATIVE))
    draft = relative_member("C", 40, counts=False)
    members = [relative_member("A", 30), relative_member("B", 20), draft]

    lines = standings(table, members)

    assert [(line.unit, line.provisional, line.rank) for line in lines] == [
        ("A", True, 1),
        ("B", True, 2),
        ("C", True, None),
    ]
    assert lines[0].sheet.total == 6
    assert own_sheet(table, draft, members).total == 6


def test_all_members_tied_at_the_best_ratio_get_the_maximum():
    table = one_leaf(leaf(Method.RELATIVE))

    lines = standings(table, [relative_member("A", 30), relative_member("B", 30), relative_member("C", 5)])

    assert [(line.unit, line.rank, line.shared) for line in lines] == [("A", 1, True), ("B", 1, True), ("C", 3, False)]
