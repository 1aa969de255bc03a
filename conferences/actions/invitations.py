"""Invitations are sent, and the tally team is named."""

import datetime as dt

from django.db import transaction
from django.utils import timezone

from blocs.audit import record
from blocs.errors import Refusal
from blocs.models import Membership, User
from blocs.notices import notify, officials_of, people_of
from blocs.text import date, nfc
from blocs.workflow import advance
from conferences.actions.meetings import locked
from conferences.actions.reports import issuer_of
from conferences.gathering.letters import gather_invitation
from conferences.models import Candidate, Conference, Teller
from conferences.queries.places import board_path
from conferences.rules import stand_in
from documents.actions import draft_document, request_printing
from documents.models import Document


class NotATeller(Refusal):
    """A unit that is proposed does not count the votes, or the team has its head already."""

    status = 422


@transaction.atomic
def send_invitations(conference: Conference, *, by: User | None, at: dt.datetime) -> Document:
    """Draw the invitation up with its programme, tell every unit and the authority; again after a change.

    Raises YearClosed, MeetingOver, NobodyLeads.
    """
    conference = locked(conference)
    year = conference.year
    if conference.state == Conference.State.PREPARING:
        conference = advance(conference, Conference.State.INVITED, invited_at=at)
    else:
        conference.invited_at = at
        conference.save(update_fields=["invited_at"])
    document = draft_document(
        year,
        kind=Document.Kind.INVITATION,
        paper=gather_invitation(conference),
        unit=issuer_of(year),
        about=f"conference:{conference.pk}",
        by=by,
        on=timezone.localdate(at),
    )
    people = people_of(*year.memberships.values_list("unit_id", flat=True)) + officials_of(year.bloc.authority_id)
    words = (
        f"Giấy mời dự {conference.title}, {conference.starts_at:%H} giờ {conference.starts_at:%M} ngày "
        f"{date(conference.held_on)}. Giấy mời, chương trình và tệp lịch (.ics) có trên trang hội nghị."
    )
    notify(people, kind="conference_invited", text=words, url=board_path(year), year=year)
    record("send_invitations", conference, by=by, year=year.pk, people=len(people), **stand_in(by, year))
    return request_printing(document, by=by, at=at)


@transaction.atomic
def name_teller(
    conference: Conference, *, membership: Membership, role: str, name: str, title: str = "", by: User | None
) -> Teller:
    """Put somebody on the tally team. Raises NotATeller (of a proposed unit, a second head), YearClosed, MeetingOver."""
    conference = locked(conference)
    proposed = Candidate.objects.standing().filter(election__year=conference.year_id, membership=membership)
    if proposed.exclude(election__state="decided").exists():
        raise NotATeller(
            f"{membership.name} được giới thiệu trong danh sách bầu nên người của đơn vị không tham gia Tổ kiểm phiếu."
        )
    if role == Teller.Role.HEAD and conference.tellers.filter(role=role).exists():
        raise NotATeller("Tổ kiểm phiếu đã có Tổ trưởng. Đề nghị bỏ Tổ trưởng hiện tại trước khi ghi người khác.")
    teller = Teller.objects.create(
        conference=conference, membership=membership, role=role, name=nfc(name), title=nfc(title)
    )
    record("name_teller", teller, by=by, year=conference.year_id, unit=membership.unit_id, role=role)
    return teller


@transaction.atomic
def remove_teller(teller: Teller, *, by: User | None) -> None:
    """Take somebody from the tally team. Raises YearClosed, MeetingOver."""
    conference = locked(teller.conference)
    record("remove_teller", teller, by=by, year=conference.year_id, unit=teller.membership.unit_id)
    teller.delete()
