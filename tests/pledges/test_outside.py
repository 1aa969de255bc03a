"""Signing in other software by turns: every field is there from the start, each file extends the one before."""

import datetime as dt
import io
import shutil
import subprocess
from typing import Any

import pypdf
import pytest
from cryptography.hazmat.primitives.asymmetric import rsa
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign import fields, signers

from documents.models import PublicCopy
from documents.printing import print_with_places
from documents.sealing import examine_apart, keys, make_development_keys, prepare_fields
from pledges.actions import (
    FileNotReady,
    NotThisFile,
    check_signed_file,
    hand_in_signed_file,
    make_evidence,
    prepare_signing_file,
)
from pledges.models import Pledge, Signature, SigningFile
from pledges.queries.outside import content_of, current_file
from tests.cast import TODAY, Cast
from tests.documents import samples
from tests.pledges.conftest import NOW
from tests.pledges.test_acts import by_hand, confirm
from tests.pledges.test_pages import browser, url

REAL_NOW = dt.datetime.now(dt.UTC)


@pytest.fixture(scope="session")
def made(tmp_path_factory: Any) -> Any:
    """The system's keys, and a signer of another authority, trusted here."""
    place = tmp_path_factory.mktemp("outside")
    make_development_keys(place / "seal", place / "trust", now=REAL_NOW)
    root_key, key = (rsa.generate_private_key(public_exponent=65537, key_size=2048) for _ in range(2))
    root = keys.issue("Cơ quan chứng thực khác", root_key, None, None, now=REAL_NOW)
    (place / "other").mkdir()
    keys._write_key(place / "other" / keys.KEY, key)
    (place / "other" / keys.CERTIFICATE).write_bytes(
        keys._pem(keys.issue("Trưởng ban A", key, root, root_key, now=REAL_NOW))
    )
    (place / "trust" / "other.pem").write_bytes(keys._pem(root))
    return place


@pytest.fixture
def going_round(frozen: Pledge, made: Any, settings: Any) -> Pledge:
    settings.SEAL_FOLDER, settings.TRUST_FOLDER = made / "seal", made / "trust"
    settings.DEMO_TODAY = TODAY.isoformat()
    prepare_signing_file(frozen, by=None, at=NOW)
    frozen.refresh_from_db()
    return frozen


def sign(content: bytes, field: str, folder: Any) -> bytes:
    """What other software does: sign one field, behind the bytes that are there."""
    writer = IncrementalPdfFileWriter(io.BytesIO(content))
    wanted = signers.PdfSignatureMetadata(field_name=field, subfilter=fields.SigSeedSubFilter.PADES)
    signed = signers.sign_pdf(writer, wanted, signer=keys.signer_of(folder, ""))
    return bytes(signed.getvalue())


def latest(pledge: Pledge) -> bytes:
    current = current_file(pledge)
    assert current is not None
    return content_of(current.file)


def hand_in(pledge: Pledge, cast: Cast, code: str, content: bytes) -> SigningFile:
    upload = SimpleUploadedFile("da-ky.pdf", content, content_type="application/pdf")
    return hand_in_signed_file(pledge, membership=cast.memberships[code], upload=upload, by=cast.heads[code], at=NOW)


def turn(pledge: Pledge, cast: Cast, code: str, field: str, folder: Any) -> SigningFile:
    handed = hand_in(pledge, cast, code, sign(latest(pledge), field, folder))
    check_signed_file(signing_file_id=handed.pk)
    handed.refresh_from_db()
    return handed


def test_the_file_has_an_empty_field_for_each_unit_before_anybody_signs(going_round: Pledge) -> None:
    found = pypdf.PdfReader(io.BytesIO(latest(going_round))).get_fields() or {}

    assert sorted(name for name in found if name != "He-thong") == [f"Don-vi-{number:02d}" for number in range(1, 8)]
    assert sum("/V" in field for field in found.values()) == 1


def test_units_sign_in_turn_and_all_signatures_stay_valid(
    going_round: Pledge, seven: Cast, made: Any, tmp_path: Any
) -> None:
    states = [
        turn(going_round, seven, code, f"Don-vi-{number:02d}", made / "other").state
        for number, code in enumerate(seven.memberships, start=1)
    ]

    going_round.refresh_from_db()
    verdict = examine_apart(latest(going_round), made / "trust")
    assert states == ["accepted"] * 7
    assert going_round.state == Pledge.State.SIGNED
    assert [one.holds and one.trusted for one in verdict.findings] == [True] * 8
    assert set(going_round.signatures.values_list("manner", flat=True)) == {"digital"}
    if shutil.which("pdfsig"):
        (tmp_path / "all.pdf").write_bytes(latest(going_round))
        said = subprocess.run(
            [str(shutil.which("pdfsig")), str(tmp_path / "all.pdf")], capture_output=True, text=True, check=False
        )
        assert said.stdout.count("Signature is Valid.") == 8


def test_a_file_signed_on_an_older_copy_says_whose_signature_it_lacks(
    going_round: Pledge, seven: Cast, made: Any
) -> None:
    old = latest(going_round)
    turn(going_round, seven, "BQL-1", "Don-vi-01", made / "other")

    with pytest.raises(NotThisFile, match=f"thiếu chữ ký của: {seven.memberships['BQL-1']}"):
        hand_in(going_round, seven, "BQL-2", sign(old, "Don-vi-02", made / "other"))


