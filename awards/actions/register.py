"""Awards of past years are taken over into the register, whole or not at all."""

import datetime as dt

from django.db import transaction

from awards.models import PastAward
from awards.sheets import PastList
from blocs.audit import record
from blocs.errors import Refusal
from blocs.models import Authority, User


class FaultyRegister(Refusal):
    """The file has faults: nothing of it is taken over."""

    status = 422


@transaction.atomic
def import_past_awards(found: PastList, *, authority: Authority, by: User | None, at: dt.datetime) -> int:
    """Take awards of past years over into the register of an authority; return how many. Raises FaultyRegister."""
    if found.faults or not found.lines:
        raise FaultyRegister(f"Tệp còn {len(found.faults)} chỗ cần sửa. Chưa có nội dung nào được ghi.")
    rows = PastAward.objects.bulk_create(
        PastAward(
            authority=authority, unit=line.unit, bloc=line.bloc, year=line.year, award=line.award,
            award_name=line.award_name, printed_name=line.printed_name, number=line.number,
            decided_on=line.decided_on, issuer=line.issuer, recorded_by=by, recorded_at=at,
        )
        for line in found.lines
    )  # fmt: skip
    record("import_past_awards", authority, by=by, rows=len(rows), years=sorted({line.year for line in found.lines}))
    return len(rows)
