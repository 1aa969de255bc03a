"""The criteria table of a year: shown, loaded, commented on, adopted, taken as a file; results loaded from files."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from blocs import clock
from blocs.errors import Refusal
from blocs.loading import Loading, load_page
from blocs.pages import answer, fetch, fetch_year, user_of
from blocs.rules import require
from blocs.standing import standing_of
from scoring.actions.importing import import_assessments
from scoring.actions.tables import adopt_table, comment_on_table, draft_table, open_comment
from scoring.forms import CommentForm, CommentUntilForm
from scoring.models import CriteriaTable, SelfAssessment
from scoring.queries.tables import current_table
from scoring.screens.tables import table_page, table_sheets
from scoring.sheets.assessments import COLUMNS as RESULT_COLUMNS
from scoring.sheets.assessments import results_template
from scoring.sheets.checking import read_results
from scoring.sheets.criteria import COLUMNS, criteria_template, read_criteria
from scoring.views.dossiers import where
from scoring.views.downloads import as_download


@require_GET
def detail(request: HttpRequest, bloc: str, year: int) -> HttpResponse:
    """By which criteria is the year scored, and what did members say about the draft?"""
    bloc_year = fetch_year(request, bloc, year)
    table = current_table(bloc_year)
    user = user_of(request)
    context = {
        "page": table_page(bloc_year, table, user),
        "comment_form": CommentForm(),
        "until_form": CommentUntilForm(),
        "where": where(bloc_year),
    }
    return render(request, "scoring/table_detail.html", context)


@require_http_methods(["GET", "POST"])
def load(request: HttpRequest, bloc: str, year: int) -> HttpResponse:
    """Load a criteria table from a file as the draft of the year."""
    bloc_year = fetch_year(request, bloc, year)
    require(user_of(request), "scoring.keep_table", bloc_year)
    loading = Loading(
        heading="Nhập bảng tiêu chí từ tệp",
        lead="Tệp gồm các nhóm và tiêu chí; bảng nhập vào là dự thảo, áp dụng sau khi các đơn vị góp ý.",
        back_url=reverse("scoring:table", kwargs=where(bloc_year)),
        back_label="Bảng tiêu chí",
        template_url=reverse("scoring:table_template", kwargs=where(bloc_year)),
        columns=COLUMNS,
        read=lambda files: read_criteria(
            *files["file"],
            settings=files["settings"][0] if "settings" in files else None,
            settings_name=files["settings"][1] if "settings" in files else "",
        ),
        save=lambda loaded: draft_table(bloc_year, loaded.plan, by=user_of(request), at=clock.now()),
        done="Đã ghi bảng tiêu chí ở trạng thái dự thảo.",
        two_files=True,
    )
    return load_page(request, loading)


@require_GET
def template_file(request: HttpRequest, bloc: str, year: int) -> HttpResponse:
    """Hand out the empty file to fill in."""
    bloc_year = fetch_year(request, bloc, year)
    return as_download(criteria_template(), f"mau-bang-tieu-chi-{bloc_year.year}.xlsx")


@require_GET
def results_file(request: HttpRequest, bloc: str, year: int) -> HttpResponse:
    """Hand out the empty file of members' results."""
    bloc_year = fetch_year(request, bloc, year)
    require(user_of(request), "blocs.oversee", bloc_year)
    return as_download(results_template(), f"mau-ket-qua-{bloc_year.year}.xlsx")


@require_GET
def export(request: HttpRequest, bloc: str, year: int) -> HttpResponse:
    """Hand out the table of the year as a file that can be loaded again."""
    bloc_year = fetch_year(request, bloc, year)
    table = current_table(bloc_year) or fetch(CriteriaTable.objects.none())
    return as_download(table_sheets(table), f"bang-tieu-chi-{bloc}-{year}.xlsx")


