"""What proves a claim, on the sheet: added, used again, handed out, taken out."""

from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_GET, require_POST

from blocs import clock
from blocs.errors import Refusal
from blocs.files import file_answer
from blocs.pages import answer, fetch, user_of
from blocs.rules import require
from scoring.actions.evidence import attach_evidence, remove_evidence, reuse_evidence
from scoring.forms import EvidenceForm
from scoring.models import Criterion, Evidence, SelfAssessment
from scoring.queries.evidence import same_elsewhere
from scoring.screens.drafts import Draft
from scoring.views.dossiers import fetch_assessment, fetch_criterion
from scoring.views.sheets import address_of, show_part, show_sheet


@require_POST
def attach(request: HttpRequest, bloc: str, year: int, member: int, criterion: int) -> HttpResponse:
    """Add the documents that prove the claim: files, or one link."""
    assessment = fetch_assessment(request, bloc, year, member)
    row = fetch_criterion(assessment, criterion)
    require(user_of(request), "scoring.fill_assessment", assessment)
    form = EvidenceForm(request.POST, request.FILES)
    added: list[Evidence] = []
    if form.is_valid():
        uploads: list[UploadedFile | None] = [*request.FILES.getlist("file")]
        for upload in uploads or [None]:
            named = form.cleaned_data if len(uploads) < 2 else form.cleaned_data | {"name": ""}  # noqa: PLR2004 - each after itself
            try:
                added.append(_attach(request, assessment, row, named, upload))
            except Refusal as refusal:
                form.add_error(None, refusal.sentence)
    return _answer(request, assessment, row, form, added)


def _attach(
    request: HttpRequest, assessment: SelfAssessment, row: Criterion, named: dict[str, str], upload: UploadedFile | None
) -> Evidence:
    facts = {key: named[key] for key in ("name", "number", "dated_on", "link")}
    return attach_evidence(assessment, row, **facts, upload=upload, by=user_of(request), at=clock.now())  # type: ignore[arg-type]


def _answer(
    request: HttpRequest, assessment: SelfAssessment, row: Criterion, form: EvidenceForm, added: list[Evidence]
) -> HttpResponse:
    warning = same_elsewhere(added)
    draft = Draft(evidence=form, warning=warning) if form.errors or warning else None
    if request.htmx:  # type: ignore[attr-defined]
        return show_part(request, assessment, row, "proof", draft)
    if form.errors:
        return show_sheet(request, assessment, {row.pk: Draft(evidence=form)}, status=422)
    return answer(
        request, f"Đã thêm tài liệu minh chứng cho tiêu chí {row.code}. {warning}".strip(), address_of(assessment, row)
    )


@require_POST
def reuse(request: HttpRequest, bloc: str, year: int, member: int, criterion: int) -> HttpResponse:
    """Let a document of another criterion prove this one too."""
    assessment = fetch_assessment(request, bloc, year, member)
    row = fetch_criterion(assessment, criterion)
    require(user_of(request), "scoring.fill_assessment", assessment)
    wanted = request.POST.get("evidence", "")
    pieces = assessment.evidence.in_use().select_related("file")
    found: Evidence = fetch(pieces, pk=int(wanted) if wanted.isdigit() else 0)
    reuse_evidence(found, row, by=user_of(request), at=clock.now())
    if request.htmx:  # type: ignore[attr-defined]
        return show_part(request, assessment, row, "proof")
    return answer(request, f"Đã dùng tài liệu này cho tiêu chí {row.code}.", address_of(assessment, row))


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
    if request.htmx:  # type: ignore[attr-defined]
        return show_part(request, assessment, found.criterion, "proof")
    return answer(request, f"Đã bỏ tài liệu “{found.name}”.", address_of(assessment, found.criterion))
