"""Cross-scoring of a year: who scores whom, who did the year before, and a rotation to propose."""

from collections.abc import Mapping
from dataclasses import dataclass

from blocs.models import BlocYear, Membership
from blocs.standing import leadership_of
from scoring.models import PeerAssignment
from scoring.models.peers import peers_of
from scoring.models.reviewers import leading_units
from scoring.rotation import rotation


@dataclass(frozen=True)
class PeerLine:
    """One member: who scores it now, who is proposed, who did the year before ("" for nobody)."""

    member: Membership
    assigned: PeerAssignment | None
    proposed: Membership | None
    last_year: str
    is_leader: bool


def peer_lines(year: BlocYear) -> list[PeerLine]:
    """Return the members in order with their peers. Four queries, however many members."""
    members = list(year.memberships.select_related("unit", "assessment").order_by("position"))
    for member in members:
        member.year = year
    leader, assigned, before = leadership_of(year).leader, peers_of(year), _last_year(year)
    proposed = proposed_peers(year, members, before)
    names = {member.unit_id: member.short_name or member.name for member in members}
    return [
        PeerLine(
            member=member,
            assigned=assigned.get(member.pk),
            proposed=proposed.get(member.pk),
            last_year=names.get(before.get(member.unit_id, 0), ""),
            is_leader=member.unit_id == leader,
        )
        for member in members
    ]


def proposed_peers(year: BlocYear, members: list[Membership], before: Mapping[int, int]) -> dict[int, Membership]:
    """Return a rotation over the members, by primary key; the deputy or the named unit scores the leader if it can."""
    led = leadership_of(year)
    leading = next((member for member in members if member.unit_id == led.leader), None)
    best = next(iter(leading_units(leading)), None) if leading else None
    wanted = {leading.unit_id: best} if leading and best else {}
    by_unit = {member.unit_id: member for member in members}
    found = rotation(list(by_unit), before=before, wanted=wanted)
    return {by_unit[unit].pk: by_unit[peer] for unit, peer in found.items()}


def _last_year(year: BlocYear) -> dict[int, int]:
    """Who scored whom the year before, by unit. One query."""
    rows = PeerAssignment.objects.in_force().filter(
        membership__year__bloc=year.bloc_id, membership__year__year=year.year - 1
    )
    return dict(rows.values_list("membership__unit_id", "peer__unit_id"))
