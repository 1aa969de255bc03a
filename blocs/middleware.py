"""A refusal that no form caught becomes a page that keeps what was typed."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.http import url_has_allowed_host_and_scheme

from blocs.errors import Refusal

_NOT_TYPED = {"csrfmiddlewaretoken", "password", "password1", "password2", "oldpassword"}


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
        typed = [(key, value) for key, values in request.POST.lists() if key not in _NOT_TYPED for value in values if value]
        template = "components/refusal.html" if getattr(request, "htmx", False) else "refused.html"
        back = request.META.get("HTTP_REFERER", "")
        if not url_has_allowed_host_and_scheme(back, {request.get_host()}):
            back = "/"
        context = {"refusal": exception, "typed": typed, "back": back}
        return render(request, template, context, status=exception.status)
