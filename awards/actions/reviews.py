"""The authority's desk reviews a nomination: asks for more, finds it fit for the council or not yet, begins again.

All of it goes on after the bloc's year has ended.
"""

import datetime as dt
from collections.abc import Sequence

from django.db import transaction

from awards.actions.locks import hold_nomination
from awards.actions.proposals import NoReason
from awards.actions.telling import tell_bloc
from awards.models import Nomination, RequestedItem, RequestForMore, Review
from awards.queries.dossiers import missing_papers
from blocs import text
from blocs.audit import record
from blocs.errors import Refusal
from blocs.models import User
from blocs.standing import standing_of
from blocs.workflow import advance


class NotOwnUnit(Refusal):
    """Nobody reviews the nomination of a unit for which he acts."""

    status = 403


class NothingAsked(Refusal):
    """A request for more names at least one item and a day to come."""

    status = 422


class DossierIncomplete(Refusal):
    """A required paper is missing, and no reason was given for going on without it."""

    status = 422


class NotConcluded(Refusal):
    """There is no finding of the desk to begin anew from."""


class StillOpen(Refusal):
    """The bloc has still time to supply what was asked for."""


@transaction.atomic
def ask_for_more(
    nomination: Nomination, *, items: Sequence[str], due_on: dt.date, by: User | None, at: dt.datetime, note: str = ""
) -> RequestForMore:
    """Ask the bloc for more on named items by a day ("Đề nghị bổ sung hồ sơ"); the rest of the dossier stays locked.

    Raises NotOwnUnit, NothingAsked (no item, or a day gone by), NotNow.
    """
    nomination = _hold_for_review(nomination, by)
    wanted = [text.nfc(item)[:500] for item in items if text.nfc(item)]
    if not wanted:
        raise NothingAsked("Đề nghị chọn hoặc ghi ít nhất 01 mục cần bổ sung. Hồ sơ chưa thay đổi.")
    if due_on < at.date():
        raise NothingAsked(f"Hạn bổ sung {text.date(due_on)} đã qua. Đề nghị chọn ngày khác; hồ sơ chưa thay đổi.")
    advance(nomination, Nomination.State.ASKED)
    request = RequestForMore.objects.create(
        nomination=nomination, due_on=due_on, note=text.nfc(note), asked_by=by, asked_at=at
    )
    RequestedItem.objects.bulk_create(
        RequestedItem(request=request, position=place, text=item) for place, item in enumerate(wanted, start=1)
    )
    _find(nomination, Review.Finding.ASK, "; ".join(wanted), "", by, at)
    sentence = (
        f"{nomination.year.bloc.authority} đề nghị bổ sung hồ sơ {nomination.award.name} của "
        f"{nomination.membership.short_name}, hạn {text.date(due_on)}: {'; '.join(wanted)}."
    )
    tell_bloc(nomination, kind="more_requested", text=sentence, but=by)
    record("ask_for_more", request, by=by, **_about(nomination), items=len(wanted), due_on=due_on)
    return request


@transaction.atomic
def extend_request(request: RequestForMore, *, due_on: dt.date, by: User | None, at: dt.datetime) -> RequestForMore:
    """Give the bloc until a later day to supply what was asked for ("Gia hạn"). Raises NotOwnUnit, NothingAsked."""
    nomination = _hold_for_review(request.nomination, by)
    request = RequestForMore.objects.select_for_update().get(pk=request.pk)
    if not request.is_open or due_on < at.date():
        raise NothingAsked("Chưa gia hạn được: đề nghị đã kết thúc hoặc ngày đã chọn đã qua. Không có gì thay đổi.")
    before, request.due_on = request.due_on, due_on
    request.save(update_fields=["due_on"])
    sentence = f"Gia hạn bổ sung hồ sơ {nomination.award.name} đến ngày {text.date(due_on)}."
    tell_bloc(nomination, kind="more_requested", text=sentence, but=by)
    record("extend_request", request, by=by, **_about(nomination), before=before, due_on=due_on)
    return request


