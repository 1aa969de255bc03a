"""Selective return: the named criteria open, the rest stays locked with its digest, then a second look."""

import datetime as dt

import pytest

from blocs.models import LogEntry
from scoring.actions.completing import LockedChanged, answer_completion, request_completion
from scoring.actions.evidence import attach_evidence
from scoring.actions.filling import Locked
from scoring.actions.reviewing import review_score
from scoring.models import CompletionRequest, Score, SelfAssessment
from scoring.queries import review_queue
from scoring.queries.digests import claims_digest
from tests.scoring.stage import NOW

pytestmark = pytest.mark.django_db
SOON = NOW + dt.timedelta(hours=1)
LATER = NOW + dt.timedelta(hours=2)


def ask(stage, number, *codes):
    asked = [stage.criteria[code] for code in codes]
    return request_completion(
        stage.membership(number).assessment, criteria=asked, reason="Thiếu tài liệu", due_at=LATER,
        by=stage.head(1), at=NOW,
    )  # fmt: skip


def answer(stage, number):
    assessment = SelfAssessment.objects.get(membership=stage.membership(number))
    return answer_completion(assessment, answer="Đã bổ sung", by=stage.officer(number), at=SOON)


def test_what_was_not_asked_about_stays_locked_and_keeps_its_digest(stage):
    assessment = stage.send(3)
    before = claims_digest(assessment, without={stage.criteria["I.2"].pk})

    ask(stage, 3, "I.2")
    stage.type(assessment, "I.2", "points", "3", by=stage.officer(3), at=SOON)
    with pytest.raises(Locked):
        stage.type(assessment, "I.1", "actual", "100", by=stage.officer(3), at=SOON)
    with pytest.raises(Locked):
        attach_evidence(assessment, stage.criteria["I.1"], name="Khác", link="https://a.vn/b", by=None, at=SOON)
    answer(stage, 3)

    assert claims_digest(assessment, without={stage.criteria["I.2"].pk}) == before
    assert CompletionRequest.objects.get().locked_digest == before
    logged = LogEntry.objects.filter(act__in=["request_completion", "answer_completion"])
    assert {entry.details["locked"] for entry in logged} == {before}


def test_an_answer_is_refused_when_something_locked_is_not_what_it_was(stage):
    assessment = stage.send(3)
    ask(stage, 3, "I.2")
    Score.objects.filter(assessment=assessment, criterion=stage.criteria["I.1"]).update(actual="100")

    with pytest.raises(LockedChanged, match="báo đơn vị thẩm định"):
        answer(stage, 3)

    assert SelfAssessment.objects.get(pk=assessment.pk).state == SelfAssessment.State.COMPLETING


def test_the_second_look_begins_with_what_was_completed_and_takes_old_conclusions_back(stage):
    assessment = stage.send(3)
    for code in ("I.2", "I.3"):
        review_score(assessment, stage.criteria[code], verdict="kept", by=stage.head(1), at=NOW)
    request_completion(assessment, criteria=[stage.criteria["I.2"]], reason="Thiếu", by=stage.head(1), at=NOW)
    stage.type(assessment, "I.2", "points", "3", by=stage.officer(3), at=SOON)
    answer(stage, 3)

    queue = review_queue(SelfAssessment.objects.get(pk=assessment.pk))

    first = queue.to_see[0]
    assert (first.criterion.code, first.is_done) == ("I.2", False)
    assert first.why[0] == "Đơn vị đã hoàn thiện: điểm 3,5 → 3"
    assert next(line for line in queue.lines if line.criterion.code == "I.3").is_done
    review_score(assessment, stage.criteria["I.2"], verdict="kept", by=stage.head(1), at=LATER)
    assert review_queue(assessment).to_see[0].is_done
