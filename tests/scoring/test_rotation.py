"""The proposed rotation of cross-scoring: nobody scores itself, everybody scores one, pairs change."""

from hypothesis import given
from hypothesis import strategies as st

from scoring.rotation import rotation

sizes = st.integers(2, 68)


@given(sizes)
def test_nobody_scores_itself_and_everybody_scores_exactly_one(size):
    units = list(range(size))

    found = rotation(units, before={}, wanted={})

    assert sorted(found) == units
    assert sorted(found.values()) == units
    assert all(unit != peer for unit, peer in found.items())


@given(st.integers(3, 68), st.data())
def test_no_pair_of_last_year_comes_again(size, data):
    units = list(range(size))
    shift = data.draw(st.integers(1, size - 1))
    before = {unit: (unit + shift) % size for unit in units}

    found = rotation(units, before=before, wanted={})

    assert not set(found.items()) & set(before.items())


@given(st.integers(3, 68))
def test_no_two_units_score_each_other(size):
    found = rotation(list(range(size)), before={}, wanted={})

    assert all(found[peer] != unit for unit, peer in found.items())


def test_the_deputy_scores_the_leader_when_it_can():
    assert rotation("ABCDE", before={}, wanted={"A": "D"})["A"] == "D"


def test_one_alone_has_nobody_to_score_it():
    assert rotation(["A"], before={}, wanted={}) == {}
