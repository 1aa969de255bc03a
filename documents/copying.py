"""Noting that a file left the house, so that it is known again by its digest."""

import datetime as dt

from blocs.models import StoredFile
from documents.models import CopyDigest, Document, PublicCopy
from documents.sealing import revisions_of


def publish(
    document: Document,
    file: StoredFile,
    content: bytes,
    *,
    sealed: bool,
    at: dt.datetime,
    what: str = PublicCopy.What.PAPER,
    signatures: int = 0,
) -> PublicCopy:
    """Keep the digests of a file that is handed out: its own, and those of its revisions that a cut would leave."""
    copy = PublicCopy.objects.create(
        document=document, what=what, file=file, sealed=sealed, signatures=signatures + sealed, made_at=at
    )
    CopyDigest.objects.bulk_create(
        [CopyDigest(copy=copy, sha256=file.sha256, whole=True)]
        + [CopyDigest(copy=copy, sha256=digest, whole=False) for digest in dict.fromkeys(revisions_of(content))]
    )
    return copy
