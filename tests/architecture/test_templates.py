"""What a strict content policy and people without a mouse need of every template."""

import re
from pathlib import Path

import pytest

from tests.architecture.house import ROOT, named

TEMPLATES = sorted((ROOT / "templates").rglob("*.html"))
# Papers are printed, not served: their style sheets may be told by the printer.
WRONG = {
    "a style= attribute": re.compile(r"<[^>]*\sstyle\s*=", re.IGNORECASE),
    "a script without src": re.compile(r"<script(?![^>]*\bsrc=)[^>]*>", re.IGNORECASE),
    "a <style> element": re.compile(r"<style\b", re.IGNORECASE),
    "an on… attribute": re.compile(r"<[a-z][^>]*\son[a-z]+\s*=", re.IGNORECASE),
    "an address outside our origin": re.compile(r"\b(?:src|href|action)\s*=\s*[\"'](?:https?:)?//", re.IGNORECASE),
    "a number formatted in the template": re.compile(r"\|\s*(?:floatformat|localize|intcomma)\b"),
    "javascript: in a link": re.compile(r"javascript:", re.IGNORECASE),
}


@pytest.mark.parametrize("fault", WRONG)
def test_templates_are_free_of(fault: str) -> None:
    found = [
        f"{named(path)}:{text[: match.start()].count(chr(10)) + 1}"
        for path, text in ((path, without_comments(path)) for path in TEMPLATES)
        for match in WRONG[fault].finditer(text)
    ]

    assert found == []


def test_every_posting_form_carries_the_csrf_token() -> None:
    forms = [
        (named(path), form)
        for path in TEMPLATES
        for form in re.findall(
            r"<form\b[^>]*method=[\"']post[\"'].*?</form>", without_comments(path), re.IGNORECASE | re.DOTALL
        )
    ]

    assert [name for name, form in forms if "csrf_token" not in form] == []


def without_comments(path: Path) -> str:
    text = path.read_text(encoding="utf-8")
    blank = re.compile(r"\{#.*?#\}|\{% comment.*?endcomment %\}|<!--.*?-->", re.DOTALL)
    return blank.sub(lambda match: "\n" * match[0].count("\n"), text)
