"""Lists of units and of members, taken over whole or not at all."""

import datetime as dt
from typing import Any

from django.db import transaction

from blocs.actions.units import amend_name, amend_unit, record_succession, record_unit, rename_unit
from blocs.actions.year_settings import set_members
from blocs.actions.years import install_leadership, open_year
from blocs.audit import record
from blocs.errors import Refusal
from blocs.models import Bloc, BlocYear, LeadershipTerm, Unit, User
from blocs.rosters.members import MemberList
from blocs.rosters.units import ADD, RENAME, UnitLine, UnitList

_SOURCE = "Danh sách đơn vị thành viên nhập từ tệp"


class FaultyList(Refusal):
    """The list has faults: nothing of it is taken over."""

    status = 422


@transaction.atomic
def import_units(roster: UnitList, *, by: User | None) -> int:
    """Record, rename and update units as a list says, then who succeeded whom. Returns the number of rows.

    Raises FaultyList, and what the single acts raise; then nothing is kept.
    """
    _refuse_faults(roster)
    for line in roster.lines:
        _take(line, by)
    for line in roster.lines:
        if line.successor and line.valid_to:
            unit = Unit.objects.select_related("successor").get(code__iexact=line.code)
            heir = Unit.objects.get(code__iexact=line.successor)
            if unit.successor != heir:
                record_succession([unit], successor=heir, on=line.valid_to + dt.timedelta(days=1), by=by)
    if roster.lines:
        last = Unit.objects.get(code__iexact=roster.lines[-1].code)
        record("import_units", last, by=by, rows=len(roster.lines), units=[line.code for line in roster.lines])
    return len(roster.lines)


@transaction.atomic
def import_members(bloc: Bloc, *, year: int, roster: MemberList, by: User | None, on: dt.date) -> BlocYear:
    """Make a list the members of a year, in its order, and install the leader and deputy it names; opens a missing year.

    Raises FaultyList, YearClosed, and what the single acts raise; then nothing is kept.
    """
    _refuse_faults(roster)
    found = BlocYear.objects.filter(bloc=bloc, year=year).select_related("bloc").first()
    if found is None:
        found = open_year(bloc, year=year, members=roster.members, by=by, on=on)
    leaders = [term.unit for term in found.terms.filter(until_on=None).select_related("unit")]
    set_members(found, members=list(dict.fromkeys([*roster.members, *leaders])), by=by, on=on)
    for role in LeadershipTerm.Role:
        _install(found, role, roster.unit_with(role), by)
    set_members(found, members=roster.members, by=by, on=on)
    record("import_members", found, by=by, year=found.pk, members=[unit.code for unit in roster.members])
    return found


def _install(year: BlocYear, role: str, unit: Unit | None, by: User | None) -> None:
    present = year.terms.filter(role=role, until_on=None).first()
    if unit is None or (present is not None and present.unit_id == unit.pk):
        return
    from_on = present.from_on if present else dt.date(year.year, 1, 1)
    install_leadership(year, role=role, unit=unit, from_on=from_on, source=_SOURCE, by=by)


def _refuse_faults(roster: UnitList | MemberList) -> None:
    if roster.faults:
        message = f"Danh sách còn {len(roster.faults)} chỗ cần sửa. Chưa có nội dung nào được ghi."
        raise FaultyList(message)


def _take(line: UnitLine, by: User | None) -> None:
    names = {"name": line.name, "short_name": line.short_name, "province": line.province}
    plain: dict[str, Any] = {key: value for key, value in (("kind", line.kind), ("valid_to", line.valid_to)) if value}
    if line.step == ADD:
        record_unit(code=line.code, valid_from=line.valid_from, by=by, **names, **plain)
        return
    unit = Unit.objects.get(code__iexact=line.code)
    if line.step == RENAME and line.valid_from is not None:
        rename_unit(unit, **names, valid_from=line.valid_from, by=by)
        names = {}
    said = {key: value for key, value in names.items() if value}
    if unit.names.filter(valid_from=line.valid_from).exists():
        amend_name(unit, valid_from=line.valid_from, by=by, **said)
        said = {}
    amend_unit(unit, by=by, **said, **plain)
