"""Points in words, as a paper repeats them: "chín mươi tám phẩy không bốn". Pure."""

from decimal import Decimal

_DIGITS = ("không", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín")
_FIVE, _TEN, _HUNDRED, _THOUSAND = 5, 10, 100, 1000


def in_words(amount: Decimal) -> str:
    """Return an amount below a million in Vietnamese words, trailing zeros of the decimals left out."""
    whole, _, fraction = f"{abs(amount):f}".partition(".")
    words = _whole(int(whole))
    fraction = fraction.rstrip("0")
    if fraction:
        spelt = fraction.startswith("0") or int(fraction) >= _HUNDRED
        words += " phẩy " + (_digits(fraction) if spelt else _whole(int(fraction)))
    return f"âm {words}" if amount < 0 else words


def _digits(text: str) -> str:
    return " ".join(_DIGITS[int(digit)] for digit in text)


def _whole(number: int) -> str:
    if number < _TEN:
        return _DIGITS[number]
    if number < _HUNDRED:
        return _below_hundred(number)
    if number < _THOUSAND:
        return _hundreds(number)
    thousands, rest = divmod(number, _THOUSAND)
    return f"{_whole(thousands)} nghìn" + (f" {_hundreds(rest)}" if rest else "")


def _hundreds(number: int) -> str:
    hundreds, rest = divmod(number, _HUNDRED)
    words = f"{_DIGITS[hundreds]} trăm"
    if not rest:
        return words
    return f"{words} linh {_DIGITS[rest]}" if rest < _TEN else f"{words} {_below_hundred(rest)}"


def _below_hundred(number: int) -> str:
    tens, unit = divmod(number, _TEN)
    words = "mười" if tens == 1 else f"{_DIGITS[tens]} mươi"
    if unit == 0:
        return words
    last = {1: "một" if tens == 1 else "mốt", 4: "bốn" if tens == 1 else "tư", _FIVE: "lăm"}.get(unit, _DIGITS[unit])
    return f"{words} {last}"