@require_POST
def ask_comments(request: HttpRequest, bloc: str, year: int) -> HttpResponse:
    """Put the draft out for the members' comments."""
    bloc_year = fetch_year(request, bloc, year)
    table: CriteriaTable = fetch(bloc_year.criteria_tables.all(), state=CriteriaTable.State.DRAFT)
    require(user_of(request), "scoring.keep_table", bloc_year)
    form = CommentUntilForm(request.POST)
    if not form.is_valid():
        raise Refusal(
            "Chưa gửi lấy ý kiến: cần ghi thời hạn theo dạng dd/mm/yyyy giờ:phút. Bảng tiêu chí vẫn là dự thảo."
        )
    open_comment(table, until=form.cleaned_data["until"], by=user_of(request), at=clock.now())
    return answer(request, "Đã gửi dự thảo bảng tiêu chí lấy ý kiến các đơn vị.", "scoring:table", bloc=bloc, year=year)


@require_POST
def comment(request: HttpRequest, bloc: str, year: int) -> HttpResponse:
    """Say what the unit thinks of the draft."""
    bloc_year = fetch_year(request, bloc, year)
    table: CriteriaTable = fetch(bloc_year.criteria_tables.all(), state=CriteriaTable.State.COMMENT)
    require(user_of(request), "scoring.comment_table", bloc_year)
    form = CommentForm(request.POST)
    if not form.is_valid():
        raise Refusal("Chưa gửi được góp ý vì ô ý kiến còn trống.")
    units = set(standing_of(user_of(request)).units) | standing_of(user_of(request)).authorised
    member = fetch(bloc_year.memberships.filter(unit__in=units))
    wanted = request.POST.get("criterion", "")
    about = table.criteria.filter(pk=int(wanted)).first() if wanted.isdigit() else None
    text = form.cleaned_data["text"]
    comment_on_table(table, member, text=text, criterion=about, by=user_of(request), at=clock.now())
    return answer(request, "Đã gửi góp ý của đơn vị.", "scoring:table", bloc=bloc, year=year)


@require_POST
def adopt(request: HttpRequest, bloc: str, year: int) -> HttpResponse:
    """Adopt the table: from now on it is frozen."""
    bloc_year = fetch_year(request, bloc, year)
    drafts = [CriteriaTable.State.DRAFT, CriteriaTable.State.COMMENT]
    table: CriteriaTable = fetch(bloc_year.criteria_tables.all(), state__in=drafts)
    require(user_of(request), "scoring.keep_table", bloc_year)
    adopt_table(table, by=user_of(request), at=clock.now())
    return answer(request, "Bảng tiêu chí đã được áp dụng cho năm.", "scoring:table", bloc=bloc, year=year)


@require_http_methods(["GET", "POST"])
def load_results(request: HttpRequest, bloc: str, year: int) -> HttpResponse:
    """Load the members' self-assessments from a file, as submitted."""
    bloc_year = fetch_year(request, bloc, year)
    require(user_of(request), "blocs.oversee", bloc_year)
    loading = Loading(
        heading="Nhập kết quả của các đơn vị từ tệp",
        lead="Dùng để ghi lại các năm trước, hoặc khi đơn vị tự chấm ngoài hệ thống. Mỗi đơn vị, mỗi tiêu chí một dòng.",
        back_url=reverse("scoring:board", kwargs=where(bloc_year)),
        back_label="Chấm điểm",
        template_url=reverse("scoring:results_template", kwargs=where(bloc_year)),
        columns=RESULT_COLUMNS,
        read=lambda files: read_results(*files["file"], bloc_year),
        save=lambda loaded: import_assessments(
            bloc_year,
            loaded.members,
            state=SelfAssessment.State.SUBMITTED,
            typed=request.POST.get("typed", ""),
            by=user_of(request),
            at=clock.now(),
        ),
        template="scoring/results_form.html",
        done="Đã ghi kết quả từ tệp; các bảng ở trạng thái đã gửi, kèm dấu “Nhập từ tệp”.",
    )
    return load_page(request, loading)
