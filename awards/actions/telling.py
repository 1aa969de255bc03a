"""Whom an act tells: the leader, the nominated unit, the members, the officials; one sentence and the page."""

from django.urls import reverse

from awards.models import Nomination
from blocs.models import BlocYear, User
from blocs.notices import leaders_of, notify, officials_of, people_of


def board_url(year: BlocYear) -> str:
    """Return the address of the year's board."""
    return reverse("awards:board", kwargs={"bloc": year.bloc.code, "year": year.year})


def nomination_url(nomination: Nomination) -> str:
    """Return the address of a nomination's page in its bloc year."""
    year = nomination.year
    return reverse("awards:nomination", kwargs={"bloc": year.bloc.code, "year": year.year, "pk": nomination.pk})


def tell_members(year: BlocYear, *, kind: str, text: str, but: User | None = None, url: str = "") -> None:
    """Tell everybody at the member units."""
    people = people_of(*year.memberships.values_list("unit_id", flat=True))
    notify(_without(people, but), kind=kind, text=text, url=url or board_url(year), year=year)


def tell_bloc(nomination: Nomination, *, kind: str, text: str, but: User | None = None) -> None:
    """Tell the leader's people and those of the nominated unit."""
    people = [*leaders_of(nomination.year), *people_of(nomination.membership.unit_id)]
    notify(_without(people, but), kind=kind, text=text, url=nomination_url(nomination), year=nomination.year)


def tell_officials(year: BlocYear, *, kind: str, text: str, but: User | None = None, url: str = "") -> None:
    """Tell everybody who holds a post at the authority."""
    people = officials_of(year.bloc.authority_id)
    notify(_without(people, but), kind=kind, text=text, url=url or reverse("desk:queue"), year=year)


def _without(people: list[User], but: User | None) -> list[User]:
    return [person for person in people if but is None or person.pk != but.pk]
