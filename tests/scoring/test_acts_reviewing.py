"""Review: keep, correct, override, complete, explain, conclude; nobody reviews itself."""

import datetime as dt
from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction

from blocs.actions.year_settings import name_leader_reviewer
from blocs.models import LogEntry
from blocs.rules import may
from blocs.workflow import NotNow
from scoring.actions.completing import answer_completion, request_completion
from scoring.actions.dossiers import BadFigure, NoReason, OwnAssessment
from scoring.actions.filling import Locked
from scoring.actions.reviewing import (
    NothingStated,
    conclude_review,
    reopen_review,
    review_score,
)
from scoring.actions.sending import SubmissionClosed, grant_extension
from scoring.models import FieldChange, Score, SelfAssessment
from scoring.queries import chain, review_queue, standings
from tests.scoring.stage import NOW

pytestmark = pytest.mark.django_db
State, Verdict = SelfAssessment.State, Score.Verdict
TOMORROW = NOW + dt.timedelta(days=1)


def judge(stage, assessment, code, verdict, **more):
    number = assessment.membership.position
    return review_score(assessment, stage.criteria[code], verdict=verdict, by=stage.reviewer(number), at=NOW, **more)


def total(stage, number, layer):
    rows = standings(stage.year, layer).rows
    return next(row.total for row in rows if row.code == f"BQL-{number}")


def test_the_first_conclusion_begins_the_review(stage):
    assessment = stage.send(3)

    judge(stage, assessment, "I.1", Verdict.KEPT)

    assert SelfAssessment.objects.get(pk=assessment.pk).state == State.IN_REVIEW


def test_corrected_figures_recompute_the_points(stage):
    assessment = stage.send(3)

    judge(stage, assessment, "I.1", Verdict.FIGURES, figures={"actual": "80,5"}, reason="Theo báo cáo")

    assert total(stage, 3, "claimed") == Decimal("32.00")
    assert total(stage, 3, "reviewed") == Decimal("31.05")


def test_an_override_stays_as_typed(stage):
    assessment = stage.send(3)

    judge(stage, assessment, "I.1", Verdict.POINTS, points="7,1250", reason="Thiếu tài liệu")

    assert Score.objects.get(layer="reviewed").override == Decimal("7.125")
    assert total(stage, 3, "reviewed") == Decimal("30.13")


def test_corrected_figures_of_one_change_the_relative_points_of_all(stage):
    first, second, third = stage.send(1, II_4={"actual": "150"}), stage.send(2, II_4={"actual": "125"}), stage.send(3)
    assert total(stage, 2, "claimed") == Decimal("30.75")

    judge(stage, first, "II.4", Verdict.FIGURES, figures={"actual": "125"}, reason="Theo quyết toán")

    assert total(stage, 2, "reviewed") == Decimal("32.00")
    assert total(stage, 2, "claimed") == Decimal("30.75")
    assert (second.state, third.state) == (State.SUBMITTED, State.SUBMITTED)


def test_an_override_never_changes_the_points_of_others(stage):
    first, _ = stage.send(1, II_4={"actual": "150"}), stage.send(2, II_4={"actual": "125"})

    judge(stage, first, "II.4", Verdict.POINTS, points="1", reason="Chưa rõ")

    assert total(stage, 2, "reviewed") == total(stage, 2, "claimed")


