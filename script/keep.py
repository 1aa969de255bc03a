"""Back the site's data up into one file, and bring it back: the database and the stored files, verified after.

An archive is a tar file of `database.sqlite3` or `database.dump`, the stored files under `files/`, and `manifest.json`
with the SHA-256 digest of each. Evidence is personal data: the archive is readable by its owner
alone, and belongs on another machine.
"""

import argparse
import datetime as dt
import hashlib
import json
import os
import shutil
import subprocess
import sys
import tarfile
import tempfile
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any, NoReturn

import databases

ROOT = Path(__file__).resolve().parent.parent
MANIFEST = "manifest.json"


def fail(sentence: str) -> NoReturn:
    """End with a sentence."""
    print(f"    {sentence}", file=sys.stderr)
    sys.exit(1)


def digest_of(file: Path) -> str:
    """Return the SHA-256 digest of a file."""
    with file.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def files_under(folder: Path) -> Iterator[Path]:
    """Yield every file under a folder, in order."""
    return (path for path in sorted(folder.rglob("*")) if path.is_file())


# --- backing up ---


def backup(target: Path, *, of_a_sound_site: bool = True) -> Path:
    """Write an archive of the site into the folder and return its path; refuse one that does not hold.

    The database is copied first: a stored file is written before the row that names it and is never changed or removed,
    so every file that the copy names is there. What is kept aside before a restore may be broken: then only the
    digests of the archive itself are compared.
    """
    target.mkdir(parents=True, exist_ok=True)
    stamp = dt.datetime.now(tz=dt.UTC).strftime("%Y%m%d-%H%M%S")
    archive = target / f"khoi-thi-dua-{stamp}.tar"
    with tempfile.TemporaryDirectory(prefix="backup-", dir=target) as work:
        database = databases.copy_out(settings().DATABASES["default"], Path(work))
        manifest = manifest_of(database, stamp)
        part = Path(work) / archive.name
        os.close(os.open(part, os.O_CREAT | os.O_WRONLY, 0o600))
        pack(part, database, manifest)
        if of_a_sound_site:
            verify_archive(part)
        else:
            unpack(part, Path(work) / "again")
        part.rename(archive)
    return archive


def manifest_of(database: Path, stamp: str) -> dict[str, Any]:
    """Return when the archive was made and the digest of each thing in it, by name."""
    media = Path(settings().MEDIA_ROOT)
    digests = {f"files/{path.relative_to(media).as_posix()}": digest_of(path) for path in files_under(media)}
    return {"made_at": stamp, "digests": {database.name: digest_of(database), **digests}}


def pack(part: Path, database: Path, manifest: dict[str, Any]) -> None:
    """Write the tar file: the manifest first, so that it can be read without reading the rest."""
    listed = database.parent / MANIFEST
    listed.write_text(json.dumps(manifest, ensure_ascii=False, indent=1), encoding="utf-8")
    media = Path(settings().MEDIA_ROOT)
    with tarfile.open(part, "w") as tar:
        tar.add(listed, MANIFEST)
        tar.add(database, database.name)
        for name in manifest["digests"]:
            if name != database.name:
                tar.add(media / name.removeprefix("files/"), name)


# --- verifying ---


def take_out(tar: tarfile.TarFile, member: tarfile.TarInfo, folder: Path) -> None:
    """Write one file of the archive below the folder; whatever is no plain file, or lies elsewhere, is refused.

    tarfile's own filters came with Python 3.11.4, and Debian 12 has an earlier one.
    """
    target = (folder / member.name).resolve()
    if not member.isreg() or folder.resolve() not in target.parents:
        message = f"{member.name} is no plain file of an archive"
        raise tarfile.TarError(message)
    target.parent.mkdir(parents=True, exist_ok=True)
    with tar.extractfile(member) as source, target.open("xb") as written:
        shutil.copyfileobj(source, written)


def unpack(archive: Path, folder: Path) -> Path:
    """Unpack an archive, compare every digest, and return the database copy in it."""
    try:
        with tarfile.open(archive) as tar:
            for member in tar:
                if not member.isdir():
                    take_out(tar, member, folder)
        manifest = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
    except (tarfile.TarError, OSError, ValueError) as error:
        fail(f"{archive} is not a whole archive of script/backup: {error}")
    expected = manifest["digests"]
    found = {path.relative_to(folder).as_posix(): path for path in files_under(folder) if path.name != MANIFEST}
    wrong = [name for name in expected if name not in found or digest_of(found[name]) != expected[name]]
    wrong += [name for name in found if name not in expected]
    if wrong:
        fail(f"{archive}: changed, missing or added: {', '.join(sorted(wrong)[:10])}")
    return folder / next(name for name in expected if name.startswith("database."))


