"""The papers around a meeting: invitation and calendar, running script, the pack for a day without the system, tellers."""

from typing import Any

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET, require_POST

from blocs import clock
from blocs.errors import Refusal
from blocs.pages import answer, fetch, fetch_year, user_of
from blocs.rules import require
from blocs.text import moment
from conferences.actions.invitations import name_teller, remove_teller, send_invitations
from conferences.actions.publishing import draft_handover, hide_results, publish_results
from conferences.forms.meetings import TellerForm
from conferences.gathering.handover import handover_of
from conferences.gathering.script import running_script
from conferences.models import Conference, PublicResult, Teller
from conferences.queries.calendar import calendar_of
from conferences.queries.elections import candidates_of, elections_of, role_word
from conferences.queries.meetings import attendances_of, items_of, runs
from conferences.views.meetings import RUN, fetch_conference
from documents.models import Document
from documents.queries import latest_document

KEEP = "conferences.keep_minutes"


@require_POST
def invite(request: HttpRequest, bloc: str, year: int) -> HttpResponse:
    """Send the invitations."""
    bloc_year = fetch_year(request, bloc, year)
    conference = fetch_conference(bloc_year)
    require(user_of(request), RUN, bloc_year)
    document = send_invitations(conference, by=user_of(request), at=clock.now())
    said = "Đã lập giấy mời và báo cho các đơn vị, cơ quan tổ chức khối."
    return answer(request, said, "documents:detail", bloc=bloc, year=year, pk=document.pk)


@require_GET
def calendar(request: HttpRequest, bloc: str, year: int) -> HttpResponse:
    """Hand the meeting out as a calendar file."""
    conference = fetch_conference(fetch_year(request, bloc, year))
    host = settings.DEFAULT_FROM_EMAIL.rpartition("@")[2].rstrip(">")
    text = calendar_of(conference, host=host, now=clock.now())
    response = HttpResponse(text, content_type="text/calendar; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="hoi-nghi-{year}.ics"'
    return response


@require_GET
def script(request: HttpRequest, bloc: str, year: int) -> HttpResponse:
    """Show the running script to those who run the meeting; print gives the paper for the master of ceremony."""
    bloc_year = fetch_year(request, bloc, year)
    conference = fetch_conference(bloc_year)
    require(user_of(request), KEEP, bloc_year)
    context = {"year": bloc_year, "conference": conference, "lines": running_script(conference)}
    return render(request, "conferences/script.html", context)


@require_GET
def pack(request: HttpRequest, bloc: str, year: int) -> HttpResponse:
    """Show the papers for a day without the system: attendance sheet, ballots, tally sheets, letters of proxy."""
    bloc_year = fetch_year(request, bloc, year)
    conference = fetch_conference(bloc_year)
    require(user_of(request), KEEP, bloc_year)
    elections = elections_of(bloc_year)
    ballots = [
        (role_word(bloc_year, role), [row.name for row in candidates_of(row_)]) for role, row_ in elections.items()
    ]
    rows = attendances_of(conference)
    context = {
        "year": bloc_year,
        "conference": conference,
        "rows": rows,
        "items": [
            item
            for item in items_of(conference)
            if item.kind in {"opening", "presidium", "report", "scores", "team", "minutes"}
        ],
        "ballots": [pair for pair in ballots if pair[1]],
        "sheets": range(len(rows)),
    }
    return render(request, "conferences/pack.html", context)


def tellers(request: HttpRequest, bloc: str, year: int) -> HttpResponse:
    """Show the tally team; those who run the meeting name it."""
    bloc_year = fetch_year(request, bloc, year)
    conference = fetch_conference(bloc_year)
    leads = runs(user_of(request), bloc_year) and not conference.is_over and not bloc_year.is_past
    form = TellerForm(request.POST or None, year=bloc_year)
    if request.method == "POST":
        require(user_of(request), RUN, bloc_year)
        if form.is_valid():
            try:
                name_teller(conference, by=user_of(request), **form.cleaned_data)
                return answer(request, "Đã ghi thành viên Tổ kiểm phiếu.", "conferences:tellers", bloc=bloc, year=year)
            except Refusal as refusal:
                form.add_error(None, refusal.sentence)
    team = list(conference.tellers.select_related("membership"))
    context = {"year": bloc_year, "conference": conference, "team": team, "form": form if leads else None}
    return render(request, "conferences/tellers.html", context, status=422 if form.errors else 200)


@require_POST
def teller_remove(request: HttpRequest, bloc: str, year: int, pk: int) -> HttpResponse:
    """Take somebody from the tally team."""
    bloc_year = fetch_year(request, bloc, year)
    teller: Teller = fetch(Teller.objects.select_related("conference", "membership"), conference__year=bloc_year, pk=pk)
    require(user_of(request), RUN, bloc_year)
    remove_teller(teller, by=user_of(request))
    return answer(request, "Đã bỏ khỏi Tổ kiểm phiếu.", "conferences:tellers", bloc=bloc, year=year)


@require_GET
def handover(request: HttpRequest, bloc: str, year: int) -> HttpResponse:
    """Show what goes to the next leader, on one page."""
    bloc_year = fetch_year(request, bloc, year)
    require(user_of(request), "conferences.see_handover", bloc_year)
    user = user_of(request)
    context: dict[str, Any] = {
        "year": bloc_year,
        "handover": handover_of(bloc_year, user, clock.today()),
        "runs": runs(user, bloc_year) and not bloc_year.is_past,
        "document": latest_document(bloc_year, kind=Document.Kind.HANDOVER_MINUTES, about="handover"),
    }
    return render(request, "conferences/handover.html", context)


@require_POST
def handover_print(request: HttpRequest, bloc: str, year: int) -> HttpResponse:
    """Draw the minutes of the handover up."""
    bloc_year = fetch_year(request, bloc, year)
    require(user_of(request), RUN, bloc_year)
    document = draft_handover(bloc_year, by=user_of(request), at=clock.now())
    return answer(request, "Đã lập biên bản bàn giao.", "documents:detail", bloc=bloc, year=year, pk=document.pk)


@require_POST
def publish(request: HttpRequest, bloc: str, year: int) -> HttpResponse:
    """Show the results to everybody."""
    bloc_year = fetch_year(request, bloc, year)
    conference = fetch_conference(bloc_year)
    require(user_of(request), RUN, bloc_year)
    publish_results(conference, by=user_of(request), at=clock.now())
    return answer(request, "Kết quả đã được công khai.", "conferences:board", bloc=bloc, year=year)


@require_POST
def hide(request: HttpRequest, bloc: str, year: int) -> HttpResponse:
    """Take the public page back."""
    bloc_year = fetch_year(request, bloc, year)
    shown: PublicResult = fetch(PublicResult.objects.all(), conference__year=bloc_year, is_shown=True)
    require(user_of(request), RUN, bloc_year)
    hide_results(shown, by=user_of(request))
    return answer(request, "Đã thôi công khai kết quả.", "conferences:board", bloc=bloc, year=year)


@login_not_required
@require_GET
def public(request: HttpRequest, bloc: str, year: int) -> HttpResponse:
    """Show the published results of a year's annual conference to anybody."""
    rows = PublicResult.objects.filter(is_shown=True, conference__kind=Conference.Kind.ANNUAL)
    shown: PublicResult = fetch(rows, conference__year__bloc__code=bloc, conference__year__year=year)
    context = {"result": shown.content, "published": moment(shown.published_at), "number": year}
    return render(request, "conferences/public_result.html", context)
