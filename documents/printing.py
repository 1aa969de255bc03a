"""The one door to WeasyPrint: a paper in, the bytes of its PDF out; says which Debian packages are missing.

The library is loaded at the first printing (half a second, 45 MiB), never at start-up: without it everything but
printing works. Equal papers give equal bytes.
"""

from __future__ import annotations

import atexit
import ctypes
import functools
import logging
import unicodedata
import warnings
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.contrib.staticfiles import finders
from django.template.loader import render_to_string

from blocs.errors import Refusal
from documents import fonts

if TYPE_CHECKING:
    from documents.papers import Mark, Paper

LIBRARIES = {
    "libpango-1.0.so.0": "libpango-1.0-0",
    "libpangoft2-1.0.so.0": "libpangoft2-1.0-0",
    "libharfbuzz-subset.so.0": "libharfbuzz-subset0",
}
FONT_PACKAGE = "fonts-liberation2"
VARIANT = "pdf/a-3a"
POINTS = 0.75  # a CSS pixel in points
SMALLEST_ROOM = 20  # points
LAYOUT = "2"  # a new figure when templates or style change what is printed: copies made before are then printed anew

logging.getLogger("fontTools").setLevel(logging.WARNING)


class PrinterMissing(Refusal):
    """The machine has no printing libraries, or no font with all Vietnamese letters."""

    status = 503


def missing_packages() -> tuple[str, ...]:
    """The Debian packages that printing needs and this machine lacks, in the order to name them."""
    packages = [package for library, package in LIBRARIES.items() if not _loads(library)]
    if not fonts.paper_faces():
        packages.append(FONT_PACKAGE)
    return tuple(packages)


def line_to_type(packages: tuple[str, ...]) -> str:
    """The command with which an operator installs these packages."""
    return f"sudo apt-get install {' '.join(packages)}"


@dataclass(frozen=True)
class Place:
    """Room for a signature on a printed page: `page` counted from 0, the rest in points from the lower left corner."""

    page: int
    left: float
    bottom: float
    right: float
    top: float


def paper_html(paper: Paper, mark: Mark | None = None) -> str:
    """The whole page of HTML that is printed."""
    html = render_to_string("documents/print/paper.html", {"paper": paper, "mark": mark})
    return unicodedata.normalize("NFC", html)


def print_pdf(paper: Paper, mark: Mark | None = None, attachments: Sequence[tuple[str, bytes]] = ()) -> bytes:
    """Print a paper: the bytes of a tagged A4 PDF/A-3a, the same for the same paper. Raises PrinterMissing.

    `mark` is the code at the foot of issued papers; `attachments` (name, bytes) are embedded as they are.
    Takes about 45 ms a page of text and 1 ms a table cell, after the first paper of the process.
    """
    import_or_refuse()
    import weasyprint  # noqa: PLC0415 (loaded at the first printing)

    embedded = [weasyprint.Attachment(string=content, name=name, description=name) for name, content in attachments]
    return _written(_laid_out(paper, mark), embedded)


def print_with_places(paper: Paper) -> tuple[bytes, tuple[Place, ...]]:
    """Print a paper and say where its signature boxes leave room to sign, in the order of the boxes."""
    import_or_refuse()
    laid_out = _laid_out(paper, None)
    return _written(laid_out, []), tuple(_places(laid_out.pages))


def import_or_refuse() -> None:
    """Raise PrinterMissing, with the line to type, on a machine without the printing libraries."""
    if packages := missing_packages():
        raise PrinterMissing(
            "Chưa xuất được PDF vì máy chủ thiếu thành phần in. Nội dung văn bản vẫn được lưu. "
            f"Đề nghị báo quản trị hệ thống chạy lệnh: {line_to_type(packages)}"
        )


def _written(laid_out: Any, attachments: list[Any]) -> bytes:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ResourceWarning)  # WeasyPrint leaves its colour profile to the collector
        printed: bytes = laid_out.write_pdf(pdf_variant=VARIANT, attachments=attachments)
    return printed


def _laid_out(paper: Paper, mark: Mark | None) -> Any:
    import weasyprint  # noqa: PLC0415 (loaded at the first printing)

    config, style = _style()
    page = weasyprint.HTML(string=paper_html(paper, mark), url_fetcher=_Nothing(), base_url="about:blank")
    return page.render(stylesheets=[style], font_config=config)


def _places(pages: Sequence[Any]) -> Iterator[Place]:
    """The boxes of class "room" inside the grid of signatures; WeasyPrint measures in pixels from the top."""
    for number, page in enumerate(pages):
        for box in page._page_box.descendants():  # noqa: SLF001 - the layout has no public door
            element = box.element
            if element is None or element.get("class") != "room" or box.element_tag != "p":
                continue
            left, top = box.position_x * POINTS, (page.height - box.position_y) * POINTS
            width, height = box.margin_width() * POINTS, box.margin_height() * POINTS
            if height > SMALLEST_ROOM:
                yield Place(number, left, top - height, left + width, top)


@functools.cache
def _style() -> tuple[Any, Any]:
    """The print stylesheet bound to the font files, parsed once a process."""
    from weasyprint import CSS, URLFetcher  # noqa: PLC0415
    from weasyprint.text.fonts import FontConfiguration  # noqa: PLC0415

    path = finders.find("css/paper.css")
    if path is None:
        message = "static/css/paper.css is missing"
        raise FileNotFoundError(message)
    with open(path, encoding="utf-8") as file:  # noqa: PTH123 (finders answer a plain path)
        rules = file.read()
    config = FontConfiguration()
    atexit.register(_style.cache_clear)  # it removes its folder of fonts while the interpreter is still whole
    faces = fonts.font_face_rules(fonts.paper_faces())
    fetcher = URLFetcher(allowed_protocols=("file",))
    return config, CSS(string=f"{faces}\n{rules}", font_config=config, url_fetcher=fetcher)


class _Nothing:
    """Fetches nothing: a paper is complete in itself, and text typed by people must not reach out."""

    _fail_on_errors = False

    def __call__(self, url: str) -> Any:
        message = f"a paper asked for {url}"
        raise ValueError(message)


def _loads(library: str) -> bool:
    try:
        ctypes.CDLL(library)
    except OSError:
        return False
    return True
