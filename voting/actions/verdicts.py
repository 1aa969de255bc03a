"""What a count leads to: publishing, or settling a tie where the rules allow it."""

import datetime as dt
from collections.abc import Collection

from django.db import transaction

from blocs.audit import record
from blocs.errors import Refusal
from blocs.models import User
from blocs.workflow import advance
from voting.actions.locking import locked_round
from voting.models import Option, Round
from voting.queries import verdict_of
from voting.tally import NotATie, Outcome, TieBreak, Verdict, settle_tie


class TieNotOpen(Refusal):
    """There is no tie that a lot or the chair could settle."""


@transaction.atomic
def publish_result(round_: Round, *, by: User | None, at: dt.datetime) -> Verdict:
    """Publish a counted round and return its verdict; without a decision the round ends as one without result."""
    round_ = locked_round(round_)
    if round_.state != Round.State.COUNTED:
        advance(round_, Round.State.PUBLISHED)  # refuses, naming both states
    verdict = verdict_of(round_)
    decided = verdict.outcome == Outcome.DECIDED
    to = Round.State.PUBLISHED if decided else Round.State.NO_RESULT
    advance(round_, to, published_at=at, published_by=by)
    record(
        "publish_result",
        round_,
        by=by,
        year=round_.poll.year_id,
        outcome=verdict.outcome,
        elected=list(verdict.elected),
        votes={row.count.key: row.count.approve for row in verdict.options},
    )
    return verdict


@transaction.atomic
def record_tie_break(round_: Round, *, chosen: Collection[str], by: User | None, at: dt.datetime) -> Round:
    """Record which of the tied options the lot fell on, or the chair chose, where the round's rules say so.

    Raises TieNotOpen when the round is not counted, not tied, or its rules ask for another vote.
    """
    round_ = locked_round(round_)
    if round_.state != Round.State.COUNTED:
        raise TieNotOpen(
            f"{round_} chưa kiểm phiếu hoặc đã công bố; không ghi cách phân định được. Không có nội dung nào bị thay đổi."
        )
    try:
        settle_tie(round_.ruling, verdict_of(round_), chosen, TieBreak(round_.tie_break))
    except NotATie as error:
        raise TieNotOpen(
            "Kết quả này không do bốc thăm hoặc chủ tọa quyết định được: không bằng phiếu, hoặc thể lệ quy định bỏ phiếu "
            "lại. Không có nội dung nào bị thay đổi."
        ) from error
    Option.objects.filter(round=round_, key__in=chosen).update(wins_tie=True)
    record(
        "record_tie_break",
        round_,
        by=by,
        year=round_.poll.year_id,
        chosen=sorted(chosen),
        manner=round_.tie_break,
        decided_at=at,
    )
    return round_