def verify_archive(archive: Path) -> None:
    """Open the copy as a site of its own: the log's chain and the digest of every stored file must hold there."""
    with tempfile.TemporaryDirectory(prefix="verify-") as work:
        database = unpack(archive, Path(work))
        with databases.opened(settings().DATABASES["default"], database) as url:
            if url is None:
                print("    the dump is readable; this account may not create a database to open it in")
                return
            look_into(url, Path(work) / "files")


def look_into(url: str, media: Path) -> None:
    """Verify a site: the chain of its log and its stored files; fails with the first difference."""
    place = {**os.environ, "DATABASE_URL": url, "MEDIA_ROOT": str(media)}
    line = [sys.executable, __file__, "look"]
    done = subprocess.run(line, env=place, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, check=False)
    for said in done.stdout.splitlines():
        print(f"    {said}")
    if done.returncode:
        fail("the copy does not hold")


def look() -> int:
    """Verify the site that the environment names; 1 when its log or one of its files does not hold."""
    from django.core.management import CommandError, call_command  # noqa: PLC0415 - needs the settings

    try:
        call_command("verify_chain")
    except CommandError as error:
        print(error)
        return 1
    return verify_files()


def verify_files() -> int:
    """Compare every stored file of the site with the digest in its row; name what differs."""
    from blocs.models import StoredFile  # noqa: PLC0415 - needs the settings

    wrong = count = 0
    for key, name, digest in StoredFile.objects.values_list("pk", "file", "sha256").iterator():
        path = Path(settings().MEDIA_ROOT) / name
        if not path.is_file() or digest_of(path) != digest:
            print(f"stored file {key} ({name}) is missing or changed")
            wrong += 1
        count += 1
    print(f"{count} stored files, {wrong} of them missing or changed")
    return 1 if wrong else 0


# --- bringing back ---


def restore(archive: Path, *, replace: bool) -> None:
    """Bring an archive back into the site that the environment names; nothing is touched before the archive holds."""
    target = settings().DATABASES["default"]
    with tempfile.TemporaryDirectory(prefix="restore-") as work:
        database = unpack(archive, Path(work))
        if databases.engine_of(database) != databases.engine_named(target):
            fail(f"the archive holds {databases.engine_of(database)}, the site runs {databases.engine_named(target)}")
        if not databases.is_empty(target):
            if not replace:
                fail("the site's database is not empty. To replace what is there: script/restore --replace ARCHIVE")
            print(f"    what was there is kept in {backup(archive.resolve().parent, of_a_sound_site=False)}")
        databases.copy_in(target, database)
        bring_files(Path(work) / "files", Path(settings().MEDIA_ROOT))
    subprocess.run([sys.executable, ROOT / "manage.py", "migrate", "--skip-checks", "--verbosity", "0"], check=True)
    look_into(databases.url_of(target), Path(settings().MEDIA_ROOT))


def bring_files(source: Path, media: Path) -> None:
    """Copy the stored files to their places; files that the archive does not know are left alone."""
    for path in files_under(source):
        place = media / path.relative_to(source)
        place.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy2(path, place)


def settings() -> Any:
    """Return Django's settings, ready."""
    from django.conf import settings as ready  # noqa: PLC0415 - the environment is read here, not at import

    return ready


def set_up() -> None:
    """Make Django ready with the settings of this place."""
    sys.path.insert(0, str(ROOT))
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    import django  # noqa: PLC0415 - the path must be set first

    django.setup()


def main() -> int:
    """Read the words of the command line and do it."""
    parser = argparse.ArgumentParser(prog="script/", description="Back up, restore, verify.")
    acts = parser.add_subparsers(dest="act", required=True)
    acts.add_parser("backup").add_argument("folder", nargs="?", type=Path, default=ROOT / "var" / "backups")
    acts.add_parser("look")
    words = acts.add_parser("restore")
    words.add_argument("archive", type=Path)
    words.add_argument("--replace", action="store_true")
    chosen = parser.parse_args()
    set_up()
    if chosen.act == "look":
        return look()
    if chosen.act == "backup":
        archive = backup(chosen.folder)
        print(f"==> {archive} ({archive.stat().st_size:,} bytes), verified")
    else:
        restore(chosen.archive, replace=chosen.replace)
        print(f"==> {chosen.archive} is restored and verified")
    return 0


if __name__ == "__main__":
    with closing(sys.stdout):
        sys.exit(main())
