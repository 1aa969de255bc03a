"""Runs, paragraphs and tables of a Word file, written as its XML (much faster than one object a cell)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any
from xml.sax.saxutils import escape, quoteattr

from documents.word.looks import Look

NAMESPACE = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
TICK = "\u2610"  # Word draws the box from its symbol face
FACE = "Times New Roman"
_TWIPS_PER_MM = 1440 / 25.4
_UNPRINTABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")


@dataclass(frozen=True)
class Run:
    """A stretch of text in one look; a line feed in it is a line break."""

    text: str
    bold: bool = False
    italic: bool = False


def printable(text: str) -> str:
    """The text without control characters, which XML cannot hold."""
    return _UNPRINTABLE.sub("", text)


def twips(millimetres: float) -> int:
    """Twentieths of a point, Word's unit of length."""
    return round(millimetres * _TWIPS_PER_MM)


def runs_of(element: Any, *, bold: bool = False, italic: bool = False) -> Iterator[Run]:
    """The text under an element as runs, white space as in HTML."""
    bold, italic = bold or element.tag in {"b", "strong"}, italic or element.tag in {"i", "em"}
    yield Run(TICK if element.get("class") == "tick" else _squeezed(element.text), bold, italic)
    for child in element:
        if child.tag == "br":
            yield Run("\n", bold, italic)
        elif isinstance(child.tag, str):
            yield from runs_of(child, bold=bold, italic=italic)
        yield Run(_squeezed(child.tail), bold, italic)


def paragraph(runs: Iterable[Run], look: Look, width: float) -> str:
    """One w:p in a column of this width, with the rule under it when it has one; `look.room` is room to sign."""
    body = "".join(_run(run, look) for run in _trimmed(list(runs)))
    if look.room:
        keep = "<w:keepNext/>" if look.keep else ""
        return f'<w:p><w:pPr>{keep}<w:spacing w:before="{twips(look.room)}" w:after="0"/></w:pPr></w:p>'
    return f"<w:p>{_properties(look)}{body}</w:p>" + (_rule(look.rule, width, keep=look.keep) if look.rule else "")


def table(rows: Iterable[str], widths: tuple[float, ...], *, ruled: bool, lead: float = 0) -> str:
    """One w:tbl of fixed column widths in millimetres; `ruled` draws its lines, `lead` moves it to the left."""
    edges = "".join(
        f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="000000"/>'
        for side in ("top", "left", "bottom", "right", "insideH", "insideV")
    )
    borders = f"<w:tblBorders>{edges}</w:tblBorders>" if ruled else ""
    grid = "".join(f'<w:gridCol w:w="{twips(width)}"/>' for width in widths)
    padding = twips(0.8 if ruled else 0)
    moved = f'<w:tblInd w:w="{-twips(lead)}" w:type="dxa"/>' if lead else '<w:jc w:val="center"/>'
    return (
        f'<w:tbl><w:tblPr><w:tblW w:w="{sum(map(twips, widths))}" w:type="dxa"/>{moved}'
        f'{borders}<w:tblLayout w:type="fixed"/><w:tblCellMar><w:left w:w="{padding}" w:type="dxa"/>'
        f'<w:right w:w="{padding}" w:type="dxa"/></w:tblCellMar></w:tblPr><w:tblGrid>{grid}</w:tblGrid>'
        f"{''.join(rows)}</w:tbl>"
    )


def row(cells: Iterable[str], *, head: bool = False) -> str:
    """One w:tr that no page cuts; a head is repeated on every page."""
    return f"<w:tr><w:trPr><w:cantSplit/>{'<w:tblHeader/>' if head else ''}</w:trPr>{''.join(cells)}</w:tr>"


def cell(content: str, width: float, *, span: int = 1, middle: bool = False) -> str:
    """One w:tc around finished paragraphs."""
    spanned = f'<w:gridSpan w:val="{span}"/>' if span > 1 else ""
    valign = '<w:vAlign w:val="center"/>' if middle else ""
    return f'<w:tc><w:tcPr><w:tcW w:w="{twips(width)}" w:type="dxa"/>{spanned}{valign}</w:tcPr>{content}</w:tc>'


def page_field(size: float) -> str:
    """The number of the page, as a field."""
    run = f'<w:rPr><w:rFonts w:ascii="{FACE}" w:hAnsi="{FACE}" w:cs="{FACE}"/><w:sz w:val="{round(size * 2)}"/></w:rPr>'
    return (
        f'<w:r>{run}<w:fldChar w:fldCharType="begin"/></w:r><w:r>{run}<w:instrText xml:space="preserve"> PAGE </w:instrText>'
        f'</w:r><w:r>{run}<w:fldChar w:fldCharType="end"/></w:r>'
    )


def _properties(look: Look) -> str:
    keep = "<w:keepNext/>" if look.keep else ""
    page = "<w:pageBreakBefore/>" if look.page else ""
    dots = '<w:pBdr><w:bottom w:val="dotted" w:sz="6" w:space="1" w:color="000000"/></w:pBdr>' if look.dots else ""
    indent = f'<w:ind w:firstLine="{twips(look.indent)}"/>' if look.indent else ""
    return (
        f'<w:pPr>{keep}{page}{dots}<w:spacing w:before="{round(look.before * 20)}" w:after="0" w:line="259" '
        f'w:lineRule="auto"/>{indent}<w:jc w:val="{look.align}"/></w:pPr>'
    )


def _run(run: Run, look: Look) -> str:
    bold, italic = run.bold or look.bold, run.italic or look.italic
    style = (
        f"<w:rPr><w:rFonts w:ascii={quoteattr(FACE)} w:hAnsi={quoteattr(FACE)} w:cs={quoteattr(FACE)}/>"
        f"{'<w:b/>' if bold else ''}{'<w:i/>' if italic else ''}"
        f'<w:sz w:val="{round(look.size * 2)}"/><w:lang w:val="vi-VN"/></w:rPr>'
    )
    text = run.text.upper() if look.caps else run.text
    lines = (f'<w:t xml:space="preserve">{escape(printable(line))}</w:t>' for line in text.split("\n"))
    return f"<w:r>{style}{'<w:br/>'.join(lines)}</w:r>"


def _rule(length: float, width: float, *, keep: bool) -> str:
    """A short centred line: a low paragraph with a border above, indented on both sides."""
    side = twips(max(0, width - length) / 2)
    return (
        f"<w:p><w:pPr>{'<w:keepNext/>' if keep else ''}"
        '<w:pBdr><w:top w:val="single" w:sz="6" w:space="1" w:color="000000"/></w:pBdr>'
        f'<w:spacing w:before="40" w:after="0" w:line="60" w:lineRule="exact"/><w:ind w:left="{side}" w:right="{side}"/>'
        "</w:pPr></w:p>"
    )


def _squeezed(text: str | None) -> str:
    return re.sub(r"[ \t\r\n]+", " ", text or "")


def _trimmed(runs: list[Run]) -> list[Run]:
    """Without white space at the ends and doubled between runs."""
    kept: list[Run] = []
    for run in runs:
        text = run.text
        if not kept or kept[-1].text.endswith((" ", "\n")):
            text = text.lstrip(" ")
        if text:
            kept.append(Run(text, run.bold, run.italic))
    while kept and not kept[-1].text.rstrip(" "):
        kept.pop()
    if kept:
        kept[-1] = Run(kept[-1].text.rstrip(" "), kept[-1].bold, kept[-1].italic)
    return kept
