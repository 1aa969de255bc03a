"""Who reviews whom."""

from blocs.models import Membership, Unit, User
from blocs.standing import Leadership, leadership_of, standing_of
from scoring.models.assessments import SelfAssessment
from scoring.models.peers import peers_of

Dossier = SelfAssessment | Membership


def membership_of(dossier: Dossier) -> Membership:
    """Return the member whose dossier it is."""
    return dossier if isinstance(dossier, Membership) else dossier.membership


def leading_units(dossier: Dossier, leadership: Leadership | None = None) -> frozenset[int]:
    """Return which units review a member's assessment by their office, by primary key.

    The leader, and the deputy for the leader; of the leader's own the unit named by the authority, else the deputy.
    Nobody reviews itself.
    """
    membership = membership_of(dossier)
    led = leadership or leadership_of(membership.year)
    if membership.unit_id == led.leader:
        units = {membership.year.leader_reviewer_id or led.deputy}
    else:
        units = {led.leader, led.deputy}
    return frozenset(unit for unit in units if unit is not None and unit != membership.unit_id)


def reviewing_units(dossier: Dossier, leadership: Leadership | None = None) -> frozenset[int]:
    """Return which units may review a member's assessment, by primary key: by their office, or assigned to it."""
    membership = membership_of(dossier)
    assigned = peers_of(membership.year).get(membership.pk)
    return leading_units(membership, leadership) | ({assigned.peer.unit_id} if assigned else set())


def unit_behind(user: User | None, dossier: Dossier) -> Unit | None:
    """Return the reviewing unit for which the user acts, the leader first, then the deputy; None for the operator."""
    if user is None:
        return None
    membership = membership_of(dossier)
    leadership = leadership_of(membership.year)
    by_office = leading_units(membership, leadership)
    candidates = reviewing_units(membership, leadership)
    ordered = sorted(candidates, key=lambda unit: (unit != leadership.leader, unit not in by_office))
    found = next((unit for unit in ordered if standing_of(user).represents(unit)), None)
    return None if found is None else Unit.objects.get(pk=found)
