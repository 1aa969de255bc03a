"""The scoring board of a year: who is where, and the acts over the whole bloc."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET, require_POST

from blocs import clock, text
from blocs.pages import answer, fetch_year, user_of
from blocs.rules import require
from scoring.actions.agreeing import agree_all, finalise
from scoring.screens.board import board_page
from scoring.views.dossiers import where


@require_GET
def board(request: HttpRequest, bloc: str, year: int) -> HttpResponse:
    """Where does the scoring of the year stand, and what is mine to do?"""
    bloc_year = fetch_year(request, bloc, year)
    page = board_page(bloc_year, user_of(request), clock.now())
    return render(request, "scoring/year_board.html", {"page": page, "where": where(bloc_year)})


@require_POST
def agree(request: HttpRequest, bloc: str, year: int) -> HttpResponse:
    """Record the scores that the conference agreed on, for every reviewed member."""
    bloc_year = fetch_year(request, bloc, year)
    require(user_of(request), "scoring.agree_scores", bloc_year)
    done = agree_all(bloc_year, by=user_of(request), at=clock.now())
    sentence = f"Đã ghi điểm thống nhất của {text.count(done)} đơn vị."
    return answer(request, sentence, "scoring:consolidated", bloc=bloc, year=year)


@require_POST
def finalise_year(request: HttpRequest, bloc: str, year: int) -> HttpResponse:
    """Lock the figures of the year."""
    bloc_year = fetch_year(request, bloc, year)
    require(user_of(request), "scoring.finalise_scores", bloc_year)
    done = finalise(bloc_year, by=user_of(request), at=clock.now())
    sentence = f"Đã khóa số liệu của {text.count(done)} đơn vị."
    return answer(request, sentence, "scoring:consolidated", bloc=bloc, year=year)
