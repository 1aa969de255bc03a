"""The votes on the year's list, as its pages show them."""

from dataclasses import dataclass

from awards.models import Nomination
from blocs.models import BlocYear, User
from voting.models import Poll, Round
from voting.queries import (
    BallotView,
    ResultView,
    RollView,
    ballot_view,
    latest_round,
    result_view,
    roll_view,
    state_of,
)


@dataclass(frozen=True)
class ReviewView:
    """One vote: its round, the reader's ballot, who has voted, the result once published."""

    round: Round
    ballot: BallotView | None
    roll: RollView
    result: ResultView | None

    @property
    def is_open(self) -> bool:
        """Whether it is still being voted on or counted."""
        return self.round.state in {Round.State.OPEN, Round.State.CLOSED, Round.State.COUNTED}

    @property
    def by_hands(self) -> bool:
        """Whether hands are raised and counted."""
        return not self.round.is_cast_here

    @property
    def awaits_me(self) -> bool:
        """Whether the reader's unit has still to cast."""
        return self.ballot is not None and self.ballot.may_cast and not self.ballot.has_cast


@dataclass(frozen=True)
class PeerReview:
    """The peer review of a year in one line, for an agenda: its state and what it led to."""

    poll: Poll | None
    state: str
    css: str
    agreed: int
    held: int


def review_of(user: User, poll: Poll) -> ReviewView | None:
    """Return one vote as the user sees it; None before its first round."""
    round_ = latest_round(poll)
    if round_ is None:
        return None
    running = round_.state in {Round.State.OPEN, Round.State.CLOSED, Round.State.COUNTED}
    return ReviewView(
        round=round_,
        ballot=ballot_view(round_, user) if running else None,
        roll=roll_view(round_),
        result=None if running else result_view(round_),
    )


def peer_review_of(year: BlocYear) -> PeerReview:
    """Return where the peer review of the year stands."""
    rows = list(Nomination.objects.filter(year=year).only("state", "poll", "year"))
    polls = [row.poll_id for row in rows if row.poll_id]
    poll = Poll.objects.filter(pk=max(polls)).first() if polls else None
    label, css = state_of(poll) if poll else ("Chưa bắt đầu", "")
    held = [row for row in rows if row.is_held]
    after = Nomination.SENT | {Nomination.State.AGREED}
    return PeerReview(poll, label, css, sum(row.state in after for row in held), len(held))
