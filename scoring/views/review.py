"""Reviewing: the queue of what needs an eye, one criterion at a time, a request for completion, the end of it."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from blocs import clock
from blocs.errors import Refusal
from blocs.pages import answer, fetch_year, user_of
from blocs.rules import require
from scoring.actions.completing import request_completion
from scoring.actions.reviewing import conclude_review, reopen_review, review_score
from scoring.forms import CompletionForm, ExtensionForm, ReasonForm
from scoring.inputs import field_names
from scoring.models import Criterion, Score, SelfAssessment
from scoring.queries.tables import current_table
from scoring.screens.board import dossier_rows
from scoring.screens.review import review_page, review_rows
from scoring.views.dossiers import fetch_assessment, fetch_criterion, where


@require_GET
def board(request: HttpRequest, bloc: str, year: int) -> HttpResponse:
    """Which tables are mine to review, and how far are they?"""
    bloc_year = fetch_year(request, bloc, year)
    user, now = user_of(request), clock.now()
    table = current_table(bloc_year)
    rows = dossier_rows(bloc_year, user, now, table.criteria.exclude(method="").count() if table else 0)
    context = {
        "rows": review_rows(bloc_year, user, rows),
        "extension": ExtensionForm(),
        "where": where(bloc_year),
        "year": bloc_year,
    }
    return render(request, "scoring/review_board.html", context)


@require_GET
def detail(request: HttpRequest, bloc: str, year: int, member: int) -> HttpResponse:
    """Which claims need my eye?"""
    assessment = fetch_assessment(request, bloc, year, member)
    require(user_of(request), "scoring.review_assessment", assessment)
    return _page(request, assessment, request.GET.get("tieu-chi", ""))


@require_POST
def decide(request: HttpRequest, bloc: str, year: int, member: int, criterion: int) -> HttpResponse:
    """Keep the claim, correct its figures, or set its points, with a reason."""
    assessment = fetch_assessment(request, bloc, year, member)
    row = fetch_criterion(assessment, criterion)
    require(user_of(request), "scoring.review_assessment", assessment)
    try:
        review_score(
            assessment,
            row,
            verdict=request.POST.get("verdict", Score.Verdict.KEPT),
            figures={name: request.POST[name] for name in field_names(row) if request.POST.get(name, "").strip()},
            points=request.POST.get("override") or None,
            reason=request.POST.get("reason", ""),
            by=user_of(request),
            at=clock.now(),
        )
    except Refusal as refusal:
        return _page(request, assessment, row.code, refusal=refusal, typed=request.POST.dict())
    after = request.POST.get("next") or row.code
    return answer(request, f"Đã ghi điểm thẩm định tiêu chí {row.code}.", _at(assessment, after))


@require_POST
def ask_completion(request: HttpRequest, bloc: str, year: int, member: int) -> HttpResponse:
    """Ask the unit to complete selected criteria, or the whole table, with a reason (Đề nghị hoàn thiện)."""
    assessment = fetch_assessment(request, bloc, year, member)
    require(user_of(request), "scoring.review_assessment", assessment)
    form = CompletionForm(request.POST, choices=_choices(assessment))
    if not form.is_valid():
        return _page(request, assessment, "", completion=form)
    asked = list(Criterion.objects.filter(table=assessment.table, pk__in=form.cleaned_data["criteria"]))
    try:
        request_completion(
            assessment,
            criteria=asked,
            reason=form.cleaned_data["reason"],
            due_at=form.cleaned_data["due_at"],
            by=user_of(request),
            at=clock.now(),
        )
    except Refusal as refusal:
        form.add_error(None, refusal.sentence)
        return _page(request, assessment, "", completion=form)
    sentence = f"Đã gửi đề nghị hoàn thiện tới {assessment.membership}. Các tiêu chí khác được khóa."
    return answer(request, sentence, "scoring:review", bloc=bloc, year=year)


@require_POST
def conclude(request: HttpRequest, bloc: str, year: int, member: int) -> HttpResponse:
    """End the review of one member's table (Đã thẩm định)."""
    assessment = fetch_assessment(request, bloc, year, member)
    require(user_of(request), "scoring.review_assessment", assessment)
    conclude_review(assessment, by=user_of(request), at=clock.now())
    return answer(
        request, f"Đã thẩm định xong bảng của {assessment.membership}.", "scoring:review", bloc=bloc, year=year
    )


@require_POST
def reopen(request: HttpRequest, bloc: str, year: int, member: int) -> HttpResponse:
    """Take up a finished review once more, with a reason."""
    assessment = fetch_assessment(request, bloc, year, member)
    require(user_of(request), "scoring.review_assessment", assessment)
    reopen_review(assessment, reason=request.POST.get("reason", ""), by=user_of(request), at=clock.now())
    return answer(request, "Đã mở lại thẩm định.", _at(assessment, ""))


def _page(request: HttpRequest, assessment: SelfAssessment, code: str, **said: object) -> HttpResponse:
    page = review_page(assessment, user_of(request), code, refusal=said.get("refusal"), typed=said.get("typed"))
    context = {
        "page": page,
        "completion": said.get("completion") or CompletionForm(choices=_choices(assessment)),
        "reopening": ReasonForm(),
        "where": where(assessment.year) | {"member": assessment.membership_id},
    }
    return render(
        request, "scoring/review_detail.html", context, status=409 if said.get("refusal") else 422 if said else 200
    )


def _choices(assessment: SelfAssessment) -> list[tuple[str, str]]:
    rows = assessment.table.criteria.exclude(method="").values_list("pk", "code", "title")
    return [(str(pk), f"{code}. {title}") for pk, code, title in rows]


def _at(assessment: SelfAssessment, code: str) -> str:
    parts = where(assessment.year) | {"member": assessment.membership_id}
    return reverse("scoring:review_detail", kwargs=parts) + (f"?tieu-chi={code}" if code else "")
