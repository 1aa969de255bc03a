"""The pages of reviewing: who scores whom, a selective return, a correction by the authority."""

import datetime as dt

import pytest
from django.test import Client

from scoring.actions.remarks import remark_on
from scoring.models import CompletionRequest, PeerAssignment, SelfAssessment
from scoring.queries import standings
from tests.scoring.stage import NOW, Stage

pytestmark = pytest.mark.django_db
ROOT = "/khoi/mnpb/2024/cham-diem"


@pytest.fixture
def stage(db):
    """Set a stage of four, so that there are peers who neither lead nor assist."""
    return Stage(4)


@pytest.fixture(autouse=True)
def assumed_date(settings):
    """It is 05/12/2024, before the deadline."""
    settings.DEMO_TODAY = "2024-12-05"


def signed_in(user):
    client = Client()
    client.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")
    return client


def field(stage, number):
    return f"don-vi-{stage.membership(number).pk}"


def test_the_proposed_rotation_is_written_down_by_the_leader_but_for_its_own_unit(stage):
    client = signed_in(stage.officer(1))
    page = client.get(f"{ROOT}/tham-dinh/cham-cheo/").content.decode()
    assert "đề xuất luân phiên, chưa được ghi" in page
    assert field(stage, 1) not in page
    assert page.count("selected>") == 3

    chosen = {field(stage, one): stage.membership(one % 4 + 1).pk for one in (2, 3, 4)}
    answer = client.post(f"{ROOT}/tham-dinh/cham-cheo/", chosen | {"due_at": "20/12/2024 17:00"})

    assert answer.status_code == 303
    rows = PeerAssignment.objects.in_force().values_list("membership__position", "peer__position")
    assert sorted(rows) == [(2, 3), (3, 4), (4, 1)]
    assert "Hòa Bình" in client.get(f"{ROOT}/tham-dinh/cham-cheo/").content.decode()


def test_a_wrong_assignment_keeps_what_was_chosen_and_says_why(stage):
    client = signed_in(stage.officer(1))
    chosen = {field(stage, 3): stage.membership(3).pk, field(stage, 4): stage.membership(2).pk}

    answer = client.post(f"{ROOT}/tham-dinh/cham-cheo/", chosen)

    assert answer.status_code == 422
    assert "không tự chấm chéo" in answer.content.decode()
    assert not PeerAssignment.objects.exists()


def test_a_member_reads_who_scores_whom_but_does_not_assign(stage):
    client = signed_in(stage.officer(3))

    page = client.get(f"{ROOT}/tham-dinh/cham-cheo/").content.decode()

    assert "Ghi phân công" not in page
    assert client.post(f"{ROOT}/tham-dinh/cham-cheo/", {}).status_code == 403


def test_the_review_page_of_an_assigned_peer_returns_selected_criteria(stage):
    stage.send(3)
    PeerAssignment.objects.create(membership=stage.membership(3), peer=stage.membership(4), assigned_at=NOW)
    client = signed_in(stage.officer(4))
    where = f"{ROOT}/tham-dinh/{stage.membership(3).pk}/"
    typed = {
        "criteria": [stage.criteria["I.2"].pk], "reason": "Thiếu tài liệu", "due_at": "10/12/2024 17:00",
    }  # fmt: skip

    answer = client.post(f"{where}de-nghi-hoan-thien/", typed)

    assert answer.status_code == 303
    request = CompletionRequest.objects.get()
    assert [row.code for row in request.criteria.all()] == ["I.2"]
    assert len(request.locked_digest) == 64
    assert "Các tiêu chí khác được khóa" in client.get(where).content.decode()


def test_the_authority_corrects_a_locked_score_on_the_page_of_the_figure(stage):
    stage.finalise_all()
    row = stage.criteria["I.2"]
    where = f"{ROOT}/tong-hop/{stage.membership(3).pk}/{row.pk}/"
    client = signed_in(stage.cast.official)
    assert "Cơ quan tổ chức khối điều chỉnh điểm" in client.get(where).content.decode()

    empty = client.post(f"{where}dieu-chinh/", {"override": "3"})
    answer = client.post(f"{where}dieu-chinh/", {"override": "3", "reason": "Theo kết luận kiểm tra"})

    assert empty.status_code == 409
    assert "Cần ghi lý do" in empty.content.decode()
    assert answer.status_code == 303
    board = standings(stage.year)
    assert (board.layer, board.label) == ("corrected", "Điểm điều chỉnh của cơ quan tổ chức khối, ngày 05/12/2024")
    assert "Theo kết luận kiểm tra" in client.get(where).content.decode()


def test_the_leader_does_not_correct_after_the_lock(stage):
    stage.finalise_all()
    row = stage.criteria["I.2"]
    where = f"{ROOT}/tong-hop/{stage.membership(3).pk}/{row.pk}/"
    client = signed_in(stage.officer(1))

    assert client.post(f"{where}dieu-chinh/", {"override": "3", "reason": "Muộn"}).status_code == 403
    assert SelfAssessment.objects.filter(corrected_at__isnull=False).count() == 0
    assert dt.date(2024, 12, 5) == NOW.date()


def test_the_reviewer_reads_and_answers_the_thread_of_the_open_criterion(stage):
    assessment = stage.send(3)
    criterion = stage.criteria["I.2"]
    for said, is_internal in (("Xin xem Quyết định số 5.", False), ("Chỉ người của đơn vị đọc.", True)):
        remark_on(assessment, criterion, said=said, is_internal=is_internal, by=stage.officer(3), at=NOW)
    client = signed_in(stage.officer(1))

    page = client.get(f"{ROOT}/tham-dinh/{assessment.membership_id}/?tieu-chi=I.2").content.decode()

    assert "Xin xem Quyết định số 5." in page
    assert "Chỉ người của đơn vị đọc." not in page
    assert f'id="noi-{criterion.pk}"' in page
