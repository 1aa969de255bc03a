"""Filling in the self-assessment: one field at a time, with its proof."""

import datetime as dt
from dataclasses import asdict, dataclass
from typing import Any

from django.core.files.base import File
from django.db import transaction

from blocs import text
from blocs.actions.years import refuse_past
from blocs.audit import record
from blocs.errors import Refusal
from blocs.files import EVIDENCE, store_file
from blocs.models import BlocYear, Membership, User
from scoring.actions.dossiers import BadFigure, changed_figures, lock, put_figures
from scoring.models import Criterion, Evidence, FieldChange, Score, SelfAssessment, Target
from scoring.points import FIELDS, Figures, Method
from scoring.queries.claims import ClaimBook, Missing, claim_book_to_save, written
from scoring.queries.filling import open_criteria
from scoring.queries.tables import adopted_table
from scoring.ranking import Layer

MOST_EVIDENCE = 5


class NoTableYet(Refusal):
    """No criteria table is adopted in the year."""


class Locked(Refusal):
    """The criterion cannot be filled in now."""


class ChangedMeanwhile(Refusal):
    """Somebody else saved another value since the page was shown; `theirs` is the present text."""

    def __init__(self, sentence: str, theirs: str) -> None:
        super().__init__(sentence)
        self.theirs = theirs


class EvidenceRefused(Refusal):
    """Proof is a file or a link, at most so many a criterion."""

    status = 422


@dataclass(frozen=True)
class Recorded:
    """What a saved field changes on the page, ready to print."""

    points: str
    group_points: str
    total: str
    saved_at: str
    missing: list[Missing]
    is_changed: bool = True


@transaction.atomic
def start_assessment(membership: Membership, *, by: User | None, at: dt.datetime) -> SelfAssessment:
    """Begin a member's self-assessment on the adopted table; the existing one when there is one. Raises NoTableYet."""
    year = BlocYear.objects.select_for_update().get(pk=membership.year_id)
    refuse_past(year)
    existing = SelfAssessment.objects.filter(membership=membership).first()
    if existing is not None:
        return existing
    table = adopted_table(year)
    if table is None:
        raise NoTableYet(
            f"Chưa lập được bảng tự chấm điểm vì bảng tiêu chí năm {year.year} chưa được áp dụng. "
            "Đề nghị liên hệ Trưởng khối."
        )
    assessment = SelfAssessment.objects.create(membership=membership, table=table, started_at=at)
    record("start_assessment", assessment, by=by, year=year.pk, unit=membership.unit_id, table=table.version)
    return assessment


@transaction.atomic
def record_figure(
    assessment: SelfAssessment,
    criterion: Criterion,
    *,
    field: str,
    typed: str,
    by: User | None,
    at: dt.datetime,
    seen: str | None = None,
) -> Recorded:
    """Save one field of one criterion and return its points: a change of the field history, not a line of the log.

    `field` is a figure of the criterion's method, "not_applicable" or "explanation"; empty text empties it. `seen` is
    the text the page showed. Raises Locked, BadFigure, ChangedMeanwhile.
    """
    assessment = lock(assessment)
    _refuse_locked(assessment, criterion, at)
    book = claim_book_to_save(assessment)
    score = book.scores.get(criterion.pk) or Score(
        assessment=assessment, criterion=criterion, layer=Layer.CLAIMED.value
    )
    before = asdict(book.figures(criterion)) | {"explanation": score.explanation}
    if field == "explanation":
        after: dict[str, Any] = before | {"explanation": text.nfc(typed)[:5000]}
    else:
        _refuse_field(criterion, field)
        after = asdict(changed_figures(criterion, book.figures(criterion), {field: typed})) | {
            "explanation": score.explanation
        }
        _refuse_approved(book, criterion, after)
    changes = {name: (before[name], value) for name, value in after.items() if before[name] != value}
    if not changes and score.pk:
        return _recorded(book, criterion, score, is_changed=False)
    _refuse_overwriting(assessment, criterion, field, before[field], after[field], seen)
    explanation = after.pop("explanation")
    put_figures(score, Figures(**after))
    score.explanation, score.is_imported, score.by, score.at = explanation, False, by, at
    score.save()
    _propose_target(assessment, criterion, book, score, by=by, at=at)
    _remember(score, changes)
    book.scores[criterion.pk] = score
    return _recorded(book, criterion, score, is_changed=True)


def _refuse_locked(assessment: SelfAssessment, criterion: Criterion, at: dt.datetime) -> None:
    if criterion.table_id != assessment.table_id or not criterion.is_leaf:
        raise Locked(
            f"{criterion.code} không phải tiêu chí chấm điểm của bảng đang áp dụng. Không có nội dung nào bị thay đổi."
        )
    open_now = open_criteria(assessment, at)
    if open_now is not None and criterion.pk not in open_now:
        raise Locked(
            f"Chưa ghi được tiêu chí {criterion.code}: bảng đang ở trạng thái “{assessment.get_state_display()}” "
            "nên ô này được khóa. Nội dung đã lưu không thay đổi."
        )


def _refuse_field(criterion: Criterion, field: str) -> None:
    if field != "not_applicable" and field not in FIELDS[Method(criterion.method)]:
        raise BadFigure(field, f"Tiêu chí {criterion.code} không dùng ô này. Không có nội dung nào bị thay đổi.")


