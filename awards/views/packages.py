"""The package of a submission, as it was sent: its parts one by one, or all of them in one archive."""

import io
import zipfile

from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.defaultfilters import slugify
from django.views.decorators.http import require_GET

from awards.actions import write_report
from awards.forms.reports import ReportForm
from awards.gathering import gather_achievement
from awards.models import AchievementReport, KeptPaper, Nomination
from awards.queries.achievements import achievements_of
from awards.views.attempts import attempt, status_of
from awards.views.dossiers import fetch_nomination
from awards.views.submissions import fetch_submission
from blocs import clock
from blocs.files import file_answer
from blocs.models import BlocYear
from blocs.pages import NOT_FOUND, answer, fetch, fetch_year, user_of
from blocs.rules import may, require

FILES = {"pdf", "word", "sheet", "file"}
ZIP = "application/zip"


def fetch_part(request: HttpRequest, year: BlocYear, pk: int) -> KeptPaper:
    """Return a part of a package that the user may read; a paper of a dossier only to who reads that dossier."""
    user = user_of(request)
    rows = KeptPaper.objects.of_package(user, clock.today()).filter(submission__year=year)
    part: KeptPaper = fetch(rows.select_related("nomination__membership", "pdf", "word", "sheet", "file"), pk=pk)
    if not may_read(request, year, part):
        raise Http404(NOT_FOUND)
    return part


def may_read(request: HttpRequest, year: BlocYear, part: KeptPaper) -> bool:
    """Whether the user may open a part: the bloc's own papers everybody of the year, a dossier's its readers."""
    user = user_of(request)
    if part.nomination is not None:
        part.nomination.year = year
        return may(user, "awards.read_dossier", part.nomination)
    return part.content is not None or may(user, "blocs.lead_or_oversee", year)


@require_GET
def part(request: HttpRequest, bloc: str, year: int, pk: int, file: str) -> FileResponse:
    """Hand out one part of a package: as PDF, Word, Excel, or the file that was attached."""
    found = fetch_part(request, fetch_year(request, bloc, year), pk)
    stored = getattr(found, file) if file in FILES else None
    if stored is None:
        raise Http404(NOT_FOUND)
    return file_answer(stored, inline=file in {"pdf", "file"})


@require_GET
def package(request: HttpRequest, bloc: str, year: int, pk: int) -> HttpResponse:
    """Hand out every part that the user may read in one archive, in the order of the contents."""
    bloc_year = fetch_year(request, bloc, year)
    submission = fetch_submission(bloc_year, pk)
    rows = submission.parts.select_related("nomination__membership", "pdf", "word", "sheet", "file")
    content = _zipped([row for row in rows if may_read(request, bloc_year, row)])
    name = f"bo-ho-so-{bloc_year.bloc.code}-{bloc_year.year}-{submission.pk}.zip"
    return HttpResponse(content, content_type=ZIP, headers={"Content-Disposition": f'attachment; filename="{name}"'})


def _zipped(parts: list[KeptPaper]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for row in parts:
            for key, _, stored in row.files:
                suffix = stored.name.rpartition(".")[2].lower()
                title = slugify(row.title.replace("đ", "d").replace("Đ", "D"))[:80]
                with stored.file.open("rb") as content:
                    archive.writestr(f"{row.position:02d}-{title or key}.{suffix}", content.read())
    return out.getvalue()


def report(request: HttpRequest, bloc: str, year: int, pk: int) -> HttpResponse:
    """Write the achievement report beside the figures and awards that the records hold; the preview is what is sent."""
    found = fetch_nomination(fetch_year(request, bloc, year), pk)
    user = user_of(request)
    if not may(user, "awards.read_dossier", found):
        require(user, "awards.keep_dossier", found)
    written = AchievementReport.objects.filter(nomination=found).first() or AchievementReport(nomination=found)
    form = ReportForm(request.POST or None, initial=written.prose)
    if request.method == "POST":
        require(user, "awards.keep_dossier", found)
        at = clock.now()
        if attempt(request, form, lambda: write_report(found, prose=form.cleaned_data, by=user, at=at)):
            return answer(request, "Đã lưu báo cáo thành tích.", "awards:report", bloc=bloc, year=year, pk=pk)
    context = {
        "year": found.year,
        "nomination": found,
        "form": form,
        "keeps": _keeps(request, found),
        "paper": gather_achievement(found, achievements_of(found), written.prose),
    }
    return render(request, "awards/report.html", context, status=status_of(form))


def _keeps(request: HttpRequest, found: Nomination) -> bool:
    asked = found.state == Nomination.State.ASKED
    is_open = asked or (found.is_with_bloc and not found.year.is_past)
    return is_open and may(user_of(request), "awards.keep_dossier", found)
