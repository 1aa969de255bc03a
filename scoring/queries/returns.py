"""What a unit completed on request, for the second look of the reviewer."""

import datetime as dt
from dataclasses import dataclass

from scoring.models import FieldChange, SelfAssessment
from scoring.points import LABELS
from scoring.ranking import Layer


@dataclass(frozen=True)
class Returned:
    """One criterion the unit was asked to complete: when it answered, and what it changed, as a sentence."""

    at: dt.datetime
    sentence: str


def returned(assessment: SelfAssessment) -> dict[int, Returned]:
    """Return what was completed on the last answered request, by criterion. Three queries, one when there is none.

    Of a request for the whole table only what was changed since.
    """
    request = assessment.requests.filter(answered_at__isnull=False).order_by("answered_at").last()
    if request is None or request.answered_at is None:
        return {}
    changes = FieldChange.objects.filter(
        assessment=assessment,
        layer=Layer.CLAIMED.value,
        at__gt=request.requested_at,
        at__lte=request.answered_at,
    )
    fields: dict[int, dict[str, tuple[str, str]]] = {}
    for change in changes:
        held = fields.setdefault(change.criterion_id, {})
        held[change.field] = (held.get(change.field, (change.before, ""))[0], change.after)
    words = {pk: [_said(field, *values) for field, values in held.items()] for pk, held in fields.items()}
    asked = set(words) if request.covers_all else set(request.criteria.values_list("pk", flat=True))
    return {pk: Returned(request.answered_at, _sentence(words.get(pk, []))) for pk in asked}


def _said(field: str, before: str, after: str) -> str:
    label = LABELS.get(field, "")
    if not label:
        return "giải trình" if field == "explanation" else "ghi không áp dụng"
    return f"{label} {before or 'trống'} → {after or 'trống'}"


def _sentence(words: list[str]) -> str:
    if not words:
        return "Đơn vị đã giải trình, không sửa số liệu"
    return f"Đơn vị đã hoàn thiện: {', '.join(words)}"
