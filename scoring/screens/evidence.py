"""How a piece of evidence is printed in a list."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.urls import reverse

from blocs import text
from blocs.files import JPEG, PDF, PNG
from scoring.models import Evidence, SelfAssessment


@dataclass(frozen=True)
class Piece:
    """One piece of evidence as the list prints it."""

    title: str
    url: str
    number: str
    note: str
    remove_url: str = ""
    preview_url: str = ""
    preview: str = ""


@dataclass(frozen=True)
class Proof:
    """What proves one claim, what was typed about a document that was refused, and what may be used again."""

    pieces: list[Piece]
    count: str
    hint: str
    typed: Mapping[str, str]
    errors: list[str]
    warning: str = ""
    reusable: Sequence[tuple[int, str]] = ()


def piece_of(assessment: SelfAssessment, piece: Evidence, *, may_edit: bool = False) -> Piece:
    """Return one piece of evidence as the list prints it."""
    year = assessment.year
    where = {"bloc": year.bloc.code, "year": year.year, "member": assessment.membership_id, "evidence": piece.pk}
    size = (
        f"{piece.file.content_type.rpartition('/')[2][:4].upper()}, {_size(piece.file.size)}, "
        if piece.file
        else "liên kết, "
    )
    url = reverse("scoring:evidence_file", kwargs=where) if piece.file else piece.link
    kind = {PDF: "pdf", PNG: "image", JPEG: "image"}.get(piece.file.content_type, "") if piece.file else ""
    return Piece(
        title=piece.name,
        url=url,
        number=", ".join(filter(None, (piece.number, text.date(piece.dated_on) if piece.dated_on else ""))),
        note=f"{size}gửi {text.date(piece.added_at.astimezone(text.VIETNAM).date())}",
        remove_url=reverse("scoring:remove_evidence", kwargs=where) if may_edit else "",
        preview_url=f"{url}?xem" if kind else "",
        preview=kind,
    )


def _size(size: int) -> str:
    return f"{text.number(text.Decimal(size) / 1048576, 1)} MB" if size >= 1048576 else f"{max(1, size // 1024)} KB"  # noqa: PLR2004
