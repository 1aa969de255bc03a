"""What the page of cross-scoring shows: a line a member with who scores it, and until when."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

from blocs import clock, text
from blocs.models import BlocYear, Membership, User
from blocs.standing import standing_of
from scoring.addresses import of_member
from scoring.forms import ExtensionForm
from scoring.models import PeerAssignment, SelfAssessment
from scoring.queries.peers import PeerLine, peer_lines

_OVER = {SelfAssessment.State.REVIEWED, SelfAssessment.State.AGREED, SelfAssessment.State.FINALISED}


@dataclass(frozen=True)
class Choice:
    """A unit that may be chosen."""

    value: str
    name: str
    chosen: bool


@dataclass(frozen=True)
class PeerRow:
    """One member; `choices` is empty where nothing can be chosen, and `why` says why."""

    member: Membership
    field: str
    name: str
    role: str
    state: str
    choices: list[Choice]
    why: str
    last_year: str
    due: str
    extend_url: str
    form: ExtensionForm


@dataclass(frozen=True)
class PeerPage:
    """The page of cross-scoring."""

    heading: str
    rows: list[PeerRow]
    due: str
    is_new: bool
    may_assign: bool


def peer_page(year: BlocYear, user: User, now: dt.datetime, *, may_assign: bool, typed: Mapping[str, str]) -> PeerPage:
    """Return the members with the peers assigned, else proposed; what was `typed` stands. A fixed number of queries."""
    lines = peer_lines(year)
    assigned = [line.assigned for line in lines if line.assigned]
    rows = [_row(line, lines, user, now, _chosen(line, typed, is_new=not assigned)) for line in lines]
    heading = (
        f"Đã phân công {text.count(len(assigned))}/{text.count(len(lines))} bảng"
        if assigned
        else f"Phân công chấm chéo năm {year.year}"
    )
    due = next((one.due_at for one in assigned if one.due_at), None)
    if due is None and not assigned and year.review_due_on:
        due = clock.at(year.review_due_on, 17)
    return PeerPage(heading, rows, _typed(due), not assigned, may_assign and not year.is_past)


def _typed(due: dt.datetime | None) -> str:
    return f"{due.astimezone(text.VIETNAM):%d/%m/%Y %H:%M}" if due else ""


def _chosen(line: PeerLine, typed: Mapping[str, str], *, is_new: bool) -> str:
    proposed = line.proposed if is_new else None
    held = line.assigned.peer_id if line.assigned else proposed.pk if proposed else ""
    return typed.get(f"don-vi-{line.member.pk}", str(held))


def _row(line: PeerLine, lines: list[PeerLine], user: User, now: dt.datetime, chosen: str) -> PeerRow:
    member, held = line.member, line.assigned
    why = _why_fixed(line, user)
    others = [other.member for other in lines if other.member.pk != member.pk]
    return PeerRow(
        member=member,
        field=f"don-vi-{member.pk}",
        name=member.short_name or member.name,
        role=member.year.bloc.leader_word if line.is_leader else "",
        state=_state(member),
        choices=[]
        if why
        else [Choice(str(one.pk), one.short_name or one.name, str(one.pk) == chosen) for one in others],
        why=f"{held.peer} chấm chéo. {why}" if why and held else why,
        last_year=line.last_year or "–",
        due=_due(held, now),
        extend_url=of_member("peer_extend", member) if held and held.due_at and not why else "",
        form=ExtensionForm(prefix=None, auto_id=f"gh-{member.pk}-%s"),
    )


def _why_fixed(line: PeerLine, user: User) -> str:
    if _assessment_state(line.member) in _OVER:
        return "Đã thẩm định xong."
    if standing_of(user).represents(line.member.unit_id):
        return "Không tham gia xét đơn vị mình: do cơ quan tổ chức khối phân công, nếu không thì Phó Trưởng khối thẩm định."
    return ""


def _assessment_state(member: Membership) -> str:
    assessment: SelfAssessment | None = getattr(member, "assessment", None)
    return assessment.state if assessment else ""


def _state(member: Membership) -> str:
    assessment: SelfAssessment | None = getattr(member, "assessment", None)
    return assessment.get_state_display() if assessment else "Chưa lập"


def _due(held: PeerAssignment | None, now: dt.datetime) -> str:
    if held is None or held.limit is None:
        return "–"
    extended = f", đã gia hạn: {held.extension_reason}" if held.extended_to else ""
    over = "" if held.is_open(now) else " (quá hạn)"
    return f"{text.moment(held.limit)}{over}{extended}"