def test_a_file_that_was_saved_anew_is_not_the_file(going_round: Pledge, seven: Cast) -> None:
    anew = io.BytesIO()
    pypdf.PdfWriter(clone_from=io.BytesIO(latest(going_round))).write(anew)

    with pytest.raises(NotThisFile, match="không phải tệp giao ước đang ký"):
        hand_in(going_round, seven, "BQL-2", anew.getvalue())


def test_the_same_file_without_a_new_signature_is_refused(going_round: Pledge, seven: Cast) -> None:
    with pytest.raises(NotThisFile, match="chưa có thêm chữ ký"):
        hand_in(going_round, seven, "BQL-2", latest(going_round))


def test_a_signature_in_a_field_of_the_tools_own_is_accepted_and_said_so(
    frozen: Pledge, seven: Cast, made: Any, settings: Any
) -> None:
    settings.SEAL_FOLDER, settings.TRUST_FOLDER = (
        made / "none",
        made / "trust",
    )  # uncertified: a tool may add its own field
    prepare_signing_file(frozen, by=None, at=NOW)
    frozen.refresh_from_db()

    handed = turn(frozen, seven, "BQL-3", "Chu-ky-rieng", made / "other")

    signature = Signature.objects.get(membership=seven.memberships["BQL-3"])
    assert handed.state == "accepted"
    assert "ô do phần mềm ký tạo thêm" in signature.verdict


def test_a_signature_of_an_unknown_chain_is_recorded_with_that_verdict(
    going_round: Pledge, seven: Cast, made: Any, settings: Any, tmp_path: Any
) -> None:
    settings.TRUST_FOLDER = tmp_path

    turn(going_round, seven, "BQL-1", "Don-vi-01", made / "other")

    assert "chưa xác nhận được người ký" in Signature.objects.get().verdict


def test_a_broken_signature_is_refused_by_the_worker_and_nothing_is_recorded(
    going_round: Pledge, seven: Cast, made: Any
) -> None:
    signed = bytearray(sign(latest(going_round), "Don-vi-01", made / "other"))
    signed[len(latest(going_round)) + 30] ^= 1

    handed = hand_in(going_round, seven, "BQL-1", bytes(signed))
    check_signed_file(signing_file_id=handed.pk)

    handed.refresh_from_db()
    assert (handed.state, Signature.objects.count()) == ("refused", 0)
    assert handed.remark


def test_one_file_is_checked_at_a_time(going_round: Pledge, seven: Cast, made: Any) -> None:
    content = latest(going_round)
    hand_in(going_round, seven, "BQL-1", sign(content, "Don-vi-01", made / "other"))

    with pytest.raises(FileNotReady):
        hand_in(going_round, seven, "BQL-2", sign(content, "Don-vi-02", made / "other"))


def test_the_three_manners_stand_side_by_side_and_the_evidence_holds_the_files(
    going_round: Pledge, seven: Cast, made: Any
) -> None:
    turn(going_round, seven, "BQL-1", "Don-vi-01", made / "other")
    by_hand(going_round, seven, "BQL-2")
    confirm(going_round, seven, "BQL-3")
    going_round.refresh_from_db()

    pledge = make_evidence(going_round, by=None, at=NOW)

    reader = pypdf.PdfReader(io.BytesIO(content_of(pledge.evidence)))  # type: ignore[arg-type]
    said = " ".join(page.extract_text() for page in reader.pages)
    inside = {name: content[0] for name, content in reader.attachments.items()}
    assert latest(going_round) in inside.values()
    assert inside["giao-uoc.txt"] == going_round.text.encode()
    assert all(manner in " ".join(said.split()) for manner in ("Ký tay, đóng dấu", "Xác nhận trên hệ thống"))
    assert PublicCopy.objects.get(what="evidence").sealed


def test_the_page_leads_through_the_turn(going_round: Pledge, seven: Cast, made: Any) -> None:
    member = browser(seven.heads["BQL-4"])

    fetched = b"".join(member.get(url(seven, "signing_file")).streaming_content)  # type: ignore[arg-type]
    upload = SimpleUploadedFile("da-ky.pdf", sign(fetched, "Don-vi-04", made / "other"), content_type="application/pdf")
    answer = member.post(url(seven, "hand_in"), {"file": upload})
    refused = member.post(url(seven, "hand_in"), {"file": SimpleUploadedFile("x.pdf", b"%PDF-1.4 other")})

    page = member.get(url(seven)).content.decode()
    assert (answer.status_code, refused.status_code) == (303, 422)
    assert "đang được kiểm tra" in page
    assert reverse("pledges:signing_file", kwargs={"bloc": seven.bloc.code, "year": seven.year.year}) in page


def test_twenty_signatures_in_sequence_are_all_valid(made: Any, tmp_path: Any) -> None:
    content, places = print_with_places(samples.pledge(20, 0))
    content = prepare_fields(content, places, folder=made / "seal")
    for number in range(1, 21):
        content = sign(content, f"Don-vi-{number:02d}", made / "other")

    verdict = examine_apart(content, made / "trust")

    (tmp_path / "all.pdf").write_bytes(content)
    assert [one.holds and one.trusted for one in verdict.findings] == [True] * 21
    if shutil.which("pdfsig"):
        said = subprocess.run(
            [str(shutil.which("pdfsig")), str(tmp_path / "all.pdf")], capture_output=True, text=True, check=False
        )
        assert said.stdout.count("Signature is Valid.") == 21
