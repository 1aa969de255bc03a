"""The print job: from a stored paper to its PDF, in short transactions around the long work."""

import datetime as dt
import logging

from django.conf import settings
from django.db import transaction

from blocs.audit import record
from blocs.files import PDF, store_bytes
from blocs.jobs import long_job
from blocs.models import User
from documents.copying import publish
from documents.models import Document, Examination
from documents.printing import PrinterMissing, print_pdf
from documents.sealing import examine_apart, has_seal, seal

logger = logging.getLogger("documents.jobs")

SECONDS_FOR_STRANGERS = 60  # of processor time for a file from the public page
FAILED = "Chưa in được văn bản. Nội dung vẫn được lưu; hệ thống tự in lại sau ít phút."


@long_job
def print_document(*, document_id: int, key: str, by_id: int | None, at: str) -> None:
    """Print one paper and keep the PDF with its digest; nothing happens when the paper has changed meanwhile.

    `key` is Document.key when the print was asked for, `at` the moment in ISO form. A machine without the printing
    libraries leaves the sentence on the paper; any other failure is left there too and tried again.
    """
    document = _take(document_id, key)
    if document is None:
        return
    try:
        content, sealed = _made(document)
    except PrinterMissing as missing:
        _give_up(document, key, missing.sentence)
        return
    except Exception:
        _give_up(document, key, FAILED)
        raise
    _keep(document, key, (content, sealed), by_id=by_id, at=dt.datetime.fromisoformat(at))


def _made(document: Document) -> tuple[bytes, bool]:
    """The printed paper; once it is issued with its code on every page and the operator's seal where there is one."""
    content = print_pdf(document.paper, document.mark)
    folder = settings.SEAL_FOLDER
    if document.mark is None or not has_seal(folder):
        return content, False
    return seal(content, folder=folder, passphrase=settings.SEAL_PASSPHRASE), True


def _locked(document_id: int, key: str) -> Document | None:
    return Document.objects.select_for_update().filter(pk=document_id, print_key=key).first()


@transaction.atomic
def _take(document_id: int, key: str) -> Document | None:
    document = _locked(document_id, key)
    if document is None or document.pdf_key == key:
        return None
    document.printing = Document.Printing.PRINTING
    document.save(update_fields=["printing"])
    return Document.objects.select_related("year").get(pk=document.pk)


@transaction.atomic
def _give_up(document: Document, key: str, sentence: str) -> None:
    waiting = _locked(document.pk, key)
    if waiting is not None:
        waiting.printing = Document.Printing.FAILED
        waiting.print_error = sentence
        waiting.save(update_fields=["printing", "print_error"])


@transaction.atomic
def _keep(document: Document, key: str, made: tuple[bytes, bool], *, by_id: int | None, at: dt.datetime) -> None:
    waiting = _locked(document.pk, key)
    if waiting is None:
        logger.info("document %s changed while it was printed", document.pk)
        return
    by = User.objects.filter(pk=by_id).first() if by_id else None
    content, sealed = made
    waiting.pdf = store_bytes(content, document.file_name, content_type=PDF, by=by, at=at)
    waiting.pdf_key = key
    waiting.printing = Document.Printing.DONE
    waiting.print_error = ""
    waiting.save(update_fields=["pdf", "pdf_key", "printing", "print_error"])
    if waiting.code:
        publish(waiting, waiting.pdf, content, sealed=sealed, at=at)
    record(
        "print_document", waiting, by=by, year=waiting.year_id, unit=waiting.unit_id, sha256=waiting.pdf.sha256, key=key
    )


@long_job
def examine_file(*, examination_id: int) -> None:
    """Look at the signatures of a file in a process of its own, keep the verdict and let go of the file."""
    waiting = Examination.objects.select_related("file").filter(pk=examination_id, verdict__isnull=True).first()
    if waiting is None or waiting.file is None:
        return
    with waiting.file.file.open("rb") as opened:
        content = opened.read()
    verdict = examine_apart(content, settings.TRUST_FOLDER, seconds=SECONDS_FOR_STRANGERS)
    with transaction.atomic():
        Examination.objects.filter(pk=waiting.pk).update(verdict=verdict.as_json(), file=None)
        waiting.file.delete()
    waiting.file.file.delete(save=False)
