"""Cross-scoring: assigned, never to oneself, in time to the second, extended with a reason that the log keeps."""

import datetime as dt

import pytest
from django.db import IntegrityError, transaction

from blocs.models import LogEntry, Notice
from blocs.rules import may
from scoring.actions.dossiers import NoReason, OwnAssessment
from scoring.actions.peers import PeerRefused, PeerTimeOver, assign_peers, extend_peer
from scoring.actions.reviewing import conclude_review, review_score
from scoring.actions.sending import BadExtension
from scoring.models import PeerAssignment, Score, SelfAssessment
from scoring.queries.peers import peer_lines
from scoring.queries.years import tasks_for
from tests.cast import make_cast
from tests.scoring.stage import NOW, Stage

pytestmark = pytest.mark.django_db
DUE = NOW + dt.timedelta(days=2)
LATE = DUE + dt.timedelta(seconds=1)
KEPT = Score.Verdict.KEPT


@pytest.fixture
def stage(db):
    """Set a stage of five, so that there are peers who neither lead nor assist."""
    return Stage(5)


def assign(stage, pairs, *, by=None, due_at=DUE, at=NOW):
    members = {stage.membership(one): other and stage.membership(other) for one, other in pairs.items()}
    return assign_peers(stage.year, members, due_at=due_at, by=by, at=at)


def fresh(user):
    return type(user).objects.get(pk=user.pk)


def review(stage, number, by, at=NOW):
    assessment = SelfAssessment.objects.get(membership=stage.membership(number))
    return review_score(assessment, stage.criteria["I.1"], verdict=KEPT, by=by, at=at)


def test_the_assigned_peer_reads_and_scores_the_table_of_another_member(stage):
    sent = stage.send(3)
    peer = stage.officer(4)
    assert not may(peer, "scoring.review_assessment", sent)
    assert not SelfAssessment.objects.visible_to(peer, NOW).filter(pk=sent.pk).exists()

    assign(stage, {3: 4}, by=stage.head(1))

    sent = SelfAssessment.objects.get(pk=sent.pk)
    assert may(fresh(peer), "scoring.review_assessment", sent)
    assert SelfAssessment.objects.visible_to(peer, NOW).filter(pk=sent.pk).exists()
    assert review(stage, 3, fresh(peer)).verdict == KEPT
    assert Notice.objects.filter(user=peer, kind="peer_assigned").count() == 1


def test_nobody_scores_itself(stage):
    with pytest.raises(OwnAssessment, match="không tự chấm chéo"):
        assign(stage, {3: 3})

    with pytest.raises(IntegrityError, match="nobody_scores_itself"), transaction.atomic():
        PeerAssignment.objects.create(membership=stage.membership(3), peer=stage.membership(3), assigned_at=NOW)


def test_the_leader_does_not_choose_who_scores_its_own_unit(stage):
    with pytest.raises(OwnAssessment, match="cơ quan tổ chức khối phân công"):
        assign(stage, {1: 3}, by=stage.head(1))

    assert assign(stage, {1: 3}, by=stage.cast.official) == 1
    stage.send(1)
    conclude_review(SelfAssessment.objects.get(), by=stage.head(3), at=NOW)
    assert SelfAssessment.objects.get().state == SelfAssessment.State.REVIEWED


def test_a_member_of_another_year_and_a_reviewed_table_are_not_assigned(stage):
    stage.send(3)
    foreign = make_cast(2, prefix="x").memberships["BQL-1"]
    with pytest.raises(PeerRefused, match="không phải thành viên"):
        assign_peers(stage.year, {stage.membership(3): foreign}, due_at=None, by=None, at=NOW)
    conclude_review(SelfAssessment.objects.get(), by=stage.head(1), at=NOW)

    with pytest.raises(PeerRefused, match="đã thẩm định xong"):
        assign(stage, {3: 2})

    assert not PeerAssignment.objects.exists()


def test_a_peer_scores_to_the_second_of_its_deadline_and_the_leader_afterwards(stage):
    stage.send(3)
    assign(stage, {3: 4})
    peer = stage.officer(4)
    review(stage, 3, peer, at=DUE)

    with pytest.raises(PeerTimeOver, match="Các điểm đã ghi vẫn được giữ"):
        review(stage, 3, peer, at=LATE)

    assert review(stage, 3, stage.head(1), at=LATE).verdict == KEPT


def test_an_extension_gives_the_peer_more_time_and_stands_in_the_log(stage):
    stage.send(3)
    assign(stage, {3: 4})
    until = DUE + dt.timedelta(days=1)

    extend_peer(PeerAssignment.objects.get(), until=until, reason="Chờ tài liệu", by=stage.head(1), at=LATE)

    assert review(stage, 3, fresh(stage.officer(4)), at=until).verdict == KEPT
    line = LogEntry.objects.filter(act="extend_peer").get()
    assert line.details["reason"] == "Chờ tài liệu"
    assert line.actor_id == stage.head(1).pk
    with pytest.raises(NoReason):
        extend_peer(PeerAssignment.objects.get(), until=until + dt.timedelta(days=1), reason=" ", by=None, at=NOW)
    with pytest.raises(BadExtension, match="phải sau hạn cũ"):
        extend_peer(PeerAssignment.objects.get(), until=DUE, reason="Sớm", by=None, at=NOW)


def test_a_new_peer_ends_the_old_assignment_and_an_unchanged_one_stays(stage):
    assign(stage, {2: 3, 3: 4})
    first = PeerAssignment.objects.get(membership=stage.membership(2))

    changed = assign(stage, {2: 3, 3: 2}, by=stage.head(1))

    assert changed == 1
    assert PeerAssignment.objects.in_force().get(membership=stage.membership(2)) == first
    assert PeerAssignment.objects.filter(membership=stage.membership(3)).count() == 2
    assert LogEntry.objects.filter(act="assign_peers").latest("pk").details["pairs"] == {"BQL-3": "BQL-2"}


def test_an_assignment_is_taken_back(stage):
    assign(stage, {3: 2})

    assert assign(stage, {3: None}) == 1

    assert not PeerAssignment.objects.in_force().exists()
    assert assign(stage, {3: None}) == 0


def test_the_task_is_the_peers_and_the_leader_waits_until_the_deadline_is_over(stage, settings):
    settings.DEMO_TODAY = "2024-12-05"
    stage.send(3)
    assign(stage, {3: 4})

    mine = [task.button for task in tasks_for(stage.officer(4), stage.year, NOW.date()) if "Thẩm định" in task.title]
    waiting = [task for task in tasks_for(stage.officer(1), stage.year, NOW.date()) if "Chấm chéo" in task.title]

    assert mine == ["Thẩm định"]
    assert [(task.button, task.waiting_for) for task in waiting] == [("", "Hòa Bình")]


def test_the_proposal_avoids_last_years_pairs(stage):
    lines = peer_lines(stage.year)

    assert [line.proposed.position for line in lines] == [2, 3, 4, 5, 1]
    assert [line.assigned for line in lines] == [None] * 5
