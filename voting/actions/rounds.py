"""Opening and closing rounds."""

import datetime as dt
from collections.abc import Collection, Mapping
from dataclasses import replace

from django.db import transaction

from blocs import text
from blocs.actions.years import refuse_past
from blocs.audit import record
from blocs.errors import Refusal
from blocs.models import BlocYear, Membership, User
from blocs.workflow import advance
from voting.actions.locking import keep_roll, locked_round
from voting.models import Option, Poll, RollEntry, Round, Urn
from voting.queries import count_of, decided_seats_left, verdict_of
from voting.tally import Form, Outcome, Ruling


class RoundRunning(Refusal):
    """The poll already has a round that is not finished, or a result."""


class RoundsSpent(Refusal):
    """The rules allow no further round: the authority is asked."""


class NobodyMayVote(Refusal):
    """The roll would be empty."""


@transaction.atomic
def set_up_poll(year: BlocYear, *, title: str, by: User | None) -> Poll:
    """Put a question to the vote, for an owner who points to it; no round opens yet."""
    refuse_past(year)
    poll = Poll.objects.create(year=year, title=title)
    record("set_up_poll", poll, by=by, year=year.pk)
    return poll


@transaction.atomic
def open_round(  # noqa: PLR0913 - each is one thing that is fixed when a round opens
    poll: Poll,
    *,
    ruling: Ruling,
    by: User | None,
    at: dt.datetime,
    roll: Collection[Membership] | None = None,
    present: Collection[Membership] | None = None,
    own_of: Mapping[str, Membership] | None = None,
    may_vote_on_itself: bool | None = None,
    may_change: bool = False,
    publishes: str = Round.Publishes.FIGURES,
) -> Round:
    """Open the next round of a poll: copy its rules, fix the roll, write the options, record the numbers.

    `roll` None: all members of the year. `present` None: attendance was not taken. `own_of` tells which option is which
    unit's own. Raises RoundRunning while an earlier round runs or has a result, NobodyMayVote for an empty roll.
    """
    poll = Poll.objects.select_for_update(of=("self",)).select_related("year").get(pk=poll.pk)
    refuse_past(poll.year)
    last = poll.rounds.order_by("-number").first()
    if last is not None and last.state != Round.State.NO_RESULT:
        raise RoundRunning(f"“{poll}” đã có lần bỏ phiếu {last.number} ({last.get_state_display().lower()}).")
    own = own_of or {}
    itself = poll.year.may_vote_on_itself if may_vote_on_itself is None else may_vote_on_itself
    round_ = Round.objects.create(
        poll=poll,
        number=last.number + 1 if last else 1,
        may_vote_on_itself=itself,
        may_change=may_change and ruling.form != Form.SECRET,
        publishes=publishes,
        **_rules(ruling),
    )
    _write_options(round_, ruling, own)
    entries = _write_roll(round_, poll.year, roll, present)
    if ruling.form == Form.SECRET:
        Urn.objects.create(round=round_)
    advance(round_, Round.State.OPEN, opened_at=at, opened_by=by)
    record(
        "open_round",
        round_,
        by=by,
        year=poll.year_id,
        members=entries,
        number=round_.number,
        form=round_.form,
        conduct=round_.conduct,
        method=round_.method,
    )
    return round_


@transaction.atomic
def close_round(
    round_: Round, *, by: User | None, at: dt.datetime, delegates: Mapping[int, tuple[str, str]] | None = None
) -> Round:
    """End the voting; ballots cast on the system and written opinions are counted at once, others wait for the team.

    `delegates` tells, by membership, how each unit was there ("present", "proxy", "absent") and who spoke for it: the
    roll keeps it. The rows of the roll and the urn are written once more in the order of the roll, so that their place
    in the database does not tell in which order units cast.
    """
    round_ = locked_round(round_)
    advance(round_, Round.State.CLOSED, closed_at=at, closed_by=by)
    keep_roll(round_, delegates or {})
    replied = round_.is_in_writing and RollEntry.objects.filter(round=round_, cast=True).exists()
    cast = None
    if round_.is_cast_here or replied:
        cast = count_of(round_).cast
        advance(round_, Round.State.COUNTED)
    record("close_round", round_, by=by, year=round_.poll.year_id, cast=cast, members=round_.roll.count())
    return round_


