"""Where the pages of scoring are, for notices and tasks."""

from django.urls import reverse

from blocs.models import BlocYear, Membership


def of_member(page: str, membership: Membership) -> str:
    """Return the address of a page about one member's assessment."""
    year = membership.year
    return reverse(f"scoring:{page}", kwargs={"bloc": year.bloc.code, "year": year.year, "member": membership.pk})


def of_year(page: str, year: BlocYear) -> str:
    """Return the address of a page about the scoring of a year."""
    return reverse(f"scoring:{page}", kwargs={"bloc": year.bloc.code, "year": year.year})
