"""The conference page, and the call of the meeting."""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from blocs import clock
from blocs.errors import Refusal
from blocs.models import BlocYear, Unit
from blocs.pages import answer, fetch, fetch_year, user_of
from blocs.rules import require
from blocs.text import date
from conferences.actions.meetings import (
    call_conference,
    change_conference,
    close_conference,
    pause_conference,
    resume_conference,
)
from conferences.forms.meetings import AttendanceForm, ConferenceForm, HandVoteForm, NotesForm
from conferences.models import Conference, PublicResult
from conferences.queries.board import Board, board_of, start_of
from conferences.queries.meetings import conference_of, runs
from conferences.queries.panels import outcome_of, panel_of, preparation_of
from conferences.queries.screen import token_of
from conferences.queries.values import conference_quorum

RUN = "conferences.run_conference"
BEGIN_EFFECTS = ["Trang chuyển sang “Đang họp” với mọi đơn vị.", "Ngày họp đã ghi không thay đổi."]
CLOSE_EFFECTS = [
    "Hội nghị kết thúc; chương trình, đại biểu và ghi chép không sửa được nữa.",
    "Báo cáo tổng kết bản chính thức được hoàn thiện sau khi bế mạc.",
]


def fetch_conference(year: BlocYear) -> Conference:
    """Return the year's annual conference; 404 before it is called."""
    rows = Conference.objects.select_related("host")
    conference: Conference = fetch(rows, year=year, kind=Conference.Kind.ANNUAL)
    conference.year = year
    return conference


def back_to(request: HttpRequest, sentence: str, conference: Conference) -> HttpResponse:
    """Go back to the page of a meeting: the annual conference has the conference page, every other one its own."""
    place: dict[str, Any] = {"bloc": conference.year.bloc.code, "year": conference.year.year}
    if conference.kind == Conference.Kind.ANNUAL:
        return answer(request, sentence, "conferences:board", **place)
    return answer(request, sentence, "conferences:other", pk=conference.pk, **place)


@require_GET
def board(request: HttpRequest, bloc: str, year: int) -> HttpResponse:
    """Show what happens now in the meeting and what comes next, with the user's own act on top."""
    bloc_year = fetch_year(request, bloc, year)
    conference, leads = conference_of(bloc_year), runs(user_of(request), bloc_year)
    context: dict[str, Any] = {"year": bloc_year}
    if conference is None:
        expected = date(bloc_year.conference_on) if bloc_year.conference_on else ""
        context |= {"runs": leads and not bloc_year.is_past, "expected": expected}
        return render(request, "conferences/board_empty.html", context)
    conference.year = bloc_year
    shown = board_of(conference, user_of(request), runs=leads)
    context |= {"conference": conference, "board": shown, "panel": panel_of(shown), "start": start_of(conference)}
    context |= {"is_due": conference.held_on <= clock.today()} | beside(shown)
    return render(request, "conferences/board.html", context)


def beside(shown: Board) -> dict[str, Any]:
    """What stands beside the open item: its forms, or what is to be prepared, or what became of the meeting."""
    beside: dict[str, Any] = {}
    if shown.must_confirm:
        beside["attendance_form"] = AttendanceForm(initial={"state": "present"})
    if shown.conference.is_over:
        beside["outcome"] = outcome_of(shown)
        place = [shown.conference.year.bloc.code, shown.conference.year.year]
        is_public = PublicResult.objects.filter(conference=shown.conference, is_shown=True).exists()
        beside["public_url"] = reverse("screen:results", args=place) if is_public else ""
    elif shown.open is None and not shown.conference.is_running:
        beside["preparation"] = preparation_of(shown)
    if shown.open and shown.runs:
        of = shown.presence.here if shown.open.votes_of is None else shown.open.votes_of
        beside["notes_form"] = NotesForm(initial={"notes": shown.open.notes})
        beside["vote_form"] = HandVoteForm(initial={"votes_for": shown.open.votes_for, "votes_of": of or None})
    if shown.runs:
        token = token_of(shown.conference)
        beside |= {"begin_effects": BEGIN_EFFECTS, "close_effects": CLOSE_EFFECTS}
        beside["screen_url"] = reverse("screen:wall", args=[token]) if token else ""
    return beside


def call(request: HttpRequest, bloc: str, year: int) -> HttpResponse:
    """Call the annual conference: when, where, by whom."""
    bloc_year = fetch_year(request, bloc, year)
    require(user_of(request), RUN, bloc_year)
    share, source = conference_quorum(bloc_year, clock.today())
    initial = {"held_on": bloc_year.conference_on, "starts_at": "08:00", "quorum_share": share}
    form = ConferenceForm(
        request.POST or None, units=units_of(bloc_year), leader=bloc_year.bloc.leader_word, initial=initial
    )
    if request.method == "POST" and form.is_valid():
        try:
            call_conference(bloc_year, by=user_of(request), on=clock.today(), **form.cleaned_data)
            return answer(
                request, "Đã mở trang hội nghị và báo cho các đơn vị.", "conferences:board", bloc=bloc, year=year
            )
        except Refusal as refusal:
            form.add_error(None, refusal.sentence)
    context = {"year": bloc_year, "form": form, "source": source}
    return render(request, "conferences/conference_form.html", context, status=422 if form.errors else 200)


def change(request: HttpRequest, bloc: str, year: int) -> HttpResponse:
    """Change when and where the conference is held, and who chairs it."""
    bloc_year = fetch_year(request, bloc, year)
    conference = fetch_conference(bloc_year)
    require(user_of(request), RUN, bloc_year)
    form = ConferenceForm(
        request.POST or None, units=units_of(bloc_year), leader=bloc_year.bloc.leader_word, instance=conference
    )
    if request.method == "POST" and form.is_valid():
        try:
            change_conference(conference, by=user_of(request), **form.cleaned_data)
            return answer(request, "Đã ghi thông tin hội nghị.", "conferences:board", bloc=bloc, year=year)
        except Refusal as refusal:
            form.add_error(None, refusal.sentence)
    context = {"year": bloc_year, "form": form, "conference": conference, "source": conference.quorum_source}
    return render(request, "conferences/conference_form.html", context, status=422 if form.errors else 200)


def units_of(year: BlocYear) -> Any:
    """Return the member units of a year, in order."""
    return Unit.objects.filter(memberships__year=year).order_by("memberships__position")


def _turn(
    request: HttpRequest, bloc: str, year: int, sentence: str, act: Callable[..., Any], **more: Any
) -> HttpResponse:
    """Pause, resume or end the meeting, and go back to its page."""
    bloc_year = fetch_year(request, bloc, year)
    conference = fetch_conference(bloc_year)
    require(user_of(request), RUN, bloc_year)
    act(conference, by=user_of(request), **more)
    return answer(request, sentence, "conferences:board", bloc=bloc, year=year)


@require_POST
def pause(request: HttpRequest, bloc: str, year: int) -> HttpResponse:
    """Pause the meeting."""
    return _turn(request, bloc, year, "Hội nghị tạm nghỉ.", pause_conference)


@require_POST
def resume(request: HttpRequest, bloc: str, year: int) -> HttpResponse:
    """Go on after a pause."""
    return _turn(request, bloc, year, "Hội nghị tiếp tục.", resume_conference)


@require_POST
def close(request: HttpRequest, bloc: str, year: int) -> HttpResponse:
    """End the meeting."""
    return _turn(request, bloc, year, "Hội nghị đã bế mạc.", close_conference, at=clock.now())
