"""Agreed, locked, corrected: layers complete one after another and nothing changes silently."""

from decimal import Decimal

import pytest

from blocs.models import LogEntry
from blocs.workflow import NotNow
from scoring.actions.agreeing import NotAllAgreed, agree_all, agree_scores, change_agreed, correct_score, finalise
from scoring.actions.dossiers import NoReason, OwnAssessment
from scoring.actions.reviewing import conclude_review, review_score
from scoring.models import Result, Score, SelfAssessment
from scoring.queries import chain, standings
from tests.scoring.stage import NOW

pytestmark = pytest.mark.django_db
State = SelfAssessment.State


def totals(stage, layer=None):
    return {row.code: row.total for row in standings(stage.year, layer).rows}


def test_a_layer_is_the_default_only_when_every_member_reached_it(stage):
    stage.send_all()
    assert standings(stage.year).layer == "claimed"

    for number in (1, 2):
        conclude_review(stage.membership(number).assessment, by=stage.reviewer(number), at=NOW)
    assert standings(stage.year).layer == "claimed"

    conclude_review(stage.membership(3).assessment, by=stage.head(1), at=NOW)
    assert standings(stage.year).layer == "reviewed"


def test_the_bloc_agrees_on_all_reviewed_scores_at_once(stage):
    stage.send_all()
    stage.conclude_all()

    assert agree_all(stage.year, by=stage.head(1), at=NOW) == 3
    assert standings(stage.year).layer == "agreed"


def test_what_was_not_reviewed_is_not_agreed(stage):
    assessment = stage.send(3)

    with pytest.raises(NotNow, match="Đã gửi Trưởng khối"):
        agree_scores(assessment, by=stage.head(1), at=NOW)


def test_a_change_at_the_conference_says_why_and_keeps_the_review(stage):
    stage.send_all()
    assessment = stage.membership(3).assessment
    review_score(
        assessment,
        stage.criteria["I.1"],
        verdict="points",
        points="8",
        reason="Thiếu tài liệu",
        by=stage.head(1),
        at=NOW,
    )
    stage.conclude_all()

    with pytest.raises(NoReason):
        change_agreed(assessment, stage.criteria["I.1"], points="8,5", reason="", by=stage.head(1), at=NOW)
    change_agreed(
        assessment, stage.criteria["I.1"], points="8,5", reason="Hội nghị thống nhất", by=stage.head(1), at=NOW
    )

    steps = [(step.layer, step.points) for step in chain(assessment, stage.criteria["I.1"])]
    assert steps == [("claimed", "9,00"), ("reviewed", "8,00"), ("agreed", "8,50")]


def test_figures_corrected_later_set_aside_points_typed_before(stage):
    stage.send_all()
    assessment = stage.membership(3).assessment
    review_score(
        assessment, stage.criteria["I.1"], verdict="points", points="8", reason="Tạm", by=stage.head(1), at=NOW
    )
    stage.conclude_all()

    change_agreed(
        assessment, stage.criteria["I.1"], figures={"actual": "70"}, reason="Số quyết toán", by=stage.head(1), at=NOW
    )

    assert [step.points for step in chain(assessment, stage.criteria["I.1"])] == ["9,00", "8,00", "7,00"]


def test_nobody_changes_the_agreed_points_of_its_own_unit(stage):
    stage.send_all()
    stage.conclude_all()

    with pytest.raises(OwnAssessment):
        change_agreed(
            stage.membership(1).assessment, stage.criteria["I.1"], points="10", reason="x", by=stage.head(1), at=NOW
        )


def test_scores_are_locked_for_the_whole_bloc_or_not_at_all(stage):
    stage.send_all()
    stage.conclude_all()
    agree_scores(stage.membership(1).assessment, by=stage.head(1), at=NOW)

    with pytest.raises(NotAllAgreed, match="Tuyên Quang"):
        finalise(stage.year, by=stage.head(1), at=NOW)

    assert not Result.objects.exists()


def test_locking_keeps_total_rank_and_grade(stage):
    stage.finalise_all()

    kept = Result.objects.order_by("membership__position").values_list("total", "rank", "grade", "source")
    assert list(kept) == [(Decimal("32.00"), 1, "Tốt", "finalised")] * 3
    assert LogEntry.objects.filter(act="finalise_scores").count() == 1


def test_locked_scores_change_no_more_in_the_bloc(stage):
    stage.finalise_all()
    assessment = stage.membership(3).assessment

    with pytest.raises(NotNow):
        change_agreed(assessment, stage.criteria["I.1"], points="1", reason="x", by=stage.head(1), at=NOW)
    with pytest.raises(NotNow):
        agree_scores(assessment, by=stage.head(1), at=NOW)

    assert not Score.objects.filter(layer="agreed").exists()


def test_the_authority_corrects_and_the_bloc_reaches_the_corrected_layer(stage):
    stage.finalise_all()

    correct_score(
        stage.membership(3).assessment,
        stage.criteria["I.1"],
        points="10",
        reason="Theo kết luận",
        by=stage.cast.official,
        at=NOW,
    )

    assert standings(stage.year).layer == "corrected"
    assert totals(stage) == {"BQL-1": Decimal("32.00"), "BQL-2": Decimal("32.00"), "BQL-3": Decimal("33.00")}
    assert totals(stage, "agreed")["BQL-3"] == Decimal("32.00")
    assert Result.objects.get(membership=stage.membership(3)).rank == 1


def test_the_authority_corrects_only_locked_scores(stage):
    stage.send_all()

    with pytest.raises(NotNow, match="sau khi khóa"):
        correct_score(
            stage.membership(3).assessment,
            stage.criteria["I.1"],
            points="1",
            reason="x",
            by=stage.cast.official,
            at=NOW,
        )
