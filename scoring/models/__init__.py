"""The rows of scoring: tables and targets, self-assessments and their way, scores by layer, evidence."""

from scoring.models.assessments import LAYERS, CompletionRequest, Result, SelfAssessment
from scoring.models.peers import PeerAssignment
from scoring.models.remarks import Remark
from scoring.models.scores import Evidence, FieldChange, Score
from scoring.models.tables import BLOCKING, CriteriaTable, Criterion, TableComment, Target
from scoring.models.templates import TableTemplate

__all__ = [
    "BLOCKING",
    "LAYERS",
    "CompletionRequest",
    "CriteriaTable",
    "Criterion",
    "Evidence",
    "FieldChange",
    "PeerAssignment",
    "Remark",
    "Result",
    "Score",
    "SelfAssessment",
    "TableComment",
    "TableTemplate",
    "Target",
]
