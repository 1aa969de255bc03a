"""The authority's desk: the queue, and one nomination with its checks and the decision acts side by side."""

from collections.abc import Callable
from typing import Any

from django.core.paginator import Paginator
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET, require_POST

from awards.actions import (
    ask_for_more,
    extend_request,
    find_fit,
    find_not_yet,
    receive_submission,
    record_council_result,
    refuse_award,
    reopen_review,
)
from awards.forms.bloc import ReasonForm
from awards.forms.desk import AskForm, CouncilForm, ExtendForm, FindingForm
from awards.models import Nomination, RequestForMore, Submission
from awards.queries.desk import Wanted, awaiting_receipt, open_steps
from awards.queries.desk import queue as queue_of
from awards.queries.dossiers import dossier, facts_of
from awards.views.attempts import attempt, status_of
from blocs import clock, text
from blocs.pages import answer, fetch, user_of
from blocs.rules import may, require

SHOWN = 50
EFFECTS = {
    "ask": [
        "Chỉ các mục này được mở để sửa; phần còn lại của hồ sơ giữ nguyên.",
        "Trưởng khối và đơn vị nhận thông báo.",
    ],
    "fit": ["Trưởng khối và đơn vị nhận thông báo.", "Khi còn mục thiếu phải ghi lý do."],
    "not_yet": ["Lý do được thông báo cho Trưởng khối và đơn vị."],
    "council": ["Kết quả được thông báo cho Trưởng khối và đơn vị, kèm lý do nếu chưa thông qua."],
    "again": ["Hồ sơ trở lại Đang thẩm định; lý do được thông báo."],
    "refuse": ["Đề nghị kết thúc, không mở lại được; lý do được thông báo cho Trưởng khối và đơn vị."],
}


@require_GET
def queue(request: HttpRequest) -> HttpResponse:
    """Show the nominations of all blocs that wait for the desk."""
    user = user_of(request)
    require(user, "blocs.keep_units", None)
    given = request.GET
    year = given.get("nam", "")
    wanted = Wanted(
        words=given.get("tim", "")[:100],
        step=given.get("buoc", "dang-xu-ly"),
        bloc=given.get("khoi", ""),
        award=given.get("hinh-thuc", ""),
        year=int(year) if year.isdecimal() else None,
    )
    found = queue_of(user, wanted, clock.today())
    page = Paginator(found.rows, SHOWN).get_page(given.get("trang"))
    context = {
        "queue": found,
        "wanted": wanted,
        "page": page,
        "waiting": awaiting_receipt(user, clock.today()),
        "ready": found.ready,
        "heading": found.heading,
        "found": f"{text.count(page.paginator.count)} hồ sơ",
    }
    return render(request, "desk/queue.html", context)


def fetch_at_desk(request: HttpRequest, pk: int) -> Nomination:
    """Return a nomination that was sent to the user's authority; else 404."""
    rows = Nomination.objects.at_desk(user_of(request), clock.today())
    found: Nomination = fetch(
        rows.select_related("award", "membership__unit", "year__bloc__authority", "submission__paper", "decision"),
        pk=pk,
    )
    request.bloc_year = found.year  # type: ignore[attr-defined]
    return found


@require_GET
def nomination(request: HttpRequest, pk: int) -> HttpResponse:
    """Show a nomination at the desk."""
    return _show(request, fetch_at_desk(request, pk))


def _show(request: HttpRequest, found: Nomination, **forms: Form) -> HttpResponse:
    shown = dossier(found, clock.now())
    is_own = not may(user_of(request), "awards.review", found)
    context = {
        "year": found.year,
        "nomination": found,
        "dossier": shown,
        "facts": facts_of(found),
        "notes": [review for review in found.reviews.select_related("by") if review.note],
        "is_own": is_own,
        "steps": frozenset() if is_own else open_steps(found, shown.open_request, clock.today()),
        "fit_is_primary": not shown.missing,
        "effects": EFFECTS,
        "fit_form": FindingForm(needs_reason=bool(shown.missing), prefix="du"),
        "not_yet_form": FindingForm(needs_reason=True, prefix="chua"),
        "again_form": FindingForm(needs_reason=True, prefix="lai"),
        "ask_form": AskForm(missing=shown.missing, prefix="bosung"),
        "extend_form": ExtendForm(prefix="han"),
        "council_form": CouncilForm(prefix="hd"),
        "refuse_form": ReasonForm(prefix="khong"),
    } | forms
    status = max(status_of(form) for form in (None, *forms.values()))
    return render(request, "desk/nomination.html", context, status=status)


