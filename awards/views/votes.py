"""The members' vote on the list: put to the vote, cast a ballot, conclude."""

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from awards.actions import conclude_peer_review, put_to_vote
from awards.forms.bloc import VoteForm
from awards.models import Nomination
from awards.views.attempts import attempt, status_of
from awards.views.board import show_board
from blocs import clock
from blocs.errors import Refusal
from blocs.models import BlocYear
from blocs.pages import answer, fetch, fetch_year, user_of
from blocs.rules import require
from voting.actions import cast_ballot
from voting.forms import BallotForm, HandsForm
from voting.models import Poll, Round
from voting.queries import ballot_view, latest_round

NO_BALLOT = "Phiếu do Thủ trưởng đơn vị có quyền bỏ phiếu hoặc người được ủy quyền bỏ."


def fetch_poll(year: BlocYear, pk: int) -> Poll:
    """Return a poll on nominations of the year; else 404."""
    ours = Nomination.objects.filter(year=year, poll__isnull=False).values("poll")
    poll: Poll = fetch(Poll.objects.filter(pk__in=ours).select_related("year"), pk=pk)
    return poll


@require_POST
def put(request: HttpRequest, bloc: str, year: int) -> HttpResponse:
    """Put the planned nominations to the vote."""
    bloc_year = fetch_year(request, bloc, year)
    user = user_of(request)
    require(user, "awards.propose", bloc_year)
    form = VoteForm(request.POST)
    at = clock.now()
    if attempt(request, form, lambda: put_to_vote(bloc_year, by=user, at=at, **form.manner)):
        return answer(request, "Đã đưa danh sách ra bình xét.", "awards:board", bloc=bloc, year=year)
    return show_board(request, bloc_year, vote_form=form)


@never_cache
def ballot(request: HttpRequest, bloc: str, year: int, pk: int) -> HttpResponse:
    """Show the unit's ballot: choose, check, cast."""
    bloc_year = fetch_year(request, bloc, year)
    poll = fetch_poll(bloc_year, pk)
    user = user_of(request)
    view = ballot_view(latest_round(poll), user)
    if view is None:
        raise PermissionDenied(NO_BALLOT)
    form = BallotForm(view, request.POST or None)
    if request.method == "POST" and form.is_confirmed:
        try:
            cast_ballot(view.round, membership=view.membership, marks=form.marks, by=user, at=clock.now())
        except Refusal as refusal:
            form.add_error(None, refusal.sentence)
        else:
            return answer(request, "Phiếu của đơn vị đã được ghi nhận.", "awards:board", bloc=bloc, year=year)
    context = {"year": bloc_year, "ballot": view, "form": form}
    return render(request, "awards/ballot.html", context, status=status_of(form))


@require_POST
def conclude(request: HttpRequest, bloc: str, year: int, pk: int) -> HttpResponse:
    """End the vote and carry its result onto the nominations."""
    bloc_year = fetch_year(request, bloc, year)
    poll = fetch_poll(bloc_year, pk)
    user = user_of(request)
    require(user, "awards.conclude", bloc_year)
    round_ = latest_round(poll)
    at = clock.now()
    if round_ is None or not _needs_hands(round_):
        conclude_peer_review(poll, by=user, at=at)
        return answer(request, "Đã kết thúc bình xét.", "awards:board", bloc=bloc, year=year)
    form = HandsForm(round_, request.POST)

    def end() -> Poll:
        return conclude_peer_review(poll, by=user, at=at, votes=form.votes, present=form.present)

    if attempt(request, form, end):
        return answer(request, "Đã ghi kết quả biểu quyết, kết thúc bình xét.", "awards:board", bloc=bloc, year=year)
    return show_board(request, bloc_year, hands_form=form)


def _needs_hands(round_: Round) -> bool:
    return not round_.is_cast_here and not round_.is_counted
