"""What a user is on a day: at which units and authorities, in which roles. Read once per request, two queries."""

import datetime as dt
from dataclasses import dataclass, field

from blocs import clock
from blocs.models import BlocYear, LeadershipTerm, Post, User

HEADS = frozenset({Post.Role.HEAD, Post.Role.DEPUTY_HEAD})


@dataclass(frozen=True)
class Standing:
    """Roles by unit, units for whose head the user may act by paper, and authorities; all by primary key."""

    units: dict[int, frozenset[str]] = field(default_factory=dict)
    authorised: frozenset[int] = frozenset()
    authorities: dict[int, frozenset[str]] = field(default_factory=dict)

    def represents(self, unit_id: int | None) -> bool:
        """Whether the user acts for the unit at all."""
        return unit_id in self.units or unit_id in self.authorised

    def heads(self, unit_id: int | None) -> bool:
        """Whether the user is the unit's head, a deputy of the head, or authorised to act for the head."""
        return unit_id in self.authorised or (
            unit_id is not None and not HEADS.isdisjoint(self.units.get(unit_id, frozenset()))
        )


@dataclass(frozen=True)
class Leadership:
    """Which units lead and assist a bloc year on a day, by primary key."""

    leader: int | None
    deputy: int | None


def standing_of(user: User, on: dt.date | None = None) -> Standing:
    """Return what the user is on the day (today without one), kept on the user object for the request."""
    day = on or clock.today()
    if not user.is_authenticated:
        return Standing()
    kept = user.__dict__.setdefault("_standings", {})
    if day not in kept:
        units: dict[int, set[str]] = {}
        authorities: dict[int, set[str]] = {}
        for unit_id, authority_id, role in user.posts.in_force(day).values_list("unit_id", "authority_id", "role"):
            target, key = (units, unit_id) if unit_id else (authorities, authority_id)
            target.setdefault(key, set()).add(role)
        kept[day] = Standing(
            {key: frozenset(roles) for key, roles in units.items()},
            frozenset(user.authorisations.in_force(day).values_list("unit_id", flat=True)),
            {key: frozenset(roles) for key, roles in authorities.items()},
        )
    return kept[day]


def leadership_of(year: BlocYear, on: dt.date | None = None) -> Leadership:
    """Return which units lead and assist the year on the day (today without one), kept on the year object."""
    day = on or clock.today()
    kept = year.__dict__.setdefault("_leaderships", {})
    if day not in kept:
        terms = LeadershipTerm.objects.in_force(day).filter(year=year).order_by("from_on")
        units = dict(terms.values_list("role", "unit_id"))
        kept[day] = Leadership(units.get(LeadershipTerm.Role.LEADER), units.get(LeadershipTerm.Role.DEPUTY))
    return kept[day]
