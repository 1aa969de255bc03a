"""Written authorisations of a unit: recording them, ending them, reading their papers."""

from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from blocs import clock
from blocs.actions import authorisations as acts
from blocs.errors import Refusal
from blocs.files import file_answer
from blocs.forms.people import AuthorisationForm
from blocs.models import Authorisation, Unit
from blocs.pages import NOT_FOUND, answer, fetch, user_of
from blocs.rules import require
from blocs.views.people import fetch_unit


@require_http_methods(["GET", "POST"])
def authorisation_new(request: HttpRequest, code: str) -> HttpResponse:
    """Record a written authorisation."""
    unit = fetch_unit(request, code)
    require(user_of(request), "blocs.keep_people", unit)
    form = AuthorisationForm(request.POST or None, request.FILES or None, unit=unit)
    if request.method == "POST" and form.is_valid():
        try:
            acts.record_authorisation(unit, **form.cleaned_data, by=user_of(request), at=clock.now())
            return answer(request, "Đã ghi giấy ủy quyền.", "blocs:people", unit.code)
        except Refusal as refusal:
            form.add_error(None, refusal.sentence)
    context = {"unit": unit, "form": form}
    return render(request, "blocs/authorisation_form.html", context, status=422 if form.errors else 200)


@require_POST
def authorisation_end(request: HttpRequest, authorisation: int) -> HttpResponse:
    """End an authorisation early."""
    found = _fetch(request, authorisation)
    require(user_of(request), "blocs.keep_people", found.unit)
    acts.end_authorisation(found, by=user_of(request), on=clock.today())
    return answer(request, f"Đã kết thúc ủy quyền cho {found.holder.full_name}.", "blocs:people", found.unit.code)


@require_GET
def authorisation_paper(request: HttpRequest, authorisation: int) -> HttpResponseBase:
    """Hand out the scan of an authorisation."""
    found = _fetch(request, authorisation)
    if found.paper is None:
        raise Http404(NOT_FOUND)
    return file_answer(found.paper)


def _fetch(request: HttpRequest, authorisation: int) -> Authorisation:
    units = Unit.objects.visible_to(user_of(request), clock.today())
    rows = Authorisation.objects.select_related("unit", "holder", "paper").filter(unit__in=units.values("pk"))
    found: Authorisation = fetch(rows, pk=authorisation)
    return found
