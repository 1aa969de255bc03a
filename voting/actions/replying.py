"""Signed opinions in writing, entered as they come in with the paper itself."""

import datetime as dt
from collections.abc import Collection

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction

from blocs.audit import record
from blocs.errors import Refusal
from blocs.files import PAPERS, store_file
from blocs.models import Membership, User
from blocs.text import hour, nfc
from voting.actions.casting import NotOnTheRoll, normalised
from voting.actions.locking import locked_round
from voting.models import Reply, RollEntry, Round
from voting.tally import Mark


class ReplyTooLate(Refusal):
    """The time for answers is over, or this round is not held in writing."""


class PaperMissing(Refusal):
    """An opinion in writing is a dated paper."""

    status = 422


@transaction.atomic
def record_reply(
    round_: Round,
    *,
    membership: Membership,
    marks: Collection[Mark],
    number: str,
    dated_on: dt.date,
    paper: UploadedFile | None,
    by: User | None,
    at: dt.datetime,
) -> Reply:
    """Enter a unit's signed opinion with its number, date and paper; entering it again replaces it until closing.

    Raises ReplyTooLate, NotOnTheRoll, PaperMissing (no file, or dated after today), voting's BallotRefused.
    """
    round_ = locked_round(round_)
    _refuse_unless_awaited(round_)
    entry = RollEntry.objects.select_for_update().filter(round=round_, membership=membership).first()
    if entry is None:
        raise NotOnTheRoll(f"{membership.name} không có tên trong danh sách đơn vị được lấy ý kiến của lần này.")
    kept = Reply.objects.filter(entry=entry).first()
    if paper is None and (kept is None or kept.paper is None) and by is not None:
        raise PaperMissing("Chưa ghi được: cần đính kèm văn bản trả lời của đơn vị (bản chụp hoặc tệp đã ký).")
    if dated_on > at.date():
        raise PaperMissing("Chưa ghi được: ngày của văn bản trả lời ở sau ngày hôm nay.")
    stored = store_file(paper, by=by, at=at, allowed=PAPERS) if paper else kept and kept.paper
    given = {"marks": normalised(round_, membership, marks), "number": nfc(number), "dated_on": dated_on}
    reply, _ = Reply.objects.update_or_create(
        entry=entry, defaults=given | {"paper": stored, "recorded_by": by, "recorded_at": at}
    )
    RollEntry.objects.filter(pk=entry.pk).update(cast=True)
    record(
        "record_reply", reply, by=by, year=round_.poll.year_id, unit=membership.unit_id, marks=reply.marks,
        dated_on=dated_on,
    )  # fmt: skip
    return reply


def _refuse_unless_awaited(round_: Round) -> None:
    if round_.state == Round.State.OPEN and round_.is_in_writing:
        return
    if round_.closed_at is not None and round_.is_in_writing:
        raise ReplyTooLate(
            f"Đã kết thúc lấy ý kiến lúc {hour(round_.closed_at)}. Văn bản của đơn vị chưa được ghi nhận. "
            "Đề nghị báo ngay Tổ kiểm phiếu."
        )
    raise ReplyTooLate(
        f"Lần này không lấy ý kiến bằng văn bản ({round_.manner.lower()}). Không có nội dung nào được ghi."
    )