@transaction.atomic
def find_fit(
    nomination: Nomination, *, by: User | None, at: dt.datetime, reason: str = "", note: str = ""
) -> Nomination:
    """Find a nomination fit for the council ("Đủ điều kiện, trình Hội đồng").

    While a required paper is missing a reason is asked for (the operator excepted). Raises NotOwnUnit,
    DossierIncomplete, StillOpen, NotNow.
    """
    nomination = _hold_for_review(nomination, by)
    missing = missing_papers(nomination)
    if by is not None and missing and not text.nfc(reason):
        names = "; ".join(str(label) for label in missing)
        raise DossierIncomplete(
            f"Hồ sơ còn thiếu {text.count(len(missing))} mục: {names}. Chuyển trình Hội đồng khi còn mục thiếu phải ghi "
            "lý do. Hồ sơ chưa thay đổi."
        )
    _end_request(nomination, at)
    advance(nomination, Nomination.State.FIT, outcome_reason="")
    _find(nomination, Review.Finding.FIT, reason, note, by, at)
    tell_bloc(
        nomination, kind="nomination_reviewed", text=_sentence(nomination, "đủ điều kiện, trình Hội đồng"), but=by
    )
    record("find_fit", nomination, by=by, **_about(nomination), missing=len(missing))
    return nomination


@transaction.atomic
def find_not_yet(
    nomination: Nomination, *, reason: str, by: User | None, at: dt.datetime, note: str = ""
) -> Nomination:
    """Find that a nomination does not yet meet the conditions ("Chưa đủ điều kiện"), with the reason that is told.

    Raises NotOwnUnit, NoReason, StillOpen, NotNow.
    """
    nomination = _hold_for_review(nomination, by)
    why = _why(reason)
    _end_request(nomination, at)
    advance(nomination, Nomination.State.NOT_YET, outcome_reason=why)
    _find(nomination, Review.Finding.NOT_YET, why, note, by, at)
    sentence = f"{_sentence(nomination, 'chưa đủ điều kiện')} Lý do: {why}"
    tell_bloc(nomination, kind="nomination_reviewed", text=sentence, but=by)
    record("find_not_yet", nomination, by=by, **_about(nomination))
    return nomination


@transaction.atomic
def reopen_review(
    nomination: Nomination, *, reason: str, by: User | None, at: dt.datetime, note: str = ""
) -> Nomination:
    """Review a nomination once more before the council has met ("Thẩm định lại"), with the reason.

    Raises NotOwnUnit, NoReason, NotConcluded.
    """
    nomination = _hold_for_review(nomination, by)
    why = _why(reason)
    if nomination.state not in {Nomination.State.FIT, Nomination.State.NOT_YET}:
        raise NotConcluded(
            f"Chỉ thẩm định lại hồ sơ đã có kết luận; hồ sơ đang ở trạng thái “{nomination.get_state_display()}”. "
            "Không có gì thay đổi."
        )
    advance(nomination, Nomination.State.IN_REVIEW, outcome_reason="")
    _find(nomination, Review.Finding.AGAIN, why, note, by, at)
    tell_bloc(
        nomination,
        kind="nomination_reviewed",
        text=f"{_sentence(nomination, 'được thẩm định lại')} Lý do: {why}",
        but=by,
    )
    record("reopen_review", nomination, by=by, **_about(nomination))
    return nomination


def _hold_for_review(nomination: Nomination, by: User | None) -> Nomination:
    nomination = hold_nomination(nomination, even_ended=True)
    if by is not None and standing_of(by).represents(nomination.membership.unit_id):
        raise NotOwnUnit(
            f"Không tham gia xét đơn vị mình: hồ sơ của {nomination.membership.name} do người khác thẩm định."
        )
    return nomination


def _end_request(nomination: Nomination, at: dt.datetime) -> None:
    """Close the open request whose day is over; while there is time left, the bloc may still answer."""
    request = RequestForMore.objects.filter(nomination=nomination, supplied_at=None, closed_at=None).first()
    if request is None:
        return
    if at.date() <= request.due_on:
        raise StillOpen(
            f"Đang chờ bổ sung hồ sơ đến hết ngày {text.date(request.due_on)}. Kết luận sau khi hồ sơ được bổ sung hoặc "
            "hết hạn. Hồ sơ chưa thay đổi."
        )
    request.closed_at = at
    request.save(update_fields=["closed_at"])


def _find(nomination: Nomination, finding: str, reason: str, note: str, by: User | None, at: dt.datetime) -> None:
    Review.objects.create(
        nomination=nomination, finding=finding, reason=text.nfc(reason), note=text.nfc(note), by=by, at=at
    )


def _why(reason: str) -> str:
    why = text.nfc(reason)
    if not why:
        raise NoReason("Đề nghị ghi lý do; lý do được thông báo cho khối. Hồ sơ chưa thay đổi.")
    return why


def _sentence(nomination: Nomination, result: str) -> str:
    return f"Thẩm định {nomination.award.name} cho {nomination.membership.short_name} năm {nomination.year.year}: {result}."


def _about(nomination: Nomination) -> dict[str, int]:
    return {"year": nomination.year_id, "unit": nomination.membership.unit_id}
