"""What happens to an official paper: drafted, printed, signed, numbered, replaced."""

from documents.actions.collecting import TextDiffers, close_signing, collect_signatures
from documents.actions.drafting import NotADraft, draft_document, refresh_document
from documents.actions.issuing import (
    DateRefused,
    NumberRefused,
    NumberTaken,
    Signature,
    SignatureRefused,
    StillADraft,
    issue_number,
    record_signature,
    return_to_draft,
    submit_for_signature,
)
from documents.actions.printing import FiguresDiffer, request_printing
from documents.actions.replacing import NotReplaceable, replace_document
from documents.actions.wording import UnknownField, draft_from_wording, save_wording

__all__ = [
    "DateRefused",
    "FiguresDiffer",
    "NotADraft",
    "NotReplaceable",
    "NumberRefused",
    "NumberTaken",
    "Signature",
    "SignatureRefused",
    "StillADraft",
    "TextDiffers",
    "UnknownField",
    "close_signing",
    "collect_signatures",
    "draft_document",
    "draft_from_wording",
    "issue_number",
    "record_signature",
    "refresh_document",
    "replace_document",
    "request_printing",
    "return_to_draft",
    "save_wording",
    "submit_for_signature",
]
