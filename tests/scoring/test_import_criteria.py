"""A criteria table comes in whole or not at all, and every fault is named by row and column."""

import io
import re
from decimal import Decimal
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from openpyxl import Workbook

from blocs.models import LogEntry
from scoring.actions.tables import ResultsExist, adopt_table, import_criteria
from scoring.models import CriteriaTable, Criterion, Target
from scoring.queries import adopted_table, table_values
from scoring.queries.tables import plan_of
from scoring.sheets.criteria import criteria_template, read_criteria
from tests.scoring.blocs import CRITERIA, csv_file, make_year, run
from tests.scoring.stage import NOW

pytestmark = pytest.mark.django_db
SAMPLES = Path(__file__).parents[2] / "scoring" / "samples"
HEADERS = "code,parent,title,max_points,kind,method,params"


@pytest.fixture
def year(db):
    return make_year(["A", "B"])


def read(text, **options):
    return read_criteria(io.BytesIO(text.encode()), "bang.csv", options=options)


def problems(file):
    return [(fault.row, fault.column, fault.problem) for fault in file.faults]


def test_the_sample_table_is_adopted_with_its_settings(year):
    printed = run(
        "import_criteria",
        str(SAMPLES / "sample_criteria.csv"),
        year=year,
        settings_file=str(SAMPLES / "sample_criteria_settings.csv"),
    )

    table = adopted_table(year)
    values = table_values(table)
    assert "50 dòng, 41 tiêu chí" in printed
    assert [len([leaf for leaf in values.leaves if leaf.kind == kind]) for kind in ("base", "bonus", "deduction")] == [
        32,
        5,
        4,
    ]
    assert sum(leaf.max_points for leaf in values.leaves if leaf.kind == "base") == 100
    assert (values.bonus_cap, values.tie_breaks, len(values.grades)) == (5, ("base", "I", "VII"), 4)
    assert table.blocking == ["no_pledge", "no_self_score", "discipline", "incident", "false_data"]
    assert list(table.criteria.values_list("position", flat=True)) == list(range(1, 51))


def test_an_option_beats_the_settings_file(year):
    files = {"settings_file": str(SAMPLES / "sample_criteria_settings.csv")}

    run(
        "import_criteria",
        str(SAMPLES / "sample_criteria.csv"),
        year=year,
        property_bonus_cap="3,5",
        property_na="exclude",
        **files,
    )

    table = adopted_table(year)
    assert (table.bonus_cap, table.not_applicable, table.tie_breaks) == (
        Decimal("3.5"),
        "exclude",
        ["base", "I", "VII"],
    )


def test_settings_come_from_the_second_sheet_of_the_workbook():
    book = Workbook()
    book.active.title = "Tiêu chí"
    for line in (["Mã", "Tên", "Điểm tối đa"], ["I", "Một", 10.5]):
        book.active.append(line)
    settings = book.create_sheet("Thiết lập")
    for line in (["key", "value"], ["decimals", 1], ["grades", "Tốt:9/Khá:0"], ["tie_breaks", "I"]):
        settings.append(line)
    out = io.BytesIO()
    book.save(out)

    file = read_criteria(out, "bang.xlsx")

    assert file.faults == ()
    assert file.plan.properties.decimals == 1
    assert file.plan.properties.grades == (("Tốt", Decimal(9)), ("Khá", Decimal(0)))


def three_levels():
    """A table of 1000 base points in three levels with 60 leaves of every method."""
    methods = [
        ("POINTS", "step=0.5"), ("RATIO", ""), ("RATIO", "better=lower"), ("ACHIEVED", ""), ("RUBRIC", "levels=1/0,5/0"),
        ("PER_UNIT", "per_unit=2,5"), ("ADJUST", "bonus=2;penalty=1;min=-5;max=5"), ("RELATIVE", ""),
    ]  # fmt: skip
    lines, number = [], 0
    for top in range(1, 6):
        lines.append([f"{top}", "", f"Nhóm {top}", "200", "", "", ""])
        for middle in range(1, 4):
            lines.append([f"{top}.{middle}", f"{top}", f"Nhóm {top}.{middle}", "", "base", "", ""])
            for leaf in range(1, 5):
                method, params = methods[number % len(methods)]
                number += 1
                maximum = "16,5" if leaf < 4 else "17" if middle < 3 else "17,5"
                lines.append(
                    [f"{top}.{middle}.{leaf}", f"{top}.{middle}", f"Tiêu chí {number}", maximum, "", method, params]
                )
    return lines


