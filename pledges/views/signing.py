"""Signing the pledge: in the application after the identity is confirmed again, or on paper with a scan."""

from allauth.account.decorators import reauthentication_required
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from blocs import clock
from blocs.errors import Refusal
from blocs.models import Membership
from blocs.pages import answer, user_of
from blocs.rules import may
from pledges import actions
from pledges.forms import WetForm, WordsForm
from pledges.models import Pledge
from pledges.queries import unsigned_units
from pledges.views.boards import page_of
from pledges.views.fetching import fetch_pledge, own_unit

BOARD = "pledges:board"


@require_http_methods(["GET", "POST"])
def sign(request: HttpRequest, bloc: str, year: int) -> HttpResponse:
    """Confirm the frozen text for the reader's unit; whoever comes by a link is led to the paper first."""
    pledge = fetch_pledge(request, bloc, year)
    membership = own_unit(request, pledge, "pledges.sign")
    if request.method == "GET":
        return HttpResponseRedirect(reverse(BOARD, kwargs={"bloc": bloc, "year": year}) + "#ky")
    confirmed: HttpResponse = _confirm(request, pledge, membership)
    return confirmed


@reauthentication_required
def _confirm(request: HttpRequest, pledge: Pledge, membership: Membership) -> HttpResponse:
    """Record the confirmation, once the person's identity is confirmed again."""
    digest = request.POST.get("digest", "")
    actions.confirm_pledge(pledge, membership=membership, digest=digest, by=user_of(request), at=clock.now())
    where = {"bloc": pledge.year.bloc.code, "year": pledge.year.year}
    return answer(request, f"Đã ghi nhận xác nhận trên hệ thống của {membership.name}.", BOARD, **where)


@require_http_methods(["GET", "POST"])
def wet(request: HttpRequest, bloc: str, year: int) -> HttpResponse:
    """Record signatures made on paper, with the scan: for all units by who prepares, else for one's own."""
    pledge = fetch_pledge(request, bloc, year)
    members = _recordable(request, pledge)
    form = WetForm(members, request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            actions.record_wet_signature(
                pledge,
                signers=form.signers,
                signed_on=given["signed_on"],
                scan=given["scan"],
                by=user_of(request),
                at=clock.now(),
            )
        except Refusal as refusal:
            form.add_error(None, refusal.sentence)
        else:
            return answer(request, "Đã ghi nhận bản đã ký.", BOARD, bloc=bloc, year=year)
    context = {"pledge": pledge, "form": form}
    return render(request, "pledges/signature_form.html", context, status=422 if form.errors else 200)


def _recordable(request: HttpRequest, pledge: Pledge) -> list[Membership]:
    """The units for which the reader may record ink: all that have not signed, or the reader's own."""
    unsigned = unsigned_units(pledge.year)
    if may(user_of(request), "pledges.prepare", pledge.year):
        return unsigned
    own = own_unit(request, pledge, "pledges.answer")
    return [member for member in unsigned if member.pk == own.pk]


@require_POST
def refuse(request: HttpRequest, bloc: str, year: int) -> HttpResponse:
    """Keep the answer that the reader's unit does not sign, with the reason."""
    pledge = fetch_pledge(request, bloc, year)
    membership = own_unit(request, pledge, "pledges.sign")
    form = WordsForm("Lý do chưa ký", request.POST, auto_id="ly-do-%s")
    if not form.is_valid():
        return render(request, "pledges/pledge_detail.html", page_of(request, pledge, refuse_form=form), status=422)
    reason = form.cleaned_data["words"]
    actions.refuse_pledge(pledge, membership=membership, reason=reason, by=user_of(request), at=clock.now())
    return answer(request, "Ý kiến chưa ký của đơn vị đã được ghi nhận.", BOARD, bloc=bloc, year=year)
