"""Who may: the leader's and the deputy leader's people run the meeting, a unit answers for its own place in it."""

from typing import Any

import rules

from blocs.models import BlocYear, Post, User
from blocs.rules import assists, leads, oversees, permit, represents
from blocs.standing import leadership_of, standing_of
from conferences.models import Attendance, Election


@rules.predicate
def speaks_for(user: User, attendance: Attendance) -> bool:
    """Whether the user acts for the unit that this place at the meeting belongs to."""
    return represents(user, attendance.membership.unit)


@rules.predicate
def runs_its_meeting(user: User, attendance: Attendance) -> bool:
    """Whether the user is of the unit that leads, or assists, the year of this meeting."""
    year = attendance.conference.year
    return leads(user, year) or assists(user, year)


@rules.predicate
def presides(user: User, year: BlocYear) -> bool:
    """Whether the user is, or may act for, the head of the unit that leads or assists the year."""
    standing, units = standing_of(user), leadership_of(year)
    return standing.heads(units.leader) or standing.heads(units.deputy)


@rules.predicate
def is_secretary(user: User, year: BlocYear) -> bool:
    """Whether the user is of the secretariat at a member unit of the year."""
    units = [unit for unit, roles in standing_of(user).units.items() if Post.Role.SECRETARY in roles]
    return bool(units) and year.memberships.filter(unit__in=units).exists()


def stand_in(by: User | None, year: BlocYear) -> dict[str, Any]:
    """Return what a log line adds when the deputy leader acts for the leader; nothing otherwise."""
    if by is None or leads(by, year) or not assists(by, year):
        return {}
    return {"in_place_of_leader": True}


permit(
    "conferences.run_conference", leads | assists, "Việc này do Trưởng khối (hoặc Phó Trưởng khối thay mặt) thực hiện."
)


@rules.predicate
def comes_next(user: User, year: BlocYear) -> bool:
    """Whether the user acts for the unit elected to lead the year after."""
    election = Election.objects.filter(year=year, role="leader").select_related("winner").first()
    return (
        election is not None and election.winner is not None and standing_of(user).represents(election.winner.unit_id)
    )


permit(
    "conferences.keep_bloc_papers",
    leads | assists | oversees,
    "Việc này do Trưởng khối, Phó Trưởng khối hoặc cơ quan tổ chức khối thực hiện.",
)
permit(
    "conferences.see_handover",
    leads | assists | oversees | comes_next,
    "Trang bàn giao dành cho Trưởng khối, Phó Trưởng khối, đơn vị được bầu làm Trưởng khối và cơ quan tổ chức khối.",
)
permit(
    "conferences.keep_minutes",
    leads | assists | is_secretary,
    "Việc này do thư ký hội nghị, Trưởng khối hoặc Phó Trưởng khối thực hiện.",
)
permit(
    "conferences.confirm_as_chair",
    presides,
    "Chủ tọa xác nhận biên bản: Thủ trưởng đơn vị Trưởng khối hoặc Phó Trưởng khối.",
)
permit(
    "conferences.confirm_attendance",
    speaks_for | runs_its_meeting,
    "Việc này do đơn vị dự hội nghị hoặc Trưởng khối thực hiện.",
)
