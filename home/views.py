"""Home pages."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from blocs import clock, text
from blocs.pages import fetch_year, user_of
from home.queries import overview, todo, year_board


def tasks(request: HttpRequest) -> HttpResponse:
    """What must I do now, by when? For officials also the overview of their blocs."""
    user, now = user_of(request), clock.now()
    context = {"todo": todo(user, now), "blocs": overview(user, now), "today": text.long_date(now.date())}
    return render(request, "home/task_board.html", context)


def year(request: HttpRequest, bloc: str, year: int) -> HttpResponse:
    """Where does the year stand?"""
    bloc_year = fetch_year(request, bloc, year)
    return render(request, "home/year_detail.html", {"board": year_board(bloc_year, user_of(request), clock.now())})
