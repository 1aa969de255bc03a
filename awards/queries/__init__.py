"""Reading nominations across tables."""

from awards.queries.candidates import Eligibility, eligibility, why_not
from awards.queries.polls import PeerReview, peer_review_of
from awards.queries.years import (
    ReportedNomination,
    archive_part,
    awaited,
    desk_tasks_for,
    nominations_for_report,
    results_stage,
    stage,
    stage_figures,
    tasks_after_the_year,
    tasks_for,
)

__all__ = [
    "Eligibility",
    "PeerReview",
    "ReportedNomination",
    "archive_part",
    "awaited",
    "desk_tasks_for",
    "eligibility",
    "nominations_for_report",
    "peer_review_of",
    "results_stage",
    "stage",
    "stage_figures",
    "tasks_after_the_year",
    "tasks_for",
    "why_not",
]
