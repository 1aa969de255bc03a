"""The parameter text of a criterion ("levels=1/0.75/0.5/0") and the rules a leaf must keep. Pure."""

from decimal import Decimal
from fractions import Fraction

from blocs.text import NotANumber, nfc, number, parse_number
from scoring.points import Kind, Leaf, Method, Params

ALLOWED: dict[Method, tuple[str, ...]] = {
    Method.POINTS: ("step",),
    Method.RATIO: ("better",),
    Method.ACHIEVED: (),
    Method.RUBRIC: ("levels",),
    Method.PER_UNIT: ("per_unit",),
    Method.ADJUST: ("bonus", "penalty", "min", "max"),
    Method.RELATIVE: (),
}
REQUIRED: dict[Method, str] = {Method.RUBRIC: "levels", Method.PER_UNIT: "per_unit"}
_FIELDS = {
    "step": "step",
    "better": "lower_is_better",
    "levels": "levels",
    "per_unit": "per_unit",
    "bonus": "bonus",
    "penalty": "penalty",
    "min": "minimum",
    "max": "maximum",
}


class ParamsRefused(ValueError):
    """The parameter text does not fit the method; the message is for the user."""


def parse_params(method: Method, text: str) -> Params:
    """Read `key=value` pairs separated by `;`, lists by `/`, decimal comma or point.

    An unknown, misplaced, repeated, empty or missing parameter raises ParamsRefused with a Vietnamese sentence.
    """
    pairs = _pairs(text)
    for key in pairs:
        if key not in ALLOWED[method]:
            allowed = ", ".join(ALLOWED[method]) or "không có"
            message = f"tham số “{key}” không dùng cho cách chấm {method.value} (được dùng: {allowed})"
            raise ParamsRefused(message)
    needed = REQUIRED.get(method)
    if needed is not None and needed not in pairs:
        message = f"cách chấm {method.value} cần tham số “{needed}”"
        raise ParamsRefused(message)
    values = {_FIELDS[key]: _value(key, value) for key, value in pairs.items()}
    return Params(**values)  # type: ignore[arg-type]


def _pairs(text: str) -> dict[str, str]:
    pairs: dict[str, str] = {}
    for part in nfc(text).split(";"):
        if not part.strip():
            continue
        key, mark, value = (piece.strip() for piece in part.partition("="))
        if not (key and mark and value):
            message = f"tham số “{part.strip()}” phải viết dạng tên=giá trị"
            raise ParamsRefused(message)
        if key.lower() in pairs:
            message = f"tham số “{key}” viết hai lần"
            raise ParamsRefused(message)
        pairs[key.lower()] = value
    return pairs


def _value(key: str, text: str) -> object:
    if key == "better":
        if text.lower() != "lower":
            message = f"tham số “better” chỉ nhận giá trị lower, không nhận “{text}”"
            raise ParamsRefused(message)
        return True
    if key == "levels":
        return tuple(_number(key, part) for part in text.split("/"))
    return _number(key, text)


def _number(key: str, text: str) -> Decimal:
    try:
        return parse_number(text)
    except NotANumber as refusal:
        message = f"tham số “{key}”: {refusal}"
        raise ParamsRefused(message) from refusal


def format_params(method: Method, params: Params) -> str:
    """Return the parameter text that reads back as these parameters (decimal point, as in the templates)."""
    parts = []
    for key in ALLOWED[method]:
        if key == "better":
            parts += ["better=lower"] if params.lower_is_better else []
        elif key == "levels":
            parts.append("levels=" + "/".join(_written(level) for level in params.levels))
        else:
            value = getattr(params, _FIELDS[key])
            parts += [f"{key}={_written(value)}"] if value is not None else []
    return ";".join(parts)


def _written(value: Decimal) -> str:
    text = f"{value:f}"
    digits = len(text.partition(".")[2])
    return text + "0" if digits == 3 and not text.lstrip("+-").startswith("0.") else text  # noqa: PLR2004 - 1.125 reads both ways


def leaf_faults(leaf: Leaf, decimals: int) -> list[str]:
    """Say in Vietnamese what is wrong with a leaf of a table with so many decimals; an empty list when nothing is.

    A maximum is > 0, has no more decimals than the table and is a multiple of the step; levels are 0…1, descending;
    per_unit > 0; bonus and penalty ≥ 0; min ≤ max ≤ max_points; ADJUST is not allowed on a deduction leaf.
    """
    faults = []
    if leaf.max_points <= 0:
        faults.append("điểm tối đa phải lớn hơn 0")
    if places(leaf.max_points) > decimals:
        faults.append(f"điểm tối đa chỉ được đến {decimals} chữ số thập phân như của bảng")
    return faults + _params_faults(leaf)


def places(value: Decimal) -> int:
    """Return how many decimal places a number really has: 2.50 has one."""
    return max(0, -int(value.normalize().as_tuple().exponent))


def _params_faults(leaf: Leaf) -> list[str]:
    params, faults = leaf.params, []
    if params.step is not None:
        if params.step <= 0:
            faults.append("step phải lớn hơn 0")
        elif (Fraction(leaf.max_points) / Fraction(params.step)).denominator != 1:
            faults.append(f"điểm tối đa phải là bội số của bước điểm {number(params.step)}")
    if any(not 0 <= level <= 1 for level in params.levels):
        faults.append("mỗi mức của levels phải từ 0 đến 1")
    if any(later >= earlier for earlier, later in zip(params.levels, params.levels[1:], strict=False)):
        faults.append("các mức của levels phải giảm dần")
    if params.per_unit is not None and params.per_unit <= 0:
        faults.append("per_unit phải lớn hơn 0")
    if leaf.method is Method.ADJUST:
        faults += _adjust_faults(leaf)
    return faults


def _adjust_faults(leaf: Leaf) -> list[str]:
    params, faults = leaf.params, []
    if leaf.kind is Kind.DEDUCTION:
        faults.append("cách chấm ADJUST không dùng cho điểm trừ")
    if params.bonus < 0 or params.penalty < 0:
        faults.append("bonus và penalty không được nhỏ hơn 0")
    highest = leaf.max_points if params.maximum is None else params.maximum
    if highest > leaf.max_points:
        faults.append("max không được lớn hơn điểm tối đa")
    if params.minimum > highest:
        faults.append("min không được lớn hơn max")
    return faults
