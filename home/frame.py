"""The frame of every page."""

from typing import Any

from django.http import HttpRequest


def frame(_request: HttpRequest) -> dict[str, Any]:
    """Return the frame for base.html."""
    return {"frame": None}
