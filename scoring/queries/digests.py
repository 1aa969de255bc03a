"""The digest of a self-assessment: proof that what was handed in is what is read later."""

import hashlib
import json
from collections.abc import Collection

from scoring.models import Evidence, Score, SelfAssessment

_COLUMNS = (
    "criterion__code", "layer", "verdict", "target", "actual", "count", "plus", "minus", "level", "points",
    "not_applicable", "override", "explanation", "reason",
)  # fmt: skip


def sheet_digest(assessment: SelfAssessment) -> str:
    """Return the SHA-256 of every figure, explanation and piece of evidence of an assessment, in one fixed writing."""
    scores = Score.objects.filter(assessment=assessment).order_by("criterion__position", "layer").values_list(*_COLUMNS)
    evidence = (
        Evidence.objects.in_use()
        .filter(assessment=assessment)
        .order_by("pk")
        .values_list("criterion__code", "name", "number", "dated_on", "file__sha256", "link")
    )
    return _digest({"membership": assessment.membership_id, "scores": list(scores), "evidence": list(evidence)})


def claims_digest(assessment: SelfAssessment, *, without: Collection[int] = ()) -> str:
    """Return the SHA-256 of the unit's own claims and evidence, but for the criteria named by primary key.

    A selective return keeps it: when the unit answers, what it was not asked about must give the same digest.
    """
    scores = (
        Score.objects.filter(assessment=assessment, layer="claimed")
        .exclude(criterion__in=without)
        .order_by("criterion__position")
        .values_list(*_COLUMNS)
    )
    evidence = (
        Evidence.objects.in_use()
        .filter(assessment=assessment)
        .exclude(criterion__in=without)
        .order_by("pk")
        .values_list("criterion__code", "name", "number", "dated_on", "file__sha256", "link")
    )
    return _digest({"membership": assessment.membership_id, "scores": list(scores), "evidence": list(evidence)})


def _digest(content: dict[str, object]) -> str:
    text = json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"), default=_plain)
    return hashlib.sha256(text.encode()).hexdigest()


def _plain(value: object) -> str:
    return f"{value:f}" if hasattr(value, "as_tuple") else str(value)
