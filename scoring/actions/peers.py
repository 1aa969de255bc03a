"""Cross-scoring: who scores whose table, until when, and the extension of that time."""

import datetime as dt
from collections.abc import Mapping

from django.db import transaction

from blocs import text
from blocs.actions.years import refuse_past
from blocs.audit import record
from blocs.errors import Refusal
from blocs.models import BlocYear, Membership, User
from blocs.notices import notify, people_of
from blocs.standing import standing_of
from scoring.actions.dossiers import OwnAssessment, reason_of
from scoring.actions.sending import BadExtension
from scoring.addresses import of_member
from scoring.models import PeerAssignment, SelfAssessment
from scoring.models.peers import peers_of
from scoring.models.reviewers import leading_units

_OVER = frozenset(
    {SelfAssessment.State.REVIEWED, SelfAssessment.State.AGREED, SelfAssessment.State.FINALISED}
)  # fmt: skip


class PeerRefused(Refusal):
    """An assignment is of members of the same year, of a table that is not reviewed yet, never to oneself."""


class PeerTimeOver(Refusal):
    """The time of the assigned peer is over; the leader may extend it, or reviews the table itself."""

    def __init__(self, limit: dt.datetime, leader: str, remedy_url: str = "") -> None:
        super().__init__(
            f"Thời hạn chấm chéo đã kết thúc lúc {text.moment(limit)}. Các điểm đã ghi vẫn được giữ. "
            f"Đề nghị liên hệ {leader} để được gia hạn.",
            remedy_url=remedy_url,
            remedy_label="Gia hạn",
        )
        self.limit = limit


@transaction.atomic
def assign_peers(
    year: BlocYear,
    pairs: Mapping[Membership, Membership | None],
    *,
    due_at: dt.datetime | None,
    by: User | None,
    at: dt.datetime,
) -> int:
    """Say which member scores whose table (Phân công chấm chéo), until when; None takes an assignment back.

    What did not change stays as it is, its extension too. Returns how many lines changed. Nobody scores itself, and
    nobody chooses who scores its own unit. Raises OwnAssessment, PeerRefused, BadExtension.
    """
    year = BlocYear.objects.select_for_update(of=("self",)).select_related("bloc").get(pk=year.pk)
    refuse_past(year)
    if due_at is not None and due_at <= at:
        raise BadExtension("Hạn chấm chéo phải sau thời điểm hiện tại. Chưa có nội dung nào được ghi.")
    now = peers_of(year)
    changed = {member: peer for member, peer in pairs.items() if _differs(now.get(member.pk), peer, due_at)}
    for member, peer in changed.items():
        _refuse_pair(year, member, peer, by)
        PeerAssignment.objects.in_force().filter(membership=member).update(ended_at=at)
        if peer is not None:
            _assign(year, member, peer, due_at, by, at)
    year.__dict__.pop("_peers", None)
    if changed:
        said = {member.unit.code: peer.unit.code if peer else "" for member, peer in changed.items()}
        record("assign_peers", year, by=by, year=year.pk, pairs=said, due_at=due_at)
    return len(changed)


def _differs(held: PeerAssignment | None, peer: Membership | None, due_at: dt.datetime | None) -> bool:
    if held is None or peer is None:
        return held is not peer  # both None: nothing to do
    return held.peer_id != peer.pk or held.due_at != due_at


def _refuse_pair(year: BlocYear, member: Membership, peer: Membership | None, by: User | None) -> None:
    if peer is not None and peer.pk == member.pk:
        raise OwnAssessment(
            f"Không tham gia xét đơn vị mình: {member} không tự chấm chéo. Chưa có nội dung nào được ghi."
        )
    if by is not None and standing_of(by).represents(member.unit_id):
        raise OwnAssessment(
            "Không tham gia xét đơn vị mình: đơn vị chấm chéo bảng của đơn vị mình do cơ quan tổ chức khối phân công. "
            "Chưa có nội dung nào được ghi."
        )
    if member.year_id != year.pk or (peer is not None and peer.year_id != year.pk):
        raise PeerRefused("Có đơn vị không phải thành viên của năm này. Chưa có nội dung nào được ghi.")
    if SelfAssessment.objects.filter(membership=member, state__in=_OVER).exists():
        raise PeerRefused(
            f"Bảng của {member} đã thẩm định xong nên không phân công lại. Chưa có nội dung nào được ghi."
        )


def _assign(
    year: BlocYear,
    member: Membership,
    peer: Membership,
    due_at: dt.datetime | None,
    by: User | None,
    at: dt.datetime,
) -> None:
    PeerAssignment.objects.create(membership=member, peer=peer, due_at=due_at, assigned_by=by, assigned_at=at)
    due = f" Hạn: {text.moment(due_at)}." if due_at else ""
    notify(
        people_of(peer.unit_id),
        kind="peer_assigned",
        text=f"Đơn vị được phân công chấm chéo bảng tự chấm điểm năm {year.year} của {member.name}.{due}",
        url=of_member("review_detail", member),
        year=year,
    )


@transaction.atomic
def extend_peer(
    assignment: PeerAssignment, *, until: dt.datetime, reason: str, by: User | None, at: dt.datetime
) -> PeerAssignment:
    """Give a peer more time to score (Gia hạn), with a reason; the log keeps it. Raises BadExtension, NoReason."""
    assignment = (
        PeerAssignment.objects.in_force()
        .select_for_update(of=("self",))
        .select_related("membership__year__bloc", "membership__unit", "peer")
        .get(pk=assignment.pk)
    )
    year = assignment.membership.year
    refuse_past(year)
    why = reason_of(reason, "gia hạn")
    if until <= at or (assignment.due_at is not None and until <= assignment.due_at):
        raise BadExtension("Thời hạn mới phải sau hạn cũ và sau thời điểm hiện tại. Chưa có nội dung nào được ghi.")
    assignment.extended_to, assignment.extension_reason = until, why
    assignment.save(update_fields=["extended_to", "extension_reason"])
    sentence = f"Thời hạn chấm chéo bảng của {assignment.membership.name} được gia hạn đến {text.moment(until)}: {why}"
    url = of_member("review_detail", assignment.membership)
    notify(people_of(assignment.peer.unit_id), kind="peer_extended", text=sentence, url=url, year=year)
    unit = assignment.membership.unit_id
    record("extend_peer", assignment.membership, by=by, year=year.pk, unit=unit, until=until, reason=why)
    return assignment


def refuse_late_peer(assessment: SelfAssessment, by: User | None, at: dt.datetime) -> None:
    """Raise PeerTimeOver when the user may review this table only as its assigned peer, and that time is over."""
    if by is None:
        return
    membership = assessment.membership
    assigned = peers_of(membership.year).get(membership.pk)
    by_office = any(standing_of(by).represents(unit) for unit in leading_units(membership))
    if assigned is not None and assigned.limit is not None and not by_office and not assigned.is_open(at):
        raise PeerTimeOver(assigned.limit, membership.year.bloc.leader_word)