def test_three_levels_sixty_leaves_and_a_thousand_points_are_taken(tmp_path, year):
    lines = three_levels()
    lines[0][3] = "201"
    path = csv_file(tmp_path, "bang.csv", CRITERIA, lines, delimiter=";")

    with pytest.raises(CommandError, match=r"điểm tối đa của nhóm \(201\) khác tổng các tiêu chí con \(200\)"):
        run("import_criteria", path, year=year, property_decimals="1")
    lines[0][3] = "200"
    path = csv_file(tmp_path, "bang.csv", CRITERIA, lines, delimiter=";")
    run("import_criteria", path, year=year, property_decimals="1", property_total="1000")

    table = adopted_table(year)
    assert table.criteria.exclude(method="").count() == 60
    assert {leaf.method.value for leaf in table_values(table).leaves} == {
        "POINTS", "RATIO", "ACHIEVED", "RUBRIC", "PER_UNIT", "ADJUST", "RELATIVE",
    }  # fmt: skip
    assert Criterion.objects.get(code="1.1").max_points == Decimal("66.5")


def test_parents_are_read_from_codes_when_their_column_is_absent():
    file = read("code,title,max_points\nI,Nhóm,\nI.1,Nhóm con,\nI.1.2,Lá,3\n")

    assert [(row.code, row.parent) for row in file.plan.rows] == [("I", None), ("I.1", "I"), ("I.1.2", "I.1")]
    assert file.faults == ()


def test_with_the_column_an_empty_parent_is_a_top_row_and_parents_may_come_later():
    file = read("code,parent,title,max_points\nI.1,,Lá đầu,3\nB,A,Lá,1\nA,,Nhóm,1\n")

    assert [(row.code, row.parent) for row in file.plan.rows] == [("I.1", None), ("B", "A"), ("A", None)]
    assert file.faults == ()


def test_the_kind_is_inherited_and_an_empty_method_is_points():
    file = read(f"{HEADERS}\nI,,Thưởng,,bonus,,\nI.1,I,Lá,3,,,\nII,,Lá,1,,,\n")

    rows = {row.code: row for row in file.plan.rows}
    assert file.plan.leaf(rows["I.1"]).kind == "bonus"
    assert (file.plan.leaf(rows["II"]).kind, file.plan.leaf(rows["II"]).method) == ("base", "POINTS")


def test_vietnamese_words_name_kinds_and_methods():
    file = read("Mã,Tên,Điểm tối đa,Loại,Cách chấm,Tham số\nI,Lá,3,Điểm trừ,Theo số lượng,per_unit=1\n")

    assert file.plan.leaf(file.plan.rows[0]).kind == "deduction"
    assert file.plan.rows[0].method == "PER_UNIT"


@pytest.mark.parametrize(
    ("lines", "row", "column", "problem"),
    [
        ("I,,Nhóm,2,,,\nI.1,I,Lá,1,,,", 2, "Điểm tối đa", "điểm tối đa của nhóm (2) khác tổng các tiêu chí con (1)"),
        ("I,,Lá,1,,,\nI,,Lá,1,,,", 2, "Mã", "mã I có 02 lần"),
        ("I,X,Lá,1,,,", 2, "Mã cha", "không có dòng nào mang mã cha X"),
        ("I,II,Một,1,,,\nII,I,Hai,1,,,", 2, "Mã cha", "mã cha của I quay vòng về chính dòng này"),
        ("I,,Lá,,,,", 2, "Điểm tối đa", "tiêu chí phải có điểm tối đa"),
        ("I,,Lá,mười,,,", 2, "Điểm tối đa", "“mười” không phải là số"),
        ("I,,Lá,0,,,", 2, "Điểm tối đa", "điểm tối đa phải lớn hơn 0"),
        ('I,,Lá,"1,2550",,,', 2, "Điểm tối đa", "điểm tối đa chỉ được đến 2 chữ số thập phân như của bảng"),
        ("I,,Nhóm,,bonus,,\nI.1,I,Lá,1,base,,", 3, "Loại", "khác loại của nhóm I"),
        ("I,,Nhóm,,,RATIO,\nI.1,I,Lá,1,,,", 2, "Cách chấm", "dòng có dòng con là nhóm, không có cách chấm"),
        ("I,,Lá,1,khác,,", 2, "Loại", "không có loại “khác”"),
        ("I,,Lá,1,,ĐOÁN,", 2, "Cách chấm", "không có cách chấm “ĐOÁN”"),
        ("I,,Lá,1,,RUBRIC,", 2, "Tham số", "cách chấm RUBRIC cần tham số “levels”"),
        (
            "I,,Lá,1,,RATIO,per_unit=1",
            2,
            "Tham số",
            "tham số “per_unit” không dùng cho cách chấm RATIO (được dùng: better)",
        ),
        ("I,,Lá,1,,POINTS,step=0.3", 2, "Điểm tối đa", "điểm tối đa phải là bội số của bước điểm 0,3"),
        ("I,,Lá,1,deduction,ADJUST,", 2, "Tham số", "cách chấm ADJUST không dùng cho điểm trừ"),
        ("I,,,1,,,", 2, "Tên", "thiếu tên"),
    ],
)
def test_a_wrong_row_is_named(lines, row, column, problem):
    assert (row, column, problem) in problems(read(f"{HEADERS}\n{lines}\n"))


