"""An issued paper is never changed: a later one takes its place."""

from django.db import transaction

from blocs import text
from blocs.actions.years import refuse_past
from blocs.audit import record
from blocs.errors import Refusal
from blocs.models import User
from blocs.workflow import advance
from documents.models import Document


class NotReplaceable(Refusal):
    """The other paper cannot take the place of this one."""

    status = 422


@transaction.atomic
def replace_document(document: Document, *, replacement: Document, reason: str, by: User | None) -> Document:
    """Mark an issued paper as replaced by another issued paper of the same kind and unit, with the reason.

    Raises YearClosed, NotNow, NotReplaceable.
    """
    rows = Document.objects.select_for_update(of=("self",)).select_related("year").order_by("pk")
    locked = rows.in_bulk([document.pk, replacement.pk])
    document, replacement = locked[document.pk], locked[replacement.pk]
    refuse_past(document.year)
    same = (document.unit_id, document.kind, document.year_id) == (
        replacement.unit_id,
        replacement.kind,
        replacement.year_id,
    )
    if document.pk == replacement.pk or not same or replacement.state != Document.State.ISSUED or not text.nfc(reason):
        raise NotReplaceable(
            "Chỉ thay thế được bằng văn bản cùng loại, cùng đơn vị, đã ban hành, và phải ghi lý do. "
            "Văn bản được giữ nguyên."
        )
    advance(document, Document.State.REPLACED, replaced_by=replacement)
    record(
        "replace_document",
        document,
        by=by,
        year=document.year_id,
        unit=document.unit_id,
        replacement=replacement.pk,
        reason=text.nfc(reason),
    )
    return document
