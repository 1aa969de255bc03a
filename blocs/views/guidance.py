"""The authority's letters of a year."""

from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.views.decorators.http import require_GET, require_http_methods

from blocs import clock, text
from blocs.actions.guidance import record_guidance
from blocs.errors import Refusal
from blocs.files import file_answer
from blocs.forms.years import GuidanceForm
from blocs.models import Guidance
from blocs.pages import NOT_FOUND, answer, fetch, fetch_year, user_of
from blocs.queries.years import AWARD_WORDS, allowed_words, guidances_of, quotas
from blocs.rules import may, require


@require_GET
def guidances(request: HttpRequest, bloc: str, year: int) -> HttpResponse:
    """List the letters of a year and the numbers in force."""
    found = fetch_year(request, bloc, year)
    context = {
        "year": found,
        "guidances": guidances_of(found),
        "quotas": quotas(found, on=clock.today()),
        "oversees": may(user_of(request), "blocs.oversee", found),
    }
    return render(request, "blocs/guidance_board.html", context)


@require_http_methods(["GET", "POST"])
def guidance_new(request: HttpRequest, bloc: str, year: int) -> HttpResponse:
    """Record a letter with its numbers of awards and its deadline."""
    found = fetch_year(request, bloc, year)
    require(user_of(request), "blocs.oversee", found)
    form = GuidanceForm(request.POST or None, request.FILES or None, initial={"issuer": found.bloc.authority.name})
    if request.method == "POST" and form.is_valid():
        try:
            said = {
                key: value for key, value in form.cleaned_data.items() if key not in {"flags", "certificates", "others"}
            }
            letter = record_guidance(found, **said, quotas=form.quotas(), by=user_of(request), at=clock.now())
            return answer(request, "Đã ghi văn bản hướng dẫn.", "blocs:guidance", bloc, year, letter.pk)
        except Refusal as refusal:
            form.add_error(None, refusal.sentence)
    return render(
        request, "blocs/guidance_form.html", {"year": found, "form": form}, status=422 if form.errors else 200
    )


@require_GET
def guidance(request: HttpRequest, bloc: str, year: int, guidance: int) -> HttpResponse:
    """Show one letter: number, date, what it settles."""
    found = _fetch(request, bloc, year, guidance)
    facts = [
        ("Số văn bản", found.number or "Chưa ghi"),
        ("Ngày văn bản", text.date(found.dated_on)),
        ("Cơ quan ban hành", found.issuer),
    ]
    rows = found.provisions.filter(topic="award_quota").order_by("pk")
    settled = [(AWARD_WORDS.get(row.key, row.key), f"tối đa {allowed_words(row.value)}") for row in rows]
    context = {"year": found.year, "guidance": found, "facts": facts, "settled": settled}
    return render(request, "blocs/guidance_detail.html", context)


@require_GET
def guidance_paper(request: HttpRequest, bloc: str, year: int, guidance: int) -> HttpResponseBase:
    """Hand out the letter itself to everybody who sees the year."""
    found = _fetch(request, bloc, year, guidance)
    if found.paper is None:
        raise Http404(NOT_FOUND)
    return file_answer(found.paper)


def _fetch(request: HttpRequest, bloc: str, year: int, guidance: int) -> Guidance:
    rows = Guidance.objects.filter(year=fetch_year(request, bloc, year))
    found: Guidance = fetch(rows.select_related("year__bloc", "paper"), pk=guidance)
    return found
