"""Files in, `standings` out: the whole way agrees with the second opinion."""

import copy
from decimal import Decimal

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.scoring import oracle
from tests.scoring.blocs import (
    CRITERIA,
    RESULTS,
    criteria_rows,
    csv_file,
    make_year,
    properties_of,
    result_rows,
    run,
    standings_json,
)
from tests.scoring.tables import oracle_members, oracle_tables

pytestmark = pytest.mark.django_db


@st.composite
def blocs(draw):
    table = draw(oracle_tables())
    table["tie_breaks"] = table["tie_breaks"] or ["base"]
    members = draw(oracle_members(table))
    for member in members:
        for row in table["rows"]:
            score = member["scores"].get(row["code"])
            if score is None:
                continue
            score["override"] = None
            if not score["figures"].get("not_applicable"):
                add_later_layers(draw, table, row, score)
    return table, members


def add_later_layers(draw, table, row, score):
    top = Decimal(row["params"].get("max", row["max"]))
    for layer in ("reviewed", "agreed"):
        if draw(st.integers(0, 3)) == 0:
            score[layer] = str(draw(st.decimals(min_value=0, max_value=top, places=table["decimals"])))


def at_layer(members, layer):
    seen = copy.deepcopy(members)
    for member in seen:
        for score in member["scores"].values():
            reviewed = score.get("reviewed") if layer != "claimed" else None
            score["override"] = (score.get("agreed") if layer == "agreed" else None) or reviewed
    return seen


@given(blocs())
@settings(
    max_examples=25,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.function_scoped_fixture],
)
def test_imported_files_give_the_standings_of_the_second_opinion(tmp_path, bloc):
    table, members = bloc
    year = make_year([member["unit"] for member in members])
    criteria = csv_file(tmp_path, "criteria.csv", CRITERIA, criteria_rows(table), delimiter=";")
    submitted = [row for member in members if member["submitted"] for row in result_rows(member, table["rows"])]
    drafts = copy.deepcopy([member for member in members if not member["submitted"]])
    for member in drafts:
        for score in member["scores"].values():
            score.pop("reviewed", None)
            score.pop("agreed", None)
    draft_rows = [row for member in drafts for row in result_rows(member, table["rows"])]

    run("import_criteria", criteria, year=year, **properties_of(table))
    if submitted:
        run("import_assessments", csv_file(tmp_path, "results.csv", RESULTS, submitted), year=year)
    if draft_rows:
        run("import_assessments", csv_file(tmp_path, "drafts.csv", RESULTS, draft_rows), year=year, draft=True)

    for layer in ("claimed", "reviewed", "agreed"):
        lines = standings_json(year, layer)
        assert {line.pop("layer") for line in lines} == {layer}
        assert [line.pop("name") for line in lines] == [f"Đơn vị {line['unit']}" for line in lines]
        assert lines == oracle.standings(table, at_layer(members, layer))
