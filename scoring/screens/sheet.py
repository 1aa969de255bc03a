"""What the page of one self-assessment shows: groups, criteria with their fields and points, what is missing."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.urls import reverse

from blocs import text
from blocs.models import Membership, User
from blocs.rules import may
from scoring.inputs import Input, inputs_of
from scoring.models import SelfAssessment
from scoring.queries import FillGroup, FillLine, FillSheet, Missing
from scoring.queries.evidence import reusable
from scoring.queries.remarks import Said, remarks_of
from scoring.screens.board import STATE_CSS
from scoring.screens.drafts import Conflict, Draft, foot_words, key_of
from scoring.screens.evidence import Proof, piece_of

_FEW = 3  # so many codes are named beside a group; more are counted
_EDITABLE = {SelfAssessment.State.DRAFT, SelfAssessment.State.COMPLETING}


@dataclass(frozen=True)
class Note:
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
    proof: Proof
    remarks: Sequence[Said]
    may_remark: bool
    conflicts: Sequence[Conflict] = ()
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
    notices: list[Note]
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

    def line(self, pk: int) -> tuple[LineCard, GroupCard]:
        """Return the card of one criterion, and of its group."""
        return next((line, group) for group in self.groups for line in group.lines if line.pk == pk)


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
    opened = opened or _first_to_open(sheet, drafts, may_fill=may_fill)
    may_remark = not assessment.year.is_past and (own or may(user, "scoring.extend_assessment", assessment))
    cards = _Cards(assessment, sheet, drafts, opened, may_fill, remarks_of(assessment, user), may_remark)
    return SheetPage(
        member=assessment.membership,
        is_own=own,
        state=assessment.get_state_display(),
        state_css=STATE_CSS.get(assessment.state, ""),
        deadline=_deadline(assessment, now),
        demo=assessment.year.is_demonstration,
        notices=_notices(assessment, own=own, may_fill=may_fill),
        groups=[cards.group(group) for group in sheet.groups],
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


def _notices(assessment: SelfAssessment, *, own: bool, may_fill: bool) -> list[Note]:
    remarks = []
    if own and assessment.state == SelfAssessment.State.DRAFT and assessment.returned_reason:
        remarks.append(Note(f"Lãnh đạo đơn vị chuyển lại: {assessment.returned_reason}", "warn"))
    request = assessment.requests.filter(answered_at=None).first()
    if request:
        due = f" Hạn hoàn thiện: {text.due(request.due_at)}." if request.due_at else ""
        remarks.append(Note(f"Đề nghị hoàn thiện: {request.reason}{due} Các tiêu chí khác được khóa.", "warn"))
    if own and not may_fill and assessment.state == SelfAssessment.State.WITH_HEAD:
        remarks.append(Note("Bảng đang chờ Thủ trưởng đơn vị duyệt nên tạm khóa."))
    return remarks


@dataclass(frozen=True)
class _Cards:
    """What every criterion's card needs beside its own line."""

    assessment: SelfAssessment
    sheet: FillSheet
    drafts: Mapping[int, Draft]
    opened: str
    may_fill: bool
    remarks: Mapping[int, Sequence[Said]]
    may_remark: bool

    def group(self, group: FillGroup) -> GroupCard:
        """Return one group with its progress."""
        lines = [self.line(line) for line in group.lines]
        short = [line.code for line in lines if line.gap]
        counted = group.kind == "base"
        named = f"Còn {', '.join(short)}" if len(short) <= _FEW else f"Còn {text.count(len(short))} tiêu chí"
        return GroupCard(
            key=key_of(group.code),
            code=group.code,
            title=group.title,
            points=group.points,
            maximum=group.maximum,
            answered=group.answered,
            of=group.of if counted else 0,
            word="tùy chọn" if group.kind == "bonus" else "nếu có",
            gaps=named if short else "",
            is_short=counted and group.answered < group.of,
            is_open=any(line.is_open for line in lines),
            lines=lines,
        )

    def line(self, line: FillLine) -> LineCard:
        """Return one criterion: folded a line, opened its fields, proof and thread."""
        criterion, draft = line.criterion, self.drafts.get(line.criterion.pk) or Draft()
        inputs = self._inputs(line, draft)
        return LineCard(
            pk=criterion.pk,
            code=criterion.code,
            title=criterion.title,
            maximum=line.maximum,
            points=line.points or "–",
            method=criterion.get_method_display(),
            formula=line.formula,
            guidance=criterion.guidance,
            gap=line.missing if self.may_fill else "",
            is_open=criterion.code == self.opened,
            may_edit=self.may_fill and line.is_open,
            inputs=inputs,
            has_numbers=any(not one.choices for one in inputs),
            may_not_apply=criterion.kind == "base",
            not_applicable=bool({**line.values, **draft.typed}.get("not_applicable")),
            explanation=draft.typed.get("explanation", line.explanation),
            seen=seen_of(line, inputs),
            figures=[(one.label, _read(one)) for one in inputs],
            years=line.last_year,
            layers=line.layers,
            proof=self._proof(line, draft),
            remarks=self.remarks.get(criterion.pk, ()),
            may_remark=self.may_remark,
            conflicts=draft.conflicts,
        )

    def _inputs(self, line: FillLine, draft: Draft) -> list[Input]:
        return inputs_of(
            line.criterion,
            {**line.values, **draft.typed},
            decimals=self.assessment.table.decimals,
            target_is_approved=line.target_is_approved,
            errors=draft.errors,
        )

    def _proof(self, line: FillLine, draft: Draft) -> Proof:
        may_edit = self.may_fill and line.is_open
        form, hint = draft.evidence, line.criterion.evidence_hint
        elsewhere = reusable(self.sheet.evidence, line.criterion.pk) if may_edit else []
        return Proof(
            pieces=[piece_of(self.assessment, piece, may_edit=may_edit) for piece in line.evidence],
            count=text.count(len(line.evidence)),
            hint=f"Cần có: {hint}." if hint else "",
            typed=form.data if form and form.errors else {},
            errors=[error for errors in form.errors.values() for error in errors] if form else [],
            warning=draft.warning,
            reusable=[(piece.pk, f"{piece.citation} ({piece.criterion.code})") for piece in elsewhere],
        )


def seen_of(line: FillLine, inputs: Sequence[Input]) -> dict[str, str]:
    """Return the texts that the page shows, sent back with what is typed: a value saved meanwhile is noticed."""
    shown = {one.name: line.values.get(one.name, "") for one in inputs}
    return shown | {"explanation": line.explanation, "not_applicable": line.values.get("not_applicable", "")}


def _read(one: Input) -> str:
    chosen = next((choice.label for choice in one.choices if choice.value == one.value), None)
    return chosen or one.value or "–"
