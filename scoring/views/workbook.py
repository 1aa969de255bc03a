"""The self-assessment by Excel: taken along, filled in without network, brought back and merged cell by cell."""

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from blocs import clock
from blocs.loading import Loading, load_page
from blocs.pages import user_of
from blocs.rules import require
from scoring.actions.filling import refuse_closed
from scoring.actions.merging import merge_own_file
from scoring.models import SelfAssessment
from scoring.queries.filling import open_criteria
from scoring.sheets.own import COLUMNS, own_workbook, read_own
from scoring.views.dossiers import fetch_assessment, where
from scoring.views.downloads import as_download


@require_GET
def download(request: HttpRequest, bloc: str, year: int, member: int) -> HttpResponse:
    """Hand out the unit's own sheet as it stands, to be filled in offline."""
    assessment = fetch_assessment(request, bloc, year, member)
    require(user_of(request), "scoring.fill_assessment", assessment)
    return as_download(own_workbook(assessment), f"tu-cham-diem-{assessment.membership.unit.code}-{year}.xlsx")


@require_http_methods(["GET", "POST"])
def upload(request: HttpRequest, bloc: str, year: int, member: int) -> HttpResponse:
    """Bring the filled-in file back: compare it cell by cell, choose, merge."""
    assessment = fetch_assessment(request, bloc, year, member)
    require(user_of(request), "scoring.fill_assessment", assessment)
    refuse_closed(assessment, clock.now())
    return load_page(request, _loading(request, assessment))


def _loading(request: HttpRequest, assessment: SelfAssessment) -> Loading:
    parts = where(assessment.year) | {"member": assessment.membership_id}
    return Loading(
        heading="Lấy số liệu từ tệp Excel của đơn vị",
        lead="Tải tệp về, điền khi không có mạng, rồi tải lên: hệ thống so từng ô, chỉ ghi những ô được chọn.",
        back_url=reverse("scoring:assessment", kwargs=parts),
        back_label=f"Bảng tự chấm điểm năm {assessment.year.year}",
        template_url=reverse("scoring:own_workbook", kwargs=parts),
        columns=COLUMNS,
        read=lambda files: read_own(*files["file"], assessment, open_criteria(assessment, clock.now())),
        save=lambda loaded: merge_own_file(
            assessment,
            loaded,
            chosen=request.POST.getlist("cell"),
            basis=request.POST.get("basis", ""),
            by=user_of(request),
            at=clock.now(),
        ),
        done="Đã ghi các ô được chọn từ tệp; giá trị cũ còn trong lịch sử sửa.",
        template="scoring/own_file_form.html",
    )
