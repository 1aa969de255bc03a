"""Signing in other software by turns: the file to fetch, the file to hand in, the evidence sheet, reminders."""

from django.http import FileResponse, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.views.decorators.http import require_http_methods, require_POST

from blocs import clock
from blocs.errors import Refusal
from blocs.files import file_answer
from blocs.pages import answer, user_of
from blocs.rules import require
from blocs.text import count
from pledges import actions
from pledges.forms import SignedFileForm
from pledges.queries.outside import current_file
from pledges.views.boards import page_of
from pledges.views.fetching import fetch_pledge, own_unit

BOARD = "pledges:board"


@require_http_methods(["GET", "POST"])
def signing_file(request: HttpRequest, bloc: str, year: int) -> HttpResponseBase:
    """Fetch the file as it stands, with the signatures so far (GET); make it, by who prepares the pledge (POST)."""
    pledge = fetch_pledge(request, bloc, year)
    if request.method == "POST":
        require(user_of(request), "pledges.prepare", pledge.year)
        actions.prepare_signing_file(pledge, by=user_of(request), at=clock.now())
        return answer(request, "Đã lập tệp để ký số, có sẵn ô ký của từng đơn vị.", BOARD, bloc=bloc, year=year)
    current = current_file(pledge) if pledge.is_frozen else None
    if current is None:
        return answer(request, "", BOARD, bloc=bloc, year=year)
    found: FileResponse = file_answer(current.file)
    return found


@require_POST
def hand_in(request: HttpRequest, bloc: str, year: int) -> HttpResponse:
    """Take in the file that the reader's unit signed."""
    pledge = fetch_pledge(request, bloc, year)
    membership = own_unit(request, pledge, "pledges.answer")
    form = SignedFileForm(request.POST, request.FILES)
    if form.is_valid():
        try:
            upload = form.cleaned_data["file"]
            actions.hand_in_signed_file(
                pledge, membership=membership, upload=upload, by=user_of(request), at=clock.now()
            )
        except Refusal as refusal:
            form.add_error("file", refusal.sentence)
        else:
            return answer(request, "Đã nhận tệp; hệ thống đang kiểm tra chữ ký.", BOARD, bloc=bloc, year=year)
    return render(request, "pledges/pledge_detail.html", page_of(request, pledge, file_form=form), status=422)


@require_http_methods(["GET", "POST"])
def evidence(request: HttpRequest, bloc: str, year: int) -> HttpResponseBase:
    """Fetch the evidence sheet (GET); make it anew from the signatures so far, by who prepares the pledge (POST)."""
    pledge = fetch_pledge(request, bloc, year)
    if request.method == "POST":
        require(user_of(request), "pledges.prepare", pledge.year)
        actions.make_evidence(pledge, by=user_of(request), at=clock.now())
        return answer(request, "Đã lập phiếu ghi nhận việc ký.", BOARD, bloc=bloc, year=year)
    if pledge.evidence is None:
        return answer(request, "", BOARD, bloc=bloc, year=year)
    found: FileResponse = file_answer(pledge.evidence)
    return found


@require_POST
def remind(request: HttpRequest, bloc: str, year: int) -> HttpResponse:
    """Remind the units that have yet to sign."""
    pledge = fetch_pledge(request, bloc, year)
    require(user_of(request), "pledges.prepare", pledge.year)
    reminded = actions.remind_unsigned(pledge, by=user_of(request))
    return answer(request, f"Đã nhắc {count(reminded)} đơn vị.", BOARD, bloc=bloc, year=year)
