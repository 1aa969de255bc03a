"""What holds for any leaf and any table: bounds, order, more is never less, one rounding, ranks that follow the ties."""

from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from scoring.points import Figures, Kind, Leaf, Method, Params, exact_points, limits, rounded
from scoring.ranking import Entry, standings
from tests.scoring.tables import (
    METHODS,
    figures_for,
    leaf_row,
    oracle_members,
    oracle_tables,
    our_figures,
    our_member,
    our_params,
    our_table,
)

AMPLE = settings(max_examples=400, deadline=None)
WIDE = settings(
    max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large]
)


@st.composite
def stated_leaves(draw):
    """A leaf of any method with figures that answer it, and the best ratio of the others."""
    row = draw(leaf_row("I.1", "I", draw(st.sampled_from(["base", "bonus"])), 2))
    figures = our_figures(draw(figures_for(row)))
    leaf = Leaf(row["code"], Decimal(row["max"]), Method(row["method"]), Kind(row["kind"]), our_params(row["params"]))
    best = draw(st.none() | st.fractions(min_value=0, max_value=20))
    return leaf, figures, best


@st.composite
def blocs(draw):
    table = draw(oracle_tables())
    return our_table(table), [our_member(member) for member in draw(oracle_members(table, least=2))]


@given(stated_leaves())
@AMPLE
def test_points_lie_between_the_lowest_and_the_highest_of_the_leaf(stated):
    leaf, figures, best = stated
    lowest, highest = limits(leaf)

    points = exact_points(leaf, figures, best)

    assert lowest <= points <= highest


@given(stated_leaves(), st.data())
@AMPLE
def test_more_achievement_never_scores_less(stated, data):
    leaf, figures, best = stated
    better = data.draw(more_achieved(leaf, figures))

    assert exact_points(leaf, better, best) >= exact_points(leaf, figures, best)


def more_achieved(leaf, figures):  # noqa: PLR0911 - the seven methods, one after another
    """Figures of somebody who achieved as much or more on the same leaf, against the same target."""
    more = st.decimals(min_value=0, max_value=500, places=2)
    match leaf.method:
        case Method.POINTS:
            return st.decimals(figures.points, leaf.max_points, places=4).map(
                lambda said: replace(figures, points=said)
            )
        case Method.ACHIEVED:
            return st.integers(figures.level, 1).map(lambda said: replace(figures, level=said))
        case Method.RUBRIC:  # the levels of the random tables fall
            return st.integers(1, figures.level).map(lambda said: replace(figures, level=said))
        case Method.PER_UNIT:
            return more.map(lambda by: replace(figures, count=figures.count + by))
        case Method.ADJUST:
            fewer = st.integers(0, figures.minus)
            return st.tuples(st.integers(0, 9), fewer).map(
                lambda said: replace(figures, plus=figures.plus + said[0], minus=said[1])
            )
    if leaf.params.lower_is_better:
        return st.decimals(0, figures.actual, places=2).map(lambda said: replace(figures, actual=said))
    return more.map(lambda by: replace(figures, actual=figures.actual + by))


@given(st.fractions(min_value=-1000, max_value=1000), st.integers(0, 6))
@AMPLE
def test_rounding_moves_by_half_a_step_at_most_and_the_second_time_not_at_all(value, decimals):
    result = rounded(value, decimals)

    assert abs(Fraction(result) - value) <= Fraction(1, 2 * 10**decimals)
    assert rounded(result, decimals) == result
    assert rounded(-value, decimals) == -result


@given(st.fractions(min_value=0, max_value=3), st.fractions(min_value=0, max_value=3))
@AMPLE
def test_the_relative_formula_rises_and_meets_its_three_corners(one, other):
    leaf = Leaf("I.1", Decimal(10), Method.RELATIVE)
    best = max(one, other)
    points = {own: exact_points(leaf, _at(own), best) for own in (one, other)}

    assert (points[one] >= points[other]) or one < other
    assert exact_points(leaf, _at(Fraction(1)), best) == 5
    if best > 1:
        assert exact_points(leaf, _at(best), best) == 10


