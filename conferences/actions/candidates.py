"""Who is proposed to lead, and to assist, the next year."""

import datetime as dt

from django.db import transaction

from blocs.actions.years import refuse_past
from blocs.audit import record
from blocs.errors import Refusal
from blocs.models import BlocYear, Membership, User
from conferences.models import Candidate, Election
from conferences.queries.elections import role_word
from conferences.rules import stand_in


class NotProposed(Refusal):
    """The proposal is not possible: a foreign unit, a unit that is elected already, or the vote has begun."""


def locked_election(election: Election) -> Election:
    """Return the election under lock, after checking that its year is not past."""
    row = Election.objects.select_for_update(of=("self",)).select_related("year__bloc__authority", "poll")
    election = row.get(pk=election.pk)
    refuse_past(election.year)
    return election


@transaction.atomic
def propose_candidate(year: BlocYear, *, role: str, membership: Membership, by: User | None) -> Election:
    """Propose a member to lead, or to assist, the next year; the first proposal sets the election up.

    Raises NotProposed (not a member, elected to the other role already, the vote has begun), YearClosed.
    """
    refuse_past(year)
    BlocYear.objects.select_for_update().get(pk=year.pk)
    if membership.year_id != year.pk:
        raise NotProposed(f"{membership.name} không phải là đơn vị thành viên năm {year.year}. Không có gì thay đổi.")
    election, _ = Election.objects.get_or_create(year=year, role=role)
    _refuse_begun(election)
    other = Election.objects.filter(year=year, winner=membership).exclude(role=role).first()
    if other is not None:
        raise NotProposed(
            f"{membership.name} đã được bầu làm {role_word(year, other.role)} năm {year.year + 1} nên không giới thiệu "
            f"bầu {role_word(year, role)}. Không có gì thay đổi."
        )
    candidate, created = Candidate.objects.get_or_create(
        election=election, membership=membership, withdrawn_at=None, defaults={"proposed_by": by}
    )
    if created:
        record(
            "propose_candidate",
            candidate,
            by=by,
            year=year.pk,
            unit=membership.unit_id,
            role=role,
            **stand_in(by, year),
        )
    return election


@transaction.atomic
def withdraw_candidate(candidate: Candidate, *, by: User | None, at: dt.datetime) -> None:
    """Take a proposal back before the vote begins; the row stays in the record. Raises NotProposed, YearClosed."""
    election = locked_election(candidate.election)
    _refuse_begun(election)
    unit, year = candidate.membership.unit_id, election.year
    record("withdraw_candidate", candidate, by=by, year=year.pk, unit=unit, role=election.role, **stand_in(by, year))
    candidate.withdrawn_at = at
    candidate.save(update_fields=["withdrawn_at"])


def _refuse_begun(election: Election) -> None:
    if election.state != Election.State.PROPOSING:
        raise NotProposed(
            f"Danh sách giới thiệu đã khóa vì việc bầu đã bắt đầu ({election.get_state_display().lower()}). "
            "Không có nội dung nào bị thay đổi."
        )
