"""A paper is drafted from what its owner gathered, and refreshed until it is sent for signature."""

import datetime as dt

from django.db import transaction

from blocs.actions.years import refuse_past
from blocs.audit import record
from blocs.errors import Refusal
from blocs.models import BlocYear, Unit, User
from documents.models import Document
from documents.papers import Paper, digest_of, pack


class NotADraft(Refusal):
    """The paper has been sent for signature: its content is fixed."""


@transaction.atomic
def draft_document(
    year: BlocYear,
    *,
    kind: str,
    paper: Paper,
    unit: Unit,
    audience: str = Document.Audience.YEAR,
    about: str = "",
    by: User | None,
    on: dt.date,
) -> Document:
    """Keep a gathered paper as a draft of the unit, to be read by its audience.

    `about` is the owner's own key ("poll:12", "assessment:5", ""), never read here: the open draft of the same kind and
    about is refreshed instead of doubled. Raises YearClosed.
    """
    refuse_past(year)
    BlocYear.objects.select_for_update().get(pk=year.pk)
    which = {"year": year, "unit": unit, "kind": kind, "about": about}
    open_draft = Document.objects.filter(**which, state=Document.State.DRAFT).first()
    if open_draft:
        return refresh_document(open_draft, paper=paper, by=by)
    document = Document(**which, audience=audience, drafted_by=by, drafted_on=on, **_fields_of(paper))
    document.save(force_insert=True)
    record("draft_document", document, by=by, year=year.pk, unit=unit.pk, kind=kind, digest=document.content_digest)
    return document


@transaction.atomic
def refresh_document(document: Document, *, paper: Paper, by: User | None) -> Document:
    """Put newly gathered content into a draft; the edition counts up when anything printed differs.

    Raises YearClosed, NotADraft.
    """
    document = Document.objects.select_for_update(of=("self",)).select_related("year").get(pk=document.pk)
    refuse_past(document.year)
    if document.state != Document.State.DRAFT:
        raise NotADraft(
            f"Văn bản đang ở trạng thái “{document.get_state_display()}” nên nội dung không thay đổi được. "
            "Nội dung hiện có được giữ nguyên. Đề nghị chuyển văn bản về dự thảo trước khi cập nhật."
        )
    fields = _fields_of(paper)
    if fields["content_digest"] == document.content_digest:
        return document
    for name, value in fields.items():
        setattr(document, name, value)
    document.edition += 1
    document.save(update_fields=[*fields, "edition"])
    record(
        "refresh_document",
        document,
        by=by,
        year=document.year_id,
        unit=document.unit_id,
        edition=document.edition,
        digest=document.content_digest,
    )
    return document


def _fields_of(paper: Paper) -> dict[str, object]:
    content = pack(paper)
    return {
        "content": content,
        "content_digest": digest_of(content),
        "title": paper.full_title[:500],
        "symbol": paper.symbol,
        "profile": paper.letterhead.profile if paper.letterhead else "A",
    }
