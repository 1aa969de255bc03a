"""Who may vote, and who may conduct a vote."""

import rules

from blocs.models import BlocYear, Membership, Post, User
from blocs.rules import assists, leads, permit
from blocs.standing import standing_of


@rules.predicate
def heads_member(user: User, membership: Membership) -> bool:
    """If the user is, or may act for, the head of the unit."""
    return standing_of(user).heads(membership.unit_id)


@rules.predicate
def counts_votes(user: User, year: BlocYear) -> bool:
    """If the user belongs to the tally team or the secretariat at a member unit of the year."""
    team = {Post.Role.TALLY, Post.Role.SECRETARY}
    units = [unit for unit, roles in standing_of(user).units.items() if not team.isdisjoint(roles)]
    return bool(units) and year.memberships.filter(unit__in=units).exists()


permit(
    "voting.cast_ballot",
    heads_member,
    "Việc bỏ phiếu do Thủ trưởng đơn vị hoặc người được ủy quyền thực hiện.",
)
permit(
    "voting.conduct",
    leads | assists | counts_votes,
    "Việc này do Trưởng khối, Phó Trưởng khối hoặc Tổ kiểm phiếu thực hiện.",
)
