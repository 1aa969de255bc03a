"""Points of one leaf: the seven methods, rounding, and what a figure may be. Pure: values in, values out.

Units: points are `Decimal` in the table's unit ("điểm"); figures are `Decimal` in the criterion's own unit; everything
between them is an exact quotient, rounded once, by the table's decimals. Where a formula comes from stands with it; the
words in quotation marks are those of the scoring tables that ministries and provinces publish for emulation.
"""

from dataclasses import dataclass, field
from decimal import ROUND_HALF_UP, Context, Decimal
from enum import StrEnum
from fractions import Fraction
from functools import cache


class Kind(StrEnum):
    """What a row of the table counts towards."""

    BASE = "base"
    BONUS = "bonus"
    DEDUCTION = "deduction"


class Method(StrEnum):
    """How a leaf is scored."""

    POINTS = "POINTS"
    RATIO = "RATIO"
    ACHIEVED = "ACHIEVED"
    RUBRIC = "RUBRIC"
    PER_UNIT = "PER_UNIT"
    ADJUST = "ADJUST"
    RELATIVE = "RELATIVE"


@dataclass(frozen=True, slots=True)
class Params:
    """The parameters of a leaf's method; those of other methods keep their defaults."""

    step: Decimal | None = None
    lower_is_better: bool = False
    levels: tuple[Decimal, ...] = ()
    per_unit: Decimal | None = None
    bonus: Decimal = Decimal(0)
    penalty: Decimal = Decimal(0)
    minimum: Decimal = Decimal(0)
    maximum: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Leaf:
    """A criterion that is scored."""

    code: str
    max_points: Decimal
    method: Method = Method.POINTS
    kind: Kind = Kind.BASE
    params: Params = field(default_factory=Params)


@dataclass(frozen=True, slots=True)
class Figures:
    """What a unit states about one leaf; None where nothing was stated.

    `level` is the number of the rubric's level counted from 1; for ACHIEVED it is 1 (đạt) or 0 (không đạt).
    """

    actual: Decimal | None = None
    target: Decimal | None = None
    count: Decimal | None = None
    plus: int | None = None
    minus: int | None = None
    level: int | None = None
    points: Decimal | None = None
    not_applicable: bool = False


Quotient = tuple[int, int]  # an exact quotient: numerator over a positive denominator, not reduced

_EXACT = Context(prec=200)  # wider than any figure or sum, so that nothing is rounded but where we round

FIELDS: dict[Method, tuple[str, ...]] = {
    Method.POINTS: ("points",),
    Method.RATIO: ("target", "actual"),
    Method.ACHIEVED: ("level",),
    Method.RUBRIC: ("level",),
    Method.PER_UNIT: ("count",),
    Method.ADJUST: ("plus", "minus"),
    Method.RELATIVE: ("target", "actual"),
}
LABELS = {
    "target": "kế hoạch",
    "actual": "số thực hiện",
    "count": "số lượng",
    "plus": "số lần cộng",
    "minus": "số lần trừ",
    "level": "mức",
    "points": "điểm",
}


class FigureRefused(ValueError):
    """A figure is impossible for its leaf: `figure` names the field, the message is for the user."""

    def __init__(self, figure: str, sentence: str) -> None:
        super().__init__(sentence)
        self.figure = figure
        self.sentence = sentence


def rounded(value: Fraction | Decimal | int, decimals: int) -> Decimal:
    """Round an exact value to so many decimals, half away from zero (ROUND_HALF_UP).

    The result has exactly `decimals` places, and is never a negative zero.
    """
    if not isinstance(value, Decimal):
        return rounded_quotient((value.numerator, value.denominator), decimals)
    amount = value.quantize(_step(decimals), ROUND_HALF_UP, _EXACT)
    return amount or abs(amount)


@cache
def _step(decimals: int) -> Decimal:
    return Decimal(1).scaleb(-decimals)


def rounded_quotient(value: Quotient, decimals: int) -> Decimal:
    """Round an exact quotient as `rounded` does: whole numbers alone, which is what makes large blocs fast."""
    numerator, denominator = value
    size, rest = divmod(abs(numerator) * 10**decimals, denominator)
    size += 2 * rest >= denominator
    return _EXACT.scaleb(Decimal(-size if numerator < 0 else size), -decimals)


