"""The minutes: facts beside free prose, the edits, confirming, printing."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET, require_POST

from blocs import clock
from blocs.models import BlocYear
from blocs.pages import NOT_FOUND, answer, fetch, fetch_year, user_of
from blocs.rules import may, require
from conferences.actions.minutes import confirm_minutes, print_minutes, withdraw_confirmation, write_minutes
from conferences.gathering.minutes import confirmed, gather_minutes, minutes_digest, minutes_parts, record_of
from conferences.models import Conference, MinutesConfirmation
from conferences.queries.minutes import edits_of
from conferences.views.meetings import fetch_conference
from documents.models import Document
from documents.queries import latest_document

KEEP, CHAIR = "conferences.keep_minutes", "conferences.confirm_as_chair"
PERMISSIONS = {MinutesConfirmation.Capacity.SECRETARY.value: KEEP, MinutesConfirmation.Capacity.CHAIR.value: CHAIR}
CAPACITIES = {"thu-ky": MinutesConfirmation.Capacity.SECRETARY, "chu-toa": MinutesConfirmation.Capacity.CHAIR}
FIELD = "muc-"


@require_GET
def minutes(request: HttpRequest, bloc: str, year: int) -> HttpResponse:
    """Show the minutes as they read now; those who keep them write the prose beside the locked facts."""
    bloc_year = fetch_year(request, bloc, year)
    conference = fetch_conference(bloc_year)
    user = user_of(request)
    given = list(conference.minutes_confirmations.select_related("by"))
    parts = minutes_parts(record_of(conference))
    keeps = may(user, KEEP, bloc_year) and not bloc_year.is_past
    context: dict[str, Any] = {
        "year": bloc_year,
        "conference": conference,
        "paper": confirmed(gather_minutes(conference), given),
        "parts": parts,
        "writes": keeps and not given,
        "keeps": keeps,
        "edits": edits_of(conference, {part.key: part.label for part in parts if part.key}),
        "given": [(row, row.by_id == user.pk and conference.state != Conference.State.ADOPTED) for row in given],
        "document": latest_document(
            bloc_year, kind=Document.Kind.CONFERENCE_MINUTES, about=f"conference:{conference.pk}"
        ),
        "digest": minutes_digest(conference),
        "confirms": _open_capacities(request, bloc_year, conference, given),
    }
    return render(request, "conferences/minutes.html", context)


def _open_capacities(
    request: HttpRequest, year: BlocYear, conference: Conference, given: list[MinutesConfirmation]
) -> list[tuple[str, str]]:
    """As what the user may still confirm."""
    user, taken = user_of(request), {row.capacity for row in given}
    if year.is_past or not conference.is_over or any(row.by_id == user.pk for row in given):
        return []
    names = dict(MinutesConfirmation.Capacity.choices)
    return [
        (key, names[key]) for key, permission in PERMISSIONS.items() if key not in taken and may(user, permission, year)
    ]


@require_POST
def section(request: HttpRequest, bloc: str, year: int) -> HttpResponse:
    """Keep the parts that were sent."""
    bloc_year = fetch_year(request, bloc, year)
    conference = fetch_conference(bloc_year)
    require(user_of(request), KEEP, bloc_year)
    for part in minutes_parts(record_of(conference)):
        text = request.POST.get(f"{FIELD}{part.key}") if part.key else None
        if text is not None and text.replace("\r\n", "\n").strip() != part.prose.strip():
            write_minutes(conference, key=part.key, text=text.strip(), by=user_of(request), at=clock.now())
    if getattr(request, "htmx", False):
        return HttpResponse(status=204)
    return answer(request, "Đã lưu nội dung biên bản.", "conferences:minutes", bloc=bloc, year=year)


@require_POST
def confirm(request: HttpRequest, bloc: str, year: int, capacity: str) -> HttpResponse:
    """Confirm the minutes that the page showed, as secretary or as chair."""
    bloc_year = fetch_year(request, bloc, year)
    conference = fetch_conference(bloc_year)
    wanted = CAPACITIES.get(capacity)
    if wanted is None:
        raise Http404(NOT_FOUND)
    require(user_of(request), PERMISSIONS[wanted], bloc_year)
    digest = request.POST.get("digest", "")
    confirm_minutes(conference, capacity=wanted, digest=digest, by=user_of(request), at=clock.now())
    return answer(request, "Đã xác nhận biên bản.", "conferences:minutes", bloc=bloc, year=year)


@require_POST
def withdraw(request: HttpRequest, bloc: str, year: int, pk: int) -> HttpResponse:
    """Take one's confirmation back."""
    bloc_year = fetch_year(request, bloc, year)
    rows = MinutesConfirmation.objects.select_related("conference")
    given: MinutesConfirmation = fetch(rows, conference__year=bloc_year, pk=pk)
    require(user_of(request), PERMISSIONS[given.capacity], bloc_year)
    withdraw_confirmation(given, by=user_of(request))
    return answer(request, "Đã rút xác nhận biên bản.", "conferences:minutes", bloc=bloc, year=year)


@require_POST
def printed(request: HttpRequest, bloc: str, year: int) -> HttpResponse:
    """Hand the minutes to documents."""
    bloc_year = fetch_year(request, bloc, year)
    conference = fetch_conference(bloc_year)
    require(user_of(request), KEEP, bloc_year)
    document = print_minutes(conference, by=user_of(request), at=clock.now())
    return answer(request, "Đã lập biên bản.", "documents:detail", bloc=bloc, year=year, pk=document.pk)