def _decide(
    request: HttpRequest,
    pk: int,
    form: Callable[[], Form],
    name: str,
    act: Callable[[Nomination, Form], Any],
    said: str,
) -> HttpResponse:
    """Fetch, require, act, answer: every finding at the desk; `name` is the form's place on the page."""
    found = fetch_at_desk(request, pk)
    require(user_of(request), "awards.review", found)
    filled = form()
    if attempt(request, filled, lambda: act(found, filled)):
        return answer(request, said, "desk:nomination", pk=pk)
    return _show(request, found, **{name: filled})


@require_POST
def receive(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a submission in."""
    user = user_of(request)
    rows = Submission.objects.visible_to(user, clock.today()).select_related("year__bloc__authority")
    found: Submission = fetch(rows, pk=pk)
    require(user, "awards.receive", found.year)
    receive_submission(found, by=user, at=clock.now())
    return answer(request, f"Đã tiếp nhận {found.citation}.", "desk:queue")


@require_POST
def ask(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask the bloc for more on named items."""

    def act(found: Nomination, form: Form) -> Any:
        given = form.cleaned_data
        return ask_for_more(
            found,
            items=form.items,  # type: ignore[attr-defined]
            due_on=given["due_on"],
            note=given["note"],
            by=user_of(request),
            at=clock.now(),
        )

    return _decide(
        request, pk, lambda: AskForm(request.POST, prefix="bosung"), "ask_form", act, "Đã đề nghị bổ sung hồ sơ."
    )


@require_POST
def extend(request: HttpRequest, pk: int) -> HttpResponse:
    """Give the bloc more time."""

    def act(found: Nomination, form: Form) -> Any:
        wanted = fetch(RequestForMore.objects.all(), nomination=found, supplied_at=None, closed_at=None)
        return extend_request(wanted, by=user_of(request), at=clock.now(), **form.cleaned_data)

    return _decide(
        request, pk, lambda: ExtendForm(request.POST, prefix="han"), "extend_form", act, "Đã gia hạn bổ sung hồ sơ."
    )


@require_POST
def fit(request: HttpRequest, pk: int) -> HttpResponse:
    """Find a nomination fit for the council."""

    def act(found: Nomination, form: Form) -> Any:
        return find_fit(found, by=user_of(request), at=clock.now(), **form.cleaned_data)

    return _decide(
        request, pk, lambda: FindingForm(request.POST, prefix="du"), "fit_form", act, "Đã chuyển trình Hội đồng."
    )


@require_POST
def not_yet(request: HttpRequest, pk: int) -> HttpResponse:
    """Find that a nomination does not yet meet the conditions."""

    def act(found: Nomination, form: Form) -> Any:
        return find_not_yet(found, by=user_of(request), at=clock.now(), **form.cleaned_data)

    def form() -> Form:
        return FindingForm(request.POST, needs_reason=True, prefix="chua")

    return _decide(request, pk, form, "not_yet_form", act, "Đã ghi chưa đủ điều kiện.")


@require_POST
def again(request: HttpRequest, pk: int) -> HttpResponse:
    """Review a nomination once more."""

    def act(found: Nomination, form: Form) -> Any:
        return reopen_review(found, by=user_of(request), at=clock.now(), **form.cleaned_data)

    def form() -> Form:
        return FindingForm(request.POST, needs_reason=True, prefix="lai")

    return _decide(request, pk, form, "again_form", act, "Hồ sơ được thẩm định lại.")


@require_POST
def council(request: HttpRequest, pk: int) -> HttpResponse:
    """Record what the council found."""

    def act(found: Nomination, form: Form) -> Any:
        return record_council_result(found, by=user_of(request), at=clock.now(), **form.result)  # type: ignore[attr-defined]

    return _decide(
        request, pk, lambda: CouncilForm(request.POST, prefix="hd"), "council_form", act, "Đã ghi kết quả của Hội đồng."
    )


@require_POST
def refuse(request: HttpRequest, pk: int) -> HttpResponse:
    """Close a nomination that is not awarded."""

    def act(found: Nomination, form: Form) -> Any:
        return refuse_award(found, by=user_of(request), at=clock.now(), **form.cleaned_data)

    return _decide(
        request, pk, lambda: ReasonForm(request.POST, prefix="khong"), "refuse_form", act, "Đã thông báo kết quả."
    )
