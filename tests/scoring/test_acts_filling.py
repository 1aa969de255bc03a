"""Filling in: fields, points, history, conflicts, evidence."""

import datetime as dt
from decimal import Decimal

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext

from blocs.clock import at
from blocs.errors import Refusal
from blocs.files import FileRefused
from blocs.models import BlocYear, LogEntry
from scoring.actions.dossiers import BadFigure
from scoring.actions.evidence import EvidenceRefused, attach_evidence, remove_evidence, reuse_evidence
from scoring.actions.filling import (
    ChangedMeanwhile,
    Locked,
    NoTableYet,
    record_fields,
    record_figure,
    restore_figure,
    start_assessment,
)
from scoring.actions.remarks import NothingSaid, remark_on
from scoring.models import FieldChange, Score, Target
from scoring.queries import filling_sheet, missing_before_submission
from scoring.queries.remarks import remarks_of
from tests.cast import make_cast
from tests.scoring.stage import LATER, NOW, pdf

pytestmark = pytest.mark.django_db


def test_a_saved_figure_gives_its_points_at_once(stage):
    assessment = stage.start(3)

    saved = stage.type(assessment, "I.1", "actual", "89,5", by=stage.officer(3))

    assert (saved.points, saved.group_points, saved.total) == ("8,95", "8,95", "8,95")
    assert saved.saved_at == "09:00, 05/12/2024"


@pytest.mark.parametrize(
    ("code", "field", "typed", "points"),
    [
        ("I.2", "points", "4,25", "4,25"),
        ("I.3", "level", "1", "5,00"),
        ("I.3", "level", "không", "0,00"),
        ("II.1", "level", "2", "2,50"),
        ("II.2", "count", "1,5", "1,50"),
        ("II.3", "plus", "2", "4,00"),
        ("II.3", "minus", "5", "-2,00"),
        ("II.4", "actual", "120", "5,00"),
        ("II.4", "actual", "80", "2,00"),
        ("I.2", "not_applicable", "có", "5,00"),
    ],
)
def test_every_method_takes_its_own_field(stage, code, field, typed, points):
    assessment = stage.start(3)

    assert stage.type(assessment, code, field, typed).points == points


@pytest.mark.parametrize(
    ("code", "field", "typed", "word"),
    [
        ("I.1", "actual", "một trăm", "không phải là số"),
        ("I.1", "actual", "1.500", "hai cách"),
        ("I.1", "actual", "-1", "nhỏ hơn 0"),
        ("I.1", "target", "120", "đã được duyệt là 100"),
        ("I.1", "count", "3", "không dùng ô này"),
        ("I.2", "points", "5,25", "từ 0 đến 5"),
        ("I.2", "points", "0,3", "bội số của 0,25"),
        ("I.3", "level", "có lẽ", "không rõ là có hay không"),
        ("II.1", "level", "4", "từ 1 đến 3"),
        ("II.3", "plus", "1,5", "số nguyên"),
        ("III.1", "not_applicable", "có", "điểm chuẩn"),
    ],
)
def test_a_wrong_figure_is_refused_and_changes_nothing(stage, code, field, typed, word):
    assessment = stage.start(3)

    with pytest.raises(BadFigure, match=word) as refusal:
        stage.type(assessment, code, field, typed)

    assert refusal.value.figure in {field, "points", "actual", "target"}
    assert Score.objects.count() == 0
    assert FieldChange.objects.count() == 0


def test_each_save_is_kept_in_the_field_history_and_not_in_the_log(stage):
    assessment = stage.start(3)
    lines = LogEntry.objects.count()

    stage.type(assessment, "I.1", "actual", "80", by=stage.officer(3))
    stage.type(assessment, "I.1", "actual", "90,5", by=stage.officer(3))

    changes = FieldChange.objects.filter(field="actual").values_list("before", "after", "by")
    assert list(changes) == [("", "80", stage.officer(3).pk), ("80", "90,5", stage.officer(3).pk)]
    assert LogEntry.objects.count() == lines


