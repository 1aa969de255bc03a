"""The register of units: finding, recording, renaming, merging."""

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET, require_http_methods

from blocs import clock, text
from blocs.actions import units as acts
from blocs.errors import Refusal
from blocs.forms.units import DetailsForm, RenameForm, SuccessionForm, UnitForm
from blocs.models import Unit
from blocs.pages import answer, user_of
from blocs.queries.units import find_units, history, register
from blocs.rules import may, require
from blocs.views.people import fetch_unit

_A_PAGE = 50


@require_GET
def units(request: HttpRequest) -> HttpResponse:
    """List the units an official keeps; search needs no marks."""
    require(user_of(request), "blocs.keep_units")
    sought = request.GET.get("tim", "")[:100]
    rows = register(user_of(request), sought=sought, on=clock.today())
    page = Paginator(rows, _A_PAGE).get_page(request.GET.get("trang"))
    context = {"page": page, "sought": sought, "total": text.count(len(rows))}
    return render(request, "blocs/unit_board.html", context)


@require_http_methods(["GET", "POST"])
def unit_new(request: HttpRequest) -> HttpResponse:
    """Record a unit."""
    require(user_of(request), "blocs.keep_units")
    form = UnitForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            unit = acts.record_unit(**form.cleaned_data, by=user_of(request))
            return answer(request, f"Đã ghi đơn vị {unit.name}.", "blocs:unit", unit.code)
        except Refusal as refusal:
            form.add_error("code", refusal.sentence)
    return render(request, "blocs/unit_form.html", {"form": form}, status=422 if form.errors else 200)


@require_GET
def unit(request: HttpRequest, code: str) -> HttpResponse:
    """Show a unit: what it was called, whom it succeeded, in which years it took part."""
    found = fetch_unit(request, code)
    keeps = may(user_of(request), "blocs.keep_units")
    context = {"unit": found, "keeps": keeps, "history": history(found, user_of(request), on=clock.today())}
    return render(request, "blocs/unit_detail.html", context)


@require_http_methods(["GET", "POST"])
def unit_amend(request: HttpRequest, code: str) -> HttpResponse:
    """Correct what is recorded of a unit."""
    found = fetch_unit(request, code)
    require(user_of(request), "blocs.keep_units")
    form = DetailsForm(request.POST or None, initial={name: getattr(found, name) for name in DetailsForm.base_fields})
    if request.method == "POST" and form.is_valid():
        acts.amend_unit(found, **form.cleaned_data, by=user_of(request))
        return answer(request, "Đã ghi nội dung đính chính.", "blocs:unit", found.code)
    return _form(request, found, form, "amend")


@require_http_methods(["GET", "POST"])
def unit_rename(request: HttpRequest, code: str) -> HttpResponse:
    """Give a unit a new name from a day on."""
    found = fetch_unit(request, code)
    require(user_of(request), "blocs.keep_units")
    names = {name: getattr(found, name) for name in acts.NAME_FIELDS}
    form = RenameForm(request.POST or None, initial=names)
    if request.method == "POST" and form.is_valid():
        try:
            acts.rename_unit(found, **form.cleaned_data, by=user_of(request))
            return answer(request, "Đã ghi tên mới. Các năm trước giữ tên cũ.", "blocs:unit", found.code)
        except Refusal as refusal:
            form.add_error(None, refusal.sentence)
    return _form(request, found, form, "rename")


@require_http_methods(["GET", "POST"])
def unit_merge(request: HttpRequest, code: str) -> HttpResponse:
    """Record which units were merged into this one."""
    found = fetch_unit(request, code)
    require(user_of(request), "blocs.keep_units")
    form = SuccessionForm(request.POST or None)
    if request.method == "POST" and form.is_valid() and (merged := _named(request, form)):
        try:
            acts.record_succession(merged, successor=found, on=form.cleaned_data["on"], by=user_of(request))
            return answer(request, "Đã ghi việc sáp nhập.", "blocs:unit", found.code)
        except Refusal as refusal:
            form.add_error(None, refusal.sentence)
    return _form(request, found, form, "merge")


def _named(request: HttpRequest, form: SuccessionForm) -> list[Unit]:
    """Return the units the form names, all of which the user may see; else put the lost lines on the form."""
    found, lost = find_units(form.cleaned_data["predecessors"].splitlines())
    visible = set(Unit.objects.visible_to(user_of(request), clock.today()).values_list("pk", flat=True))
    lost += [unit.code for unit in found if unit.pk not in visible]
    if lost:
        form.add_error("predecessors", f"Không tìm thấy đơn vị: {'; '.join(lost)}.")
        return []
    return found


def _form(request: HttpRequest, unit: Unit, form: DetailsForm | RenameForm | SuccessionForm, kind: str) -> HttpResponse:
    context = {"unit": unit, "form": form, "kind": kind}
    return render(request, "blocs/unit_change_form.html", context, status=422 if form.errors else 200)
