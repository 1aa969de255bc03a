"""Taking a file in and handing it out: type by content, size, macros and bombs refused with a sentence."""

import datetime as dt
import hashlib
import unicodedata
import zipfile
from pathlib import PurePath
from typing import IO
from urllib.parse import quote

from django.conf import settings
from django.core.files.base import ContentFile, File
from django.http import FileResponse

from blocs.errors import Refusal
from blocs.models import StoredFile, User

PDF, PNG, JPEG = "application/pdf", "image/png", "image/jpeg"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
KINDS = {PDF: "pdf", PNG: "png", JPEG: "jpg", XLSX: "xlsx", DOCX: "docx"}
PAPERS = frozenset({PDF, PNG, JPEG})
EVIDENCE = frozenset(KINDS)
_ENDINGS = {PDF: {"pdf"}, PNG: {"png"}, JPEG: {"jpg", "jpeg"}, XLSX: {"xlsx"}, DOCX: {"docx"}}
_MAX_UNPACKED = 200 * 1024 * 1024
_MAX_PARTS = 5000
_KEPT = "Các nội dung khác không bị ảnh hưởng."


class FileRefused(Refusal):
    """The file is not taken in: its type, size or content is not allowed."""

    status = 422


def store_file(upload: File, *, by: User | None, at: dt.datetime, allowed: frozenset[str] = EVIDENCE) -> StoredFile:
    """Keep an uploaded file under a random name, with its digest and its type read from its content.

    Raises FileRefused (too large, empty, wrong or disguised type, macros, a bomb). Writes no log line: the act that
    takes the file does.
    """
    name = clean_name(upload.name or "tep")
    size = upload.size or 0
    if size > settings.MAX_UPLOAD_BYTES:
        megabytes = settings.MAX_UPLOAD_BYTES // 1024**2
        message = f"Không nhận tệp “{name}” vì lớn hơn {megabytes} MB. Đề nghị giảm dung lượng rồi tải lên. {_KEPT}"
        raise FileRefused(message)
    if size == 0:
        message = f"Không nhận tệp “{name}” vì tệp trống. Đề nghị kiểm tra lại tệp rồi tải lên. {_KEPT}"
        raise FileRefused(message)
    upload.seek(0)
    content_type = sniff(upload, name, allowed)
    digest = hashlib.sha256()
    upload.seek(0)
    for chunk in upload.chunks():
        digest.update(chunk)
    upload.seek(0)
    stored = StoredFile(
        name=name, size=size, content_type=content_type, sha256=digest.hexdigest(), stored_by=by, stored_at=at
    )
    stored.file.save(name, upload, save=False)
    stored.save()
    return stored


def store_bytes(content: bytes, name: str, *, content_type: str, by: User | None, at: dt.datetime) -> StoredFile:
    """Keep a file that the system itself made (a printed paper, an export)."""
    stored = StoredFile(
        name=clean_name(name),
        size=len(content),
        content_type=content_type,
        sha256=hashlib.sha256(content).hexdigest(),
        stored_by=by,
        stored_at=at,
    )
    stored.file.save(name, ContentFile(content), save=False)
    stored.save()
    return stored


def clean_name(name: str) -> str:
    """Return a file's name without folders and control characters, NFC, at most 200 characters with its ending."""
    bare = unicodedata.normalize("NFC", PurePath(name.replace("\\", "/")).name)
    bare = "".join(letter for letter in bare if letter.isprintable()).strip() or "tep"
    stem, dot, ending = bare.rpartition(".")
    return bare if len(bare) <= 200 else f"{stem[:190]}{dot}{ending[:9]}"  # noqa: PLR2004 - the column holds 250


def sniff(upload: IO[bytes], name: str, allowed: frozenset[str]) -> str:
    """Return the content type read from the bytes; raise FileRefused when it is not allowed or not what the name says."""
    beginning = upload.read(8)
    ending = name.rpartition(".")[2].lower()
    found = ""
    if beginning.startswith(b"%PDF-"):
        found = PDF
    elif beginning.startswith(b"\x89PNG\r\n\x1a\n"):
        found = PNG
    elif beginning.startswith(b"\xff\xd8\xff"):
        found = JPEG
    elif beginning.startswith(b"PK\x03\x04"):
        found = _office(upload, name)
    if found not in allowed or ending not in _ENDINGS[found]:
        kinds = ", ".join(f".{KINDS[kind]}" for kind in KINDS if kind in allowed)
        message = (
            f"Không nhận tệp “{name}” vì nội dung tệp không phải một trong các dạng {kinds}, hoặc đuôi tệp không đúng "
            f"với nội dung. Đề nghị lưu lại đúng dạng rồi tải lên. {_KEPT}"
        )
        raise FileRefused(message)
    return found


def _office(upload: IO[bytes], name: str) -> str:
    upload.seek(0)
    try:
        with zipfile.ZipFile(upload) as package:
            parts = package.infolist()
    except (zipfile.BadZipFile, OSError, ValueError) as error:
        message = f"Không nhận tệp “{name}” vì tệp bị hỏng, không mở được. Đề nghị lưu lại rồi tải lên. {_KEPT}"
        raise FileRefused(message) from error
    names = {part.filename for part in parts}
    if any(part.lower().endswith("vbaproject.bin") for part in names) or name.lower().endswith(("xlsm", "docm")):
        message = f"Không nhận tệp “{name}” vì có chứa macro. Đề nghị lưu lại dạng .xlsx hoặc .pdf rồi tải lên. {_KEPT}"
        raise FileRefused(message)
    if len(parts) > _MAX_PARTS or sum(part.file_size for part in parts) > _MAX_UNPACKED:
        message = f"Không nhận tệp “{name}” vì dung lượng sau khi giải nén quá lớn. Đề nghị tách tệp. {_KEPT}"
        raise FileRefused(message)
    if "xl/workbook.xml" in names:
        return XLSX
    return DOCX if "word/document.xml" in names else ""


def file_answer(stored: StoredFile, *, inline: bool = False) -> FileResponse:
    """Return the file as an attachment under its own name; the calling view has checked who may read it.

    `inline` shows a PDF or an image in the browser instead; other types are always attachments.
    """
    response = FileResponse(stored.file.open("rb"), content_type=stored.content_type)
    shown = inline and stored.content_type in PAPERS
    plain = stored.name.encode("ascii", "replace").decode().replace("?", "_").replace('"', "_")
    kind = "inline" if shown else "attachment"
    response["Content-Disposition"] = f"{kind}; filename=\"{plain}\"; filename*=UTF-8''{quote(stored.name)}"
    response["X-Content-Type-Options"] = "nosniff"
    # Shown in place, a file may stand in a frame of our own pages; a browser's PDF viewer does not start in a sandbox.
    boxed = "" if shown and stored.content_type == PDF else "; sandbox"
    ancestors = "'self'" if shown else "'none'"
    response["Content-Security-Policy"] = (
        f"default-src 'none'; style-src 'unsafe-inline'; frame-ancestors {ancestors}{boxed}"
    )
    response["X-Frame-Options"] = "SAMEORIGIN" if shown else "DENY"
    response["Cache-Control"] = "private, no-store"
    response["Content-Length"] = str(stored.size)
    return response
