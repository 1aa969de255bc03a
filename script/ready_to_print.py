"""Judge whether this machine can print: the libraries WeasyPrint opens, and a font that has every Vietnamese letter.

The font is judged by its glyphs, not by its name: a system may hold an old "Liberation Serif" that lacks 92 of the 134
letters, and fontconfig replaces a missing font by another without a word. Exits 0 when all is there; else prints one
line for each thing that is missing and exits 1.
"""

import ctypes
import shutil
import subprocess
import sys
import unicodedata
from pathlib import Path

LIBRARIES = ("libpango-1.0.so.0", "libpangoft2-1.0.so.0", "libharfbuzz.so.0", "libharfbuzz-subset.so.0")
FONT = "Liberation Serif"
STYLES = ("Regular", "Bold", "Italic", "Bold Italic")


def vietnamese_letters() -> list[str]:
    """Return the 134 letters of Vietnamese that ASCII does not have: 12 vowels in 6 tones, and đ, in both cases."""
    tones = ("", "\N{COMBINING GRAVE ACCENT}", "\N{COMBINING ACUTE ACCENT}", "\N{COMBINING HOOK ABOVE}")
    tones += ("\N{COMBINING TILDE}", "\N{COMBINING DOT BELOW}")
    small = [unicodedata.normalize("NFC", vowel + tone) for vowel in "aăâeêioôơuưy" for tone in tones]
    return [letter for letter in [*small, "đ", *(each.upper() for each in small), "Đ"] if not letter.isascii()]


def can_open(library: str) -> bool:
    """Say whether the system's loader finds the library."""
    try:
        ctypes.CDLL(library)
    except OSError:
        return False
    return True


def font_file(style: str) -> Path | None:
    """Return the file that fontconfig gives for the font in a style, or None when it gives another font."""
    if shutil.which("fc-match") is None:
        return None
    command = ["fc-match", "--format", "%{family}\n%{file}", f"{FONT}:style={style}"]
    answer = subprocess.run(command, capture_output=True, text=True, check=False).stdout.splitlines()
    return Path(answer[1]) if len(answer) > 1 and answer[0].split(",")[0] == FONT else None


def letters_without_glyph(file: Path) -> int:
    """Count the Vietnamese letters for which the font file has no glyph."""
    from fontTools.ttLib import TTFont  # noqa: PLC0415 - slow, and needless when the font is not there

    with TTFont(file, lazy=True) as font:
        glyphs = font.getBestCmap()
        return sum(ord(letter) not in glyphs for letter in vietnamese_letters())


def judge_font(style: str) -> str:
    """Say what is wrong with the font in a style, or nothing."""
    file = font_file(style)
    if file is None:
        return f"the font {FONT} {style} is missing"
    lacking = letters_without_glyph(file)
    return f"the font {file} lacks {lacking} of the {len(vietnamese_letters())} Vietnamese letters" if lacking else ""


def what_is_missing() -> list[str]:
    """Return one line for each thing that printing lacks."""
    lines = [f"the library {library} is missing" for library in LIBRARIES if not can_open(library)]
    return lines + [line for line in map(judge_font, STYLES) if line]


if __name__ == "__main__":
    found = what_is_missing()
    for lack in found:
        print(lack)
    sys.exit(1 if found else 0)
