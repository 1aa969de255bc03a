"""Looking up awards, and the statistics over them."""

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from awards.actions import import_past_awards
from awards.queries.register import AT_ONCE, Asked, entries, statistics, total
from awards.queries.register import register as register_of
from awards.sheets import COLUMNS, past_template, read_past_awards
from awards.views.catalogue import own_authority
from blocs import clock, text
from blocs.files import XLSX
from blocs.loading import Loading, load_page
from blocs.pages import user_of
from blocs.rules import may
from blocs.sheets import Sheet, write_xlsx

SHOWN = 50
HEADERS = ("Năm", "Đơn vị", "Khối thi đua", "Danh hiệu, hình thức", "Tên được tặng", "Quyết định", "Cấp quyết định")


def asked_of(request: HttpRequest) -> Asked:
    """Return what the address asks for."""
    given = request.GET
    year = given.get("nam", "")
    return Asked(
        words=given.get("tim", "")[:100],
        year=int(year) if year.isdecimal() else None,
        award=given.get("hinh-thuc", "")[:250],
        bloc=given.get("khoi", "")[:40],
        unit=given.get("don-vi", "")[:40],
    )


@require_GET
def register(request: HttpRequest) -> HttpResponse:
    """Show the awards that the reader may see."""
    user, asked = user_of(request), asked_of(request)
    rows = register_of(user, clock.today(), asked)
    page = Paginator(rows, SHOWN).get_page(request.GET.get("trang"))
    context = {
        "asked": asked,
        "page": page,
        "entries": entries(page.object_list),
        "found": f"{text.count(page.paginator.count)} khen thưởng",
        "query": asked.link(),
        "keeps": may(user, "blocs.keep_units", None),
    }
    return render(request, "desk/register.html", context)


@require_GET
def register_xlsx(request: HttpRequest) -> HttpResponse:
    """Hand out the awards of the question as a table."""
    rows = entries(register_of(user_of(request), clock.today(), asked_of(request))[:AT_ONCE])
    cells = [(row.year, row.unit, row.bloc, row.award, row.name, row.decision, row.issuer) for row in rows]
    content = write_xlsx([Sheet("Khen thưởng", HEADERS, cells)])
    headers = {"Content-Disposition": 'attachment; filename="tra-cuu-khen-thuong.xlsx"'}
    return HttpResponse(content, content_type=XLSX, headers=headers)


@require_GET
def stats(request: HttpRequest) -> HttpResponse:
    """Show the counts by year, award, bloc and unit; every number leads to the rows that it counts."""
    user, asked = user_of(request), asked_of(request)
    context = {
        "asked": asked,
        "query": asked.link(),
        "total": text.count(total(user, clock.today(), asked)),
        "parts": statistics(user, clock.today(), asked),
    }
    return render(request, "desk/statistics.html", context)


@require_http_methods(["GET", "POST"])
def past_import(request: HttpRequest) -> HttpResponse:
    """Load awards of past years from a file."""
    authority, user = own_authority(request), user_of(request)
    loading = Loading(
        heading="Nhập khen thưởng các năm trước từ tệp",
        lead="Mỗi dòng một khen thưởng với quyết định của nó. Khen thưởng quyết định trên hệ thống không nhập lại.",
        back_url=reverse("desk:register"),
        back_label="Tra cứu khen thưởng",
        template_url=reverse("desk:past_template"),
        columns=COLUMNS,
        read=lambda files: read_past_awards(*files["file"], authority),
        save=lambda found: import_past_awards(found, authority=authority, by=user, at=clock.now()),
        done="Đã ghi khen thưởng các năm trước.",
    )
    return load_page(request, loading)


@require_GET
def past_template_file(request: HttpRequest) -> HttpResponse:
    """Hand out an empty table of past awards."""
    own_authority(request)
    headers = {"Content-Disposition": 'attachment; filename="mau-khen-thuong.xlsx"'}
    return HttpResponse(past_template(), content_type=XLSX, headers=headers)
