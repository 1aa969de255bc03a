"""Tables of a paper in Word: the head of page 1, ruled tables, signatures, addressees."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any

from documents.word.looks import MEMBER_WIDTHS, NAMED_WIDTHS, TABLE_SIZES, Look, look_of
from documents.word.writing import Run, cell, paragraph, row, runs_of, table

_BOLD_ROLES = frozenset({"group", "sum", "total", "rank", "grade"})
_ALIGNED = {"n": "right", "c": "center"}


def heading(block: Any, width: float) -> str:
    """The two columns at the top of page 1: agency and nation."""
    total = width + 8 if width < 200 else width  # noqa: PLR2004 - upright, the head reaches into the margins as in the PDF
    widths = (total * 0.43, total * 0.57)
    cells = [
        cell(_paragraphs(column, ("hd",), wide), wide)
        for column, wide in zip(block.findall("div"), widths, strict=True)
    ]
    return table([row(cells)], widths, ruled=False)


def written(block: Any, width: float, places: tuple[str, ...]) -> str:
    """Any table of a paper."""
    classes = tuple((block.get("class") or "").split())
    if "tb" in classes:
        return _ruled(block, width, classes)
    widths = _open_widths(block, width, classes)
    inside = (*places, *(classes or ("sign",)))
    rows = [
        row(
            [
                cell(_paragraphs(one, (*inside, *_classes(one)), wide), wide)
                for one, wide in zip(line, widths, strict=False)
            ]
        )
        for line in block.iter("tr")
    ]
    return table(rows, widths, ruled=False) + _gap()


def _classes(element: Any) -> tuple[str, ...]:
    return tuple((element.get("class") or "").split())


def _open_widths(block: Any, width: float, classes: tuple[str, ...]) -> tuple[float, ...]:
    columns = max((len(line) for line in block.iter("tr")), default=1)
    if "to" in classes:
        return (width * 0.3, width * 0.7)
    return (width / columns,) * columns


def _paragraphs(element: Any, places: tuple[str, ...], width: float) -> str:
    """The paragraphs of a cell without rules; a cell of bare text is one paragraph. Word wants at least one."""
    found = [child for child in element if child.tag == "p"]
    if not found:
        return paragraph(runs_of(element), look_of(places, ()), width)
    return "".join(paragraph(runs_of(child), look_of(places, _classes(child)), width) for child in found)


def _ruled(block: Any, width: float, classes: tuple[str, ...]) -> str:
    size = next((TABLE_SIZES[name] for name in classes if name in TABLE_SIZES), 12.0)
    widths = _widths(block, width, classes)
    caption = block.find("caption")
    above = (
        paragraph(runs_of(caption), Look(align="right", indent=0, size=12, italic=True), width)
        if caption is not None
        else ""
    )
    rows = [_ruled_row(line, widths, size) for line in block.iter("tr")]
    return above + table(rows, widths, ruled=True) + _gap()


def _ruled_row(line: Any, widths: tuple[float, ...], size: float) -> str:
    head = line.getparent().tag == "thead"
    bold = head or bool(_BOLD_ROLES & set(_classes(line)))
    cells, place = [], 0
    for one in line:
        span = int(one.get("colspan") or 1)
        wide = sum(widths[place : place + span])
        align = "center" if head else next((_ALIGNED[name] for name in _classes(one) if name in _ALIGNED), "left")
        look = Look(align=align, indent=0, before=0, size=size, bold=bold)
        cells.append(cell(paragraph(runs_of(one), look, wide), wide, span=span, middle=True))
        place += span
    return row(cells, head=head)


def _widths(block: Any, width: float, classes: tuple[str, ...]) -> tuple[float, ...]:
    """The columns' widths: what their heads say, the rest shared by the others, titles taking three shares."""
    heads = list(next(block.iter("tr")))
    said = [_said(one, classes) for one in heads]
    shares = [
        0.0 if wide else (3.0 if "title" in _classes(one) else 1.0) for one, wide in zip(heads, said, strict=True)
    ]
    left = max(width - sum(said), 10.0 * len([share for share in shares if share]))
    widths = tuple(wide or left * share / sum(shares) for wide, share in zip(said, shares, strict=True))
    scale = min(1.0, width / sum(widths))
    return tuple(wide * scale for wide in widths)


def _said(head: Any, classes: tuple[str, ...]) -> float:
    for name in _classes(head):
        if found := re.fullmatch(r"w(\d+)", name):
            return float(found[1])
        if name == "member":
            return next((MEMBER_WIDTHS[density] for density in classes if density in MEMBER_WIDTHS), 16.0)
        if name in NAMED_WIDTHS:
            return NAMED_WIDTHS[name]
    return 0.0


def _gap() -> str:
    """A low paragraph after a table: Word runs tables together without one."""
    return paragraph([Run("")], replace(look_of((), ()), indent=0, before=0, size=2), 0)
