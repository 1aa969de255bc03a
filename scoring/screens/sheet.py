"""What the page of one self-assessment shows: groups, criteria with their fields and points, what is missing."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.urls import reverse

from blocs import text
from blocs.models import Membership, User
from blocs.rules import may
from scoring.inputs import Input, inputs_of
from scoring.models import Evidence, SelfAssessment
from scoring.queries import FillGroup, FillLine, FillSheet, Missing
from scoring.screens.board import STATE_CSS

_FEW = 3  # so many codes are named beside a group; more are counted
_EDITABLE = {SelfAssessment.State.DRAFT, SelfAssessment.State.COMPLETING}


@dataclass(frozen=True)
class Draft:
    """What was typed for one criterion and could not all be saved, with the sentence for each field."""

    typed: Mapping[str, str] = field(default_factory=dict)
    errors: Mapping[str, str] = field(default_factory=dict)
    evidence: Any = None

    @property
    def kept(self) -> dict[str, str]:
        """The fields that were saved, with their texts."""
        return {name: value for name, value in self.typed.items() if name not in self.errors}


@dataclass(frozen=True)
class Piece:
    """One piece of evidence as the list prints it."""

    title: str
    url: str
    number: str
    note: str
    remove_url: str = ""


@dataclass(frozen=True)
class Remark:
    """One notice at the head of the page."""

    text: str
    kind: str = ""


@dataclass(frozen=True)
class LineCard:
    """One criterion: folded a line, opened its fields."""

    pk: int
    code: str
    title: str
    maximum: str
    points: str
    method: str
    formula: str
    guidance: str
    gap: str
    is_open: bool
    may_edit: bool
    inputs: list[Input]
    has_numbers: bool
    may_not_apply: bool
    not_applicable: bool
    explanation: str
    seen: dict[str, str]
    figures: list[tuple[str, str]]
    years: Sequence[Any]
    layers: Sequence[Any]
    evidence: list[Piece]
    evidence_count: str
    evidence_hint: str
    evidence_typed: Mapping[str, str]
    evidence_errors: list[str]
    saved: str = ""


@dataclass(frozen=True)
class GroupCard:
    """One group of criteria with its progress."""

    key: str
    code: str
    title: str
    points: str
    maximum: str
    answered: int
    of: int
    word: str
    gaps: str
    is_short: bool
    is_open: bool
    lines: list[LineCard]


@dataclass(frozen=True)
class SheetPage:
    """The page of one self-assessment for one user."""

    member: Membership
    is_own: bool
    state: str
    state_css: str
    deadline: str
    demo: bool
    notices: list[Remark]
    groups: list[GroupCard]
    total: str
    is_provisional: bool
    missing: Sequence[Missing]
    missing_count: str
    may_fill: bool
    may_print: bool
    next_act: str
    next_url: str
    foot: str


def sheet_page(
    assessment: SelfAssessment,
    sheet: FillSheet,
    *,
    user: User,
    now: dt.datetime,
    drafts: Mapping[int, Draft],
    opened: str,
) -> SheetPage:
    """Return the page: `drafts` holds what could not be saved, `opened` the code of the criterion to open."""
    own = may(user, "scoring.fill_assessment", assessment)
    may_fill = own and assessment.state in _EDITABLE and not assessment.year.is_past
    gaps = {gap.criterion_id: gap for gap in sheet.missing}
    opened = opened or _first_to_open(sheet, drafts, may_fill=may_fill)
    return SheetPage(
        member=assessment.membership,
        is_own=own,
        state=assessment.get_state_display(),
        state_css=STATE_CSS.get(assessment.state, ""),
        deadline=_deadline(assessment, now),
        demo=assessment.year.is_demonstration,
        notices=_notices(assessment, own=own, may_fill=may_fill),
        groups=[_group(assessment, group, gaps, drafts, opened, may_fill=may_fill) for group in sheet.groups],
        total=sheet.total,
        is_provisional=sheet.provisional or not assessment.is_handed_in,
        missing=sheet.missing if may_fill else [],
        missing_count=text.count(len(sheet.missing)),
        may_fill=may_fill,
        may_print=own and not assessment.year.is_past,
        next_act=_next_act(assessment, may_fill=may_fill),
        next_url=_check_url(assessment) if own else "",
        foot=foot_words(sheet.missing) if may_fill else "",
    )


def _next_act(assessment: SelfAssessment, *, may_fill: bool) -> str:
    if not may_fill:
        return "Tình trạng gửi, duyệt"
    completing = assessment.state == SelfAssessment.State.COMPLETING
    return "Gửi giải trình" if completing else "Rà soát trước khi gửi"


def foot_words(missing: Sequence[Missing]) -> str:
    """Return the sentence of the foot bar: what is still missing."""
    if not missing:
        return "Đã hoàn thành các tiêu chí."
    codes = ", ".join(gap.code for gap in missing[:8])
    more = ", …" if len(missing) > 8 else ""  # noqa: PLR2004 - as many as fit the bar
    return f"Còn {text.count(len(missing))} tiêu chí chưa hoàn thành: {codes}{more}"


def _first_to_open(sheet: FillSheet, drafts: Mapping[int, Draft], *, may_fill: bool) -> str:
    lines = [line for group in sheet.groups for line in group.lines]
    wrong = next((line.criterion.code for line in lines if line.criterion.pk in drafts), "")
    return wrong or (sheet.missing[0].code if may_fill and sheet.missing else "")


def _check_url(assessment: SelfAssessment) -> str:
    year = assessment.year
    where = {"bloc": year.bloc.code, "year": year.year, "member": assessment.membership_id}
    return reverse("scoring:check", kwargs=where)


def _deadline(assessment: SelfAssessment, now: dt.datetime) -> str:
    if assessment.submitted_at:
        return f"Gửi lúc {text.moment(assessment.submitted_at)}" + ("; gửi chậm" if assessment.is_late else "")
    due = max(filter(None, (assessment.year.assessments_due_at, assessment.extended_to)), default=None)
    return f"Hạn gửi: {text.due(due)} ({text.remaining(due, now)})" if due else ""


def _notices(assessment: SelfAssessment, *, own: bool, may_fill: bool) -> list[Remark]:
    remarks = []
    if own and assessment.state == SelfAssessment.State.DRAFT and assessment.returned_reason:
        remarks.append(Remark(f"Lãnh đạo đơn vị chuyển lại: {assessment.returned_reason}", "warn"))
    request = assessment.requests.filter(answered_at=None).first()
    if request:
        due = f" Hạn hoàn thiện: {text.due(request.due_at)}." if request.due_at else ""
        remarks.append(Remark(f"Đề nghị hoàn thiện: {request.reason}{due} Các tiêu chí khác được khóa.", "warn"))
    if own and not may_fill and assessment.state == SelfAssessment.State.WITH_HEAD:
        remarks.append(Remark("Bảng đang chờ Thủ trưởng đơn vị duyệt nên tạm khóa."))
    return remarks


def _group(
    assessment: SelfAssessment,
    group: FillGroup,
    gaps: Mapping[int, Missing],
    drafts: Mapping[int, Draft],
    opened: str,
    *,
    may_fill: bool,
) -> GroupCard:
    lines = [
        _line(assessment, line, gaps.get(line.criterion.pk), drafts.get(line.criterion.pk), opened, may_fill=may_fill)
        for line in group.lines
    ]
    short = [line.code for line in lines if line.gap]
    counted = group.kind == "base"
    return GroupCard(
        key=group.code.lower().replace(".", "-"),
        code=group.code,
        title=group.title,
        points=group.points,
        maximum=group.maximum,
        answered=group.answered,
        of=group.of if counted else 0,
        word="tùy chọn" if group.kind == "bonus" else "nếu có",
        gaps=f"Còn {', '.join(short)}"
        if short and len(short) <= _FEW
        else f"Còn {text.count(len(short))} tiêu chí"
        if short
        else "",
        is_short=counted and group.answered < group.of,
        is_open=any(line.is_open for line in lines),
        lines=lines,
    )


def _line(
    assessment: SelfAssessment, line: FillLine, gap: Missing | None, draft: Draft | None, opened: str, *, may_fill: bool
) -> LineCard:
    criterion, draft = line.criterion, draft or Draft()
    may_edit = may_fill and line.is_open
    typed = {**line.values, **draft.typed}
    inputs = inputs_of(
        criterion,
        typed,
        decimals=assessment.table.decimals,
        target_is_approved=line.target_is_approved,
        errors=draft.errors,
    )
    form = draft.evidence
    return LineCard(
        pk=criterion.pk,
        code=criterion.code,
        title=criterion.title,
        maximum=line.maximum,
        points=line.points or "–",
        method=criterion.get_method_display(),
        formula=line.formula,
        guidance=criterion.guidance,
        gap=gap.sentence if gap and may_fill else "",
        is_open=criterion.code == opened,
        may_edit=may_edit,
        inputs=inputs,
        has_numbers=any(not one.choices for one in inputs),
        may_not_apply=criterion.kind == "base",
        not_applicable=bool(typed.get("not_applicable")),
        explanation=draft.typed.get("explanation", line.explanation),
        seen={
            **{one.name: line.values.get(one.name, "") for one in inputs},
            "explanation": line.explanation,
            "not_applicable": line.values.get("not_applicable", ""),
        },
        figures=[(one.label, _read(one)) for one in inputs],
        years=line.last_year,
        layers=line.layers,
        evidence=[piece_of(assessment, piece, may_edit=may_edit) for piece in line.evidence],
        evidence_count=text.count(len(line.evidence)),
        evidence_hint=f"Cần có: {criterion.evidence_hint}." if criterion.evidence_hint else "",
        evidence_typed=form.data if form else {},
        evidence_errors=[error for errors in form.errors.values() for error in errors] if form else [],
    )


def _read(one: Input) -> str:
    chosen = next((choice.label for choice in one.choices if choice.value == one.value), None)
    return chosen or one.value or "–"


def piece_of(assessment: SelfAssessment, piece: Evidence, *, may_edit: bool = False) -> Piece:
    """Return one piece of evidence as the list prints it."""
    year = assessment.year
    where = {"bloc": year.bloc.code, "year": year.year, "member": assessment.membership_id, "evidence": piece.pk}
    size = (
        f"{piece.file.content_type.rpartition('/')[2][:4].upper()}, {_size(piece.file.size)}, "
        if piece.file
        else "liên kết, "
    )
    return Piece(
        title=piece.name,
        url=reverse("scoring:evidence_file", kwargs=where) if piece.file else piece.link,
        number=", ".join(filter(None, (piece.number, text.date(piece.dated_on) if piece.dated_on else ""))),
        note=f"{size}gửi {text.date(piece.added_at.astimezone(text.VIETNAM).date())}",
        remove_url=reverse("scoring:remove_evidence", kwargs=where) if may_edit else "",
    )


def _size(size: int) -> str:
    return f"{text.number(text.Decimal(size) / 1048576, 1)} MB" if size >= 1048576 else f"{max(1, size // 1024)} KB"  # noqa: PLR2004
