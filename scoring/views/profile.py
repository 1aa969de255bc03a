"""One member's result: charts on a page, and the letter that explains its own score and nobody else's."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from blocs import clock
from blocs.pages import user_of
from blocs.rules import may, require
from documents.printing import print_pdf
from scoring.gathering import member_letter
from scoring.screens.profile import profile_page
from scoring.views.dossiers import fetch_assessment, where


@require_GET
def detail(request: HttpRequest, bloc: str, year: int, member: int) -> HttpResponse:
    """How does this member stand beside the bloc, and beside its own years?"""
    assessment = fetch_assessment(request, bloc, year, member)
    context = {
        "page": profile_page(assessment, user_of(request), clock.now()),
        "may_letter": may(user_of(request), "scoring.read_letter", assessment),
        "where": where(assessment.year) | {"member": assessment.membership_id},
    }
    return render(request, "scoring/profile_detail.html", context)


@require_GET
def letter(request: HttpRequest, bloc: str, year: int, member: int) -> HttpResponse:
    """Take the letter that tells one member how its own score came about."""
    assessment = fetch_assessment(request, bloc, year, member)
    require(user_of(request), "scoring.read_letter", assessment)
    response = HttpResponse(print_pdf(member_letter(assessment)), content_type="application/pdf")
    unit = assessment.membership.unit.code
    response["Content-Disposition"] = f'attachment; filename="thong-bao-ket-qua-{unit}-{year}.pdf"'
    return response
