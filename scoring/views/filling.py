"""Filling in the self-assessment: one criterion after another, saved field by field."""

from collections.abc import Mapping

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from blocs import clock
from blocs.errors import Refusal
from blocs.files import file_answer
from blocs.pages import answer, fetch, user_of
from blocs.rules import may, require
from scoring.actions.filling import Recorded, attach_evidence, record_figure, remove_evidence, start_assessment
from scoring.forms import EvidenceForm
from scoring.inputs import field_names
from scoring.models import Criterion, Evidence, SelfAssessment
from scoring.queries import filling_sheet
from scoring.screens.sheet import Draft, foot_words, sheet_page
from scoring.views.dossiers import fetch_assessment, fetch_criterion, fetch_member, fetch_own_member, where


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
    return _sheet(request, assessment, {})


@require_POST
def start(request: HttpRequest, bloc: str, year: int, member: int) -> HttpResponse:
    """Begin the self-assessment."""
    membership = fetch_own_member(request, bloc, year, member)
    start_assessment(membership, by=user_of(request), at=clock.now())
    return answer(request, "", "scoring:assessment", bloc=bloc, year=year, member=member)


@require_POST
def record(request: HttpRequest, bloc: str, year: int, member: int, criterion: int) -> HttpResponse:
    """Save what was typed for one criterion; the points come back."""
    assessment = fetch_assessment(request, bloc, year, member)
    row = fetch_criterion(assessment, criterion)
    require(user_of(request), "scoring.fill_assessment", assessment)
    draft, recorded = _record_typed(request, assessment, row)
    if request.htmx:  # type: ignore[attr-defined]
        context = {
            "saved": recorded,
            "draft": draft,
            "criterion": row,
            "foot": foot_words(recorded.missing) if recorded else "",
        }
        return render(request, "scoring/assessment_detail.html#saved", context, status=422 if draft.errors else 200)
    if draft.errors:
        return _sheet(request, assessment, {row.pk: draft}, status=422)
    return answer(request, f"Đã lưu tiêu chí {row.code}.", _at(assessment, row))


def _record_typed(request: HttpRequest, assessment: SelfAssessment, row: Criterion) -> tuple[Draft, Recorded | None]:
    """Hand every typed field to the act, one by one: a wrong one does not keep the others from being saved."""
    typed = _typed(request.POST, row)
    errors: dict[str, str] = {}
    recorded = None
    for field, value in typed.items():
        seen = request.POST.get(f"seen_{field}")
        try:
            recorded = record_figure(
                assessment, row, field=field, typed=value, seen=seen, by=user_of(request), at=clock.now()
            )
        except Refusal as refusal:
            errors[field] = refusal.sentence
    return Draft(typed, errors), recorded


def _typed(posted: Mapping[str, str], row: Criterion) -> dict[str, str]:
    typed = {field: posted[field] for field in (*field_names(row), "explanation") if field in posted}
    if row.kind == "base" and "seen_not_applicable" in posted:
        applies = {"not_applicable": "có" if posted.get("not_applicable") else ""}
        typed = applies if applies["not_applicable"] else applies | typed
    return {field: value for field, value in typed.items() if value.strip() != posted.get(f"seen_{field}", "").strip()}


@require_POST
def attach(request: HttpRequest, bloc: str, year: int, member: int, criterion: int) -> HttpResponse:
    """Add a document that proves the claim."""
    assessment = fetch_assessment(request, bloc, year, member)
    row = fetch_criterion(assessment, criterion)
    require(user_of(request), "scoring.fill_assessment", assessment)
    form = EvidenceForm(request.POST, request.FILES)
    if form.is_valid():
        try:
            attach_evidence(
                assessment,
                row,
                name=form.cleaned_data["name"],
                number=form.cleaned_data["number"],
                dated_on=form.cleaned_data["dated_on"],
                upload=form.cleaned_data["file"],
                link=form.cleaned_data["link"],
                by=user_of(request),
                at=clock.now(),
            )
            return answer(request, f"Đã thêm tài liệu minh chứng cho tiêu chí {row.code}.", _at(assessment, row))
        except Refusal as refusal:
            form.add_error(None, refusal.sentence)
    return _sheet(request, assessment, {row.pk: Draft(evidence=form)}, status=422)


@require_GET
def evidence_file(request: HttpRequest, bloc: str, year: int, member: int, evidence: int) -> HttpResponse:
    """Hand out the file of a piece of evidence to who may read the assessment."""
    assessment = fetch_assessment(request, bloc, year, member)
    found: Evidence = fetch(assessment.evidence.filter(file__isnull=False).select_related("file"), pk=evidence)
    return file_answer(found.file, inline="xem" in request.GET)  # type: ignore[arg-type,return-value]


@require_POST
def remove(request: HttpRequest, bloc: str, year: int, member: int, evidence: int) -> HttpResponse:
    """Take a piece of evidence out; it stays on record."""
    assessment = fetch_assessment(request, bloc, year, member)
    found: Evidence = fetch(assessment.evidence.in_use().select_related("criterion"), pk=evidence)
    require(user_of(request), "scoring.fill_assessment", assessment)
    remove_evidence(found, by=user_of(request), at=clock.now())
    return answer(request, f"Đã bỏ tài liệu “{found.name}”.", _at(assessment, found.criterion))


def _sheet(
    request: HttpRequest, assessment: SelfAssessment, drafts: dict[int, Draft], status: int = 200
) -> HttpResponse:
    user, now = user_of(request), clock.now()
    sheet = filling_sheet(assessment, at=now)
    page = sheet_page(assessment, sheet, user=user, now=now, drafts=drafts, opened=request.GET.get("mo", ""))
    return render(
        request, "scoring/assessment_detail.html", {"page": page, "where": where(assessment.year)}, status=status
    )


def _at(assessment: SelfAssessment, row: Criterion) -> str:
    """The address of one criterion on the sheet, opened."""
    parts = where(assessment.year) | {"member": assessment.membership_id}
    return f"{reverse('scoring:assessment', kwargs=parts)}?mo={row.code}#tc-{row.pk}"
