"""Fields as an office fills them in: dd/mm/yyyy, 17:00, decimal comma; work without a script and in any browser."""

import datetime as dt
import re
from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from blocs import clock, text

_DATE = re.compile(r"(\d{1,2})[/.\-](\d{1,2})[/.\-](\d{4})|(\d{4})-(\d{1,2})-(\d{1,2})")
_HOUR = re.compile(r"(\d{1,2})\s*(?::|h|giờ)\s*(\d{2})?")


def parse_date(typed: str) -> dt.date:
    """Return the date typed as dd/mm/yyyy or ISO; raise ValidationError with a sentence."""
    found = _DATE.fullmatch(typed)
    parts = [int(part) if part else 0 for part in found.groups()] if found else [0] * 6
    day, month, year, iso_year, iso_month, iso_day = parts
    try:
        return dt.date(year or iso_year, month or iso_month, day or iso_day)
    except ValueError as error:
        raise ValidationError("Ngày viết theo dạng ngày/tháng/năm, ví dụ 05/12/2024.") from error


class DateField(forms.Field):
    """A date, typed and shown as dd/mm/yyyy; gives a date or None."""

    widget = forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off", "maxlength": 10})

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("help_text", "ngày/tháng/năm")
        super().__init__(**kwargs)

    def to_python(self, value: Any) -> dt.date | None:
        typed = text.nfc(value or "")
        return parse_date(typed.replace(" ", "")) if typed else None

    def prepare_value(self, value: Any) -> Any:
        return text.date(value) if isinstance(value, dt.date) else value

    def has_changed(self, initial: Any, data: Any) -> bool:
        return (self.prepare_value(initial) or "") != text.nfc(data or "")


class MomentField(forms.Field):
    """A moment in local time, typed and shown as "17:00, 15/12/2024"; gives an aware datetime or None."""

    widget = forms.TextInput(attrs={"autocomplete": "off", "maxlength": 24})

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("help_text", "giờ, ngày/tháng/năm, ví dụ 17:00, 15/12/2024")
        super().__init__(**kwargs)

    def to_python(self, value: Any) -> dt.datetime | None:
        typed = text.nfc(value or "").lower()
        if not typed:
            return None
        hour, date = _HOUR.search(typed), _DATE.search(typed)
        if hour is None or date is None:
            raise ValidationError("Thời điểm viết theo dạng giờ, ngày/tháng/năm, ví dụ 17:00, 15/12/2024.")
        try:
            return clock.at(parse_date(date.group()), int(hour.group(1)), int(hour.group(2) or 0))
        except ValueError as error:
            raise ValidationError("Giờ viết từ 00:00 đến 23:59.") from error

    def prepare_value(self, value: Any) -> Any:
        return text.moment(value) if isinstance(value, dt.datetime) else value

    def has_changed(self, initial: Any, data: Any) -> bool:
        return (self.prepare_value(initial) or "") != text.nfc(data or "")


class NumberField(forms.Field):
    """A number as a Vietnamese official types it ("9,5" or "9.5"); gives a Decimal or None."""

    widget = forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"})

    def to_python(self, value: Any) -> Decimal | None:
        typed = text.nfc(value or "")
        try:
            return text.parse_number(typed) if typed else None
        except text.NotANumber as refusal:
            sentence = str(refusal)
            raise ValidationError(f"{sentence[0].upper()}{sentence[1:]}.") from refusal

    def prepare_value(self, value: Any) -> Any:
        return text.typed(value) if isinstance(value, Decimal | int) else value


class WholeField(NumberField):
    """A whole number from `least` to `most`; gives an int or None."""

    widget = forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"})

    def __init__(self, *, least: int = 0, most: int = 1000, **kwargs: Any) -> None:
        self.least, self.most = least, most
        super().__init__(**kwargs)

    def to_python(self, value: Any) -> int | None:  # type: ignore[override]
        amount = super().to_python(value)
        if amount is None:
            return None
        if amount != amount.to_integral_value() or not self.least <= amount <= self.most:
            raise ValidationError(f"Viết một số nguyên từ {self.least} đến {self.most}.")
        return int(amount)


class TextField(forms.CharField):
    """A line of text, stored in one form of Unicode with ordinary spaces."""

    def to_python(self, value: Any) -> str:
        return text.nfc(super().to_python(value) or "")
