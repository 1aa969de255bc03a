"""Filling in the self-assessment: one field at a time, with its proof."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, replace
from typing import Any

from django.db import transaction

from blocs import text
from blocs.actions.years import refuse_past
from blocs.audit import record
from blocs.errors import Refusal
from blocs.models import BlocYear, Membership, User
from scoring.actions.changes import remember, shown
from scoring.actions.dossiers import BadFigure, changed_figures, lock, put_figures
from scoring.models import Criterion, FieldChange, Score, SelfAssessment, Target
from scoring.points import FIELDS, Figures, Kind, Method, is_answered
from scoring.queries.claims import ClaimBook, Missing, claim_book_to_save
from scoring.queries.filling import open_criteria
from scoring.queries.tables import adopted_table
from scoring.ranking import Layer


class NoTableYet(Refusal):
    """No criteria table is adopted in the year."""


class Locked(Refusal):
    """The criterion cannot be filled in now."""


class ChangedMeanwhile(Refusal):
    """Somebody else saved another value since the page was shown; `theirs` is the present text, `who` saved it when."""

    def __init__(self, sentence: str, theirs: str, who: str, when: str) -> None:
        super().__init__(sentence)
        self.theirs = theirs
        self.who = who
        self.when = when


@dataclass(frozen=True)
class Recorded:
    """What saved fields change on the page, ready to print; `values` are the stored texts by field,

    `saved` the fields of this save that now stand as typed, `refusals` those that were refused.
    """

    criterion: Criterion
    points: str
    group: str
    group_points: str
    group_maximum: str
    group_answered: int
    group_of: int
    total: str
    saved_at: str
    missing: list[Missing]
    values: Mapping[str, str]
    saved: frozenset[str]
    is_changed: bool = True
    refusals: Mapping[str, Refusal] = field(default_factory=dict)


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
    """Save one field of one criterion; see record_fields. Raises Locked, BadFigure, ChangedMeanwhile."""
    recorded = record_fields(assessment, criterion.pk, typed={field: typed}, seen={field: seen}, by=by, at=at)
    if recorded.refusals:
        raise recorded.refusals[field]
    return recorded


@transaction.atomic
def record_fields(
    assessment: SelfAssessment,
    criterion_id: int,
    *,
    typed: Mapping[str, str],
    seen: Mapping[str, str | None],
    by: User | None,
    at: dt.datetime,
) -> Recorded:
    """Save fields of one criterion and return its points: changes of the field history, not lines of the log.

    A field is a figure of the criterion's method, "not_applicable" or "explanation"; empty text empties it. `seen` is
    the text the page showed. A field that is refused (BadFigure, ChangedMeanwhile) keeps the others from nothing.
    Raises Locked. The number of queries does not depend on the number of criteria or fields.
    """
    assessment = lock(assessment)
    book = claim_book_to_save(assessment)
    criterion = next((row for row in book.leaves if row.pk == criterion_id), None)
    if criterion is None:
        raise Locked("Dòng này không phải tiêu chí chấm điểm của bảng đang áp dụng. Không có nội dung nào bị thay đổi.")
    refuse_locked(assessment, criterion, at)
    score = book.scores.get(criterion.pk) or Score(
        assessment=assessment, criterion=criterion, layer=Layer.CLAIMED.value
    )
    before = asdict(book.figures(criterion)) | {"explanation": score.explanation}
    after, refusals = dict(before), dict[str, Refusal]()
    for name, said in typed.items():
        try:
            wanted = _with_field(book, criterion, after, name, said)
            _refuse_overwriting(assessment, criterion, name, before[name], wanted[name], seen.get(name))
            after = wanted
        except (BadFigure, ChangedMeanwhile) as refusal:
            refusals[name] = refusal
    changes = {name: (before[name], value) for name, value in after.items() if before[name] != value}
    if changes or (not score.pk and not refusals):
        _write(score, after, by=by, at=at)
        _propose_target(assessment, criterion, book, score, by=by, at=at)
        remember(score, changes)
        book.scores[criterion.pk] = score
    saved = frozenset(typed.keys() - refusals.keys())
    return replace(_recorded(book, criterion, score, at), is_changed=bool(changes), refusals=refusals, saved=saved)


def _with_field(
    book: ClaimBook, criterion: Criterion, present: Mapping[str, Any], name: str, typed: str
) -> dict[str, Any]:
    """Return the fields of a criterion with one of them as typed. Raises BadFigure."""
    if name == "explanation":
        return {**present, "explanation": text.nfc(typed)[:5000]}
    _refuse_field(criterion, name)
    figures = Figures(**{key: value for key, value in present.items() if key != "explanation"})
    after = asdict(changed_figures(criterion, figures, {name: typed})) | {"explanation": present["explanation"]}
    _refuse_approved(book, criterion, after)
    return after


def _write(score: Score, after: Mapping[str, Any], *, by: User | None, at: dt.datetime) -> None:
    put_figures(score, Figures(**{key: value for key, value in after.items() if key != "explanation"}))
    score.explanation, score.is_imported, score.by, score.at = after["explanation"], False, by, at
    score.save()


@transaction.atomic
def restore_figure(assessment: SelfAssessment, change: FieldChange, *, by: User | None, at: dt.datetime) -> Recorded:
    """Give a field the value back that it had before a saved change; this is a change of the field history itself.

    Raises Locked, BadFigure (an approved target is not taken back here).
    """
    if change.layer != Layer.CLAIMED.value or change.assessment_id != assessment.pk:
        raise Locked("Chỉ lấy lại được giá trị do chính đơn vị đã nhập. Không có nội dung nào bị thay đổi.")
    return record_figure(assessment, change.criterion, field=change.field, typed=change.before, by=by, at=at)


def refuse_closed(assessment: SelfAssessment, at: dt.datetime) -> None:
    """Raise Locked when the unit may fill nothing in at the moment, YearClosed in a past year."""
    refuse_past(assessment.membership.year)
    if open_criteria(assessment, at) == frozenset():
        raise Locked(
            f"Bảng đang ở trạng thái “{assessment.get_state_display()}” nên được khóa. Nội dung đã lưu không thay đổi."
        )


def refuse_locked(assessment: SelfAssessment, criterion: Criterion, at: dt.datetime) -> None:
    """Raise Locked unless the unit may fill the criterion in at the moment."""
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
    text_now = shown(present)
    if seen is None or present == wanted or text.nfc(seen) == text.nfc(text_now):
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
        text_now,
        who,
        text.hour(last.at),
    )


def _propose_target(
    assessment: SelfAssessment, criterion: Criterion, book: ClaimBook, score: Score, *, by: User | None, at: dt.datetime
) -> None:
    """Keep a target that the unit itself stated as not yet approved."""
    known = book.targets.get(criterion.pk)
    if score.target is None or (known is not None and known.value == score.target):
        return
    Target.objects.bulk_create(
        [
            Target(
                membership_id=assessment.membership_id,
                criterion=criterion,
                value=score.target,
                state=Target.State.PROPOSED,
                set_by=by,
                set_at=at,
            )
        ],
        update_conflicts=True,
        unique_fields=["membership", "criterion"],
        update_fields=["value", "state", "set_by", "set_at"],
    )


def _recorded(book: ClaimBook, criterion: Criterion, score: Score, at: dt.datetime) -> Recorded:
    points, decimals = book.sheet(), book.table.decimals
    own, top = points.leaves.get(criterion.code), book.top_of(criterion)
    under = [leaf for leaf in book.leaves if book.top_of(leaf) == top]
    stated = asdict(book.figures(criterion)) | {"explanation": score.explanation}
    return Recorded(
        criterion=criterion,
        points="" if own is None else text.number(own, decimals),
        group=top.code,
        group_points=text.number(points.rows[top.code], decimals),
        group_maximum=text.number(top.max_points, decimals),
        group_answered=sum(is_answered(leaf.leaf, book.figures(leaf)) for leaf in under),
        group_of=len(under) if top.kind == Kind.BASE.value else 0,
        total=text.number(points.total, decimals),
        saved_at=text.moment(score.at or at),
        missing=book.missing(),
        values={name: shown(value) for name, value in stated.items()},
        saved=frozenset(),
    )
