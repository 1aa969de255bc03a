"""The editor of the summary report."""

from django.http import HttpRequest, HttpResponse


def report(request: HttpRequest, bloc: str, year: int) -> HttpResponse:
    """Stub."""
    return HttpResponse()


section = draft = issue = report
