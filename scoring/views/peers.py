"""Cross-scoring: the proposed rotation, the assignment, an extension."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods, require_POST

from blocs import clock, text
from blocs.errors import Refusal
from blocs.models import BlocYear, Membership
from blocs.pages import answer, fetch, fetch_year, user_of
from blocs.rules import may, require
from scoring.actions.peers import assign_peers, extend_peer
from scoring.forms import DueForm, ExtensionForm
from scoring.models import PeerAssignment
from scoring.screens.peers import peer_page
from scoring.views.dossiers import fetch_member, where


@require_http_methods(["GET", "POST"])
def board(request: HttpRequest, bloc: str, year: int) -> HttpResponse:
    """Who scores whose table?"""
    bloc_year = fetch_year(request, bloc, year)
    if request.method == "GET":
        return _page(request, bloc_year, DueForm())
    require(user_of(request), "scoring.assign_peers", bloc_year)
    form = DueForm(request.POST)
    if not form.is_valid():
        return _page(request, bloc_year, form)
    due, pairs = form.cleaned_data["due_at"], _pairs(request, bloc_year)
    try:
        many = assign_peers(bloc_year, pairs, due_at=due, by=user_of(request), at=clock.now())
    except Refusal as refusal:
        form.add_error(None, refusal.sentence)
        return _page(request, bloc_year, form)
    sentence = f"Đã ghi phân công chấm chéo: {text.count(many)} bảng thay đổi."
    return answer(request, sentence, "scoring:peers", bloc=bloc, year=year)


def _pairs(request: HttpRequest, year: BlocYear) -> dict[Membership, Membership | None]:
    """What was chosen, a line a member; members without a field stay as they are."""
    members = {str(member.pk): member for member in year.memberships.select_related("unit")}
    chosen = {pk: request.POST.get(f"don-vi-{pk}") for pk in members}
    return {members[pk]: members.get(value) for pk, value in chosen.items() if value is not None}


@require_POST
def extend(request: HttpRequest, bloc: str, year: int, member: int) -> HttpResponse:
    """Give the peer of one member more time, with the reason."""
    membership = fetch_member(request, bloc, year, member)
    require(user_of(request), "scoring.assign_peers", membership.year)
    assignment: PeerAssignment = fetch(PeerAssignment.objects.in_force(), membership=membership)
    form = ExtensionForm(request.POST)
    if not form.is_valid():
        return _page(request, membership.year, DueForm(), extension=(member, form))
    try:
        extend_peer(assignment, **form.cleaned_data, by=user_of(request), at=clock.now())
    except Refusal as refusal:
        form.add_error(None, refusal.sentence)
        return _page(request, membership.year, DueForm(), extension=(member, form))
    return answer(request, f"Đã gia hạn chấm chéo bảng của {membership}.", "scoring:peers", bloc=bloc, year=year)


def _page(
    request: HttpRequest, year: BlocYear, form: DueForm, extension: tuple[int, ExtensionForm] | None = None
) -> HttpResponse:
    user = user_of(request)
    may_assign = may(user, "scoring.assign_peers", year)
    page = peer_page(year, user, clock.now(), may_assign=may_assign, typed=request.POST.dict())
    context = {
        "page": page,
        "form": form if form.is_bound else DueForm(initial={"due_at": page.due}),
        "extension": extension[1] if extension else None,
        "extended": extension[0] if extension else None,
        "where": where(year),
        "demo": year.is_demonstration,
    }
    return render(request, "scoring/peer_board.html", context, status=422 if form.errors or extension else 200)
