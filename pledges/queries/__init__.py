"""Reading pledges: what is missing, who has signed, what waits for whom, where the stage stands."""

from pledges.queries.boards import PledgeBoard, SignRow, board_of, own_membership
from pledges.queries.signing import (
    SigningCapacity,
    missing_before_freezing,
    paper_of,
    pledge_of,
    signing_capacity,
    unsigned_units,
)
from pledges.queries.years import archive_part, stage, stage_figures, tasks_for

__all__ = [
    "PledgeBoard",
    "SignRow",
    "SigningCapacity",
    "archive_part",
    "board_of",
    "missing_before_freezing",
    "own_membership",
    "paper_of",
    "pledge_of",
    "signing_capacity",
    "stage",
    "stage_figures",
    "tasks_for",
    "unsigned_units",
]
