"""A list of units brought as a file: its columns, its meaning, its preview."""

import datetime as dt
import re
from collections.abc import Collection
from dataclasses import dataclass
from typing import IO

from blocs.models import Unit, UnitName
from blocs.sheets import Column, Fault, Line, Preview, Reading, read_table, template
from blocs.text import date

COLUMNS = (
    Column("code", "Mã", ("mã đơn vị",), "code", required=True, longest=40, hint="giữ nguyên khi đơn vị đổi tên"),
    Column("name", "Tên", ("tên đầy đủ",), required=True, longest=250, hint="như in trên văn bản"),
    Column("short_name", "Tên ngắn", ("short name",), longest=80, hint="bỏ trống: lấy tên tỉnh"),
    Column("province", "Tỉnh", ("tỉnh, thành phố",), longest=80),
    Column("kind", "Loại", ("loại đơn vị",), longest=80),
    Column("valid_from", "Từ ngày", ("valid from",), "date", hint="cùng mã, ngày sau: đổi tên; cùng ngày: cập nhật"),
    Column("valid_to", "Đến ngày", ("valid to",), "date", hint="ngày cuối cùng hoạt động"),
    Column("successor", "Đơn vị kế thừa", (), "code", longest=40, hint="mã; cần có Đến ngày"),
)
_CODE = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,39}")
ADD, RENAME, UPDATE = "Thêm mới", "Đổi tên", "Cập nhật"


@dataclass(frozen=True)
class UnitLine:
    """One row: a unit, or one of its names; `step` says what it does."""

    row: int
    code: str
    name: str
    short_name: str
    province: str
    kind: str
    valid_from: dt.date | None
    valid_to: dt.date | None
    successor: str
    step: str


@dataclass(frozen=True)
class UnitList:
    """What a file says: its rows in the order in which they take effect, and every fault."""

    lines: tuple[UnitLine, ...]
    faults: tuple[Fault, ...]
    unknown: tuple[str, ...] = ()

    @property
    def preview(self) -> Preview:
        """What would be written."""
        rows = [
            (line.step, line.code, line.name, line.short_name, line.province, date(line.valid_from), line.successor)
            for line in self.lines
        ]
        steps = [line.step for line in self.lines]
        summary = [f"{step}: {steps.count(step)} dòng" for step in (ADD, RENAME, UPDATE) if step in steps]
        headers = ("Việc", "Mã", "Tên", "Tên ngắn", "Tỉnh", "Từ ngày", "Đơn vị kế thừa")
        return Preview("Danh sách đơn vị", headers, rows, summary, self.unknown, (), self.faults)


def unit_template() -> bytes:
    """Return an empty table to fill in (xlsx)."""
    return template(COLUMNS, "Đơn vị")


def read_units(upload: IO[bytes], name: str, *, closed_to: Collection[int] = ()) -> UnitList:
    """Read a list of units and check every row against what is recorded.

    `closed_to` are primary keys of units that the reader may not change. Raises SheetRefused when the file cannot be
    read at all.
    """
    reading = read_table(upload, name, COLUMNS)
    if reading is None:
        return UnitList((), ())
    known = {unit.code.casefold(): unit for unit in Unit.objects.select_related("successor")}
    days: dict[str, set[dt.date | None]] = {}
    for code, day in UnitName.objects.values_list("unit__code", "valid_from"):
        days.setdefault(code.casefold(), set()).add(day)
    ordered = sorted(reading.lines, key=lambda line: (line["valid_from"] or dt.date.min, line.row))
    steps = {line.row: _step(reading, line, days) for line in ordered}
    codes = set(days)
    for line in reading.lines:
        _check(reading, line, codes)
        unit = known.get(line["code"].casefold())
        if unit is not None:
            _check_known(reading, line, unit, closed_to)
    lines = tuple(_line(line, steps[line.row]) for line in ordered)
    return UnitList(lines, tuple(sorted(reading.faults, key=lambda fault: fault.row)), tuple(reading.unknown))


def _step(reading: Reading, line: Line, days: dict[str, set[dt.date | None]]) -> str:
    """Say what a row does, and remember the day of its name for the rows that follow."""
    day, known = line["valid_from"], days.setdefault(line["code"].casefold(), set())
    if not known:
        known.add(day)
        return ADD
    if day is None or day in known:
        return UPDATE
    latest = max(filter(None, known), default=None)
    if latest is not None and day < latest:
        expected = f"từ ngày {date(latest)} trở đi"
        reading.blame(line, "valid_from", f"đơn vị đã có tên ghi từ ngày {date(latest)}", expected)
        return UPDATE
    known.add(day)
    return RENAME


def _check(reading: Reading, line: Line, codes: set[str]) -> None:
    if not line["code"]:
        reading.blame(line, "code", "ô trống", "mã đơn vị")
    elif not _CODE.fullmatch(line["code"]):
        reading.blame(line, "code", f"mã “{line['code']}” có ký tự không dùng được", "chữ không dấu, chữ số, . _ -")
    if not line["name"]:
        reading.blame(line, "name", "ô trống", "tên đầy đủ")
    start, end = line["valid_from"], line["valid_to"]
    if start and end and end < start:
        reading.blame(line, "valid_to", f"{date(end)} trước ngày bắt đầu {date(start)}", "ngày từ ngày bắt đầu trở đi")
    successor = line["successor"].casefold()
    if successor and successor not in codes:
        reading.blame(line, "successor", f"không có đơn vị mã “{line['successor']}”", "mã có trong tệp hoặc đã ghi")
    if successor and successor == line["code"].casefold():
        reading.blame(line, "successor", "đơn vị không kế thừa chính mình", "mã của đơn vị khác")
    if successor and end is None:
        reading.blame(line, "valid_to", "ô trống trong khi có đơn vị kế thừa", "ngày cuối cùng hoạt động")


def _check_known(reading: Reading, line: Line, unit: Unit, closed_to: Collection[int]) -> None:
    if unit.pk in closed_to:
        reading.blame(line, "code", f"mã “{line['code']}” là của đơn vị do cơ quan khác quản lý")
    heir = unit.successor
    if heir is not None and line["successor"] and heir.code.casefold() != line["successor"].casefold():
        reading.blame(line, "successor", f"đã ghi đơn vị kế thừa là {heir.code}", heir.code)


def _line(line: Line, step: str) -> UnitLine:
    short = line["short_name"] or line["province"] or line["name"][:80]
    return UnitLine(
        line.row,
        line["code"],
        line["name"],
        short,
        line["province"],
        line["kind"],
        line["valid_from"],
        line["valid_to"],
        line["successor"],
        step,
    )
