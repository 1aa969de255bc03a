"""Trying an act with a form on the page: a refusal stands on the form, and nothing typed is lost."""

from collections.abc import Callable
from typing import Any

from django.forms import Form
from django.http import HttpRequest

from blocs.errors import Refusal


def attempt(request: HttpRequest, form: Form, act: Callable[[], Any]) -> Any:
    """Return what the act returns when the form was sent and is right; None otherwise, with the sentence on the form."""
    if request.method != "POST" or not form.is_valid():
        return None
    try:
        return act()
    except Refusal as refusal:
        form.add_error(None, refusal.sentence)
        form.refused_with = refusal.status  # type: ignore[attr-defined]
        return None


def status_of(form: Form | None) -> int:
    """Return the HTTP status of a page that shows the form: as it was refused, 422 for wrong input, else 200."""
    if form is None or not form.is_bound or not form.errors:
        return 200
    return int(getattr(form, "refused_with", 422))
