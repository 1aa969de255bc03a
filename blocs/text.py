"""Vietnamese text: one form of every letter, search without marks, numbers and dates as an office writes them."""

import datetime as dt
import re
import unicodedata
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation
from zoneinfo import ZoneInfo

VIETNAM = ZoneInfo("Asia/Ho_Chi_Minh")

_SPACES = re.compile(r"[\u00a0\u2007\u202f\t ]+")
_WEEKDAYS = ("thứ Hai", "thứ Ba", "thứ Tư", "thứ Năm", "thứ Sáu", "thứ Bảy", "Chủ nhật")
_ALPHABET = "aàảãáạăằẳẵắặâầẩẫấậbcdđeèẻẽéẹêềểễếệfghiìỉĩíịjklmnoòỏõóọôồổỗốộơờởỡớợpqrstuùủũúụưừửữứựvwxyỳỷỹýỵz"
_ORDER = {letter: place for place, letter in enumerate(_ALPHABET)}


class NotANumber(ValueError):
    """The typed text is not one unambiguous number; the message is Vietnamese."""


def nfc(text: str) -> str:
    """Return the text as NFC with ordinary spaces and no spaces at its ends; line breaks stay."""
    composed = unicodedata.normalize("NFC", text).replace("\r\n", "\n").replace("\r", "\n")
    return _SPACES.sub(" ", composed).strip()


def search_key(text: str) -> str:
    """Return the text in lower case without marks, "Tuyên Quang" as "tuyen quang", đ as d."""
    bare = unicodedata.normalize("NFD", nfc(text).lower()).replace("đ", "d")
    return "".join(letter for letter in bare if not unicodedata.combining(letter))


def sort_key(text: str) -> tuple[int, ...]:
    """Return a key that sorts as a Vietnamese dictionary does: a ă â … d đ e ê …"""
    return tuple(_ORDER.get(letter, 1000 + ord(letter)) if letter.isalpha() else -1 for letter in nfc(text).lower())


def parse_number(text: str) -> Decimal:
    """Return the number a Vietnamese official typed: "9,5" and "9.5" are both 9.5.

    With both separators the last one is the decimal one. One separator followed by exactly three digits (1.500) could
    be either, and raises NotANumber, except after a lone zero (0,500).
    """
    bare = nfc(text).replace(" ", "")
    if not re.fullmatch(r"[+-]?\d+([.,]\d+)*", bare):
        message = f"“{text}” không phải là số"
        raise NotANumber(message)
    marks = [letter for letter in bare if letter in ".,"]
    if len(marks) == 1 and re.fullmatch(r"[+-]?(?!0[.,])\d{1,3}[.,]\d{3}", bare):
        plain, short = bare.replace(",", "").replace(".", ""), bare.replace(".", ",").rstrip("0").rstrip(",")
        short += "0" if re.search(r",\d{3}$", short) else ""  # 7,125 itself would be refused again: 7,1250 is clear
        message = f"“{text}” có thể hiểu hai cách: viết {plain} hoặc {short}"
        raise NotANumber(message)
    if len(set(marks)) > 1 or len(marks) == 1:
        whole, _, fraction = bare.rpartition(marks[-1])
        if not _grouped(whole):
            message = f"“{text}” không phải là số"
            raise NotANumber(message)
        bare = re.sub(r"[.,]", "", whole) + "." + fraction
    elif marks:
        if not _grouped(bare):
            message = f"“{text}” không phải là số"
            raise NotANumber(message)
        bare = re.sub(r"[.,]", "", bare)
    try:
        return Decimal(bare)
    except InvalidOperation as error:  # pragma: no cover - the pattern above admits no other text
        raise NotANumber(text) from error


def _grouped(whole: str) -> bool:
    """Whether the digits stand alone, or in threes behind one kind of mark."""
    return re.fullmatch(r"[+-]?(\d+|\d{1,3}(\.\d{3})+|\d{1,3}(,\d{3})+)", whole) is not None


def number(value: Decimal | int | None, decimals: int | None = None) -> str:
    """Return a number as printed: decimal comma, thousands with a point, "–" for none.

    With `decimals` exactly so many places (half away from zero); without, the value's own places, trailing zeros cut.
    """
    if value is None:
        return "–"
    amount = Decimal(value)
    if decimals is not None:
        amount = amount.quantize(Decimal(1).scaleb(-decimals), rounding=ROUND_HALF_UP)
    else:
        amount = amount.normalize()
        if amount == amount.to_integral_value():
            amount = amount.quantize(Decimal(1))
    return f"{amount:,f}".replace(",", " ").replace(".", ",").replace(" ", ".")


def typed(value: Decimal | int | None) -> str:
    """Return a number as it stands in an input field: decimal comma, no thousands mark, empty for none.

    It can be read back: 7,125 would read two ways, so it is written 7,1250.
    """
    text = "" if value is None else number(value).replace(".", "")
    return f"{text}0" if re.fullmatch(r"-?(?!0,)\d{1,3},\d{3}", text) else text


def count(value: int) -> str:
    """Return a count as a sentence or a paper writes it: below ten with a leading zero ("07")."""
    return f"{value:02d}"


def percent(part: Decimal | int, whole: Decimal | int, decimals: int = 2) -> str:
    """Return part of whole as "57,14%" (no space before the sign); whole must not be 0. 100 % has no decimals."""
    share = Decimal(part) * 100 / Decimal(whole)
    return f"{number(share, 0 if share == share.to_integral_value() else decimals)}%"


def date(day: dt.date | None) -> str:
    """Return dd/mm/yyyy, "–" for none."""
    return "–" if day is None else f"{day:%d/%m/%Y}"


def moment(at: dt.datetime | None) -> str:
    """Return "17:00, 15/12/2023" in local time, "–" for none."""
    return "–" if at is None else f"{at.astimezone(VIETNAM):%H:%M, %d/%m/%Y}"


def long_date(day: dt.date) -> str:
    """Return the date of a paper: "ngày 04 tháng 01 năm 2024" (day < 10 and months 1, 2 get a zero)."""
    month = f"{day.month:02d}" if day.month in {1, 2} else str(day.month)  # the decree names months 1 and 2
    return f"ngày {day.day:02d} tháng {month} năm {day.year}"


def hour(at: dt.datetime) -> str:
    """Return "17 giờ 00" in local time."""
    local = at.astimezone(VIETNAM)
    return f"{local.hour:02d} giờ {local.minute:02d}"


def due(at: dt.datetime) -> str:
    """Return a deadline in full: "17:00, thứ Sáu, 15/12/2023"."""
    local = at.astimezone(VIETNAM)
    return f"{local:%H:%M}, {_WEEKDAYS[local.weekday()]}, {local:%d/%m/%Y}"


def remaining(at: dt.datetime, now: dt.datetime) -> str:
    """Return how long is left: "còn 02 ngày", "còn 05 giờ", "đã hết hạn"."""
    left = at - now
    if left <= dt.timedelta(0):
        return "đã hết hạn"
    if left >= dt.timedelta(days=1):
        return f"còn {count(left.days)} ngày"
    return f"còn {count(max(1, int(left.total_seconds() // 3600)))} giờ"


def weekday(at: dt.datetime) -> str:
    """Return the day of the week: "thứ Sáu"."""
    return _WEEKDAYS[at.astimezone(VIETNAM).weekday()]
