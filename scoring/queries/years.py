"""What a year still needs in scoring, and where its stages stand."""

import datetime as dt
from typing import Any

from django.db.models import Count, IntegerField, OuterRef, Subquery
from django.db.models.functions import Coalesce
from django.utils import timezone

from blocs import clock, text
from blocs.models import BlocYear, Membership, User
from blocs.standing import Standing, leadership_of, standing_of
from blocs.tasks import Stage, Task
from scoring.addresses import of_member, of_year
from scoring.models import CriteriaTable, PeerAssignment, Score, SelfAssessment
from scoring.models.peers import peers_of
from scoring.models.reviewers import reviewing_units
from scoring.queries.scores import member_rows
from scoring.queries.standings import standings

State = SelfAssessment.State
_REVIEWED = (State.REVIEWED, State.AGREED, State.FINALISED)


def _count(rows: Any) -> Coalesce:
    counted = rows.order_by().values("membership__year").annotate(many=Count("pk")).values("many")
    return Coalesce(Subquery(counted, output_field=IntegerField()), 0)


def stage_figures() -> dict[str, Any]:
    """Return annotations for bloc years: members, assessments handed in, assessments reviewed."""
    mine = SelfAssessment.objects.filter(membership__year=OuterRef("pk"))
    members = Membership.objects.filter(year=OuterRef("pk")).order_by().values("year").annotate(many=Count("pk"))
    return {
        "scoring_of": Coalesce(Subquery(members.values("many"), output_field=IntegerField()), 0),
        "scoring_sent": _count(mine.filter(state__in=SelfAssessment.HANDED_IN)),
        "scoring_reviewed": _count(mine.filter(state__in=_REVIEWED)),
    }


def _figured(year: BlocYear) -> Any:
    return year if hasattr(year, "scoring_of") else BlocYear.objects.annotate(**stage_figures()).get(pk=year.pk)


def stage(year: BlocYear) -> Stage:
    """Return where the self-assessments of a year stand; no query for a year that carries its figures."""
    figured = _figured(year)
    due, of, done = year.assessments_due_at, figured.scoring_of, figured.scoring_sent
    state = "done" if of and done == of else "now" if done or _has_begun(year) else ""
    local = timezone.localtime(due) if due else None
    note = f"{done}/{of}, hạn {local:%H:%M} ngày {local:%d/%m}" if local and state != "done" else f"{done}/{of}"
    return Stage("Tự chấm điểm", f"{note}, xong" if state == "done" else note, done, of, state)


def review_stage(year: BlocYear) -> Stage:
    """Return where the review of a year stands; no query for a year that carries its figures."""
    figured = _figured(year)
    of, done = figured.scoring_of, figured.scoring_reviewed
    state = "done" if of and done == of else "now" if done or figured.scoring_sent else ""
    due = f", hạn {year.review_due_on:%d/%m}" if year.review_due_on and state != "done" else ""
    note = f"{done}/{of}, xong" if state == "done" else f"{done}/{of}{due}"
    return Stage("Thẩm định", note, done, of, state)


def _has_begun(year: BlocYear) -> bool:
    return year.assessments_open_on is not None and year.assessments_open_on <= clock.today()


def tasks_for(user: User, year: BlocYear, on: dt.date) -> list[Task]:
    """Return what a user must do now in the scoring of a year, and for whom it waits. A fixed number of queries."""
    if year.is_past:
        return []
    standing = standing_of(user, on)
    members = list(year.memberships.select_related("assessment", "unit").order_by("position"))
    for member in members:
        member.year = year
    tasks = [task for member in members if standing.represents(member.unit_id) for task in _own(member, standing, on)]
    return tasks + _to_review(year, members, standing) + _to_settle(year, members, standing, on)


def _own(member: Membership, standing: Standing, on: dt.date) -> list[Task]:
    year: BlocYear = member.year
    assessment: SelfAssessment | None = getattr(member, "assessment", None)
    due = max(filter(None, (year.assessments_due_at, assessment.extended_to if assessment else None)), default=None)
    title = f"Bảng tự chấm điểm năm {year.year}"
    if assessment is None:
        opened = year.assessments_open_on is None or year.assessments_open_on <= on
        table = CriteriaTable.objects.filter(year=year, state=CriteriaTable.State.ADOPTED).exists()
        if not (opened and table):
            return []
        return [
            Task(f"Lập {title[0].lower()}{title[1:]}", member.name, of_member("assessment", member), "Lập bảng", due)
        ]
    if assessment.state == State.WITH_HEAD:
        if standing.heads(member.unit_id):
            return [
                Task(
                    f"Duyệt, gửi {title[0].lower()}{title[1:]}",
                    member.name,
                    of_member("check", member),
                    "Xem, duyệt",
                    due,
                )
            ]
        return [Task(title, "Đã trình lãnh đạo đơn vị.", of_member("check", member), "", due, "Thủ trưởng đơn vị")]
    return _own_by_state(member, assessment, due, title)


