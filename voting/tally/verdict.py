"""Deciding a counted round: who is chosen, who stands in a run-off, what stays open. A tie has no silent winner."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace
from enum import StrEnum

from voting.tally.counting import Count, OptionCount
from voting.tally.ruling import SETTLED, Base, Quorum, Ruling, TieBreak


class Outcome(StrEnum):
    """What the round led to."""

    NO_QUORUM = "no_quorum"
    DECIDED = "decided"
    RUN_OFF = "run_off"
    PARTLY = "partly"
    NO_RESULT = "no_result"


class Standing(StrEnum):
    """What the round means for one option."""

    WON = "won"
    TIED = "tied"
    RUN_OFF = "run_off"
    BEATEN = "beaten"
    SHORT = "short"
    VOID = "void"


class NotATie(ValueError):
    """A lot or the chair's choice was recorded where the rules or the count leave no room for it."""


@dataclass(frozen=True)
class OptionVerdict:
    """One option: its figures, the least number of votes it needed, what became of it."""

    count: OptionCount
    whole: int
    least: int
    standing: Standing

    @property
    def reached(self) -> bool:
        """If the option has the votes that the threshold asks for."""
        return self.count.approve >= self.least


@dataclass(frozen=True)
class Verdict:
    """A decided round. `tied` and `run_off` are keys in the order of the ballot; `unfilled` seats stay open."""

    count: Count
    options: tuple[OptionVerdict, ...]
    quorum_counted: int
    quorum_least: int
    outcome: Outcome
    elected: tuple[str, ...]
    run_off: tuple[str, ...]
    tied: bool
    unfilled: int
    settled_by: TieBreak | None = None

    def option(self, key: str) -> OptionVerdict:
        """The verdict on one option."""
        return next(row for row in self.options if row.count.key == key)


def decide(ruling: Ruling, count: Count) -> Verdict:
    """Apply the rules to the figures.

    Options that reach the threshold fill the seats by number of votes. More of them than seats with equal votes at the
    last seat: those tied stand in a run-off. Fewer: the best of the rest, one more than the open seats (the top two for
    one seat) with all that are level with the last of these; nothing to choose between: no result.
    """
    counted, least = _quorum(ruling.quorum, count)
    if counted < least:
        rows = tuple(_row(ruling, option, Standing.VOID) for option in count.options)
        return Verdict(count, rows, counted, least, Outcome.NO_QUORUM, (), (), tied=False, unfilled=ruling.seats or 0)
    rows = tuple(_row(ruling, option, Standing.SHORT) for option in count.options)
    reached = [row for row in rows if row.reached]
    if ruling.seats is None:
        return _settle(ruling, count, rows, (counted, least), [row.count.key for row in reached], [], tied=False)
    elected, run_off, tied = _fill(rows, reached, ruling.seats)
    return _settle(ruling, count, rows, (counted, least), elected, run_off, tied=tied)


def settle_tie(ruling: Ruling, verdict: Verdict, chosen: Collection[str], manner: TieBreak) -> Verdict:
    """Record that a lot or the chair settled a tie, where the rules of the round allow it.

    Raises NotATie when the round was not tied, the rules name another way, or `chosen` does not fill the open seats.
    """
    keys = tuple(key for key in verdict.run_off if key in set(chosen))
    allowed = verdict.tied and manner == ruling.tie_break and manner in SETTLED
    if not allowed or len(keys) != len(set(chosen)) or len(keys) != verdict.unfilled:
        raise NotATie
    elected = tuple(key for key in ruling.keys if key in (*verdict.elected, *keys))
    rows = tuple(
        replace(row, standing=Standing.WON if row.count.key in elected else Standing.BEATEN)
        if row.standing == Standing.TIED
        else row
        for row in verdict.options
    )
    return replace(
        verdict,
        options=rows,
        outcome=Outcome.DECIDED,
        elected=elected,
        run_off=(),
        unfilled=0,
        settled_by=manner,
    )


def _quorum(quorum: Quorum | None, count: Count) -> tuple[int, int]:
    if quorum is None:
        return count.present, 0
    counted = count.present if quorum.counted == Base.PRESENT else count.cast
    return counted, quorum.least(count.members)


def _row(ruling: Ruling, option: OptionCount, standing: Standing) -> OptionVerdict:
    whole = option.whole(ruling.threshold.base)
    return OptionVerdict(option, whole, ruling.threshold.least(whole), standing)


def _fill(
    rows: tuple[OptionVerdict, ...],
    reached: list[OptionVerdict],
    seats: int,
) -> tuple[list[str], list[str], bool]:
    """Who is elected, who must be voted on again, and whether because of equal votes."""
    if len(reached) <= seats:
        rest = [row for row in rows if not row.reached]
        return [row.count.key for row in reached], _best(rest, seats - len(reached)), False
    last = sorted((row.count.approve for row in reached), reverse=True)[seats - 1]
    above = [row.count.key for row in reached if row.count.approve > last]
    level = [row.count.key for row in reached if row.count.approve == last]
    if len(above) + len(level) == seats:
        return above + level, [], False
    return above, level, True


def _best(rest: list[OptionVerdict], open_seats: int) -> list[str]:
    if open_seats == 0 or len(rest) <= open_seats:
        return []
    last = sorted((row.count.approve for row in rest), reverse=True)[open_seats]
    return [row.count.key for row in rest if row.count.approve >= last]


def _settle(
    ruling: Ruling,
    count: Count,
    rows: tuple[OptionVerdict, ...],
    quorum: tuple[int, int],
    elected: Collection[str],
    run_off: Collection[str],
    *,
    tied: bool,
) -> Verdict:
    unfilled = 0 if ruling.seats is None else ruling.seats - len(elected)
    placed = tuple(replace(row, standing=_standing(row, elected, run_off, tied=tied)) for row in rows)
    return Verdict(
        count,
        placed,
        *quorum,
        outcome=_outcome(elected, run_off, unfilled),
        elected=tuple(key for key in ruling.keys if key in elected),
        run_off=tuple(key for key in ruling.keys if key in run_off),
        tied=tied,
        unfilled=unfilled,
    )


def _standing(row: OptionVerdict, elected: Collection[str], run_off: Collection[str], *, tied: bool) -> Standing:
    if row.count.key in elected:
        return Standing.WON
    if row.count.key in run_off:
        return Standing.TIED if tied else Standing.RUN_OFF
    return Standing.BEATEN if row.reached else Standing.SHORT


def _outcome(elected: Collection[str], run_off: Collection[str], unfilled: int) -> Outcome:
    if run_off:
        return Outcome.RUN_OFF
    if unfilled:
        return Outcome.PARTLY if elected else Outcome.NO_RESULT
    return Outcome.DECIDED
