"""Talking about one criterion: inside the unit, or between the unit and who reviews it."""

import datetime as dt

from django.db import transaction

from blocs import text
from blocs.actions.years import refuse_past
from blocs.audit import record
from blocs.errors import Refusal
from blocs.models import User
from scoring.models import Criterion, Remark, SelfAssessment

_LONGEST = 2000


class NothingSaid(Refusal):
    """A remark says something."""

    status = 422


@transaction.atomic
def remark_on(
    assessment: SelfAssessment,
    criterion: Criterion,
    *,
    said: str,
    is_internal: bool,
    by: User | None,
    at: dt.datetime,
) -> Remark:
    """Add a remark to the thread of a criterion; it stays as written. Raises NothingSaid, YearClosed."""
    refuse_past(assessment.membership.year)
    said = text.nfc(said)[:_LONGEST]
    if not said:
        raise NothingSaid("Chưa gửi được trao đổi vì ô nội dung còn trống.")
    remark = Remark.objects.create(
        assessment=assessment, criterion=criterion, text=said, is_internal=is_internal, by=by, at=at
    )
    record(
        "remark_on", remark, by=by, year=assessment.membership.year_id, unit=assessment.membership.unit_id,
        criterion=criterion.code, is_internal=is_internal,
    )  # fmt: skip
    return remark
