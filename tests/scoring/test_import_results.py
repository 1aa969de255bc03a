"""Results come in whole or not at all: figures, later layers, replacing, history."""

import json
import re
from decimal import Decimal
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError
from django.test import Client

from scoring.models import FieldChange, Result, Score, SelfAssessment, Target
from scoring.queries import missing_before_submission
from tests.scoring.blocs import RESULTS, csv_file, make_year, run, standings_json

pytestmark = pytest.mark.django_db
VALUES = {
    "I.1": {"actual": "90"},
    "I.2": {"points": "3,5"},
    "I.3": {"level": "có"},
    "II.1": {"level": "2"},
    "II.2": {"count": "3"},
    "II.3": {"plus": "2", "minus": "1"},
    "II.4": {"actual": "110"},
    "III.1": {"count": "1"},
    "IV.1": {"count": "0"},
}


def rows(unit="BQL-3", **changes):
    """Write a member's rows; `changes` replaces cells by code ("I_1") or drops the row (None)."""
    replaced = {code.replace("_", "."): cells for code, cells in changes.items()}
    lines = []
    for code, cells in VALUES.items():
        if code in replaced and replaced[code] is None:
            continue
        stated = {"unit": unit, "criterion": code} | cells | (replaced.get(code) or {})
        lines.append([stated.get(header, "") for header in RESULTS])
    return lines


def bring(stage, tmp_path, lines, **options):
    return run("import_assessments", csv_file(tmp_path, "ket-qua.csv", RESULTS, lines), year=stage.year, **options)


def test_members_of_a_file_arrive_as_submitted_and_marked(stage, tmp_path):
    bring(stage, tmp_path, rows() + rows("BQL-1"))

    states = SelfAssessment.objects.values_list("membership__position", "state", "manner")
    assert sorted(states) == [(1, "submitted", "imported"), (3, "submitted", "imported")]
    assert set(Score.objects.values_list("is_imported", flat=True)) == {True}
    assert standings_json(stage.year)[0]["total"] == "32.00"


def test_a_unit_is_known_by_its_full_name(stage, tmp_path):
    bring(stage, tmp_path, rows("Ban Quản lý các Khu công nghiệp tỉnh Bắc Giang"))

    assert SelfAssessment.objects.get().membership == stage.membership(3)


def test_an_empty_target_means_the_approved_one(stage, tmp_path):
    bring(stage, tmp_path, rows(I_1={"target": "100,0"}))

    targets = Score.objects.filter(target__isnull=False).values_list("criterion__code", "target")
    assert dict(targets) == {"I.1": 100, "II.4": 100}


