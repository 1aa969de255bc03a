"""Where a centred heading of an official paper is broken, so that no compound is torn apart."""

from __future__ import annotations

import re

COMPOUNDS = (
    "ban quản lý",
    "bình xét",
    "bộ kế hoạch",
    "biểu quyết",
    "các khu công nghiệp",
    "các khu kinh tế",
    "các tỉnh",
    "công tác",
    "cơ quan",
    "đề nghị",
    "đơn vị",
    "đầu tư",
    "giao ước",
    "hội nghị",
    "kế hoạch và đầu tư",
    "kết quả",
    "khen thưởng",
    "khối thi đua",
    "khu công nghiệp",
    "khu kinh tế",
    "kiểm phiếu",
    "miền núi phía bắc",
    "nhiệm vụ",
    "phương hướng",
    "phó trưởng khối",
    "thi đua",
    "thi đua khen thưởng",
    "tổng hợp",
    "tổng kết",
    "trung du",
    "trưởng khối",
    "ủy ban nhân dân",
    "về việc",
    "xét khen thưởng",
)
_TORN = 400
_TOO_WIDE = 100
_LINE = 12
_AFTER_STOP = -8
_LEADS_A_NAME = frozenset({"tỉnh", "năm", "số", "thành", "phố", "của"})


def _inside_compound(words: list[str]) -> set[int]:
    """Gaps (before word i) that fall inside a compound, a proper name or a year."""
    plain = [re.sub(r"[^\w]+$", "", word).casefold() for word in words]
    torn: set[int] = set()
    for compound in COMPOUNDS:
        parts = compound.split()
        for start in range(len(words) - len(parts) + 1):
            if plain[start : start + len(parts)] == parts:
                torn.update(range(start + 1, start + len(parts)))
    for i in range(1, len(words)):
        stopped = not words[i - 1][-1].isalnum()
        named = words[i][:1].isupper() and words[i - 1][:1].isupper() and not words[i - 1].isupper()
        if not stopped and (named or plain[i - 1] in _LEADS_A_NAME):
            torn.add(i)
    return torn


def centred_lines(text: str, width: int) -> tuple[str, ...]:
    """Break a heading into the fewest lines of about `width` letters, even in length, never inside a compound.

    `text` in natural case (capitals are a matter of print); a line break in it is kept. Returns the lines.
    """
    if "\n" in text:
        return tuple(line for part in text.splitlines() for line in centred_lines(part, width))
    words = [word for word in re.split(r"[ \t]+", text) if word]  # a non-breaking space holds room to write
    joined = " ".join(words)
    if len(joined) <= width or len(words) == 1:
        return (joined,) if joined else ()
    fewest = -(-len(joined) // width)
    ways = [_evenest(words, count, width) for count in range(fewest, min(fewest + 2, len(words)) + 1)]
    return min(ways)[1]


def _evenest(words: list[str], count: int, width: int) -> tuple[float, tuple[str, ...]]:
    """The best way to set the words in exactly `count` lines, after how bad it is (dynamic programme over the gaps)."""
    torn = _inside_compound(words)
    mean = len(" ".join(words)) / count
    best: dict[int, tuple[float, tuple[str, ...]]] = {0: (_LINE * count, ())}
    for _ in range(count):
        longer: dict[int, tuple[float, tuple[str, ...]]] = {}
        for start, (cost, lines) in best.items():
            for end in range(start + 1, len(words) + 1):
                line = " ".join(words[start:end])
                way = (cost + _badness(line, mean, width) + _TORN * (end in torn), (*lines, line))
                longer[end] = min(way, longer.get(end, way))
        best = longer
    return best[len(words)]


def _badness(line: str, mean: float, width: int) -> float:
    """How badly a line fits: too wide first, then uneven; a line that ends with a semicolon reads well."""
    too_wide = max(0, len(line) - width) * _TOO_WIDE
    return too_wide + (len(line) - mean) ** 2 / width + (_AFTER_STOP if line.endswith(";") else 0)
