"""A column that keeps a number exactly as it was stated."""

from decimal import Decimal
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models

from blocs.text import NotANumber, parse_number

LONGEST = 40


class FigureField(models.CharField):
    """A decimal of any precision kept as text: SQLite keeps decimals as binary floats, and a figure stays as stated."""

    # What a type checker lets in, and what it gets.
    _pyi_private_set_type: Decimal | int | None  # type: ignore[assignment]
    _pyi_private_get_type: Decimal | None  # type: ignore[assignment]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{"max_length": LONGEST, "null": True, "blank": True} | kwargs)

    def from_db_value(self, value: str | None, *_rest: Any) -> Decimal | None:
        """Read the text back as the number it is."""
        return None if value is None else Decimal(value)

    def to_python(self, value: Any) -> Decimal | None:
        """Take a number or its text; a comma or a point may be the decimal mark."""
        if value is None or isinstance(value, Decimal):
            return value
        try:
            return parse_number(value) if isinstance(value, str) else Decimal(value)
        except (NotANumber, ArithmeticError, TypeError, ValueError) as error:
            raise ValidationError(str(error)) from error

    def get_prep_value(self, value: Any) -> str | None:
        """Write the number plainly, without an exponent."""
        return None if value is None else f"{Decimal(value):f}"

    def value_to_string(self, obj: models.Model) -> str:
        """Write the number for a backup."""
        return self.get_prep_value(self.value_from_object(obj)) or ""
