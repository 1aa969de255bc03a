"""Reading a printed paper as anybody would who has only the file."""

import io
import re

from pypdf import PdfReader


def text_of(pdf: bytes) -> str:
    """Return the words of a PDF on one line, page after page."""
    pages = PdfReader(io.BytesIO(pdf)).pages
    return re.sub(r"\s+", " ", " ".join(page.extract_text() for page in pages))


def figures_after(text: str, words: str) -> list[str]:
    """Return the figures that follow some words, up to the next word; the last place counts, which is the annex."""
    return re.findall(r"\d+(?:,\d+)?", re.match(r"[\d,.\s]*", text.rpartition(words)[2]).group())  # type: ignore[union-attr]
