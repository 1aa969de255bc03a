"""From the officer's desk to the leader: check, present to the head, send, take back, answer a request."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET, require_POST

from blocs import clock, text
from blocs.errors import Refusal
from blocs.files import file_answer
from blocs.pages import answer, fetch, user_of
from blocs.rules import may, require
from scoring.actions.completing import answer_completion
from scoring.actions.papers import print_score_sheet
from scoring.actions.sending import (
    approve_and_send,
    grant_extension,
    present_to_head,
    recall,
    return_to_officer,
    send_by_signed_copy,
)
from scoring.forms import AnswerForm, ExtensionForm, ReasonForm, SignedCopyForm
from scoring.models import SelfAssessment
from scoring.queries import filling_sheet, missing_before_submission
from scoring.queries.doubts import doubts_before_submission
from scoring.views.dossiers import fetch_assessment, fetch_member, where

_NOT_SENT = frozenset({SelfAssessment.State.DRAFT, SelfAssessment.State.WITH_HEAD, SelfAssessment.State.COMPLETING})


@require_GET
def check(request: HttpRequest, bloc: str, year: int, member: int) -> HttpResponse:
    """What will a reviewer object to, and who sends it how?"""
    assessment = fetch_assessment(request, bloc, year, member)
    require(user_of(request), "scoring.fill_assessment", assessment)
    return _check(request, assessment)


@require_POST
def present(request: HttpRequest, bloc: str, year: int, member: int) -> HttpResponse:
    """Hand the sheet to the head of the unit (Trình lãnh đạo đơn vị)."""
    assessment = fetch_assessment(request, bloc, year, member)
    require(user_of(request), "scoring.fill_assessment", assessment)
    act = present_to_head
    return _done(
        request, assessment, act, {}, "Đã trình lãnh đạo đơn vị. Thủ trưởng đơn vị duyệt trên hệ thống rồi gửi."
    )


@require_POST
def give_back(request: HttpRequest, bloc: str, year: int, member: int) -> HttpResponse:
    """The head hands the sheet back to the officer with a reason."""
    assessment = fetch_assessment(request, bloc, year, member)
    require(user_of(request), "scoring.approve_assessment", assessment)
    form = ReasonForm(request.POST)
    if not form.is_valid():
        return _check(request, assessment, give_back=form)
    return _done(request, assessment, return_to_officer, form.cleaned_data, "Đã chuyển lại chuyên viên để hoàn thiện.")


@require_POST
def approve(request: HttpRequest, bloc: str, year: int, member: int) -> HttpResponse:
    """The head approves in the application and sends to the leader."""
    assessment = fetch_assessment(request, bloc, year, member)
    require(user_of(request), "scoring.approve_assessment", assessment)
    sentence = (
        f"Đã gửi Trưởng khối lúc {clock.now():%H:%M}. Bảng được khóa; muốn sửa, thu hồi trước khi thẩm định bắt đầu."
    )
    return _done(request, assessment, approve_and_send, {}, sentence)


@require_POST
def send_signed(request: HttpRequest, bloc: str, year: int, member: int) -> HttpResponse:
    """The officer sends with the copy that the head signed on paper."""
    assessment = fetch_assessment(request, bloc, year, member)
    require(user_of(request), "scoring.fill_assessment", assessment)
    form = SignedCopyForm(request.POST, request.FILES)
    if not form.is_valid():
        return _check(request, assessment, signed=form)
    sentence = "Đã gửi Trưởng khối theo bản đã ký. Bản chụp được lưu cùng bảng tự chấm điểm."
    return _done(request, assessment, send_by_signed_copy, form.cleaned_data, sentence, form_name="signed", form=form)


@require_GET
def signed_copy(request: HttpRequest, bloc: str, year: int, member: int) -> HttpResponse:
    """Hand out the scan of the signed sheet to who may read the assessment."""
    assessment = fetch_assessment(request, bloc, year, member)
    found = fetch(SelfAssessment.objects.filter(signed_copy__isnull=False), pk=assessment.pk)
    return file_answer(found.signed_copy)  # type: ignore[return-value]


@require_POST
def take_back(request: HttpRequest, bloc: str, year: int, member: int) -> HttpResponse:
    """Take the sheet back to correct it, while nobody has begun to review."""
    assessment = fetch_assessment(request, bloc, year, member)
    require(user_of(request), "scoring.fill_assessment", assessment)
    return _done(request, assessment, recall, {}, "Đã thu hồi để sửa. Nhớ gửi lại trước hạn.", to="scoring:assessment")


@require_POST
def answer_request(request: HttpRequest, bloc: str, year: int, member: int) -> HttpResponse:
    """Answer the reviewer's request for completion (Gửi giải trình)."""
    assessment = fetch_assessment(request, bloc, year, member)
    require(user_of(request), "scoring.fill_assessment", assessment)
    form = AnswerForm(request.POST)
    if not form.is_valid():
        return _check(request, assessment, explain=form)
    return _done(
        request, assessment, answer_completion, form.cleaned_data, "Đã gửi giải trình.", form_name="explain", form=form
    )


