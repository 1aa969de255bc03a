"""From the HTML of a paper to its Word file: block by block, a new section for each annex."""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from documents.printing import paper_html
from documents.word import tables
from documents.word.looks import BROAD, UPRIGHT, look_of
from documents.word.writing import NAMESPACE, page_field, paragraph, printable, runs_of

if TYPE_CHECKING:
    from documents.papers import Paper


def word_file(paper: Paper) -> bytes:
    """The paper as an editable Word file: same words and figures as the PDF, the decree's margins, sizes and numbers.

    A table cell costs about 0.1 ms. Needs no printing library.
    """
    import docx  # noqa: PLC0415 - loaded with the first paper
    from lxml import html  # noqa: PLC0415

    body = html.document_fromstring(paper_html(paper)).find("body")
    word = docx.Document()
    _set_up(word, paper)
    for place, (broad, blocks) in enumerate(_parts(body, broad=paper.BROAD)):
        section = word.sections[0] if place == 0 else word.add_section()
        _lay(section, broad=broad, annex=place > 0, demo=paper.demo)
        _append(word, "".join(_written(blocks, BROAD if broad else UPRIGHT)))
    content = io.BytesIO()
    word.save(content)
    return content.getvalue()


def _parts(body: Any, *, broad: bool) -> Iterator[tuple[bool, list[Any]]]:
    """The paper itself, then each annex: whether it lies broad, and its blocks."""
    own = [child for child in body if not _is_annex(child)]
    yield broad, own
    for child in body:
        if _is_annex(child):
            yield "on-broad" in _classes(child), [child]


def _is_annex(element: Any) -> bool:
    return element.tag == "section" and "annex" in _classes(element)


def _classes(element: Any) -> tuple[str, ...]:
    return tuple((element.get("class") or "").split())


def _written(blocks: list[Any], width: float, places: tuple[str, ...] = ()) -> Iterator[str]:
    """The blocks as Word's XML, inside elements with these classes."""
    for block in blocks:
        if not isinstance(block.tag, str) or block.tag in {"svg", "img"}:
            continue
        if block.tag == "p":
            yield paragraph(runs_of(block), look_of(places, _classes(block)), width)
        elif block.tag == "table":
            yield tables.written(block, width, places)
        elif "hd" in _classes(block):
            yield tables.heading(block, width)
        else:
            yield from _in_order(block, width, places)


def _in_order(block: Any, width: float, places: tuple[str, ...]) -> Iterator[str]:
    """What stands inside a division; a part after another begins a page."""
    classes = _classes(block)
    before = block.getprevious()
    if "part" in classes and before is not None and "part" in _classes(before):
        yield paragraph((), replace(look_of((), ()), page=True, before=0, size=1), width)
    yield from _written(list(block), width, (*places, *classes))


def _set_up(word: Any, paper: Paper) -> None:
    properties = word.core_properties
    properties.title, properties.language, properties.author = printable(paper.full_title[:250]), "vi-VN", ""
    properties.comments = ""
    normal = word.styles["Normal"]
    normal.font.name, normal.paragraph_format.space_after = "Times New Roman", 0


def _lay(section: Any, *, broad: bool, annex: bool, demo: bool) -> None:
    """A4 with the decree's margins; numbers on top from the second page on, an annex counting for itself."""
    from docx.enum.section import WD_ORIENT  # noqa: PLC0415
    from docx.shared import Mm  # noqa: PLC0415

    sides = (297, 210) if broad else (210, 297)
    section.orientation = WD_ORIENT.LANDSCAPE if broad else WD_ORIENT.PORTRAIT
    section.page_width, section.page_height = (Mm(side) for side in sides)
    section.top_margin = section.bottom_margin = Mm(20)
    section.left_margin, section.right_margin = Mm(30), Mm(15)
    section.header_distance = section.footer_distance = Mm(9)
    section.different_first_page_header_footer = True
    if annex:
        _count_anew(section)
        return
    _write_into(section.header, page_field(13))
    if demo:
        for foot in (section.footer, section.first_page_footer):
            _write_into(foot, "")
            foot.paragraphs[0].add_run("Dữ liệu minh họa").italic = True


def _count_anew(section: Any) -> None:
    from docx.oxml import OxmlElement  # noqa: PLC0415
    from docx.oxml.ns import qn  # noqa: PLC0415

    for old in section._sectPr.findall(qn("w:pgNumType")):  # noqa: SLF001 - python-docx has no door to it
        section._sectPr.remove(old)  # noqa: SLF001
    start = OxmlElement("w:pgNumType")
    start.set(qn("w:start"), "1")
    section._sectPr.append(start)  # noqa: SLF001


def _write_into(place: Any, runs: str) -> None:
    from docx.enum.text import WD_ALIGN_PARAGRAPH  # noqa: PLC0415

    line = place.paragraphs[0]
    line.alignment = WD_ALIGN_PARAGRAPH.CENTER
    for element in _parsed(runs):
        line._p.append(element)  # noqa: SLF001


def _append(word: Any, content: str) -> None:
    """Put finished XML before the section mark at the end of the body."""
    body = word.element.body
    last = body[-1]
    for element in _parsed(content):
        last.addprevious(element)


def _parsed(content: str) -> list[Any]:
    from docx.oxml import parse_xml  # noqa: PLC0415

    return list(parse_xml(f'<w:body xmlns:w="{NAMESPACE}">{content}</w:body>'))
