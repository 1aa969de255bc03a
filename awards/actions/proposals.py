"""The bloc draws up its list: propose, withdraw, note the cases in which a member is not considered."""

import datetime as dt
from collections.abc import Sequence

from django.db import transaction

from awards.actions.locks import hold_nomination, hold_year
from awards.actions.telling import tell_bloc, tell_members
from awards.eligibility import Objection, Rule
from awards.models import Award, BlockingCase, Nomination
from awards.queries.candidates import Eligibility, eligibility
from blocs import text
from blocs.audit import record
from blocs.errors import Refusal
from blocs.models import Membership, User
from blocs.standing import leadership_of
from blocs.workflow import advance


class NotEligible(Refusal):
    """A rule that cannot be set aside speaks against the nomination; `objections` holds all of them."""

    def __init__(self, objections: Sequence[Objection]) -> None:
        super().__init__(" ".join(objection.sentence for objection in objections))
        self.objections = tuple(objections)


class QuotaFull(NotEligible):
    """The number of nominations that the guidance of the year allows is used up."""


class NeedsReason(NotEligible):
    """A rule warns against the nomination; it is made only with a written reason."""

    status = 422


class PersonWanted(Refusal):
    """The award is for persons: the name and post of one who is not yet on the list are wanted."""

    status = 422


class NoReason(Refusal):
    """The act asks for a reason, and none was given."""

    status = 422


@transaction.atomic
def propose_nomination(  # noqa: PLR0913 - each is one thing that a nomination states
    membership: Membership,
    *,
    award: Award,
    by: User | None,
    at: dt.datetime,
    printed_name: str = "",
    reason: str = "",
    override_reason: str = "",
    person_name: str = "",
    person_post: str = "",
) -> Nomination:
    """Put a member on the list of planned nominations ("Đưa vào danh sách đề nghị") for an award of its year.

    The year's row is locked, then the rules are asked anew, so that the number of the guidance holds whatever else
    happens at the same moment. Score and rank are copied. `printed_name` is the name exactly as it is to be printed
    (default: the member's name of the year, or the person's). An award for persons takes the name and the post of one,
    and nothing else about them. Raises PersonWanted, YearClosed, QuotaFull, NotEligible (sentences 3 and 4), and
    NeedsReason (sentence 5) when a rule warns and `override_reason` is empty; the reason and the warnings stay visible.
    """
    year = hold_year(membership.year_id)
    now = eligibility(year, at)
    person = _person(award, person_name, person_post, membership)
    warnings = _refuse_or_warn(now.why_not(membership.pk, award), override_reason)
    nomination = _nomination_of(membership, award, now)
    nomination.year, nomination.proposed_by, nomination.proposed_at = year, by, at
    nomination.person_name, nomination.person_post = person
    nomination.printed_name = text.nfc(printed_name) or nomination.person_name or membership.name
    nomination.reason = text.nfc(reason)
    nomination.override_reason = text.nfc(override_reason) if warnings else ""
    nomination.overridden = [{"sentence": warning.sentence, "source": warning.source} for warning in warnings]
    nomination.for_own_unit = leadership_of(year, at.date()).leader == membership.unit_id
    nomination.save(force_insert=True)
    _told(nomination, f"Dự kiến đề nghị {award.name} cho {nomination.nominee} năm {year.year}.", by)
    record(
        "propose_nomination",
        nomination,
        by=by,
        year=year.pk,
        unit=membership.unit_id,
        award=award.code,
        rank=nomination.rank,
        score=nomination.score,
        overridden=[warning.rule.value for warning in warnings],
        for_own_unit=nomination.for_own_unit,
    )
    return nomination


def _person(award: Award, name: str, post: str, membership: Membership) -> tuple[str, str]:
    """The person's name and post for an award for persons, nothing for others; raise where one is wanting or twice."""
    if not award.is_for_persons:
        return "", ""
    who, what = text.nfc(name), text.nfc(post)
    if not who or not what:
        raise PersonWanted(
            f"{award.name} dành cho cá nhân: đề nghị ghi họ và tên, chức vụ. Chưa có nội dung nào được ghi."
        )
    if Nomination.objects.held().filter(membership=membership, award=award, person_name=who).exists():
        raise PersonWanted(f"{who} đã có trong danh sách đề nghị {award.short_name} năm {membership.year.year}.")
    return who, what


