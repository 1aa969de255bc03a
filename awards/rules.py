"""Who may propose, conduct the vote, submit, supply papers, and handle nominations at the desk."""

import rules

from awards.models import Nomination
from blocs.models import User
from blocs.rules import assists, leads, oversees, permit
from blocs.standing import leadership_of, standing_of


@rules.predicate
def keeps_dossier(user: User, nomination: Nomination) -> bool:
    """If the user acts for the nominated unit, or for the leader or the deputy leader of its year."""
    standing, leadership = standing_of(user), leadership_of(nomination.year)
    units = (nomination.membership.unit_id, leadership.leader, leadership.deputy)
    return any(standing.represents(unit) for unit in units)


@rules.predicate
def reads_dossier(user: User, nomination: Nomination) -> bool:
    """If the user keeps the dossier, or holds a post at the authority that receives it."""
    return bool(keeps_dossier(user, nomination)) or bool(oversees(user, nomination.year))


@rules.predicate
def handles_at_desk(user: User, nomination: Nomination) -> bool:
    """If the user holds a post at the authority and does not act for the nominated unit."""
    standing = standing_of(user)
    own = standing.represents(nomination.membership.unit_id)
    return bool(oversees(user, nomination.year)) and not own


permit("awards.propose", leads, "Việc này do Trưởng khối thực hiện.")
permit("awards.conclude", leads | assists, "Việc này do Trưởng khối hoặc Phó Trưởng khối thực hiện.")
permit("awards.submit", leads, "Việc này do Trưởng khối thực hiện.")
permit("awards.keep_dossier", keeps_dossier, "Việc này do đơn vị được đề nghị hoặc Trưởng khối thực hiện.")
permit(
    "awards.read_dossier",
    reads_dossier,
    "Tài liệu của hồ sơ do đơn vị được đề nghị, Trưởng khối và cơ quan thẩm định xem.",
)
permit("awards.receive", oversees, "Việc này do cơ quan tổ chức khối thực hiện.")
permit(
    "awards.review",
    handles_at_desk,
    "Việc này do cơ quan tổ chức khối thực hiện. Người của đơn vị được đề nghị không tham gia xét đơn vị mình.",
)