def test_a_target_that_nobody_approved_is_kept_as_proposed(stage, tmp_path):
    Target.objects.filter(criterion__code="I.1").delete()

    bring(stage, tmp_path, rows(I_1={"target": "200"}))

    target = Target.objects.get(membership=stage.membership(3), criterion__code="I.1")
    assert (target.value, target.state) == (200, "proposed")
    assert standings_json(stage.year)[0]["groups"]["I"] == "13.00"


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"I_1": {"unit": "BQL-9"}}, "Dòng 2, cột “Đơn vị”: không có đơn vị “BQL-9” trong khối năm này"),
        ({"I_1": {"criterion": "I"}}, "Dòng 2, cột “Mã tiêu chí”: I là nhóm, không chấm điểm"),
        ({"I_1": {"criterion": "Z"}}, "không có tiêu chí “Z” trong bảng"),
        (
            {"I_2": {"criterion": "I.1", "points": "", "actual": "1"}},
            "Dòng 3, cột “Mã tiêu chí”: tiêu chí I.1 đã có ở dòng 2",
        ),
        ({"I_1": {"target": "120"}}, "kế hoạch 120 khác kế hoạch đã duyệt 100"),
        ({"I_1": {"actual": ""}}, "Dòng 2, cột “Thực hiện”: tiêu chí I.1 còn thiếu ô này"),
        ({"I_1": {"actual": "-1"}}, "số thực hiện không được nhỏ hơn 0"),
        ({"I_1": {"count": "1"}}, "cách chấm của tiêu chí không dùng số lượng"),
        ({"I_1": {"points": "8"}}, "Dòng 2, cột “Điểm”: điểm ghi 8 khác điểm tính theo cách chấm (cần: 9,00)"),
        ({"II_4": {"points": "4"}}, "Dòng 8, cột “Điểm”: điểm ghi 4 khác điểm tính theo cách chấm (cần: 5,00)"),
        ({"I_2": {"points": "6"}}, "điểm phải từ 0 đến 5"),
        ({"I_2": {"points": "0,3"}}, "điểm phải là bội số của 0,25"),
        ({"I_3": {"level": "có lẽ"}}, "không rõ là có hay không"),
        ({"II_1": {"level": "4"}}, "mức phải từ 1 đến 3"),
        ({"II_1": {"level": "1,5"}}, "không phải là số nguyên"),
        ({"II_3": {"plus": "1,5"}}, "không phải là số nguyên"),
        ({"III_1": {"count": "", "not_applicable": "có"}}, "chỉ tiêu chí tính điểm chuẩn mới được ghi không áp dụng"),
        ({"I_1": {"not_applicable": "x"}}, "tiêu chí đã ghi không áp dụng thì để trống số thực hiện"),
        ({"I_1": None}, "còn thiếu dòng của 01 tiêu chí: I.1"),
        ({"I_1": {"reviewed": "8"}}, "điểm thẩm định 8 khác điểm trước đó 9,00 mà không có lý do"),
        ({"I_1": {"reviewed": "11", "reason": "x"}}, "Dòng 2, cột “Điểm thẩm định”: điểm phải từ 0 đến 10"),
        ({"I_1": {"reviewed": "8", "agreed": "9"}}, "điểm thống nhất 9 khác điểm trước đó 8,00"),
        ({"I_1": {"actual": "1.500"}}, "có thể hiểu hai cách"),
    ],
)
def test_a_wrong_row_is_named_and_nothing_is_written(stage, tmp_path, changes, sentence):
    with pytest.raises(CommandError) as refusal:
        bring(stage, tmp_path, rows(**changes))

    assert sentence in str(refusal.value)
    assert not SelfAssessment.objects.exists()
    assert Target.objects.count() == 6


def test_points_that_equal_the_method_after_rounding_are_taken(stage, tmp_path):
    bring(stage, tmp_path, rows(I_1={"actual": "89,9990", "points": "9,0"}, II_4={"points": "5"}))

    assert standings_json(stage.year)[0]["groups"]["I"] == "17.50"


def test_relative_points_are_checked_against_the_whole_file(stage, tmp_path):
    first, second = (
        rows("BQL-1", II_4={"actual": "150", "points": "5"}),
        rows("BQL-2", II_4={"actual": "125", "points": "3,75"}),
    )

    bring(stage, tmp_path, first + second)

    assert [line["total"] for line in standings_json(stage.year)] == ["32.00", "30.75", None]


def test_later_layers_are_sparse_and_stay_as_typed(stage, tmp_path):
    bring(stage, tmp_path, rows(I_1={"reviewed": "8", "reason": "thiếu"}, I_2={"agreed": "4", "reason": "bổ sung"}))

    totals = {layer: standings_json(stage.year, layer)[0]["total"] for layer in ("claimed", "reviewed", "agreed")}
    assert totals == {"claimed": "32.00", "reviewed": "31.00", "agreed": "31.50"}
    assert standings_json(stage.year)[0]["layer"] == "claimed"


def test_finalised_members_have_reached_the_agreed_layer(stage, tmp_path):
    bring(stage, tmp_path, rows("BQL-1") + rows("BQL-2") + rows("BQL-3"), finalised=True)

    assert {line["layer"] for line in standings_json(stage.year)} == {"agreed"}


def test_drafts_may_lack_rows_and_need_no_proof_for_imported_ones(stage, tmp_path):
    bring(stage, tmp_path, rows(I_2=None, I_3={"level": ""}), draft=True)

    assessment = SelfAssessment.objects.get()
    assert assessment.state == "draft"
    assert [gap.code for gap in missing_before_submission(assessment)] == ["I.2", "I.3"]
    assert standings_json(stage.year)[-1]["total"] is None


def test_a_draft_has_no_later_layer(stage, tmp_path):
    with pytest.raises(CommandError, match="bảng đang lập thì chưa có điểm ở lớp này"):
        bring(stage, tmp_path, rows(I_1={"reviewed": "9"}), draft=True)


