"""The election of next year's leader and deputy: one page, the ballot, and the acts on the round."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from blocs import clock
from blocs.errors import Refusal
from blocs.files import file_answer
from blocs.models import BlocYear, Membership, StoredFile
from blocs.pages import NOT_FOUND, answer, fetch, fetch_year, user_of
from blocs.rules import require
from conferences.actions.candidates import propose_candidate, withdraw_candidate
from conferences.actions.elections import (
    close_voting,
    conclude_election,
    count_hands,
    count_papers,
    open_election,
    open_second_round,
    round_in_hand,
    settle_tie,
)
from conferences.actions.publishing import draft_tally
from conferences.forms.elections import PaperCountForm, ProposalForm, ReplyForm, RoundForm, TieForm
from conferences.models import Candidate, Election
from conferences.queries.elections import role_word
from conferences.queries.places import PATH_ROLES
from conferences.views.election_page import election_context
from conferences.views.meetings import RUN
from voting.actions import cast_ballot, record_reply
from voting.forms import BallotForm, HandsForm
from voting.models import Reply, Round
from voting.queries import ballot_view, latest_round
from voting.tally import Conduct

COUNTED = "Đã ghi kết quả kiểm phiếu."
AWAITS_SECOND = (
    "Đã ghi số liệu của người thứ nhất hoặc số liệu chưa khớp. Kết quả được công nhận khi người thứ hai nhập khớp."
)
CONDUCT = "voting.conduct"
NO_BALLOT = "Phiếu này do Thủ trưởng đơn vị có tên trong danh sách, hoặc người được ủy quyền, thực hiện."


def role_of(path: str) -> str:
    """Return the role that the address names; 404 for another word."""
    if path not in PATH_ROLES:
        raise Http404(NOT_FOUND)
    return PATH_ROLES[path]


def fetch_election(year: BlocYear, path: str) -> Election:
    """Return the election that the address names; 404 before anybody is proposed."""
    rows = Election.objects.select_related("poll__year", "winner")
    election: Election = fetch(rows, year=year, role=role_of(path))
    election.year = year
    return election


@require_GET
def election(request: HttpRequest, bloc: str, year: int, role: str) -> HttpResponse:
    """Show who is proposed, how the vote is held, who has voted, and the result with its arithmetic."""
    bloc_year = fetch_year(request, bloc, year)
    return _page(request, bloc_year, role_of(role))


def _page(request: HttpRequest, year: BlocYear, role: str, **forms: Any) -> HttpResponse:
    """The election page, with a bound form that was refused in its place."""
    context = election_context(year, role, user_of(request), **forms)
    return render(request, "conferences/election_detail.html", context, status=422 if forms else 200)


def _refused(request: HttpRequest, year: BlocYear, role: str, name: str, form: Any, refusal: Refusal) -> HttpResponse:
    form.add_error(None, refusal.sentence)
    return _page(request, year, role, **{name: form})


def _back(request: HttpRequest, sentence: str, year: BlocYear, path: str) -> HttpResponse:
    return answer(request, sentence, "conferences:election", bloc=year.bloc.code, year=year.year, role=path)


@require_POST
def propose(request: HttpRequest, bloc: str, year: int, role: str) -> HttpResponse:
    """Propose a member."""
    bloc_year, wanted = fetch_year(request, bloc, year), role_of(role)
    require(user_of(request), RUN, bloc_year)
    form = ProposalForm(request.POST, members=Membership.objects.filter(year=bloc_year))
    if not form.is_valid():
        return _page(request, bloc_year, wanted, proposal_form=form)
    member = form.cleaned_data["membership"]
    try:
        propose_candidate(bloc_year, role=wanted, membership=member, by=user_of(request))
    except Refusal as refusal:
        return _refused(request, bloc_year, wanted, "proposal_form", form, refusal)
    return _back(request, f"Đã giới thiệu {member}.", bloc_year, role)


@require_POST
def withdraw(request: HttpRequest, bloc: str, year: int, role: str, pk: int) -> HttpResponse:
    """Take a proposal back."""
    bloc_year = fetch_year(request, bloc, year)
    rows = Candidate.objects.standing().select_related("election", "membership")
    candidate: Candidate = fetch(rows, election__year=bloc_year, election__role=role_of(role), pk=pk)
    require(user_of(request), RUN, bloc_year)
    withdraw_candidate(candidate, by=user_of(request), at=clock.now())
    return _back(request, f"Đã rút giới thiệu {candidate.membership}.", bloc_year, role)


@require_POST
def start(request: HttpRequest, bloc: str, year: int, role: str) -> HttpResponse:
    """Open the first round with the settings of the form."""
    bloc_year = fetch_year(request, bloc, year)
    row = fetch_election(bloc_year, role)
    require(user_of(request), RUN, bloc_year)
    form = RoundForm(request.POST)
    if not form.is_valid():
        return _page(request, bloc_year, row.role, round_form=form)
    try:
        open_election(row, settings=form.settings, by=user_of(request), at=clock.now())
    except Refusal as refusal:
        return _refused(request, bloc_year, row.role, "round_form", form, refusal)
    return _back(request, "Đã bắt đầu bỏ phiếu và báo cho các đơn vị.", bloc_year, role)


@never_cache
def ballot(request: HttpRequest, bloc: str, year: int, role: str) -> HttpResponse:
    """Choose, check, cast."""
    bloc_year = fetch_year(request, bloc, year)
    row = fetch_election(bloc_year, role)
    view = ballot_view(latest_round(row.poll), user_of(request)) if row.poll else None
    if view is None:
        raise PermissionDenied(NO_BALLOT)
    form = BallotForm(view, request.POST or None)
    if request.method == "POST" and form.is_confirmed:
        cast_ballot(view.round, membership=view.membership, marks=form.marks, by=user_of(request), at=clock.now())
        return answer(request, "Phiếu của đơn vị đã được ghi nhận.", request.path)
    heading = f"Phiếu bầu {role_word(bloc_year, row.role)} năm {bloc_year.year + 1}"
    context = {"year": bloc_year, "ballot": view, "form": form, "heading": heading, "role_path": role}
    return render(request, "conferences/ballot.html", context, status=422 if form.errors else 200)


@require_POST
def count(request: HttpRequest, bloc: str, year: int, role: str) -> HttpResponse:
    """Enter the raised hands, or the count of papers."""
    bloc_year = fetch_year(request, bloc, year)
    row = fetch_election(bloc_year, role)
    require(user_of(request), CONDUCT, bloc_year)
    round_ = round_in_hand(row)
    by_hand = round_.conduct == Conduct.HANDS
    form = HandsForm(round_, request.POST) if by_hand else PaperCountForm(round_, request.POST)
    if not form.is_valid():
        return _page(request, bloc_year, row.role, count_form=form)
    try:
        round_ = _count(row, form, request)
    except Refusal as refusal:
        return _refused(request, bloc_year, row.role, "count_form", form, refusal)
    return _back(request, COUNTED if round_.is_counted else AWAITS_SECOND, bloc_year, role)


def _count(row: Election, form: HandsForm | PaperCountForm, request: HttpRequest) -> Round:
    by, at = user_of(request), clock.now()
    if isinstance(form, HandsForm):
        return count_hands(row, votes=form.votes, present=form.present, by=by, at=at)
    given = form.cleaned_data
    numbers = {name: given[name] for name in ("returned", "invalid", "blank")}
    return count_papers(row, votes=form.votes, by=by, at=at, **numbers)


@require_POST
def reply(request: HttpRequest, bloc: str, year: int, role: str) -> HttpResponse:
    """Enter a unit's signed opinion with its paper."""
    bloc_year = fetch_year(request, bloc, year)
    row = fetch_election(bloc_year, role)
    require(user_of(request), CONDUCT, bloc_year)
    round_ = round_in_hand(row)
    form = ReplyForm(round_, request.POST, request.FILES)
    if not form.is_valid():
        return _page(request, bloc_year, row.role, reply_form=form)
    given = {name: form.cleaned_data[name] for name in ("number", "dated_on", "paper")}
    member = form.cleaned_data["member"]
    try:
        record_reply(round_, membership=member, marks=form.marks, by=user_of(request), at=clock.now(), **given)
    except Refusal as refusal:
        return _refused(request, bloc_year, row.role, "reply_form", form, refusal)
    return _back(request, f"Đã ghi ý kiến của {member}.", bloc_year, role)


