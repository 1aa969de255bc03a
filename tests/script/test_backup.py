"""script/backup and script/restore, on a site of its own, on whichever database the suite runs."""

import os
import subprocess
import tarfile
from collections.abc import Callable
from pathlib import Path

import pytest
from django.db import connection, transaction

from blocs import audit, clock
from blocs.files import store_bytes
from blocs.models import LogEntry, StoredFile, User
from script import databases
from tests.architecture.house import ROOT

Run = Callable[..., subprocess.CompletedProcess[str]]
pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def files(settings, tmp_path: Path) -> Path:
    settings.MEDIA_ROOT = tmp_path / "files"
    return settings.MEDIA_ROOT


@pytest.fixture
def run(files: Path) -> Run:
    """Run a script on the very database of this test, as an operator would: in a process of its own."""

    def start(script: str, *words: object) -> subprocess.CompletedProcess[str]:
        url = databases.url_of(connection.settings_dict)
        place = {
            **os.environ,
            "DATABASE_URL": url,
            "MEDIA_ROOT": str(files),
            "DJANGO_SETTINGS_MODULE": "config.settings",
        }
        connection.close()
        line = [ROOT / "script" / script, *map(str, words)]
        return subprocess.run(line, env=place, capture_output=True, text=True, check=False)

    return start


@pytest.fixture
def stored(files: Path) -> StoredFile:
    person = User.objects.create_user("nguoi-giu-ho-so", full_name="Người giữ hồ sơ")
    with transaction.atomic():
        stored = store_bytes(b"%PDF-1.7 minh chung", "a.pdf", content_type="application/pdf", by=person, at=clock.now())
        audit.record("store_file", stored, by=person)
    return stored


def only_archive(folder: Path) -> Path:
    (archive,) = folder.glob("*.tar")
    return archive


def test_what_was_backed_up_comes_back_whole(run: Run, stored: StoredFile, tmp_path: Path) -> None:
    saved = run("backup", tmp_path / "kept")
    StoredFile.objects.all().delete()
    LogEntry.objects.all().delete()
    Path(stored.file.path).unlink()

    brought = run("restore", "--replace", only_archive(tmp_path / "kept"))

    assert (saved.returncode, brought.returncode) == (0, 0), saved.stderr + brought.stderr + brought.stdout
    assert StoredFile.objects.get().sha256 == stored.sha256
    assert Path(stored.file.path).read_bytes() == b"%PDF-1.7 minh chung"
    assert list(audit.breaks()) == []


def test_a_backup_is_readable_by_its_owner_alone(run: Run, stored: StoredFile, tmp_path: Path) -> None:
    run("backup", tmp_path / "kept")

    assert only_archive(tmp_path / "kept").stat().st_mode & 0o077 == 0


def test_a_backup_of_a_broken_log_is_refused_and_leaves_no_file(run: Run, stored: StoredFile, tmp_path: Path) -> None:
    LogEntry.objects.update(act="something_else")

    saved = run("backup", tmp_path / "kept")

    assert saved.returncode == 1
    assert "the copy does not hold" in saved.stderr
    assert list((tmp_path / "kept").iterdir()) == []


def test_a_backup_without_one_of_its_files_is_refused(run: Run, stored: StoredFile, tmp_path: Path) -> None:
    Path(stored.file.path).unlink()

    saved = run("backup", tmp_path / "kept")

    assert saved.returncode == 1
    assert f"stored file {stored.pk}" in saved.stdout


def test_a_changed_archive_is_refused_before_anything_is_touched(run: Run, stored: StoredFile, tmp_path: Path) -> None:
    run("backup", tmp_path / "kept")
    archive = only_archive(tmp_path / "kept")
    change_a_stored_file_in(archive, tmp_path / "changed")
    StoredFile.objects.update(name="later.pdf")

    brought = run("restore", "--replace", archive)

    assert brought.returncode == 1
    assert "changed, missing or added: files/" in brought.stderr
    assert StoredFile.objects.get().name == "later.pdf"


def test_an_archive_that_reaches_out_of_its_folder_is_refused(run: Run, stored: StoredFile, tmp_path: Path) -> None:
    run("backup", tmp_path / "kept")
    archive = only_archive(tmp_path / "kept")
    with tarfile.open(archive, "a") as tar:
        tar.addfile(tarfile.TarInfo("../reached.txt"))

    brought = run("restore", "--replace", archive)

    assert brought.returncode == 1
    assert "../reached.txt is no plain file of an archive" in brought.stderr
    assert StoredFile.objects.get().name == stored.name


def test_a_site_that_is_not_empty_is_replaced_only_when_told_so(run: Run, stored: StoredFile, tmp_path: Path) -> None:
    run("backup", tmp_path / "kept")
    StoredFile.objects.update(name="later.pdf")

    brought = run("restore", only_archive(tmp_path / "kept"))

    assert brought.returncode == 1
    assert "--replace" in brought.stderr
    assert StoredFile.objects.get().name == "later.pdf"


def change_a_stored_file_in(archive: Path, folder: Path) -> None:
    folder.mkdir()
    subprocess.run(["tar", "-xf", archive, "-C", folder], check=True)  # noqa: S607 - whatever tar the machine has
    changed = next(path for path in (folder / "files").rglob("*") if path.is_file())
    changed.write_bytes(b"%PDF-1.7 minh chunh")
    with tarfile.open(archive, "w") as tar:
        for path in sorted(folder.iterdir()):
            tar.add(path, path.name)
