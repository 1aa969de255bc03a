"""The programme: its page, and the chair's acts on one item."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET, require_POST

from blocs import clock
from blocs.models import BlocYear
from blocs.pages import answer, fetch, fetch_year, user_of
from blocs.rules import require
from conferences.actions.agenda import (
    add_item,
    adopt_item,
    change_item,
    close_item,
    move_item,
    open_item,
    remove_item,
    take_notes,
)
from conferences.forms.meetings import HandVoteForm, ItemForm, NotesForm
from conferences.models import AgendaItem
from conferences.queries.meetings import items_of, runs
from conferences.views.meetings import RUN, back_to, fetch_conference


@require_GET
def agenda(request: HttpRequest, bloc: str, year: int) -> HttpResponse:
    """Show the programme; those who run the meeting edit it here."""
    bloc_year = fetch_year(request, bloc, year)
    conference = fetch_conference(bloc_year)
    edits = runs(user_of(request), bloc_year) and not conference.is_over and not bloc_year.is_past
    items = items_of(conference)
    forms = {item.pk: ItemForm(instance=item, prefix=f"i{item.pk}") for item in items} if edits else {}
    context = {
        "year": bloc_year,
        "conference": conference,
        "edits": edits,
        "rows": [(item, forms.get(item.pk)) for item in items],
        "form": ItemForm() if edits else None,
    }
    return render(request, "conferences/agenda_board.html", context)


@require_POST
def add(request: HttpRequest, bloc: str, year: int) -> HttpResponse:
    """Add an item to the programme."""
    bloc_year = fetch_year(request, bloc, year)
    conference = fetch_conference(bloc_year)
    require(user_of(request), RUN, bloc_year)
    form = ItemForm(request.POST)
    if not form.is_valid():
        rows = [(item, None) for item in items_of(conference)]
        context = {"year": bloc_year, "conference": conference, "edits": True, "rows": rows, "form": form}
        return render(request, "conferences/agenda_board.html", context, status=422)
    add_item(conference, by=user_of(request), **form.cleaned_data)
    return answer(request, "Đã thêm nội dung vào chương trình.", "conferences:agenda", bloc=bloc, year=year)


def _fetch(request: HttpRequest, bloc: str, year: int, pk: int) -> tuple[BlocYear, AgendaItem]:
    bloc_year = fetch_year(request, bloc, year)
    item: AgendaItem = fetch(
        AgendaItem.objects.select_related("conference__year__bloc"), conference__year=bloc_year, pk=pk
    )
    require(user_of(request), RUN, bloc_year)
    return bloc_year, item


@require_POST
def change(request: HttpRequest, bloc: str, year: int, pk: int) -> HttpResponse:
    """Change an item of the programme."""
    bloc_year, item = _fetch(request, bloc, year, pk)
    form = ItemForm(request.POST, instance=item, prefix=f"i{item.pk}")
    if not form.is_valid():
        rows = [(row, form if row.pk == item.pk else None) for row in items_of(item.conference)]
        context = {"year": bloc_year, "conference": item.conference, "edits": True, "rows": rows, "form": ItemForm()}
        return render(request, "conferences/agenda_board.html", context, status=422)
    change_item(item, by=user_of(request), **form.cleaned_data)
    return answer(request, "Đã ghi nội dung chương trình.", "conferences:agenda", bloc=bloc, year=year)


@require_POST
def move(request: HttpRequest, bloc: str, year: int, pk: int) -> HttpResponse:
    """Move an item one place up or down."""
    _, item = _fetch(request, bloc, year, pk)
    move_item(item, up=request.POST.get("huong") == "len", by=user_of(request))
    return answer(request, "", "conferences:agenda", bloc=bloc, year=year)


@require_POST
def remove(request: HttpRequest, bloc: str, year: int, pk: int) -> HttpResponse:
    """Take an item from the programme."""
    _, item = _fetch(request, bloc, year, pk)
    remove_item(item, by=user_of(request))
    return answer(request, f"Đã bỏ “{item.title}” khỏi chương trình.", "conferences:agenda", bloc=bloc, year=year)


@require_POST
def start(request: HttpRequest, bloc: str, year: int, pk: int) -> HttpResponse:
    """Go to an item."""
    _, item = _fetch(request, bloc, year, pk)
    open_item(item, by=user_of(request), at=clock.now())
    return back_to(request, "", item.conference)


@require_POST
def end(request: HttpRequest, bloc: str, year: int, pk: int) -> HttpResponse:
    """End the open item."""
    _, item = _fetch(request, bloc, year, pk)
    close_item(item, by=user_of(request), at=clock.now())
    return back_to(request, "", item.conference)


@require_POST
def notes(request: HttpRequest, bloc: str, year: int, pk: int) -> HttpResponse:
    """Keep the notes of an item, as they are typed or by the button."""
    _, item = _fetch(request, bloc, year, pk)
    form = NotesForm(request.POST)
    form.is_valid()
    take_notes(item, notes=form.cleaned_data["notes"], by=user_of(request))
    if getattr(request, "htmx", False):
        return HttpResponse(status=204)
    return back_to(request, "Đã ghi nội dung ghi chép.", item.conference)


@require_POST
def adopt(request: HttpRequest, bloc: str, year: int, pk: int) -> HttpResponse:
    """Record a vote by hand on an item."""
    _, item = _fetch(request, bloc, year, pk)
    form = HandVoteForm(request.POST)
    if not form.is_valid():
        context = {"item": item, "form": form, "year": item.conference.year}
        return render(request, "conferences/adopt_form.html", context, status=422)
    adopt_item(item, by=user_of(request), at=clock.now(), **form.cleaned_data)
    return back_to(request, "Đã ghi kết quả biểu quyết.", item.conference)
