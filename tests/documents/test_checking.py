"""Kiểm tra văn bản: by code, by file; what is proven and what is not."""

import datetime as dt

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from documents.actions import replace_document, request_printing
from documents.jobs import examine_file
from documents.models import CopyDigest, Document, Examination, PublicCopy
from documents.printing import print_pdf
from documents.sealing import make_development_keys
from tests.cast import TODAY
from tests.documents import samples
from tests.documents.conftest import NOW
from tests.documents.test_actions import issued

ASK = "/kiem-tra/"


@pytest.fixture
def keys(settings, tmp_path):
    settings.SEAL_FOLDER, settings.TRUST_FOLDER = tmp_path / "seal", tmp_path / "trust"
    settings.DEMO_TODAY = TODAY.isoformat()
    make_development_keys(settings.SEAL_FOLDER, settings.TRUST_FOLDER, now=dt.datetime.now(dt.UTC))


@pytest.fixture
def paper(keys, draft):
    return request_printing(issued(draft(), "5"), by=None, at=NOW)


def content_of(paper):
    with paper.pdf.file.open("rb") as opened:
        return opened.read()


def upload(content):
    return {"code": "", "file": SimpleUploadedFile("van-ban.pdf", content, content_type="application/pdf")}


def hand_in(client, content):
    answer = client.post(ASK, upload(content))
    assert answer.status_code == 302, answer.content.decode()
    return answer.url


def page(client, address):
    return client.get(address).content.decode()


def test_an_issued_paper_is_sealed_and_carries_its_code(paper):
    copy = PublicCopy.objects.get(document=paper)

    assert (copy.sealed, copy.signatures, copy.file) == (True, 1, paper.pdf)
    assert CopyDigest.objects.filter(copy=copy, whole=True).get().sha256 == paper.pdf.sha256


def test_anybody_finds_the_paper_by_its_code(client, paper):
    answer = client.post(ASK, {"code": f"{paper.code[:4]}-{paper.code[4:8].lower()} {paper.code[8:]}"})

    said = page(client, answer.url)
    assert answer.url == reverse("check:code", args=[paper.code])
    assert paper.reference in said
    assert ("Điều được chứng minh" in said, "Điều không được chứng minh" in said) == (True, True)


def test_an_unknown_code_is_said_to_be_unknown(client, paper):
    answer = client.get(reverse("check:code", args=["222222222222"]))

    assert answer.status_code == 404
    assert "Không có văn bản nào mang mã này" in answer.content.decode()


def test_the_file_that_was_handed_out_is_known_at_once_and_not_kept(client, paper):
    said = page(client, hand_in(client, content_of(paper)))

    assert "trùng từng byte" in said
    assert Examination.objects.count() == 0


def test_a_file_without_its_last_revision_is_said_to_be_cut(client, paper):
    content = content_of(paper)
    cut = content[: content.index(b"%%EOF") + 6].rstrip(b"\r\n") + content[content.index(b"%%EOF") + 5 :][:1]

    assert "cắt bớt phần cuối" in page(client, hand_in(client, cut))


def test_a_changed_file_waits_for_the_worker_and_is_then_said_to_be_changed(client, paper):
    broken = bytearray(content_of(paper))
    broken[4000] ^= 1
    address = hand_in(client, bytes(broken))
    waiting = page(client, address)

    examination = Examination.objects.get()
    kept = examination.file
    examine_file(examination_id=examination.pk)

    assert Examination.objects.get().verdict["error"] == ""
    assert "Đang kiểm tra tệp" in waiting
    assert "Tệp đã bị thay đổi sau khi ký" in page(client, address)
    assert not kept.file.storage.exists(kept.file.name)


def test_the_same_file_is_examined_once(client, paper):
    for _ in range(2):
        hand_in(client, b"%PDF-1.4 not one of ours")

    assert Examination.objects.count() == 1


def test_a_file_without_signatures_is_said_to_have_none(client, paper):
    address = hand_in(client, print_pdf(samples.letter()))
    examine_file(examination_id=Examination.objects.get().pk)

    assert "Tệp không có chữ ký số" in page(client, address)


def test_what_is_not_a_pdf_is_refused_with_a_sentence(client, paper):
    answer = client.post(ASK, upload(b"MZ not a pdf"))

    assert answer.status_code == 422
    assert "Không nhận tệp" in answer.content.decode()


def test_a_replaced_paper_says_by_which(client, paper, draft):
    later = issued(draft(about="later"), "6")
    replace_document(paper, replacement=later, reason="Đính chính", by=None)

    said = page(client, reverse("check:code", args=[paper.code]))

    assert "Văn bản đã được thay thế" in said
    assert later.reference in said


def test_many_checks_in_a_minute_are_put_off(client, db, settings):
    answers = [client.post(ASK, {"code": "222222222222"}).status_code for _ in range(21)]

    assert (answers[0], answers[-1]) == (302, 429)


def test_a_place_without_keys_issues_papers_unsealed_and_says_so(settings, tmp_path, draft, client):
    settings.SEAL_FOLDER = tmp_path / "nothing"
    paper = request_printing(issued(draft(), "5"), by=None, at=NOW)

    said = page(client, reverse("check:file", args=[paper.pdf.sha256]))

    assert not PublicCopy.objects.get().sealed
    assert "ký số của hệ thống" not in said
    assert Document.objects.get(pk=paper.pk).has_fresh_pdf
