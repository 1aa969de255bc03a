"""Who may: the leader's and the deputy leader's people run the meeting, a unit answers for its own place in it."""

from typing import Any

import rules

from blocs.models import BlocYear, User
from blocs.rules import assists, leads, permit, represents
from conferences.models import Attendance


@rules.predicate
def speaks_for(user: User, attendance: Attendance) -> bool:
    """Whether the user acts for the unit that this place at the meeting belongs to."""
    return represents(user, attendance.membership.unit)


@rules.predicate
def runs_its_meeting(user: User, attendance: Attendance) -> bool:
    """Whether the user is of the unit that leads, or assists, the year of this meeting."""
    year = attendance.conference.year
    return leads(user, year) or assists(user, year)


def stand_in(by: User | None, year: BlocYear) -> dict[str, Any]:
    """Return what a log line adds when the deputy leader acts for the leader; nothing otherwise."""
    if by is None or leads(by, year) or not assists(by, year):
        return {}
    return {"in_place_of_leader": True}


permit(
    "conferences.run_conference", leads | assists, "Việc này do Trưởng khối (hoặc Phó Trưởng khối thay mặt) thực hiện."
)
permit(
    "conferences.confirm_attendance",
    speaks_for | runs_its_meeting,
    "Việc này do đơn vị dự hội nghị hoặc Trưởng khối thực hiện.",
)
