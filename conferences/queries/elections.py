"""Reading elections: who is proposed, who is present, what the role is called."""

from blocs.models import BlocYear, LeadershipTerm, Membership
from conferences.models import Attendance, Conference, Election
from voting.models import Attended


def role_word(year: BlocYear, role: str) -> str:
    """Return what the bloc calls its leader or deputy leader."""
    return year.bloc.leader_word if role == LeadershipTerm.Role.LEADER else year.bloc.deputy_word


def candidates_of(election: Election) -> list[Membership]:
    """Return the proposed members in the order of the year."""
    rows = election.candidates.standing().select_related("membership__unit").order_by("membership__position", "pk")
    return [row.membership for row in rows]


def present_members(year: BlocYear) -> list[Membership] | None:
    """Return the members represented at the running annual conference; None when no meeting is being held."""
    running = [Conference.State.MEETING, Conference.State.PAUSED]
    conference = Conference.objects.filter(year=year, kind=Conference.Kind.ANNUAL, state__in=running).first()
    if conference is None:
        return None
    here = [Attendance.State.PRESENT, Attendance.State.PROXY]
    return list(Membership.objects.filter(attendances__conference=conference, attendances__state__in=here))


def delegates_of(year: BlocYear) -> dict[int, tuple[str, str]]:
    """Return, by membership, how each unit is at the running annual conference and who speaks for it; {} without one."""
    states = {
        Attendance.State.PRESENT: Attended.PRESENT,
        Attendance.State.PROXY: Attended.PROXY,
        Attendance.State.ABSENT: Attended.ABSENT,
        Attendance.State.EXPECTED: Attended.ABSENT,
    }
    running = [Conference.State.MEETING, Conference.State.PAUSED]
    rows = Attendance.objects.filter(
        conference__year=year, conference__kind=Conference.Kind.ANNUAL, conference__state__in=running
    )
    return {
        row.membership_id: (states[Attendance.State(row.state)].value, ", ".join(filter(None, (row.name, row.title))))
        for row in rows
    }


def elections_of(year: BlocYear) -> dict[str, Election]:
    """Return the elections of a year by role, as far as they are set up."""
    rows = Election.objects.filter(year=year).select_related("poll", "winner", "year__bloc")
    return {row.role: row for row in rows}


def election_of(year: BlocYear, role: str) -> Election | None:
    """Return the election to a role, None before anybody is proposed."""
    return elections_of(year).get(role)
