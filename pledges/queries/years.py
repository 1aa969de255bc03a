"""What the pledge tells home: tasks, the stage on the year rail, its part of the archive."""

import datetime as dt
from typing import Any

from django.db.models import CharField, Count, DateField, IntegerField, Max, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.urls import reverse

from blocs import clock, text
from blocs.models import BlocYear, LeadershipTerm, Membership, User
from blocs.standing import standing_of
from blocs.tasks import Stage, Task
from pledges.models import Pledge, Signature
from pledges.queries.signing import pledge_of, unsigned_units
from pledges.rules import prepares

LABEL = "Giao ước, bảng tiêu chí"
NEXT_FROM_MONTH = 11


def tasks_for(user: User, year: BlocYear, on: dt.date) -> list[Task]:
    """What the user must do about the year's pledge: sign, give an opinion, finish the draft; or whom it waits for."""
    pledge = pledge_of(year)
    if pledge is None:
        return _to_draft(user, year, on)
    if pledge.awaits_signatures:
        return _to_sign(user, pledge)
    if pledge.state == Pledge.State.COMMENT:
        return _to_comment(user, pledge)
    if pledge.state == Pledge.State.DRAFT and prepares(user, year):
        note = "Rà soát nội dung, chỉ tiêu; gửi các đơn vị lấy ý kiến hoặc khóa nội dung để ký."
        return [Task(f"Hoàn thiện dự thảo {_name(pledge)}", note, _url(year, "edit"), "Mở dự thảo")]
    return []


def stage_figures() -> dict[str, Any]:
    """Annotations of a BlocYear queryset from which the stage reads, so that many years cost one query."""
    pledges = Pledge.objects.filter(year=OuterRef("pk"))
    signatures = Signature.objects.filter(pledge__year=OuterRef("pk")).order_by().values("pledge__year")
    members = Membership.objects.filter(year=OuterRef("pk")).order_by().values("year")
    return {
        "pledges_state": Subquery(pledges.values("state")[:1], output_field=CharField()),
        "pledges_signed": _counted(signatures),
        "pledges_members": _counted(members),
        "pledges_last_on": Subquery(
            signatures.annotate(last=Max("signed_on")).values("last"), output_field=DateField()
        ),
    }


def _counted(rows: QuerySet[Any, Any]) -> Coalesce:
    counted = rows.annotate(number=Count("pk")).values("number")
    return Coalesce(Subquery(counted, output_field=IntegerField()), 0)


def stage(year: BlocYear) -> Stage:
    """Where the pledge of the year stands: "5/7 đã ký", "7/7 đã ký, 28/02/2023"."""
    figures: Any = (
        year if hasattr(year, "pledges_state") else BlocYear.objects.annotate(**stage_figures()).get(pk=year.pk)
    )
    state, signed, of = figures.pledges_state, figures.pledges_signed, figures.pledges_members
    if state is None:
        return Stage(LABEL, "Chưa lập giao ước", 0, of, "")
    if state == Pledge.State.SIGNED:
        return Stage(LABEL, f"{signed}/{of} đã ký, {text.date(figures.pledges_last_on)}", signed, of, "done")
    if state in {Pledge.State.FROZEN, Pledge.State.SIGNING}:
        return Stage(LABEL, f"{signed}/{of} đã ký", signed, of, "now")
    return Stage(LABEL, str(Pledge.State(state).label), 0, of, "now")


def archive_part(year: BlocYear) -> dict[str, Any]:
    """The pledge for the archive of the year: text, digest, each signature by its manner."""
    pledge = pledge_of(year)
    if pledge is None:
        return {}
    signatures = pledge.signatures.select_related("membership__unit", "scan")
    return {
        "state": pledge.state,
        "text": pledge.text,
        "digest": pledge.digest,
        "signatures": [
            {
                "unit": row.membership.unit.code,
                "manner": row.manner,
                "capacity": row.capacity,
                "signed_on": row.signed_on.isoformat(),
                "digest": row.digest,
                "scan": row.scan.sha256 if row.scan else "",
            }
            for row in signatures
        ],
    }


def _to_draft(user: User, year: BlocYear, on: dt.date) -> list[Task]:
    """The pledge of the coming year is drafted towards the end of this one, by the unit that leads this one."""
    standing = standing_of(user)
    before = BlocYear.objects.filter(bloc=year.bloc_id, year=year.year - 1).first()
    terms = LeadershipTerm.objects.filter(year__in=[row for row in (before, year) if row])
    leads = terms.filter(role=LeadershipTerm.Role.LEADER, until_on=None).values_list("unit_id", flat=True)
    due = on >= dt.date(year.year - 1, NEXT_FROM_MONTH, 1)
    if not due or not any(standing.represents(unit) for unit in leads):
        return []
    note = "Dự thảo lấy nội dung của giao ước năm trước; các đơn vị góp ý trước khi ký."
    return [Task(f"Lập dự thảo Giao ước thi đua năm {year.year}", note, _url(year, "board"), "Lập dự thảo")]


def _to_sign(user: User, pledge: Pledge) -> list[Task]:
    unsigned, standing, url = unsigned_units(pledge.year), standing_of(user), _url(pledge.year, "board")
    due_at = clock.at(pledge.sign_by, 17) if pledge.sign_by else None
    own = [member for member in unsigned if standing.represents(member.unit_id)]
    tasks = []
    for member in own:
        if standing.heads(member.unit_id):
            note = f"Ký cho {member.short_name}: xác nhận trên hệ thống, hoặc tải lên bản đã ký."
            tasks.append(Task(f"Ký {_name(pledge)}", note, url, "Ký giao ước", due_at))
        else:
            waiting = f"Thủ trưởng đơn vị {member.short_name}"
            tasks.append(Task(f"Ký {_name(pledge)}", "Chờ Thủ trưởng đơn vị ký.", url, "", due_at, waiting))
    others = [member.short_name for member in unsigned if member not in own]
    if others and prepares(user, pledge.year):
        done = pledge.year.memberships.count() - len(unsigned)
        note = f"{text.count(done)}/{text.count(done + len(unsigned))} đơn vị đã ký."
        tasks.append(Task(f"Ký {_name(pledge)}", note, url, "", due_at, ", ".join(others)))
    return tasks


def _to_comment(user: User, pledge: Pledge) -> list[Task]:
    standing, url = standing_of(user), _url(pledge.year, "board")
    tasks = []
    if prepares(user, pledge.year):
        note = "Tiếp thu ý kiến, rồi khóa nội dung để các đơn vị ký."
        tasks.append(Task(f"Hoàn thiện dự thảo {_name(pledge)}", note, url, "Xem ý kiến"))
    commented = set(pledge.comments.values_list("membership", flat=True))
    members = [row for row in pledge.year.memberships.all() if standing.represents(row.unit_id)]
    if not tasks and any(row.pk not in commented for row in members):
        note = "Trưởng khối lấy ý kiến các đơn vị trước khi khóa nội dung để ký."
        tasks.append(Task(f"Cho ý kiến dự thảo {_name(pledge)}", note, url, "Xem dự thảo"))
    return tasks


def _name(pledge: Pledge) -> str:
    return f"Giao ước thi đua năm {pledge.year.year}"


def _url(year: BlocYear, page: str) -> str:
    return reverse(f"pledges:{page}", args=[year.bloc.code, year.year])