@require_POST
def extend(request: HttpRequest, bloc: str, year: int, member: int) -> HttpResponse:
    """Grant one member a later deadline (Gia hạn)."""
    membership = fetch_member(request, bloc, year, member)
    require(user_of(request), "scoring.extend_assessment", membership)
    form = ExtensionForm(request.POST)
    if not form.is_valid():
        raise Refusal(" ".join(f"{form.fields[name].label}: {errors[0]}" for name, errors in form.errors.items()))
    granted = grant_extension(membership, **form.cleaned_data, by=user_of(request), at=clock.now())
    sentence = f"Đã gia hạn cho {membership} đến {text.due(granted.extended_to or form.cleaned_data['until'])}."
    return answer(request, sentence, "scoring:review", bloc=bloc, year=year)


@require_POST
def print_sheet(request: HttpRequest, bloc: str, year: int, member: int) -> HttpResponse:
    """Make the paper of the score sheet; long papers are printed by the worker."""
    assessment = fetch_assessment(request, bloc, year, member)
    require(user_of(request), "scoring.fill_assessment", assessment)
    document = print_score_sheet(assessment, by=user_of(request), at=clock.now())
    return answer(request, "", "documents:detail", **where(assessment.year), pk=document.pk)


def _done(
    request: HttpRequest,
    assessment: SelfAssessment,
    act: Callable[..., Any],
    words: dict[str, Any],
    sentence: str,
    *,
    to: str = "scoring:check",
    form_name: str = "",
    form: forms.Form | None = None,
) -> HttpResponse:
    """Do one act; a refusal is said on the page of sending, with what was typed still there."""
    try:
        act(assessment, **words, by=user_of(request), at=clock.now())
    except Refusal as refusal:
        if form is None:
            return _check(request, assessment, refusal=refusal)
        form.add_error(None, refusal.sentence)
        return _check(request, assessment, **{form_name: form})
    return answer(request, sentence, to, **where(assessment.year), member=assessment.membership_id)


def _check(request: HttpRequest, assessment: SelfAssessment, **said: Any) -> HttpResponse:
    user, now = user_of(request), clock.now()
    assessment.refresh_from_db()
    context = {
        "assessment": assessment,
        "sheet": filling_sheet(assessment, at=now),
        "missing": missing_before_submission(assessment) if assessment.state in _NOT_SENT else [],
        "doubts": doubts_before_submission(assessment) if assessment.state in _NOT_SENT else [],
        "due": text.due(assessment.year.assessments_due_at) if assessment.year.assessments_due_at else "",
        "is_head": may(user, "scoring.approve_assessment", assessment),
        "request_open": assessment.requests.filter(answered_at=None).prefetch_related("criteria").first(),
        "where": where(assessment.year) | {"member": assessment.membership_id},
        "forms": {
            "signed": said.get("signed") or SignedCopyForm(),
            "give_back": said.get("give_back") or ReasonForm(),
            "explain": said.get("explain") or AnswerForm(),
        },
        "refusal": said.get("refusal"),
    }
    status = 409 if said.get("refusal") else 422 if said else 200
    return render(request, "scoring/assessment_check.html", context, status=status)
