"""Reading awards of past years from a file, with a fault for every cell that cannot be taken."""

from dataclasses import dataclass, field
from datetime import date as day
from typing import IO, Any

from awards.models import Award, PastAward
from blocs.models import Authority, Bloc, Unit
from blocs.queries.units import UnitFinder
from blocs.sheets import Column, Fault, Line, Preview, Reading, read_table, template

COLUMNS = (
    Column(
        "unit", "Đơn vị", ("mã đơn vị", "tên đơn vị"), "code", required=True, longest=250, hint="mã hoặc tên đầy đủ"
    ),
    Column("year", "Năm", ("năm thành tích",), "whole", required=True, hint="năm của thành tích"),
    Column("award", "Danh hiệu, hình thức", ("hình thức", "danh hiệu"), required=True, longest=250),
    Column("name", "Tên được tặng", ("tên tập thể",), longest=250, hint="bỏ trống: tên đơn vị"),
    Column("number", "Số quyết định", ("quyết định",), longest=80),
    Column("decided_on", "Ngày quyết định", ("ngày",), "date"),
    Column("issuer", "Cấp quyết định", ("cơ quan quyết định",), longest=250),
    Column("bloc", "Khối thi đua", ("mã khối",), "code", longest=40, hint="mã khối, có thể bỏ trống"),
)
FIRST, LAST = 1948, 2100


@dataclass(frozen=True)
class PastLine:
    """One award of the file."""

    unit: Unit
    year: int
    award_name: str
    award: Award | None
    printed_name: str
    number: str
    decided_on: day | None
    issuer: str
    bloc: Bloc | None


@dataclass(frozen=True)
class PastList:
    """What a file says, with every fault."""

    lines: tuple[PastLine, ...]
    faults: tuple[Fault, ...]
    unknown: tuple[str, ...] = field(default=())

    @property
    def preview(self) -> Preview:
        """What would be written."""
        rows = [
            (str(line.year), line.unit.code, line.printed_name, line.award_name, line.number,
             f"{line.decided_on:%d/%m/%Y}" if line.decided_on else "", line.bloc.code if line.bloc else "")
            for line in self.lines
        ]  # fmt: skip
        headers = ("Năm", "Mã", "Tên được tặng", "Danh hiệu, hình thức", "Số quyết định", "Ngày", "Khối")
        summary = (f"{len(rows)} khen thưởng",)
        return Preview("Khen thưởng các năm trước", headers, rows, summary, self.unknown, (), self.faults)


def past_template() -> bytes:
    """Return an empty table to fill in (xlsx)."""
    return template(COLUMNS, "Khen thưởng các năm trước")


def read_past_awards(upload: IO[bytes], name: str, authority: Authority) -> PastList:
    """Read awards of past years; units by code or name, blocs of the authority by code. Raises SheetRefused."""
    reading = read_table(upload, name, COLUMNS)
    if reading is None:
        return PastList((), ())
    known: dict[str, dict[str, Any]] = {
        "awards": {award.name.casefold(): award for award in Award.objects.all()},
        "blocs": {bloc.code.casefold(): bloc for bloc in Bloc.objects.filter(authority=authority)},
        "there": _recorded(authority),
    }
    finder = UnitFinder()
    found = [_line(reading, line, finder, known) for line in reading.lines]
    if not reading.lines and not reading.faults:
        reading.faults.append(Fault(0, "Đơn vị", "tệp không có khen thưởng nào", "ít nhất một dòng"))
    return PastList(tuple(line for line in found if line), tuple(reading.faults), tuple(reading.unknown))


def _recorded(authority: Authority) -> dict[Any, Any]:
    rows = PastAward.objects.filter(authority=authority).values_list("unit", "year", "award_name", "number")
    return dict.fromkeys(rows, 0)


def _line(reading: Reading, line: Line, finder: UnitFinder, known: dict[str, dict[Any, Any]]) -> PastLine | None:
    unit = finder.find(line["unit"])
    if unit is None:
        reading.blame(line, "unit", f"không có đơn vị “{line['unit']}”", "mã hoặc tên đầy đủ của một đơn vị đã ghi")
    year = line["year"]
    if year is not None and not FIRST <= int(year) <= LAST:
        reading.blame(line, "year", f"năm {year} không hợp lệ", f"từ {FIRST} đến {LAST}")
        year = None
    code = line["bloc"] or ""
    bloc = known["blocs"].get(code.casefold())
    if code and bloc is None:
        reading.blame(line, "bloc", f"không có khối “{code}”", "mã một khối của cơ quan, hoặc bỏ trống")
    if unit is None or year is None or not line["award"]:
        return None
    key = (unit.pk, int(year), line["award"], line["number"] or "")
    if key in known["there"]:
        reading.blame(line, "award", "khen thưởng này đã được ghi", "mỗi khen thưởng một lần")
    known["there"][key] = line.row
    return PastLine(
        unit, int(year), line["award"], known["awards"].get(line["award"].casefold()), line["name"] or unit.name,
        line["number"] or "", line["decided_on"], line["issuer"] or "", bloc,
    )  # fmt: skip