@pytest.mark.parametrize(
    ("key", "value", "word"),
    [
        ("decimals", "hai", "không phải là số"),
        ("decimals", "7", "từ 0 đến 6"),
        ("bonus_cap", "-1", "nhỏ hơn 0"),
        ("bonus_cap", "1,2550", "2 chữ số thập phân"),
        ("na", "maybe", "full, exclude hoặc zero"),
        ("tie_breaks", "base/XX", "không có dòng nào mang mã XX"),
        ("grades", "Tốt", "Tên:điểm"),
        ("grades", "Tốt:9/Khá:9", "bị lặp"),
        ("total", "11", "khác tổng điểm chuẩn của bảng 10"),
        ("blocking", "rain", "không phải một trong"),
    ],
)
def test_a_wrong_property_is_named(key, value, word):
    faults = read(f"{HEADERS}\nI,,Lá,10,,,\n", **{key: value}).faults

    assert len(faults) == 1
    assert key in faults[0].column
    assert word in faults[0].problem


def test_an_unknown_setting_is_a_fault_because_it_may_be_a_slip():
    settings = io.BytesIO(b"key,value\nbonuscap,5\n")

    file = read_criteria(
        io.BytesIO(f"{HEADERS}\nI,,A,1,,,\n".encode()), "a.csv", settings=settings, settings_name="s.csv"
    )

    assert problems(file) == [(2, "Thiết lập", "không có thiết lập “bonuscap”")]


def test_a_wrong_file_ends_the_command_with_1_and_writes_nothing(tmp_path, year):
    path = csv_file(tmp_path, "bang.csv", CRITERIA, [["I", "", "Lá", "x", "", "", ""]])

    with pytest.raises(CommandError, match="Dòng 2, cột “Điểm tối đa”") as refusal:
        run("import_criteria", path, year=year)

    assert refusal.value.returncode == 1
    assert not CriteriaTable.objects.exists()
    assert not LogEntry.objects.exists()


def test_a_dry_run_prints_the_preview_and_writes_nothing(tmp_path, year):
    path = csv_file(tmp_path, "bang.csv", CRITERIA, [["I", "", "Lá đầu", "5", "", "", ""]])

    printed = run("import_criteria", path, year=year, dry_run=True)

    assert re.search(r"I \| Lá đầu \| 5", printed)
    assert not CriteriaTable.objects.exists()


def test_a_draft_is_kept_and_adopted_later(tmp_path, year):
    path = csv_file(tmp_path, "bang.csv", CRITERIA, [["I", "", "Lá", "5", "", "", ""]])
    run("import_criteria", path, year=year, draft=True)
    assert adopted_table(year) is None

    adopt_table(CriteriaTable.objects.get(), by=None, at=NOW)

    assert adopted_table(year).version == 1


def test_a_second_table_supersedes_the_first_and_carries_the_targets_over(stage):
    plan = plan_of(stage.table)

    second = import_criteria(stage.year, plan, by=None, at=NOW)

    stage.table.refresh_from_db()
    assert (stage.table.state, second.version) == ("superseded", 2)
    assert Target.objects.filter(criterion__table=second).count() == Target.objects.count() == 6
    assert plan_of(second) == plan


def test_a_table_is_not_replaced_once_something_was_scored(stage):
    stage.fill(3)

    with pytest.raises(ResultsExist, match="đã có kết quả"):
        import_criteria(stage.year, plan_of(stage.table), by=None, at=NOW)

    assert adopted_table(stage.year) == stage.table


def test_too_many_criteria_are_refused(tmp_path, year):
    rows = [[f"T{number}", "", "Lá", "1", "", "", ""] for number in range(10_000)]

    with pytest.raises(CommandError, match="quá 1000 dòng"):
        run("import_criteria", csv_file(tmp_path, "bang.csv", CRITERIA, rows), year=year)


def test_the_template_can_be_filled_in_and_read(year):
    file = read_criteria(io.BytesIO(criteria_template()), "mau.xlsx")

    assert problems(file) == [(0, "", "tệp không có dòng tiêu chí nào")]


def test_only_the_leader_or_the_authority_acts_by_name(stage, tmp_path):
    path = csv_file(tmp_path, "bang.csv", CRITERIA, [["I", "", "Lá", "5", "", "", ""]])

    with pytest.raises(CommandError, match="Trưởng khối hoặc cơ quan"):
        run("import_criteria", path, year=stage.year, by="officer3")
    run("import_criteria", path, year=stage.year, by="officer1")

    assert LogEntry.objects.latest("sequence").actor_id == stage.officer(1).pk


def test_a_year_that_does_not_exist_ends_with_a_sentence(db):
    with pytest.raises(CommandError, match="Không có năm 2024"):
        call_command("import_criteria", "x.csv", bloc="khong-co", year=2024)
