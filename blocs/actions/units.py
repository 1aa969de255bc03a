"""Units are recorded, renamed and merged; what they were called before stays."""

import datetime as dt
from collections.abc import Mapping, Sequence

from django.db import transaction

from blocs.audit import record
from blocs.errors import Refusal
from blocs.models import BlocYear, Membership, Unit, UnitName, User
from blocs.text import nfc

NAME_FIELDS = ("name", "short_name", "province")
PLAIN_FIELDS = ("kind", "superior", "head_title", "symbol", "valid_from", "valid_to")


class CodeTaken(Refusal):
    """Another unit has the code."""

    status = 422


class NameDated(Refusal):
    """The unit has a name from that day already, or a later one."""

    status = 422


class NoSuccession(Refusal):
    """The merger contradicts what is recorded."""

    status = 422


@transaction.atomic
def record_unit(
    *,
    code: str,
    name: str,
    short_name: str,
    province: str = "",
    valid_from: dt.date | None = None,
    by: User | None,
    **fields: object,
) -> Unit:
    """Record a unit under its code for life and its first name. `fields`: kind, superior, head_title, symbol, valid_to.

    Raises CodeTaken.
    """
    if Unit.objects.filter(code__iexact=code).exists():
        message = f"Mã “{code}” đã có đơn vị khác dùng. Nội dung đã nhập vẫn còn trên trang."
        raise CodeTaken(message)
    names = {"name": nfc(name), "short_name": nfc(short_name) or nfc(name)[:80], "province": nfc(province)}
    plain = {key: nfc(value) if isinstance(value, str) else value for key, value in fields.items()}
    unit = Unit.objects.create(**{"code": nfc(code), "valid_from": valid_from} | names | plain)
    UnitName.objects.create(unit=unit, valid_from=valid_from, **names)
    record("record_unit", unit, by=by, unit=unit.pk, code=unit.code, valid_from=valid_from)
    return unit


@transaction.atomic
def rename_unit(
    unit: Unit, *, name: str, short_name: str, province: str, valid_from: dt.date, by: User | None
) -> UnitName:
    """Give a unit a new name from a day on; years that ended, and years before that day, keep the old one.

    Raises NameDated when a name from that day or a later one is recorded already.
    """
    unit = Unit.objects.select_for_update().get(pk=unit.pk)
    later = unit.names.filter(valid_from__gte=valid_from).order_by("-valid_from").first()
    if later is not None:
        message = (
            f"Đơn vị đã có tên ghi từ ngày {later.valid_from:%d/%m/%Y}; tên mới phải bắt đầu sau ngày đó. "
            "Nội dung đã nhập vẫn còn trên trang."
        )
        raise NameDated(message)
    names = {"name": nfc(name), "short_name": nfc(short_name), "province": nfc(province)}
    renamed = UnitName.objects.create(unit=unit, valid_from=valid_from, **names)
    _rename_in_running_years(unit, names, valid_from)
    Unit.objects.filter(pk=unit.pk).update(**names)
    record("rename_unit", unit, by=by, unit=unit.pk, before=unit.name, after=names["name"], valid_from=valid_from)
    return renamed


@transaction.atomic
def amend_unit(unit: Unit, *, by: User | None, **fields: object) -> Unit:
    """Correct what is recorded of a unit without a change of name in the field (spelling, kind, symbol, dates).

    `fields` are any of NAME_FIELDS and PLAIN_FIELDS; a corrected name replaces the spelling of the latest name, and that
    of members in years that have not ended.
    """
    unit = Unit.objects.select_for_update().get(pk=unit.pk)
    clean = {key: nfc(value) if isinstance(value, str) else value for key, value in fields.items()}
    changed = {key: value for key, value in clean.items() if getattr(unit, key) != value}
    if not changed:
        return unit
    before = {key: getattr(unit, key) for key in changed}
    for key, value in changed.items():
        setattr(unit, key, value)
    unit.save(update_fields=list(changed))
    names = {key: value for key, value in changed.items() if key in NAME_FIELDS}
    latest = unit.names.last()
    if names and latest is not None:
        UnitName.objects.filter(pk=latest.pk).update(**names)
        _rename_in_running_years(unit, names, latest.valid_from or dt.date.min)
    record("amend_unit", unit, by=by, unit=unit.pk, before=before, after=changed)
    return unit


@transaction.atomic
def amend_name(unit: Unit, *, valid_from: dt.date | None, by: User | None, **names: str) -> UnitName:
    """Correct the spelling of the name that a unit has from a day (None: its first name); see amend_unit for the latest."""
    row = unit.names.get(valid_from=valid_from)
    if row == unit.names.last():
        amend_unit(unit, by=by, **names)
        return row
    changed = {key: nfc(value) for key, value in names.items() if getattr(row, key) != nfc(value)}
    if changed:
        UnitName.objects.filter(pk=row.pk).update(**changed)
        record("amend_name", unit, by=by, unit=unit.pk, after=changed, valid_from=valid_from)
    return row


@transaction.atomic
def record_succession(predecessors: Sequence[Unit], *, successor: Unit, on: dt.date, by: User | None) -> Unit:
    """Record that units were merged into (or replaced by) another from a day on; it inherits their history.

    A successor that is itself among the merged units goes on. Raises NoSuccession: nothing to merge, a unit already
    succeeded, a successor that has ended, or a circle.
    """
    keys = {unit.pk for unit in predecessors} - {successor.pk}
    merged = list(Unit.objects.select_for_update().filter(pk__in=keys).order_by("pk"))
    successor = Unit.objects.select_for_update().get(pk=successor.pk)
    _refuse_impossible(merged, successor, on)
    for unit in merged:
        unit.successor, unit.valid_to = successor, on - dt.timedelta(days=1)
        unit.save(update_fields=["successor", "valid_to"])
    codes = [unit.code for unit in merged]
    record("record_succession", successor, by=by, unit=successor.pk, predecessors=codes, on=on)
    return successor


def _rename_in_running_years(unit: Unit, names: Mapping[str, object], since: dt.date) -> None:
    years = BlocYear.objects.exclude(state=BlocYear.State.CLOSED).filter(year__gte=since.year)
    Membership.objects.filter(unit=unit, year__in=years).update(**names)


def _refuse_impossible(merged: Sequence[Unit], successor: Unit, on: dt.date) -> None:
    if not merged:
        message = "Chưa chọn đơn vị được sáp nhập. Nội dung đã nhập vẫn còn trên trang."
        raise NoSuccession(message)
    succeeded = [unit.name for unit in merged if unit.successor_id is not None]
    if succeeded:
        message = f"Đã ghi đơn vị kế thừa cho: {'; '.join(succeeded)}. Không có nội dung nào bị thay đổi."
        raise NoSuccession(message)
    if not successor.is_active(on):
        message = f"{successor.name} không hoạt động vào ngày {on:%d/%m/%Y} nên không kế thừa được."
        raise NoSuccession(message)
    began_late = [unit.name for unit in merged if unit.valid_from is not None and unit.valid_from >= on]
    if began_late:
        message = f"Ngày sáp nhập phải sau ngày thành lập của: {'; '.join(began_late)}."
        raise NoSuccession(message)
    heir: Unit | None = successor
    while heir is not None:
        if heir.pk in {unit.pk for unit in merged}:
            message = "Đơn vị kế thừa lại do chính đơn vị được sáp nhập kế thừa. Không có nội dung nào bị thay đổi."
            raise NoSuccession(message)
        heir = heir.successor
