"""The other meetings of the year: mid-year and themed ones, each on one page."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET, require_POST

from blocs import clock
from blocs.errors import Refusal
from blocs.models import BlocYear
from blocs.pages import answer, fetch, fetch_year, user_of
from blocs.rules import require
from conferences.actions.meetings import call_conference, close_conference
from conferences.actions.minutes import print_minutes
from conferences.forms.meetings import AttendanceForm, HandVoteForm, OtherMeetingForm
from conferences.models import Conference
from conferences.queries.board import start_of
from conferences.queries.meetings import attendances_of, items_of, own_attendance, presence_of, runs
from conferences.views.meetings import RUN, units_of


def others(request: HttpRequest, bloc: str, year: int) -> HttpResponse:
    """Show the year's other meetings; those who run them call another."""
    bloc_year = fetch_year(request, bloc, year)
    leads = runs(user_of(request), bloc_year) and not bloc_year.is_past
    form = OtherMeetingForm(request.POST or None, units=units_of(bloc_year), leader=bloc_year.bloc.leader_word)
    if request.method == "POST":
        require(user_of(request), RUN, bloc_year)
        if form.is_valid():
            try:
                meeting = call_conference(bloc_year, by=user_of(request), on=clock.today(), **form.cleaned_data)
                said = "Đã mở trang hội nghị và báo cho các đơn vị."
                return answer(request, said, "conferences:other", bloc=bloc, year=year, pk=meeting.pk)
            except Refusal as refusal:
                form.add_error(None, refusal.sentence)
    rows = Conference.objects.filter(year=bloc_year).exclude(kind=Conference.Kind.ANNUAL).order_by("held_on", "pk")
    context = {"year": bloc_year, "rows": rows, "form": form if leads else None}
    return render(request, "conferences/others.html", context, status=422 if form.errors else 200)


def _fetch(request: HttpRequest, bloc: str, year: int, pk: int) -> tuple[BlocYear, Conference]:
    bloc_year = fetch_year(request, bloc, year)
    rows = Conference.objects.exclude(kind=Conference.Kind.ANNUAL).select_related("host")
    conference: Conference = fetch(rows, year=bloc_year, pk=pk)
    conference.year = bloc_year
    return bloc_year, conference


@require_GET
def other(request: HttpRequest, bloc: str, year: int, pk: int) -> HttpResponse:
    """Show one meeting: who is there, the programme with its notes and votes, the acts of those who run it."""
    bloc_year, conference = _fetch(request, bloc, year, pk)
    user, rows = user_of(request), attendances_of(conference)
    leads = runs(user, bloc_year) and not bloc_year.is_past
    own = own_attendance(rows, user)
    presence = presence_of(conference, rows)
    is_open = not conference.is_over and not bloc_year.is_past
    context: dict[str, Any] = {
        "year": bloc_year,
        "conference": conference,
        "start": start_of(conference),
        "presence": presence,
        "rows": rows,
        "own": own if is_open else None,
        "attendance_form": AttendanceForm() if own and is_open else None,
        "items": items_of(conference),
        "runs": leads and is_open,
        "close_effects": ["Hội nghị kết thúc; chương trình, đại biểu và ghi chép không sửa được nữa."],
        "prints": leads,
        "vote_form": HandVoteForm(initial={"votes_of": presence.here or None}),
    }
    return render(request, "conferences/other.html", context)


@require_POST
def close(request: HttpRequest, bloc: str, year: int, pk: int) -> HttpResponse:
    """End the meeting."""
    bloc_year, conference = _fetch(request, bloc, year, pk)
    require(user_of(request), RUN, bloc_year)
    close_conference(conference, by=user_of(request), at=clock.now())
    return answer(request, "Hội nghị đã bế mạc.", "conferences:other", bloc=bloc, year=year, pk=pk)


@require_POST
def minutes(request: HttpRequest, bloc: str, year: int, pk: int) -> HttpResponse:
    """Draw up the minutes of the meeting."""
    bloc_year, conference = _fetch(request, bloc, year, pk)
    require(user_of(request), RUN, bloc_year)
    document = print_minutes(conference, by=user_of(request), at=clock.now())
    return answer(request, "Đã lập biên bản.", "documents:detail", bloc=bloc, year=year, pk=document.pk)
