"""Taking over what people bring as files: all or nothing, checked before."""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import asdict
from enum import StrEnum

from django.db import transaction

from blocs.actions.years import refuse_past
from blocs.audit import record
from blocs.errors import Refusal
from blocs.models import BlocYear, User
from scoring.actions.changes import remember_replaced
from scoring.models import Result, Score, SelfAssessment, Target
from scoring.queries.digests import sheet_digest
from scoring.ranking import Layer
from scoring.sheets.assessments import ImportedMember, ImportedScore
from scoring.sheets.checking import table_in_force, typed_drafts
from scoring.sheets.known_results import KnownResult
from scoring.sheets.targets import ImportedTarget

REPLACED = (SelfAssessment.State.DRAFT, SelfAssessment.State.SUBMITTED)


class NotReplaced(Refusal):
    """An assessment went further than an import may replace."""


class TypedDrafts(Refusal):
    """Drafts that were filled in by hand stand in the way of a file, and nobody said what becomes of them."""


class Typed(StrEnum):
    """What becomes of criteria that were filled in by hand when a file brings them too."""

    UNDECIDED = ""
    KEEP = "keep"
    REPLACE = "replace"


@transaction.atomic
def import_targets(year: BlocYear, targets: Sequence[ImportedTarget], *, by: User | None, at: dt.datetime) -> int:
    """Take checked targets over from a file; they are approved. Returns how many."""
    year = BlocYear.objects.select_for_update().get(pk=year.pk)
    refuse_past(year)
    _put_targets(
        Target(
            membership_id=row.subject.membership_id,
            criterion=row.criterion,
            value=row.value,
            source=row.source,
            state=Target.State.APPROVED,
            set_by=by,
            set_at=at,
            approved_by=by,
            approved_at=at,
        )
        for row in targets
    )
    record("import_targets", year, by=by, year=year.pk, targets=len(targets))
    return len(targets)


@transaction.atomic
def import_assessments(
    year: BlocYear,
    members: Sequence[ImportedMember],
    *,
    state: str = SelfAssessment.State.SUBMITTED,
    typed: str = Typed.UNDECIDED,
    by: User | None,
    at: dt.datetime,
) -> list[SelfAssessment]:
    """Take checked results over from a file, as drafts, as submitted, or as finalised.

    Drafts and earlier submitted imports are replaced; anything that went further raises NotReplaced. Criteria that were
    filled in by hand are kept or replaced as `typed` says (what is replaced stays in the field history); undecided, they
    raise TypedDrafts and nothing is written.
    """
    year = BlocYear.objects.select_for_update().get(pk=year.pk)
    refuse_past(year)
    _refuse_undecided(members, typed)
    table = table_in_force(year)
    written = []
    for member in members:
        assessment, _ = SelfAssessment.objects.select_for_update().get_or_create(
            membership_id=member.subject.membership_id, defaults={"table": table, "started_at": at}
        )
        _refuse_replacing(assessment)
        assessment.state, assessment.manner = state, SelfAssessment.Manner.IMPORTED
        if state != SelfAssessment.State.DRAFT:
            assessment.submitted_at, assessment.submitted_by = at, by
        if state == SelfAssessment.State.FINALISED:
            assessment.reviewed_at = assessment.agreed_at = assessment.finalised_at = at
        _write_targets(member, by=by, at=at)
        _write_scores(assessment, member, typed, by=by, at=at)
        assessment.digest = sheet_digest(assessment)
        assessment.save()
        record(
            "import_assessment", assessment, by=by, year=year.pk, unit=member.subject.unit_id,
            state=state, rows=len(member.scores), digest=assessment.digest,
        )  # fmt: skip
        written.append(assessment)
    return written


def _refuse_undecided(members: Sequence[ImportedMember], typed: str) -> None:
    found = () if typed in {Typed.KEEP, Typed.REPLACE} else typed_drafts(members)
    if found:
        raise TypedDrafts(
            f"{' '.join(found)} Chưa có nội dung nào được ghi. Cần chọn: giữ các tiêu chí đã nhập tay, "
            "hoặc thay bằng tệp (giá trị cũ còn trong lịch sử sửa)."
        )


