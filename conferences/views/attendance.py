"""Who comes: the list of delegates, a unit's confirmation, guests."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET, require_POST

from blocs import clock
from blocs.errors import Refusal
from blocs.pages import answer, fetch, fetch_year, user_of
from blocs.rules import may, require
from conferences.actions.attendance import confirm_attendance, invite_guest, remove_guest
from conferences.forms.meetings import AttendanceForm, GuestForm
from conferences.models import Attendance, Conference, Guest
from conferences.queries.meetings import attendances_of, own_attendance, presence_of, runs
from conferences.views.meetings import RUN, back_to, fetch_conference

CSS = {"present": "s-ok", "proxy": "s-rev", "absent": "s-late", "expected": ""}


@require_GET
def attendance(request: HttpRequest, bloc: str, year: int) -> HttpResponse:
    """Show who comes for each unit, the quorum, and the guests."""
    bloc_year = fetch_year(request, bloc, year)
    conference = fetch_conference(bloc_year)
    rows = attendances_of(conference)
    own, leads = own_attendance(rows, user_of(request)), runs(user_of(request), bloc_year)
    is_open = not conference.is_over and not bloc_year.is_past
    context = {
        "year": bloc_year,
        "conference": conference,
        "presence": presence_of(conference, rows),
        "rows": [(row, CSS[row.state], is_open and (leads or row == own)) for row in rows],
        "own": own,
        "edits": is_open and (leads or own is not None),
        "guests": list(conference.guests.all()),
        "guest_form": GuestForm() if leads and is_open else None,
    }
    return render(request, "conferences/attendance_board.html", context)


def attend(request: HttpRequest, bloc: str, year: int, pk: int) -> HttpResponse:
    """Say who comes for a unit."""
    bloc_year = fetch_year(request, bloc, year)
    rows = Attendance.objects.select_related("conference__year__bloc", "membership__unit")
    place: Attendance = fetch(rows, conference__year=bloc_year, pk=pk)
    require(user_of(request), "conferences.confirm_attendance", place)
    here = place.state if place.state != Attendance.State.EXPECTED else Attendance.State.PRESENT
    initial = {"state": here, "name": place.name, "title": place.title, "paper": place.paper, "reason": place.reason}
    form = AttendanceForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            confirm_attendance(place, by=user_of(request), at=clock.now(), **form.cleaned_data)
            said = f"Đã ghi nhận đại biểu của {place.membership}."
            if place.conference.kind == Conference.Kind.ANNUAL and may(user_of(request), RUN, bloc_year):
                return answer(request, said, "conferences:attendance", bloc=bloc, year=year)
            return back_to(request, said, place.conference)
        except Refusal as refusal:
            form.add_error(None, refusal.sentence)
    context = {"year": bloc_year, "place": place, "conference": place.conference, "form": form}
    return render(request, "conferences/attendance_form.html", context, status=422 if form.errors else 200)


@require_POST
def guest_add(request: HttpRequest, bloc: str, year: int) -> HttpResponse:
    """Enter a delegate of the authority, or a guest."""
    bloc_year = fetch_year(request, bloc, year)
    conference = fetch_conference(bloc_year)
    require(user_of(request), RUN, bloc_year)
    form = GuestForm(request.POST)
    if not form.is_valid():
        context = {"year": bloc_year, "conference": conference, "guest_form": form}
        return render(request, "conferences/guest_form.html", context, status=422)
    invite_guest(conference, by=user_of(request), **form.cleaned_data)
    return answer(request, "Đã ghi đại biểu.", "conferences:attendance", bloc=bloc, year=year)


@require_POST
def guest_remove(request: HttpRequest, bloc: str, year: int, pk: int) -> HttpResponse:
    """Take a guest from the list."""
    bloc_year = fetch_year(request, bloc, year)
    guest: Guest = fetch(Guest.objects.select_related("conference"), conference__year=bloc_year, pk=pk)
    require(user_of(request), RUN, bloc_year)
    remove_guest(guest, by=user_of(request))
    return answer(request, "Đã bỏ đại biểu khỏi danh sách.", "conferences:attendance", bloc=bloc, year=year)
