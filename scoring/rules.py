"""Who may, in scoring."""

import rules

from blocs.models import BlocYear, User
from blocs.rules import leads, oversees, permit
from blocs.standing import standing_of
from scoring.models.reviewers import Dossier, leading_units, membership_of, reviewing_units


@rules.predicate
def fills(user: User, dossier: Dossier) -> bool:
    """Whether the user acts for the member whose assessment it is."""
    return standing_of(user).represents(membership_of(dossier).unit_id)


@rules.predicate
def approves(user: User, dossier: Dossier) -> bool:
    """Whether the user is, or may act for, the head of the member."""
    return standing_of(user).heads(membership_of(dossier).unit_id)


@rules.predicate
def reviews(user: User, dossier: Dossier) -> bool:
    """Whether the user acts for a unit that reviews this member, and not for the member itself."""
    standing = standing_of(user)
    own = standing.represents(membership_of(dossier).unit_id)
    return not own and any(standing.represents(unit) for unit in reviewing_units(dossier))


@rules.predicate
def leads_dossier(user: User, dossier: Dossier) -> bool:
    """Whether the user acts for a unit that reviews this member by its office, and not for the member itself."""
    standing = standing_of(user)
    own = standing.represents(membership_of(dossier).unit_id)
    return not own and any(standing.represents(unit) for unit in leading_units(dossier))


@rules.predicate
def oversees_dossier(user: User, dossier: Dossier) -> bool:
    """Whether the user holds a post at the authority of the dossier's bloc."""
    return bool(oversees.test(user, membership_of(dossier).year))


@rules.predicate
def may_take_part(user: User, year: BlocYear) -> bool:
    """Whether the user acts for a member of the year."""
    units = standing_of(user).units.keys() | standing_of(user).authorised
    return year.memberships.filter(unit__in=units).exists()


@rules.predicate
def may_import(user: User, wanted: tuple[BlocYear, frozenset[int], bool]) -> bool:
    """Whether the user may bring results of these units: the authority any, a unit its own as a draft.

    The subject is (year, units by primary key, whether they arrive as drafts). The leader never brings others' claims.
    """
    year, units, as_draft = wanted
    own = as_draft and all(standing_of(user).represents(unit) for unit in units)
    return own or bool(oversees.test(user, year))


_LEADER_ONLY = "Việc này do Trưởng khối thực hiện; bảng điểm của Trưởng khối do Phó Trưởng khối hoặc đơn vị được chỉ định thẩm định; bảng được phân công do đơn vị chấm chéo thẩm định."
permit("scoring.keep_table", leads | oversees, "Việc này do Trưởng khối hoặc cơ quan tổ chức khối thực hiện.")
permit("scoring.comment_table", may_take_part, "Việc này do đơn vị thành viên thực hiện.")
permit(
    "scoring.import_results",
    may_import,
    "Kết quả của các đơn vị do cơ quan tổ chức khối nhập; mỗi đơn vị chỉ nhập bảng đang lập của mình.",
)
permit("scoring.fill_assessment", fills, "Việc này do người của đơn vị thực hiện.")
permit("scoring.approve_assessment", approves, "Việc này do Thủ trưởng đơn vị hoặc người được ủy quyền thực hiện.")
permit("scoring.review_assessment", reviews, _LEADER_ONLY)
permit("scoring.extend_assessment", leads_dossier | oversees_dossier, _LEADER_ONLY)
permit("scoring.assign_peers", leads | oversees, "Việc này do Trưởng khối hoặc cơ quan tổ chức khối thực hiện.")
permit("scoring.agree_scores", leads, "Việc này do Trưởng khối thực hiện.")
permit("scoring.finalise_scores", leads | oversees, "Việc này do Trưởng khối hoặc cơ quan tổ chức khối thực hiện.")
permit("scoring.correct_scores", oversees_dossier, "Việc này do cơ quan tổ chức khối thực hiện.")
permit(
    "scoring.read_letter",
    fills | leads_dossier | oversees_dossier,
    "Thông báo này dành cho đơn vị được thông báo, đơn vị thẩm định và cơ quan tổ chức khối.",
)
