"""The beats that every view shares: fetch a bloc year, answer with a sentence."""

from typing import Any, cast

from django.contrib import messages
from django.db.models import Model, QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import resolve_url

from blocs import clock
from blocs.models import BlocYear, User

NOT_FOUND = "Không tìm thấy nội dung, hoặc nội dung không thuộc phạm vi của đơn vị."


def user_of(request: HttpRequest) -> User:
    """Return the signed-in user (LoginRequiredMiddleware lets nobody else reach a view)."""
    return cast("User", request.user)


def fetch_year(request: HttpRequest, bloc: str, year: int) -> BlocYear:
    """Return the bloc year that the address names and the user may see, and tell the frame; else 404."""
    visible = BlocYear.objects.visible_to(user_of(request), clock.today())
    found = fetch(visible.select_related("bloc__authority"), bloc__code=bloc, year=year)
    request.bloc_year = found  # type: ignore[attr-defined]
    return found


def fetch(rows: QuerySet[Any], **which: Any) -> Any:
    """Return the one visible row, or raise 404 with the sentence that tells nothing about hidden rows."""
    found = rows.filter(**which).first()
    if found is None:
        raise Http404(NOT_FOUND)
    return found


def answer(request: HttpRequest, sentence: str, to: str | Model, *args: Any, **kwargs: Any) -> HttpResponse:
    """Say what was done and go to a page (303): a url name with its arguments, or a path."""
    if sentence:
        messages.success(request, sentence)
    response = HttpResponseRedirect(resolve_url(to, *args, **kwargs))
    response.status_code = 303
    return response
