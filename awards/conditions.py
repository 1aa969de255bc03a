"""Conditions of an award as data: what each kind asks of a candidate, in pure values, no Django.

A condition is a row that somebody has confirmed or has still to confirm: its kind, its value as text, whether it refuses
or warns, and where it stands. What cannot be read is never passed over in silence: it warns that it cannot be checked.
"""

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from enum import StrEnum


class Kind(StrEnum):
    """What a condition looks at."""

    MAX_RANK = "max_rank"
    GRADE = "grade"
    MIN_SCORE = "min_score"
    YEARS_SINCE = "years_since"
    NOT_WITH = "not_with"
    PLEDGE = "pledge"
    NO_CASE = "no_case"


@dataclass(frozen=True)
class Condition:
    """One condition: its kind, its value ("3", "Xuất sắc", "FLAG"), whether it refuses, and its source."""

    kind: str
    value: str
    hard: bool
    source: str


@dataclass(frozen=True)
class Facts:
    """What conditions look at, of one candidate for one award in one year.

    `last_given` is the latest year before this one in which the unit (or a unit that it succeeded) was given the same
    award; `held` maps the codes of the awards for which it is on this year's list to their names.
    """

    name: str
    year: int
    rank: int | None = None
    total: Decimal | None = None
    grade: str = ""
    pledged: bool = True
    last_given: int | None = None
    held: tuple[tuple[str, str], ...] = ()
    has_case: bool = False


def unmet(condition: Condition, facts: Facts) -> str:
    """Return what the candidate lacks, as the words after its name; "" when the condition is met."""
    try:
        return _CHECKS[Kind(condition.kind)](condition.value.strip(), facts)
    except (ValueError, InvalidOperation):
        return f"chưa kiểm tra được điều kiện “{condition.value}”"


def is_readable(kind: str, value: str) -> bool:
    """Whether a value can be read for its kind: a whole number, a score, words, a code, or nothing."""
    probe = Facts("", 2000, rank=1, total=Decimal(0), grade="-")
    return not unmet(Condition(kind, value, hard=True, source=""), probe).startswith("chưa kiểm tra")


def words_of(kind: str, value: str) -> str:
    """Return a condition in words, as the catalogue prints it: "Thứ hạng từ 3 trở lên"."""
    return {
        Kind.MAX_RANK: f"Xếp hạng từ thứ {value} trở lên",
        Kind.GRADE: f"Xếp loại: {value}",
        Kind.MIN_SCORE: f"Tổng điểm từ {value} trở lên",
        Kind.YEARS_SINCE: f"Đã ít nhất {value} năm kể từ lần được tặng gần nhất",
        Kind.NOT_WITH: f"Không đồng thời được đề nghị {value} cho cùng thành tích",
        Kind.PLEDGE: "Đã ký giao ước thi đua của năm",
        Kind.NO_CASE: "Không thuộc trường hợp không xét, đề nghị khen thưởng",
    }[Kind(kind)]


def _rank(value: str, facts: Facts) -> str:
    most = _whole(value)
    if facts.rank is not None and facts.rank <= most:
        return ""
    return f"xếp hạng {facts.rank or '–'}, điều kiện là từ hạng {most} trở lên"


def _grade(value: str, facts: Facts) -> str:
    wanted = [part.strip() for part in value.split(";") if part.strip()]
    if not wanted:
        raise ValueError(value)
    if facts.grade in wanted or facts.grade == "-":
        return ""
    return f"xếp loại “{facts.grade or 'chưa có'}”, điều kiện là {' hoặc '.join(wanted)}"


def _score(value: str, facts: Facts) -> str:
    least = Decimal(value.replace(",", "."))
    if facts.total is not None and facts.total >= least:
        return ""
    total = "chưa có" if facts.total is None else str(facts.total).replace(".", ",")
    return f"tổng điểm {total}, điều kiện là từ {value} trở lên" if least > 0 else ""


def _years(value: str, facts: Facts) -> str:
    least = _whole(value)
    if facts.last_given is None or facts.year - facts.last_given >= least:
        return ""
    return f"đã được tặng năm {facts.last_given}, điều kiện là cách ít nhất {least:02d} năm"


def _not_with(value: str, facts: Facts) -> str:
    if not value:
        raise ValueError(value)
    return next((f"đã được đề nghị {name} cho cùng thành tích" for code, name in facts.held if code == value), "")


def _pledge(_value: str, facts: Facts) -> str:
    return "" if facts.pledged else f"chưa ký giao ước thi đua năm {facts.year}"


def _no_case(_value: str, facts: Facts) -> str:
    return "thuộc trường hợp không xét, đề nghị khen thưởng" if facts.has_case else ""


def _whole(value: str) -> int:
    if not value.isdecimal():
        raise ValueError(value)
    return int(value)


_CHECKS: dict[Kind, Callable[[str, Facts], str]] = {
    Kind.MAX_RANK: _rank,
    Kind.GRADE: _grade,
    Kind.MIN_SCORE: _score,
    Kind.YEARS_SINCE: _years,
    Kind.NOT_WITH: _not_with,
    Kind.PLEDGE: _pledge,
    Kind.NO_CASE: _no_case,
}
