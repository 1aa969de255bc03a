"""Where the pages of a year's meeting are, as paths for notices and tasks."""

from django.urls import reverse

from blocs.models import BlocYear, LeadershipTerm

ROLE_PATHS = {LeadershipTerm.Role.LEADER.value: "truong-khoi", LeadershipTerm.Role.DEPUTY.value: "pho-truong-khoi"}
PATH_ROLES = {path: role for role, path in ROLE_PATHS.items()}


def board_path(year: BlocYear) -> str:
    """Return the path of the year's conference page."""
    return reverse("conferences:board", args=[year.bloc.code, year.year])


def election_path(year: BlocYear, role: str, page: str = "election") -> str:
    """Return the path of a page of the election to a role."""
    return reverse(f"conferences:{page}", args=[year.bloc.code, year.year, ROLE_PATHS[role]])