@pytest.mark.parametrize(
    ("verdict", "more", "refusal", "word"),
    [
        (Verdict.FIGURES, {"figures": {"actual": "80"}}, NoReason, "lý do"),
        (Verdict.POINTS, {"points": "5"}, NoReason, "lý do"),
        (Verdict.FIGURES, {"reason": "x"}, NothingStated, "số liệu"),
        (Verdict.POINTS, {"reason": "x"}, NothingStated, "số điểm"),
        (Verdict.POINTS, {"points": "10,5", "reason": "x"}, BadFigure, "từ 0 đến 10"),
        (Verdict.POINTS, {"points": "nhiều", "reason": "x"}, BadFigure, "không phải là số"),
        (Verdict.FIGURES, {"figures": {"actual": "-3"}, "reason": "x"}, BadFigure, "nhỏ hơn 0"),
        ("other", {"reason": "x"}, NothingStated, "Cần chọn"),
    ],
)
def test_a_wrong_conclusion_is_refused_and_keeps_the_claim(stage, verdict, more, refusal, word):
    assessment = stage.send(3)

    with pytest.raises(refusal, match=word):
        judge(stage, assessment, "I.1", verdict, **more)

    assert not Score.objects.filter(layer="reviewed").exists()
    assert SelfAssessment.objects.get(pk=assessment.pk).state == State.SUBMITTED


def test_the_claim_stays_under_every_later_layer(stage):
    assessment = stage.send(3)

    judge(stage, assessment, "I.1", Verdict.FIGURES, figures={"actual": "80"}, reason="Theo báo cáo")

    assert Score.objects.get(layer="claimed", criterion=stage.criteria["I.1"]).actual == 90


def test_the_leader_never_reviews_its_own(stage):
    assessment = stage.send(1)

    with pytest.raises(OwnAssessment, match="Không tham gia xét đơn vị mình"):
        review_score(assessment, stage.criteria["I.1"], verdict=Verdict.KEPT, by=stage.head(1), at=NOW)


@pytest.mark.parametrize(
    ("who", "number", "allowed"),
    [("head1", 3, True), ("head2", 3, True), ("head3", 3, False), ("head1", 1, False), ("head2", 1, True), ("head3", 1, False),
     ("head2", 2, False), ("head1", 2, True)],
)  # fmt: skip
def test_the_leader_and_for_it_the_deputy_review_and_never_themselves(stage, who, number, allowed):
    user = stage.head(int(who[-1]))

    assert may(user, "scoring.review_assessment", stage.membership(number)) is allowed


def test_the_authority_names_who_reviews_the_leader(stage):
    name_leader_reviewer(stage.year, unit=stage.cast.units["BQL-3"], by=stage.cast.official)
    membership = stage.year.memberships.select_related("year").get(position=1)

    assert may(stage.head(3), "scoring.review_assessment", membership)
    assert not may(stage.head(2), "scoring.review_assessment", membership)
    assert not may(stage.head(1), "blocs.oversee", stage.year)


def test_an_act_of_the_deputy_is_logged_as_done_instead_of_the_leader(stage):
    assessment = stage.send(3)

    review_score(assessment, stage.criteria["I.1"], verdict=Verdict.KEPT, by=stage.head(2), at=NOW)

    assert LogEntry.objects.latest("sequence").details["instead_of_leader"] is True


def test_a_request_names_criteria_and_opens_only_those(stage):
    assessment = stage.send(3)
    request_completion(
        assessment, criteria=[stage.criteria["I.1"]], reason="Thiếu số", due_at=TOMORROW, by=stage.head(1), at=NOW
    )

    stage.type(assessment, "I.1", "actual", "85")
    with pytest.raises(Locked, match="Đề nghị hoàn thiện"):
        stage.type(assessment, "I.2", "points", "5")

    assert Score.objects.get(criterion=stage.criteria["I.2"]).points == Decimal("3.5")


def test_a_request_without_criteria_opens_the_whole_table(stage):
    assessment = stage.send(3)
    request_completion(assessment, reason="Xem lại", by=stage.head(1), at=NOW)

    assert stage.type(assessment, "I.2", "points", "5").points == "5,00"


def test_the_unit_answers_and_the_review_goes_on(stage):
    assessment = stage.send(3)
    request_completion(assessment, reason="Thiếu số", by=stage.head(1), at=NOW)

    answered = answer_completion(assessment, answer="Đã bổ sung", by=stage.officer(3), at=NOW)
    judge(stage, assessment, "I.1", Verdict.KEPT)

    assert answered.state == State.ANSWERED
    assert assessment.requests.get().answer == "Đã bổ sung"
    assert SelfAssessment.objects.get(pk=assessment.pk).state == State.IN_REVIEW


