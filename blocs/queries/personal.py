"""Everything that is kept about a person, as the person may have it."""

import datetime as dt
from typing import Any

from blocs.models import LogEntry, User
from blocs.queries.log_words import ACTS


def personal_data(user: User) -> dict[str, Any]:
    """Return what is kept about a person, JSON-able: contact, posts, authorisations, notices, and what the log says."""
    return {
        "account": {
            "username": user.username,
            "full_name": user.full_name,
            "email": user.email,
            "phone": user.phone,
            "joined": _day(user.date_joined),
            "last_login": _day(user.last_login),
        },
        "posts": [
            {"role": row.get_role_display(), "title": row.title, "at": str(row.unit or row.authority),
             "from": row.from_on.isoformat(), "until": row.until_on.isoformat() if row.until_on else None}
            for row in user.posts.select_related("unit", "authority")
        ],
        "authorisations": [
            {"unit": str(row.unit), "number": row.number, "from": row.from_on.isoformat(), "until": row.until_on.isoformat()}
            for row in user.authorisations.select_related("unit")
        ],
        "notices": [
            {"at": _day(row.created_at), "text": row.text, "read": _day(row.read_at), "mailed": _day(row.mailed_at)}
            for row in user.notices.order_by("pk")
        ],
        "log": [
            {"at": _day(row.at), "act": ACTS.get(row.act, row.act), "line": row.sequence}
            for row in LogEntry.objects.filter(actor_id=user.pk).order_by("sequence")
        ],
    }  # fmt: skip


def _day(moment: dt.datetime | None) -> str | None:
    return moment.isoformat(timespec="seconds") if moment else None