@require_GET
def reply_paper(request: HttpRequest, bloc: str, year: int, role: str, entry: int) -> HttpResponseBase:
    """Hand out the paper of a unit's signed opinion: it is open inside the bloc."""
    bloc_year = fetch_year(request, bloc, year)
    replies = Reply.objects.filter(entry__round__poll__election=fetch_election(bloc_year, role), entry=entry)
    paper: StoredFile = fetch(StoredFile.objects.all(), pk__in=replies.values("paper"))
    return file_answer(paper)


@require_POST
def close(request: HttpRequest, bloc: str, year: int, role: str) -> HttpResponse:
    """End the voting; the tally team sees the result first."""
    bloc_year = fetch_year(request, bloc, year)
    row = fetch_election(bloc_year, role)
    require(user_of(request), CONDUCT, bloc_year)
    close_voting(row, by=user_of(request), at=clock.now())
    return _back(request, "Đã kết thúc bỏ phiếu.", bloc_year, role)


@require_POST
def settle(request: HttpRequest, bloc: str, year: int, role: str) -> HttpResponse:
    """Record the lot, or the chair's choice, between tied candidates."""
    bloc_year = fetch_year(request, bloc, year)
    row = fetch_election(bloc_year, role)
    require(user_of(request), RUN, bloc_year)
    form = TieForm(request.POST, tied=Membership.objects.filter(year=bloc_year))
    if not form.is_valid():
        return _page(request, bloc_year, row.role, tie_form=form)
    try:
        settle_tie(row, by=user_of(request), at=clock.now(), **form.cleaned_data)
    except Refusal as refusal:
        return _refused(request, bloc_year, row.role, "tie_form", form, refusal)
    return _back(request, "Đã ghi cách xác định khi bằng phiếu.", bloc_year, role)


