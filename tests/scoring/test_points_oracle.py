"""The standings agree with a slow second opinion written from the rules alone."""

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from scoring.ranking import standings
from tests.scoring import oracle
from tests.scoring.tables import oracle_members, oracle_tables, our_lines, our_member, our_table


@st.composite
def blocs(draw):
    table = draw(oracle_tables())
    return table, draw(oracle_members(table))


@given(blocs())
@settings(max_examples=2000, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
def test_standings_equal_the_second_opinion(bloc):
    table, members = bloc

    ours = our_table(table)
    lines = our_lines(ours, standings(ours, [our_member(member) for member in members]))

    assert lines == oracle.standings(table, members)


@given(blocs())
@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
def test_parts_add_up_to_the_total_exactly(bloc):
    table, members = bloc
    ours = our_table(table)

    lines = [line for line in standings(ours, [our_member(member) for member in members]) if line.sheet]

    for line in lines:
        base_groups = sum(line.sheet.rows[row.code] for row in ours.rows if row.parent is None and row.kind == "base")
        assert line.sheet.base == base_groups + line.sheet.rescaled
        assert line.sheet.total == line.sheet.base + line.sheet.bonus - line.sheet.deduction


@given(blocs(), st.randoms())
@settings(max_examples=50, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
def test_rank_does_not_depend_on_the_order_of_members(bloc, chance):
    table, members = bloc
    ours = our_table(table)
    shuffled = list(members)
    chance.shuffle(shuffled)

    one = {line.unit: line.rank for line in standings(ours, [our_member(member) for member in members])}
    other = {line.unit: line.rank for line in standings(ours, [our_member(member) for member in shuffled])}

    assert one == other
