"""The authority's letter of the year, and the legal values that rest on it."""

import datetime as dt
from collections.abc import Mapping

from django.core.files.base import File
from django.db import transaction
from django.urls import reverse

from blocs.actions.year_settings import settle_year
from blocs.actions.years import refuse_past
from blocs.audit import record
from blocs.files import PAPERS, store_file
from blocs.models import BlocYear, Guidance, Provision, User
from blocs.notices import leaders_of, notify
from blocs.text import nfc


@transaction.atomic
def record_guidance(  # noqa: PLR0913 - a letter says all of it
    year: BlocYear,
    *,
    title: str,
    number: str = "",
    dated_on: dt.date | None = None,
    issuer: str = "",
    paper: File | None = None,
    quotas: Mapping[str, int | str] | None = None,
    submission_due_on: dt.date | None = None,
    is_illustrative: bool = False,
    by: User | None,
    at: dt.datetime,
) -> Guidance:
    """Record the letter that guides a year, the numbers of awards it allows, and its deadline of submission.

    `quotas` are by award code (FLAG, CERTIFICATE): whole numbers, or shares of the members ("30% xuống"). The leader is told. Raises YearClosed, FileRefused.
    """
    refuse_past(year)
    stored = store_file(paper, by=by, at=at, allowed=PAPERS) if paper else None
    guidance = Guidance.objects.create(
        year=year, title=nfc(title), number=nfc(number), dated_on=dated_on, issuer=nfc(issuer), paper=stored,
        is_illustrative=is_illustrative,
    )  # fmt: skip
    since = dated_on or at.date()
    for code, allowed in (quotas or {}).items():
        record_provision(
            topic="award_quota", key=code, value=str(allowed), year=year, guidance=guidance, effective_from=since, by=by
        )
    if submission_due_on is not None:
        settle_year(year, submission_due_on=submission_due_on, by=by)
    _tell_the_leader(guidance)
    record(
        "record_guidance", guidance, by=by, year=year.pk, number=guidance.number, dated_on=dated_on,
        quotas=dict(quotas or {}), paper=stored.sha256 if stored else "",
    )  # fmt: skip
    return guidance


def _tell_the_leader(guidance: Guidance) -> None:
    year = guidance.year
    text = f"Văn bản hướng dẫn năm {year.year}: {guidance.title}."
    url = reverse("blocs:guidance", args=[year.bloc.code, year.year, guidance.pk])
    notify(leaders_of(year), kind="guidance", text=text, url=url, year=year)


@transaction.atomic
def record_provision(  # noqa: PLR0913 - a legal value says all of it
    *,
    topic: str,
    key: str,
    value: str,
    effective_from: dt.date,
    year: BlocYear | None = None,
    guidance: Guidance | None = None,
    source: str = "",
    confirmed_by: str = "",
    by: User | None,
) -> Provision:
    """Record a legal value from a day on; said again for the same day it replaces the earlier word (the log keeps both).

    Raises YearClosed when it belongs to a year that ended.
    """
    if year is not None:
        refuse_past(year)
    provision = Provision.objects.select_for_update().filter(
        topic=topic, key=key, year=year, effective_from=effective_from
    ).first() or Provision(topic=topic, key=key, year=year, effective_from=effective_from)
    before = provision.value
    provision.value, provision.guidance = nfc(value), guidance
    provision.source, provision.confirmed_by = nfc(source), nfc(confirmed_by)
    provision.save()
    record(
        "record_provision",
        provision,
        by=by,
        year=year.pk if year else None,
        topic=topic,
        key=key,
        before=before,
        after=provision.value,
        effective_from=effective_from,
    )
    return provision
