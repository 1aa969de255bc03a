"""Talking about one criterion, on the sheet and on the page of the review."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_POST

from blocs import clock
from blocs.pages import answer, user_of
from blocs.rules import may, require
from scoring.actions.remarks import remark_on
from scoring.views.dossiers import fetch_assessment, fetch_criterion
from scoring.views.sheets import address_of, show_part


@require_POST
def remark(request: HttpRequest, bloc: str, year: int, member: int, criterion: int) -> HttpResponse:
    """Say something about a criterion: the unit's people among themselves or to the reviewer, the reviewer to the unit."""
    assessment = fetch_assessment(request, bloc, year, member)
    row = fetch_criterion(assessment, criterion)
    user = user_of(request)
    own = may(user, "scoring.fill_assessment", assessment)
    if not own:
        require(user, "scoring.extend_assessment", assessment)
    said, internal = request.POST.get("said", ""), own and request.POST.get("audience") != "reviewer"
    remark_on(assessment, row, said=said, is_internal=internal, by=user, at=clock.now())
    if request.htmx:  # type: ignore[attr-defined]
        return show_part(request, assessment, row, "talk")
    return answer(request, f"Đã ghi trao đổi về tiêu chí {row.code}.", address_of(assessment, row))
