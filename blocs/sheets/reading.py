"""Reading a table people bring: which columns it has, each cell's meaning, and every fault by row and column."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, Any

from blocs.sheets.cells import READERS, CellRefused, as_text
from blocs.sheets.grids import UNCOMPUTED, Row, SheetRefused, open_grids, parse_csv, split_csv
from blocs.text import nfc

_ERRORS = frozenset({"#REF!", "#N/A", "#VALUE!", "#DIV/0!", "#NAME?", "#NUM!", "#NULL!"})
_LOOK_FOR_HEADER = 20


@dataclass(frozen=True)
class Column:
    """A known column: its key, its Vietnamese label, other headers it answers to, and what its cells say.

    `kind` is text, code (a text cell), number, whole, yes_no or date; `longest` limits text; `hint` explains it.
    """

    key: str
    label: str
    names: tuple[str, ...] = ()
    kind: str = "text"
    required: bool = False
    longest: int = 1000
    hint: str = ""

    def answers_to(self, header: str) -> bool:
        """Whether a header (already a key of `header_key`) names this column."""
        return header in {header_key(name) for name in (self.key, self.label, *self.names)}


@dataclass(frozen=True)
class Fault:
    """What is wrong where: the row as Excel numbers it (0 for the whole file), the column, what was expected."""

    row: int
    column: str
    problem: str
    expected: str = ""

    @property
    def sentence(self) -> str:
        """The fault in one line."""
        place = ", ".join(
            filter(None, (f"dòng {self.row}" if self.row else "", f"cột “{self.column}”" if self.column else ""))
        )
        expected = f" (cần: {self.expected})" if self.expected else ""
        text = f"{place}: {self.problem}" if place else self.problem
        return f"{text[0].upper()}{text[1:]}{expected}."


@dataclass(frozen=True)
class Line:
    """One row of the table: its number and the value of every known column (absent columns give their empty value)."""

    row: int
    values: dict[str, Any]

    def __getitem__(self, key: str) -> Any:
        """Return the value of a column."""
        return self.values[key]


@dataclass
class Reading:
    """What was read: the lines, the keys of the columns present, unknown headers, and the faults found so far."""

    lines: list[Line]
    columns: tuple[Column, ...]
    present: frozenset[str] = frozenset()
    unknown: list[str] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)
    blamed: set[tuple[int, str]] = field(default_factory=set)

    def blame(self, line: Line, key: str, problem: str, expected: str = "") -> None:
        """Note a fault of a line in a column; of one cell only the first."""
        label = next((column.label for column in self.columns if column.key == key), key)
        if (line.row, key) not in self.blamed:
            self.blamed.add((line.row, key))
            self.faults.append(Fault(line.row, label, problem, expected))


def header_key(text: str) -> str:
    """Return a header as it is compared: NFC, trimmed, ordinary spaces, without case."""
    return " ".join(nfc(text).split()).casefold()


def read_table(
    upload: IO[bytes], name: str, columns: Sequence[Column], *, skip: Sequence[str] = (), only: Sequence[str] = ()
) -> Reading | None:
    """Read the first sheet that is not named in `skip` (or, with `only`, the one so named; None when there is none).

    Headers in any order, Vietnamese or English; unknown ones are named and ignored; each wrong cell is a fault.
    Raises SheetRefused when the file cannot be read at all or the header row is not found.
    """
    opened = open_grids(upload, name)
    if isinstance(opened, str):
        return None if only else _read(_csv_rows(opened, columns, name), columns, name)
    skipped, wanted = {header_key(title) for title in skip}, {header_key(title) for title in only}
    for grid in opened:
        title = header_key(grid.name)
        if title in wanted or (not wanted and title not in skipped):
            return _read(grid.rows, columns, name)
    return None if only else _read([], columns, name)


def read_path(path: str | Path, columns: Sequence[Column], **which: Sequence[str]) -> Reading | None:
    """Read a file of the operator's disk; see read_table."""
    try:
        with Path(path).open("rb") as upload:
            return read_table(upload, Path(path).name, columns, **which)
    except OSError as error:
        raise SheetRefused(f"Không mở được tệp “{path}”.") from error


