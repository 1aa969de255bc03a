"""The digest of a self-assessment: proof that what was handed in is what is read later."""

import hashlib
import json

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
    content = {"membership": assessment.membership_id, "scores": list(scores), "evidence": list(evidence)}
    text = json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"), default=_plain)
    return hashlib.sha256(text.encode()).hexdigest()


def _plain(value: object) -> str:
    return f"{value:f}" if hasattr(value, "as_tuple") else str(value)
