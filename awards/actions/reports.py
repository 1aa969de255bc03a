"""The achievement report of a nominee: its words are written by the nominated unit or the leader."""

import datetime as dt
import hashlib
from collections.abc import Mapping

from django.db import transaction

from awards.actions.locks import hold_nomination
from awards.actions.papers import DossierLocked
from awards.models import AchievementReport, Nomination
from blocs import text
from blocs.audit import record
from blocs.models import User


@transaction.atomic
def write_report(
    nomination: Nomination, *, prose: Mapping[str, str], by: User | None, at: dt.datetime
) -> AchievementReport:
    """Keep the words of the achievement report while the bloc has the dossier, or while the desk asks for it.

    The log keeps a digest, not the words. Raises YearClosed, DossierLocked.
    """
    nomination = hold_nomination(nomination, even_ended=nomination.state == Nomination.State.ASKED)
    if not nomination.is_with_bloc and nomination.state != Nomination.State.ASKED:
        raise DossierLocked(
            f"Hồ sơ đang ở trạng thái “{nomination.get_state_display()}” nên báo cáo không sửa được. "
            "Không có nội dung nào bị thay đổi."
        )
    report = AchievementReport.objects.select_for_update(of=("self",)).filter(nomination=nomination).first()
    report = report or AchievementReport(nomination=nomination)
    before = report.prose
    report.set_prose({name: text.nfc(words) for name, words in prose.items()})
    if report.pk and report.prose == before:
        return report
    report.written_by, report.written_at = by, at
    report.save()
    digest = hashlib.sha256("\n".join(report.prose.values()).encode()).hexdigest()
    unit = nomination.membership.unit_id
    record("write_report", report, by=by, year=nomination.year_id, unit=unit, digest=digest)
    return report
