"""The results of a meeting shown to everybody, and the handover drawn up."""

import datetime as dt

from django.db import transaction
from django.utils import timezone

from blocs.actions.years import refuse_past
from blocs.audit import record
from blocs.errors import Refusal
from blocs.models import BlocYear, User
from conferences.actions.reports import issuer_of
from conferences.gathering.handover import handover_of, handover_paper
from conferences.gathering.results import gather_results
from conferences.gathering.tally import gather_tally
from conferences.models import Conference, Election, PublicResult
from conferences.rules import stand_in
from documents.actions import draft_document, request_printing
from documents.models import Document
from voting.models import Round
from voting.queries import latest_round


class NotOverYet(Refusal):
    """The meeting is still going on: its results are not complete."""


class NotCounted(Refusal):
    """No round of the election has been published."""


class NobodyElected(Refusal):
    """There is nobody yet to hand over to."""


@transaction.atomic
def publish_results(conference: Conference, *, by: User | None, at: dt.datetime) -> PublicResult:
    """Copy the results of a meeting to the public page; publishing again puts the present results there.

    Only what members may read is copied: votes as their rounds publish them. Raises YearClosed, NotOverYet.
    """
    conference = (
        Conference.objects.select_for_update(of=("self",)).select_related("year__bloc__authority").get(pk=conference.pk)
    )
    refuse_past(conference.year)
    if not conference.is_over:
        raise NotOverYet("Chưa công khai được: hội nghị chưa bế mạc nên kết quả chưa đầy đủ.")
    content = gather_results(conference)
    shown, _ = PublicResult.objects.update_or_create(
        conference=conference,
        defaults={"content": content, "is_shown": True, "published_by": by, "published_at": at},
    )
    record("publish_results", shown, by=by, year=conference.year_id, **stand_in(by, conference.year))
    return shown


@transaction.atomic
def hide_results(shown: PublicResult, *, by: User | None) -> PublicResult:
    """Take the public page back; what was published stays in the record. Raises YearClosed."""
    shown = PublicResult.objects.select_for_update(of=("self",)).select_related("conference__year").get(pk=shown.pk)
    refuse_past(shown.conference.year)
    shown.is_shown = False
    shown.save(update_fields=["is_shown"])
    record("hide_results", shown, by=by, year=shown.conference.year_id)
    return shown


@transaction.atomic
def draft_tally(election: Election, *, by: User | None, at: dt.datetime) -> Document:
    """Draw up the minutes of the tally of the last published round and have them printed.

    Raises YearClosed, NotCounted (nothing has been published), NobodyLeads.
    """
    refuse_past(election.year)
    round_ = latest_round(election.poll) if election.poll else None
    if round_ is None or round_.state not in {Round.State.PUBLISHED, Round.State.NO_RESULT}:
        raise NotCounted("Chưa lập được biên bản kiểm phiếu: kết quả của lần bỏ phiếu chưa công bố.")
    document = draft_document(
        election.year,
        kind=Document.Kind.TALLY_MINUTES,
        paper=gather_tally(election, round_),
        unit=issuer_of(election.year),
        about=f"round:{round_.pk}",
        by=by,
        on=timezone.localdate(at),
    )
    record("draft_tally", document, by=by, year=election.year_id, digest=document.content_digest)
    return request_printing(document, by=by, at=at)


@transaction.atomic
def draft_handover(year: BlocYear, *, by: User, at: dt.datetime) -> Document:
    """Draw up the minutes of the handover to the elected leader and have them printed.

    Raises YearClosed, NobodyElected, NobodyLeads.
    """
    refuse_past(year)
    handover = handover_of(year, by, timezone.localdate(at))
    if handover.incoming is None:
        raise NobodyElected(
            f"Chưa lập được biên bản bàn giao: chưa có kết quả bầu {year.bloc.leader_word} năm {year.year + 1}."
        )
    document = draft_document(
        year,
        kind=Document.Kind.HANDOVER_MINUTES,
        paper=handover_paper(handover),
        unit=issuer_of(year),
        about="handover",
        by=by,
        on=timezone.localdate(at),
    )
    record("draft_handover", document, by=by, year=year.pk, digest=document.content_digest, **stand_in(by, year))
    return request_printing(document, by=by, at=at)
