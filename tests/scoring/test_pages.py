"""The pages of scoring: what a field gives back, what a refusal keeps, what leads where."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from blocs.text import VIETNAM
from scoring.models import Score, SelfAssessment
from tests.scoring.stage import NOW, PDF, pdf

pytestmark = pytest.mark.django_db
ROOT = "/khoi/mnpb/2024/cham-diem"


@pytest.fixture(autouse=True)
def assumed_date(settings):
    """It is 05/12/2024, before the deadline."""
    settings.DEMO_TODAY = "2024-12-05"


def signed_in(user):
    client = Client()
    client.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")
    return client


def sheet_url(stage, number, rest=""):
    return f"{ROOT}/bang-tu-cham/{stage.membership(number).pk}/{rest}"


def figure_url(stage, number, code, rest=""):
    return sheet_url(stage, number, f"tieu-chi/{stage.criteria[code].pk}/{rest}")


def claimed(stage, number, code):
    return Score.objects.get(assessment__membership=stage.membership(number), criterion=stage.criteria[code])


def test_a_field_saved_by_itself_gives_its_points_and_the_new_total_back(stage):
    stage.start(3)
    client = signed_in(stage.officer(3))
    typed = {"actual": "90", "seen_actual": ""}

    answer = client.post(figure_url(stage, 3, "I.1"), typed, headers={"HX-Request": "true"})

    page = answer.content.decode()
    assert answer.status_code == 200
    assert "<output>9,00</output>" in page
    assert '<span id="tong-diem" hx-swap-oob="true">9,00</span>' in page


def test_without_a_script_the_same_form_saves_and_comes_back_to_the_criterion(stage):
    stage.start(3)
    client = signed_in(stage.officer(3))

    answer = client.post(figure_url(stage, 3, "I.2"), {"points": "3,5", "seen_points": ""})

    assert answer.status_code == 303
    assert answer["Location"].endswith(f"?mo=I.2#tc-{stage.criteria['I.2'].pk}")
    assert claimed(stage, 3, "I.2").points == 3.5


def test_a_wrong_number_is_refused_with_a_sentence_and_stays_in_its_field(stage):
    stage.start(3)
    client = signed_in(stage.officer(3))

    answer = client.post(
        figure_url(stage, 3, "I.2"), {"points": "1.500", "seen_points": "", "explanation": "Đã rà soát"}
    )

    page = answer.content.decode()
    assert answer.status_code == 422
    assert "viết 1500 hoặc 1,5" in page
    assert 'value="1.500"' in page
    assert claimed(stage, 3, "I.2").explanation == "Đã rà soát"


def test_a_value_that_somebody_else_changed_is_not_overwritten(stage):
    assessment = stage.start(3)
    stage.type(assessment, "I.2", "points", "4", by=stage.head(3))
    client = signed_in(stage.officer(3))

    answer = client.post(figure_url(stage, 3, "I.2"), {"points": "3", "seen_points": "2"})

    assert answer.status_code == 422
    assert "Chọn giá trị giữ lại" in answer.content.decode()
    assert claimed(stage, 3, "I.2").points == 4


@pytest.mark.parametrize(
    ("name", "content", "word"),
    [
        ("bao-cao.exe", b"MZ\x90\x00", "không phải một trong các dạng"),
        ("anh.pdf", b"<svg onload=alert(1)>", "không phải một trong các dạng"),
        ("bao-cao.pdf", b"", "tệp"),
    ],
)
def test_a_wrong_file_is_refused_and_what_was_typed_about_it_stays(stage, name, content, word):
    stage.start(3)
    client = signed_in(stage.officer(3))
    typed = {"name": "Quyết định giao kế hoạch", "number": "12/QĐ", "file": SimpleUploadedFile(name, content)}

    answer = client.post(figure_url(stage, 3, "I.1", "minh-chung/"), typed)

    page = answer.content.decode()
    assert answer.status_code == 422
    assert word in page
    assert 'value="Quyết định giao kế hoạch"' in page


def test_a_file_that_is_too_large_is_refused_with_a_sentence(stage, settings):
    settings.MAX_UPLOAD_BYTES = 10
    stage.start(3)
    client = signed_in(stage.officer(3))

    answer = client.post(figure_url(stage, 3, "I.1", "minh-chung/"), {"name": "Báo cáo", "file": pdf()})

    assert answer.status_code == 422
    assert "vì lớn hơn" in answer.content.decode()


def test_evidence_is_handed_out_as_an_attachment_whose_type_is_not_guessed(stage):
    stage.start(3)
    client = signed_in(stage.officer(3))
    client.post(figure_url(stage, 3, "I.1", "minh-chung/"), {"name": "Báo cáo", "file": pdf("báo cáo.pdf")})
    evidence = stage.membership(3).assessment.evidence.get()

    answer = client.get(sheet_url(stage, 3, f"minh-chung/{evidence.pk}/"))

    assert b"".join(answer.streaming_content) == PDF
    assert answer["Content-Disposition"].startswith("attachment;")
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Content-Type"] == "application/pdf"


def test_what_is_missing_is_listed_before_sending_and_is_the_refusal_too(stage):
    stage.start(3)
    client = signed_in(stage.officer(3))

    listed = client.get(sheet_url(stage, 3, "ra-soat/")).content.decode()
    refused = client.post(sheet_url(stage, 3, "trinh/"))

    assert "Chưa nhập số thực hiện" in listed
    assert refused.status_code == 409
    assert "Chưa thể gửi vì còn" in refused.content.decode()
    assert SelfAssessment.objects.get(membership=stage.membership(3)).state == "draft"


def test_a_late_sheet_is_refused_and_keeps_everything(stage, settings):
    stage.fill(3)
    settings.DEMO_TODAY = "2024-12-16"
    client = signed_in(stage.head(3))

    answer = client.post(sheet_url(stage, 3, "gui/"))

    assert answer.status_code == 409
    assert "Thời hạn gửi bảng tự chấm điểm đã kết thúc lúc 17 giờ 00 ngày 15/12/2024" in answer.content.decode()
    assert claimed(stage, 3, "I.2").points == 3.5


def test_every_figure_of_the_consolidated_table_leads_to_how_it_came_about(stage):
    stage.send_all()
    client = signed_in(stage.officer(1))

    page = client.get(f"{ROOT}/tong-hop/").content.decode()
    chain = client.get(f"{ROOT}/tong-hop/{stage.membership(3).pk}/{stage.criteria['I.1'].pk}/").content.decode()

    assert f'href="{ROOT}/tong-hop/{stage.membership(3).pk}/{stage.criteria["I.1"].pk}/"' in page
    assert f'href="{ROOT}/bang-tu-cham/{stage.membership(3).pk}/#nhom-i"' in page
    assert f'href="{ROOT}/bang-tu-cham/{stage.membership(3).pk}/"' in page
    assert "Điểm tự chấm" in chain
    assert "09:00, 05/12/2024" in chain


def test_before_the_deadline_a_member_reads_only_its_own_figures(stage):
    stage.send_all()
    client = signed_in(stage.officer(3))

    page = client.get(f"{ROOT}/tong-hop/").content.decode()

    assert f"/bang-tu-cham/{stage.membership(1).pk}/" not in page
    assert f"/bang-tu-cham/{stage.membership(3).pk}/" in page
    assert "Điểm của 02 đơn vị chưa hiện" in page


def test_the_reviewer_must_say_why_and_keeps_what_was_typed(stage):
    stage.send(3)
    client = signed_in(stage.officer(1))
    address = f"{ROOT}/tham-dinh/{stage.membership(3).pk}/tieu-chi/{stage.criteria['I.1'].pk}/"

    answer = client.post(address, {"verdict": "figures", "actual": "80", "reason": ""})

    page = answer.content.decode()
    assert answer.status_code == 409
    assert "lý do" in page
    assert 'value="80"' in page
    assert not Score.objects.filter(layer="reviewed").exists()


def test_the_log_of_saving_a_field_is_the_field_history(stage):
    assessment = stage.start(3)
    client = signed_in(stage.officer(3))

    client.post(figure_url(stage, 3, "I.2"), {"points": "3,5", "seen_points": ""})

    change = assessment.changes.get()
    assert (change.field, change.before, change.after) == ("points", "", "3,5")
    assert change.by == stage.officer(3)
    assert change.at.astimezone(VIETNAM).date() == NOW.date()