def test_an_empty_cell_of_yes_and_no_says_no(stage, tmp_path):
    bring(stage, tmp_path, rows(I_3={"level": ""}))

    assert standings_json(stage.year)[0]["groups"]["I"] == "12.50"


def test_a_second_import_replaces_drafts_and_submitted_imports(stage, tmp_path):
    bring(stage, tmp_path, rows(), draft=True)
    bring(stage, tmp_path, rows(I_1={"actual": "50"}))
    bring(stage, tmp_path, rows(I_1={"actual": "60"}))

    assert Score.objects.count() == 9
    assert standings_json(stage.year)[0]["groups"]["I"] == "14.50"


def test_what_was_sent_in_the_application_is_never_replaced(stage, tmp_path):
    stage.send(3)

    with pytest.raises(CommandError, match="Đã gửi Trưởng khối"):
        bring(stage, tmp_path, rows())


def test_finalised_imports_are_never_replaced(stage, tmp_path):
    bring(stage, tmp_path, rows(), finalised=True)

    with pytest.raises(CommandError, match="Đã khóa số liệu"):
        bring(stage, tmp_path, rows())


def test_a_dry_run_shows_the_totals_and_writes_nothing(stage, tmp_path):
    printed = bring(stage, tmp_path, rows(), dry_run=True)

    assert "Ban Quản lý các Khu công nghiệp tỉnh Bắc Giang | 9 | 32,00" in printed
    assert not SelfAssessment.objects.exists()


def test_a_unit_brings_only_its_own_draft(stage, tmp_path):
    with pytest.raises(CommandError, match="cơ quan tổ chức khối nhập"):
        bring(stage, tmp_path, rows("BQL-2"), by="officer3", draft=True)
    with pytest.raises(CommandError, match="cơ quan tổ chức khối nhập"):
        bring(stage, tmp_path, rows(), by="officer3")
    with pytest.raises(CommandError, match="cơ quan tổ chức khối nhập"):
        bring(stage, tmp_path, rows(), by="officer1")

    bring(stage, tmp_path, rows(), by="officer3", draft=True)
    bring(stage, tmp_path, rows("BQL-2"), by="official")

    assert SelfAssessment.objects.count() == 2


def test_a_year_without_a_table_ends_with_a_sentence(tmp_path):
    year = make_year(["A"])

    with pytest.raises(CommandError, match="chưa có bảng tiêu chí được áp dụng"):
        run("import_assessments", csv_file(tmp_path, "a.csv", RESULTS, rows("A")), year=year)


def test_targets_of_a_file_are_approved(stage, tmp_path):
    Target.objects.all().delete()
    headers = ["Đơn vị", "Mã tiêu chí", "Chỉ tiêu", "Nguồn"]

    run(
        "import_targets",
        csv_file(tmp_path, "kh.csv", headers, [["BQL-3", "I.1", "1500", "Quyết định giao"]]),
        year=stage.year,
    )

    target = Target.objects.get()
    assert (target.value, target.state, target.source) == (1500, "approved", "Quyết định giao")


@pytest.mark.parametrize(
    ("row", "word"),
    [
        (["BQL-3", "I.2", "5", ""], "không dùng kế hoạch"),
        (["BQL-3", "I.1", "0", ""], "kế hoạch phải lớn hơn 0"),
        (["BQL-3", "I.1", "", ""], "thiếu kế hoạch"),
        (["BQL-8", "I.1", "5", ""], "không có đơn vị"),
    ],
)
def test_a_wrong_target_is_named(stage, tmp_path, row, word):
    path = csv_file(tmp_path, "kh.csv", ["unit", "criterion", "target", "source"], [row])

    with pytest.raises(CommandError, match=word):
        run("import_targets", path, year=stage.year)


def test_a_year_of_which_only_results_are_known_gives_its_standings(tmp_path):
    year = make_year(["A", "B", "C"], year=2020)
    known = [["A", "95,5", "2", "Tốt"], ["B", "97", "1", "Tốt"], ["C", "95,5", "2", ""]]

    run("import_results", csv_file(tmp_path, "kq.csv", ["unit", "total", "rank", "grade"], known), year=year)

    lines = standings_json(year)
    assert [(line["unit"], line["total"], line["rank"], line["shared"], line["grade"]) for line in lines] == [
        ("B", "97", 1, False, "Tốt"), ("A", "95.5", 2, True, "Tốt"), ("C", "95.5", 2, True, None),
    ]  # fmt: skip


