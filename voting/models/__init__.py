"""Rounds of any vote: who may vote, what was cast, and never who chose what in a secret round."""

from voting.models.ballots import Attended, Ballot, PaperCount, Reply, RollEntry, Urn
from voting.models.rounds import Option, Poll, Round

__all__ = ["Attended", "Ballot", "Option", "PaperCount", "Poll", "Reply", "RollEntry", "Round", "Urn"]