@require_POST
def conclude(request: HttpRequest, bloc: str, year: int, role: str) -> HttpResponse:
    """Publish the result and apply it."""
    bloc_year = fetch_year(request, bloc, year)
    row = fetch_election(bloc_year, role)
    require(user_of(request), RUN, bloc_year)
    row = conclude_election(row, by=user_of(request), at=clock.now(), on=clock.today())
    sentence = f"Đã công bố kết quả: {row.winner.name}." if row.winner else "Đã công bố: chưa có kết quả, cần bầu lại."
    return _back(request, sentence, bloc_year, role)


@require_POST
def tally(request: HttpRequest, bloc: str, year: int, role: str) -> HttpResponse:
    """Draw up the minutes of the tally."""
    bloc_year = fetch_year(request, bloc, year)
    row = fetch_election(bloc_year, role)
    require(user_of(request), CONDUCT, bloc_year)
    document = draft_tally(row, by=user_of(request), at=clock.now())
    return answer(request, "Đã lập biên bản kiểm phiếu.", "documents:detail", bloc=bloc, year=year, pk=document.pk)


@require_POST
def again(request: HttpRequest, bloc: str, year: int, role: str) -> HttpResponse:
    """Vote again after a round without result."""
    bloc_year = fetch_year(request, bloc, year)
    row = fetch_election(bloc_year, role)
    require(user_of(request), RUN, bloc_year)
    round_ = open_second_round(row, by=user_of(request), at=clock.now())
    return _back(request, f"Đã bắt đầu bầu lần thứ {round_.number}.", bloc_year, role)
