"""The consolidated table: on the page, as a file, as a paper; and the chain behind every figure."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from blocs import clock
from blocs.errors import Refusal
from blocs.pages import answer, fetch_year, user_of
from blocs.rules import require
from blocs.sheets import write_csv, write_xlsx
from scoring.actions.agreeing import change_agreed, correct_score
from scoring.actions.papers import print_consolidated
from scoring.inputs import field_names, inputs_of
from scoring.models import Criterion, SelfAssessment
from scoring.queries import chain
from scoring.screens.chains import chain_steps, late_change, timeline_part
from scoring.screens.consolidated import Wanted, consolidated_page, export_sheets, wanted_board
from scoring.views.dossiers import fetch_assessment, fetch_criterion, where

_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_HIDDEN = "Chưa xuất được: bảng tổng hợp còn điểm của đơn vị khác chưa được xem trước hạn gửi."


@require_GET
def board(request: HttpRequest, bloc: str, year: int) -> HttpResponse:
    """Who stands where, and why?"""
    bloc_year = fetch_year(request, bloc, year)
    page = consolidated_page(bloc_year, user_of(request), clock.now(), Wanted.from_address(request.GET.dict()))
    return render(request, "scoring/consolidated_board.html", {"page": page, "where": where(bloc_year)})


@require_GET
def export_xlsx(request: HttpRequest, bloc: str, year: int) -> HttpResponse:
    """Take the table as the user may see it, numbers as numbers."""
    bloc_year = fetch_year(request, bloc, year)
    seen = wanted_board(bloc_year, user_of(request), clock.now(), Wanted.from_address(request.GET.dict()))
    response = HttpResponse(write_xlsx(export_sheets(bloc_year, seen)), content_type=_XLSX)
    response["Content-Disposition"] = f'attachment; filename="bang-tong-hop-{bloc}-{year}.xlsx"'
    return response


@require_GET
def export_csv(request: HttpRequest, bloc: str, year: int) -> HttpResponse:
    """Take the table as comma-separated text in UTF-8."""
    bloc_year = fetch_year(request, bloc, year)
    seen = wanted_board(bloc_year, user_of(request), clock.now(), Wanted.from_address(request.GET.dict()))
    sheet = export_sheets(bloc_year, seen)[0]
    notes = [("", "Dữ liệu minh họa")] if bloc_year.is_demonstration else []
    content = write_csv(sheet.headers, [*sheet.rows, *notes])
    response = HttpResponse("\ufeff" + content, content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="bang-tong-hop-{bloc}-{year}.csv"'
    return response


@require_POST
def print_board(request: HttpRequest, bloc: str, year: int) -> HttpResponse:
    """Make the paper of the table; the worker prints it when it is long."""
    bloc_year = fetch_year(request, bloc, year)
    require(user_of(request), "blocs.lead_or_oversee", bloc_year)
    document = print_consolidated(bloc_year, by=user_of(request), at=clock.now())
    return answer(request, "", "documents:detail", bloc=bloc, year=year, pk=document.pk)


@require_GET
def chain_page(request: HttpRequest, bloc: str, year: int, member: int, criterion: int) -> HttpResponse:
    """How did this figure come about: claimed, reviewed, agreed: who, when, why?"""
    assessment = fetch_assessment(request, bloc, year, member)
    return _chain(request, assessment, criterion)


@require_POST
def change(request: HttpRequest, bloc: str, year: int, member: int, criterion: int) -> HttpResponse:
    """Change a score at the conference, with the reason."""
    assessment = fetch_assessment(request, bloc, year, member)
    row = fetch_criterion(assessment, criterion)
    require(user_of(request), "scoring.agree_scores", assessment.year)
    return _written(request, assessment, row, change_agreed, f"Đã ghi điểm thống nhất tiêu chí {row.code}")


@require_POST
def correct(request: HttpRequest, bloc: str, year: int, member: int, criterion: int) -> HttpResponse:
    """The authority corrects a locked score, with the reason; the correction carries its date."""
    assessment = fetch_assessment(request, bloc, year, member)
    row = fetch_criterion(assessment, criterion)
    require(user_of(request), "scoring.correct_scores", assessment)
    return _written(request, assessment, row, correct_score, f"Đã điều chỉnh điểm tiêu chí {row.code}")


def _written(
    request: HttpRequest, assessment: SelfAssessment, row: Criterion, act: Callable[..., object], sentence: str
) -> HttpResponse:
    figures = {name: request.POST[name] for name in field_names(row) if request.POST.get(name, "").strip()}
    try:
        act(
            assessment,
            row,
            figures=figures or None,
            points=request.POST.get("override") or None,
            reason=request.POST.get("reason", ""),
            by=user_of(request),
            at=clock.now(),
        )
    except Refusal as refusal:
        return _chain(request, assessment, row.pk, refusal=refusal)
    parts = where(assessment.year) | {"member": assessment.membership_id, "criterion": row.pk}
    return answer(request, f"{sentence} của {assessment.membership}.", reverse("scoring:chain", kwargs=parts))


def _chain(
    request: HttpRequest, assessment: SelfAssessment, criterion: int, refusal: Refusal | None = None
) -> HttpResponse:
    row, user = fetch_criterion(assessment, criterion), user_of(request)
    context = {
        "assessment": assessment,
        "criterion": row,
        "steps": chain_steps(chain(assessment, row)),
        "evidence": assessment.evidence.in_use().filter(criterion=row).select_related("file"),
        "line": {
            "pk": row.pk,
            "inputs": inputs_of(row, request.POST.dict(), decimals=assessment.table.decimals),
            "has_numbers": True,
        },
        "late": late_change(assessment, user),
        "years": timeline_part(assessment, row, SelfAssessment.objects.visible_to(user, clock.now())),
        "refusal": refusal,
        "override": request.POST.get("override", ""),
        "reason": request.POST.get("reason", ""),
        "where": where(assessment.year) | {"member": assessment.membership_id},
    }
    return render(request, "scoring/chain_detail.html", context, status=409 if refusal else 200)
