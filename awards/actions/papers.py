"""The papers of a dossier: put in, taken out while the bloc still has the nomination."""

import datetime as dt

from django.core.files.base import File
from django.db import transaction

from awards.actions.locks import hold_nomination
from awards.models import DossierPaper, Nomination
from blocs import text
from blocs.audit import record
from blocs.errors import Refusal
from blocs.files import store_file
from blocs.models import User


class DossierLocked(Refusal):
    """The dossier has been sent: it changes only where the authority asks for more."""


@transaction.atomic
def add_paper(
    nomination: Nomination,
    *,
    kind: str,
    upload: File,
    by: User | None,
    at: dt.datetime,
    title: str = "",
    number: str = "",
    dated_on: dt.date | None = None,
) -> DossierPaper:
    """Put a paper into the dossier while the bloc has it; the title is the kind's name unless given.

    Raises YearClosed, DossierLocked, FileRefused.
    """
    nomination = _open(nomination)
    paper = DossierPaper.objects.create(
        nomination=nomination,
        kind=kind,
        title=text.nfc(title) or DossierPaper.Kind(kind).label,
        number=text.nfc(number),
        dated_on=dated_on,
        file=store_file(upload, by=by, at=at),
        added_by=by,
        added_at=at,
    )
    unit = nomination.membership.unit_id
    record("add_paper", paper, by=by, year=nomination.year_id, unit=unit, kind=kind, sha256=paper.file.sha256)
    return paper


@transaction.atomic
def remove_paper(paper: DossierPaper, *, by: User | None, at: dt.datetime) -> DossierPaper:
    """Take a paper out of the dossier while the bloc has it; it stays on record. Raises YearClosed, DossierLocked."""
    nomination = _open(paper.nomination)
    paper = DossierPaper.objects.select_for_update(of=("self",)).select_related("file").get(pk=paper.pk)
    if paper.removed_at is None:
        paper.removed_at = at
        paper.save(update_fields=["removed_at"])
        unit = nomination.membership.unit_id
        record("remove_paper", paper, by=by, year=nomination.year_id, unit=unit, sha256=paper.file.sha256)
    return paper


def _open(nomination: Nomination) -> Nomination:
    nomination = hold_nomination(nomination)
    if not nomination.is_with_bloc:
        raise DossierLocked(
            f"Hồ sơ đang ở trạng thái “{nomination.get_state_display()}” nên không thêm, bớt tài liệu được. "
            "Chỉ các mục được đề nghị bổ sung mới mở để sửa. Không có nội dung nào bị thay đổi."
        )
    return nomination