def _at(own):
    """Figures whose actual/target is exactly this fraction."""
    return Figures(target=Decimal(own.denominator), actual=Decimal(own.numerator))


@given(blocs())
@WIDE
def test_a_total_is_the_sum_of_its_rounded_leaves(bloc):
    table, members = bloc
    table = replace(table, bonus_cap=None)

    for line in standings(table, members):
        if line.sheet is None:
            continue
        leaves = {leaf.code: leaf.kind for leaf in table.leaves}
        signs = {Kind.BASE: 1, Kind.BONUS: 1, Kind.DEDUCTION: -1}
        summed = sum(signs[kind] * line.sheet.rows[code] for code, kind in leaves.items())
        assert line.sheet.total == summed + line.sheet.rescaled
        assert all(-line.sheet.rows[code].as_tuple().exponent == table.decimals for code in leaves)


@given(blocs())
@WIDE
def test_a_capped_bonus_never_passes_its_cap(bloc):
    table, members = bloc

    sheets = [line.sheet for line in standings(table, members) if line.sheet]

    assert all(table.bonus_cap is None or sheet.bonus <= table.bonus_cap for sheet in sheets)


@given(blocs())
@WIDE
def test_ranks_follow_the_totals_and_the_ties(bloc):
    table, members = bloc
    ranked = [line for line in standings(table, members) if line.rank is not None]

    for line in ranked:
        ahead = [other for other in ranked if other.rank < line.rank]
        beside = [other for other in ranked if other.rank == line.rank]
        assert line.rank == len(ahead) + 1
        assert line.shared == (len(beside) > 1)
        assert all(other.sheet.total >= line.sheet.total for other in ahead)
        assert len({other.sheet.total for other in beside}) == 1


@given(blocs(), st.randoms())
@WIDE
def test_the_order_of_submission_changes_nothing(bloc, chance):
    """Members come in one after another in two orders; after the last one the standings are the same to the digit."""
    table, members = bloc
    shuffled = list(members)
    chance.shuffle(shuffled)

    ends = [{line.unit: line for line in standings(table, order)} for order in (members, shuffled)]

    assert ends[0] == ends[1]


@given(blocs())
@WIDE
def test_nobody_is_final_before_all_have_come_in_where_points_are_relative(bloc):
    table, members = bloc
    relative = any(leaf.method is Method.RELATIVE for leaf in table.leaves)
    waiting = any(not member.counts for member in members)

    lines = standings(table, members)

    assert all(line.provisional == (relative and waiting) for line in lines if line.sheet)


def test_an_override_never_moves_the_best_of_the_bloc():
    table = our_table({
        "rows": [{"code": "I", "parent": None, "kind": "base", "max": "10", "method": "RELATIVE", "params": {}}],
        "decimals": 2, "bonus_cap": None, "na": "full", "tie_breaks": [], "grades": [],
    })  # fmt: skip
    figures = {name: Figures(target=Decimal(10), actual=Decimal(actual)) for name, actual in (("A", 15), ("B", 20))}
    plain = [our_entry(name, figures[name], None) for name in ("A", "B")]
    corrected = [plain[0], our_entry("B", figures["B"], Decimal(1))]

    before = {line.unit: line.sheet.total for line in standings(table, plain)}
    after = {line.unit: line.sheet.total for line in standings(table, corrected)}

    assert before == {"A": Decimal("7.50"), "B": Decimal("10.00")}
    assert after == {"A": Decimal("7.50"), "B": Decimal("1.00")}


def our_entry(unit, figures, override):
    """A submitted member with one leaf."""
    member = our_member({"unit": unit, "submitted": True, "scores": {}})
    return replace(member, entries={"I": Entry(figures, override)})


def test_every_method_is_met_by_the_random_tables():
    assert {method.value for method in Method} == set(METHODS)
    assert Params() == our_params({})
