"""Units as they were on a day."""

import datetime as dt
from collections.abc import Iterable

from django.db.models import Q

from blocs.models import Unit, UnitName


def names_on(units: Iterable[Unit], on: dt.date) -> dict[int, UnitName]:
    """What each unit was called on the day, by the unit's primary key; one query.

    A unit without a name row that old keeps its earliest name, so that a year before its first name is still readable.
    """
    keys = [unit.pk for unit in units]
    known = UnitName.objects.filter(unit__in=keys).order_by("unit")
    names = {name.unit_id: name for name in known.order_by("-valid_from") if name.valid_from is not None}
    valid = known.filter(Q(valid_from__isnull=True) | Q(valid_from__lte=on))
    ordered = sorted(valid, key=lambda name: name.valid_from or dt.date.min)
    return names | {name.unit_id: name for name in ordered}


def heir_on(unit: Unit, on: dt.date) -> Unit:
    """The unit itself, or the unit that has taken its place by the day (through several mergers if need be)."""
    seen = {unit.pk}
    while unit.successor is not None and not unit.is_active(on) and unit.successor_id not in seen:
        unit = unit.successor
        seen.add(unit.pk)
    return unit
