"""Rows that an act holds while it decides. The year's row comes first, so that a number is counted by one at a time."""

from collections.abc import Iterable

from awards.models import Nomination
from blocs.actions.years import refuse_past
from blocs.models import BlocYear


def hold_year(year_id: int, *, even_ended: bool = False) -> BlocYear:
    """Lock the row of a bloc year and return it; raise YearClosed when the year has ended.

    `even_ended` is for what follows from a list that was sent: the authority's desk works on, and the bloc answers it,
    after the year has ended, since results come months later.
    """
    year = BlocYear.objects.select_for_update(of=("self",)).select_related("bloc__authority").get(pk=year_id)
    if not even_ended:
        refuse_past(year)
    return year


def hold_nomination(nomination: Nomination, *, even_ended: bool = False) -> Nomination:
    """Lock the year and the nomination, in this order, and return the nomination as it is now."""
    year = hold_year(nomination.year_id, even_ended=even_ended)
    return next(iter(hold_nominations(year, [nomination.pk])))


def hold_nominations(year: BlocYear, keys: Iterable[int] | None = None, *, state: str = "") -> list[Nomination]:
    """Lock nominations of a year that is held: the named ones, or all in a state; each knows the year that is held."""
    rows = Nomination.objects.select_for_update(of=("self",)).filter(year=year).select_related("award", "membership")
    if keys is not None:
        rows = rows.filter(pk__in=list(keys))
    if state:
        rows = rows.filter(state=state)
    found = list(rows)
    for nomination in found:
        nomination.year = year
    return found
