"""The mark at the foot of each page of an issued paper: a code and a QR that lead to the public page of verification."""

from __future__ import annotations

from dataclasses import dataclass

ALPHABET = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"  # without letters and figures that are mistaken for one another
CODE_LENGTH = 12


@dataclass(frozen=True)
class Mark:
    """`code` is 12 letters and figures, `url` the page that answers for it."""

    code: str
    url: str

    @property
    def shown(self) -> str:
        """The code in groups of four: "7K3M-9QXT-2BVD"."""
        return grouped_code(self.code)

    @property
    def qr(self) -> str:
        """The address as a QR, an SVG drawing without a border of its own."""
        import segno  # noqa: PLC0415 - only printing pays for it

        drawn: str = segno.make(self.url, error="m", micro=False).svg_inline(border=0, omitsize=True, svgclass=None)
        return drawn


def grouped_code(code: str) -> str:
    """A code as it is read out: groups of four, joined by hyphens."""
    return "-".join(code[start : start + 4] for start in range(0, len(code), 4))


def read_code(typed: str) -> str:
    """The code that somebody typed, without hyphens and spaces, in capitals; "" when it cannot be one."""
    code = "".join(letter for letter in typed.upper() if letter.isalnum())
    return code if len(code) == CODE_LENGTH and set(code) <= set(ALPHABET) else ""
