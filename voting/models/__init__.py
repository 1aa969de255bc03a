"""Rounds of any vote: who may vote, what was cast, and never who chose what in a secret round."""

from voting.models.ballots import Ballot, RollEntry, Urn
from voting.models.rounds import Option, Poll, Round

__all__ = ["Ballot", "Option", "Poll", "RollEntry", "Round", "Urn"]
