"""What a bloc year is set to: dates and settings, members, who leads, who reviews the leader, when it is handed over."""

import datetime as dt
from collections.abc import Sequence

from django.db import transaction
from django.db.models import ProtectedError
from django.urls import reverse
from django.utils import timezone

from blocs.actions.years import NotAMember, enrol, install_leadership, refuse_past
from blocs.audit import record
from blocs.errors import Refusal
from blocs.models import BlocYear, LeadershipTerm, Membership, Unit, User
from blocs.notices import notify, people_of
from blocs.standing import leadership_of
from blocs.text import due, nfc

DATES = (
    "assessments_open_on", "assessments_due_at", "review_due_on", "midyear_on", "conference_on",
    "submission_due_on", "results_on", "handover_on",
)  # fmt: skip
SETTINGS = ("hides_claims_until_due", "nomination_order", "may_vote_on_itself", "letterhead")


class DatesOutOfOrder(Refusal):
    """A period would end before it begins."""

    status = 422


class MemberHasDossiers(Refusal):
    """A member that has dossiers in the year, or leads it, stays."""


class ReviewsItself(Refusal):
    """The leader never reviews its own scores."""

    status = 422


@transaction.atomic
def settle_year(year: BlocYear, *, by: User | None, **changes: object) -> BlocYear:
    """Set dates and settings of a year; members are told when the deadline of their assessments moves.

    `changes` are any of DATES and SETTINGS. Raises YearClosed, DatesOutOfOrder.
    """
    year = BlocYear.objects.select_for_update(of=("self",)).select_related("bloc").get(pk=year.pk)
    refuse_past(year)
    if unknown := set(changes) - {*DATES, *SETTINGS}:
        raise TypeError(unknown)
    changed = {name: value for name, value in changes.items() if getattr(year, name) != value}
    if not changed:
        return year
    before = {name: getattr(year, name) for name in changed}
    for name, value in changed.items():
        setattr(year, name, value)
    _refuse_disorder(year)
    year.save(update_fields=list(changed))
    if "assessments_due_at" in changed and year.assessments_due_at is not None:
        sentence = f"Hạn gửi bảng tự chấm điểm năm {year.year}: {due(year.assessments_due_at)}."
        members = year.memberships.values_list("unit_id", flat=True)
        notify(people_of(*members), kind="year_dates", text=sentence, url=_page(year), year=year)
    record("settle_year", year, by=by, year=year.pk, before=before, after=changed)
    return year


@transaction.atomic
def set_members(year: BlocYear, *, members: Sequence[Unit], by: User | None, on: dt.date) -> list[Membership]:
    """Make exactly these units the members of a year, in this order; names of members that stay are kept.

    Raises YearClosed, MemberHasDossiers (one that would go has dossiers in the year or leads it).
    """
    year = BlocYear.objects.select_for_update().get(pk=year.pk)
    refuse_past(year)
    present = {row.unit_id: row for row in year.memberships.select_for_update(of=("self",)).select_related("unit")}
    wanted = {unit.pk: unit for unit in members}
    for unit_id, row in present.items():
        if unit_id not in wanted:
            _strike(year, row, on)
    new = [unit for unit in wanted.values() if unit.pk not in present]
    for row in enrol(year, new, on=on):
        present[row.unit_id] = row
    for position, unit_id in enumerate(wanted, start=1):
        if present[unit_id].position != position:
            Membership.objects.filter(pk=present[unit_id].pk).update(position=position)
    record("set_members", year, by=by, year=year.pk, members=[unit.code for unit in wanted.values()])
    return list(year.memberships.order_by("position"))


