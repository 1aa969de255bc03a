"""Reading official papers: what waits for whom, the list of a year, its part of the archive."""

import datetime as dt
import re
from dataclasses import dataclass
from typing import Any

from django.db.models import Q
from django.urls import reverse

from blocs import text
from blocs.models import BlocYear, Post, Provision, Unit, User
from blocs.standing import Standing, leadership_of, standing_of
from blocs.tasks import Stage, Task
from documents.models import CopyDigest, Document, DocumentQuerySet, Examination, WordingVersion
from documents.papers.wording import SHIPPED, Wording


def papers_of(year: BlocYear, user: User, on: dt.date, kind: str = "") -> DocumentQuerySet:
    """The papers of a year that the user may read, the latest first, without their content."""
    papers = Document.objects.visible_to(user, on).filter(year=year).without_content()
    return papers.filter(kind=kind) if kind else papers


@dataclass(frozen=True)
class Figures:
    """How many papers there are, ready to be read."""

    papers: str
    issued: str
    waiting: str


def figures_of(year: BlocYear, user: User, on: dt.date) -> Figures:
    """Count the papers of a year that the user may read: all, issued, on their way to signature and number."""
    states = list(Document.objects.visible_to(user, on).filter(year=year).values_list("state", flat=True))
    waiting = states.count(Document.State.SIGNING) + states.count(Document.State.SIGNED)
    issued = states.count(Document.State.ISSUED)
    return Figures(text.count(len(states)), text.count(issued), text.count(waiting) if waiting else "")


def latest_document(year: BlocYear, *, kind: str, about: str = "", unit: int | None = None) -> Document | None:
    """The last paper of a kind (and of the owner's key) in a year that was not replaced, or None."""
    papers = Document.objects.filter(year=year, kind=kind, about=about).exclude(state=Document.State.REPLACED)
    if unit is not None:
        papers = papers.filter(unit=unit)
    return papers.order_by("-pk").first()


def tasks_for(user: User, year: BlocYear, on: dt.date) -> list[Task]:
    """What the user must do now with papers of the units he acts for: sign, give a number, or wait for it.

    The pledge is left out: all units sign it, and pledges says who has yet to.
    """
    standing = standing_of(user, on)
    units = set(standing.units) | standing.authorised
    steps = (Document.State.SIGNING, Document.State.SIGNED)
    waiting = Document.objects.filter(year=year, unit__in=units, state__in=steps).exclude(kind=Document.Kind.PLEDGE)
    return [_task(standing, document) for document in waiting.defer("content").select_related("year__bloc", "unit")]


def _task(standing: Standing, document: Document) -> Task:
    signing = document.state == Document.State.SIGNING
    clerk = Post.Role.CLERK in standing.units.get(document.unit_id, frozenset())
    url = reverse("documents:detail", args=[document.year.bloc.code, document.year.year, document.pk])
    named = f"{document.get_kind_display()} năm {document.year.year}"
    if signing and standing.heads(document.unit_id):
        return Task(f"Ký {named}", "Văn bản đã trình ký; ghi nhận sau khi ký.", url, "Mở văn bản")
    if not signing and clerk:
        return Task(f"Cấp số {named}", "Văn bản đã ký, chờ Văn thư cấp số và ngày ban hành.", url, "Cấp số")
    who = "Thủ trưởng đơn vị" if signing else "Văn thư"
    return Task(named, document.get_state_display(), url, waiting_for=f"{who}, {document.unit.short_name}")


def stage(year: BlocYear) -> Stage:
    """How many papers of the year are issued."""
    states = list(
        Document.objects.filter(year=year).exclude(state=Document.State.REPLACED).values_list("state", flat=True)
    )
    issued = states.count(Document.State.ISSUED)
    note = f"{text.count(issued)}/{text.count(len(states))} đã ban hành" if states else "Chưa có văn bản"
    state = "" if not states else ("done" if issued == len(states) else "now")
    return Stage("Văn bản", note, issued, len(states), state)


def archive_part(year: BlocYear) -> dict[str, Any]:
    """The papers of the year for its archive: reference, dates, digests."""
    papers = Document.objects.filter(year=year).select_related("unit", "pdf").order_by("pk")
    return {
        "documents": [
            {
                "kind": paper.kind,
                "title": paper.title,
                "unit": paper.unit.code,
                "state": paper.state,
                "number": paper.number,
                "symbol": paper.symbol,
                "issued_on": paper.issued_on.isoformat() if paper.issued_on else None,
                "content": paper.content,
                "content_sha256": paper.content_digest,
                "pdf_sha256": paper.pdf.sha256 if paper.pdf else None,
            }
            for paper in papers
        ]
    }


def paper_by_code(code: str) -> Document | None:
    """The issued paper that carries this code at its foot."""
    papers = Document.objects.filter(code=code).select_related("unit", "year__bloc", "replaced_by")
    return papers.first() if code else None


def copy_of(sha256: str) -> CopyDigest | None:
    """The file that was handed out with this digest, or of which this is an earlier revision; whole files first."""
    digests = CopyDigest.objects.filter(sha256=sha256).select_related(
        "copy__file", "copy__document__unit", "copy__document__replaced_by"
    )
    return digests.order_by("-whole", "-pk").first()


def examination_of(sha256: str) -> Examination | None:
    """What is known of a file that somebody had checked."""
    return Examination.objects.filter(sha256=sha256).first()


def next_number(document: Document, on: dt.date) -> str:
    """The number after the last one of the series (issuing unit, year, symbol), "01" for the first; "" without symbol.

    A suggestion: the records clerk's own register decides.
    """
    if not document.symbol:
        return ""
    given = Document.objects.filter(unit=document.unit_id, symbol=document.symbol, issue_year=on.year)
    numbers = [
        int(found[0]) for number in given.values_list("number", flat=True) if (found := re.match(r"\d+", number))
    ]
    return text.count(max(numbers, default=0) + 1)


def grounds_for(kind: str, on: dt.date) -> tuple[str, ...]:
    """The grounds of a paper of this kind and date: those of its kind, then those of all papers, in force that day.

    Rows of Provision with topic "grounds", key = the kind or "all"; `value` as printed, without the closing mark.
    """
    rows = Provision.objects.filter(topic="grounds", key__in=(kind, "all"), year=None, effective_from__lte=on)
    rows = rows.filter(Q(effective_to=None) | Q(effective_to__gte=on)).order_by("effective_from", "pk")
    values = [value.rstrip(".; ") for value in rows.values_list("value", flat=True)]
    return tuple(f"{value}{'.' if place == len(values) else ';'}" for place, value in enumerate(values, start=1))


def wording_of(year: BlocYear, key: str) -> tuple[Wording, str]:
    """A letter as it is shipped, and the text that counts for the bloc now. KeyError for a letter that does not exist."""
    wording = SHIPPED[key]
    last = WordingVersion.objects.filter(bloc=year.bloc_id, key=key).first()
    return wording, (last.body if last and last.body else wording.body)


def common_facts(year: BlocYear) -> dict[str, str]:
    """The merge fields that the system knows for every letter of a year."""
    leader = Unit.objects.filter(pk=leadership_of(year).leader or 0).first()
    return {
        "khoi": year.bloc.name,
        "nam": str(year.year),
        "don_vi": leader.name if leader else "",
        "co_quan": year.bloc.authority.name,
    }
