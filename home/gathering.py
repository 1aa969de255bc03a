"""What the archive of a year holds: each floor's part as JSON, the log, the files with their digests, the verifier."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.db.models import Q

from awards import queries as awards
from blocs import audit
from blocs.models import BlocYear, LogEntry, StoredFile
from conferences import queries as conferences
from documents import queries as documents
from documents.models import Document, PublicCopy
from home import verifier
from pledges import queries as pledges
from pledges.models import Pledge, Signature, SigningFile
from scoring import queries as scoring

PARTS = {
    "cham-diem.json": scoring.archive_part,
    "khen-thuong.json": awards.archive_part,
    "hoi-nghi.json": conferences.archive_part,
    "giao-uoc.json": pledges.archive_part,
    "van-ban.json": documents.archive_part,
}


def archive_members(year: BlocYear) -> Iterator[tuple[str, bytes]]:
    """Name and content of everything in the archive of a year, in a fixed order; files are read one at a time."""
    sequence, digest = audit.head()
    about = {
        "bloc": year.bloc.code, "name": year.bloc.name, "year": year.year, "state": year.state,
        "members": list(year.memberships.values_list("unit__code", "name")),
        "log_head": {"sequence": sequence, "digest": digest},
    }  # fmt: skip
    yield "thong-tin.json", _json(about)
    for name, part in PARTS.items():
        yield name, _json(part(year))
    yield "nhat-ky.json", _json(list(LogEntry.objects.filter(year_id=year.pk).values()))
    yield "kiem-tra.py", Path(verifier.__file__).read_bytes()
    for file in files_of(year):
        with file.file.open("rb") as opened:
            yield f"tep/{file.pk:06d}-{file.sha256[:12]}-{file.name}", opened.read()


def files_of(year: BlocYear) -> list[StoredFile]:
    """Every paper, signed copy, handed-out file, scan and signed file of the year, each once, in a fixed order."""
    papers = Document.objects.filter(year=year)
    kept = SigningFile.objects.filter(pledge__year=year).exclude(state=SigningFile.State.REFUSED)
    wanted = (
        Q(pk__in=papers.values("pdf"))
        | Q(pk__in=papers.values("signed_copy"))
        | Q(pk__in=PublicCopy.objects.filter(document__year=year).values("file"))
        | Q(pk__in=Signature.objects.filter(pledge__year=year).values("scan"))
        | Q(pk__in=kept.values("file"))
        | Q(pk__in=Pledge.objects.filter(year=year).values("evidence"))
    )
    return list(StoredFile.objects.filter(wanted).order_by("pk"))


def _json(values: Any) -> bytes:
    return json.dumps(values, ensure_ascii=False, indent=1, sort_keys=True, cls=DjangoJSONEncoder).encode()
