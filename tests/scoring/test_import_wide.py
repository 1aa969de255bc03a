"""A thousand points in three levels, sixty leaves of every method: the table, the targets and everybody's results by file."""

import pytest
from django.core.management import CommandError

from scoring.models import Score, SelfAssessment
from tests.scoring.blocs import CRITERIA, RESULTS, csv_file, make_year, run, standings_json
from tests.scoring.test_import_criteria import three_levels

pytestmark = pytest.mark.django_db
CELLS = {
    "POINTS": {"points": "16,5"}, "RATIO": {"target": "100", "actual": "100"}, "ACHIEVED": {"level": "có"},
    "RUBRIC": {"level": "1"}, "PER_UNIT": {"count": "7"}, "ADJUST": {"plus": "3", "minus": "1"},
    "RELATIVE": {"target": "100", "actual": "110"},
}  # fmt: skip


@pytest.fixture
def year(tmp_path):
    year = make_year(["A", "B", "C"])
    table = csv_file(tmp_path, "bang.csv", CRITERIA, three_levels(), delimiter=";")
    run("import_criteria", table, year=year, property_decimals="1", property_total="1000")
    return year


def results(*units, **changes):
    """Write everybody's rows; `changes` replaces cells of one code of the last unit: code="1.1.1", points="900"."""
    lines = []
    for unit in units:
        for code, _, _, _, _, method, _ in (line for line in three_levels() if line[5]):
            stated = {"unit": unit, "criterion": code} | CELLS[method]
            if changes and unit == units[-1] and code == changes["code"]:
                stated |= changes
            lines.append([stated.get(header, "") for header in RESULTS])
    return lines


def test_everybodys_results_of_a_wide_table_come_in_by_one_file(year, tmp_path):
    run("import_assessments", csv_file(tmp_path, "kq.csv", RESULTS, results("A", "B", "C")), year=year)

    rows = standings_json(year)
    assert SelfAssessment.objects.count() == 3
    assert Score.objects.count() == 180
    assert [(row["rank"], row["shared"]) for row in rows] == [(1, True)] * 3
    assert rows[0]["total"] == rows[1]["total"] == rows[2]["total"]
    assert len(rows[0]["groups"]) == 5


def test_one_wrong_cell_among_a_hundred_and_eighty_rows_is_named_and_nothing_is_written(year, tmp_path):
    lines = results("A", "B", "C", code="5.3.4", actual="1.500", count="nhiều")

    with pytest.raises(CommandError) as refused:
        run("import_assessments", csv_file(tmp_path, "kq.csv", RESULTS, lines), year=year)

    assert "Dòng 181" in str(refused.value)
    assert not SelfAssessment.objects.exists()