def _own_by_state(member: Membership, assessment: SelfAssessment, due: dt.datetime | None, title: str) -> list[Task]:
    if assessment.state == State.DRAFT:
        note = f"Lãnh đạo chuyển lại: {assessment.returned_reason}" if assessment.returned_reason else member.name
        return [
            Task(f"Hoàn thành {title[0].lower()}{title[1:]}", note, of_member("assessment", member), "Chấm điểm", due)
        ]
    if assessment.state == State.COMPLETING:
        request = assessment.requests.filter(answered_at=None).first()
        note, limit = (request.reason, request.due_at) if request else ("", None)
        return [
            Task(
                f"Hoàn thiện {title[0].lower()}{title[1:]}", note, of_member("assessment", member), "Hoàn thiện", limit
            )
        ]
    if assessment.state in SelfAssessment.UNDER_REVIEW:
        note = f"Đã gửi lúc {text.moment(assessment.submitted_at)}."
        return [Task(title, note, of_member("assessment", member), "", None, "đơn vị thẩm định")]
    return []


def _to_review(year: BlocYear, members: list[Membership], standing: Standing) -> list[Task]:
    leadership = leadership_of(year)
    due = clock.at(year.review_due_on, 23, 59) if year.review_due_on else None
    tasks: list[Task] = []
    peers = peers_of(year)
    for member in members:
        assessment: SelfAssessment | None = getattr(member, "assessment", None)
        if assessment is None or standing.represents(member.unit_id):
            continue
        if not any(standing.represents(unit) for unit in reviewing_units(member, leadership)):
            continue
        assigned = peers.get(member.pk)
        if assigned and assigned.is_open(clock.now()) and not standing.represents(assigned.peer.unit_id):
            tasks += _waits_for_peer(member, assessment, assigned)
            continue
        if assessment.state in SelfAssessment.UNDER_REVIEW:
            note = assessment.get_state_display()
            limit = assigned.limit if assigned and assigned.is_open(clock.now()) else due
            tasks.append(
                Task(f"Thẩm định: {member.short_name}", note, of_member("review_detail", member), "Thẩm định", limit)
            )
        elif assessment.state == State.COMPLETING:
            url = of_member("review_detail", member)
            tasks.append(
                Task(f"Thẩm định: {member.short_name}", "Đã đề nghị hoàn thiện.", url, "", None, member.short_name)
            )
    return tasks


def _waits_for_peer(member: Membership, assessment: SelfAssessment, assigned: PeerAssignment) -> list[Task]:
    if assessment.state not in SelfAssessment.UNDER_REVIEW:
        return []
    url = of_member("review_detail", member)
    return [
        Task(
            f"Chấm chéo: {member.short_name}",
            assessment.get_state_display(),
            url,
            "",
            assigned.limit,
            str(assigned.peer),
        )
    ]


def _to_settle(year: BlocYear, members: list[Membership], standing: Standing, on: dt.date) -> list[Task]:
    leadership = leadership_of(year, on)
    if not standing.represents(leadership.leader):
        return []
    states = [getattr(getattr(member, "assessment", None), "state", "") for member in members]
    url = of_year("board", year)
    if states and all(state == State.REVIEWED for state in states):
        return [Task("Ghi điểm thống nhất", "Các đơn vị đã thẩm định xong.", url, "Ghi điểm thống nhất")]
    if states and all(state == State.AGREED for state in states):
        return [Task("Khóa số liệu", "Các đơn vị đã thống nhất điểm.", url, "Khóa số liệu")]
    waiting = [
        member.short_name
        for member, state in zip(members, states, strict=True)
        if state not in SelfAssessment.HANDED_IN
    ]
    if waiting and _has_begun(year):
        named = ", ".join(waiting[:6]) + (", …" if len(waiting) > 6 else "")  # noqa: PLR2004 - as many as fit a line
        note = f"Còn {text.count(len(waiting))}/{text.count(len(members))} đơn vị chưa gửi."
        return [Task("Bảng tự chấm điểm của các đơn vị", note, url, "", year.assessments_due_at, named)]
    return []


def archive_part(year: BlocYear) -> dict[str, Any]:
    """Return everything of a year's scoring as JSON values: the table, every score of every layer, the standings."""
    tables = CriteriaTable.objects.filter(year=year).order_by("version")
    columns = (
        "assessment__membership__unit__code", "criterion__code", "layer", "verdict", "target", "actual", "count", "plus",
        "minus", "level", "points", "not_applicable", "override", "explanation", "reason", "at",
    )  # fmt: skip
    scores = Score.objects.filter(assessment__membership__year=year)
    ordered = scores.order_by("assessment__membership__position", "criterion__position", "layer").values_list(*columns)
    return {
        "tables": [
            {
                "version": table.version,
                "state": table.state,
                "decimals": table.decimals,
                "criteria": [
                    [_plain(value) for value in row]
                    for row in table.criteria.values_list("code", "title", "max_points", "kind", "method", "params")
                ],
            }
            for table in tables
        ],
        "members": [{"unit": row.code, "name": row.name, "state": row.state} for row in member_rows(year)],
        "score_columns": list(columns),
        "scores": [[_plain(value) for value in row] for row in ordered],
        "standings": [row.as_json() for row in standings(year).rows],
    }


def _plain(value: Any) -> Any:
    if hasattr(value, "as_tuple"):
        return f"{value:f}"
    return value.isoformat() if hasattr(value, "isoformat") else value
