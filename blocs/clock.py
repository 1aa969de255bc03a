"""The one clock of the site. Views read it and hand `on=` or `at=` down; acts never look at the time themselves."""

import datetime as dt

from django.conf import settings
from django.utils import timezone


def demo_today() -> dt.date | None:
    """Return the assumed date of a demonstration, or None on a real site."""
    return dt.date.fromisoformat(settings.DEMO_TODAY) if settings.DEMO_TODAY else None


def now() -> dt.datetime:
    """Return the present moment, aware, in local time; in a demonstration the assumed date at the real time of day."""
    real = timezone.localtime()
    assumed = demo_today()
    return real if assumed is None else real.replace(year=assumed.year, month=assumed.month, day=assumed.day)


def today() -> dt.date:
    """Return today's date in Vietnam."""
    return now().date()


def at(day: dt.date, hour: int = 0, minute: int = 0) -> dt.datetime:
    """Return the aware local moment of a day, for example a deadline at 17:00."""
    return dt.datetime.combine(day, dt.time(hour, minute), tzinfo=timezone.get_default_timezone())