def test_saving_the_same_text_again_changes_nothing(stage):
    assessment = stage.start(3)
    stage.type(assessment, "I.1", "actual", "80")

    again = stage.type(assessment, "I.1", "actual", "80,0")

    assert not again.is_changed
    assert FieldChange.objects.filter(field="actual").count() == 1


def test_saying_it_does_not_apply_empties_the_figures_and_stating_one_brings_it_back(stage):
    assessment = stage.start(3)
    stage.type(assessment, "I.1", "actual", "80")

    stage.type(assessment, "I.1", "not_applicable", "có")
    away = Score.objects.get()
    assert (away.actual, away.target, away.not_applicable) == (None, None, True)

    stage.type(assessment, "I.1", "actual", "70")
    back = Score.objects.get()
    assert (back.actual, back.target, back.not_applicable) == (70, 100, False)


def test_a_target_that_was_not_approved_is_kept_as_proposed(stage):
    Target.objects.all().delete()
    assessment = stage.start(3)

    stage.type(assessment, "I.1", "target", "1500")

    assert [(target.value, target.state) for target in Target.objects.all()] == [(1500, Target.State.PROPOSED)]


def test_what_another_saved_meanwhile_is_not_overwritten_silently(stage):
    assessment = stage.start(3)
    stage.type(assessment, "I.1", "actual", "80", by=stage.officer(3), seen="")

    with pytest.raises(ChangedMeanwhile, match=r"vừa được .* sửa lúc 09 giờ 00 \(trống → 80\)") as refusal:
        stage.type(assessment, "I.1", "actual", "85", by=stage.head(3), seen="")

    assert refusal.value.theirs == "80"
    assert Score.objects.get().actual == 80


def test_the_same_value_from_two_people_is_no_conflict(stage):
    assessment = stage.start(3)
    stage.type(assessment, "I.1", "actual", "80", seen="")

    assert stage.type(assessment, "I.1", "actual", "80", seen="").points == "8,00"


def test_a_group_cannot_be_filled_in(stage):
    with pytest.raises(Locked, match="không phải tiêu chí chấm điểm"):
        stage.type(stage.start(3), "I", "points", "1")


def test_a_sent_table_is_locked(stage):
    assessment = stage.send(3)

    with pytest.raises(Locked, match="Đã gửi Trưởng khối"):
        stage.type(assessment, "I.1", "actual", "1")

    assert Score.objects.get(criterion__code="I.1").actual == 90


def test_a_draft_may_be_filled_in_after_the_deadline(stage):
    assessment = stage.start(3)

    assert stage.type(assessment, "I.1", "actual", "50", at=LATER).points == "5,00"


def test_a_past_year_is_read_only(stage):
    assessment = stage.start(3)
    BlocYear.objects.update(state=BlocYear.State.CLOSED)

    with pytest.raises(Refusal, match="đã kết thúc"):
        stage.type(assessment, "I.1", "actual", "1")


def test_an_assessment_begins_only_on_an_adopted_table():
    cast = make_cast(2)

    with pytest.raises(NoTableYet, match="chưa được áp dụng"):
        start_assessment(cast.memberships["BQL-1"], by=None, at=NOW)


def test_beginning_twice_gives_the_same_assessment(stage):
    assert stage.start(3) == stage.start(3)


def test_the_checklist_names_what_is_missing_in_the_order_of_the_table(stage):
    assessment = stage.start(3)
    stage.type(assessment, "I.1", "actual", "80")
    stage.type(assessment, "I.2", "points", "0")

    missing = [gap.text for gap in missing_before_submission(assessment)]

    assert missing == [
        "I.1 chưa có minh chứng",
        "I.3 chưa chấm",
        "II.1 chưa chấm",
        "II.2 chưa nhập số lượng",
        "II.3 chưa nhập số lần cộng, trừ",
        "II.4 chưa nhập số thực hiện",
    ]


