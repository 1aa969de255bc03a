"""The rows of awards: the catalogue, nominations with their papers, what was sent, and what the authority did."""

from awards.models.catalogue import Award
from awards.models.desk import CouncilResult, Decision, RequestedItem, RequestForMore, Review
from awards.models.nominations import BlockingCase, DossierPaper, Nomination
from awards.models.submissions import Submission, SubmittedLine

__all__ = [
    "Award",
    "BlockingCase",
    "CouncilResult",
    "Decision",
    "DossierPaper",
    "Nomination",
    "RequestForMore",
    "RequestedItem",
    "Review",
    "Submission",
    "SubmittedLine",
]
