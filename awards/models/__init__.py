"""The rows of awards: the catalogue, nominations with their papers, what was sent, and what the authority did."""

from awards.models.catalogue import Award
from awards.models.desk import CouncilResult, Decision, RequestedItem, RequestForMore, Review
from awards.models.kept import KeptPaper, ListColumns
from awards.models.nominations import BlockingCase, DossierPaper, Nomination
from awards.models.register import PastAward
from awards.models.reports import AchievementReport
from awards.models.rules import AwardRule
from awards.models.submissions import Submission, SubmittedLine

__all__ = [
    "AchievementReport",
    "Award",
    "AwardRule",
    "BlockingCase",
    "CouncilResult",
    "Decision",
    "DossierPaper",
    "KeptPaper",
    "ListColumns",
    "Nomination",
    "PastAward",
    "RequestForMore",
    "RequestedItem",
    "Review",
    "Submission",
    "SubmittedLine",
]
