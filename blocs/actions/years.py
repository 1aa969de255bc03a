"""Bloc years begin and end here, and their leadership is installed here."""

import datetime as dt
from collections.abc import Sequence

from django.db import transaction

from blocs.audit import record
from blocs.errors import Refusal
from blocs.models import Bloc, BlocYear, LeadershipTerm, Membership, Unit, User
from blocs.queries.units import heir_on, names_on
from blocs.workflow import advance

_COPIED = ("hides_claims_until_due", "nomination_order", "may_vote_on_itself", "letterhead", "is_demonstration")


class YearClosed(Refusal):
    """The year has ended: everything in it is read-only."""


class NotAMember(Refusal):
    """The unit is not a member of the bloc in that year."""


class AlreadyLeads(Refusal):
    """The unit leads the year on that day and cannot be its own deputy."""


class TermTooEarly(Refusal):
    """A new term would begin before the present one began."""


class YearExists(Refusal):
    """The bloc has that year already."""


class NoMembers(Refusal):
    """A year needs members, each once."""


def refuse_past(year: BlocYear) -> None:
    """Raise YearClosed when the year has ended; the first statement of every act inside a year."""
    if year.is_past:
        message = (
            f"Năm thi đua {year.year} đã kết thúc nên chỉ xem được, không thay đổi được. "
            "Không có nội dung nào bị thay đổi. Nếu cần đính chính, đề nghị liên hệ cơ quan tổ chức khối."
        )
        raise YearClosed(message)


@transaction.atomic
def open_year(
    bloc: Bloc, *, year: int, members: Sequence[Unit], by: User | None, on: dt.date, **settings: object
) -> BlocYear:
    """Open a year of a bloc with its members in the order of the founding decision, under their names of that year.

    `settings` are fields of BlocYear (dates, is_demonstration, …). A year that lies ahead is being prepared until
    start_year. Raises YearExists, NoMembers.
    """
    Bloc.objects.select_for_update().get(pk=bloc.pk)
    if BlocYear.objects.filter(bloc=bloc, year=year).exists():
        message = f"{bloc.name} đã có năm thi đua {year}. Không có nội dung nào bị thay đổi."
        raise YearExists(message)
    if not members or len({unit.pk for unit in members}) != len(members):
        message = "Chưa mở được năm thi đua: cần ít nhất một đơn vị thành viên, mỗi đơn vị một lần."
        raise NoMembers(message)
    state = BlocYear.State.PREPARING if on.year < year else BlocYear.State.OPEN
    opened = BlocYear.objects.create(**{"bloc": bloc, "year": year, "state": state} | settings)
    enrol(opened, members, on=on)
    record("open_year", opened, by=by, year=opened.pk, members=[unit.code for unit in members], state=state)
    return opened


@transaction.atomic
def open_next_year(year: BlocYear, *, by: User | None, on: dt.date) -> BlocYear:
    """Open the year after this one: members under their new names, settings copied; leadership comes by election.

    A member that has been merged is replaced by its successor. Returns the existing year when it was opened before.
    """
    Bloc.objects.select_for_update().get(pk=year.bloc_id)
    following = BlocYear.objects.filter(bloc=year.bloc_id, year=year.year + 1).first()
    if following is not None:
        return following
    day = max(on, dt.date(year.year + 1, 1, 1))
    units = [row.unit for row in year.memberships.select_related("unit__successor").order_by("position", "pk")]
    heirs = list({heir.pk: heir for heir in (heir_on(unit, day) for unit in units)}.values())
    settings = {name: getattr(year, name) for name in _COPIED}
    return open_year(year.bloc, year=year.year + 1, members=heirs, by=by, on=on, **settings)


@transaction.atomic
def start_year(year: BlocYear, *, by: User | None) -> BlocYear:
    """Begin a year that was being prepared."""
    year = BlocYear.objects.select_for_update().get(pk=year.pk)
    advance(year, BlocYear.State.OPEN)
    record("start_year", year, by=by, year=year.pk)
    return year


