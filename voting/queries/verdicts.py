"""From rows to the arithmetic and back: what a round's count is, and what it decides."""

from blocs.errors import Refusal
from voting.models import Ballot, Option, PaperCount, Reply, RollEntry, Round, Urn
from voting.tally import (
    Answer,
    Barred,
    Conduct,
    Count,
    Mark,
    Method,
    TieBreak,
    Turnout,
    Verdict,
    count_by_hand,
    count_marks,
    decide,
    settle_tie,
)

TWO = 2


class UrnDisagrees(Refusal):
    """The urn does not hold as many ballots as units have cast: the round must not be counted."""


def verdict_of(round_: Round) -> Verdict:
    """The verdict of a counted round, with a settled tie applied. Raises UrnDisagrees."""
    ruling = round_.ruling
    verdict = decide(ruling, count_of(round_))
    chosen = [option.key for option in round_.options.all() if option.wins_tie]
    return settle_tie(ruling, verdict, chosen, TieBreak(round_.tie_break)) if chosen else verdict


def count_of(round_: Round) -> Count:
    """The figures of a round: from the tally team's entries, from open ballots, or from the urn."""
    roll, options = list(round_.roll.all()), list(round_.options.all())
    barred = [] if round_.may_vote_on_itself else _barred(round_, roll, options)
    ruling = round_.ruling
    if round_.is_cast_here or (round_.is_in_writing and round_.returned is None):
        cast = sum(entry.cast for entry in roll)
        count = count_marks(ruling, _marks(round_), Turnout(len(roll), _present(roll), cast), barred)
        _check_urn(round_, count)
        return count
    present = _present(roll) if round_.present is None else round_.present
    votes = {option.key: (option.approve or 0, option.reject or 0, option.abstain or 0) for option in options}
    turnout = Turnout(len(roll), present, round_.returned or 0, round_.invalid, round_.blank)
    return count_by_hand(ruling, votes, turnout, barred)


def barred_options(round_: Round, membership_id: int) -> frozenset[str]:
    """The keys that a unit may not vote on: its own, where the rules of the round say so."""
    if round_.may_vote_on_itself:
        return frozenset()
    return frozenset(option.key for option in round_.options.all() if option.own_of_id == membership_id)


def decided_seats_left(round_: Round, verdict: Verdict) -> int | None:
    """The seats that the next round fills; None where every option is decided on its own."""
    return None if round_.seats is None else verdict.unfilled


def _present(roll: list[RollEntry]) -> int:
    """Those present; whoever cast took part, and without attendance only those who cast are known."""
    return sum(bool(entry.present) or entry.cast for entry in roll)


def _barred(round_: Round, roll: list[RollEntry], options: list[Option]) -> list[Barred]:
    """The units that may not vote on an option, their own.

    With raised hands nobody's casting is kept: a unit not known to be absent sat there and did not vote on itself.
    """
    entries = {entry.membership_id: entry for entry in roll}
    found = []
    for option in options:
        entry = entries.get(option.own_of_id) if option.own_of_id else None
        if entry is None:
            continue
        hands = round_.conduct == Conduct.HANDS
        there = entry.present is not False if hands else bool(entry.present) or entry.cast
        cast = there if hands else entry.cast
        found.append(Barred(option.key, members=1, present=int(there), cast=int(cast)))
    return found


def sitting_out(round_: Round) -> dict[str, int]:
    """How many units present may not vote on each option of a show of hands."""
    if round_.may_vote_on_itself:
        return {}
    return {row.option: row.present for row in _barred(round_, list(round_.roll.all()), list(round_.options.all()))}


def disagreements(round_: Round) -> tuple[str, ...]:
    """In which lines two people's counts of the paper ballots differ; names no figure, so that each counts again."""
    rows = list(PaperCount.objects.filter(round=round_).order_by("entered_at", "pk"))
    if len(rows) < TWO:
        return ()
    first, second = rows[-2:]
    totals = (("returned", "số phiếu thu về"), ("invalid", "số phiếu không hợp lệ"), ("blank", "số phiếu trắng"))
    lines = [label for name, label in totals if getattr(first, name) != getattr(second, name)]
    lines += [option.label for option in round_.options.all() if first.votes[option.key] != second.votes[option.key]]
    return tuple(lines)


def _marks(round_: Round) -> list[Mark]:
    if round_.is_secret:
        marks = Urn.objects.get(round=round_).marks
    else:
        rows = Reply.objects if round_.is_in_writing else Ballot.objects
        ballots = rows.filter(entry__round=round_).values_list("marks", flat=True)
        marks = [mark for ballot in ballots for mark in ballot]
    return [(key, Answer(answer)) for key, answer in marks]


def _check_urn(round_: Round, count: Count) -> None:
    """Compare the marks with the number of units that cast, as far as the method allows."""
    if round_.method == Method.EACH:
        spoken = count.cast - count.blank
        sums = [option.approve + option.reject + option.abstain for option in count.options]
        own_blank = count.blank if round_.blank_is_valid else 0
        agrees = all(abs(total - own_blank - spoken) <= 1 for total in sums) if count.options else True
    else:
        chosen = sum(option.approve for option in count.options) + count.blank
        agrees = chosen == count.cast if round_.up_to == 1 else count.cast <= chosen <= count.cast * round_.up_to
    if not agrees:
        raise UrnDisagrees(
            "Số phiếu trong hòm phiếu khác số đơn vị đã bỏ phiếu; chưa kiểm phiếu được. Các phiếu được giữ nguyên. "
            "Đề nghị báo ngay Tổ kiểm phiếu và quản trị hệ thống."
        )
