"""Home pages."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from blocs import clock, text
from blocs.pages import fetch_year, user_of
from blocs.rules import may, require
from home.overview import overview
from home.queries import todo
from home.years import paste_message, year_board


@require_GET
def tasks(request: HttpRequest) -> HttpResponse:
    """What must I do now, by when? For officials also the overview of their blocs."""
    user, now = user_of(request), clock.now()
    context = {
        "todo": todo(user, now),
        "overview": overview(user, now, request.GET.get("trang")),
        "today": f"{text.weekday(now)}, {text.long_date(now.date())}",
    }
    return render(request, "home/task_board.html", context)


@require_GET
def year(request: HttpRequest, bloc: str, year: int) -> HttpResponse:
    """Where does the year stand?"""
    user = user_of(request)
    bloc_year = fetch_year(request, bloc, year)
    may_settle = may(user, "blocs.lead_or_oversee", bloc_year) and not bloc_year.is_past
    context = {"board": year_board(bloc_year, user, clock.now()), "may_settle": may_settle}
    return render(request, "home/year_detail.html", context)


@require_GET
def message(request: HttpRequest, bloc: str, year: int) -> HttpResponse:
    """Show a reminder ready to be pasted into a phone group."""
    bloc_year = fetch_year(request, bloc, year)
    require(user_of(request), "blocs.lead_or_oversee", bloc_year)
    context = {"year": bloc_year, "message": paste_message(bloc_year, clock.now())}
    return render(request, "home/message.html", context)