@transaction.atomic
def open_next_round(
    round_: Round,
    *,
    by: User | None,
    at: dt.datetime,
    present: Collection[Membership] | None = None,
    ruling: Ruling | None = None,
) -> Round:
    """Vote again after a round without result: on the tied or the top two, for the seats still open.

    The roll, the settings and the options are those of the round before; `ruling` replaces the rules where the meeting
    decided so. Raises RoundRunning when the round has a result.
    """
    round_ = Round.objects.select_related("poll__year").get(pk=round_.pk)
    if round_.state != Round.State.NO_RESULT:
        raise RoundRunning(f"“{round_}”: {round_.get_state_display().lower()}; chưa có căn cứ để bỏ phiếu lại.")
    if round_.is_last:
        raise RoundsSpent(
            f"Thể lệ quy định tối đa {text.count(round_.most_rounds)} lần bỏ phiếu và đã bỏ phiếu đủ số lần. "
            "Đề nghị báo cáo cơ quan tổ chức khối xem xét, quyết định."
        )
    own = {option.key: option.own_of for option in round_.options.select_related("own_of") if option.own_of}
    return open_round(
        round_.poll,
        ruling=ruling or _next_ruling(round_),
        by=by,
        at=at,
        roll=[entry.membership for entry in round_.roll.select_related("membership")],
        present=present,
        own_of=own,
        may_vote_on_itself=round_.may_vote_on_itself,
        may_change=round_.may_change,
        publishes=round_.publishes,
    )


def _next_ruling(round_: Round) -> Ruling:
    ruling, verdict = round_.ruling, verdict_of(round_)
    keys = set(ruling.keys) - set(verdict.elected)
    if verdict.outcome == Outcome.RUN_OFF:
        keys = set(verdict.run_off)
    options = tuple(option for option in ruling.options if option.key in keys)
    return replace(
        ruling, options=options, seats=decided_seats_left(round_, verdict), up_to=min(ruling.up_to, len(options))
    )


def _rules(ruling: Ruling) -> dict[str, object]:
    quorum = ruling.quorum
    rules: dict[str, object] = {
        "method": ruling.method,
        "form": ruling.form,
        "conduct": ruling.conduct,
        "up_to": ruling.up_to,
        "seats": ruling.seats,
        "threshold_numerator": ruling.threshold.share.numerator,
        "threshold_denominator": ruling.threshold.share.denominator,
        "threshold_strict": ruling.threshold.strict,
        "threshold_base": ruling.threshold.base,
        "abstention_is_valid": ruling.abstention_is_valid,
        "blank_is_valid": ruling.blank_is_valid,
        "tie_break": ruling.tie_break,
        "most_rounds": ruling.most_rounds,
        "won": ruling.wording.won,
        "lost": ruling.wording.lost,
        "act": ruling.wording.act,
    }
    if quorum is not None:
        rules |= {
            "quorum_numerator": quorum.share.numerator,
            "quorum_denominator": quorum.share.denominator,
            "quorum_strict": quorum.strict,
            "quorum_counted": quorum.counted,
        }
    return rules


def _write_options(round_: Round, ruling: Ruling, own: Mapping[str, Membership]) -> None:
    Option.objects.bulk_create(
        Option(round=round_, key=option.key, label=option.label, position=place, own_of=own.get(option.key))
        for place, option in enumerate(ruling.options, start=1)
    )


def _write_roll(
    round_: Round,
    year: BlocYear,
    roll: Collection[Membership] | None,
    present: Collection[Membership] | None,
) -> int:
    """Fix who may vote; a unit that could vote on nothing but itself, and may not, is not on the roll."""
    members = list(year.memberships.all()) if roll is None else sorted(roll, key=lambda row: (row.position, row.pk))
    there = None if present is None else {row.pk for row in present}
    own = [option.own_of_id for option in round_.options.all()]
    if not round_.may_vote_on_itself:
        members = [row for row in members if set(own) != {row.pk}]
    if not members:
        raise NobodyMayVote("Chưa có đơn vị có quyền bỏ phiếu. Đề nghị kiểm tra danh sách đơn vị thành viên của năm.")
    RollEntry.objects.bulk_create(
        RollEntry(round=round_, membership=row, present=None if there is None else row.pk in there) for row in members
    )
    return len(members)
