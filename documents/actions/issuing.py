"""A paper is sent for signature, signed, and issued by the records clerk, who gives number and date."""

import datetime as dt
import re
from dataclasses import dataclass

from django.core.files.base import File
from django.db import transaction

from blocs import text
from blocs.actions.years import refuse_past
from blocs.audit import record
from blocs.errors import Refusal
from blocs.files import PAPERS, store_file
from blocs.models import User
from blocs.workflow import advance
from documents.actions.coding import new_code
from documents.actions.printing import FiguresDiffer
from documents.models import Document
from documents.papers import faults, wrong_capacity

MOST_CAPACITY_LINES = 4


class StillADraft(Refusal):
    """The paper is the draft for the conference, not the paper to be signed."""


class SignatureRefused(Refusal):
    """Who signed, or in which capacity, is not filled in as a paper needs it."""

    status = 422


class NumberRefused(Refusal):
    """The number is missing or is not a number of a paper."""

    status = 422


class NumberTaken(Refusal):
    """The unit has given this number with this symbol in the same year."""


class DateRefused(Refusal):
    """The date of the paper cannot be right."""

    status = 422


@dataclass(frozen=True, kw_only=True)
class Signature:
    """What is recorded of a signature made on paper or in other software: capacity (1 to 4 lines), day, manner, who."""

    capacity: str
    signed_on: dt.date
    manner: str = Document.Manner.BY_HAND
    name: str = ""
    post: str = ""

    @property
    def lines(self) -> list[str]:
        """The lines of the capacity, cleaned."""
        return [text.nfc(line) for line in self.capacity.splitlines() if line.strip()]


@transaction.atomic
def submit_for_signature(document: Document, *, by: User | None) -> Document:
    """Send a paper to the head for signature: its content is fixed from here. Raises YearClosed, StillADraft, NotNow."""
    document = _locked(document)
    if document.paper.draft:
        raise StillADraft(
            "Văn bản còn ghi “DỰ THẢO” nên chưa trình ký được. Nội dung được giữ nguyên. "
            "Đề nghị lập bản chính thức rồi trình ký bản đó."
        )
    if found := faults(document.paper):
        raise FiguresDiffer(
            f"Chưa thể trình ký: {'; '.join(found[:3])}. Văn bản được giữ nguyên; đề nghị kiểm tra số liệu."
        )
    advance(document, Document.State.SIGNING)
    _note("submit_for_signature", document, by, digest=document.content_digest)
    return document


@transaction.atomic
def return_to_draft(document: Document, *, reason: str, by: User | None) -> Document:
    """Take a paper back from signature to be amended, with the reason. Raises YearClosed, NotNow, SignatureRefused."""
    document = _locked(document)
    if not text.nfc(reason):
        raise SignatureRefused("Chưa ghi lý do chuyển về dự thảo. Văn bản được giữ nguyên. Đề nghị ghi lý do.")
    advance(document, Document.State.DRAFT)
    _note("return_to_draft", document, by, reason=text.nfc(reason))
    return document


@transaction.atomic
def record_signature(
    document: Document, *, signature: Signature, copy: File | None = None, by: User | None, at: dt.datetime
) -> Document:
    """Record that the paper was signed, with the signed copy when there is one; the signature is made outside.

    Raises YearClosed, NotNow, SignatureRefused, DateRefused, FileRefused.
    """
    document = _locked(document)
    if document.kind == Document.Kind.PLEDGE:
        raise SignatureRefused("Giao ước do từng đơn vị ký tại trang Giao ước. Văn bản được giữ nguyên.")
    _refuse_signature(signature, at.date())
    if fault := wrong_capacity(tuple(signature.lines), document.profile if document.content.get("signers") else ""):
        raise SignatureRefused(f"{fault} Văn bản được giữ nguyên. Đề nghị ghi lại.")
    kept = store_file(copy, by=by, at=at, allowed=PAPERS) if copy else None
    advance(
        document,
        Document.State.SIGNED,
        capacity="\n".join(signature.lines),
        signer_name=text.nfc(signature.name),
        signer_post=text.nfc(signature.post),
        signed_on=signature.signed_on,
        manner=signature.manner,
        signed_copy=kept,
    )
    digest = kept.sha256 if kept else ""
    _note("record_signature", document, by, manner=signature.manner, signed_on=signature.signed_on, copy=digest)
    return document


def _refuse_signature(signature: Signature, on: dt.date) -> None:
    if not 1 <= len(signature.lines) <= MOST_CAPACITY_LINES:
        raise SignatureRefused(
            "Quyền hạn, chức vụ của người ký gồm từ 01 đến 04 dòng, ví dụ “KT. TRƯỞNG BAN” và “PHÓ TRƯỞNG BAN”. "
            "Văn bản được giữ nguyên. Đề nghị ghi lại."
        )
    if signature.signed_on > on:
        raise DateRefused("Ngày ký không được sau ngày hôm nay. Văn bản được giữ nguyên. Đề nghị kiểm tra lại ngày ký.")


@transaction.atomic
def issue_number(document: Document, *, number: str, issued_on: dt.date, by: User | None, on: dt.date) -> Document:
    """Give a signed paper its number and date; papers without a symbol get the date only.

    `number` as the clerk writes it ("5", "05", "12a"), kept with a leading zero below ten. The copy printed before is
    out of date from here. Raises YearClosed, NotNow, NumberRefused, NumberTaken, DateRefused.
    """
    document = _locked(document)
    kept = _number_of(document, number)
    _refuse_date(document, issued_on, on)
    taken = Document.objects.filter(
        unit=document.unit_id, symbol=document.symbol, issue_year=issued_on.year, number=kept
    ).exclude(pk=document.pk)
    if kept and taken.exists():
        raise NumberTaken(
            f"Số {kept}/{document.symbol} năm {issued_on.year} đã cấp cho văn bản khác của đơn vị. "
            "Văn bản này chưa được cấp số. Đề nghị kiểm tra sổ văn bản đi rồi nhập số khác."
        )
    advance(
        document, Document.State.ISSUED, number=kept, issued_on=issued_on, issue_year=issued_on.year, code=new_code()
    )
    _note("issue_number", document, by, number=kept, issued_on=issued_on)
    return document


def _number_of(document: Document, number: str) -> str:
    typed = text.nfc(number)
    if not document.symbol:
        return ""
    found = re.fullmatch(r"0*([1-9]\d{0,4})([a-zđ]?)", typed)
    if not found:
        raise NumberRefused(
            f"“{typed}” không phải là số văn bản. Văn bản chưa được cấp số. Đề nghị nhập số như 05 hoặc 128."
        )
    return f"{int(found[1]):02d}{found[2]}"


def _refuse_date(document: Document, issued_on: dt.date, on: dt.date) -> None:
    if issued_on > on:
        raise DateRefused("Ngày ban hành không được sau ngày hôm nay. Văn bản chưa được cấp số.")
    if document.signed_on and issued_on < document.signed_on:
        raise DateRefused(
            f"Ngày ban hành không được trước ngày ký ({text.date(document.signed_on)}). Văn bản chưa được cấp số."
        )


def _locked(document: Document) -> Document:
    document = Document.objects.select_for_update(of=("self",)).select_related("year").get(pk=document.pk)
    refuse_past(document.year)
    return document


def _note(act: str, document: Document, by: User | None, **details: object) -> None:
    record(act, document, by=by, year=document.year_id, unit=document.unit_id, **details)
