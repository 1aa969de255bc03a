"""The field history: what was saved over what, kept for every field; not the log."""

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import asdict
from typing import Any

from blocs.models import User
from scoring.models import FieldChange, Score
from scoring.queries.claims import written


def remember(score: Score, changes: dict[str, tuple[Any, Any]]) -> None:
    """Keep every changed field of a saved score."""
    FieldChange.objects.bulk_create(
        FieldChange(
            assessment_id=score.assessment_id,
            criterion_id=score.criterion_id,
            layer=score.layer,
            field=name,
            before=shown(old),
            after=shown(new),
            by=score.by,
            at=score.at,
        )
        for name, (old, new) in changes.items()
    )


def remember_replaced(scores: Iterable[Score], new: Mapping[int, Score], *, by: User | None, at: dt.datetime) -> None:
    """Keep in the field history what a file puts in place of claims stated by hand."""
    for score in scores:
        now = new.get(score.criterion_id) or Score()
        before = asdict(score.figures) | {"explanation": score.explanation}
        after = asdict(now.figures) | {"explanation": now.explanation}
        score.by, score.at = by, at
        remember(score, {name: (old, after[name]) for name, old in before.items() if old != after[name]})


def shown(value: Any) -> str:
    """Return a field as the history keeps it: the text that stands in its input."""
    if isinstance(value, bool):
        return "có" if value else ""
    return str(value) if isinstance(value, int) else written(value)
