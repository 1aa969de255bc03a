"""What the pages of reviewing show: whose table is mine to review, and one criterion at a time."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from blocs import text
from blocs.errors import Refusal
from blocs.models import BlocYear, Membership, User
from blocs.rules import may
from blocs.standing import leadership_of, standing_of
from scoring.addresses import of_member
from scoring.forms import ExtensionForm
from scoring.inputs import Input, inputs_of, label_of
from scoring.models import CompletionRequest, PeerAssignment, SelfAssessment
from scoring.models.peers import peers_of
from scoring.models.reviewers import leading_units
from scoring.queries import ReviewLine, ReviewQueue, history, review_queue
from scoring.queries.remarks import Said, remarks_of
from scoring.rules import reviewing_units
from scoring.screens.board import DossierRow
from scoring.screens.evidence import Piece, piece_of

State = SelfAssessment.State
_ACTS = {
    State.SUBMITTED: "Thẩm định",
    State.IN_REVIEW: "Thẩm định tiếp",
    State.ANSWERED: "Xem giải trình",
    State.COMPLETING: "Xem",
    State.REVIEWED: "Xem lại",
    State.AGREED: "Xem",
    State.FINALISED: "Xem",
}
_NOT_SENT = {"", State.DRAFT, State.WITH_HEAD}


@dataclass(frozen=True)
class ReviewRow:
    """One table that is mine to review, with what can be done about it."""

    row: DossierRow
    url: str
    act: str
    extend_url: str
    extend_heading: str
    form: ExtensionForm
    peer: str = ""


@dataclass(frozen=True)
class ReviewRows:
    """All of them, with the answer to "how far are they?"."""

    heading: str
    lead: str
    lines: list[ReviewRow]


def review_rows(year: BlocYear, user: User, rows: list[DossierRow]) -> ReviewRows:
    """Return the tables that the user's unit reviews: a fixed number of queries."""
    standing, leading = standing_of(user), leadership_of(year)
    lines = []
    done = 0
    for member in year.memberships.select_related("assessment"):
        member.year = year
        units = reviewing_units(member, leading)
        if standing.represents(member.unit_id) or not any(map(standing.represents, units)):
            continue
        row = next(row for row in rows if row.position == member.position)
        by_office = any(map(standing.represents, leading_units(member, leading)))
        lines.append(_review_row(member, row, by_office=by_office))
        done += _state(member) in {State.REVIEWED, State.AGREED, State.FINALISED}
    due = f"Hạn thẩm định: {text.date(year.review_due_on)}." if year.review_due_on else ""
    heading = (
        f"Đã thẩm định {text.count(done)}/{text.count(len(lines))} bảng" if lines else f"Thẩm định năm {year.year}"
    )
    return ReviewRows(heading, due, lines)


def _state(member: Membership) -> str:
    assessment: SelfAssessment | None = getattr(member, "assessment", None)
    return assessment.state if assessment else ""


def _review_row(member: Membership, row: DossierRow, *, by_office: bool) -> ReviewRow:
    state = _state(member)
    assigned = peers_of(member.year).get(member.pk)
    waits = state in _NOT_SENT or state == State.COMPLETING
    return ReviewRow(
        row=row,
        url="" if state in _NOT_SENT else of_member("review_detail", member),
        act=_ACTS.get(state, ""),  # type: ignore[call-overload]
        extend_url=of_member("grant_extension", member) if waits and by_office else "",
        extend_heading=f"Gia hạn cho {member}",
        form=ExtensionForm(prefix=None, auto_id=f"gh-{member.pk}-%s"),
        peer=_peer(assigned),
    )


def _peer(assigned: PeerAssignment | None) -> str:
    if assigned is None:
        return ""
    due = f", hạn {text.moment(assigned.limit)}" if assigned.limit else ""
    return f"{assigned.peer} chấm chéo{due}"


@dataclass(frozen=True)
class QueueItem:
    """One criterion in the list at the side."""

    code: str
    remark: str
    points: str
    current: bool


@dataclass(frozen=True)
class QueueList:
    """A part of the list: what needs an eye, or what matches."""

    heading: str
    count: str
    lines: list[QueueItem]
    is_open: bool


@dataclass(frozen=True)
class Change:
    """One saved change of a field."""

    words: str
    when: str


@dataclass(frozen=True)
class Step:
    """One step of how the figure came about."""

    label: str
    figure: str
    note: str


@dataclass(frozen=True)
class OpenLine:
    """The criterion that is open for review."""

    pk: int
    code: str
    title: str
    maximum: str
    formula: str
    chain: list[Step]
    explanation: str
    evidence: list[Piece]
    history: list[Change]
    inputs: list[Input]
    has_numbers: bool
    override: str
    reason: str
    next_code: str
    remarks: Sequence[Said]
    may_remark: bool
    may_not_apply: bool = False


@dataclass(frozen=True)
class ReviewPage:
    """The page of one member's review."""

    member: Membership
    state: str
    lead: str
    demo: bool
    notices: list[str]
    lists: list[QueueList]
    line: OpenLine | None
    may_decide: bool
    may_reopen: bool
    is_own: bool = False
    refusal: Refusal | None = None
    conclude_effects: tuple[str, ...] = field(
        default=(
            "Tiêu chí chưa ghi điểm thẩm định được giữ nguyên điểm tự chấm.",
            "Đơn vị được thông báo kết quả thẩm định.",
        )
    )
    ask_effects: tuple[str, ...] = field(
        default=("Đơn vị chỉ sửa được các tiêu chí được chọn; các tiêu chí khác được khóa.", "Đơn vị đọc được lý do.")
    )


