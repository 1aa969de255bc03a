"""The papers by which the bloc works: which are in force, which have expired."""

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.views.decorators.http import require_GET, require_POST

from blocs import clock
from blocs.errors import Refusal
from blocs.files import file_answer
from blocs.models import StoredFile
from blocs.pages import answer, fetch, fetch_year, user_of
from blocs.rules import may, require
from conferences.actions.rulebook import end_bloc_paper, record_bloc_paper
from conferences.forms.meetings import BlocPaperForm, EndForm
from conferences.models import BlocPaper

KEEP = "conferences.keep_bloc_papers"


def rulebook(request: HttpRequest, bloc: str, year: int) -> HttpResponse:
    """Show the papers of the bloc; those who keep them record another."""
    bloc_year = fetch_year(request, bloc, year)
    keeps = may(user_of(request), KEEP, bloc_year)
    form = BlocPaperForm(request.POST or None, request.FILES or None)
    if request.method == "POST":
        require(user_of(request), KEEP, bloc_year)
        if form.is_valid():
            try:
                record_bloc_paper(bloc_year, by=user_of(request), at=clock.now(), **form.cleaned_data)
                return answer(request, "Đã ghi văn bản của khối.", "conferences:rulebook", bloc=bloc, year=year)
            except Refusal as refusal:
                form.add_error(None, refusal.sentence)
    rows = BlocPaper.objects.filter(bloc=bloc_year.bloc_id).order_by("-from_on", "pk")
    listed = [(row, *row.standing(clock.today()), EndForm(prefix=f"p{row.pk}")) for row in rows]
    context = {"year": bloc_year, "rows": listed, "form": form if keeps else None}
    return render(request, "conferences/rulebook.html", context, status=422 if form.errors else 200)


@require_POST
def end(request: HttpRequest, bloc: str, year: int, pk: int) -> HttpResponse:
    """Say until when a paper is in force."""
    bloc_year = fetch_year(request, bloc, year)
    paper: BlocPaper = fetch(BlocPaper.objects.all(), bloc=bloc_year.bloc_id, pk=pk)
    require(user_of(request), KEEP, bloc_year)
    form = EndForm(request.POST, prefix=f"p{paper.pk}")
    if not form.is_valid():
        return answer(
            request, "Chưa ghi được: ngày hết hiệu lực chưa đúng.", "conferences:rulebook", bloc=bloc, year=year
        )
    end_bloc_paper(paper, year=bloc_year, until_on=form.cleaned_data["until_on"], by=user_of(request))
    return answer(request, "Đã ghi ngày hết hiệu lực.", "conferences:rulebook", bloc=bloc, year=year)


@require_GET
def rulebook_file(request: HttpRequest, bloc: str, year: int, pk: int) -> HttpResponseBase:
    """Hand out the file of a paper of the bloc to whoever sees its year."""
    bloc_year = fetch_year(request, bloc, year)
    papers = BlocPaper.objects.filter(bloc=bloc_year.bloc_id, pk=pk)
    stored: StoredFile = fetch(StoredFile.objects.all(), pk__in=papers.values("paper"))
    return file_answer(stored)
