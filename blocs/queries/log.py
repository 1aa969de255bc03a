"""The log of a year, in words."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet

from blocs import text
from blocs.models import BlocYear, LogEntry, User
from blocs.queries.log_words import ACTS, DETAILS, VALUES

OPERATOR = "Quản trị hệ thống"


@dataclass(frozen=True)
class LogRow:
    """One line: number, when, who, what, for which unit, with which figures."""

    sequence: int
    at: str
    who: str
    act: str
    unit: str
    details: str


def log_of(year: BlocYear, *, unit: int | None = None) -> QuerySet[LogEntry]:
    """The lines of a year, the latest first, of one unit when it is given."""
    rows = LogEntry.objects.filter(year_id=year.pk).order_by("-sequence")
    return rows if unit is None else rows.filter(unit_id=unit)


def log_rows(entries: Iterable[LogEntry], units: dict[int, str]) -> list[LogRow]:
    """Lines as the page shows them; names are looked up now, the log itself holds ids. One query."""
    entries = list(entries)
    people = User.objects.in_bulk({entry.actor_id for entry in entries if entry.actor_id})
    return [
        LogRow(
            entry.sequence,
            f"{entry.at.astimezone(text.VIETNAM):%d/%m/%Y, %H:%M:%S}",
            OPERATOR if entry.actor_id is None else _name(people.get(entry.actor_id)),
            ACTS.get(entry.act, "Việc khác"),
            units.get(entry.unit_id or 0, ""),
            "; ".join(_said(entry.details)),
        )
        for entry in entries
    ]


def _name(user: User | None) -> str:
    return user.full_name or user.username if user else "Tài khoản đã gỡ"


def _said(details: dict[str, Any]) -> list[str]:
    return [
        f"{word}: {_plain(details[key])}"
        for key, word in DETAILS.items()
        if isinstance(details.get(key), str | int | float) and details[key] not in {"", False}
    ]


def _plain(value: Any) -> str:
    if value is True:
        return "có"
    if not isinstance(value, str):
        return str(value)
    try:
        return text.date(dt.date.fromisoformat(value))
    except ValueError:
        return VALUES.get(value, value)
