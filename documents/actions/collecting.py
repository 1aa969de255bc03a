"""A paper that many sign, one after the other: its text stays, its signature boxes fill up, and then it is issued."""

import datetime as dt

from django.db import transaction

from blocs.actions.years import refuse_past
from blocs.audit import record
from blocs.errors import Refusal
from blocs.models import User
from blocs.workflow import advance
from documents.actions.coding import new_code
from documents.models import Document
from documents.papers import PledgePaper, digest_of, pack


class TextDiffers(Refusal):
    """The text of the paper is not the one that was sent for signature."""


@transaction.atomic
def collect_signatures(document: Document, *, paper: PledgePaper, by: User | None) -> Document:
    """Put the signatures made so far into the boxes of a paper that is being signed. Raises TextDiffers, YearClosed.

    Nothing but the boxes may differ from what was sent for signature. The same boxes again change nothing.
    """
    document = _locked(document)
    kept = document.paper
    if document.state != Document.State.SIGNING or not isinstance(kept, PledgePaper) or kept.bare != paper.bare:
        raise TextDiffers(
            "Nội dung văn bản khác với nội dung đã trình ký nên phần ký chưa được cập nhật. "
            "Văn bản được giữ nguyên. Đề nghị mở lại trang để xem trạng thái mới nhất."
        )
    content = pack(paper)
    if digest_of(content) == document.content_digest:
        return document
    document.content, document.content_digest = content, digest_of(content)
    document.edition += 1
    document.save(update_fields=["content", "content_digest", "edition"])
    _note("collect_signatures", document, by, edition=document.edition, digest=document.content_digest)
    return document


@transaction.atomic
def close_signing(document: Document, *, signed_on: dt.date, by: User | None) -> Document:
    """Issue a paper without a number on the day when the last one signed it. Raises NotNow, YearClosed."""
    document = _locked(document)
    advance(document, Document.State.SIGNED, signed_on=signed_on)
    advance(document, Document.State.ISSUED, issued_on=signed_on, issue_year=signed_on.year, code=new_code())
    _note("close_signing", document, by, signed_on=signed_on, digest=document.content_digest)
    return document


def _locked(document: Document) -> Document:
    document = Document.objects.select_for_update(of=("self",)).select_related("year").get(pk=document.pk)
    refuse_past(document.year)
    return document


def _note(act: str, document: Document, by: User | None, **details: object) -> None:
    record(act, document, by=by, year=document.year_id, unit=document.unit_id, **details)
