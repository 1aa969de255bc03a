"""Taking over what a unit filled in offline: the chosen cells of its own workbook, all or nothing."""

import datetime as dt
from collections.abc import Collection

from django.db import transaction

from blocs.audit import record
from blocs.errors import Refusal
from blocs.models import User
from scoring.actions.dossiers import lock
from scoring.actions.filling import record_fields
from scoring.models import Criterion, SelfAssessment
from scoring.sheets.own import OwnFile


class ChangedSincePreview(Refusal):
    """Something on the site changed after the preview was shown."""


@transaction.atomic
def merge_own_file(
    assessment: SelfAssessment, file: OwnFile, *, chosen: Collection[str], basis: str, by: User | None, at: dt.datetime
) -> int:
    """Write the chosen cells of a checked file; each is a change of the field history. Returns how many.

    `basis` is the digest the preview showed. Raises ChangedSincePreview, Locked, BadFigure; then nothing is written.
    """
    assessment = lock(assessment)
    if basis != file.basis:
        raise ChangedSincePreview(
            "Bảng tự chấm điểm vừa được sửa trên hệ thống sau khi xem trước. Chưa có nội dung nào được ghi. "
            "Đề nghị chọn lại tệp để xem trước lần nữa."
        )
    cells = [cell for cell in file.cells if cell.key in chosen]
    by_row: dict[Criterion, dict[str, str]] = {}
    for cell in cells:
        by_row.setdefault(cell.criterion, {})[cell.field] = cell.typed
    for row, typed in by_row.items():
        recorded = record_fields(assessment, row.pk, typed=_ordered(typed), seen={}, by=by, at=at)
        for refusal in recorded.refusals.values():
            raise refusal
    membership = assessment.membership
    record("merge_own_file", assessment, by=by, year=membership.year_id, unit=membership.unit_id, cells=len(cells))
    return len(cells)


def _ordered(typed: dict[str, str]) -> dict[str, str]:
    """Say last that a criterion does not apply: it empties the figures."""
    return dict(sorted(typed.items(), key=lambda pair: pair[0] == "not_applicable"))
