"""Who may, with the pledge."""

import rules

from blocs.models import BlocYear, LeadershipTerm, Membership, User
from blocs.rules import oversees, permit
from blocs.standing import standing_of


@rules.predicate
def prepares(user: User, year: BlocYear) -> bool:
    """If the user acts for a unit that leads or assists the year, or the year before, in which its pledge is written."""
    standing = standing_of(user)
    units = set(standing.units) | standing.authorised
    terms = LeadershipTerm.objects.filter(year__bloc=year.bloc_id, year__year__in=(year.year - 1, year.year))
    return terms.filter(unit__in=units).exists()


@rules.predicate
def heads_member(user: User, membership: Membership) -> bool:
    """If the user is, or may act for, the head of the unit."""
    return standing_of(user).heads(membership.unit_id)


@rules.predicate
def represents_member(user: User, membership: Membership) -> bool:
    """If the user acts for the unit."""
    return standing_of(user).represents(membership.unit_id)


permit("pledges.prepare", prepares | oversees, "Việc này do Trưởng khối hoặc Phó Trưởng khối thực hiện.")
permit("pledges.sign", heads_member, "Ký giao ước do Thủ trưởng đơn vị hoặc người được ủy quyền thực hiện.")
permit("pledges.answer", represents_member, "Việc này do người của đơn vị thực hiện.")