@transaction.atomic
def name_leader(
    year: BlocYear, *, role: str, unit: Unit, from_on: dt.date, source: str, by: User | None
) -> LeadershipTerm:
    """Name the leader or deputy leader of a year by the authority's word (the first one, or in mid-year), and tell them.

    Raises what install_leadership raises.
    """
    term = install_leadership(year, role=role, unit=unit, from_on=from_on, source=nfc(source), by=by)
    word = year.bloc.leader_word if role == LeadershipTerm.Role.LEADER else year.bloc.deputy_word
    sentence = f"{unit.name} được giao làm {word} năm {year.year}, từ ngày {from_on:%d/%m/%Y}."
    notify(people_of(unit), kind="leadership", text=sentence, url=_page(year), year=year)
    record("name_leader", term, by=by, year=year.pk, unit=unit.pk, role=role, source=term.source)
    return term


@transaction.atomic
def name_leader_reviewer(year: BlocYear, *, unit: Unit | None, by: User | None) -> BlocYear:
    """Name which member reviews the leader's own scores; None leaves it to the deputy. Never the leader's choice.

    Raises YearClosed, NotAMember, ReviewsItself.
    """
    year = BlocYear.objects.select_for_update().get(pk=year.pk)
    refuse_past(year)
    if unit is not None and not year.memberships.filter(unit=unit).exists():
        message = f"{unit.name} không phải là đơn vị thành viên năm {year.year}. Không có nội dung nào bị thay đổi."
        raise NotAMember(message)
    if unit is not None and leadership_of(year).leader == unit.pk:
        message = f"{unit.name} đang là Trưởng khối nên không thẩm định bảng điểm của chính mình."
        raise ReviewsItself(message)
    before, year.leader_reviewer = year.leader_reviewer_id, unit
    year.save(update_fields=["leader_reviewer"])
    if unit is not None:
        sentence = f"{unit.name} được chỉ định thẩm định bảng tự chấm điểm của Trưởng khối năm {year.year}."
        notify(people_of(unit), kind="leader_reviewer", text=sentence, url=_page(year), year=year)
    record("name_leader_reviewer", year, by=by, year=year.pk, unit=unit.pk if unit else None, before=before)
    return year


def set_handover(year: BlocYear, *, on: dt.date | None, by: User | None) -> BlocYear:
    """Set the day from which next year's leader acts in the next year. Raises YearClosed."""
    return settle_year(year, handover_on=on, by=by)


@transaction.atomic
def set_head_name(membership: Membership, *, head_name: str, by: User | None) -> Membership:
    """Set the name of a unit's head as it is printed under the unit's papers of the year. Raises YearClosed."""
    membership = Membership.objects.select_for_update(of=("self",)).select_related("year").get(pk=membership.pk)
    refuse_past(membership.year)
    membership.head_name = nfc(head_name)
    membership.save(update_fields=["head_name"])
    record("set_head_name", membership, by=by, year=membership.year_id, unit=membership.unit_id)
    return membership


def _refuse_disorder(year: BlocYear) -> None:
    due_on = year.assessments_due_at and timezone.localdate(year.assessments_due_at)
    pairs = (
        (year.assessments_open_on, due_on, "Hạn gửi bảng tự chấm điểm phải từ ngày bắt đầu tự chấm điểm trở đi."),
        (due_on, year.review_due_on, "Hạn thẩm định phải từ hạn gửi bảng tự chấm điểm trở đi."),
    )
    for first, last, sentence in pairs:
        if first and last and last < first:
            message = f"{sentence} Nội dung đã nhập vẫn còn trên trang."
            raise DatesOutOfOrder(message)


def _strike(year: BlocYear, row: Membership, on: dt.date) -> None:
    now = leadership_of(year, on)
    if row.unit_id in {now.leader, now.deputy}:
        message = (
            f"{row.name} đang là Trưởng khối hoặc Phó Trưởng khối năm {year.year} nên chưa rút khỏi danh sách được."
        )
        raise MemberHasDossiers(message)
    try:
        with transaction.atomic():
            row.delete()
    except ProtectedError as error:
        message = (
            f"{row.name} đã có hồ sơ trong năm {year.year} nên không rút khỏi danh sách đơn vị thành viên được. "
            "Không có nội dung nào bị thay đổi."
        )
        raise MemberHasDossiers(message) from error


def _page(year: BlocYear) -> str:
    return reverse("home:year", args=[year.bloc.code, year.year])
