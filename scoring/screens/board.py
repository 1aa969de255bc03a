"""What the scoring board shows: members with the state of each dossier, and the acts open to the user."""

import datetime as dt
from dataclasses import dataclass

from django.db.models import Count, Q
from django.urls import reverse

from blocs import text
from blocs.models import BlocYear, Membership, User
from blocs.rules import may
from blocs.standing import leadership_of, standing_of
from scoring.models import CriteriaTable, SelfAssessment
from scoring.models.peers import peers_of
from scoring.queries.tables import current_table

STATE_CSS: dict[str, str] = {
    SelfAssessment.State.SUBMITTED: "s-sent",
    SelfAssessment.State.IN_REVIEW: "s-sent",
    SelfAssessment.State.ANSWERED: "s-sent",
    SelfAssessment.State.COMPLETING: "s-fix",
    SelfAssessment.State.REVIEWED: "s-rev",
    SelfAssessment.State.AGREED: "s-ok",
    SelfAssessment.State.FINALISED: "s-ok",
}


@dataclass(frozen=True)
class DossierRow:
    """One member with the state of its self-assessment; `url` is empty where the user may not read it yet."""

    position: int
    name: str
    role: str
    state: str
    css: str
    answered: str
    sent: str
    note: str
    url: str
    is_mine: bool


@dataclass(frozen=True)
class BoardPage:
    """The scoring board of one year for one user."""

    heading: str
    lead: str
    rows: list[DossierRow]
    own_url: str
    own_act: str
    table: CriteriaTable | None
    table_note: str
    may_review: bool
    may_agree: bool
    may_finalise: bool
    may_keep_table: bool
    may_load_results: bool
    demo: bool
    agree_effects: tuple[str, ...] = (
        "Điểm thẩm định của các đơn vị đã thẩm định xong trở thành điểm thống nhất.",
        "Sau đó mỗi lần sửa điểm phải ghi lý do; lý do hiện trong quá trình của điểm.",
    )
    finalise_effects: tuple[str, ...] = (
        "Điểm, thứ hạng và xếp loại của tất cả đơn vị được khóa, không sửa được nữa.",
        "Chỉ cơ quan tổ chức khối điều chỉnh được sau khi khóa, có ghi ngày và lý do.",
    )


def dossier_rows(year: BlocYear, user: User, now: dt.datetime, leaves: int) -> list[DossierRow]:
    """Return the members in order, each with its dossier: two queries, however many members."""
    answered = Count("assessment__scores", filter=Q(assessment__scores__layer="claimed"))
    members = year.memberships.select_related("assessment").annotate(answered=answered)
    readable = set(
        SelfAssessment.objects.visible_to(user, now)
        .filter(membership__year=year)
        .values_list("membership_id", flat=True)
    )
    return [_row(member, year, user, leaves, readable) for member in members]


def board_page(year: BlocYear, user: User, now: dt.datetime) -> BoardPage:
    """Return everything the board of the year shows the user."""
    table = current_table(year)
    leaves = table.criteria.exclude(method="").count() if table else 0
    rows = dossier_rows(year, user, now, leaves)
    mine = next((row for row in rows if row.is_mine), None)
    states = set(SelfAssessment.objects.filter(membership__year=year).values_list("state", flat=True))
    state = SelfAssessment.State
    open_year = not year.is_past
    return BoardPage(
        heading=_heading(year, rows),
        lead=_lead(year, now),
        rows=rows,
        own_url=mine.url if mine and open_year and table else "",
        own_act=_own_act(mine),
        table=table,
        table_note=f"{text.count(leaves)} tiêu chí, {table.get_state_display()}" if table else "",
        may_review=_reviews_any(year, user),
        may_agree=may(user, "scoring.agree_scores", year) and state.REVIEWED in states,
        may_finalise=may(user, "scoring.finalise_scores", year) and states == {state.AGREED},
        may_keep_table=may(user, "scoring.keep_table", year) and open_year,
        may_load_results=may(user, "blocs.oversee", year) and open_year,
        demo=year.is_demonstration,
    )


def _reviews_any(year: BlocYear, user: User) -> bool:
    leading = leadership_of(year)
    standing = standing_of(user)
    by_office = (leading.leader, leading.deputy, year.leader_reviewer_id)
    assigned = (assignment.peer.unit_id for assignment in peers_of(year).values())
    return any(standing.represents(unit) for unit in (*by_office, *assigned) if unit)


def _row(member: Membership, year: BlocYear, user: User, leaves: int, readable: set[int]) -> DossierRow:
    assessment: SelfAssessment | None = getattr(member, "assessment", None)
    leading = leadership_of(year)
    roles = {leading.leader: year.bloc.leader_word, leading.deputy: year.bloc.deputy_word}
    is_mine = standing_of(user).represents(member.unit_id)
    where = {"bloc": year.bloc.code, "year": year.year, "member": member.pk}
    answered: int = member.answered  # type: ignore[attr-defined]
    return DossierRow(
        position=member.position,
        name=member.short_name or member.name,
        role=roles.get(member.unit_id, ""),
        state=assessment.get_state_display() if assessment else "Chưa lập",
        css=STATE_CSS.get(assessment.state, "") if assessment else "",
        answered=f"{answered}/{leaves}" if leaves else "–",
        sent=text.moment(assessment.submitted_at) if assessment else "–",
        note=note_of(assessment),
        url=reverse("scoring:assessment", kwargs=where) if is_mine or member.pk in readable else "",
        is_mine=is_mine,
    )


def note_of(assessment: SelfAssessment | None) -> str:
    """Return what a board remarks about a dossier: late, extended, in which manner it came."""
    if assessment is None:
        return ""
    marks = ["Gửi chậm"] if assessment.is_late else []
    if assessment.extended_to:
        marks.append(f"Được gia hạn đến {text.moment(assessment.extended_to)}")
    if assessment.manner:
        marks.append(assessment.get_manner_display())
    return "; ".join(marks)


def _own_act(mine: DossierRow | None) -> str:
    if mine is None:
        return ""
    words = {
        "Chưa lập": "Lập bảng tự chấm điểm",
        "Đang lập": "Tiếp tục chấm điểm",
        "Đề nghị hoàn thiện": "Hoàn thiện theo đề nghị",
    }
    return words.get(mine.state, "Xem bảng của đơn vị")


def _heading(year: BlocYear, rows: list[DossierRow]) -> str:
    waiting = sum(row.state in {"Chưa lập", "Đang lập", "Chờ lãnh đạo duyệt"} for row in rows)
    if year.is_past:
        return f"Chấm điểm năm {year.year}: đã kết thúc"
    if waiting:
        return f"Còn {text.count(waiting)}/{text.count(len(rows))} đơn vị chưa gửi bảng tự chấm điểm"
    return f"Đã nhận đủ {text.count(len(rows))} bảng tự chấm điểm" if rows else f"Chấm điểm năm {year.year}"


def _lead(year: BlocYear, now: dt.datetime) -> str:
    due = year.assessments_due_at
    if due is None:
        return "Chưa đặt hạn gửi bảng tự chấm điểm."
    hidden = (
        " Trước thời điểm này, mỗi đơn vị chỉ xem được bảng của mình."
        if year.hides_claims_until_due and now <= due
        else ""
    )
    return f"Hạn gửi: {text.due(due)} ({text.remaining(due, now)}).{hidden}"
