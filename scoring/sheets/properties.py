"""The properties of a criteria table: a sheet, a second file, or options of the command."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from blocs.sheets import Column, Fault, Reading
from blocs.text import NotANumber, nfc, number, parse_number
from scoring.models import BLOCKING
from scoring.parameters import places
from scoring.plans import TablePlan, TableProperties
from scoring.points import Kind
from scoring.ranking import NotApplicable

SHEETS = ("Thiết lập", "settings")
COLUMNS = (
    Column("key", "Thiết lập", ("Khóa", "Tên thiết lập"), "text", required=True, hint="tên của thiết lập"),
    Column("value", "Giá trị", (), "text", required=True, hint="giá trị"),
)
KEYS = ("decimals", "bonus_cap", "na", "tie_breaks", "grades", "total", "blocking", "source", "confirmed_by")
_NOT_APPLICABLE = {"full": NotApplicable.FULL, "exclude": NotApplicable.EXCLUDE, "zero": NotApplicable.ZERO}
_MOST_DECIMALS = 6


@dataclass(frozen=True)
class Setting:
    """One typed property and where it stands: a row of the settings, or 0 for an option."""

    text: str
    row: int = 0


class _Refused(ValueError):
    pass


def read_settings(reading: Reading | None) -> tuple[dict[str, Setting], list[Fault]]:
    """Return the properties a settings sheet states, and what is wrong with its rows."""
    stated: dict[str, Setting] = {}
    faults = list(reading.faults) if reading else []
    for line in reading.lines if reading else ():
        key = line["key"].lower().replace("-", "_")
        if key not in KEYS:
            faults.append(Fault(line.row, "Thiết lập", f"không có thiết lập “{line['key']}”", ", ".join(KEYS)))
        elif key in stated:
            faults.append(Fault(line.row, "Thiết lập", f"thiết lập “{key}” có hai lần"))
        else:
            stated[key] = Setting(line["value"], line.row)
    return stated, faults


def parse_properties(stated: Mapping[str, Setting]) -> tuple[TableProperties, list[Fault]]:
    """Return the properties of a table, defaults for what is empty or absent, and a fault for each wrong value."""
    values: dict[str, Any] = {}
    faults: list[Fault] = []
    for key, setting in stated.items():
        if not setting.text.strip():
            continue
        field, read = _READERS[key]
        try:
            values[field] = read(nfc(setting.text))
        except (_Refused, NotANumber) as refusal:
            faults.append(Fault(setting.row, f"thiết lập {key}", str(refusal)))
    return TableProperties(**values), faults


def property_faults(plan: TablePlan, stated: Mapping[str, Setting]) -> list[Fault]:
    """Return what is wrong between the properties and the rows of a table."""
    found = []

    def blame(key: str, problem: str, expected: str = "") -> None:
        found.append(Fault(stated[key].row if key in stated else 0, f"thiết lập {key}", problem, expected))

    properties = plan.properties
    codes = {row.code for row in plan.rows}
    for key in properties.tie_breaks:
        if key not in codes | {"base", "bonus", "deduction"}:
            blame("tie_breaks", f"không có dòng nào mang mã {key}", "base, bonus, deduction hoặc mã một dòng của bảng")
    if properties.bonus_cap is not None and places(properties.bonus_cap) > properties.decimals:
        blame("bonus_cap", f"có quá {properties.decimals} chữ số thập phân")
    base = sum(
        (
            row.max_points or Decimal(0)
            for row in plan.rows
            if row.code not in plan.groups and plan.kind_of(row) is Kind.BASE
        ),
        Decimal(0),
    )
    if properties.total is not None and properties.total != base:
        blame(
            "total",
            f"tổng điểm ghi {number(properties.total)} khác tổng điểm chuẩn của bảng {number(base)}",
            number(base),
        )
    return found


def _decimals(text: str) -> int:
    amount = parse_number(text)
    if amount != amount.to_integral_value() or not 0 <= amount <= _MOST_DECIMALS:
        message = f"số chữ số thập phân phải là số nguyên từ 0 đến {_MOST_DECIMALS}, không phải “{text}”"
        raise _Refused(message)
    return int(amount)


def _cap(text: str) -> Decimal:
    amount = parse_number(text)
    if amount < 0:
        raise _Refused("điểm thưởng tối đa không được nhỏ hơn 0")
    return amount


def _na(text: str) -> NotApplicable:
    if text.lower() not in _NOT_APPLICABLE:
        message = f"“{text}” không phải full, exclude hoặc zero"
        raise _Refused(message)
    return _NOT_APPLICABLE[text.lower()]


def _parts(text: str) -> tuple[str, ...]:
    parts = tuple(part.strip() for part in text.split("/"))
    if not all(parts) or len(set(parts)) < len(parts):
        message = f"“{text}” có phần trống hoặc lặp lại"
        raise _Refused(message)
    return parts


def _tie_breaks(text: str) -> tuple[str, ...]:
    reserved = {"base", "bonus", "deduction"}
    return tuple(part.lower() if part.lower() in reserved else part for part in _parts(text))


def _grades(text: str) -> tuple[tuple[str, Decimal], ...]:
    grades = []
    for part in _parts(text):
        name, mark, threshold = (piece.strip() for piece in part.rpartition(":"))
        if not (name and mark):
            message = f"“{part}” phải viết dạng Tên:điểm"
            raise _Refused(message)
        grades.append((name, parse_number(threshold)))
    if len({name for name, _ in grades}) < len(grades) or len({value for _, value in grades}) < len(grades):
        raise _Refused("tên hoặc ngưỡng xếp loại bị lặp")
    return tuple(grades)


def _blocking(text: str) -> tuple[str, ...]:
    parts = tuple(part.lower() for part in _parts(text))
    for part in parts:
        if part not in BLOCKING:
            message = f"“{part}” không phải một trong {', '.join(BLOCKING)}"
            raise _Refused(message)
    return parts


def _short(longest: int) -> Callable[[str], str]:
    def read(text: str) -> str:
        if len(text) > longest:
            message = f"dài quá {longest} ký tự"
            raise _Refused(message)
        return text

    return read


_READERS: dict[str, tuple[str, Callable[[str], Any]]] = {
    "decimals": ("decimals", _decimals),
    "bonus_cap": ("bonus_cap", _cap),
    "na": ("not_applicable", _na),
    "tie_breaks": ("tie_breaks", _tie_breaks),
    "grades": ("grades", _grades),
    "total": ("total", parse_number),
    "blocking": ("blocking", _blocking),
    "source": ("source", _short(500)),
    "confirmed_by": ("confirmed_by", _short(250)),
}
