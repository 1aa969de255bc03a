"""The shares that meetings and elections rest on: legal values with their source, never constants of the code."""

import datetime as dt

from django.db.models import F, Q

from blocs.models import BlocYear, Provision

CUSTOMARY = {
    ("vote_quorum", "conference"): "2/3",
    ("vote_quorum", "election"): "2/3",
    ("vote_threshold", "election"): "1/2",
}
NO_SOURCE = "theo thông lệ, chưa ghi nguồn"


def share_in_force(year: BlocYear, topic: str, key: str, on: dt.date) -> tuple[str, str]:
    """Return a share ("2/3") and where it stands, on a day: the year's own value first, then the general one.

    Without any, the customary share, marked as having no source: it is a proposal on a form, and the meeting or the
    round keeps its own copy.
    """
    rows = Provision.objects.filter(Q(year=year) | Q(year__isnull=True), topic=topic, key=key, effective_from__lte=on)
    rows = rows.filter(Q(effective_to__isnull=True) | Q(effective_to__gte=on)).select_related("guidance")
    found = rows.order_by(F("year").desc(nulls_last=True), "-effective_from", "-pk").first()
    return (found.value, found.citation) if found else (CUSTOMARY[topic, key], NO_SOURCE)


def conference_quorum(year: BlocYear, on: dt.date) -> tuple[str, str]:
    """Return the least share of members that must be represented at a meeting, and its source."""
    return share_in_force(year, "vote_quorum", "conference", on)
