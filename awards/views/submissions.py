"""Sending the list to the authority, and what was sent."""

from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET, require_POST

from awards.actions import recall_submission, submit_nominations
from awards.forms.bloc import ReasonForm, SubmissionForm
from awards.models import KeptPaper, Nomination, Submission
from awards.queries.candidates import eligibility
from awards.queries.submissions import facts_of, incomplete, line_of, list_caption
from awards.views.attempts import attempt, status_of
from blocs import clock, text
from blocs.files import file_answer
from blocs.models import BlocYear
from blocs.pages import NOT_FOUND, answer, fetch, fetch_year, user_of
from blocs.rules import may, require

RECALL = [
    "Các đề nghị trở lại trạng thái Khối nhất trí đề nghị và được trình lại bằng tờ trình khác.",
    "Cơ quan tổ chức khối nhận thông báo kèm lý do.",
    "Danh sách này vẫn được lưu.",
]


def submit(request: HttpRequest, bloc: str, year: int) -> HttpResponse:
    """Show what would be sent, take the letter, send."""
    bloc_year = fetch_year(request, bloc, year)
    user = user_of(request)
    require(user, "awards.submit", bloc_year)
    now = clock.now()
    form = SubmissionForm(request.POST or None, request.FILES or None, initial=_letter(request, bloc_year))
    sent = attempt(request, form, lambda: submit_nominations(bloc_year, by=user, at=now, **form.cleaned_data))
    if sent:
        sentence = f"Đã trình {bloc_year.bloc.authority}."
        return answer(request, sentence, "awards:submission", bloc=bloc, year=year, pk=sent.pk)
    agreed = Nomination.objects.filter(year=bloc_year, state=Nomination.State.AGREED)
    rows = list(agreed.select_related("award", "membership"))
    lines = [line_of(row) for row in rows]
    context = {
        "year": bloc_year,
        "form": form,
        "nominations": rows,
        "lines": lines,
        "caption": list_caption(lines),
        "missing": incomplete(rows),
        "overflows": eligibility(bloc_year, now).overflows(),
        "due": text.date(bloc_year.submission_due_on) if bloc_year.submission_due_on else "",
        "is_late": bloc_year.submission_due_on is not None and now.date() > bloc_year.submission_due_on,
    }
    return render(request, "awards/submit.html", context, status=status_of(form))


def _letter(request: HttpRequest, year: BlocYear) -> dict[str, object]:
    """What the letter most likely says: today, the head of the leader unit, the person who is writing."""
    user = user_of(request)
    term = year.terms.in_force(clock.today()).filter(role="leader").select_related("unit").first()
    head = year.memberships.filter(unit=term.unit).values_list("head_name", flat=True).first() if term else ""
    return {
        "dated_on": clock.today(),
        "signer_name": head or "",
        "signer_title": term.unit.head_title if term else "",
        "contact_name": user.full_name,
        "contact_phone": user.phone,
    }


def fetch_submission(year: BlocYear, pk: int) -> Submission:
    """Return a submission of the year; else 404."""
    submission: Submission = fetch(Submission.objects.select_related("paper"), year=year, pk=pk)
    submission.year = year
    return submission


@require_GET
def submission(request: HttpRequest, bloc: str, year: int, pk: int) -> HttpResponse:
    """Show what was sent, as it was sent."""
    return _show(request, fetch_submission(fetch_year(request, bloc, year), pk), ReasonForm())


def _show(request: HttpRequest, found: Submission, form: ReasonForm) -> HttpResponse:
    user = user_of(request)
    lines = list(found.lines.all())
    context = {
        "year": found.year,
        "submission": found,
        "lines": lines,
        "parts": _parts(request, found),
        "caption": list_caption(lines),
        "facts": facts_of(found),
        "effects": RECALL,
        "leads": may(user, "awards.submit", found.year) and not found.year.is_past,
        "reads": may(user, "blocs.lead_or_oversee", found.year),
        "reason_form": form,
    }
    return render(request, "awards/submission.html", context, status=status_of(form))


def _parts(request: HttpRequest, found: Submission) -> list[KeptPaper]:
    """The parts of the package, each with whether the reader may open it."""
    user = user_of(request)
    rows = list(found.parts.select_related("nomination__membership", "pdf", "word", "sheet", "file"))
    leads = may(user, "blocs.lead_or_oversee", found.year)
    for row in rows:
        if row.nomination is not None:
            row.nomination.year = found.year
            row.can_open = may(user, "awards.read_dossier", row.nomination)  # type: ignore[attr-defined]
        else:
            row.can_open = row.content is not None or leads  # type: ignore[attr-defined]
    return rows


@require_GET
def submission_paper(request: HttpRequest, bloc: str, year: int, pk: int) -> FileResponse:
    """Hand out the signed letter."""
    found = fetch_submission(fetch_year(request, bloc, year), pk)
    if found.paper is None or not may(user_of(request), "blocs.lead_or_oversee", found.year):
        raise Http404(NOT_FOUND)
    return file_answer(found.paper, inline=True)


@require_POST
def recall(request: HttpRequest, bloc: str, year: int, pk: int) -> HttpResponse:
    """Take a submission back before it is received."""
    found = fetch_submission(fetch_year(request, bloc, year), pk)
    user = user_of(request)
    require(user, "awards.submit", found.year)
    form = ReasonForm(request.POST)
    at = clock.now()
    if attempt(request, form, lambda: recall_submission(found, by=user, at=at, **form.cleaned_data)):
        return answer(request, "Đã thu hồi để sửa.", "awards:board", bloc=bloc, year=year)
    return _show(request, found, form)