@transaction.atomic
def close_year(year: BlocYear, *, by: User | None) -> BlocYear:
    """End a year for good: everything in it is read-only from now on."""
    year = BlocYear.objects.select_for_update().get(pk=year.pk)
    advance(year, BlocYear.State.CLOSED)
    record("close_year", year, by=by, year=year.pk)
    return year


def enrol(year: BlocYear, members: Sequence[Unit], *, on: dt.date, after: int = 0) -> list[Membership]:
    """Store units as members of a year in the given order, under their names of that year; part of an act."""
    names = names_on(members, max(on, dt.date(year.year, 1, 1)) if on.year <= year.year else dt.date(year.year, 12, 31))
    rows = []
    for position, unit in enumerate(members, start=after + 1):
        name = names.get(unit.pk, unit)
        rows.append(
            Membership.objects.create(
                year=year,
                unit=unit,
                position=position,
                name=name.name,
                short_name=name.short_name,
                province=name.province,
            )
        )
    return rows


@transaction.atomic
def install_leadership(
    year: BlocYear, *, role: str, unit: Unit, from_on: dt.date, source: str, by: User | None
) -> LeadershipTerm:
    """Make a member the leader or deputy leader of a year from a day on; the present one's term ends the day before.

    Named again for the day on which the present term begins, the term is corrected in place (the log keeps both).
    A deputy that becomes leader is deputy no longer. `source` is the paper or the result it rests on.
    Raises YearClosed, NotAMember, AlreadyLeads (a leader as deputy), TermTooEarly.
    """
    refuse_past(year)
    BlocYear.objects.select_for_update().get(pk=year.pk)
    if not Membership.objects.filter(year=year, unit=unit).exists():
        message = f"{unit.name} không phải là đơn vị thành viên năm {year.year}. Không có nội dung nào bị thay đổi."
        raise NotAMember(message)
    _free_from_other_role(year, role, unit, from_on)
    present = LeadershipTerm.objects.select_for_update().filter(year=year, role=role, until_on=None).first()
    before = present.unit_id if present else None
    term = _succeed(present, LeadershipTerm(year=year, role=role, unit=unit, from_on=from_on, source=source))
    year.__dict__.pop("_leaderships", None)
    record(
        "install_leadership",
        term,
        by=by,
        year=year.pk,
        unit=unit.pk,
        role=role,
        from_on=from_on,
        source=source,
        before=before,
    )
    return term


def _free_from_other_role(year: BlocYear, role: str, unit: Unit, from_on: dt.date) -> None:
    other = LeadershipTerm.objects.filter(year=year, unit=unit, until_on=None).exclude(role=role).first()
    if other is None:
        return
    if other.role == LeadershipTerm.Role.LEADER:
        word = year.bloc.leader_word
        message = f"{unit.name} đang là {word} năm {year.year} nên không đồng thời là {year.bloc.deputy_word}."
        raise AlreadyLeads(message)
    _end(other, from_on)


def _succeed(present: LeadershipTerm | None, term: LeadershipTerm) -> LeadershipTerm:
    if present is None:
        term.save()
        return term
    if present.from_on == term.from_on:
        present.unit, present.source = term.unit, term.source
        present.save(update_fields=["unit", "source"])
        return present
    if present.unit_id == term.unit_id and present.from_on < term.from_on:
        return present
    _end(present, term.from_on)
    term.save()
    return term


def _end(term: LeadershipTerm, day: dt.date) -> None:
    """End a term the day before; a term that would begin on or after the day can only be ended if it began earlier."""
    if term.from_on >= day:
        message = (
            f"Nhiệm kỳ hiện tại bắt đầu từ ngày {term.from_on:%d/%m/%Y}; nhiệm kỳ mới phải bắt đầu sau ngày đó. "
            "Không có nội dung nào bị thay đổi."
        )
        raise TermTooEarly(message)
    term.until_on = day - dt.timedelta(days=1)
    term.save(update_fields=["until_on"])