def _refuse_or_warn(found: Sequence[Objection], override_reason: str) -> list[Objection]:
    """Raise when something refuses, or warns without a reason; return the warnings that were overridden."""
    hard = [objection for objection in found if objection.hard]
    if any(objection.rule in {Rule.QUOTA, Rule.NO_GUIDANCE} for objection in hard):
        raise QuotaFull(hard)
    if hard:
        raise NotEligible(hard)
    if found and not text.nfc(override_reason):
        raise NeedsReason(found)
    return list(found)


def _nomination_of(membership: Membership, award: Award, now: Eligibility) -> Nomination:
    place = now.ranking.places.get(membership.pk)
    if place is None:
        return Nomination(membership=membership, award=award)
    return Nomination(
        membership=membership,
        award=award,
        score=place.total,
        rank=place.rank,
        rank_shared=place.shared,
        ranked_of=len(now.ranking.places),
        grade=place.grade,
    )


def _told(nomination: Nomination, sentence: str, by: User | None) -> None:
    tell_members(nomination.year, kind="nomination_proposed", text=sentence, but=by)


@transaction.atomic
def withdraw_nomination(nomination: Nomination, *, reason: str, by: User | None, at: dt.datetime) -> Nomination:
    """Take a nomination off the list ("Rút khỏi danh sách"): planned, or agreed and not yet sent. Its place is free again.

    Raises YearClosed, NoReason, NotNow.
    """
    nomination = hold_nomination(nomination)
    why = text.nfc(reason)
    if not why:
        raise NoReason("Đề nghị ghi lý do rút khỏi danh sách. Danh sách chưa thay đổi.")
    before = nomination.state
    advance(nomination, Nomination.State.WITHDRAWN, outcome_reason=why, closed_at=at)
    sentence = (
        f"Rút đề nghị {nomination.award.name} cho {nomination.membership.short_name} năm {nomination.year.year}. "
        f"Lý do: {why}"
    )
    tell_bloc(nomination, kind="nomination_withdrawn", text=sentence, but=by)
    unit = nomination.membership.unit_id
    record("withdraw_nomination", nomination, by=by, year=nomination.year_id, unit=unit, before=before)
    return nomination


@transaction.atomic
def record_blocking_case(
    membership: Membership, *, condition: str, source: str, by: User | None, at: dt.datetime
) -> BlockingCase:
    """Note that a member falls under a case in which the adopted table considers no unit, on the paper named.

    Noted again, the open case is returned with the later paper. Raises YearClosed, NoReason (no paper named).
    """
    year = hold_year(membership.year_id)
    paper = text.nfc(source)
    if not paper:
        raise NoReason("Đề nghị ghi số, ngày văn bản làm căn cứ. Chưa có nội dung nào được ghi.")
    case, _ = BlockingCase.objects.update_or_create(
        membership=membership,
        condition=condition,
        ended_at=None,
        defaults={"source": paper, "recorded_by": by, "recorded_at": at},
    )
    record("record_blocking_case", case, by=by, year=year.pk, unit=membership.unit_id, condition=condition)
    return case


@transaction.atomic
def end_blocking_case(case: BlockingCase, *, reason: str, by: User | None, at: dt.datetime) -> BlockingCase:
    """Note that a case no longer stands against the member, and why. Raises YearClosed, NoReason."""
    year = hold_year(case.membership.year_id)
    why = text.nfc(reason)
    if not why:
        raise NoReason("Đề nghị ghi lý do kết thúc. Chưa có nội dung nào được ghi.")
    case = BlockingCase.objects.select_for_update(of=("self",)).select_related("membership").get(pk=case.pk)
    if case.ended_at is None:
        case.ended_at, case.ended_reason = at, why
        case.save(update_fields=["ended_at", "ended_reason"])
        record("end_blocking_case", case, by=by, year=year.pk, unit=case.membership.unit_id, condition=case.condition)
    return case
