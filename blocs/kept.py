"""Nothing typed is lost: what a person sent without being signed in, or with a stale form, comes back to be copied."""

from collections.abc import Callable
from typing import Any
from urllib.parse import urlsplit

from django.contrib.auth.decorators import login_not_required
from django.contrib.sessions.middleware import SessionMiddleware
from django.core.exceptions import RequestDataTooBig
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.utils.http import url_has_allowed_host_and_scheme

_SAFE = frozenset({"GET", "HEAD", "OPTIONS", "TRACE"})
_NEVER_SHOWN = ("csrfmiddlewaretoken", "password", "oldpassword", "token", "code")


def typed_values(post: QueryDict) -> list[str]:
    """Return what a person typed, in the order of the form; no secrets, no codes of choices, nothing empty."""
    return [
        value
        for name, values in post.lists()
        if not name.startswith(_NEVER_SHOWN)
        for value in values
        if value.strip() and not (value.isascii() and value.replace("_", "").isalpha() and value.islower())
    ]


class KeptMiddleware:
    """Answer a POST of a signed-out person with the typed texts and the way to sign in; stands before the sign-in check."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Pass the request on."""
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Callable[..., Any], _args: list[Any], _kwargs: dict[str, Any]
    ) -> HttpResponse | None:
        """Return the page with the typed texts (401), or None when the request may go on."""
        open_to_all = not getattr(view, "login_required", True)
        if request.method in _SAFE or request.user.is_authenticated or open_to_all:
            return None
        return render(request, "account/kept.html", kept(request), status=401)


class IdleSessionMiddleware(SessionMiddleware):
    """Each request starts the idle time anew, but not one that a page makes by itself (header X-Idle)."""

    def process_response(self, request: HttpRequest, response: HttpResponse) -> HttpResponse:
        """Leave the session as it is after an idle request that changed nothing."""
        if request.headers.get("X-Idle") and not request.session.modified:
            return response
        return super().process_response(request, response)


@login_not_required
def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:  # noqa: ARG001 - Django's signature
    """Answer a form of an older session: nothing was done, the typed texts come back (only to our own pages)."""
    ours = request.headers.get("Origin", "") in {"", f"{request.scheme}://{request.get_host()}"}
    context = kept(request) if ours else {"typed": [], "back": "/"}
    return render(request, "403_csrf.html", context, status=403)


@login_not_required
def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Answer a request that cannot be read: 413 when it is too big, else 400."""
    if isinstance(exception, RequestDataTooBig):
        return render(request, "413.html", status=413)
    return render(request, "400.html", status=400)


def kept(request: HttpRequest) -> dict[str, Any]:
    """Return what a page that gives typed texts back needs: the texts, whether files came, and the page of the form."""
    referer = request.headers.get("Referer", "")
    ours = url_has_allowed_host_and_scheme(referer, {request.get_host()}, require_https=request.is_secure())
    parts = urlsplit(referer)
    back = f"{parts.path}?{parts.query}".rstrip("?") if ours else "/"
    return {"typed": typed_values(request.POST), "had_files": bool(request.FILES), "back": back}
