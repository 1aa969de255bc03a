"""What happens in a vote: open, cast, close, count, publish, vote again."""

from voting.actions.casting import AlreadyCast, BallotRefused, BallotTooLate, NotOnTheRoll, cast_ballot
from voting.actions.counting import CountRefused, enter_count, enter_show_of_hands
from voting.actions.replying import PaperMissing, ReplyTooLate, record_reply
from voting.actions.rounds import RoundsSpent, close_round, open_next_round, open_round, set_up_poll
from voting.actions.verdicts import TieNotOpen, publish_result, record_tie_break

__all__ = [
    "AlreadyCast",
    "BallotRefused",
    "BallotTooLate",
    "CountRefused",
    "NotOnTheRoll",
    "PaperMissing",
    "ReplyTooLate",
    "RoundsSpent",
    "TieNotOpen",
    "cast_ballot",
    "close_round",
    "enter_count",
    "enter_show_of_hands",
    "open_next_round",
    "open_round",
    "publish_result",
    "record_reply",
    "record_tie_break",
    "set_up_poll",
]
