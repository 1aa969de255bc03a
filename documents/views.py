"""Pages of official papers: the list of a year, one paper with its preview, its files, its steps."""

from collections.abc import Callable
from typing import Any
from urllib.parse import quote

from django import forms
from django.core.paginator import Paginator
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_POST, require_safe

from blocs import clock
from blocs.errors import Refusal
from blocs.files import DOCX, file_answer
from blocs.pages import NOT_FOUND, answer, fetch, fetch_year, user_of
from blocs.rules import require
from documents.actions import (
    NotADraft,
    issue_number,
    record_signature,
    replace_document,
    request_printing,
    return_to_draft,
    submit_for_signature,
)
from documents.forms import NumberForm, ReasonForm, ReplacementForm, SignatureForm, steps_for
from documents.models import Document
from documents.queries import figures_of, papers_of
from documents.word import word_file

ROWS = 50


@require_safe
def board(request: HttpRequest, bloc: str, year: int) -> HttpResponse:
    """The papers of a year that the user may read."""
    bloc_year = fetch_year(request, bloc, year)
    kind = request.GET.get("loai", "")
    papers = papers_of(bloc_year, user_of(request), clock.today(), kind)
    context = {
        "year": bloc_year,
        "page": Paginator(papers, ROWS).get_page(request.GET.get("trang")),
        "figures": figures_of(bloc_year, user_of(request), clock.today()),
        "kinds": Document.Kind.choices,
        "kind": kind,
    }
    return render(request, "documents/document_board.html", context)


@require_safe
def detail(request: HttpRequest, bloc: str, year: int, pk: int) -> HttpResponse:
    """One paper: preview, state, next step, PDF; for htmx only how its print is getting on."""
    document = _fetch(request, bloc, year, pk)
    if request.htmx:  # type: ignore[attr-defined]
        return render(request, "documents/document_detail.html#printing", _printing(document))
    return _page(request, document)


@require_safe
def pdf(request: HttpRequest, bloc: str, year: int, pk: int) -> FileResponse:
    """The printed copy, as a file; with ?xem=1 shown in the browser."""
    document = _fetch(request, bloc, year, pk)
    if document.pdf is None:
        raise Http404(NOT_FOUND)
    return file_answer(document.pdf, inline="xem" in request.GET)


@require_safe
def word(request: HttpRequest, bloc: str, year: int, pk: int) -> HttpResponse:
    """The paper as it stands now, as an editable Word file."""
    document = _fetch(request, bloc, year, pk)
    name = document.file_name.removesuffix(".pdf") + ".docx"
    response = HttpResponse(word_file(document.paper), content_type=DOCX)
    response["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(name)}"
    response["Cache-Control"] = "private, no-store"
    return response


@require_safe
def signed_copy(request: HttpRequest, bloc: str, year: int, pk: int) -> FileResponse:
    """The signed copy that was uploaded."""
    document = _fetch(request, bloc, year, pk)
    if document.signed_copy is None:
        raise Http404(NOT_FOUND)
    return file_answer(document.signed_copy)


@require_POST
def print_out(request: HttpRequest, bloc: str, year: int, pk: int) -> HttpResponse:
    """Print the paper: at once, or by the worker when it is long. Whoever may read a paper may print it."""
    document = _fetch(request, bloc, year, pk)
    request_printing(document, by=user_of(request), at=clock.now())
    return _back(request, document, "")


@require_POST
def submit(request: HttpRequest, bloc: str, year: int, pk: int) -> HttpResponse:
    """Send the paper to the head for signature."""
    document = _fetch(request, bloc, year, pk)
    require(user_of(request), "documents.prepare", document)
    submit_for_signature(document, by=user_of(request))
    return _back(request, document, "Đã trình ký văn bản.")


@require_POST
def return_draft(request: HttpRequest, bloc: str, year: int, pk: int) -> HttpResponse:
    """Take the paper back to draft, with the reason."""
    document = _fetch(request, bloc, year, pk)
    require(user_of(request), "documents.prepare", document)
    if document.kind == Document.Kind.PLEDGE:
        raise NotADraft("Giao ước được mở khóa tại trang Giao ước. Văn bản được giữ nguyên.")
    form = ReasonForm(request.POST)
    return _act(
        request,
        document,
        form,
        lambda typed: return_to_draft(document, **typed, by=user_of(request)),
        "Đã chuyển văn bản về dự thảo.",
    )


@require_POST
def sign(request: HttpRequest, bloc: str, year: int, pk: int) -> HttpResponse:
    """Record who signed the paper."""
    document = _fetch(request, bloc, year, pk)
    require(user_of(request), "documents.prepare", document)
    form = SignatureForm(request.POST, request.FILES, head=document.unit.head_title)
    return _act(
        request,
        document,
        form,
        lambda typed: record_signature(
            document, signature=form.signature, copy=typed["copy"], by=user_of(request), at=clock.now()
        ),
        "Đã ghi nhận việc ký văn bản.",
    )


@require_POST
def number(request: HttpRequest, bloc: str, year: int, pk: int) -> HttpResponse:
    """Give the paper its number and date."""
    document = _fetch(request, bloc, year, pk)
    require(user_of(request), "documents.issue_number", document)
    form = NumberForm(request.POST, document=document)
    return _act(
        request,
        document,
        form,
        lambda typed: issue_number(document, **({"number": ""} | typed), by=user_of(request), on=clock.today()),
        "Đã cấp số, ngày ban hành.",
    )


@require_POST
def replace(request: HttpRequest, bloc: str, year: int, pk: int) -> HttpResponse:
    """Mark the paper as replaced by another."""
    document = _fetch(request, bloc, year, pk)
    require(user_of(request), "documents.prepare", document)
    form = ReplacementForm(request.POST, document=document)
    return _act(
        request,
        document,
        form,
        lambda typed: replace_document(document, **typed, by=user_of(request)),
        "Đã ghi nhận văn bản thay thế.",
    )


def _fetch(request: HttpRequest, bloc: str, year: int, pk: int) -> Document:
    bloc_year = fetch_year(request, bloc, year)
    rows = Document.objects.visible_to(user_of(request), clock.today()).filter(year=bloc_year)
    found: Document = fetch(rows.select_related("unit", "pdf", "signed_copy", "replaced_by"), pk=pk)
    found.year = bloc_year
    return found


def _act(
    request: HttpRequest, document: Document, form: forms.Form, act: Callable[[dict[str, Any]], Any], done: str
) -> HttpResponse:
    """Do the act with what was typed; what is refused comes back on the same page with everything still in it."""
    if form.is_valid():
        try:
            act(form.cleaned_data)
        except Refusal as refusal:
            form.add_error(None, refusal.sentence)
        else:
            return _back(request, document, done)
    return _page(request, _fetch(request, document.year.bloc.code, document.year.year, document.pk), form)


def _page(request: HttpRequest, document: Document, form: forms.Form | None = None) -> HttpResponse:
    context = _printing(document) | {
        "paper": document.paper,
        "steps": steps_for(document, user_of(request), clock.today(), form),
    }
    return render(request, "documents/document_detail.html", context, status=422 if form else 200)


def _back(request: HttpRequest, document: Document, sentence: str) -> HttpResponse:
    where = {"bloc": document.year.bloc.code, "year": document.year.year, "pk": document.pk}
    return answer(request, sentence, "documents:detail", **where)


def _printing(document: Document) -> dict[str, Any]:
    return {"document": document, "print_is_lost": document.print_is_lost(clock.now())}
