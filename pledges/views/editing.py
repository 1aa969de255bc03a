"""Drafting the pledge, taking opinions, freezing."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods, require_POST

from blocs import clock
from blocs.errors import Refusal
from blocs.pages import answer, fetch_year, user_of
from blocs.rules import require
from pledges import actions
from pledges.forms import PledgeForm, WordsForm
from pledges.queries import missing_before_freezing
from pledges.views.boards import page_of
from pledges.views.fetching import fetch_pledge, own_unit

BOARD, EDIT = "pledges:board", "pledges:edit"


@require_POST
def draft(request: HttpRequest, bloc: str, year: int) -> HttpResponse:
    """Begin the pledge of the year."""
    bloc_year = fetch_year(request, bloc, year)
    require(user_of(request), "pledges.prepare", bloc_year)
    actions.draft_pledge(bloc_year, by=user_of(request), on=clock.today())
    return answer(request, "", EDIT, bloc=bloc, year=year)


@require_POST
def draft_next(request: HttpRequest, bloc: str, year: int) -> HttpResponse:
    """Begin the pledge of the year that follows."""
    bloc_year = fetch_year(request, bloc, year)
    require(user_of(request), "pledges.prepare", bloc_year)
    actions.draft_next_pledge(bloc_year, by=user_of(request), on=clock.today())
    return answer(request, "", EDIT, bloc=bloc, year=year + 1)


@require_http_methods(["GET", "POST"])
def edit(request: HttpRequest, bloc: str, year: int) -> HttpResponse:
    """Write the draft."""
    pledge = fetch_pledge(request, bloc, year)
    require(user_of(request), "pledges.prepare", pledge.year)
    form = PledgeForm(pledge, list(pledge.year.memberships.all()), request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            revision = form.cleaned_data["revision"]
            actions.revise_pledge(pledge, content=form.content, revision=revision, by=user_of(request))
        except Refusal as refusal:
            form.add_error(None, refusal.sentence)
        else:
            return answer(request, "Đã lưu dự thảo.", EDIT if "stay" in request.POST else BOARD, bloc=bloc, year=year)
    context = {"pledge": pledge, "form": form, "missing": missing_before_freezing(pledge)}
    return render(request, "pledges/pledge_form.html", context, status=422 if form.errors else 200)


@require_POST
def open_comment(request: HttpRequest, bloc: str, year: int) -> HttpResponse:
    """Ask the members for their opinion."""
    pledge = fetch_pledge(request, bloc, year)
    require(user_of(request), "pledges.prepare", pledge.year)
    actions.open_comment(pledge, by=user_of(request))
    return answer(request, "Dự thảo đã được gửi các đơn vị lấy ý kiến.", BOARD, bloc=bloc, year=year)


@require_POST
def comment(request: HttpRequest, bloc: str, year: int) -> HttpResponse:
    """Keep the opinion of the reader's unit."""
    pledge = fetch_pledge(request, bloc, year)
    membership = own_unit(request, pledge, "pledges.answer")
    form = WordsForm("Ý kiến của đơn vị", request.POST)
    if not form.is_valid():
        return render(request, "pledges/pledge_detail.html", page_of(request, pledge, comment_form=form), status=422)
    words = form.cleaned_data["words"]
    actions.comment_pledge(pledge, membership=membership, words=words, by=user_of(request), at=clock.now())
    return answer(request, "Ý kiến của đơn vị đã được ghi nhận.", BOARD, bloc=bloc, year=year)


@require_POST
def freeze(request: HttpRequest, bloc: str, year: int) -> HttpResponse:
    """Fix the text for signature."""
    pledge = fetch_pledge(request, bloc, year)
    require(user_of(request), "pledges.prepare", pledge.year)
    actions.freeze_pledge(pledge, by=user_of(request), at=clock.now())
    return answer(request, "Nội dung giao ước đã khóa, chờ các đơn vị ký.", BOARD, bloc=bloc, year=year)


@require_POST
def unfreeze(request: HttpRequest, bloc: str, year: int) -> HttpResponse:
    """Take the text back before the first signature."""
    pledge = fetch_pledge(request, bloc, year)
    require(user_of(request), "pledges.prepare", pledge.year)
    form = WordsForm("Lý do mở khóa", request.POST, auto_id="mo-khoa-%s")
    if not form.is_valid():
        return render(request, "pledges/pledge_detail.html", page_of(request, pledge, unfreeze_form=form), status=422)
    actions.unfreeze_pledge(pledge, reason=form.cleaned_data["words"], by=user_of(request))
    return answer(request, "Nội dung giao ước đã mở khóa để sửa.", BOARD, bloc=bloc, year=year)
