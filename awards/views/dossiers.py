"""One nomination for the bloc: its dossier, the papers, what the authority asked for."""

from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET, require_POST

from awards.actions import add_paper, remove_paper, supply_more
from awards.forms.bloc import PaperForm, SupplyForm
from awards.models import DossierPaper, Nomination, RequestForMore
from awards.queries.dossiers import Dossier, dossier
from awards.views.attempts import attempt, status_of
from blocs import clock
from blocs.files import file_answer
from blocs.models import BlocYear
from blocs.pages import NOT_FOUND, answer, fetch, fetch_year, user_of
from blocs.rules import may, require


def fetch_nomination(year: BlocYear, pk: int) -> Nomination:
    """Return a nomination of the year with its award, member, letter and decision; else 404."""
    rows = Nomination.objects.select_related("award", "membership__unit", "submission", "decision")
    nomination: Nomination = fetch(rows, year=year, pk=pk)
    nomination.year = year
    return nomination


@require_GET
def nomination(request: HttpRequest, bloc: str, year: int, pk: int) -> HttpResponse:
    """Show a nomination: papers, checks, what happened, and what the bloc can do now."""
    return _show(request, fetch_nomination(fetch_year(request, bloc, year), pk))


def _show(request: HttpRequest, found: Nomination, **forms: object) -> HttpResponse:
    user = user_of(request)
    shown = dossier(found, clock.now())
    keeps = may(user, "awards.keep_dossier", found)
    context = {
        "year": found.year,
        "nomination": found,
        "dossier": shown,
        "keeps": keeps,
        "reads": may(user, "awards.read_dossier", found),
        "leads": may(user, "awards.propose", found.year),
        "oversees": may(user, "awards.receive", found.year) and found.state in Nomination.SENT,
        "paper_form": PaperForm() if keeps and found.is_with_bloc and not found.year.is_past else None,
        "supply_form": _supply_form(shown) if keeps else None,
    } | forms
    status = max(status_of(form) for form in (None, *forms.values()))  # type: ignore[arg-type]
    return render(request, "awards/nomination.html", context, status=status)


def _supply_form(shown: Dossier) -> SupplyForm | None:
    return SupplyForm(shown.open_request) if shown.open_request else None


@require_POST
def paper_add(request: HttpRequest, bloc: str, year: int, pk: int) -> HttpResponse:
    """Put a paper into the dossier."""
    found = fetch_nomination(fetch_year(request, bloc, year), pk)
    user = user_of(request)
    require(user, "awards.keep_dossier", found)
    form = PaperForm(request.POST, request.FILES)
    at = clock.now()
    paper = attempt(request, form, lambda: add_paper(found, by=user, at=at, **form.cleaned_data))
    if paper:
        return answer(request, f"Đã đưa “{paper.title}” vào hồ sơ.", "awards:nomination", bloc=bloc, year=year, pk=pk)
    return _show(request, found, paper_form=form)


def fetch_paper(request: HttpRequest, bloc: str, year: int, pk: int) -> DossierPaper:
    """Return a paper of a dossier of the year that the user may read; else 404."""
    bloc_year = fetch_year(request, bloc, year)
    rows = DossierPaper.objects.select_related("file", "nomination__membership")
    paper: DossierPaper = fetch(rows, nomination__year=bloc_year, pk=pk)
    paper.nomination.year = bloc_year
    if not may(user_of(request), "awards.read_dossier", paper.nomination):
        raise Http404(NOT_FOUND)
    return paper


@require_GET
def paper(request: HttpRequest, bloc: str, year: int, pk: int) -> FileResponse:
    """Hand out the file of a paper."""
    return file_answer(fetch_paper(request, bloc, year, pk).file, inline=True)


@require_POST
def paper_remove(request: HttpRequest, bloc: str, year: int, pk: int) -> HttpResponse:
    """Take a paper out of the dossier."""
    found = fetch_paper(request, bloc, year, pk)
    user = user_of(request)
    require(user, "awards.keep_dossier", found.nomination)
    remove_paper(found, by=user, at=clock.now())
    to = {"bloc": bloc, "year": year, "pk": found.nomination_id}
    return answer(request, f"Đã rút “{found.title}” khỏi hồ sơ.", "awards:nomination", **to)


@require_POST
def supply(request: HttpRequest, bloc: str, year: int, pk: int) -> HttpResponse:
    """Supply what the authority asked for."""
    bloc_year = fetch_year(request, bloc, year)
    wanted: RequestForMore = fetch(RequestForMore.objects.all(), nomination__year=bloc_year, pk=pk)
    found = fetch_nomination(bloc_year, wanted.nomination_id)
    user = user_of(request)
    require(user, "awards.keep_dossier", found)
    form = SupplyForm(wanted, request.POST, request.FILES)
    at = clock.now()
    if attempt(request, form, lambda: supply_more(wanted, supplies=form.supplies, by=user, at=at)):
        to = {"bloc": bloc, "year": year, "pk": found.pk}
        return answer(request, "Đã gửi nội dung bổ sung hồ sơ.", "awards:nomination", **to)
    return _show(request, found, supply_form=form)
