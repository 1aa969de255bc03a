"""Check the archive of a year. One file of the standard library: it needs neither the system nor its server.

    python3 kiem-tra.py LUU-TRU.zip [--expect SHA256]

Exit code 0 when nothing differs from the list inside; with --expect also that the file is the very one whose SHA-256 was
printed when it was made. Otherwise 1, and each file that was changed, added or is missing is named.
"""

import argparse
import hashlib
import json
import sys
import tempfile
import zipfile
from collections.abc import Iterable
from pathlib import Path
from typing import IO

MANIFEST = "bang-ke.json"
SIGNED_MANIFEST = "bang-ke.sha256"
MOST_BYTES = 20 * 1024**3
_DATE = (1980, 1, 1, 0, 0, 0)
_CHUNK = 1024 * 1024


def write_archive(members: Iterable[tuple[str, bytes]], out: IO[bytes]) -> None:
    """Write members, their list and the list's digest as a zip that is the same for the same members."""
    digests: dict[str, dict[str, object]] = {}
    with zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as package:
        for name, content in members:
            digests[name] = {"sha256": hashlib.sha256(content).hexdigest(), "size": len(content)}
            package.writestr(_entry(name), content)
        manifest = json.dumps(digests, ensure_ascii=False, indent=1, sort_keys=True).encode()
        package.writestr(_entry(MANIFEST), manifest)
        package.writestr(_entry(SIGNED_MANIFEST), hashlib.sha256(manifest).hexdigest().encode())


def differences(path: Path, expect: str = "") -> list[str]:
    """What differs from the list inside the archive, and from the digest noted elsewhere; [] when nothing does."""
    found = []
    if expect and digest_of_file(path) != expect.lower():
        found.append(f"{path.name}: không phải bản gốc (mã SHA-256 khác mã đã ghi)")
    try:
        with zipfile.ZipFile(path) as package:
            found += _inside(package)
            if not found:
                found += _outside(package, path)
    except (zipfile.BadZipFile, OSError, ValueError, KeyError, NotImplementedError, EOFError, RuntimeError) as error:
        found.append(f"{path.name}: tệp zip bị hỏng ({error})")
    return found


def digest_of_file(path: Path) -> str:
    """SHA-256 of a file of any size."""
    digest = hashlib.sha256()
    with path.open("rb") as opened:
        while chunk := opened.read(_CHUNK):
            digest.update(chunk)
    return digest.hexdigest()


def _entry(name: str) -> zipfile.ZipInfo:
    entry = zipfile.ZipInfo(name, _DATE)
    entry.create_system, entry.external_attr = 3, 0o644 << 16
    return entry


def _inside(package: zipfile.ZipFile) -> list[str]:
    """Changed, added and missing members, the list itself included."""
    names = [entry.filename for entry in package.infolist()]
    if sum(entry.file_size for entry in package.infolist()) > MOST_BYTES:
        return ["tệp lưu trữ quá lớn"]
    if MANIFEST not in names or SIGNED_MANIFEST not in names:
        return [f"{name}: thiếu" for name in (MANIFEST, SIGNED_MANIFEST) if name not in names]
    manifest = _read(package, MANIFEST)
    signed = _read(package, SIGNED_MANIFEST)
    if manifest is None or signed is None or hashlib.sha256(manifest).hexdigest() != signed.decode("ascii", "replace"):
        return [f"{MANIFEST}: bảng kê đã bị thay đổi"]
    listed = json.loads(manifest)
    found = [f"{name}: thiếu" for name in listed if name not in names]
    for name in names:
        if name in {MANIFEST, SIGNED_MANIFEST}:
            continue
        if name not in listed or names.count(name) > 1:
            found.append(f"{name}: tệp thêm vào")
            continue
        content = _read(package, name)
        if content is None or hashlib.sha256(content).hexdigest() != listed[name]["sha256"]:
            found.append(f"{name}: đã bị thay đổi")
    return found


def _read(package: zipfile.ZipFile, name: str) -> bytes | None:
    try:
        return package.read(name)
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError, EOFError, RuntimeError):
        return None


def _outside(package: zipfile.ZipFile, path: Path) -> list[str]:
    """What differs between the members, in the zip's own marks: the archive is written again and compared."""
    own = [(name, package.read(name)) for name in package.namelist() if name not in {MANIFEST, SIGNED_MANIFEST}]
    with tempfile.TemporaryFile() as again, path.open("rb") as opened:
        write_archive(own, again)
        again.seek(0)
        while True:
            one, other = again.read(_CHUNK), opened.read(_CHUNK)
            if one != other:
                return [f"{path.name}: phần khung của tệp zip đã bị thay đổi"]
            if not one:
                return []


def main(arguments: list[str] | None = None) -> int:
    """Check one archive and say what was found."""
    parser = argparse.ArgumentParser(description="Kiểm tra tệp lưu trữ năm thi đua.")
    parser.add_argument("archive", type=Path)
    parser.add_argument("--expect", default="", help="mã SHA-256 đã ghi khi lập tệp lưu trữ")
    options = parser.parse_args(arguments)
    found = differences(options.archive, options.expect)
    kept = "Là bản gốc: mã SHA-256 khớp mã đã ghi." if options.expect else "Không thay đổi so với bảng kê."
    sys.stdout.write("\n".join(found or [kept]) + "\n")
    return 1 if found else 0


if __name__ == "__main__":
    raise SystemExit(main())