def is_answered(leaf: Leaf, figures: Figures | None) -> bool:
    """Say whether every figure that the method needs is stated; 0 is an answer. ADJUST needs one of its two counts."""
    if figures is None:
        return False
    if figures.not_applicable:
        return True
    if leaf.method is Method.ADJUST:
        return figures.plus is not None or figures.minus is not None
    for name in FIELDS[leaf.method]:  # noqa: SIM110 - a loop, not all(): asked of every leaf of every member
        if getattr(figures, name) is None:
            return False
    return True


def check_figures(leaf: Leaf, figures: Figures) -> None:
    """Raise FigureRefused for the first stated figure that the leaf's method does not admit.

    Targets are > 0 (≥ 0 when lower is better), amounts ≥ 0, counts of ADJUST whole, a rubric level one of its levels,
    free points 0…max and a multiple of the step on the typed value; not applicable only on base leaves and alone.
    """
    if figures.not_applicable:
        _check_not_applicable(leaf, figures)
        return
    for name, label in LABELS.items():
        value = getattr(figures, name)
        if value is not None and name not in FIELDS[leaf.method]:
            raise FigureRefused(name, f"cách chấm của tiêu chí không dùng {label}")
        if value is not None and value < 0:
            raise FigureRefused(name, f"{label} không được nhỏ hơn 0")
    if figures.target == 0 and not leaf.params.lower_is_better:
        raise FigureRefused("target", "kế hoạch phải lớn hơn 0")
    if figures.level is not None:
        _check_level(leaf, figures.level)
    if figures.points is not None:
        check_points(leaf, figures.points)


def _check_not_applicable(leaf: Leaf, figures: Figures) -> None:
    if leaf.kind is not Kind.BASE:
        raise FigureRefused("not_applicable", "chỉ tiêu chí tính điểm chuẩn mới được ghi không áp dụng")
    for name, label in LABELS.items():
        if getattr(figures, name) is not None:
            raise FigureRefused(name, f"tiêu chí đã ghi không áp dụng thì để trống {label}")


def _check_level(leaf: Leaf, level: int) -> None:
    if leaf.method is Method.ACHIEVED and level not in {0, 1}:
        raise FigureRefused("level", "chỉ ghi đạt hoặc không đạt")
    if leaf.method is Method.RUBRIC and not 1 <= level <= len(leaf.params.levels):
        raise FigureRefused("level", f"mức phải từ 1 đến {len(leaf.params.levels)}")


def check_points(leaf: Leaf, points: Decimal) -> None:
    """Raise FigureRefused when points given directly lie outside what the leaf can give.

    0…max for every method, min…max for ADJUST; a multiple of the step for POINTS. The typed value is checked.
    """
    lowest, highest = limits(leaf)
    if not lowest <= points <= highest:
        raise FigureRefused("points", f"điểm phải từ {_plain(lowest)} đến {_plain(highest)}")
    step = leaf.params.step
    if step is not None and (Fraction(points) / Fraction(step)).denominator != 1:
        raise FigureRefused("points", f"điểm phải là bội số của {_plain(step)}")


def limits(leaf: Leaf) -> tuple[Decimal, Decimal]:
    """Return the lowest and the highest points the leaf can give."""
    if leaf.method is not Method.ADJUST:
        return Decimal(0), leaf.max_points
    maximum = leaf.params.maximum
    return leaf.params.minimum, leaf.max_points if maximum is None else maximum


def _plain(value: Decimal) -> str:
    text = f"{value.normalize():f}"
    return text.replace(".", ",")


def exact_points(leaf: Leaf, figures: Figures, best: Fraction | None = None) -> Fraction | None:
    """Return the points of an answered, applicable leaf before rounding; None while a figure is missing.

    `best` is R, the largest actual/target among the members that count (RELATIVE only); a member's own ratio above it
    counts as R, so that a draft is scored against the others and itself.
    """
    quotient = quotient_points(leaf, figures, best)
    return None if quotient is None else Fraction(*quotient)


def quotient_points(leaf: Leaf, figures: Figures, best: Fraction | None = None) -> Quotient | None:
    """Return the same as `exact_points`, as a quotient of whole numbers that nobody had to reduce."""
    if not is_answered(leaf, figures) or figures.not_applicable:
        return None
    return _FORMULAS[leaf.method](leaf, figures, best)


def _whole(value: Decimal | None) -> Quotient:
    return (0, 1) if value is None else value.as_integer_ratio()


def _points(_leaf: Leaf, figures: Figures, _best: Fraction | None) -> Quotient:
    """Free points (Tự chấm): as given, in points.

    Source: the tables' "điểm tối đa" with nothing else said; the reviewer checks the evidence.
    """
    return _whole(figures.points)


