"""What the council found, and the decision: one over many nominations of many blocs; also of years that have ended."""

import datetime as dt
from collections.abc import Collection, Iterable, Mapping

from django.core.files.base import File
from django.db import transaction

from awards.actions.locks import hold_nomination, hold_nominations, hold_year
from awards.actions.proposals import NoReason
from awards.actions.telling import tell_bloc
from awards.models import CouncilResult, Decision, Nomination
from blocs import text
from blocs.audit import record
from blocs.errors import Refusal
from blocs.files import PAPERS, store_file
from blocs.models import Authority, User
from blocs.workflow import advance


class NothingDecided(Refusal):
    """A decision names at least one nomination, all of blocs of the deciding authority."""

    status = 422


class DecisionKnown(Refusal):
    """A decision with this number and date is on record."""


class AlreadyCancelled(Refusal):
    """The decision has been cancelled before."""


@transaction.atomic
def record_council_result(
    nomination: Nomination,
    *,
    held_on: dt.date,
    passed: bool,
    by: User | None,
    at: dt.datetime,
    approve: int | None = None,
    voted_of: int | None = None,
    reason: str = "",
) -> Nomination:
    """Record what the council found: passed ("Hội đồng thông qua"), or not, with the reason that is told.

    `approve` of `voted_of` are the council's votes where they are known. Raises NoReason, NotNow.
    """
    nomination = hold_nomination(nomination, even_ended=True)
    why = text.nfc(reason)
    if not passed and not why:
        raise NoReason("Đề nghị ghi lý do Hội đồng chưa thông qua; lý do được thông báo cho khối. Hồ sơ chưa thay đổi.")
    if passed:
        advance(nomination, Nomination.State.PASSED)
        sentence = f"Hội đồng thông qua đề nghị {_subject(nomination)}."
        tell_bloc(nomination, kind="council_result", text=sentence, but=by)
    else:
        _refuse(nomination, why, by, at)
    CouncilResult.objects.create(
        nomination=nomination,
        held_on=held_on,
        passed=passed,
        approve=approve,
        voted_of=voted_of,
        reason="" if passed else why,
        recorded_by=by,
        recorded_at=at,
    )
    record("record_council_result", nomination, by=by, **_about(nomination), passed=passed, votes=[approve, voted_of])
    return nomination


@transaction.atomic
def record_council_sitting(
    nominations: Collection[Nomination], *, held_on: dt.date, by: User | None, at: dt.datetime
) -> int:
    """Record one sitting in which the council passed many nominations, all or none; return how many.

    Raises NothingDecided, NotNow.
    """
    if not nominations:
        raise NothingDecided("Đề nghị chọn ít nhất 01 trường hợp. Chưa có nội dung nào được ghi.")
    for nomination in sorted(nominations, key=lambda row: (row.year_id, row.pk)):
        record_council_result(nomination, held_on=held_on, passed=True, by=by, at=at)
    first = min(nominations, key=lambda row: row.pk)
    record("record_council_sitting", first, by=by, passed=[row.pk for row in nominations], held_on=held_on)
    return len(nominations)


@transaction.atomic
def record_decision(  # noqa: PLR0913 - each is one thing that the decision states
    authority: Authority,
    *,
    nominations: Collection[Nomination],
    number: str,
    decided_on: dt.date,
    signer_name: str,
    signer_title: str,
    by: User | None,
    at: dt.datetime,
    upload: File | None = None,
    refused: Mapping[int, str] | None = None,
) -> Decision:
    """Record a decision ("Ghi nhận quyết định") over nominations that the council passed: they are awarded.

    `refused` maps primary keys of other nominations to the reason why they are not awarded with it.
    Raises NothingDecided, DecisionKnown, NoReason, NotNow, FileRefused; then nothing at all is recorded.
    """
    reasons = dict(refused or {})
    chosen = _held(authority, {row.pk for row in nominations} | set(reasons))
    if not nominations:
        raise NothingDecided(
            "Đề nghị chọn ít nhất 01 đề nghị đã được Hội đồng thông qua. Chưa có nội dung nào được ghi."
        )
    _refuse_known(authority, text.nfc(number), decided_on)
    decision = Decision.objects.create(
        authority=authority,
        number=text.nfc(number),
        decided_on=decided_on,
        signer_name=text.nfc(signer_name),
        signer_title=text.nfc(signer_title),
        file=store_file(upload, by=by, at=at, allowed=PAPERS) if upload else None,
        recorded_by=by,
        recorded_at=at,
    )
    for nomination in chosen:
        if nomination.pk in reasons:
            _refuse(nomination, _why(reasons[nomination.pk]), by, at)
        else:
            _award(nomination, decision, by, at)
    awarded = [row.pk for row in chosen if row.pk not in reasons]
    record("record_decision", decision, by=by, awarded=awarded, refused=sorted(reasons), number=decision.number)
    return decision


