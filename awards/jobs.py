"""Printing of kept papers by the worker: from the kept content to PDF and Word; the content itself never changes."""

import datetime as dt

from django.db import transaction

from awards.models import KeptPaper
from blocs import clock
from blocs.files import PDF, store_bytes
from blocs.jobs import long_job
from blocs.models import StoredFile
from documents.papers import unpack
from documents.printing import PrinterMissing, print_pdf
from documents.word import word_file

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
FAILED = "Chưa in được văn bản. Nội dung vẫn được lưu; hệ thống tự in lại sau ít phút."


@long_job
def print_kept(*, paper_id: int) -> None:
    """Print one kept paper as PDF and Word, once; a machine that cannot print leaves its sentence on the paper."""
    kept = KeptPaper.objects.filter(pk=paper_id, pdf=None).first()
    if kept is None or kept.content is None:
        return
    paper = unpack(kept.content)
    try:
        printed, word = print_pdf(paper), word_file(paper)
    except PrinterMissing as missing:
        KeptPaper.objects.filter(pk=paper_id).update(error=missing.sentence[:400])
        return
    except Exception:
        KeptPaper.objects.filter(pk=paper_id).update(error=FAILED)
        raise
    _keep(paper_id, printed, word)


@transaction.atomic
def _keep(paper_id: int, printed: bytes, word: bytes) -> None:
    kept = KeptPaper.objects.select_for_update(of=("self",)).get(pk=paper_id)
    if kept.pdf_id is not None:
        return
    now = clock.now()
    kept.pdf = _stored(printed, f"{kept.title}.pdf", PDF, now)
    kept.word = _stored(word, f"{kept.title}.docx", WORD, now)
    kept.error = ""
    kept.save(update_fields=["pdf", "word", "error"])


def _stored(content: bytes, name: str, kind: str, at: dt.datetime) -> StoredFile:
    return store_bytes(content, name.replace("/", "-")[:150], content_type=kind, by=None, at=at)