def _ratio(leaf: Leaf, figures: Figures, _best: Fraction | None) -> Quotient:
    """max × min(actual/target, 1); lower is better: max × min(target/actual, 1), max when actual is 0.

    Actual and target in the criterion's unit, so that their ratio has none. Source: "hoàn thành bao nhiêu phần trăm kế
    hoạch thì được bấy nhiêu phần trăm số điểm"; what lies beyond the plan gains nothing here.
    """
    actual, target = _whole(figures.actual), _whole(figures.target)
    (top, below), (wide, narrow) = (target, actual) if leaf.params.lower_is_better else (actual, target)
    most = _whole(leaf.max_points)
    if wide == 0 or top * narrow >= wide * below:
        return most
    return most[0] * top * narrow, most[1] * below * wide


def _achieved(leaf: Leaf, figures: Figures, _best: Fraction | None) -> Quotient:
    """Max when achieved, else 0. Source: the tables' "đạt / không đạt"."""
    return _whole(leaf.max_points) if figures.level else (0, 1)


def _rubric(leaf: Leaf, figures: Figures, _best: Fraction | None) -> Quotient:
    """max × the chosen level, a share from 0 to 1. Source: the tables' fixed levels ("tốt 100%, khá 75%…")."""
    return _times(_whole(leaf.max_points), _whole(leaf.params.levels[(figures.level or 1) - 1]))


def _per_unit(leaf: Leaf, figures: Figures, _best: Fraction | None) -> Quotient:
    """min(max, per_unit × count): per_unit in points for one, count in pieces. Source: "mỗi … được … điểm, tối đa …"."""
    most, gained = _whole(leaf.max_points), _times(_whole(leaf.params.per_unit), _whole(figures.count))
    return most if _is_less(most, gained) else gained


def _adjust(leaf: Leaf, figures: Figures, _best: Fraction | None) -> Quotient:
    """bonus × plus − penalty × minus, clamped to min…max; both in points for one time.

    Source: "mỗi lần … cộng / trừ … điểm", within the range that the criterion states.
    """
    lowest, highest = map(_whole, limits(leaf))
    plus, minus = _whole(leaf.params.bonus), _whole(leaf.params.penalty)
    gained = (
        plus[0] * (figures.plus or 0) * minus[1] - minus[0] * (figures.minus or 0) * plus[1],
        plus[1] * minus[1],
    )
    if _is_less(gained, lowest):
        return lowest
    return highest if _is_less(highest, gained) else gained


def _relative(leaf: Leaf, figures: Figures, best: Fraction | None) -> Quotient:
    """r = actual/target: r ≤ 1 → ½·max·r; r > 1 → max at r = R, else ½·max + ½·max·(r − 1)/(R − 1).

    r and R have no unit. Source: the tables that score a target against the best of the bloc: meeting the plan gives half,
    and the best gets all only when it exceeded its plan.
    """
    most, (own, unit) = _whole(leaf.max_points), quotient_ratio(figures)
    if own <= unit:
        return most[0] * own, 2 * most[1] * unit
    if best is None or best.numerator * unit <= own * best.denominator:
        return most
    above, beyond = own - unit, best.numerator - best.denominator  # r − 1 = above/unit, R − 1 = beyond/denominator
    return most[0] * (unit * beyond + above * best.denominator), 2 * most[1] * unit * beyond


def _times(one: Quotient, other: Quotient) -> Quotient:
    return one[0] * other[0], one[1] * other[1]


def _is_less(one: Quotient, other: Quotient) -> bool:
    return one[0] * other[1] < other[0] * one[1]


_FORMULAS = {
    Method.POINTS: _points,
    Method.RATIO: _ratio,
    Method.ACHIEVED: _achieved,
    Method.RUBRIC: _rubric,
    Method.PER_UNIT: _per_unit,
    Method.ADJUST: _adjust,
    Method.RELATIVE: _relative,
}


def ratio(figures: Figures) -> Fraction:
    """Return r = actual/target exactly; both are stated and the target is > 0."""
    return Fraction(*quotient_ratio(figures))


def quotient_ratio(figures: Figures) -> Quotient:
    """Return r = actual/target as a quotient of whole numbers."""
    actual, target = _whole(figures.actual), _whole(figures.target or Decimal(1))
    return actual[0] * target[1], actual[1] * target[0]