@transaction.atomic
def refuse_award(nomination: Nomination, *, reason: str, by: User | None, at: dt.datetime) -> Nomination:
    """Close a nomination that is not awarded ("Chưa được khen thưởng"), with the reason that is told (sentence 12).

    Raises NoReason, NotNow.
    """
    nomination = hold_nomination(nomination, even_ended=True)
    _refuse(nomination, _why(reason), by, at)
    record("refuse_award", nomination, by=by, **_about(nomination))
    return nomination


@transaction.atomic
def cancel_decision(
    decision: Decision,
    *,
    reason: str,
    by: User | None,
    at: dt.datetime,
    nominations: Collection[Nomination] | None = None,
) -> Decision:
    """Cancel a decision ("Hủy bỏ quyết định"), wholly or for the nominations given; also after the year has ended.

    Raises NoReason, AlreadyCancelled.
    """
    why = text.nfc(reason)
    if not why:
        raise NoReason("Đề nghị ghi lý do và căn cứ hủy bỏ quyết định. Quyết định chưa thay đổi.")
    decision = Decision.objects.select_for_update(of=("self",)).get(pk=decision.pk)
    rows = Nomination.objects.select_for_update(of=("self",)).select_related(
        "year__bloc__authority", "award", "membership"
    )
    given = list(rows.filter(decision=decision, state=Nomination.State.AWARDED))
    keys = None if nominations is None else {row.pk for row in nominations}
    chosen = [row for row in given if keys is None or row.pk in keys]
    if not chosen:
        raise AlreadyCancelled("Quyết định đã được hủy bỏ trước đó, hoặc chưa chọn đề nghị nào. Không có gì thay đổi.")
    for nomination in chosen:
        advance(nomination, Nomination.State.CANCELLED, outcome_reason=why, closed_at=at)
        sentence = f"Hủy bỏ quyết định tặng {_subject(nomination)} ({decision.citation}). Lý do: {why}"
        tell_bloc(nomination, kind="decision_cancelled", text=sentence, but=by)
    if len(chosen) == len(given):
        decision.cancelled_at, decision.cancel_reason = at, why
        decision.save(update_fields=["cancelled_at", "cancel_reason"])
    record("cancel_decision", decision, by=by, cancelled=[row.pk for row in chosen], whole=len(chosen) == len(given))
    return decision


def _held(authority: Authority, keys: Iterable[int]) -> list[Nomination]:
    """Lock the years of the nominations one after the other, then the nominations; refuse those of other authorities."""
    wanted = set(keys)
    years = Nomination.objects.filter(pk__in=wanted, year__bloc__authority=authority).values_list("year_id", flat=True)
    found = [row for year in sorted(set(years)) for row in hold_nominations(hold_year(year, even_ended=True), wanted)]
    if len(found) != len(wanted):
        raise NothingDecided("Có đề nghị không thuộc các khối của cơ quan. Chưa có nội dung nào được ghi.")
    return found


def _refuse_known(authority: Authority, number: str, decided_on: dt.date) -> None:
    if number and Decision.objects.filter(authority=authority, number=number, decided_on=decided_on).exists():
        raise DecisionKnown(
            f"Quyết định số {number} ngày {text.date(decided_on)} đã được ghi nhận. Không có gì thay đổi."
        )


def _award(nomination: Nomination, decision: Decision, by: User | None, at: dt.datetime) -> None:
    advance(nomination, Nomination.State.AWARDED, decision=decision, closed_at=at)
    sentence = f"Được tặng {_subject(nomination)}: {decision.citation}."
    tell_bloc(nomination, kind="awarded", text=sentence, but=by)


def _refuse(nomination: Nomination, why: str, by: User | None, at: dt.datetime) -> None:
    advance(nomination, Nomination.State.NOT_AWARDED, outcome_reason=why, closed_at=at)
    sentence = (
        f"{nomination.year.bloc.authority} thông báo: đề nghị tặng {_subject(nomination)} chưa được thông qua. "
        f"Lý do: {why} Hồ sơ vẫn được lưu và được tham chiếu cho lần xét sau."
    )
    tell_bloc(nomination, kind="not_awarded", text=sentence, but=by)


def _why(reason: str) -> str:
    why = text.nfc(reason)
    if not why:
        raise NoReason("Đề nghị ghi lý do chưa được khen thưởng; lý do được thông báo cho khối. Chưa có gì thay đổi.")
    return why


def _subject(nomination: Nomination) -> str:
    return f"{nomination.award.name} cho {nomination.membership.name} năm {nomination.year.year}"


def _about(nomination: Nomination) -> dict[str, int]:
    return {"year": nomination.year_id, "unit": nomination.membership.unit_id}
