"""Fetching what a page is about: a member of the year, its self-assessment, one criterion of its table."""

from django.db.models import Exists, OuterRef
from django.http import HttpRequest
from django.utils import timezone

from blocs import clock
from blocs.models import BlocYear, Membership
from blocs.pages import fetch, fetch_year, user_of
from blocs.rules import may, require
from scoring.models import Criterion, SelfAssessment
from scoring.models.assessments import units_of


def fetch_member(request: HttpRequest, bloc: str, year: int, member: int) -> Membership:
    """Return a member of a year that the user may see, else 404."""
    bloc_year = fetch_year(request, bloc, year)
    found: Membership = fetch(bloc_year.memberships.select_related("unit"), pk=member)
    found.year = bloc_year
    return found


def fetch_own_member(request: HttpRequest, bloc: str, year: int, member: int) -> Membership:
    """Return a member whose dossier is the user's own unit's; another's is 404, as if it were not there."""
    found = fetch_member(request, bloc, year, member)
    if not may(user_of(request), "scoring.fill_assessment", found):
        fetch(Membership.objects.none())
    return found


def fetch_assessment(request: HttpRequest, bloc: str, year: int, member: int) -> SelfAssessment:
    """Return the self-assessment of a member whose content the user may read now, else 404."""
    bloc_year = fetch_year(request, bloc, year)
    visible = SelfAssessment.objects.visible_to(user_of(request), clock.now())
    rows = visible.filter(membership__year=bloc_year).select_related("membership__unit", "table").distinct()
    found: SelfAssessment = fetch(rows, membership=member)
    found.membership.year = bloc_year
    return found


def fetch_to_fill(request: HttpRequest, bloc: str, year: int, member: int) -> SelfAssessment:
    """Return the self-assessment that the user fills in, else 404 or 403, in one query: it is asked at every autosave."""
    user, now = user_of(request), clock.now()
    rows = (
        SelfAssessment.objects.visible_to(user, now)
        .filter(membership__year__bloc__code=bloc, membership__year__year=year)
        .select_related("membership__unit", "membership__year__bloc__authority", "table")
        .annotate(is_own=Exists(units_of(user, timezone.localdate(now)).filter(pk=OuterRef("membership__unit"))))
        .distinct()
    )
    found: SelfAssessment = fetch(rows, membership=member)
    request.bloc_year = found.membership.year  # type: ignore[attr-defined]
    if not found.is_own:  # type: ignore[attr-defined]
        require(user, "scoring.fill_assessment", found)
    return found


def fetch_criterion(assessment: SelfAssessment, pk: int) -> Criterion:
    """Return a scored row of the assessment's own table, else 404."""
    found: Criterion = fetch(assessment.table.criteria.exclude(method=""), pk=pk)
    return found


def where(year: BlocYear) -> dict[str, str | int]:
    """Return the address parts of a year."""
    return {"bloc": year.bloc.code, "year": year.year}
