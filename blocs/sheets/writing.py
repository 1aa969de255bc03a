"""Writing tables for people to take: numbers as numbers, text never as a formula."""

import csv
import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from blocs.sheets.reading import Column

_RISKY = ("=", "+", "-", "@", "\t", "\r")
_WIDEST = 60


@dataclass(frozen=True)
class Sheet:
    """One sheet to write: rows of text, numbers, dates or None; `decimals` formats the numbers that are Decimal."""

    title: str
    headers: Sequence[str]
    rows: Iterable[Sequence[Any]]
    decimals: int | None = None
    heading: Sequence[str] = ()


def write_xlsx(sheets: Sequence[Sheet]) -> bytes:
    """Return an xlsx file: text as strings whatever it begins with, numbers as numbers, the header row bold and frozen."""
    from openpyxl import Workbook  # noqa: PLC0415 - half a second that only exports need

    book = Workbook()
    book.remove(book.worksheets[0])
    for sheet in sheets:
        _write_sheet(book.create_sheet(sheet.title[:31]), sheet)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _write_sheet(page: Any, sheet: Sheet) -> None:
    from openpyxl.styles import Alignment, Font  # noqa: PLC0415
    from openpyxl.utils import get_column_letter  # noqa: PLC0415

    for number, line in enumerate(sheet.heading, 1):
        _put(page, number, 1, line, None).font = Font(bold=True)
    top = len(sheet.heading) + 1
    widths = [len(header) for header in sheet.headers]
    for place, header in enumerate(sheet.headers, 1):
        cell = _put(page, top, place, header, None)
        cell.font, cell.alignment = Font(bold=True), Alignment(wrap_text=True, vertical="top")
    for number, row in enumerate(sheet.rows, top + 1):
        for place, value in enumerate(row, 1):
            _put(page, number, place, value, sheet.decimals)
            widths[place - 1] = max(widths[place - 1], min(_WIDEST, len(str(value or ""))))
    for place, width in enumerate(widths, 1):
        page.column_dimensions[get_column_letter(place)].width = width + 2
    page.freeze_panes = page.cell(top + 1, 1)


def _put(page: Any, row: int, column: int, value: Any, decimals: int | None) -> Any:
    from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE  # noqa: PLC0415

    cell = page.cell(row, column)
    if isinstance(value, str):
        cell.value = ILLEGAL_CHARACTERS_RE.sub("", value)
        cell.data_type = "s"
    else:
        cell.value = value
        if isinstance(value, Decimal) and decimals is not None:
            cell.number_format = "#,##0" + ("." + "0" * decimals if decimals else "")
    return cell


def write_csv(headers: Sequence[str], rows: Iterable[Sequence[Any]]) -> str:
    """Return csv text (RFC 4180, comma); text that a spreadsheet would take for a formula gets a leading `'`."""
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow(headers)
    writer.writerows([_guarded(value) for value in row] for row in rows)
    return out.getvalue()


def _guarded(value: Any) -> Any:
    if isinstance(value, Decimal):
        return f"{value:f}"
    return f"'{value}" if isinstance(value, str) and value.startswith(_RISKY) else value


def template(columns: Sequence[Column], title: str, *, extra: Sequence[Sheet] = ()) -> bytes:
    """Return an empty xlsx table to fill in, with a sheet that explains each column."""
    kinds = {
        "text": "văn bản",
        "code": "văn bản (định dạng ô là Text)",
        "number": "số",
        "whole": "số nguyên",
        "yes_no": "có / không",
        "date": "ngày dd/mm/yyyy",
    }
    guide = [
        (column.label, "bắt buộc" if column.required else "", kinds[column.kind], column.hint) for column in columns
    ]
    sheets = [Sheet(title, [column.label for column in columns], [])]
    return write_xlsx([*sheets, *extra, Sheet("Hướng dẫn", ["Cột", "Bắt buộc", "Dạng", "Ý nghĩa"], guide)])
