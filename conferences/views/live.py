"""What follows the meeting by itself: the conference page, a ballot page, and the wall. Nothing that is typed is replaced."""

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET, require_POST

from blocs import clock
from blocs.models import BlocYear
from blocs.pages import NOT_FOUND, answer, fetch_year, user_of
from blocs.rules import require
from conferences.actions.screens import close_screen, open_screen
from conferences.models import Conference
from conferences.queries.board import board_of, start_of
from conferences.queries.live import version_of
from conferences.queries.meetings import runs
from conferences.queries.panels import panel_of
from conferences.queries.screen import conference_behind, screen_of
from conferences.views.elections import fetch_election
from conferences.views.meetings import RUN, beside, fetch_conference
from voting.queries import latest_round


def _unchanged(request: HttpRequest, mark: str) -> HttpResponse | None:
    """A bare 304 when the page that asks shows this state already."""
    if request.headers.get("If-None-Match") != f'"{mark}"':
        return None
    return _marked(HttpResponse(status=304), mark)


def _marked(response: HttpResponse, mark: str) -> HttpResponse:
    response["ETag"] = f'"{mark}"'
    response["Cache-Control"] = "private, no-store"
    return response


@require_GET
def live(request: HttpRequest, bloc: str, year: int) -> HttpResponse:
    """Send the parts of the conference page that hold no field, when anything has changed; else 304."""
    bloc_year = fetch_year(request, bloc, year)
    mark = f"{version_of(bloc_year, clock.today())}-{user_of(request).pk}"
    if unchanged := _unchanged(request, mark):
        return unchanged
    conference = fetch_conference(bloc_year)
    shown = board_of(conference, user_of(request), runs=runs(user_of(request), bloc_year))
    context = {
        "year": bloc_year,
        "conference": conference,
        "board": shown,
        "panel": panel_of(shown),
        "start": start_of(conference),
        "is_due": conference.held_on <= clock.today(),
        "mark": mark,
        "shown_item": request.GET.get("muc", ""),
        "moved": request.GET.get("muc", "") != str(shown.open.pk if shown.open else ""),
    }
    return _marked(render(request, "conferences/board_live.html", context | beside(shown)), mark)


@require_GET
def live_ballot(request: HttpRequest, bloc: str, year: int, role: str) -> HttpResponse:
    """Tell a ballot page that the voting has ended; the choices on it stay as they are."""
    bloc_year = fetch_year(request, bloc, year)
    mark = version_of(bloc_year, clock.today())
    if unchanged := _unchanged(request, mark):
        return unchanged
    election = fetch_election(bloc_year, role)
    round_ = latest_round(election.poll) if election.poll else None
    context = {"round": round_, "mark": mark, "year": bloc_year, "role_path": role}
    return _marked(render(request, "conferences/ballot_live.html", context), mark)


@require_POST
def screen_open(request: HttpRequest, bloc: str, year: int) -> HttpResponse:
    """Open the link of the wall, or put a new one in its place."""
    bloc_year, conference = _run(request, bloc, year)
    open_screen(conference, by=user_of(request))
    said = "Đã mở liên kết trình chiếu; liên kết trước đó (nếu có) không dùng được nữa."
    return answer(request, said, "conferences:board", bloc=bloc, year=bloc_year.year)


@require_POST
def screen_close(request: HttpRequest, bloc: str, year: int) -> HttpResponse:
    """Take the link of the wall back."""
    bloc_year, conference = _run(request, bloc, year)
    close_screen(conference, by=user_of(request))
    return answer(request, "Đã thu hồi liên kết trình chiếu.", "conferences:board", bloc=bloc, year=bloc_year.year)


def _run(request: HttpRequest, bloc: str, year: int) -> tuple[BlocYear, Conference]:
    bloc_year = fetch_year(request, bloc, year)
    conference = fetch_conference(bloc_year)
    require(user_of(request), RUN, bloc_year)
    return bloc_year, conference


@login_not_required
@require_GET
def screen(request: HttpRequest, token: str) -> HttpResponse:
    """Show the wall to whoever holds its link: large, read-only, following the meeting."""
    return _wall(request, token, "conferences/screen.html")


@login_not_required
@require_GET
def screen_part(request: HttpRequest, token: str) -> HttpResponse:
    """Send the wall anew when anything has changed; else 304."""
    return _wall(request, token, "conferences/screen_part.html")


def _wall(request: HttpRequest, token: str, template: str) -> HttpResponse:
    conference = conference_behind(token)
    if conference is None:
        raise Http404(NOT_FOUND)
    mark = version_of(conference.year, clock.today())
    if unchanged := _unchanged(request, mark):
        return unchanged
    context = {"screen": screen_of(conference), "token": token, "mark": mark}
    response = _marked(render(request, template, context), mark)
    response["X-Robots-Tag"] = "noindex"
    return response
