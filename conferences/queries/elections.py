"""Reading elections: who is proposed, who is present, what the role is called."""

from blocs.models import BlocYear, LeadershipTerm, Membership
from conferences.models import Attendance, Conference, Election


def role_word(year: BlocYear, role: str) -> str:
    """Return what the bloc calls its leader or deputy leader."""
    return year.bloc.leader_word if role == LeadershipTerm.Role.LEADER else year.bloc.deputy_word


def candidates_of(election: Election) -> list[Membership]:
    """Return the proposed members in the order of the year."""
    rows = election.candidates.select_related("membership__unit").order_by("membership__position", "pk")
    return [row.membership for row in rows]


def present_members(year: BlocYear) -> list[Membership] | None:
    """Return the members represented at the running annual conference; None when no meeting is being held."""
    running = [Conference.State.MEETING, Conference.State.PAUSED]
    conference = Conference.objects.filter(year=year, kind=Conference.Kind.ANNUAL, state__in=running).first()
    if conference is None:
        return None
    here = [Attendance.State.PRESENT, Attendance.State.PROXY]
    return list(Membership.objects.filter(attendances__conference=conference, attendances__state__in=here))


def elections_of(year: BlocYear) -> dict[str, Election]:
    """Return the elections of a year by role, as far as they are set up."""
    rows = Election.objects.filter(year=year).select_related("poll", "winner", "year__bloc")
    return {row.role: row for row in rows}


def election_of(year: BlocYear, role: str) -> Election | None:
    """Return the election to a role, None before anybody is proposed."""
    return elections_of(year).get(role)
