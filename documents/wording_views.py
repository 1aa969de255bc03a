"""Mẫu văn bản: the bloc's own text of the smaller letters, previewed with the year's data; letters drafted from it."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods, require_safe

from blocs import clock
from blocs.errors import Refusal
from blocs.models import BlocYear, Unit
from blocs.pages import NOT_FOUND, answer, fetch_year, user_of
from blocs.rules import may, require
from blocs.standing import leadership_of
from documents.actions import draft_from_wording, save_wording
from documents.forms import FactsForm, WordingForm
from documents.models import WordingVersion
from documents.papers import Letterhead
from documents.papers.wording import SHIPPED, compose
from documents.queries import common_facts, wording_of


@require_safe
def wordings(request: HttpRequest, bloc: str, year: int) -> HttpResponse:
    """The letters that have a text of their own."""
    bloc_year = fetch_year(request, bloc, year)
    own = set(WordingVersion.objects.filter(bloc=bloc_year.bloc_id).values_list("key", flat=True))
    rows = [(one, one.key in own) for one in SHIPPED.values()]
    context = {"year": bloc_year, "rows": rows, "may_edit": may(user_of(request), "blocs.lead_year", bloc_year)}
    return render(request, "documents/wording_list.html", context)


@require_http_methods(["GET", "POST"])
def wording(request: HttpRequest, bloc: str, year: int, key: str) -> HttpResponse:
    """Change the text of a letter, see it with the year's data, go back to an earlier version or to the shipped one."""
    bloc_year = _fetch(request, bloc, year, key)
    _shipped, body = wording_of(bloc_year, key)
    form = WordingForm(request.POST or None, initial={"body": body})
    if request.method == "POST" and (form.is_valid() or "shipped" in request.POST):
        typed = "" if "shipped" in request.POST else form.cleaned_data["body"]
        try:
            save_wording(bloc_year, key=key, body=typed, by=user_of(request), at=clock.now())
        except Refusal as refusal:
            form.add_error("body", refusal.sentence)
        else:
            return answer(request, "Đã lưu mẫu văn bản.", "documents:wording", bloc=bloc, year=year, key=key)
    status = 422 if form.errors else 200
    return render(request, "documents/wording_form.html", _page(bloc_year, key, body, form), status=status)


@require_http_methods(["GET", "POST"])
def letter(request: HttpRequest, bloc: str, year: int, key: str) -> HttpResponse:
    """Draft a letter of the leading unit from the text and the facts typed here."""
    bloc_year = _fetch(request, bloc, year, key)
    unit = Unit.objects.filter(pk=leadership_of(bloc_year).leader or 0).first()
    form = FactsForm(SHIPPED[key], request.POST or None, initial=common_facts(bloc_year))
    if request.method == "POST" and form.is_valid() and unit is not None:
        document = draft_from_wording(
            bloc_year, key=key, facts=form.facts, unit=unit, addressees=form.lines, by=user_of(request), at=clock.now()
        )
        return answer(request, "Đã lập dự thảo.", "documents:detail", bloc=bloc, year=year, pk=document.pk)
    context = {"year": bloc_year, "wording": SHIPPED[key], "form": form}
    return render(request, "documents/letter_form.html", context, status=422 if form.errors else 200)


def _fetch(request: HttpRequest, bloc: str, year: int, key: str) -> BlocYear:
    bloc_year = fetch_year(request, bloc, year)
    if key not in SHIPPED:
        raise Http404(NOT_FOUND)
    require(user_of(request), "blocs.lead_year", bloc_year)
    return bloc_year


def _page(year: BlocYear, key: str, body: str, form: WordingForm) -> dict[str, Any]:
    facts = common_facts(year)
    head = Letterhead(issuer=facts["don_vi"] or facts["khoi"], symbol=SHIPPED[key].code)
    return {
        "year": year,
        "wording": SHIPPED[key],
        "form": form,
        "paper": compose(SHIPPED[key], body, facts, letterhead=head, demo=year.is_demonstration),
        "versions": WordingVersion.objects.filter(bloc=year.bloc_id, key=key).select_related("saved_by")[:20],
    }
