"""Invented results of the demonstration's boards, so that the ranks agree with what was published, and no more.

No board's score was ever published: all figures below were made up for demonstration.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field

HEADERS = (
    "Đơn vị", "Mã tiêu chí", "Kế hoạch", "Thực hiện", "Số lượng", "Mức", "Giải trình",
    "Điểm thẩm định", "Điểm thống nhất", "Lý do",
)  # fmt: skip
# Targets of a middle-sized board: registered capital and realised capital (triệu USD), land (ha), budget (tỷ đồng), rates (%).
TARGETS = {
    "I.1": 400, "I.2": 260, "I.3": 40, "I.7": 1200, "II.2": 100, "III.1": 100, "IV.2": 100, "V.1": 98, "V.2": 80,
    "V.3": 75, "VII.3": 50,
}  # fmt: skip
SIZED = ("I.1", "I.2", "I.3", "I.7")
LEVELS = ("I.4", "I.5", "II.1", "II.3", "III.2", "IV.3", "V.5", "VI.1", "VI.2", "VII.1")
ACHIEVED = ("I.6", "III.3", "III.4", "IV.1", "IV.4", "V.4", "VI.3", "VI.4", "VII.5")
COUNTS = {"VII.2": 3, "VII.4": 3}
EXTRA = ("VIII.1", "VIII.2", "VIII.3", "VIII.4", "VIII.5", "IX.1", "IX.2", "IX.3", "IX.4")


@dataclass(frozen=True)
class Result:
    """One board's year: its size beside the middle one, shares of its targets in %, levels, counts, what fell short.

    `reviewed` and `agreed` hold points that a later layer changed, with the reason.
    """

    size: float
    shares: dict[str, int] = field(default_factory=dict)
    levels: dict[str, int] = field(default_factory=dict)
    missed: tuple[str, ...] = ()
    counts: dict[str, int] = field(default_factory=dict)
    reviewed: dict[str, tuple[str, str]] = field(default_factory=dict)
    agreed: dict[str, tuple[str, str]] = field(default_factory=dict)


YEAR_2023 = {
    "BQL-TQ": Result(0.8, {"I.2": 99}, {"V.5": 2}, counts={"VIII.3": 1, "VIII.5": 1}),
    "BQL-BG": Result(
        3.0,
        {"I.1": 112, "I.3": 96},
        {"II.3": 2},
        counts={"VIII.3": 1},
        reviewed={"II.1": ("3,50", "Biên bản kiểm tra trật tự xây dựng chỉ có ở 02/06 khu công nghiệp.")},
    ),
    "BQL-TN": Result(
        2.2,
        {"I.1": 94, "V.2": 97},
        {"IV.3": 2},
        counts={"VIII.3": 1},
        agreed={"I.5": ("2,25", "Hội nghị thống nhất chỉ tính các vướng mắc đã giải quyết xong.")},
    ),
    "BQL-PT": Result(1.2, {"I.1": 91, "I.2": 95, "V.3": 96}, {"I.4": 2, "VII.1": 2}, counts={"VIII.4": 1}),
    "BQL-HB": Result(
        0.9,
        {"I.1": 87, "I.3": 82, "V.2": 93},
        {"I.5": 2, "VI.2": 2},
        counts={"VII.2": 2},
        reviewed={"V.3": ("2,40", "Số liệu một cửa ghi tỷ lệ 60%, không phải 75%.")},
    ),
    "BQL-YB": Result(0.7, {"I.1": 84, "I.2": 88, "I.3": 71}, {"II.1": 2, "V.5": 3}, counts={"VII.2": 1, "IX.1": 1}),
    "BQL-BK": Result(
        0.4,
        {"I.1": 81, "I.2": 86, "I.3": 65, "V.3": 88},
        {"I.4": 3, "II.3": 2, "VI.1": 2},
        counts={"VII.2": 1},
        missed=("III.4",),
    ),
}
YEAR_2024 = {
    "BQL-HB": Result(0.9, {"I.1": 96, "I.3": 88, "V.2": 95}, {"I.5": 2, "V.5": 2}, counts={"VIII.4": 1}),
    "BQL-BK": Result(0.4, {"I.1": 90, "I.2": 92, "I.3": 70}, {"I.4": 2, "II.3": 2}, counts={"VII.2": 2}),
    "BQL-BG": Result(3.0, {"I.2": 98, "V.2": 95}, {"II.3": 2}, counts={"VIII.3": 1}),
    "BQL-TN": Result(2.2, {"I.1": 97, "V.3": 96}, {"IV.3": 2}, counts={"VIII.3": 1}),
    "BQL-TQ": Result(0.8, {"I.1": 103, "I.2": 97}, {"V.5": 2}, counts={"VIII.5": 1}),
    "BQL-YB": Result(0.7, {"I.1": 88, "I.3": 78}, {"II.1": 2, "V.5": 3}, counts={"VII.2": 2}),
    "BQL-PT": Result(1.2, {"I.1": 98, "I.2": 96}, {"I.4": 2}, counts={"VIII.4": 1}),
}


def target_of(result: Result, code: str) -> int:
    """Return the invented target of one board for one criterion."""
    return round(TARGETS[code] * result.size) if code in SIZED else TARGETS[code]


def target_rows(year: dict[str, Result]) -> Iterator[tuple[str, ...]]:
    """Yield the targets as a file would state them."""
    yield ("Đơn vị", "Mã tiêu chí", "Kế hoạch", "Nguồn")
    for unit, result in year.items():
        for code in TARGETS:
            yield (unit, code, str(target_of(result, code)), "Kế hoạch năm (số liệu minh họa)")


def result_rows(
    year: dict[str, Result], *, later: bool, without: dict[str, tuple[str, ...]] | None = None
) -> Iterator[tuple[str, ...]]:
    """Yield the results as a file would state them; `later` adds the reviewed and agreed layers, `without` leaves rows out."""
    yield HEADERS
    for unit, result in year.items():
        for code in (*TARGETS, *LEVELS, *ACHIEVED, *COUNTS, *EXTRA):
            if code not in (without or {}).get(unit, ()):
                yield _row(unit, code, result, later=later)


def _row(unit: str, code: str, result: Result, *, later: bool) -> tuple[str, ...]:
    target = actual = count = level = ""
    if code in TARGETS:
        target = str(target_of(result, code))
        actual = _plain(target_of(result, code) * result.shares.get(code, 100) / 100)
    elif code in LEVELS:
        level = str(result.levels.get(code, 1))
    elif code in ACHIEVED:
        level = "không" if code in result.missed else "có"
    else:
        count = str(result.counts.get(code, COUNTS.get(code, 0)))
    reviewed, why = result.reviewed.get(code, ("", "")) if later else ("", "")
    agreed, reason = result.agreed.get(code, ("", "")) if later else ("", "")
    return (unit, code, target, actual, count, level, "", reviewed, agreed, why or reason)


def _plain(value: float) -> str:
    """One decimal at the most, with a comma."""
    text = f"{value:.1f}".removesuffix(".0")
    return text.replace(".", ",")
