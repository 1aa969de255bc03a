"""Casting one ballot for one unit, open or secret."""

import datetime as dt
from collections.abc import Collection

from django.db import transaction

from blocs import text
from blocs.audit import record
from blocs.errors import Refusal
from blocs.models import Membership, User
from voting.actions.locking import locked_round
from voting.models import Ballot, RollEntry, Round, Urn
from voting.queries import barred_options
from voting.tally import InvalidBallot, Mark, normalise


class BallotTooLate(Refusal):
    """The round is closed: the ballot was not taken."""


class AlreadyCast(Refusal):
    """The unit has cast its one ballot."""


class NotOnTheRoll(Refusal):
    """The unit has no vote in this round."""

    status = 403


class BallotRefused(Refusal):
    """The ballot breaks the rules of the round."""

    status = 422


@transaction.atomic
def cast_ballot(
    round_: Round, *, membership: Membership, marks: Collection[Mark], by: User | None, at: dt.datetime
) -> None:
    """Cast a unit's one ballot.

    In an open round the ballot is kept under the unit's name and may be replaced until closing where the round says so.
    In a secret round the choices go into the urn and the roll keeps that the unit has cast: no row for the ballot, no
    time, no line in the log, and nothing to change it by.
    Raises BallotTooLate, NotOnTheRoll, AlreadyCast, BallotRefused; nothing is kept then.
    """
    round_ = locked_round(round_)
    _refuse_unless_open(round_)
    entry = RollEntry.objects.filter(round=round_, membership=membership).first()
    if entry is None:
        raise NotOnTheRoll(f"{membership.name} không có tên trong danh sách đơn vị có quyền bỏ phiếu của lần này.")
    ballot = normalised(round_, membership, marks)
    first = RollEntry.objects.filter(pk=entry.pk, cast=False).update(cast=True)
    if not first and not round_.may_change:
        raise AlreadyCast(
            "Phiếu của đơn vị đã được ghi nhận trước đó. Mỗi đơn vị chỉ có 01 phiếu; không có gì thay đổi."
        )
    if round_.is_secret:
        _drop_into_urn(round_, ballot)
        return
    kept, _ = Ballot.objects.update_or_create(entry=entry, defaults={"marks": ballot, "cast_by": by, "cast_at": at})
    act = "cast_ballot" if first else "change_ballot"
    record(act, kept, by=by, year=round_.poll.year_id, unit=membership.unit_id, marks=ballot)


def _refuse_unless_open(round_: Round) -> None:
    if round_.state == Round.State.OPEN and round_.is_cast_here:
        return
    if round_.closed_at is not None:
        raise BallotTooLate(
            f"Đã kết thúc bỏ phiếu lúc {text.hour(round_.closed_at)}. Phiếu của đơn vị chưa được ghi nhận. "
            "Đề nghị báo ngay Tổ kiểm phiếu."
        )
    raise BallotRefused(f"Lần này không bỏ phiếu trên hệ thống ({round_.manner.lower()}). Không có phiếu nào được ghi.")


def normalised(round_: Round, membership: Membership, marks: Collection[Mark]) -> list[list[str]]:
    """The marks as they are kept, without the unit's own option where it is barred. Raises BallotRefused."""
    barred = barred_options(round_, membership.pk)
    try:
        ballot = normalise(round_.ruling, marks, barred)
    except InvalidBallot as error:
        raise BallotRefused(
            "Phiếu chưa được ghi nhận vì không đúng thể lệ của lần bỏ phiếu này. Đề nghị mở lại phiếu và chọn lại."
        ) from error
    return [[key, str(answer)] for key, answer in ballot]


def _drop_into_urn(round_: Round, ballot: list[list[str]]) -> None:
    """Rewrite the one row of the urn with the marks sorted, so that their order says nothing."""
    urn = Urn.objects.select_for_update().get(round=round_)
    urn.marks = sorted([*urn.marks, *ballot])
    urn.save(update_fields=["marks"])
