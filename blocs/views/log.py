"""The log of a year, for its leader and the authority."""

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from blocs.pages import fetch_year, user_of
from blocs.queries.log import log_of, log_rows
from blocs.rules import require

_A_PAGE = 50


@require_GET
def year_log(request: HttpRequest, bloc: str, year: int) -> HttpResponse:
    """Show who did what when in a year, the latest first, of one unit when it is chosen."""
    found = fetch_year(request, bloc, year)
    require(user_of(request), "blocs.lead_or_oversee", found)
    units = dict(found.memberships.order_by("position").values_list("unit_id", "short_name"))
    chosen = request.GET.get("don-vi", "")
    unit = int(chosen) if chosen.isdecimal() and int(chosen) in units else None
    page = Paginator(log_of(found, unit=unit), _A_PAGE).get_page(request.GET.get("trang"))
    context = {"year": found, "page": page, "rows": log_rows(page.object_list, units), "units": units, "chosen": unit}
    return render(request, "blocs/log_board.html", context)
