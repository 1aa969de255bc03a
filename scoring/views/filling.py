"""Filling in the self-assessment: one criterion after another, saved field by field."""

from collections.abc import Mapping

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET, require_POST

from blocs import clock
from blocs.errors import Refusal
from blocs.pages import answer, fetch, user_of
from blocs.rules import may, require
from scoring.actions.filling import ChangedMeanwhile, Recorded, record_fields, restore_figure, start_assessment
from scoring.inputs import same_text
from scoring.models import FieldChange, SelfAssessment
from scoring.points import LABELS
from scoring.screens.drafts import Draft, conflict_of, saved_part
from scoring.screens.history import history_page
from scoring.views.dossiers import (
    fetch_assessment,
    fetch_criterion,
    fetch_member,
    fetch_own_member,
    fetch_to_fill,
    where,
)
from scoring.views.sheets import address_of, show_part, show_sheet


@require_GET
def detail(request: HttpRequest, bloc: str, year: int, member: int) -> HttpResponse:
    """What do I claim, with what proof, what is missing? Others read what the year lets them see."""
    membership = fetch_member(request, bloc, year, member)
    own = may(user_of(request), "scoring.fill_assessment", membership)
    if own and not SelfAssessment.objects.filter(membership=membership).exists():
        return render(
            request, "scoring/assessment_start.html", {"membership": membership, "where": where(membership.year)}
        )
    assessment = fetch_assessment(request, bloc, year, member)
    return show_sheet(request, assessment, {})


@require_POST
def start(request: HttpRequest, bloc: str, year: int, member: int) -> HttpResponse:
    """Begin the self-assessment."""
    membership = fetch_own_member(request, bloc, year, member)
    start_assessment(membership, by=user_of(request), at=clock.now())
    return answer(request, "", "scoring:assessment", bloc=bloc, year=year, member=member)


@require_POST
def record(request: HttpRequest, bloc: str, year: int, member: int, criterion: int) -> HttpResponse:
    """Save what was typed for one criterion; the points come back."""
    assessment = fetch_to_fill(request, bloc, year, member)
    draft, recorded = _record_typed(request, assessment, criterion)
    row = recorded.criterion if recorded else fetch_criterion(assessment, criterion)
    if request.htmx and "leave" in request.POST and not draft.errors:  # type: ignore[attr-defined]
        return show_part(request, assessment, row, "fields")
    if request.htmx:  # type: ignore[attr-defined]
        context = {"saved": saved_part(row, recorded, _shown(request)), "draft": draft, "criterion": row}
        return render(request, "scoring/assessment_detail.html#saved", context, status=422 if draft.errors else 200)
    if draft.errors:
        return show_sheet(request, assessment, {row.pk: draft}, status=422)
    return answer(request, f"Đã lưu tiêu chí {row.code}.", address_of(assessment, row))


def _record_typed(request: HttpRequest, assessment: SelfAssessment, criterion: int) -> tuple[Draft, Recorded | None]:
    """Hand what was typed to the act: a wrong field does not keep the others from being saved."""
    typed = _typed(request.POST)
    seen = {field: _seen(request.POST, field) for field in typed}
    try:
        recorded = record_fields(assessment, criterion, typed=typed, seen=seen, by=user_of(request), at=clock.now())
    except Refusal as refusal:
        return Draft(typed, dict.fromkeys(typed or [""], refusal.sentence)), None
    refused = recorded.refusals.items()
    conflicts = [
        conflict_of(recorded.criterion, field, typed[field], refusal, assessment.table.decimals)
        for field, refusal in refused
        if isinstance(refusal, ChangedMeanwhile)
    ]
    return Draft(typed, {field: refusal.sentence for field, refusal in refused}, conflicts=conflicts), recorded


def _typed(posted: Mapping[str, str]) -> dict[str, str]:
    """Return the fields that differ from what the page showed; one that is left to the other's value is not among them."""
    typed = {field: posted[field] for field in (*LABELS, "explanation") if field in posted}
    if "seen_not_applicable" in posted:
        applies = {"not_applicable": "có" if posted.get("not_applicable") else ""}
        stated = {} if applies["not_applicable"] else typed
        typed = applies | stated | {field: said for field, said in typed.items() if field == "explanation"}
    return {
        field: said
        for field, said in typed.items()
        if field != posted.get("leave") and not same_text(said, posted.get(f"seen_{field}", ""))
    }


def _seen(posted: Mapping[str, str], field: str) -> str | None:
    """Return what the page showed; who insists on his own value has now seen the other's ("take" names the field)."""
    return posted.get(f"theirs_{field}") if posted.get("take") == field else posted.get(f"seen_{field}")


def _shown(request: HttpRequest) -> dict[str, str]:
    return {key.removeprefix("seen_"): value for key, value in request.POST.items() if key.startswith("seen_")}  # type: ignore[misc]


@require_GET
def history(request: HttpRequest, bloc: str, year: int, member: int, criterion: int) -> HttpResponse:
    """Who changed what in this criterion, when, and how does an earlier value come back?"""
    assessment = fetch_assessment(request, bloc, year, member)
    row = fetch_criterion(assessment, criterion)
    require(user_of(request), "scoring.fill_assessment", assessment)
    page = history_page(assessment, row, at=clock.now())
    context = {"page": page, "where": where(assessment.year) | {"member": member}, "back": address_of(assessment, row)}
    return render(request, "scoring/criterion_history.html", context)


@require_POST
def restore(request: HttpRequest, bloc: str, year: int, member: int, change: int) -> HttpResponse:
    """Take an earlier value of one field back."""
    assessment = fetch_assessment(request, bloc, year, member)
    found: FieldChange = fetch(assessment.changes.select_related("criterion"), pk=change)
    require(user_of(request), "scoring.fill_assessment", assessment)
    restore_figure(assessment, found, by=user_of(request), at=clock.now())
    return answer(
        request, f"Đã lấy lại giá trị cũ của tiêu chí {found.criterion.code}.", address_of(assessment, found.criterion)
    )
