"""The awards that a fresh installation knows. None of them is confirmed: whoever runs the place checks and confirms."""

import datetime as dt
from typing import Any

from django.apps.registry import Apps
from django.apps.registry import apps as registry  # a flush sends no apps of its own

UNCONFIRMED = "Cần đối chiếu với văn bản hiện hành"
CATALOGUE: tuple[dict[str, Any], ...] = (
    {
        "code": "FLAG",
        "name": "Cờ thi đua của Bộ",
        "short_name": "Cờ thi đua",
        "printed_name": "Cờ thi đua của Bộ",
        "kind": "title",
        "level": "ministry",
        "most_per_bloc": 1,
        "position": 1,
    },
    {
        "code": "CERTIFICATE",
        "name": "Bằng khen của Bộ trưởng",
        "short_name": "Bằng khen",
        "printed_name": "Bằng khen của Bộ trưởng",
        "kind": "commendation",
        "level": "ministry",
        "most_per_bloc": None,
        "position": 2,
    },
)


RULES: tuple[dict[str, Any], ...] = ({"award": "FLAG", "kind": "max_rank", "value": "1", "hard": False},)


def fill_empty_catalogue(apps: Apps = registry, **_signal: Any) -> None:
    """After migrating: give a database that knows no award the catalogue above, marked as needing confirmation."""
    try:
        award = apps.get_model("awards", "Award")
    except LookupError:
        return
    if not award.objects.exists():
        common = {"legal_basis": UNCONFIRMED, "valid_from": dt.date(2020, 1, 1), "confirmed_by": ""}
        award.objects.bulk_create(award(**common, **entry) for entry in CATALOGUE)
        _fill_rules(apps, award)


def _fill_rules(apps: Apps, award: Any) -> None:
    try:
        rule = apps.get_model("awards", "AwardRule")
    except LookupError:
        return
    common = {"source": UNCONFIRMED, "effective_from": dt.date(2020, 1, 1), "confirmed_by": ""}
    known = {row.code: row for row in award.objects.all()}
    rule.objects.bulk_create(rule(**common, **entry | {"award": known[entry["award"]]}) for entry in RULES)
