"""The page of one self-assessment, as every act on it answers: whole, or the one criterion that changed."""

from collections.abc import Mapping

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from blocs import clock
from blocs.pages import user_of
from scoring.models import Criterion, SelfAssessment
from scoring.queries import filling_sheet
from scoring.screens.drafts import Draft
from scoring.screens.sheet import SheetPage, sheet_page
from scoring.views.dossiers import where


def show_sheet(
    request: HttpRequest, assessment: SelfAssessment, drafts: Mapping[int, Draft], status: int = 200
) -> HttpResponse:
    """Return the whole page, with what could not be saved still in its fields."""
    context = {"page": page_of(request, assessment, drafts), "where": where(assessment.year)}
    return render(request, "scoring/assessment_detail.html", context, status=status)


def show_part(
    request: HttpRequest, assessment: SelfAssessment, row: Criterion, part: str, draft: Draft | None = None
) -> HttpResponse:
    """Return one part of one criterion ("fields", "proof", "talk") with the sums of the page, for a page that stays open."""
    page = page_of(request, assessment, {row.pk: draft} if draft else {})
    line, group = page.line(row.pk)
    context = {"page": page, "line": line, "group": group, "where": where(assessment.year), "draft": draft}
    status = 422 if draft and (draft.errors or draft.evidence) else 200
    return render(request, f"scoring/line_{part}_saved.html", context, status=status)


def page_of(request: HttpRequest, assessment: SelfAssessment, drafts: Mapping[int, Draft]) -> SheetPage:
    """Return what the page shows to whoever asks."""
    now = clock.now()
    sheet = filling_sheet(assessment, at=now)
    return sheet_page(
        assessment, sheet, user=user_of(request), now=now, drafts=drafts, opened=request.GET.get("mo", "")
    )


def address_of(assessment: SelfAssessment, row: Criterion) -> str:
    """Return the address of one criterion on the sheet, opened."""
    parts = where(assessment.year) | {"member": assessment.membership_id}
    return f"{reverse('scoring:assessment', kwargs=parts)}?mo={row.code}#tc-{row.pk}"
