"""Opening a file people bring as rows of raw cells: .xlsx and UTF-8 .csv, nothing else, within limits."""

import csv
import io
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from typing import IO, Any

from blocs.errors import Refusal

MAX_BYTES = 20 * 1024 * 1024
MAX_UNPACKED = 100 * 1024 * 1024
MAX_ROWS = 20_000
MAX_COLUMNS = 200
_OLD_EXCEL = b"\xd0\xcf\x11\xe0"
_ZIP = b"PK\x03\x04"
DELIMITERS = (",", ";", "\t")
SAVE_AGAIN = "Lưu lại dạng CSV UTF-8 hoặc xlsx"
_NOTHING_SAVED = "Chưa có nội dung nào được ghi."


class SheetRefused(Refusal):
    """The file as a whole cannot be read; the sentence says why and what to do."""

    status = 422


class Uncomputed:
    """A formula cell without a kept value."""


UNCOMPUTED = Uncomputed()
Row = tuple[int, list[Any]]


@dataclass(frozen=True)
class Grid:
    """One sheet: its name ("" for csv) and its numbered rows, as Excel numbers them; empty rows left out."""

    name: str
    rows: list[Row]


def open_grids(upload: IO[bytes], name: str) -> list[Grid] | str:
    """Return the sheets of an xlsx file, or the text of a csv file (whose delimiter its headers will tell).

    Raises SheetRefused: too large, .xls, .xlsm, damaged, another encoding, too many rows.
    """
    upload.seek(0, io.SEEK_END)
    if upload.tell() > MAX_BYTES:
        raise SheetRefused(f"Không nhận tệp “{name}” vì lớn hơn {MAX_BYTES // 1024**2} MB. {_NOTHING_SAVED}")
    upload.seek(0)
    content = upload.read()
    ending = name.rpartition(".")[2].lower()
    if ending in {"xlsm", "xltm"}:
        raise SheetRefused(f"Không nhận tệp “{name}” vì có thể chứa macro. {SAVE_AGAIN}. {_NOTHING_SAVED}")
    if ending == "xls" or content.startswith(_OLD_EXCEL):
        raise SheetRefused(f"Không nhận tệp “{name}” vì là dạng Excel cũ (.xls). {SAVE_AGAIN}. {_NOTHING_SAVED}")
    if content.startswith(_ZIP):
        return _workbook(content, name)
    if ending == "xlsx":
        raise SheetRefused(f"Không đọc được tệp “{name}”: nội dung không phải Excel. {SAVE_AGAIN}. {_NOTHING_SAVED}")
    return _text(content, name)


def _text(content: bytes, name: str) -> str:
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise SheetRefused(f"Bảng mã của tệp “{name}” không phải UTF-8. {SAVE_AGAIN}. {_NOTHING_SAVED}") from error
    if "\x00" in text:
        raise SheetRefused(f"Bảng mã của tệp “{name}” không phải UTF-8. {SAVE_AGAIN}. {_NOTHING_SAVED}")
    return text


def parse_csv(text: str, delimiter: str, name: str) -> list[Row]:
    """Return the numbered rows of a csv text; quotes and line breaks in cells as in RFC 4180."""
    rows: list[Row] = []
    try:
        for number, cells in enumerate(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True), 1):
            _check_width(len(cells), name)
            if any(cell.strip() for cell in cells):
                rows.append((number, list(cells)))
            _check_length(len(rows), name)
    except csv.Error as error:
        raise SheetRefused(f"Tệp “{name}” có dấu ngoặc kép không khép hoặc ô quá dài. {SAVE_AGAIN}.") from error
    return rows


def split_csv(text: str) -> tuple[str, tuple[str, ...]]:
    """Return the text without its `sep=` line, and the delimiters to try: only the named one, else all."""
    first, _, rest = text.partition("\n")
    mark = first.strip('\r" ')
    if mark.lower().startswith("sep=") and len(mark) == len("sep=") + 1:
        return rest, (mark[-1],)
    return (rest, ("\t",)) if mark.lower() == "sep=" else (text, DELIMITERS)


def _workbook(content: bytes, name: str) -> list[Grid]:
    _check_package(content, name)
    from openpyxl import load_workbook  # noqa: PLC0415 - half a second that only imports need

    try:
        values = load_workbook(io.BytesIO(content), read_only=True, data_only=True, keep_links=False)
        written = load_workbook(io.BytesIO(content), read_only=True, data_only=False, keep_links=False)
        return [Grid(sheet.title, list(_rows(sheet, written[sheet.title], name))) for sheet in values.worksheets]
    except SheetRefused:
        raise
    except Exception as error:  # openpyxl raises whatever its parsers raise
        raise SheetRefused(f"Không mở được tệp “{name}”: tệp bị hỏng. {SAVE_AGAIN}. {_NOTHING_SAVED}") from error


def _check_package(content: bytes, name: str) -> None:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as package:
            parts = package.infolist()
    except (zipfile.BadZipFile, ValueError, OSError) as error:
        raise SheetRefused(f"Không mở được tệp “{name}”: tệp bị hỏng. {SAVE_AGAIN}. {_NOTHING_SAVED}") from error
    names = {part.filename.lower() for part in parts}
    if any(part.endswith("vbaproject.bin") for part in names):
        raise SheetRefused(f"Không nhận tệp “{name}” vì có chứa macro. {SAVE_AGAIN}. {_NOTHING_SAVED}")
    if "xl/workbook.xml" not in names:
        raise SheetRefused(f"Không đọc được tệp “{name}”: nội dung không phải Excel. {SAVE_AGAIN}. {_NOTHING_SAVED}")
    if sum(part.file_size for part in parts) > MAX_UNPACKED:
        raise SheetRefused(f"Không nhận tệp “{name}” vì dung lượng sau khi giải nén quá lớn. {_NOTHING_SAVED}")


def _rows(values: Any, written: Any, name: str) -> Iterator[Row]:
    found = 0
    limits = {"max_row": MAX_ROWS * 3 + 1, "max_col": MAX_COLUMNS + 1}
    values.reset_dimensions()
    written.reset_dimensions()
    pairs = zip(values.iter_rows(**limits), written.iter_rows(**limits), strict=False)
    for number, (shown, typed) in enumerate(pairs, 1):
        cells = [_cell(value, origin) for value, origin in zip(shown, typed, strict=False)]
        while cells and (cells[-1] is None or cells[-1] == ""):
            cells.pop()
        if not cells:
            continue
        _check_width(len(cells), name)
        found += 1
        _check_length(found if number <= MAX_ROWS * 3 else number, name)
        yield number, cells


def _cell(value: Any, origin: Any) -> Any:
    if origin.data_type == "f" and value.value is None:
        return UNCOMPUTED
    return value.value


def _check_length(rows: int, name: str) -> None:
    if rows > MAX_ROWS:
        raise SheetRefused(f"Không nhận tệp “{name}” vì có quá {MAX_ROWS} dòng. Đề nghị tách tệp. {_NOTHING_SAVED}")


def _check_width(columns: int, name: str) -> None:
    if columns > MAX_COLUMNS:
        raise SheetRefused(f"Không nhận tệp “{name}” vì có quá {MAX_COLUMNS} cột. {_NOTHING_SAVED}")
