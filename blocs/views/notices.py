"""One's notices."""

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_GET, require_POST

from blocs import clock, text
from blocs.actions.notices import read_all_notices, read_notice
from blocs.models import Notice
from blocs.pages import answer, fetch, user_of

_A_PAGE = 30


@require_GET
def notices(request: HttpRequest) -> HttpResponse:
    """Show what the person was told, the latest first."""
    rows = Notice.objects.filter(user=user_of(request)).select_related("year__bloc")
    page = Paginator(rows, _A_PAGE).get_page(request.GET.get("trang"))
    shown = [(notice, text.moment(notice.created_at)) for notice in page.object_list]
    unread = rows.filter(read_at=None).count()
    return render(
        request,
        "blocs/notice_board.html",
        {"page": page, "notices": shown, "unread": text.count(unread), "any_unread": unread},
    )


@require_POST
def notice_read(request: HttpRequest, notice: int) -> HttpResponse:
    """Mark a notice as read and go to its page."""
    found = fetch(Notice.objects.filter(user=user_of(request)), pk=notice)
    read_notice(found, at=clock.now())
    inside = found.url.startswith("/") and url_has_allowed_host_and_scheme(found.url, None)
    return answer(request, "", found.url if inside else "blocs:notices")


@require_POST
def notices_read(request: HttpRequest) -> HttpResponse:
    """Mark everything as read."""
    read_all_notices(user_of(request), at=clock.now())
    return answer(request, "Đã đánh dấu xem tất cả thông báo.", "blocs:notices")
