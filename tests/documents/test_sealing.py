"""The operator's seal: put on, agreed to by other programs, and broken by a single byte."""

import datetime as dt
import io
import random
import shutil
import subprocess

import pypdf
import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import Encoding
from pyhanko.pdf_utils.reader import PdfFileReader

from documents import printing
from documents.papers import Mark
from documents.sealing import examine_apart, has_seal, keys, make_development_keys, revisions_of, seal
from documents.sealing.examining import examine
from tests.documents import samples

NOW = dt.datetime.now(dt.UTC)
MARK = Mark("7K3M9QXT2BVD", "https://thidua.example.gov.vn/kiem-tra/7K3M9QXT2BVD/")


@pytest.fixture(scope="module")
def folders(tmp_path_factory):
    place = tmp_path_factory.mktemp("keys")
    make_development_keys(place / "seal", place / "trust", now=NOW)
    return place / "seal", place / "trust"


@pytest.fixture(scope="module")
def printed():
    return printing.print_pdf(samples.letter(), MARK)


@pytest.fixture(scope="module")
def sealed(folders, printed):
    return seal(printed, folder=folders[0])


def only(verdict):
    (finding,) = verdict.findings
    return finding


def test_a_sealed_paper_is_intact_and_its_signer_trusted(sealed, folders):
    finding = only(examine(sealed, folders[1]))

    assert (finding.intact, finding.trusted, finding.covers, finding.changed_after) == (True, True, True, False)
    assert finding.signer == "Ký số của hệ thống (dùng thử)"


def test_the_seal_is_added_behind_the_printed_bytes(sealed, printed):
    assert sealed.startswith(printed)
    assert len(revisions_of(sealed)) == 1


def flipped(content, place):
    broken = bytearray(content)
    broken[place] ^= 1
    return bytes(broken)


def test_one_flipped_byte_anywhere_is_noticed(sealed, folders):
    (first, length, second, rest) = next(iter(PdfFileReader(io.BytesIO(sealed)).embedded_signatures)).byte_range
    signed = [*range(first, first + length), *range(second, second + rest)]
    places = [*random.Random(7).sample(signed, 12), length + 4000, second - 40]  # noqa: S311 - a fixed choice of places

    verdicts = [examine(flipped(sealed, place), folders[1]) for place in places]

    assert [bool(verdict.error) or not verdict.holds for verdict in verdicts] == [True] * len(places)


def test_without_the_root_the_content_holds_and_the_signer_is_unknown(sealed, tmp_path):
    finding = only(examine(sealed, tmp_path))

    assert (finding.intact, finding.trusted) == (True, False)
    assert "chưa xác nhận được người ký" in finding.sentence


def test_a_revoked_certificate_is_said_to_be_revoked(sealed, folders, tmp_path):
    root_key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    root = keys.issue("Gốc thử", root_key, None, None, now=NOW)
    key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    leaf = keys.issue("Đơn vị thử", key, root, root_key, now=NOW)
    place = tmp_path / "seal"
    place.mkdir()
    keys._write_key(place / keys.KEY, key)
    (place / keys.CERTIFICATE).write_bytes(keys._pem(leaf))
    (tmp_path / "root.pem").write_bytes(keys._pem(root))
    content = seal(printing.print_pdf(samples.letter()), folder=place)
    before = only(examine(content, tmp_path))
    revoked = (
        x509.RevokedCertificateBuilder().serial_number(leaf.serial_number).revocation_date(NOW - dt.timedelta(days=1))
    )
    crl = x509.CertificateRevocationListBuilder().issuer_name(root.subject).last_update(NOW - dt.timedelta(hours=1))
    crl = crl.next_update(NOW + dt.timedelta(days=9)).add_revoked_certificate(revoked.build())
    aki = x509.AuthorityKeyIdentifier.from_issuer_public_key(root_key.public_key())
    crl = crl.add_extension(aki, critical=False).add_extension(x509.CRLNumber(1), critical=False)
    (tmp_path / "root.crl").write_bytes(crl.sign(root_key, hashes.SHA256()).public_bytes(Encoding.PEM))

    after = only(examine(content, tmp_path))

    assert (before.trusted, after.trusted, after.revoked, after.intact) == (True, False, True, True)
    assert "thu hồi" in after.sentence


def test_an_expired_certificate_is_said_to_be_expired(tmp_path):
    long_ago = NOW - dt.timedelta(days=400)
    root_key, key = (rsa.generate_private_key(public_exponent=65537, key_size=2048) for _ in range(2))
    root = keys.issue("Gốc thử", root_key, None, None, now=long_ago, days=4000)
    leaf = keys.issue("Đơn vị thử", key, root, root_key, now=long_ago, days=30)
    place = tmp_path / "seal"
    place.mkdir()
    keys._write_key(place / keys.KEY, key)
    (place / keys.CERTIFICATE).write_bytes(keys._pem(leaf))
    (tmp_path / "root.pem").write_bytes(keys._pem(root))

    finding = only(examine(seal(printing.print_pdf(samples.letter()), folder=place), tmp_path))

    assert (finding.intact, finding.trusted, finding.expired) == (True, False, True)
    assert "hết hạn" in finding.sentence


def test_a_page_added_after_the_seal_is_noticed(sealed, folders):
    writer = pypdf.PdfWriter(io.BytesIO(sealed), incremental=True)
    writer.add_blank_page()
    added = io.BytesIO()
    writer.write(added)

    finding = only(examine(added.getvalue(), folders[1]))

    assert (finding.holds, finding.intact) == (False, True)


def test_hostile_files_get_a_sentence(folders):
    hostile = {
        "empty": b"",
        "text": b"hello" * 1000,
        "head only": b"%PDF-1.7\n%%EOF",
        "loop": b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Count 99999999/Kids[2 0 R]>>endobj\n"
        b"trailer<</Root 1 0 R>>\nstartxref\n0\n%%EOF",
    }

    errors = {name: examine_apart(content, folders[1], seconds=10).error for name, content in hostile.items()}

    assert all(errors.values())


def test_a_file_that_takes_too_long_is_given_up(folders, sealed):
    assert "Chưa kiểm tra được" in examine_apart(sealed, folders[1], seconds=0).error


def test_keys_are_made_once_and_readable_by_their_owner_only(folders):
    with pytest.raises(FileExistsError):
        make_development_keys(*folders, now=NOW)

    assert has_seal(folders[0])
    assert (folders[0] / keys.KEY).stat().st_mode & 0o077 == 0


@pytest.mark.skipif(shutil.which("pdfsig") is None, reason="poppler is not installed")
def test_pdfsig_and_qpdf_agree(sealed, tmp_path):
    path = tmp_path / "sealed.pdf"
    path.write_bytes(sealed)

    said = subprocess.run([shutil.which("pdfsig"), path], capture_output=True, text=True, check=False).stdout

    assert ("Signature is Valid." in said, "Total document signed" in said) == (True, True)
    if shutil.which("qpdf"):
        subprocess.run([shutil.which("qpdf"), "--check", path], check=True, capture_output=True)


def test_the_code_and_its_address_stand_on_every_page(folders):
    pages = pypdf.PdfReader(io.BytesIO(printing.print_pdf(samples.report(), MARK))).pages

    assert ["7K3M-9QXT-2BVD" in page.extract_text() for page in pages] == [True] * len(pages)
