"""What each member is to reach: stated by the unit or the leader, approved by the leader."""

import datetime as dt
from decimal import Decimal

from django.db import transaction

from blocs import text
from blocs.actions.years import refuse_past
from blocs.audit import record
from blocs.errors import Refusal
from blocs.models import BlocYear, Membership, User
from blocs.workflow import advance
from scoring.actions.dossiers import BadFigure
from scoring.models import Criterion, FieldChange, Score, SelfAssessment, Target
from scoring.points import FigureRefused, Figures, check_figures
from scoring.ranking import Layer

State = Target.State
_OPEN = (SelfAssessment.State.DRAFT, SelfAssessment.State.WITH_HEAD, SelfAssessment.State.COMPLETING)


class TargetLocked(Refusal):
    """The member's claims on this target were handed in."""


@transaction.atomic
def set_target(
    membership: Membership,
    criterion: Criterion,
    *,
    value: str | Decimal,
    source: str = "",
    by: User | None,
    at: dt.datetime,
) -> Target:
    """State a member's target, not yet approved; a changed approved target is to be approved again.

    Raises BadFigure, and TargetLocked once the member's assessment was handed in.
    """
    _refuse_locked(membership)
    amount = _amount(criterion, value)
    target = Target.objects.select_for_update().filter(membership=membership, criterion=criterion).first()
    target = target or Target(membership=membership, criterion=criterion, value=amount, set_at=at)
    if target.pk and target.value != amount and target.state == State.APPROVED:
        advance(target, State.PROPOSED, approved_by=None, approved_at=None)
    target.value, target.source, target.set_by, target.set_at = amount, text.nfc(source), by, at
    target.save()
    _follow(target, by, at)
    record(
        "set_target",
        target,
        by=by,
        year=membership.year_id,
        unit=membership.unit_id,
        criterion=criterion.code,
        value=amount,
    )
    return target


def _refuse_locked(membership: Membership) -> None:
    year = BlocYear.objects.select_for_update().get(pk=membership.year_id)
    refuse_past(year)
    assessment = SelfAssessment.objects.filter(membership=membership).first()
    if assessment is not None and assessment.state not in _OPEN:
        raise TargetLocked(
            f"{assessment} đã gửi nên không đổi kế hoạch được. Kế hoạch đã duyệt vẫn giữ nguyên. "
            "Nếu cần, người thẩm định điều chỉnh số liệu và ghi lý do."
        )


def _amount(criterion: Criterion, value: str | Decimal) -> Decimal:
    try:
        amount = value if isinstance(value, Decimal) else text.parse_number(value)
        check_figures(criterion.leaf, Figures(target=amount))
    except (text.NotANumber, FigureRefused) as refusal:
        raise BadFigure("target", f"Tiêu chí {criterion.code}: {refusal}.") from refusal
    return amount


def _follow(target: Target, by: User | None, at: dt.datetime) -> None:
    """Let the open claims on a target follow it, with their field history."""
    score = Score.objects.filter(
        assessment__membership=target.membership_id,
        criterion=target.criterion_id,
        layer=Layer.CLAIMED.value,
        not_applicable=False,
    ).first()
    if score is None or score.target == target.value:
        return
    FieldChange.objects.create(
        assessment_id=score.assessment_id, criterion_id=score.criterion_id, layer=Layer.CLAIMED.value, field="target",
        before=text.typed(score.target), after=text.typed(target.value), by=by, at=at,
    )  # fmt: skip
    score.target = target.value
    score.save(update_fields=["target"])


@transaction.atomic
def approve_target(target: Target, *, by: User | None, at: dt.datetime) -> Target:
    """Approve a stated target: from now on only this action's owner changes it."""
    target = Target.objects.select_for_update(of=("self",)).select_related("membership__year").get(pk=target.pk)
    refuse_past(target.membership.year)
    target = advance(target, State.APPROVED, approved_by=by, approved_at=at)
    membership = target.membership
    record("approve_target", target, by=by, year=membership.year_id, unit=membership.unit_id, value=target.value)
    return target


@transaction.atomic
def approve_targets(year: BlocYear, *, by: User | None, at: dt.datetime) -> int:
    """Approve every stated target of a year, with one line in the log. Returns how many."""
    year = BlocYear.objects.select_for_update().get(pk=year.pk)
    refuse_past(year)
    stated = Target.objects.select_for_update(of=("self",)).filter(membership__year=year, state=State.PROPOSED)
    count = len([advance(target, State.APPROVED, approved_by=by, approved_at=at) for target in stated])
    record("approve_targets", year, by=by, year=year.pk, targets=count)
    return count
