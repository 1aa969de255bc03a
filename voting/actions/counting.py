"""Entering the figures of a vote that was not cast on the system: hands, paper ballots, letters."""

import datetime as dt
from collections.abc import Mapping

from django.db import transaction

from blocs.audit import record
from blocs.errors import Refusal
from blocs.models import User
from blocs.workflow import advance
from voting.actions.locking import keep_roll, locked_round
from voting.models import Option, PaperCount, Round
from voting.queries import count_of, sitting_out
from voting.tally import Conduct, Count, CountMismatch

Votes = Mapping[str, tuple[int, int, int | None]]
Delegates = Mapping[int, tuple[str, str]] | None


class CountRefused(Refusal):
    """The figures do not add up, or the round is not counted by hand."""

    status = 422


def enter_show_of_hands(
    round_: Round, *, votes: Votes, present: int, by: User | None, at: dt.datetime, delegates: Delegates = None
) -> Round:
    """Enter the raised hands: (approve, reject, abstain) per option key.

    Abstain None is the rest of those present, without the unit that may not vote on itself. A round still open is
    closed with it (`delegates`: see close_round). Raises CountRefused with the sum that does not agree.
    """
    out = sitting_out(round_)
    full = {
        key: (approve, reject, present - out.get(key, 0) - approve - reject if abstain is None else abstain)
        for key, (approve, reject, abstain) in votes.items()
    }
    if any(min(row) < 0 for row in full.values()):
        raise CountRefused(f"Số đơn vị biểu quyết lớn hơn số đơn vị có mặt ({present}). Chưa ghi kết quả.")
    return enter_count(round_, votes=full, returned=present, present=present, by=by, at=at, delegates=delegates)


@transaction.atomic
def enter_count(  # noqa: PLR0913 - what the tally team writes down
    round_: Round,
    *,
    votes: Votes,
    returned: int,
    by: User | None,
    at: dt.datetime,
    invalid: int = 0,
    blank: int = 0,
    present: int | None = None,
    delegates: Delegates = None,
) -> Round:
    """Enter the tally team's count of hands, paper ballots or letters; the sums must agree.

    Paper ballots are counted when a second person has typed the same totals; until then the round stays closed. The
    operator at the command line (`by` None) counts alone. `invalid` leaves blank ballots out. `delegates`: see
    close_round. Raises CountRefused; nothing is kept then.
    """
    round_ = locked_round(round_)
    if round_.is_cast_here:
        raise CountRefused("Lần này bỏ phiếu trên hệ thống; hệ thống tự kiểm phiếu khi kết thúc.")
    if round_.state == Round.State.OPEN:
        advance(round_, Round.State.CLOSED, closed_at=at, closed_by=by)
        keep_roll(round_, delegates or {})
    count = _checked(round_, votes, present=present, returned=returned, invalid=invalid, blank=blank)
    if by is not None and round_.is_on_paper and not _agrees(round_, votes, (returned, invalid, blank), by, at):
        record("enter_paper_count", round_, by=by, year=round_.poll.year_id, cast=count.cast)
        return Round.objects.get(pk=round_.pk)
    figures = {"present": present, "returned": returned, "invalid": invalid, "blank": blank}
    advance(round_, Round.State.COUNTED, **figures)
    act = "enter_show_of_hands" if round_.conduct == Conduct.HANDS else "enter_count"
    record(act, round_, by=by, year=round_.poll.year_id, cast=count.cast, valid=count.valid, members=count.members)
    return round_


def _checked(round_: Round, votes: Votes, **figures: int | None) -> Count:
    """Try the figures on the round and count them. Raises CountRefused, NotNow (it is counted already)."""
    if round_.state != Round.State.CLOSED:
        advance(round_, Round.State.COUNTED)  # refuses, naming both states
    for name, figure in figures.items():
        setattr(round_, name, figure)
    _write_votes(round_, votes)
    try:
        return count_of(round_)
    except CountMismatch as error:
        raise CountRefused(f"{error} Chưa ghi kết quả. Đề nghị kiểm tra lại số liệu.") from error


def _agrees(round_: Round, votes: Votes, totals: tuple[int, int, int], by: User, at: dt.datetime) -> bool:
    """Keep one person's count of the paper ballots; whether another person typed the same."""
    rows = {key: list(row) for key, row in votes.items()}
    returned, invalid, blank = totals
    figures = {"votes": rows, "returned": returned, "invalid": invalid, "blank": blank}
    PaperCount.objects.update_or_create(round=round_, entered_by=by, defaults=figures | {"entered_at": at})
    others = PaperCount.objects.filter(round=round_, returned=returned, invalid=invalid, blank=blank)
    return any(other.votes == rows for other in others.exclude(entered_by=by))


def _write_votes(round_: Round, votes: Votes) -> None:
    options = list(round_.options.all())
    for option in options:
        option.approve, option.reject, option.abstain = votes.get(option.key, (0, 0, 0))
        if min(number or 0 for number in (option.approve, option.reject, option.abstain)) < 0:
            raise CountRefused("Số phiếu không được là số âm. Chưa ghi kết quả.")
    Option.objects.bulk_update(options, ["approve", "reject", "abstain"])
