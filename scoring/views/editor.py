"""Writing the draft of a criteria table in the browser; where the draft comes from; templates."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from blocs import clock
from blocs.models import BlocYear
from blocs.pages import answer, fetch, fetch_year, user_of
from blocs.rules import require
from blocs.sheets import write_csv
from scoring.actions.tables import draft_table, edit_table
from scoring.actions.templates import draft_from, keep_template, retire_template
from scoring.models import CriteriaTable, TableTemplate
from scoring.plans import TablePlan
from scoring.queries.drafts import sources_for
from scoring.screens.editor import editor_page, posted_table, typed_table
from scoring.screens.tables import table_rows
from scoring.sheets.criteria import COLUMNS, sample_plan
from scoring.views.dossiers import where
from scoring.views.downloads import as_download

_DRAFTS = (CriteriaTable.State.DRAFT, CriteriaTable.State.COMMENT)
_BLANK = 3


@require_http_methods(["GET", "POST"])
def edit(request: HttpRequest, bloc: str, year: int) -> HttpResponse:
    """Write the rows of the draft; sums and faults come back as one types."""
    bloc_year = fetch_year(request, bloc, year)
    require(user_of(request), "scoring.keep_table", bloc_year)
    table: CriteriaTable = fetch(bloc_year.criteria_tables.all(), state__in=_DRAFTS)
    rows, properties = posted_table(request.POST) if request.method == "POST" else typed_table(table)
    page = editor_page(rows, properties, blank=_BLANK)
    if request.htmx:  # type: ignore[attr-defined]
        return render(request, "scoring/table_sums.html", {"page": page, "oob": True})
    if request.method == "POST" and "add" not in request.POST and page.is_clean:
        edit_table(table, page.file.plan, by=user_of(request), at=clock.now())
        return answer(request, "Đã lưu dự thảo bảng tiêu chí.", "scoring:table", bloc=bloc, year=year)
    refused = request.method == "POST" and "add" not in request.POST
    context = {"page": page, "table": table, "refused": refused, "where": where(bloc_year)}
    return render(request, "scoring/table_edit.html", context, status=422 if refused else 200)


@require_POST
def begin(request: HttpRequest, bloc: str, year: int) -> HttpResponse:
    """Begin the draft of the year: from last year's table, from a template, from the sample, or empty."""
    bloc_year = fetch_year(request, bloc, year)
    require(user_of(request), "scoring.keep_table", bloc_year)
    wanted = request.POST.get("source", "")
    if wanted in {"", "sample"}:
        plan = sample_plan() if wanted else TablePlan(())
        draft_table(bloc_year, plan, by=user_of(request), at=clock.now())
    else:
        source = fetch(CriteriaTable.objects.all(), pk=_offered(bloc_year, wanted))
        draft_from(bloc_year, source, by=user_of(request), at=clock.now())
    return answer(request, "Đã lập dự thảo bảng tiêu chí.", "scoring:table_edit", bloc=bloc, year=year)


def _offered(year: BlocYear, wanted: str) -> int:
    return next((source.pk for source in sources_for(year) if str(source.pk) == wanted), 0)


@require_POST
def keep(request: HttpRequest, bloc: str, year: int) -> HttpResponse:
    """Keep the adopted table of the year as a template for blocs of one kind."""
    bloc_year = fetch_year(request, bloc, year)
    require(user_of(request), "blocs.oversee", bloc_year)
    table: CriteriaTable = fetch(bloc_year.criteria_tables.all(), state=CriteriaTable.State.ADOPTED)
    name, kind = request.POST.get("name", ""), request.POST.get("bloc_kind", "")
    keep_template(table, name=name, bloc_kind=kind, by=user_of(request), at=clock.now())
    return answer(request, "Đã lưu bảng tiêu chí làm mẫu.", "scoring:table", bloc=bloc, year=year)


@require_POST
def retire(request: HttpRequest, bloc: str, year: int, template: int) -> HttpResponse:
    """Take a template out of use."""
    bloc_year = fetch_year(request, bloc, year)
    require(user_of(request), "blocs.oversee", bloc_year)
    found: TableTemplate = fetch(TableTemplate.objects.filter(authority=bloc_year.bloc.authority), pk=template)
    retire_template(found, by=user_of(request), at=clock.now())
    return answer(request, f"Đã thôi dùng mẫu “{found.name}”.", "scoring:table", bloc=bloc, year=year)


@require_GET
def export_csv(request: HttpRequest, bloc: str, year: int) -> HttpResponse:
    """Hand out the rows of the table as csv that can be loaded again."""
    bloc_year = fetch_year(request, bloc, year)
    table: CriteriaTable = fetch(
        bloc_year.criteria_tables.exclude(state=CriteriaTable.State.SUPERSEDED).order_by("-version")
    )
    return as_download(
        write_csv([column.label for column in COLUMNS], table_rows(table)), f"bang-tieu-chi-{bloc}-{year}.csv"
    )
