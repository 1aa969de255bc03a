"""Loading lists of units and of members: template, preview, all or nothing."""

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from blocs import clock
from blocs.actions.rosters import import_members, import_units
from blocs.files import XLSX
from blocs.loading import Loading, load_page
from blocs.models import Unit
from blocs.pages import fetch_year, user_of
from blocs.rosters.members import COLUMNS as MEMBER_COLUMNS
from blocs.rosters.members import member_template, read_members
from blocs.rosters.units import COLUMNS as UNIT_COLUMNS
from blocs.rosters.units import read_units, unit_template
from blocs.rules import require


@require_http_methods(["GET", "POST"])
def unit_import(request: HttpRequest) -> HttpResponse:
    """Load units from a file."""
    user = user_of(request)
    require(user, "blocs.keep_units")
    visible = Unit.objects.visible_to(user, clock.today())
    closed = set(Unit.objects.exclude(pk__in=visible.values("pk")).values_list("pk", flat=True))
    loading = Loading(
        heading="Nhập đơn vị từ tệp",
        lead="Đơn vị mới được thêm; cùng mã và ngày sau là đổi tên; cùng mã và cùng ngày là cập nhật.",
        back_url=reverse("blocs:units"),
        back_label="Đơn vị",
        template_url=reverse("blocs:unit_template"),
        columns=UNIT_COLUMNS,
        read=lambda files: read_units(*files["file"], closed_to=closed),
        save=lambda roster: import_units(roster, by=user),
        done="Đã ghi danh sách đơn vị.",
    )
    return load_page(request, loading)


@require_GET
def unit_template_file(request: HttpRequest) -> HttpResponse:
    """Hand out an empty list of units."""
    require(user_of(request), "blocs.keep_units")
    return _xlsx(unit_template(), "mau-don-vi.xlsx")


@require_http_methods(["GET", "POST"])
def members_import(request: HttpRequest, bloc: str, year: int) -> HttpResponse:
    """Load the members of a year from a file."""
    found, user = fetch_year(request, bloc, year), user_of(request)
    require(user, "blocs.oversee", found)
    loading = Loading(
        heading=f"Nhập đơn vị thành viên năm {found.year} từ tệp",
        lead="Thứ tự trong tệp là thứ tự của đơn vị trong khối. Đơn vị không có trong tệp được rút khỏi danh sách.",
        back_url=reverse("blocs:year_members", args=[bloc, year]),
        back_label=f"Đơn vị thành viên năm {found.year}",
        template_url=reverse("blocs:member_template", args=[bloc, year]),
        columns=MEMBER_COLUMNS,
        read=lambda files: read_members(*files["file"]),
        save=lambda roster: import_members(found.bloc, year=found.year, roster=roster, by=user, on=clock.today()),
        done="Đã ghi danh sách đơn vị thành viên.",
    )
    return load_page(request, loading)


@require_GET
def member_template_file(request: HttpRequest, bloc: str, year: int) -> HttpResponse:
    """Hand out an empty list of members."""
    require(user_of(request), "blocs.oversee", fetch_year(request, bloc, year))
    return _xlsx(member_template(), "mau-don-vi-thanh-vien.xlsx")


def _xlsx(content: bytes, name: str) -> HttpResponse:
    return HttpResponse(content, content_type=XLSX, headers={"Content-Disposition": f'attachment; filename="{name}"'})
