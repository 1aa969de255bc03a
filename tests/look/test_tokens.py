"""Colours that can be read, and styles in one place."""

import re
from pathlib import Path

import pytest

CSS = Path(__file__).resolve().parents[2] / "static/css"
TOKENS = dict(re.findall(r"(--[a-z0-9-]+):\s*(#[0-9a-f]{6})\b", (CSS / "tokens.css").read_text()))


def luminance(colour: str) -> float:
    """WCAG 2.1, relative luminance of #rrggbb."""
    channels = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in channels)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """WCAG 2.1, contrast ratio of two tokens."""
    light, dark = sorted((luminance(TOKENS[one]), luminance(TOKENS[other])), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("ground", ["--paper", "--white", "--wash"])
@pytest.mark.parametrize("ink", ["--ink", "--ink-2", "--ink-3", "--red", "--late", "--amber"])
def test_text_can_be_read_on_every_ground(ink, ground):
    assert contrast(ink, ground) >= 4.5


@pytest.mark.parametrize("state", ["grey", "blue", "amber", "teal", "green", "late", "gold"])
def test_the_word_of_a_state_can_be_read_on_its_tint(state):
    assert contrast(f"--{state}", f"--{state}-tint") >= 4.5


def test_the_word_on_the_one_act_can_be_read():
    assert (contrast("--white", "--red") >= 4.5, contrast("--white", "--red-deep") >= 4.5) == (True, True)


def test_the_edge_of_a_field_can_be_seen():
    assert contrast("--field", "--white") >= 3


@pytest.mark.parametrize("sheet", ["base", "components", "screens", "print"])
def test_colours_are_written_down_in_the_tokens_only(sheet):
    colours = re.findall(r"#[0-9a-f]{3,8}\b(?![^{]*\{)", (CSS / f"{sheet}.css").read_text())

    assert [colour for colour in colours if colour != "#000"] == []  # paper is printed in black


@pytest.mark.parametrize("sheet", ["tokens", "base", "components", "screens", "print"])
def test_no_style_is_fetched_from_elsewhere(sheet):
    assert re.findall(r"url\((?!\"\.\./img/)[^)]*\)|@import", (CSS / f"{sheet}.css").read_text()) == []
