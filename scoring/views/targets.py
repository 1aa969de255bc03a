"""Targets of the members: what each is to reach on each criterion, and their approval by the leader."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from blocs import clock, text
from blocs.errors import Refusal
from blocs.loading import Loading, load_page
from blocs.pages import answer, fetch_year, user_of
from blocs.rules import may, require
from scoring.actions.importing import import_targets
from scoring.actions.targets import approve_targets, set_target
from scoring.models import Target
from scoring.screens.targets import target_fields, target_rows, targets_workbook
from scoring.sheets.targets import COLUMNS, read_targets
from scoring.views.dossiers import fetch_member, where
from scoring.views.downloads import as_download


@require_GET
def board(request: HttpRequest, bloc: str, year: int) -> HttpResponse:
    """Whose targets are set and approved?"""
    bloc_year = fetch_year(request, bloc, year)
    user = user_of(request)
    context = {
        "rows": target_rows(bloc_year, user),
        "may_keep": may(user, "scoring.keep_table", bloc_year) and not bloc_year.is_past,
        "proposed": Target.objects.filter(membership__year=bloc_year, state=Target.State.PROPOSED).count(),
        "demo": bloc_year.is_demonstration,
        "where": where(bloc_year),
    }
    return render(request, "scoring/target_board.html", context)


@require_http_methods(["GET", "POST"])
def edit(request: HttpRequest, bloc: str, year: int, member: int) -> HttpResponse:
    """State the targets of one member: its own people or the leader."""
    membership = fetch_member(request, bloc, year, member)
    if not may(user_of(request), "scoring.keep_table", membership.year):
        require(user_of(request), "scoring.fill_assessment", membership)
    fields = target_fields(membership, request.POST)
    if request.method == "POST":
        errors = 0
        for field in fields:
            if field.typed == field.value and field.source_typed == field.source:
                continue
            try:
                set_target(
                    membership,
                    field.criterion,
                    value=field.typed,
                    source=field.source_typed,
                    by=user_of(request),
                    at=clock.now(),
                )
            except Refusal as refusal:
                field.error, errors = refusal.sentence, errors + 1
        if not errors:
            return answer(request, "Đã lưu kế hoạch của đơn vị.", "scoring:targets", bloc=bloc, year=year)
    context = {"membership": membership, "fields": fields, "where": where(membership.year)}
    return render(request, "scoring/target_form.html", context, status=422 if request.method == "POST" else 200)


@require_POST
def approve(request: HttpRequest, bloc: str, year: int) -> HttpResponse:
    """Approve every proposed target of the year."""
    bloc_year = fetch_year(request, bloc, year)
    require(user_of(request), "scoring.keep_table", bloc_year)
    done = approve_targets(bloc_year, by=user_of(request), at=clock.now())
    return answer(request, f"Đã duyệt {text.count(done)} kế hoạch.", "scoring:targets", bloc=bloc, year=year)


@require_GET
def template_file(request: HttpRequest, bloc: str, year: int) -> HttpResponse:
    """Hand out the file of targets, a row a member and criterion, with what is stated so far."""
    bloc_year = fetch_year(request, bloc, year)
    require(user_of(request), "scoring.keep_table", bloc_year)
    return as_download(targets_workbook(bloc_year), f"ke-hoach-{bloc}-{year}.xlsx")


@require_http_methods(["GET", "POST"])
def load(request: HttpRequest, bloc: str, year: int) -> HttpResponse:
    """Load targets from a file: a preview first, then all or nothing."""
    bloc_year = fetch_year(request, bloc, year)
    require(user_of(request), "scoring.keep_table", bloc_year)
    loading = Loading(
        heading="Nhập kế hoạch từ tệp",
        lead="Mỗi đơn vị, mỗi tiêu chí một dòng. Kế hoạch nhập từ tệp được coi là đã duyệt.",
        back_url=reverse("scoring:targets", kwargs=where(bloc_year)),
        back_label="Kế hoạch của từng đơn vị",
        template_url=reverse("scoring:targets_template", kwargs=where(bloc_year)),
        columns=COLUMNS,
        read=lambda files: read_targets(*files["file"], bloc_year),
        save=lambda loaded: import_targets(bloc_year, loaded.targets, by=user_of(request), at=clock.now()),
        done="Đã nhập kế hoạch.",
    )
    return load_page(request, loading)