def _write_scores(
    assessment: SelfAssessment, member: ImportedMember, typed: str, *, by: User | None, at: dt.datetime
) -> None:
    """Put the scores of the file in place of the old ones; by hand stated ones stay, or go into the field history."""
    claims = assessment.scores.filter(layer=Layer.CLAIMED.value, is_imported=False).select_related("criterion")
    by_hand = {score.criterion_id: score for score in claims}
    keep = typed == Typed.KEEP
    wanted = [score for score in member.scores.values() if not (keep and score.criterion.pk in by_hand)]
    rows = [row for score in wanted for row in _layers(assessment, score, by=by, at=at)]
    if not keep:
        new = {row.criterion_id: row for row in rows if row.layer == Layer.CLAIMED.value}
        remember_replaced(by_hand.values(), new, by=by, at=at)
    assessment.scores.exclude(pk__in=[score.pk for score in by_hand.values()] if keep else []).delete()
    Score.objects.bulk_create(rows)


def _refuse_replacing(assessment: SelfAssessment) -> None:
    sent_in_app = assessment.state == SelfAssessment.State.SUBMITTED and not assessment.is_imported
    if assessment.state not in REPLACED or sent_in_app:
        raise NotReplaced(
            f"{assessment} đang ở trạng thái “{assessment.get_state_display()}” nên không thay bằng tệp được. "
            "Chưa có nội dung nào được ghi. Đề nghị bỏ các dòng của đơn vị này rồi nhập lại."
        )


def _write_targets(member: ImportedMember, *, by: User | None, at: dt.datetime) -> None:
    _put_targets(
        Target(
            membership_id=member.subject.membership_id,
            criterion=score.criterion,
            value=score.new_target,
            source="nhập từ tệp",
            state=Target.State.PROPOSED,
            set_by=by,
            set_at=at,
        )
        for score in member.scores.values()
        if score.new_target is not None
    )


def _put_targets(targets: Iterable[Target]) -> None:
    """Write targets, in place of those that the same members had on the same criteria."""
    Target.objects.bulk_create(
        targets,
        update_conflicts=True,
        unique_fields=["membership", "criterion"],
        update_fields=["value", "source", "state", "set_by", "set_at", "approved_by", "approved_at"],
    )


def _layers(assessment: SelfAssessment, score: ImportedScore, *, by: User | None, at: dt.datetime) -> list[Score]:
    said = {"assessment": assessment, "criterion": score.criterion, "is_imported": True, "by": by, "at": at}
    claim = Score(layer=Layer.CLAIMED.value, explanation=score.line["explanation"], **asdict(score.figures), **said)
    reason = score.line["reason"]
    verdict = Score.Verdict.POINTS if reason else Score.Verdict.KEPT
    later = ((Layer.REVIEWED, score.reviewed), (Layer.AGREED, score.agreed))
    return [claim] + [
        Score(layer=layer.value, verdict=verdict, override=points, reason=reason, **said)
        for layer, points in later
        if points is not None
    ]


@transaction.atomic
def import_results(year: BlocYear, results: Sequence[KnownResult], *, by: User | None, at: dt.datetime) -> int:
    """Take over the closing results of a year of which nothing else is known. Returns how many."""
    year = BlocYear.objects.select_for_update().get(pk=year.pk)
    refuse_past(year)
    if SelfAssessment.objects.filter(membership__year=year).handed_in().exists():
        raise NotReplaced(
            f"Năm {year.year} đã có bảng tự chấm điểm nên thứ hạng được tính từ điểm, không nhập từ tệp. "
            "Chưa có nội dung nào được ghi."
        )
    for row in results:
        Result.objects.update_or_create(
            membership_id=row.subject.membership_id,
            defaults={
                "total": row.total,
                "rank": row.rank,
                "grade": row.grade,
                "source": Result.Source.IMPORTED,
                "at": at,
            },
        )
    record("import_results", year, by=by, year=year.pk, results=len(results))
    return len(results)
