"""The face of official papers: Times metrics, free, with every Vietnamese letter; judged by its glyphs, not its name."""

from __future__ import annotations

import functools
from pathlib import Path

_VOWELS = "àáảãạăằắẳẵặâầấẩẫậèéẻẽẹêềếểễệìíỉĩịòóỏõọôồốổỗộơờớởỡợùúủũụưừứửữựỳýỷỹỵđ"
VIETNAMESE_LETTERS = _VOWELS + _VOWELS.upper()
FAMILY = "Liberation Serif"
FACES = {
    "LiberationSerif-Regular.ttf": ("normal", "normal"),
    "LiberationSerif-Bold.ttf": ("normal", "bold"),
    "LiberationSerif-Italic.ttf": ("italic", "normal"),
    "LiberationSerif-BoldItalic.ttf": ("italic", "bold"),
}
FOLDERS = (
    Path("/usr/share/fonts"),
    Path("/usr/local/share/fonts"),
    Path("~/.local/share/fonts").expanduser(),
    Path("~/.fonts").expanduser(),
)


def missing_letters(path: Path) -> str:
    """The Vietnamese letters that this font file cannot draw; Debian's fonts-liberation 1.07 lacks 92 of 134."""
    from fontTools.ttLib import TTFont  # type: ignore[import-untyped]  # noqa: PLC0415 - only printing pays for it

    with TTFont(path, lazy=True) as font:
        drawn = font.getBestCmap() or {}
    return "".join(letter for letter in VIETNAMESE_LETTERS if ord(letter) not in drawn)


@functools.cache
def paper_faces(folders: tuple[Path, ...] = FOLDERS) -> dict[str, Path]:
    """The file of each face, found under the folders of fonts and able to draw every letter.

    All four come from one folder. Returns {} when no folder has them; keys as in FACES.
    """
    for folder in folders:
        for regular in sorted(folder.rglob("LiberationSerif-Regular.ttf"), reverse=True):
            faces = {name: regular.with_name(name) for name in FACES}
            if all(path.is_file() and not missing_letters(path) for path in faces.values()):
                return faces
    return {}


def font_face_rules(faces: dict[str, Path]) -> str:
    """The @font-face rules that bind the family to these very files, whatever else is installed."""
    return "\n".join(
        f'@font-face {{ font-family: "{FAMILY}"; font-style: {FACES[name][0]}; font-weight: {FACES[name][1]}; '
        f"src: url({path.as_uri()}) }}"
        for name, path in faces.items()
    )