def _csv_rows(text: str, columns: Sequence[Column], name: str) -> list[Row]:
    body, delimiters = split_csv(text)
    best: list[Row] = []
    score = -1
    refusal: SheetRefused | None = None
    for delimiter in delimiters:
        try:
            rows = parse_csv(body, delimiter, name)
        except SheetRefused as refused:
            refusal = refusal or refused
            continue
        known = max((len(_matches(cells, columns)) for _, cells in rows[:_LOOK_FOR_HEADER]), default=0)
        if known > score:
            best, score = rows, known
    if score < 0 and refusal is not None:
        raise refusal
    return best


def _matches(cells: Sequence[Any], columns: Sequence[Column]) -> dict[int, Column]:
    found: dict[int, Column] = {}
    for place, cell in enumerate(cells):
        header = header_key(as_text(cell)) if cell is not UNCOMPUTED else ""
        column = next((column for column in columns if header and column.answers_to(header)), None)
        if column is not None:
            found[place] = column
    return found


def _read(rows: Sequence[Row], columns: Sequence[Column], name: str) -> Reading:
    start, places = _header(rows, columns, name)
    reading = Reading([], tuple(columns), frozenset(column.key for column in places.values()))
    headers = [as_text(cell) for cell in rows[start][1]]
    reading.unknown = [header for place, header in enumerate(headers) if header and place not in places]
    row = rows[start][0]
    seen: set[str] = set()
    for column in places.values():
        if column.key in seen:
            reading.faults.append(Fault(row, column.label, "cột này có hai lần"))
        seen.add(column.key)
    for column in columns:
        if column.required and column.key not in seen:
            reading.faults.append(
                Fault(row, column.label, "thiếu cột này", " hoặc ".join((column.label, *column.names)))
            )
    if not reading.faults:
        reading.lines = [_line(number, cells, places, reading) for number, cells in rows[start + 1 :]]
    return reading


def _header(rows: Sequence[Row], columns: Sequence[Column], name: str) -> tuple[int, dict[int, Column]]:
    found = [_matches(cells, columns) for _, cells in rows[:_LOOK_FOR_HEADER]]
    alone = {column.key for column in columns if column.required}  # the one column that a file may consist of
    for needed in (2, 1) if len(alone) == 1 else (min(2, len(columns)),):
        for index, places in enumerate(found):
            if len(places) >= needed and (needed > 1 or alone <= {column.key for column in places.values()}):
                return index, places
    labels = ", ".join(f"“{column.label}”" for column in columns if column.required)
    raise SheetRefused(
        f"Không thấy dòng tiêu đề trong tệp “{name}”: cần có các cột {labels}. Chưa có nội dung nào được ghi."
    )


def _line(number: int, cells: Sequence[Any], places: dict[int, Column], reading: Reading) -> Line:
    line = Line(number, {column.key: READERS[column.kind](None) for column in reading.columns})
    for place, column in places.items():
        cell = cells[place] if place < len(cells) else None
        if cell is UNCOMPUTED:
            reading.blame(line, column.key, "ô công thức chưa có giá trị", "mở tệp bằng Excel, tính lại rồi lưu")
            continue
        if isinstance(cell, str) and cell.strip() in _ERRORS:
            reading.blame(line, column.key, f"ô công thức báo lỗi {cell}", "một giá trị")
            continue
        try:
            line.values[column.key] = READERS[column.kind](cell)
        except CellRefused as refusal:
            reading.blame(line, column.key, refusal.problem, refusal.expected)
            continue
        text = line.values[column.key]
        if isinstance(text, str) and len(text) > column.longest:
            reading.blame(line, column.key, f"dài {len(text)} ký tự", f"không quá {column.longest} ký tự")
    return line