def _refuse_approved(book: ClaimBook, criterion: Criterion, after: dict[str, Any]) -> None:
    target = book.targets.get(criterion.pk)
    approved = target is not None and target.state == Target.State.APPROVED
    if approved and target is not None and not after["not_applicable"] and after["target"] is None:
        after["target"] = target.value
    if approved and target is not None and after["target"] not in {None, target.value}:
        raise BadFigure(
            "target",
            f"Kế hoạch của tiêu chí {criterion.code} đã được duyệt là {text.number(target.value)} nên không sửa ở đây. "
            "Muốn thay đổi, đề nghị trao đổi với Trưởng khối.",
        )


def _refuse_overwriting(
    assessment: SelfAssessment, criterion: Criterion, field: str, present: Any, wanted: Any, seen: str | None
) -> None:
    shown = _shown(present)
    if seen is None or present == wanted or text.nfc(seen) == text.nfc(shown):
        return
    last = (
        FieldChange.objects.filter(assessment=assessment, criterion=criterion, field=field)
        .order_by("-at", "-pk")
        .first()
    )
    if last is None:
        return
    who = last.by.full_name if last.by else "người khác"
    raise ChangedMeanwhile(
        f"Tiêu chí {criterion.code} vừa được {who} sửa lúc {text.hour(last.at)} "
        f"({last.before or 'trống'} → {last.after or 'trống'}). Chọn giá trị giữ lại.",
        shown,
    )


def _propose_target(
    assessment: SelfAssessment, criterion: Criterion, book: ClaimBook, score: Score, *, by: User | None, at: dt.datetime
) -> None:
    """Keep a target that the unit itself stated as not yet approved."""
    known = book.targets.get(criterion.pk)
    if score.target is None or (known is not None and known.value == score.target):
        return
    Target.objects.update_or_create(
        membership_id=assessment.membership_id,
        criterion=criterion,
        defaults={"value": score.target, "state": Target.State.PROPOSED, "set_by": by, "set_at": at},
    )


def _remember(score: Score, changes: dict[str, tuple[Any, Any]]) -> None:
    FieldChange.objects.bulk_create(
        FieldChange(
            assessment_id=score.assessment_id,
            criterion_id=score.criterion_id,
            layer=score.layer,
            field=name,
            before=_shown(old),
            after=_shown(new),
            by=score.by,
            at=score.at,
        )
        for name, (old, new) in changes.items()
    )


def _shown(value: Any) -> str:
    return ("có" if value else "") if isinstance(value, bool) else written(value)


def _recorded(book: ClaimBook, criterion: Criterion, score: Score, *, is_changed: bool) -> Recorded:
    points, decimals = book.sheet(), book.table.decimals
    own = points.leaves.get(criterion.code)
    parents = {row.code: row.parent for row in book.table.rows}
    top = criterion.code
    while parents[top] is not None:
        top = parents[top] or top
    return Recorded(
        points="" if own is None else text.number(own, decimals),
        group_points=text.number(points.rows[top], decimals),
        total=text.number(points.total, decimals),
        saved_at=text.moment(score.at),
        missing=book.missing(),
        is_changed=is_changed,
    )


@transaction.atomic
def attach_evidence(  # noqa: PLR0913 - a document has that many facts
    assessment: SelfAssessment,
    criterion: Criterion,
    *,
    name: str,
    number: str = "",
    dated_on: dt.date | None = None,
    upload: File | None = None,
    link: str = "",
    by: User | None,
    at: dt.datetime,
) -> Evidence:
    """Add what proves a claim: a file or a link, with number and date. Raises Locked, EvidenceRefused, FileRefused."""
    assessment = lock(assessment)
    _refuse_locked(assessment, criterion, at)
    if not upload and not link.strip():
        raise EvidenceRefused(
            "Chưa thêm được tài liệu: cần một tệp hoặc một liên kết. Các nội dung khác không bị ảnh hưởng."
        )
    if Evidence.objects.in_use().filter(assessment=assessment, criterion=criterion).count() >= MOST_EVIDENCE:
        raise EvidenceRefused(
            f"Tiêu chí {criterion.code} đã có {MOST_EVIDENCE:02d} tài liệu, là số tối đa. Cần bỏ bớt trước khi thêm tài liệu này."
        )
    evidence = Evidence.objects.create(
        assessment=assessment,
        criterion=criterion,
        name=text.nfc(name),
        number=text.nfc(number),
        dated_on=dated_on,
        file=store_file(upload, by=by, at=at, allowed=EVIDENCE) if upload else None,
        link=link.strip(),
        added_by=by,
        added_at=at,
    )
    sha256 = evidence.file.sha256 if evidence.file else ""
    record(
        "attach_evidence", evidence, by=by, year=assessment.membership.year_id, unit=assessment.membership.unit_id,
        criterion=criterion.code, sha256=sha256,
    )  # fmt: skip
    return evidence


@transaction.atomic
def remove_evidence(evidence: Evidence, *, by: User | None, at: dt.datetime) -> Evidence:
    """Take a piece of evidence out of use; the file and the row stay on record. Raises Locked."""
    assessment = lock(evidence.assessment)
    evidence = Evidence.objects.select_for_update(of=("self",)).select_related("criterion").get(pk=evidence.pk)
    _refuse_locked(assessment, evidence.criterion, at)
    if evidence.removed_at is None:
        evidence.removed_at, evidence.removed_by = at, by
        evidence.save(update_fields=["removed_at", "removed_by"])
        record(
            "remove_evidence", evidence, by=by, year=assessment.membership.year_id, unit=assessment.membership.unit_id,
            criterion=evidence.criterion.code,
        )  # fmt: skip
    return evidence
