"""Decisions: choose many nominations of many blocs, record, look up, cancel."""

from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET, require_POST

from awards.actions import cancel_decision, record_decision
from awards.forms.bloc import ReasonForm
from awards.forms.desk import DecisionForm
from awards.models import Decision, Nomination
from awards.queries.desk import decisions_of, passed_nominations
from awards.views.attempts import attempt, status_of
from blocs import clock, text
from blocs.files import file_answer
from blocs.models import Authority
from blocs.pages import NOT_FOUND, answer, fetch, user_of
from blocs.rules import require
from blocs.standing import standing_of

CANCELLING = [
    "Mọi đề nghị được tặng theo quyết định này chuyển sang Đã hủy bỏ quyết định; không hoàn tác được.",
    "Các khối và đơn vị nhận thông báo kèm lý do.",
]


def decision(request: HttpRequest) -> HttpResponse:
    """Choose what a decision covers, and record it."""
    user = user_of(request)
    require(user, "blocs.keep_units", None)
    passed = passed_nominations(user, clock.today())
    form = DecisionForm(
        request.POST or None, request.FILES or None, passed=passed, initial={"decided_on": clock.today()}
    )
    authority: Authority = fetch(Authority.objects.filter(pk__in=standing_of(user).authorities))
    at = clock.now()
    made = attempt(request, form, lambda: record_decision(authority, by=user, at=at, **form.cleaned_data))
    if made:
        return answer(request, f"Đã ghi nhận {made.citation}.", "desk:decided", pk=made.pk)
    chosen = set(form.data.getlist("nominations")) if form.is_bound else set()  # type: ignore[attr-defined]
    rows = [(row, not form.is_bound or str(row.pk) in chosen) for row in passed]
    context = {"form": form, "rows": rows, "authority": authority}
    return render(request, "desk/decision.html", context, status=status_of(form))


@require_GET
def decisions(request: HttpRequest) -> HttpResponse:
    """Show the register of decisions."""
    user = user_of(request)
    require(user, "blocs.keep_units", None)
    return render(request, "desk/decisions.html", {"decisions": decisions_of(user, clock.today())})


def fetch_decision(request: HttpRequest, pk: int) -> Decision:
    """Return a decision of the user's authority; else 404."""
    rows = Decision.objects.visible_to(user_of(request), clock.today()).select_related("file", "authority")
    found: Decision = fetch(rows, pk=pk)
    return found


@require_GET
def decided(request: HttpRequest, pk: int) -> HttpResponse:
    """Show a decision and the nominations that it covers."""
    return _show(request, fetch_decision(request, pk), ReasonForm())


def _show(request: HttpRequest, found: Decision, form: ReasonForm) -> HttpResponse:
    rows = list(found.nominations.select_related("award", "membership", "year__bloc"))
    context = {
        "decision": found,
        "nominations": rows,
        "papers": list(found.papers.select_related("pdf", "word", "sheet").order_by("kind", "pk")),
        "caption": f"{text.count(len(rows))} đề nghị được ghi nhận theo quyết định này",
        "cancelled": f"Đã hủy bỏ lúc {text.moment(found.cancelled_at)}. Lý do: {found.cancel_reason}",
        "effects": CANCELLING,
        "reason_form": form,
    }
    return render(request, "desk/decided.html", context, status=status_of(form))


@require_GET
def decided_paper(request: HttpRequest, pk: int) -> FileResponse:
    """Hand out the file of a decision."""
    found = fetch_decision(request, pk)
    if found.file is None:
        raise Http404(NOT_FOUND)
    return file_answer(found.file, inline=True)


@require_POST
def cancel(request: HttpRequest, pk: int) -> HttpResponse:
    """Cancel a decision, wholly or for the nominations chosen."""
    found = fetch_decision(request, pk)
    user = user_of(request)
    require(user, "blocs.oversee", found.authority)
    form = ReasonForm(request.POST)
    at = clock.now()
    chosen = _chosen(found, request.POST.getlist("nominations"))

    def act() -> Decision:
        return cancel_decision(found, nominations=chosen, by=user, at=at, **form.cleaned_data)

    if attempt(request, form, act):
        return answer(request, "Đã hủy bỏ quyết định.", "desk:decided", pk=pk)
    return _show(request, found, form)


def _chosen(found: Decision, keys: list[str]) -> list[Nomination] | None:
    """The nominations that the form names, None (all of them) where it names none; a foreign one counts for nothing."""
    if not keys:
        return None
    return list(found.nominations.filter(pk__in=[int(key) for key in keys if key.isdecimal()]))
