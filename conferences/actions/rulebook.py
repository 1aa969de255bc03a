"""The papers by which a bloc works are recorded, and end."""

import datetime as dt

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction

from blocs.audit import record
from blocs.errors import Refusal
from blocs.files import PAPERS, store_file
from blocs.models import BlocYear, User
from blocs.text import date, nfc
from conferences.models import BlocPaper


class EndsBeforeItBegins(Refusal):
    """A paper cannot end before it is in force."""

    status = 422


@transaction.atomic
def record_bloc_paper(  # noqa: PLR0913 - what a paper says about itself
    year: BlocYear,
    *,
    kind: str,
    title: str,
    number: str,
    from_on: dt.date,
    until_on: dt.date | None,
    paper: UploadedFile | None,
    by: User | None,
    at: dt.datetime,
) -> BlocPaper:
    """Record a plan, a regulation or a guidance of the bloc with the time it is in force. Raises EndsBeforeItBegins."""
    _refuse_backwards(from_on, until_on)
    stored = store_file(paper, by=by, at=at, allowed=PAPERS) if paper else None
    row = BlocPaper.objects.create(
        bloc=year.bloc,
        kind=kind,
        title=nfc(title),
        number=nfc(number),
        from_on=from_on,
        until_on=until_on,
        paper=stored,
        recorded_by=by,
    )
    record("record_bloc_paper", row, by=by, year=year.pk, kind=kind, from_on=from_on, until_on=until_on)
    return row


@transaction.atomic
def end_bloc_paper(paper: BlocPaper, *, year: BlocYear, until_on: dt.date, by: User | None) -> BlocPaper:
    """Say until when a paper of the bloc is in force; it stays in the list. Raises EndsBeforeItBegins."""
    paper = BlocPaper.objects.select_for_update(of=("self",)).get(pk=paper.pk)
    _refuse_backwards(paper.from_on, until_on)
    paper.until_on = until_on
    paper.save(update_fields=["until_on"])
    record("end_bloc_paper", paper, by=by, year=year.pk, until_on=until_on)
    return paper


def _refuse_backwards(from_on: dt.date, until_on: dt.date | None) -> None:
    if until_on is not None and until_on < from_on:
        raise EndsBeforeItBegins(
            f"Chưa ghi được: ngày hết hiệu lực ({date(until_on)}) trước ngày có hiệu lực ({date(from_on)})."
        )