def review_page(
    assessment: SelfAssessment, user: User, code: str, *, refusal: Any = None, typed: Any = None
) -> ReviewPage:
    """Return the page with one criterion open: the named one, else the first that needs an eye and is not done."""
    queue = review_queue(assessment)
    first = next((line for line in queue.to_see if not line.is_done), queue.lines[0] if queue.lines else None)
    line = next((line for line in queue.lines if line.criterion.code == code), first)
    return ReviewPage(
        member=assessment.membership,
        state=assessment.get_state_display(),
        lead=_lead(assessment, queue),
        demo=assessment.year.is_demonstration,
        notices=_notices(assessment),
        lists=_lists(queue, line),
        line=_open_line(assessment, user, queue, line, typed or {}) if line else None,
        may_decide=assessment.state in SelfAssessment.UNDER_REVIEW and not assessment.year.is_past,
        may_reopen=assessment.state == State.REVIEWED and not assessment.year.is_past,
        refusal=refusal,
    )


def _lead(assessment: SelfAssessment, queue: ReviewQueue) -> str:
    due = f"; hạn: {text.date(assessment.year.review_due_on)}" if assessment.year.review_due_on else ""
    return (
        f"Còn {text.count(queue.left)} tiêu chí cần xem, {text.count(len(queue.matching))} tiêu chí khớp{due}. "
        f"Tổng điểm: tự chấm {queue.claimed_total}, thẩm định {queue.reviewed_total}."
    )


def _notices(assessment: SelfAssessment) -> list[str]:
    return [_notice(request) for request in assessment.requests.order_by("requested_at").prefetch_related("criteria")]


def _notice(request: CompletionRequest) -> str:
    codes = ", ".join(row.code for row in request.criteria.all())
    asked = f"tiêu chí {codes}" if codes else "cả bảng"
    due = f", hạn {text.moment(request.due_at)}" if request.due_at else ""
    said = f"Đề nghị hoàn thiện {asked} lúc {text.moment(request.requested_at)}{due}: {request.reason.rstrip('.')}."
    locked = " Các tiêu chí khác được khóa." if codes else ""
    if request.answered_at is None:
        return f"{said}{locked} Đang chờ đơn vị hoàn thiện."
    kept = f" Các tiêu chí khác không thay đổi (mã kiểm tra {request.locked_digest[:16]})." if codes else ""
    return f"{said} Đơn vị giải trình lúc {text.moment(request.answered_at)}: {request.answer.rstrip('.')}.{kept}"


def _lists(queue: ReviewQueue, current: ReviewLine | None) -> list[QueueList]:
    parts = (("Cần xem", queue.to_see, True), ("Khớp", queue.matching, not queue.to_see or current in queue.matching))
    return [
        QueueList(heading, text.count(len(lines)), [_item(line, current) for line in lines], is_open)
        for heading, lines, is_open in parts
    ]


def _item(line: ReviewLine, current: ReviewLine | None) -> QueueItem:
    points = f"Tự chấm {line.claimed}" + (f", thẩm định {line.reviewed}" if line.is_done else "")
    remark = "; ".join(line.why) or line.criterion.title
    return QueueItem(line.criterion.code, remark, points, current is line)


def _open_line(
    assessment: SelfAssessment, user: User, queue: ReviewQueue, line: ReviewLine, typed: Mapping[str, str]
) -> OpenLine:
    criterion = line.criterion
    after = [other for other in queue.to_see if not other.is_done and other is not line]
    inputs = inputs_of(criterion, {**line.values, **typed}, decimals=assessment.table.decimals)
    override = line.score.override if line.score else None
    return OpenLine(
        pk=criterion.pk,
        code=criterion.code,
        title=criterion.title,
        maximum=line.maximum,
        formula=line.formula,
        chain=_chain(line),
        explanation=line.explanation,
        evidence=[piece_of(assessment, piece) for piece in line.evidence],
        history=[_change(change) for change in history(assessment, criterion)],
        inputs=inputs,
        has_numbers=any(not one.choices for one in inputs),
        override=typed.get("override", text.typed(override)),
        reason=typed.get("reason", line.reason),
        next_code=after[0].criterion.code if after else "",
        remarks=remarks_of(assessment, user).get(criterion.pk, ()),
        may_remark=not assessment.year.is_past and may(user, "scoring.extend_assessment", assessment),
    )


def _chain(line: ReviewLine) -> list[Step]:
    steps = [Step(f"Năm {year.year}", year.points, year.figures) for year in line.last_year]
    steps.append(Step("Điểm tự chấm", line.claimed, line.figures))
    if line.is_done:
        facts = [line.verdict, f"chênh lệch {line.difference}" if line.difference not in {"", "–"} else "", line.reason]
        steps.append(Step("Điểm thẩm định", line.reviewed, "; ".join(filter(None, facts))))
    return steps


def _change(change: Any) -> Change:
    who = f", {change.by}" if change.by else ""
    before, after = change.before or "trống", change.after or "trống"
    return Change(f"{label_of(change.field)}: {before} → {after}", f"{text.moment(change.at)}{who}")
