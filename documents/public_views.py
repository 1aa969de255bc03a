"""Kiểm tra văn bản: the public page that says what a paper or a file proves, and what it does not."""

from typing import Any

from allauth.core import ratelimit
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from blocs import clock
from blocs.errors import Refusal
from blocs.pages import NOT_FOUND
from documents.actions.checking import ask_examination
from documents.answers import answer_for_code, answer_for_file
from documents.forms import CheckForm
from documents.papers import read_code

MANY = "Đã kiểm tra nhiều lần trong ít phút. Đề nghị chờ một phút rồi kiểm tra lại."
_TOO_MANY = 429


@login_not_required
@require_http_methods(["GET", "POST"])
def ask(request: HttpRequest) -> HttpResponse:
    """Type the code of a paper, or hand in a file."""
    form = CheckForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and not ratelimit.consume(request, action="check_file"):
        form.add_error(None, MANY)
        return _asking(request, form, _TOO_MANY)
    if request.method == "POST" and form.is_valid():
        try:
            return HttpResponseRedirect(_place(form.cleaned_data))
        except Refusal as refusal:
            form.add_error(None, refusal.sentence)
    return _asking(request, form, 422 if form.errors else 200)


@login_not_required
@require_safe
def by_code(request: HttpRequest, code: str) -> HttpResponse:
    """The paper that carries this code."""
    answer = answer_for_code(read_code(code))
    return render(request, "documents/check_answer.html", {"answer": answer}, status=200 if answer.known else 404)


@login_not_required
@require_safe
def by_digest(request: HttpRequest, sha256: str) -> HttpResponse:
    """The file with this digest: known at once, or as the worker found it."""
    answer = answer_for_file(sha256)
    if answer is None:
        raise Http404(NOT_FOUND)
    return render(request, "documents/check_answer.html", {"answer": answer})


def _place(typed: dict[str, Any]) -> str:
    if typed["file"]:
        return reverse("check:file", args=[ask_examination(typed["file"], at=clock.now())])
    return reverse("check:code", args=[typed["code"]])


def _asking(request: HttpRequest, form: CheckForm, status: int) -> HttpResponse:
    return render(request, "documents/check_form.html", {"form": form}, status=status)
