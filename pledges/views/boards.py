"""The page of the pledge: the paper, the grid of signatures, and what the reader may do."""

from typing import Any

from django.http import FileResponse, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from blocs import clock
from blocs.files import file_answer
from blocs.models import BlocYear, Membership, User
from blocs.pages import answer, fetch, fetch_year, user_of
from blocs.rules import may
from pledges import actions
from pledges.forms import SignedFileForm, WordsForm
from pledges.gathering import gather_pledge
from pledges.models import Pledge, Signature
from pledges.queries import board_of, missing_before_freezing, own_membership, paper_of, signing_capacity
from pledges.queries.outside import current_file, last_upload
from pledges.views.fetching import fetch_pledge, pledges_of

COMMENT_EFFECTS = ("Tất cả các đơn vị trong Khối xem được dự thảo và ghi ý kiến.", "Dự thảo vẫn sửa được.")
FREEZE_EFFECTS = (
    "Nội dung không sửa được nữa; hệ thống lưu văn bản và mã kiểm tra.",
    "Các đơn vị nhận thông báo và ký từ lúc này.",
    "Chỉ mở khóa được khi chưa đơn vị nào ký.",
)


@require_GET
def board(request: HttpRequest, bloc: str, year: int) -> HttpResponse:
    """Show the pledge of the year, or that there is none yet."""
    bloc_year = fetch_year(request, bloc, year)
    pledge = pledges_of(request, bloc_year).first()
    if pledge is None:
        return render(request, "pledges/pledge_none.html", _around(request, bloc_year))
    return render(request, "pledges/pledge_detail.html", page_of(request, pledge))


@require_http_methods(["GET", "POST"])
def pdf(request: HttpRequest, bloc: str, year: int) -> HttpResponse:
    """Print the pledge as it stands, as a paper of the year (POST); lead to the paper that is filed (GET)."""
    pledge = fetch_pledge(request, bloc, year)
    if request.method == "POST":
        own = own_membership(pledge.year, user_of(request))
        document = actions.print_pledge(pledge, own=own, by=user_of(request), at=clock.now())
        return answer(request, "", "documents:detail", bloc=bloc, year=year, pk=document.pk)
    filed = paper_of(pledge) if pledge.is_frozen else None
    if filed is None:
        return HttpResponseRedirect(reverse("pledges:board", kwargs={"bloc": bloc, "year": year}))
    return HttpResponseRedirect(reverse("documents:detail", kwargs={"bloc": bloc, "year": year, "pk": filed.pk}))


@require_GET
def text(request: HttpRequest, bloc: str, year: int) -> HttpResponse:
    """Give the canonical text whose SHA-256 is the digest, so that anybody can compute it again."""
    pledge = fetch_pledge(request, bloc, year)
    response = HttpResponse(pledge.text.encode(), content_type="text/plain; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="giao-uoc-{pledge.year.year}.txt"'
    return response


@require_GET
def scan(request: HttpRequest, bloc: str, year: int, pk: int) -> FileResponse:
    """Give the scan on which a unit signed."""
    pledge = fetch_pledge(request, bloc, year)
    rows = Signature.objects.filter(pledge=pledge, scan__isnull=False).select_related("scan")
    return file_answer(fetch(rows, pk=pk).scan, inline=True)


def page_of(request: HttpRequest, pledge: Pledge, **more: Any) -> dict[str, Any]:
    """Everything that the page of a pledge shows to this reader."""
    user = user_of(request)
    own = own_membership(pledge.year, user)
    may_prepare = may(user, "pledges.prepare", pledge.year)
    drafting = not pledge.is_frozen
    context = _around(request, pledge.year) | {
        "pledge": pledge,
        "paper": gather_pledge(pledge),
        "board": board_of(pledge, user),
        "own": own,
        "paper_filed": None if drafting else paper_of(pledge),
        "may_prepare": may_prepare,
        "comment_effects": COMMENT_EFFECTS,
        "freeze_effects": FREEZE_EFFECTS,
        "missing": missing_before_freezing(pledge) if may_prepare and drafting else [],
        "comments": pledge.comments.select_related("membership") if drafting else [],
        "comment_form": WordsForm("Ý kiến của đơn vị"),
        "signing_file": None if drafting else current_file(pledge),
        "last_upload": None if drafting else last_upload(pledge),
        "file_form": SignedFileForm(),
        "refuse_form": WordsForm("Lý do chưa ký", auto_id="ly-do-%s"),
        "unfreeze_form": WordsForm("Lý do mở khóa", auto_id="mo-khoa-%s"),
        "may_answer": own is not None and may(user, "pledges.answer", own),
    }
    context["may_draft_next"] = context["may_draft_next"] and pledge.is_frozen
    return context | _signing(pledge, own, user) | more


def _signing(pledge: Pledge, own: Membership | None, user: User) -> dict[str, Any]:
    """What the reader may do about signing for the unit."""
    if own is None or not pledge.awaits_signatures or pledge.signatures.filter(membership=own).exists():
        return {"may_sign": False, "may_record": False}
    capacity = signing_capacity(user, own, clock.today())
    signer = f"{capacity.post}, {own.name}" if capacity else ""
    return {"may_sign": may(user, "pledges.sign", own) and capacity is not None, "may_record": True, "signer": signer}


def _around(request: HttpRequest, year: BlocYear) -> dict[str, Any]:
    """The pledge of the year that follows: a link, or the act that begins it."""
    where = {"bloc": year.bloc.code}
    following = BlocYear.objects.filter(bloc=year.bloc_id, year=year.year + 1).first()
    may_prepare = may(user_of(request), "pledges.prepare", year)
    has_next = following is not None and pledges_of(request, following).exists()
    return {
        "year": year,
        "next_number": year.year + 1,
        "next_url": reverse("pledges:board", kwargs=where | {"year": year.year + 1}) if has_next else "",
        "may_draft": may_prepare and not year.is_past,
        "may_draft_next": may_prepare and year.state == BlocYear.State.OPEN,
    }
