"""The official's place "Khối và đơn vị": blocs, their founding decisions, their years."""

from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.views.decorators.http import require_GET, require_http_methods

from blocs import clock, text
from blocs.actions import blocs as acts
from blocs.actions.years import open_year
from blocs.errors import Refusal
from blocs.files import file_answer
from blocs.forms.years import BlocForm, NewBlocForm, NewYearForm
from blocs.models import Bloc, BlocYear, Unit
from blocs.pages import NOT_FOUND, answer, fetch, user_of
from blocs.queries.units import find_units
from blocs.queries.years import STATE_CSS, authorities_of, overseen_blocs
from blocs.rules import may, require
from blocs.views.people import fetch_authority


@require_GET
def manage(request: HttpRequest) -> HttpResponse:
    """Show the blocs of the official's authorities, and the ways to units and officials."""
    require(user_of(request), "blocs.keep_units")
    on = clock.today()
    authorities = [(authority, overseen_blocs(authority, on=on)) for authority in authorities_of(user_of(request), on)]
    units = Unit.objects.visible_to(user_of(request), on).count()
    return render(request, "blocs/manage_board.html", {"authorities": authorities, "units": units})


@require_http_methods(["GET", "POST"])
def bloc_new(request: HttpRequest, authority: int) -> HttpResponse:
    """Found a bloc by a decision of the authority."""
    place = fetch_authority(request, authority)
    form = NewBlocForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        try:
            bloc = acts.found_bloc(place, **form.cleaned_data, by=user_of(request), at=clock.now())
            return answer(request, f"Đã ghi {bloc.name}. Việc tiếp theo: mở năm thi đua.", "blocs:year_new", bloc.code)
        except Refusal as refusal:
            form.add_error(None, refusal.sentence)
    return render(
        request, "blocs/bloc_form.html", {"authority": place, "form": form}, status=422 if form.errors else 200
    )


@require_GET
def bloc(request: HttpRequest, bloc: str) -> HttpResponse:
    """Show a bloc: its founding decision, its words, its years."""
    found = _fetch(request, bloc)
    years = [(year, STATE_CSS[year.state]) for year in _years(request, found)]
    facts = [
        ("Cơ quan tổ chức khối", found.authority.name),
        ("Quyết định thành lập", f"Số {found.founding_number or '…'}, ngày {text.date(found.founding_on)}"),
        ("Cách gọi", f"{found.bloc_word}, {found.leader_word}, {found.deputy_word}, {found.person_word}"),
        ("Mã khối", found.code),
    ]
    context = {"bloc": found, "facts": facts, "years": years, "keeps": may(user_of(request), "blocs.oversee", found)}
    return render(request, "blocs/bloc_detail.html", context)


@require_http_methods(["GET", "POST"])
def bloc_amend(request: HttpRequest, bloc: str) -> HttpResponse:
    """Correct a bloc's name, words or founding decision."""
    found = _fetch(request, bloc)
    require(user_of(request), "blocs.oversee", found)
    initial = {name: getattr(found, name) for name in acts.WORDS}
    form = BlocForm(request.POST or None, request.FILES or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            acts.amend_bloc(found, **form.cleaned_data, by=user_of(request), at=clock.now())
            return answer(request, "Đã ghi nội dung sửa đổi.", "blocs:bloc", found.code)
        except Refusal as refusal:
            form.add_error("paper", refusal.sentence)
    return render(request, "blocs/bloc_form.html", {"bloc": found, "form": form}, status=422 if form.errors else 200)


@require_GET
def bloc_paper(request: HttpRequest, bloc: str) -> HttpResponseBase:
    """Hand out the founding decision to everybody who sees the bloc."""
    found = _fetch(request, bloc)
    if found.founding_paper is None:
        raise Http404(NOT_FOUND)
    return file_answer(found.founding_paper)


@require_http_methods(["GET", "POST"])
def year_new(request: HttpRequest, bloc: str) -> HttpResponse:
    """Open a year of a bloc with its members; a year of the past may be recorded too."""
    found = _fetch(request, bloc)
    require(user_of(request), "blocs.oversee", found)
    form = NewYearForm(request.POST or None, initial={"year": clock.today().year})
    if request.method == "POST" and form.is_valid():
        members, lost = find_units(form.cleaned_data["members"].splitlines())
        try:
            if not lost:
                number = form.cleaned_data["year"]
                open_year(found, year=number, members=members, by=user_of(request), on=clock.today())
                return answer(request, f"Đã mở năm thi đua {number}.", "blocs:year_settings", found.code, number)
            form.add_error("members", f"Không tìm thấy đơn vị: {'; '.join(lost)}.")
        except Refusal as refusal:
            form.add_error(None, refusal.sentence)
    return render(request, "blocs/year_form.html", {"bloc": found, "form": form}, status=422 if form.errors else 200)


def _fetch(request: HttpRequest, bloc: str) -> Bloc:
    rows = Bloc.objects.visible_to(user_of(request), clock.today()).select_related("authority", "founding_paper")
    found: Bloc = fetch(rows, code=bloc)
    return found


def _years(request: HttpRequest, bloc: Bloc) -> QuerySet[BlocYear]:
    return BlocYear.objects.visible_to(user_of(request), clock.today()).filter(bloc=bloc).order_by("-year")