def test_an_answer_after_its_deadline_is_refused_until_more_time_is_granted(stage):
    assessment = stage.send(3)
    request_completion(assessment, reason="Thiếu số", due_at=TOMORROW, by=stage.head(1), at=NOW)
    late = TOMORROW + dt.timedelta(seconds=1)

    with pytest.raises(SubmissionClosed):
        answer_completion(assessment, answer="Đã bổ sung", by=stage.officer(3), at=late)
    grant_extension(stage.membership(3), until=late + dt.timedelta(days=1), reason="Bão", by=stage.head(1), at=late)

    assert answer_completion(assessment, answer="Đã bổ sung", by=stage.officer(3), at=late).state == State.ANSWERED


def test_a_request_says_why(stage):
    assessment = stage.send(3)

    with pytest.raises(NoReason):
        request_completion(assessment, reason="", by=stage.head(1), at=NOW)

    assert SelfAssessment.objects.get(pk=assessment.pk).state == State.SUBMITTED


def test_a_concluded_review_is_taken_up_again_with_a_reason(stage):
    assessment = stage.send(3)
    conclude_review(assessment, by=stage.head(1), at=NOW)

    reopened = reopen_review(assessment, reason="Có văn bản mới", by=stage.head(1), at=NOW)

    assert reopened.state == State.IN_REVIEW


def test_a_draft_is_not_reviewed(stage):
    assessment = stage.fill(3)

    with pytest.raises(NotNow, match="Đang lập"):
        judge(stage, assessment, "I.1", Verdict.KEPT)


def test_the_chain_of_a_figure_says_who_when_and_why(stage):
    assessment = stage.send(3)
    judge(stage, assessment, "I.1", Verdict.FIGURES, figures={"actual": "80"}, reason="Theo báo cáo")

    steps = chain(assessment, stage.criteria["I.1"])

    assert [(step.label, step.points, step.figures, step.verdict, step.reason, step.by) for step in steps] == [
        ("Điểm tự chấm", "9,00", "90 / 100 vụ việc", "", "", stage.officer(3)),
        ("Điểm thẩm định", "8,00", "80 / 100 vụ việc", "Điều chỉnh số liệu", "Theo báo cáo", stage.head(1)),
    ]


def test_a_second_conclusion_leaves_the_first_in_the_history(stage):
    assessment = stage.send(3)
    judge(stage, assessment, "I.1", Verdict.POINTS, points="8", reason="Một")
    judge(stage, assessment, "I.1", Verdict.KEPT)

    history = FieldChange.objects.filter(layer="reviewed").values_list("before", "after")

    assert list(history) == [
        ("", "Điều chỉnh điểm; override=8; Một"),
        ("Điều chỉnh điểm; override=8; Một", "Giữ nguyên điểm"),
    ]


def test_the_queue_puts_doubts_first(stage):
    assessment = stage.send(3, I_2={"points": "4", "explanation": "Tăng do dự án mới"})

    queue = review_queue(assessment)

    assert [(line.criterion.code, line.why) for line in queue.to_see] == [
        ("I.2", ["Có giải trình của đơn vị"]),
        ("III.1", ["Điểm thưởng, cần xem quyết định"]),
    ]
    assert (len(queue.matching), queue.left, queue.claimed_total) == (7, 2, "32,50")


def test_the_database_refuses_a_changed_score_without_a_reason(stage):
    assessment = stage.send(3)

    with pytest.raises(IntegrityError), transaction.atomic():
        Score.objects.create(
            assessment=assessment,
            criterion=stage.criteria["I.1"],
            layer="reviewed",
            verdict="points",
            override=1,
            at=NOW,
        )
