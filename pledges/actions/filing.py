"""The pledge among the papers of the year: filed when it is frozen, its boxes filled as the units sign, issued at the end."""

import datetime as dt

from django.db import transaction

from blocs.models import BlocYear, LeadershipTerm, Membership, Unit, User
from documents.actions import (
    close_signing,
    collect_signatures,
    draft_document,
    request_printing,
    return_to_draft,
    submit_for_signature,
)
from documents.models import Document
from pledges.gathering import gather_pledge
from pledges.models import Pledge
from pledges.queries import paper_of

FROZEN, DRAFT = "giao-uoc", "du-thao"


def print_pledge(pledge: Pledge, *, own: Membership | None, by: User | None, at: dt.datetime) -> Document:
    """Have the pledge printed as it stands now (Xuất PDF), as a paper of the unit that keeps it.

    A draft is a paper of the reader's own unit (`own`), or of the leading one for the authority. Raises YearClosed.
    """
    document = file_pledge(pledge, own=own, by=by, on=at.date())
    return request_printing(document, by=by, at=at)


@transaction.atomic
def file_pledge(pledge: Pledge, *, own: Membership | None = None, by: User | None, on: dt.date) -> Document:
    """File the pledge under the papers of its year, or bring the filed one up to date. Raises YearClosed.

    Frozen it is out for signature, with everybody's signature it is issued; a filed and issued one is left alone.
    """
    if not pledge.is_frozen:
        return _file_draft(pledge, own=own, by=by, on=on)
    filed = paper_of(pledge)
    if filed is not None and filed.state == Document.State.ISSUED:
        return filed
    if filed is None or filed.state == Document.State.DRAFT:
        filed = draft_document(
            pledge.year, kind=Document.Kind.PLEDGE, paper=gather_pledge(pledge), unit=_keeper(pledge.year), about=FROZEN,
            by=by, on=on,
        )  # fmt: skip
        filed = submit_for_signature(filed, by=by)
    else:
        filed = collect_signatures(filed, paper=gather_pledge(pledge), by=by)
    return close_signing(filed, signed_on=on, by=by) if pledge.state == Pledge.State.SIGNED else filed


@transaction.atomic
def take_back_filed(pledge: Pledge, *, reason: str, by: User | None) -> None:
    """Take the filed pledge back to draft because its text is opened again; nothing when it is not filed."""
    filed = paper_of(pledge)
    if filed is not None and filed.state == Document.State.SIGNING:
        return_to_draft(filed, reason=reason, by=by)


def _file_draft(pledge: Pledge, *, own: Membership | None, by: User | None, on: dt.date) -> Document:
    shared = pledge.state == Pledge.State.COMMENT
    audience = Document.Audience.YEAR if shared else Document.Audience.AUTHORITY
    unit = own.unit if own is not None and not shared else _keeper(pledge.year)
    return draft_document(
        pledge.year, kind=Document.Kind.PLEDGE, paper=gather_pledge(pledge), unit=unit, audience=audience, about=DRAFT,
        by=by, on=on,
    )  # fmt: skip


def _keeper(year: BlocYear) -> Unit:
    """The unit that keeps the paper: who leads the year, else who led the year before, else the first member."""
    terms = LeadershipTerm.objects.filter(
        year__bloc=year.bloc_id, year__year__in=(year.year - 1, year.year), role=LeadershipTerm.Role.LEADER
    )
    term = terms.order_by("-year__year", "-from_on").select_related("unit").first()
    return term.unit if term else year.memberships.select_related("unit")[0].unit
