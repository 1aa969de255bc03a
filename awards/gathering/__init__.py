"""Gathering the papers of nominations from the rows: the package of the bloc, and the papers of the authority's desk."""

from awards.gathering.achievements import gather_achievement
from awards.gathering.desk import gather_announcement, gather_council_list, gather_draft_decision, gather_extract
from awards.gathering.package import gather_contents, gather_letter, gather_list
from awards.gathering.reviews import gather_minutes

__all__ = [
    "gather_achievement",
    "gather_announcement",
    "gather_contents",
    "gather_council_list",
    "gather_draft_decision",
    "gather_extract",
    "gather_letter",
    "gather_list",
    "gather_minutes",
]
