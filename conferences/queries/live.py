"""What changes while a meeting goes on: one mark that every screen compares, so that nothing is sent twice."""

import datetime as dt

from django.db.models import Max

from blocs.models import BlocYear, LogEntry
from voting.models import RollEntry, Round


def version_of(year: BlocYear, on: dt.date) -> str:
    """Return a mark that changes when anything of the year, or of the pledge of the next, is done. Two small queries.

    Every act leaves a line in the log, but for a secret ballot, which leaves only its unit marked on the roll; both are
    counted here. The day is part of it because pages name days.
    """
    years = BlocYear.objects.filter(bloc=year.bloc_id, year__in=(year.year, year.year + 1)).values("pk")
    last = LogEntry.objects.filter(year_id__in=years).aggregate(last=Max("sequence"))["last"] or 0
    cast = RollEntry.objects.filter(round__poll__year=year, round__state=Round.State.OPEN, cast=True).count()
    return f"{on:%Y%m%d}-{last}-{cast}"