def test_no_proof_is_asked_where_no_points_are_claimed(stage):
    assessment = stage.start(3)
    stage.type(assessment, "I.1", "actual", "0")

    assert "I.1" not in {gap.code for gap in missing_before_submission(assessment)}


def test_a_filled_table_lacks_nothing(stage):
    assert missing_before_submission(stage.fill(3)) == []


def test_evidence_is_a_file_or_a_link(stage):
    assessment = stage.start(3)

    with pytest.raises(EvidenceRefused, match="cần một tệp hoặc một liên kết"):
        attach_evidence(assessment, stage.criteria["I.1"], name="Báo cáo", by=None, at=NOW)


def test_a_piece_of_evidence_names_its_document(stage):
    assessment = stage.start(3)

    piece = attach_evidence(
        assessment,
        stage.criteria["I.1"],
        name="Báo cáo năm",
        number="12/BC",
        dated_on=dt.date(2024, 11, 30),
        upload=pdf(),
        by=stage.officer(3),
        at=NOW,
    )

    assert piece.citation == "Báo cáo năm số 12/BC ngày 30/11/2024"
    assert piece.file.content_type == "application/pdf"


def test_a_macro_file_is_refused_and_the_claims_stay(stage):
    assessment = stage.fill(3)
    upload = SimpleUploadedFile("bao cao.xlsm", b"PK\x03\x04 khong phai zip")

    with pytest.raises(FileRefused):
        attach_evidence(assessment, stage.criteria["I.1"], name="Báo cáo", upload=upload, by=None, at=NOW)

    assert missing_before_submission(assessment) == []


def test_a_sixth_document_is_refused(stage):
    assessment = stage.start(3)
    for number in range(5):
        attach_evidence(
            assessment, stage.criteria["I.1"], name=f"Tài liệu {number}", link="https://a.example", by=None, at=NOW
        )

    with pytest.raises(EvidenceRefused, match="05 tài liệu"):
        attach_evidence(assessment, stage.criteria["I.1"], name="Thừa", link="https://a.example", by=None, at=NOW)


def test_evidence_taken_out_stays_on_record(stage):
    assessment = stage.fill(3)
    piece = assessment.evidence.get()

    remove_evidence(piece, by=stage.officer(3), at=NOW)

    piece.refresh_from_db()
    assert (piece.removed_at, piece.removed_by) == (NOW, stage.officer(3))
    assert [gap.text for gap in missing_before_submission(assessment)] == ["I.1 chưa có minh chứng"]


def test_a_relative_draft_counts_against_the_bloc_and_itself(stage):
    stage.send(1, II_4={"actual": "150"})
    assessment = stage.start(3)

    saved = stage.type(assessment, "II.4", "actual", "125")

    assert saved.points == "3,75"
    assert filling_sheet(assessment, at=NOW).provisional


def test_the_sheet_adds_up_by_group(stage):
    sheet = filling_sheet(stage.fill(3), at=at(dt.date(2024, 12, 6)))

    assert [(group.code, group.points, group.answered, group.of) for group in sheet.groups] == [
        ("I", "17,50", 3, 3),
        ("II", "13,50", 4, 4),
        ("III", "1,00", 1, 1),
        ("IV", "0,00", 1, 1),
    ]
    assert (sheet.total, sheet.grade, sheet.missing) == ("32,00", "Tốt", [])
    assert sheet.groups[0].lines[0].values == {"target": "100", "actual": "90", "not_applicable": ""}
    assert sheet.groups[0].lines[0].last_year == []


def test_a_save_costs_five_statements(stage):
    assessment = stage.fill(3)

    with CaptureQueriesContext(connection) as queries:
        record_figure(assessment, stage.criteria["I.2"], field="points", typed="1", by=None, at=NOW)

    statements = [query for query in queries if "SAVEPOINT" not in query["sql"]]
    assert len(statements) == 5, [query["sql"][:60] for query in statements]


