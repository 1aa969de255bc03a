"""The first two beats: fetch the pledge, find the reader's unit."""

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest

from blocs import clock
from blocs.models import BlocYear, Membership
from blocs.pages import fetch, fetch_year, user_of
from blocs.rules import require
from pledges.models import Pledge, PledgeQuerySet
from pledges.queries import own_membership


def pledges_of(request: HttpRequest, year: BlocYear) -> PledgeQuerySet:
    """The pledges of the year that the reader may see."""
    visible = Pledge.objects.visible_to(user_of(request), clock.today())
    return visible.filter(year=year).select_related("year__bloc__authority")


def fetch_pledge(request: HttpRequest, bloc: str, year: int) -> Pledge:
    """The pledge of the year in the address, or 404."""
    found: Pledge = fetch(pledges_of(request, fetch_year(request, bloc, year)))
    return found


def own_unit(request: HttpRequest, pledge: Pledge, permission: str) -> Membership:
    """The member for which the reader acts with the permission, or 403 with its sentence."""
    membership = own_membership(pledge.year, user_of(request))
    if membership is None:
        raise PermissionDenied("Việc này do đơn vị thành viên của năm thi đua thực hiện.")
    require(user_of(request), permission, membership)
    return membership
