"""Charts of scores as SVG, for the page and for the paper alike, each with its text. Pure: values in, text out.

Bars and dots labelled directly; shapes differ, so that grey print tells them apart. No style of the page is needed.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from html import escape

WIDTH, LEFT, RIGHT, ROW = 720, 236, 630, 34
PAPER = 600  # pixels, 159 mm: as wide as the text of an upright A4 sheet
INK, RULE, BAR = "#1c2733", "#b5b2a7", "#1b4b86"
FACE = 'font-family="Liberation Sans, Noto Sans, Arial, sans-serif" font-size="13"'
_LONGEST = 34


@dataclass(frozen=True)
class Bar:
    """One line of a bar chart: a label, its value and what stands beside it, all out of `maximum`; texts ready to print."""

    label: str
    own: Decimal
    maximum: Decimal
    words: str
    middle: Decimal | None = None
    best: Decimal | None = None


@dataclass(frozen=True)
class Dot:
    """One year of a dot chart."""

    label: str
    own: Decimal
    words: str
    middle: Decimal | None = None
    best: Decimal | None = None


@dataclass(frozen=True)
class Chart:
    """A chart with its title and the same in words."""

    title: str
    svg: str
    text: str


def bar_chart(title: str, bars: Sequence[Bar], text: str) -> Chart:
    """Return a bar for every line, with a ring at the bloc's median and a diamond at its best where they are known."""
    parts = [_bar(place, bar) for place, bar in enumerate(bars)]
    known = any(bar.best is not None for bar in bars)
    height = len(bars) * ROW + (34 if known else 8)
    return Chart(title, _frame(title, text, height, "".join(parts) + (_legend(height - 12) if known else "")), text)


def _bar(place: int, bar: Bar) -> str:
    middle = place * ROW + ROW // 2
    end = _at(bar.own, bar.maximum)
    marks = "" if bar.middle is None else _ring(_at(bar.middle, bar.maximum), middle)
    marks += "" if bar.best is None else _diamond(_at(bar.best, bar.maximum), middle)
    return (
        f'<text x="0" y="{middle + 4}" fill="{INK}">{escape(_short(bar.label))}</text>'
        f'<rect x="{LEFT}" y="{middle - 9}" width="{RIGHT - LEFT}" height="18" fill="none" stroke="{RULE}"/>'
        f'<rect x="{LEFT}" y="{middle - 9}" width="{max(end - LEFT, 0)}" height="18" fill="{BAR}"/>{marks}'
        f'<text x="{WIDTH}" y="{middle + 4}" fill="{INK}" text-anchor="end">{escape(bar.words)}</text>'
    )


def dot_chart(title: str, dots: Sequence[Dot], text: str) -> Chart:
    """Return a column of dots for every year: the member's, the bloc's median (ring) and best (diamond)."""
    values = [value for dot in dots for value in (dot.own, dot.middle, dot.best) if value is not None]
    low, high = min(values, default=Decimal(0)), max(values, default=Decimal(1))
    span = (high - low) or Decimal(1)
    step = WIDTH // (len(dots) + 1)

    def height(value: Decimal) -> int:
        return int(150 - (value - low) * 110 / span)

    parts = []
    for place, dot in enumerate(dots, 1):
        x = place * step
        parts.append(f'<line x1="{x}" y1="30" x2="{x}" y2="160" stroke="{RULE}"/>')
        parts += [] if dot.middle is None else [_ring(x, height(dot.middle))]
        parts += [] if dot.best is None else [_diamond(x, height(dot.best))]
        parts.append(f'<circle cx="{x}" cy="{height(dot.own)}" r="5" fill="{BAR}"/>')
        parts.append(f'<text x="{x + 12}" y="{height(dot.own) + 4}" fill="{INK}">{escape(dot.words)}</text>')
        parts.append(f'<text x="{x}" y="180" fill="{INK}" text-anchor="middle">{escape(dot.label)}</text>')
    known = any(dot.best is not None for dot in dots)
    legend = _legend(206, own="●") if known else ""
    return Chart(title, _frame(title, text, 218 if known else 190, "".join(parts) + legend), text)


def _at(value: Decimal, maximum: Decimal) -> int:
    share = min(max(value / maximum, Decimal(0)), Decimal(1)) if maximum else Decimal(0)
    return int(LEFT + share * (RIGHT - LEFT))


def _ring(x: int, y: int) -> str:
    return f'<circle cx="{x}" cy="{y}" r="5" fill="#ffffff" stroke="{INK}" stroke-width="2"/>'


def _diamond(x: int, y: int) -> str:
    return f'<path d="M{x} {y - 7}L{x + 7} {y}L{x} {y + 7}L{x - 7} {y}Z" fill="#c39b1e" stroke="{INK}"/>'


def _legend(y: int, own: str = "■") -> str:
    return (
        f'<text x="0" y="{y}" fill="{BAR}">{own}</text><text x="18" y="{y}" fill="{INK}">đơn vị</text>'
        f'{_ring(96, y - 4)}<text x="108" y="{y}" fill="{INK}">trung vị của Khối</text>'
        f'{_diamond(244, y - 4)}<text x="256" y="{y}" fill="{INK}">cao nhất Khối</text>'
    )


def _short(label: str) -> str:
    return label if len(label) <= _LONGEST else f"{label[: _LONGEST - 1].rstrip()}…"


def _frame(title: str, text: str, height: int, inside: str) -> str:
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height}" width="{PAPER}" height="{height * PAPER // WIDTH}" '
        f'role="img" aria-label="{escape(f"{title}. {text}")}" {FACE}>{inside}</svg>'
    )
