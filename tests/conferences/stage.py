"""The stage of the tests of the meetings: a called conference, an election with its ballots."""

import datetime as dt
from fractions import Fraction

from blocs.clock import at
from blocs.models import Membership
from conferences.actions.attendance import confirm_attendance
from conferences.actions.candidates import propose_candidate
from conferences.actions.elections import open_election
from conferences.actions.meetings import call_conference
from conferences.actions.rulings import RoundSettings
from conferences.models import Attendance, Conference, Election
from tests.cast import Cast
from voting.actions import cast_ballot
from voting.models import Round
from voting.tally import Answer

HELD_ON = dt.date(2025, 1, 4)
MORNING = at(HELD_ON, 8)
LATER = at(HELD_ON, 10, 30)
HALF = Fraction(1, 2)


def make_conference(cast: Cast, **details: object) -> Conference:
    """Call the annual conference of the cast's year."""
    return call_conference(
        cast.year,
        held_on=HELD_ON,
        starts_at=dt.time(8),
        place="Hội trường tầng 2",
        by=cast.heads["BQL-1"],
        on=dt.date(2024, 12, 5),
        **details,
    )


def seat(conference: Conference, *absent: str) -> None:
    """Confirm everybody as present, except the units whose short names are given."""
    for row in conference.attendances.select_related("membership"):
        away = row.membership.short_name in absent
        confirm_attendance(
            row,
            state=Attendance.State.ABSENT if away else Attendance.State.PRESENT,
            reason="Họp đột xuất" if away else "",
            by=None,
            at=MORNING,
        )


def make_election(cast: Cast, *keys: str, role: str = "leader") -> Election:
    """Propose the named members."""
    for key in keys:
        election = propose_candidate(cast.year, role=role, membership=cast.memberships[key], by=cast.heads["BQL-1"])
    return election


def begin(election: Election, **settings: object) -> Round:
    """Open the election's first round."""
    return open_election(election, settings=RoundSettings(**settings), by=None, at=MORNING)


def vote(round_: Round, cast: Cast, choices: dict[str, str]) -> None:
    """Cast ballots: by unit, the unit it is for; "-" in front rejects the single candidate."""
    for voter, choice in choices.items():
        answer = Answer.REJECT if choice.startswith("-") else Answer.APPROVE
        chosen: Membership = cast.memberships[choice.lstrip("-")]
        cast_ballot(
            round_, membership=cast.memberships[voter], marks=[(str(chosen.pk), answer)], by=cast.heads[voter], at=LATER
        )
