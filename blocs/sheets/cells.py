"""One cell of a table people bring: what it says, as text, number, date or yes/no. Pure."""

import datetime as dt
import re
from decimal import Decimal
from typing import Any

from blocs.text import NotANumber, nfc, number, parse_number

YES = frozenset({"có", "x", "1", "yes", "true"})
NO = frozenset({"không", "", "0", "no", "false"})
_GUARDED = re.compile(r"'[=+\-@\t\r]")


class CellRefused(ValueError):
    """The cell does not say what its column needs: `problem` and `expected` are Vietnamese."""

    def __init__(self, problem: str, expected: str) -> None:
        super().__init__(problem)
        self.problem = problem
        self.expected = expected


def as_text(value: Any) -> str:
    """Return any cell as NFC text; numbers plainly, dates dd/mm/yyyy, the guard `'` of our own csv removed."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "có" if value else "không"
    if isinstance(value, (int, float)):
        return f"{as_excel_decimal(value):f}"
    if isinstance(value, (dt.datetime, dt.date)):
        return f"{value:%d/%m/%Y}"
    text = str(value)
    return nfc(text[1:] if _GUARDED.match(text) else text)


def as_excel_decimal(value: float) -> Decimal:
    """Return a number cell as the 15-digit decimal Excel shows, never as a binary float: 0.1 + 0.2 is 0.3."""
    return Decimal(f"{value:.15g}")


def as_code(value: Any) -> str:
    """Return a code or a unit; a number cell is refused, because 1.10 would have become 1.1."""
    if isinstance(value, (bool, int, float, dt.datetime, dt.date)):
        problem = f"mã “{as_text(value)}” là ô số hoặc ô ngày"
        raise CellRefused(problem, "ô dạng văn bản (Text)")
    return as_text(value)


def as_number(value: Any) -> Decimal | None:
    """Return the number of a cell, None for an empty one."""
    if isinstance(value, bool):
        raise CellRefused(f"“{value}” không phải là số", "một số")
    if isinstance(value, (int, float)):
        return as_excel_decimal(value)
    if isinstance(value, (dt.datetime, dt.date)):
        problem = f"“{as_text(value)}” là ngày, không phải là số"
        raise CellRefused(problem, "một số")
    text = as_text(value)
    if not text:
        return None
    try:
        return parse_number(text)
    except NotANumber as refusal:
        raise CellRefused(str(refusal), "một số, dấu phẩy hoặc dấu chấm thập phân") from refusal


def as_whole(value: Any) -> int | None:
    """Return a whole number, None for an empty cell."""
    amount = as_number(value)
    if amount is not None and amount != amount.to_integral_value():
        raise CellRefused(f"“{number(amount)}” không phải là số nguyên", "một số nguyên")
    return None if amount is None else int(amount)


def as_yes_no(value: Any) -> bool:
    """Return có/không, x/empty, 1/0, yes/no as a truth value."""
    word = as_text(value).lower()
    if word not in YES and word not in NO:
        raise CellRefused(f"“{as_text(value)}” không rõ là có hay không", "có hoặc không (x hoặc để trống, 1 hoặc 0)")
    return word in YES


def as_date(value: Any) -> dt.date | None:
    """Return a date written dd/mm/yyyy or ISO, or a date cell; None for an empty cell."""
    if isinstance(value, dt.datetime):
        return value.date()
    if isinstance(value, dt.date):
        return value
    text = as_text(value)
    if not text:
        return None
    for pattern in ("%d/%m/%Y", "%Y-%m-%d"):
        try:
            return dt.datetime.strptime(text, pattern).date()  # noqa: DTZ007 - a day has no time zone
        except ValueError:
            continue
    raise CellRefused(f"“{text}” không phải là ngày", "ngày dạng dd/mm/yyyy")


READERS = {
    "text": as_text,
    "code": as_code,
    "number": as_number,
    "whole": as_whole,
    "yes_no": as_yes_no,
    "date": as_date,
}
