"""Sealing a printed paper, and making all fields of a paper that several sign outside, before the first of them does."""

from __future__ import annotations

import hashlib
import io
import re
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from documents.sealing.keys import has_seal, signer_of

if TYPE_CHECKING:
    from documents.printing import Place

SEAL_FIELD = "He-thong"
FIELD = "Don-vi-{:02d}"
_END = re.compile(rb"%%EOF\r?\n?")


def seal(content: bytes, *, folder: Path, passphrase: str = "", fill_forms: bool = False) -> bytes:
    """Put the operator's certifying signature on a PDF (on screen "ký số của hệ thống"): 0.1 s, invisible, PAdES.

    Nothing may be changed afterwards, or with `fill_forms` only empty signature fields be signed.
    """
    from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter  # noqa: PLC0415
    from pyhanko.sign import fields, signers  # noqa: PLC0415

    allowed = fields.MDPPerm.FILL_FORMS if fill_forms else fields.MDPPerm.NO_CHANGES
    wanted = signers.PdfSignatureMetadata(
        field_name=SEAL_FIELD,
        md_algorithm="sha256",
        certify=True,
        docmdp_permissions=allowed,
        subfilter=fields.SigSeedSubFilter.PADES,
    )
    sealed = signers.sign_pdf(
        IncrementalPdfFileWriter(io.BytesIO(content)), wanted, signer=signer_of(folder, passphrase)
    )
    return bytes(sealed.getvalue())


def prepare_fields(content: bytes, places: Sequence[Place], *, folder: Path, passphrase: str = "") -> bytes:
    """Make one empty signature field for each place in a single revision, then certify that only they may be filled.

    Without a seal of the operator the fields are made all the same.
    """
    from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter  # noqa: PLC0415
    from pyhanko.sign import fields  # noqa: PLC0415

    writer = IncrementalPdfFileWriter(io.BytesIO(content))
    for number, place in enumerate(places, start=1):
        box: Any = tuple(round(side) for side in (place.left, place.bottom, place.right, place.top))
        spec = fields.SigFieldSpec(FIELD.format(number), on_page=place.page, box=box, empty_field_appearance=True)
        fields.append_signature_field(writer, spec)
    prepared = io.BytesIO()
    writer.write(prepared)
    content = prepared.getvalue()
    return seal(content, folder=folder, passphrase=passphrase, fill_forms=True) if has_seal(folder) else content


def revisions_of(content: bytes) -> list[str]:
    """The SHA-256 of what the file was at the end of each of its revisions but the last: what a cut leaves over."""
    ends = [found.end() for found in _END.finditer(content)]
    return [hashlib.sha256(content[:end]).hexdigest() for end in ends if end < len(content)]