def test_known_results_are_refused_where_scores_exist(stage, tmp_path):
    stage.send(3)

    with pytest.raises(CommandError, match="tính từ điểm"):
        run("import_results", csv_file(tmp_path, "kq.csv", ["unit", "rank"], [["BQL-3", "1"]]), year=stage.year)

    assert not Result.objects.exists()


def test_standings_are_written_as_csv_and_as_a_table(stage):
    stage.send(3)

    table = run("standings", year=stage.year, format="table").splitlines()
    text = run("standings", year=stage.year, format="csv").splitlines()

    assert table[2] == "1    | Bắc Giang   | 31,00      | 1,00        | 0,00     | 32,00     | Tốt"
    assert (
        text[1]
        == "BQL-3,Ban Quản lý các Khu công nghiệp tỉnh Bắc Giang,claimed,17.50,13.50,1.00,0.00,31.00,1.00,0.00,32.00,1,no,Tốt,yes"
    )
    assert text[2].endswith("Thái Nguyên,claimed,,,,,,,,,,no,,yes")


def test_amounts_are_strings_with_the_decimals_of_the_table(stage):
    stage.send(3)

    line = standings_json(stage.year)[0]

    assert json.loads(json.dumps(line)) == {
        "unit": "BQL-3",
        "name": "Ban Quản lý các Khu công nghiệp tỉnh Bắc Giang",
        "layer": "claimed",
        "groups": {"I": "17.50", "II": "13.50", "III": "1.00", "IV": "0.00"},
        "base": "31.00",
        "bonus": "1.00",
        "deduction": "0.00",
        "total": "32.00",
        "rank": 1,
        "shared": False,
        "grade": "Tốt",
        "provisional": True,
    }


def test_a_draft_filled_in_by_hand_is_not_replaced_without_a_word(stage, tmp_path):
    assessment = stage.start(3)
    stage.type(assessment, "I.2", "points", "5")

    with pytest.raises(CommandError, match="có 01 tiêu chí đã nhập tay") as refusal:
        bring(stage, tmp_path, rows())

    assert "Chưa có nội dung nào được ghi" in str(refusal.value)
    assert list(Score.objects.values_list("points", flat=True)) == [5]


def test_what_was_typed_by_hand_is_kept_when_so_chosen_and_the_rest_comes_from_the_file(stage, tmp_path):
    assessment = stage.start(3)
    stage.type(assessment, "I.2", "points", "5")

    bring(stage, tmp_path, rows(), typed_drafts="keep")

    claims = {score.criterion.code: score for score in Score.objects.select_related("criterion")}
    assert (claims["I.2"].points, claims["I.2"].is_imported) == (5, False)
    assert (claims["I.1"].actual, claims["I.1"].is_imported) == (90, True)


def test_what_was_typed_by_hand_stays_in_the_history_when_replaced(stage, tmp_path):
    assessment = stage.start(3)
    stage.type(assessment, "I.2", "points", "5")

    bring(stage, tmp_path, rows(), typed_drafts="replace")

    change = FieldChange.objects.order_by("-pk").first()
    assert Score.objects.get(criterion=stage.criteria["I.2"]).points == Decimal("3.5")
    assert (change.field, change.before, change.after) == ("points", "5", "3,5")


def test_the_page_asks_what_becomes_of_drafts_filled_in_by_hand(stage, tmp_path, settings):
    settings.DEMO_TODAY = "2024-12-05"
    stage.type(stage.start(3), "I.2", "points", "5")
    client = Client()
    client.force_login(stage.cast.official, backend="allauth.account.auth_backends.AuthenticationBackend")
    address = "/khoi/mnpb/2024/cham-diem/nhap-ket-qua/"
    content = Path(csv_file(tmp_path, "ket-qua.csv", RESULTS, rows())).read_bytes()
    shown = client.post(address, {"file": SimpleUploadedFile("ket-qua.csv", content)}).content.decode()
    token = re.search(r'name="kept" value="([^"]+)"', shown).group(1)

    undecided = client.post(address, {"kept": token})
    decided = client.post(address, {"kept": token, "typed": "keep"})

    assert "có 01 tiêu chí đã nhập tay" in shown
    assert (undecided.status_code, decided.status_code) == (409, 303)
