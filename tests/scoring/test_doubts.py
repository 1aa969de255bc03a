"""What a reviewer will ask about, told before the assessment is sent."""

import pytest

from blocs.models import BlocYear, Membership
from scoring.actions.evidence import attach_evidence
from scoring.actions.filling import record_figure, start_assessment
from scoring.actions.tables import import_criteria
from scoring.actions.targets import set_target
from scoring.models import SelfAssessment
from scoring.queries.doubts import doubts_before_submission
from tests.scoring.stage import NOW, small_table

pytestmark = pytest.mark.django_db


def asked(assessment, code):
    return [doubt.sentence for doubt in doubts_before_submission(assessment) if doubt.code == code]


def test_points_without_a_document_and_without_a_word_are_asked_about(stage):
    assessment = stage.fill(3)

    assert asked(assessment, "I.2") == ["Có điểm nhưng chưa có tài liệu minh chứng", "Chưa giải trình"]


def test_nothing_is_asked_where_a_document_and_an_explanation_stand(stage):
    assessment = stage.fill(3)
    stage.type(assessment, "I.2", "explanation", "Theo báo cáo số 15/BC-BQL")
    attach_evidence(assessment, stage.criteria["I.2"], link="https://tinh.example/2", by=None, at=NOW)

    assert asked(assessment, "I.2") == []


def test_what_does_not_apply_must_be_explained(stage):
    assessment = stage.start(3)
    stage.type(assessment, "I.2", "not_applicable", "có")

    assert asked(assessment, "I.2") == ["Ghi không áp dụng mà chưa giải trình"]


def test_a_target_that_nobody_approved_is_named(stage):
    assessment = stage.fill(3)
    set_target(stage.membership(3), stage.criteria["I.1"], value="120", by=None, at=NOW)

    assert "Kế hoạch 120 chưa được Trưởng khối duyệt" in asked(assessment, "I.1")


@pytest.mark.parametrize(
    ("actual", "question"),
    [
        ("80", []),
        ("40", ["Thực hiện 90 khác xa năm trước 40 (tăng 125%)"]),
        ("300", ["Thực hiện 90 khác xa năm trước 300 (giảm 70%)"]),
    ],
)
def test_an_amount_far_from_last_year_is_asked_about(stage, actual, question):
    year = BlocYear.objects.create(bloc=stage.year.bloc, year=2023)
    member = Membership.objects.create(year=year, unit=stage.membership(3).unit, position=1, name="x", short_name="x")
    table = import_criteria(year, small_table(), by=None, at=NOW)
    row = table.criteria.get(code="I.1")
    before = start_assessment(member, by=None, at=NOW)
    record_figure(before, row, field="target", typed="100", by=None, at=NOW)
    record_figure(before, row, field="actual", typed=actual, by=None, at=NOW)
    SelfAssessment.objects.filter(pk=before.pk).update(state=SelfAssessment.State.SUBMITTED)

    said = [sentence for sentence in asked(stage.fill(3), "I.1") if "năm trước" in sentence]

    assert said == question


def test_questions_cost_the_same_for_any_size(stage, django_assert_max_num_queries):
    assessment = stage.fill(3)

    with django_assert_max_num_queries(9):
        doubts_before_submission(assessment)
