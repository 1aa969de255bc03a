"""Handing out a workbook or a csv file."""

from django.http import HttpResponse

_KINDS = {
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "csv": "text/csv; charset=utf-8",
}


def as_download(content: bytes | str, name: str) -> HttpResponse:
    """Return a file of ours as an attachment; csv text carries the mark by which Excel knows UTF-8."""
    body = f"\ufeff{content}".encode() if isinstance(content, str) else content
    response = HttpResponse(body, content_type=_KINDS[name.rpartition(".")[2]])
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