def test_several_fields_are_saved_at_once_and_a_wrong_one_does_not_keep_the_others(stage):
    assessment = stage.start(3)

    recorded = record_fields(
        assessment, stage.criteria["II.3"].pk, typed={"plus": "2", "minus": "nhiều", "explanation": "Hai sáng kiến"},
        seen={}, by=None, at=NOW,
    )  # fmt: skip

    score = Score.objects.get(criterion=stage.criteria["II.3"])
    assert (score.plus, score.minus, score.explanation) == (2, None, "Hai sáng kiến")
    assert list(recorded.refusals) == ["minus"]
    assert recorded.saved == {"plus", "explanation"}


def test_an_earlier_value_comes_back_as_a_change_of_its_own(stage):
    assessment = stage.start(3)
    stage.type(assessment, "I.2", "points", "3,5")
    stage.type(assessment, "I.2", "points", "4,25")
    last = FieldChange.objects.order_by("-pk").first()

    restore_figure(assessment, last, by=stage.head(3), at=NOW)

    assert Score.objects.get(criterion=stage.criteria["I.2"]).points == Decimal("3.5")
    assert [(change.before, change.after) for change in FieldChange.objects.order_by("pk")] == [
        ("", "3,5"), ("3,5", "4,25"), ("4,25", "3,5"),
    ]  # fmt: skip


def test_an_earlier_value_does_not_come_back_once_the_table_is_sent(stage):
    assessment = stage.send(3)
    change = assessment.changes.filter(field="points").first()

    with pytest.raises(Locked):
        restore_figure(assessment, change, by=None, at=NOW)


def test_a_document_of_one_criterion_proves_another_without_a_second_copy(stage):
    assessment = stage.start(3)
    first = attach_evidence(assessment, stage.criteria["I.1"], name="Báo cáo", upload=pdf(), by=None, at=NOW)

    second = reuse_evidence(first, stage.criteria["I.2"], by=None, at=NOW)

    assert (second.name, second.file_id, second.criterion.code) == ("Báo cáo", first.file_id, "I.2")


def test_the_same_content_is_not_added_twice_to_one_criterion(stage):
    assessment = stage.start(3)
    attach_evidence(assessment, stage.criteria["I.1"], name="Báo cáo", upload=pdf(), by=None, at=NOW)

    with pytest.raises(EvidenceRefused, match="nội dung giống hệt"):
        attach_evidence(assessment, stage.criteria["I.1"], name="Tên khác", upload=pdf("khac.pdf"), by=None, at=NOW)

    assert assessment.evidence.count() == 1


def test_a_file_without_a_name_is_called_after_itself(stage):
    evidence = attach_evidence(stage.start(3), stage.criteria["I.1"], upload=pdf("Bao_cao quy IV.pdf"), by=None, at=NOW)

    assert evidence.name == "Bao cao quy IV"


def test_remarks_inside_the_unit_stay_inside(stage):
    assessment = stage.send(3)
    remark_on(assessment, stage.criteria["I.1"], said="Số này lấy ở đâu?", is_internal=True, by=None, at=NOW)
    remark_on(assessment, stage.criteria["I.1"], said="Theo báo cáo quý IV", is_internal=False, by=None, at=NOW)

    read = {
        who: [said.text for said in remarks_of(assessment, user).get(stage.criteria["I.1"].pk, [])]
        for who, user in {"own": stage.officer(3), "leader": stage.officer(1), "other": stage.officer(2)}.items()
    }

    assert read["own"] == ["Số này lấy ở đâu?", "Theo báo cáo quý IV"]
    assert read["leader"] == ["Theo báo cáo quý IV"]


def test_an_empty_remark_is_refused(stage):
    with pytest.raises(NothingSaid):
        remark_on(stage.start(3), stage.criteria["I.1"], said="  ", is_internal=True, by=None, at=NOW)
