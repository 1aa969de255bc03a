"""The archive of a year: whole, the same again, checked without the system, one changed byte named."""

import random
import shutil
import subprocess
import sys
import zipfile
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from blocs.models import LogEntry
from documents.actions import draft_document, request_printing
from home import verifier
from tests.cast import TODAY, make_cast
from tests.documents import samples
from tests.documents.conftest import NOW


@pytest.fixture
def archive(db, tmp_path):
    cast = make_cast(3)
    document = draft_document(cast.year, kind="submission", paper=samples.letter(), unit=cast.leader, by=None, on=TODAY)
    request_printing(document, by=None, at=NOW)
    path, said = tmp_path / "nam.zip", StringIO()
    call_command("archive_year", str(path), bloc=cast.bloc.code, year=cast.year.year, stdout=said)
    return path, said.getvalue().strip()


def changed(archive, place):
    content = bytearray(archive.read_bytes())
    content[place] ^= 1
    broken = archive.with_name("broken.zip")
    broken.write_bytes(bytes(content))
    return broken


def test_the_archive_holds_papers_scores_pledge_log_and_list(archive):
    names = zipfile.ZipFile(archive[0]).namelist()

    parts = {"thong-tin.json", "cham-diem.json", "khen-thuong.json", "hoi-nghi.json", "giao-uoc.json", "van-ban.json"}
    assert parts | {"nhat-ky.json", "kiem-tra.py", "bang-ke.json", "bang-ke.sha256"} <= set(names)
    assert [name.endswith(".pdf") for name in names if name.startswith("tep/")] == [True]


def test_its_digest_is_printed_and_logged(archive):
    path, said = archive

    assert said == verifier.digest_of_file(path)
    assert LogEntry.objects.get(act="archive_year").details["sha256"] == said


def test_an_untouched_archive_is_unchanged_and_with_the_digest_the_original(archive):
    path, digest = archive
    plain, original = StringIO(), StringIO()

    call_command("verify_archive", str(path), stdout=plain)
    call_command("verify_archive", str(path), expect=digest, stdout=original)

    assert plain.getvalue().strip() == "Không thay đổi so với bảng kê."
    assert original.getvalue().startswith("Là bản gốc")


def test_the_verifier_inside_needs_nothing_but_python(archive, tmp_path):
    place = tmp_path / "elsewhere"
    place.mkdir()
    with zipfile.ZipFile(archive[0]) as package:
        (place / "kiem-tra.py").write_bytes(package.read("kiem-tra.py"))
    shutil.copy(archive[0], place / "nam.zip")

    done = subprocess.run(
        [sys.executable, "-I", "-S", "kiem-tra.py", "nam.zip"], cwd=place, capture_output=True, check=False, text=True
    )

    assert (done.returncode, done.stdout.strip()) == (0, "Không thay đổi so với bảng kê.")


def test_one_flipped_byte_anywhere_is_noticed(archive):
    size = archive[0].stat().st_size
    places = [0, 4, 11, 40, size - 1, size - 20, *random.Random(5).sample(range(size), 40)]  # noqa: S311 - fixed places

    assert [bool(verifier.differences(changed(archive[0], place))) for place in places] == [True] * len(places)


def test_the_changed_file_is_named(archive):
    with zipfile.ZipFile(archive[0]) as package:
        entry = package.getinfo("van-ban.json")
        place = entry.header_offset + 30 + len(entry.filename) + 100

    with pytest.raises(CommandError, match=r"van-ban\.json: đã bị thay đổi"):
        call_command("verify_archive", str(changed(archive[0], place)))


def test_a_changed_list_an_added_and_a_missing_file_are_named(archive, tmp_path):
    with zipfile.ZipFile(archive[0]) as package:
        members = [(name, package.read(name)) for name in package.namelist()]
    added, missing = tmp_path / "added.zip", tmp_path / "missing.zip"
    for path, kept in (
        (added, [*members, ("la.txt", b"x")]),
        (missing, [one for one in members if one[0] != "nhat-ky.json"]),
    ):
        with zipfile.ZipFile(path, "w") as package:
            for name, content in kept:
                package.writestr(name, content)

    assert verifier.differences(added) == ["la.txt: tệp thêm vào"]
    assert verifier.differences(missing) == ["nhat-ky.json: thiếu"]


def test_what_is_no_archive_gets_a_sentence(tmp_path):
    (tmp_path / "x.zip").write_bytes(b"not a zip")

    assert "bị hỏng" in verifier.differences(tmp_path / "x.zip")[0]


def test_an_unknown_year_is_refused(db, tmp_path):
    with pytest.raises(CommandError, match="Không có năm"):
        call_command("archive_year", str(tmp_path / "x.zip"), bloc="none", year=2024)
