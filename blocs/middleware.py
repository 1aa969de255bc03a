"""A refusal that no form caught becomes a page that keeps what was typed."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from blocs.errors import Refusal
from blocs.kept import kept


class RefusalMiddleware:
    """Answer a Refusal with its sentence, the typed values and the way back; nothing was changed."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Pass the request on."""
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """Return the page of the refusal (a bare sentence for htmx), or None for any other exception."""
        if not isinstance(exception, Refusal):
            return None
        template = "components/refusal.html" if getattr(request, "htmx", False) else "refused.html"
        context = {"refusal": exception, **kept(request)}
        return render(request, template, context, status=exception.status)
