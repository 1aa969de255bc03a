"""The consolidated list for the council over all blocs, its columns, and the papers that the desk makes."""

from typing import Any

from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET, require_POST

from awards.actions import (
    council_sheet,
    make_announcements,
    make_council_list,
    make_draft_decision,
    make_extracts,
    record_council_sitting,
    set_list_columns,
)
from awards.forms.desk import ManyResultsForm
from awards.models import KeptPaper, Nomination
from awards.queries.council import COLUMNS, Listed, chosen_columns, columns_of, council_list
from awards.queries.desk import passed_nominations
from awards.views.attempts import attempt, status_of
from awards.views.catalogue import own_authority
from awards.views.decisions import fetch_decision
from blocs import clock, text
from blocs.files import XLSX, file_answer
from blocs.models import Authority
from blocs.pages import NOT_FOUND, answer, fetch, user_of
from blocs.rules import may, require
from blocs.sheets import write_xlsx

SHOWN = 200


def _rows(request: HttpRequest) -> list[Listed]:
    year = request.GET.get("nam", "")
    return council_list(
        user_of(request),
        clock.today(),
        award=request.GET.get("hinh-thuc", ""),
        year=int(year) if year.isdecimal() else None,
    )


@require_GET
def council(request: HttpRequest) -> HttpResponse:
    """Show the list for the council."""
    authority = own_authority(request)
    return _show(request, authority, ManyResultsForm(rows=_fit(request), initial={"held_on": clock.today()}))


def _fit(request: HttpRequest) -> list[Nomination]:
    """What the council can pass in one sitting: found fit, and not of a unit for which the user acts."""
    user = user_of(request)
    rows = Nomination.objects.at_desk(user, clock.today()).filter(state=Nomination.State.FIT)
    return [
        row
        for row in rows.select_related("award", "membership", "year__bloc__authority")
        if may(user, "awards.review", row)
    ]


def _show(request: HttpRequest, authority: Authority, form: ManyResultsForm) -> HttpResponse:
    rows, chosen = _rows(request), chosen_columns(authority)
    labels = columns_of(chosen)
    context: dict[str, Any] = {
        "count": text.count(len(rows)),
        "headers": [label for _, label in labels],
        "lines": [(row.nomination.pk, [row.cell(key) for key, _ in labels]) for row in rows[:SHOWN]],
        "more": max(0, len(rows) - SHOWN),
        "columns": [(key, label, chosen.index(key) + 1 if key in chosen else "") for key, label in COLUMNS],
        "form": form,
        "has_fit": any(row.nomination.state == Nomination.State.FIT for row in rows),
        "passed": sum(row.nomination.state == Nomination.State.PASSED for row in rows),
        "papers": list(
            KeptPaper.objects.of_desk(user_of(request), clock.today())
            .filter(kind__in=[KeptPaper.Kind.COUNCIL_LIST, KeptPaper.Kind.DRAFT_DECISION])
            .select_related("pdf", "word", "sheet")
            .order_by("-made_at", "-pk")[:10]
        ),
        "query": request.GET.urlencode(),
        "demo": any(row.nomination.year.is_demonstration for row in rows),
    }
    return render(request, "desk/council.html", context, status=status_of(form))


@require_GET
def council_xlsx(request: HttpRequest) -> HttpResponse:
    """Hand out the list as it stands, in the authority's own columns."""
    authority = own_authority(request)
    content = write_xlsx([council_sheet(_rows(request), chosen_columns(authority))])
    headers = {"Content-Disposition": 'attachment; filename="danh-sach-trinh-hoi-dong.xlsx"'}
    return HttpResponse(content, content_type=XLSX, headers=headers)


@require_POST
def columns(request: HttpRequest) -> HttpResponse:
    """Keep the authority's own order of columns: each is numbered, an empty number leaves it out."""
    authority = own_authority(request)
    numbered = [(request.POST.get(f"cot-{key}", ""), key) for key, _ in COLUMNS]
    chosen = [key for _, key in sorted((int(place), key) for place, key in numbered if place.isdecimal())]
    set_list_columns(authority, columns=chosen, by=user_of(request))
    return answer(request, "Đã đặt thứ tự cột.", "desk:council_list")


@require_POST
def council_paper(request: HttpRequest) -> HttpResponse:
    """Keep the list as it is now, with its prints."""
    authority = own_authority(request)
    make_council_list(
        authority, rows=_rows(request), columns=chosen_columns(authority), by=user_of(request), at=clock.now()
    )
    return answer(request, "Đã lập danh sách trình Hội đồng; PDF, Word đang được in.", "desk:council_list")


@require_POST
def council_results(request: HttpRequest) -> HttpResponse:
    """Record one sitting of the council over many nominations."""
    authority, user = own_authority(request), user_of(request)
    form = ManyResultsForm(request.POST, rows=_fit(request))
    at = clock.now()

    def act() -> int:
        return record_council_sitting(form.chosen, held_on=form.cleaned_data["held_on"], by=user, at=at)

    made = attempt(request, form, act)
    if made:
        return answer(request, f"Đã ghi Hội đồng thông qua {text.count(made)} trường hợp.", "desk:council_list")
    return _show(request, authority, form)


@require_POST
def draft_decision(request: HttpRequest) -> HttpResponse:
    """Draw up the decision over everything that the council has passed."""
    authority = own_authority(request)
    rows = list(passed_nominations(user_of(request), clock.today()))
    make_draft_decision(authority, nominations=rows, by=user_of(request), at=clock.now())
    return answer(request, "Đã lập dự thảo quyết định kèm danh sách.", "desk:council_list")


@require_POST
def decision_papers(request: HttpRequest, pk: int) -> HttpResponse:
    """Make the extracts for the units and the announcements to the blocs of a decision."""
    found = fetch_decision(request, pk)
    user = user_of(request)
    require(user, "blocs.oversee", found.authority)
    extracts = make_extracts(found, by=user, at=clock.now())
    announcements = make_announcements(found, by=user, at=clock.now())
    number = text.count(len(extracts) + len(announcements))
    return answer(request, f"Đã lập {number} văn bản; PDF, Word đang được in.", "desk:decided", pk=pk)


@require_GET
def desk_paper(request: HttpRequest, pk: int, file: str) -> FileResponse:
    """Hand out a paper of the desk."""
    rows = KeptPaper.objects.of_desk(user_of(request), clock.today())
    found: KeptPaper = fetch(rows.select_related("pdf", "word", "sheet", "file"), pk=pk)
    stored = getattr(found, file) if file in {"pdf", "word", "sheet"} else None
    if stored is None:
        raise Http404(NOT_FOUND)
    return file_answer(stored, inline=file == "pdf")
