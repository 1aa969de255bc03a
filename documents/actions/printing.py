"""A paper is printed at once when it is small, by the worker when it is not."""

import datetime as dt

from django.db import transaction

from blocs.audit import record
from blocs.errors import Refusal
from blocs.jobs import enqueue
from blocs.models import User
from documents.jobs import print_document
from documents.models import Document
from documents.papers import faults

CELLS_AT_ONCE = 500


class FiguresDiffer(Refusal):
    """The parts of a figure do not add up to what is printed."""


def request_printing(document: Document, *, by: User | None, at: dt.datetime) -> Document:
    """Have the paper printed as it stands now; a copy printed from the same content is used again.

    Up to 500 table cells it is printed before this returns, beyond that by the worker. What went wrong stands in
    `print_error`, in words for the user. Raises FiguresDiffer: figures that do not add up are not printed.
    """
    if found := faults(document.paper):
        raise FiguresDiffer(
            f"Chưa thể in: {'; '.join(found[:3])}. Nội dung văn bản vẫn được lưu; đề nghị kiểm tra số liệu rồi cập nhật."
        )
    asked = queue_print(document, by=by, at=at)
    if asked.printing == Document.Printing.QUEUED and asked.paper.cells <= CELLS_AT_ONCE:
        print_document(document_id=asked.pk, key=asked.print_key, by_id=by.pk if by else None, at=at.isoformat())
        asked.refresh_from_db()
    return asked


@transaction.atomic
def queue_print(document: Document, *, by: User | None, at: dt.datetime) -> Document:
    """Put the paper in the queue of the printer, unless its copy is already there or being made."""
    document = Document.objects.select_for_update(of=("self",)).select_related("year").get(pk=document.pk)
    key = document.key
    if document.pdf_key == key or _is_under_way(document, key, at):
        return document
    twin = Document.objects.filter(pdf_key=key, pdf__isnull=False).only("pdf_id").first()
    document.print_key = key
    document.print_asked_at = at
    document.print_error = ""
    document.printing = Document.Printing.DONE if twin else Document.Printing.QUEUED
    if twin:
        document.pdf_id = twin.pdf_id
        document.pdf_key = key
    elif document.paper.cells > CELLS_AT_ONCE:
        enqueue(print_document, document_id=document.pk, key=key, by_id=by.pk if by else None, at=at.isoformat())
    document.save(update_fields=["print_key", "print_asked_at", "print_error", "printing", "pdf", "pdf_key"])
    record("request_printing", document, by=by, year=document.year_id, unit=document.unit_id, key=key)
    return document


def _is_under_way(document: Document, key: str, at: dt.datetime) -> bool:
    """Whether this very print was asked for lately; one that was lost with its worker is asked for again."""
    return document.is_being_printed and document.print_key == key and not document.print_is_lost(at)
