"""The editor of the summary report: prose is free, figures are locked, the paper is printed by documents."""

from dataclasses import replace
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET, require_POST

from blocs import clock
from blocs.models import BlocYear, User
from blocs.pages import answer, fetch_year, user_of
from blocs.rules import require
from conferences.actions.reports import draft_report, issue_report, write_section
from conferences.gathering import checks_of, editor_parts, gather_report
from conferences.queries.meetings import conference_of, runs
from conferences.queries.reports import report_papers
from conferences.views.meetings import RUN
from documents.models import Document

FIELD, SEEN = "muc-", "seen-"
FINAL = "chinh-thuc"


@require_GET
def report(request: HttpRequest, bloc: str, year: int) -> HttpResponse:
    """Show the editor to those who write the report, and the printed papers to everybody else."""
    bloc_year = fetch_year(request, bloc, year)
    user = user_of(request)
    context: dict[str, Any] = {"year": bloc_year, "papers": _papers(bloc_year, user)}
    if not runs(user, bloc_year) or bloc_year.is_past:
        return render(request, "conferences/report_papers.html", context)
    conference = conference_of(bloc_year)
    is_over = conference is not None and conference.is_over
    final = request.GET.get("ban", FINAL if is_over else "") == FINAL
    gathered = gather_report(bloc_year, final=final)
    parts = editor_parts(bloc_year, gathered)
    context |= {
        "paper": replace(gathered, annexes=()),
        "annexes": gathered.annexes,
        "parts": parts,
        "checks": checks_of(bloc_year, gathered, parts),
        "final": final,
        "is_over": is_over,
    }
    return render(request, "conferences/report_form.html", context)


def _papers(year: BlocYear, user: User) -> list[tuple[str, Document]]:
    """The papers that the user may read, under what they are."""
    visible = set(Document.objects.visible_to(user, clock.today()).filter(year=year).values_list("pk", flat=True))
    named = zip(("Dự thảo (trình hội nghị)", "Bản chính thức"), report_papers(year), strict=True)
    return [(name, paper) for name, paper in named if paper is not None and paper.pk in visible]


@require_POST
def section(request: HttpRequest, bloc: str, year: int) -> HttpResponse:
    """Keep the sections that were sent and differ from what is kept."""
    bloc_year = fetch_year(request, bloc, year)
    require(user_of(request), RUN, bloc_year)
    kept = {
        row.name: row for part in editor_parts(bloc_year, gather_report(bloc_year, final=False)) for row in part.rows
    }
    for name, row in kept.items():
        text = request.POST.get(name)
        if text is not None and text.replace("\r\n", "\n").strip() != row.text.strip():
            seen = request.POST.get(name.replace(FIELD, SEEN, 1))
            write_section(bloc_year, key=row.section.key, text=text, by=user_of(request), at=clock.now(), seen=seen)
    if getattr(request, "htmx", False):
        return HttpResponse(status=204)
    return answer(request, "Đã lưu nội dung báo cáo.", "conferences:report", bloc=bloc, year=year)


@require_POST
def draft(request: HttpRequest, bloc: str, year: int) -> HttpResponse:
    """Print the draft for the conference."""
    bloc_year = fetch_year(request, bloc, year)
    require(user_of(request), RUN, bloc_year)
    document = draft_report(bloc_year, by=user_of(request), at=clock.now())
    return answer(request, "Đã lập dự thảo báo cáo.", "documents:detail", bloc=bloc, year=year, pk=document.pk)


@require_POST
def issue(request: HttpRequest, bloc: str, year: int) -> HttpResponse:
    """Draw up the final paper."""
    bloc_year = fetch_year(request, bloc, year)
    require(user_of(request), RUN, bloc_year)
    document = issue_report(bloc_year, by=user_of(request), at=clock.now())
    return answer(
        request, "Đã lập bản chính thức của báo cáo.", "documents:detail", bloc=bloc, year=year, pk=document.pk
    )
