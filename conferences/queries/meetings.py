"""Reading a meeting: its programme, who is there, whether there are enough."""

from dataclasses import dataclass

from django.db.models import Exists

from blocs.models import BlocYear, User
from blocs.rules import may
from blocs.standing import standing_of
from blocs.text import count
from conferences.models import AgendaItem, Attendance, Conference
from pledges.models import Pledge
from voting.tally import Base, Threshold


def conference_of(year: BlocYear, kind: str = Conference.Kind.ANNUAL) -> Conference | None:
    """Return the year's meeting of a kind, the annual conference by default; None before it is called.

    `pledge_waits` on it: whether next year's pledge waits for signatures.
    """
    waits = Pledge.objects.filter(
        year__bloc=year.bloc_id, year__year=year.year + 1, state__in=(Pledge.State.FROZEN, Pledge.State.SIGNING)
    )
    rows = Conference.objects.filter(year=year, kind=kind).select_related("year__bloc__authority", "host")
    rows = rows.annotate(pledge_waits=Exists(waits))
    return rows.order_by("held_on", "pk").first()


@dataclass(frozen=True)
class Presence:
    """Who is represented. `here`, `members`, `least`: numbers of units; `enough` compares `here` with `least`."""

    here: int
    members: int
    least: int
    waiting: tuple[str, ...]

    @property
    def enough(self) -> bool:
        """Whether the meeting may proceed."""
        return self.here >= self.least

    @property
    def sentence(self) -> str:
        """Return the count in words: "07/07 đơn vị có mặt"."""
        return f"{count(self.here)}/{count(self.members)} đơn vị có mặt"

    @property
    def verdict(self) -> str:
        """Return whether that is enough, with the least number."""
        word = "đủ" if self.enough else "chưa đủ"
        return f"{word} điều kiện tiến hành (tối thiểu {count(self.least)} đơn vị)"


def presence_of(conference: Conference, attendances: list[Attendance]) -> Presence:
    """Return who is represented, from the meeting's rows of attendance with their memberships."""
    threshold = Threshold(conference.quorum, strict=False, base=Base.MEMBERS)
    return Presence(
        here=sum(row.is_here for row in attendances),
        members=len(attendances),
        least=threshold.least(len(attendances)),
        waiting=tuple(str(row.membership) for row in attendances if row.state == Attendance.State.EXPECTED),
    )


def attendances_of(conference: Conference) -> list[Attendance]:
    """Return the meeting's places in the order of the year, each with its unit."""
    rows = Attendance.objects.filter(conference=conference).select_related("membership__unit", "confirmed_by")
    return list(rows.order_by("membership__position", "membership_id"))


def own_attendance(attendances: list[Attendance], user: User) -> Attendance | None:
    """Return the place of the user's own unit, None for an official."""
    standing = standing_of(user)
    return next((row for row in attendances if standing.represents(row.membership.unit_id)), None)


def items_of(conference: Conference) -> list[AgendaItem]:
    """Return the programme in order."""
    return list(conference.items.order_by("position", "pk"))


def runs(user: User, year: BlocYear) -> bool:
    """Whether the user may run the year's meeting."""
    return may(user, "conferences.run_conference", year)
