"""What the archive of a year says about its meetings and elections."""

from typing import Any

from blocs.models import BlocYear
from conferences.models import Attendance, Conference, Election


def archive_part(year: BlocYear) -> dict[str, Any]:
    """Return the meetings and elections of a year as JSON values."""
    return {
        "conferences": [_conference(row) for row in Conference.objects.filter(year=year)],
        "elections": [
            _election(row) for row in Election.objects.filter(year=year).select_related("winner", "year__bloc")
        ],
    }


def _conference(conference: Conference) -> dict[str, Any]:
    states = conference.attendances.values_list("state", flat=True)
    here = sum(state in {Attendance.State.PRESENT, Attendance.State.PROXY} for state in states)
    return {
        "title": conference.title,
        "held_on": conference.held_on.isoformat(),
        "place": conference.place,
        "state": conference.get_state_display(),
        "present": here,
        "members": len(states),
        "items": [
            {"title": item.title, "state": item.get_state_display(), "notes": item.notes}
            for item in conference.items.order_by("position")
        ],
    }


def _election(election: Election) -> dict[str, Any]:
    return {
        "role": election.get_role_display(),
        "state": election.get_state_display(),
        "winner": election.winner.name if election.winner else "",
        "decided_on": election.decided_on.isoformat() if election.decided_on else "",
        "settled_by": election.get_settled_by_display() if election.settled_by else "",
    }
