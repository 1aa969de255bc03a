"""Reading votes: the verdict of a round, the ballot of a unit, the roll, what a result page shows."""

from voting.queries.ballots import (
    ANSWERS,
    BallotOption,
    BallotView,
    RollView,
    ballot_view,
    latest_round,
    roll_view,
    round_in_short,
    state_of,
    waiting_ballots,
)
from voting.queries.replies import ReplyRow, replies_of
from voting.queries.results import ResultRow, ResultView, result_view
from voting.queries.verdicts import (
    UrnDisagrees,
    barred_options,
    count_of,
    decided_seats_left,
    disagreements,
    sitting_out,
    verdict_of,
)

__all__ = [
    "ANSWERS",
    "BallotOption",
    "BallotView",
    "ReplyRow",
    "ResultRow",
    "ResultView",
    "RollView",
    "UrnDisagrees",
    "ballot_view",
    "barred_options",
    "count_of",
    "decided_seats_left",
    "disagreements",
    "latest_round",
    "replies_of",
    "result_view",
    "roll_view",
    "round_in_short",
    "sitting_out",
    "state_of",
    "verdict_of",
    "waiting_ballots",
]
