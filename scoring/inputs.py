"""Which fields a criterion is filled in with, by its method of scoring: the form of the page, without any arithmetic."""

from collections.abc import Mapping
from dataclasses import dataclass

from blocs import text
from scoring.models import Criterion
from scoring.points import Method

_FIELDS: dict[str, tuple[str, ...]] = {
    Method.POINTS: ("points",),
    Method.RATIO: ("target", "actual"),
    Method.RELATIVE: ("target", "actual"),
    Method.ACHIEVED: ("level",),
    Method.RUBRIC: ("level",),
    Method.PER_UNIT: ("count",),
    Method.ADJUST: ("plus", "minus"),
}
_LABELS = {
    "points": "Điểm tự chấm",
    "target": "Kế hoạch",
    "actual": "Thực hiện",
    "count": "Số lượng",
    "plus": "Số lần cộng",
    "minus": "Số lần trừ",
    "level": "Mức đạt được",
    "explanation": "Giải trình",
    "not_applicable": "Không áp dụng",
}


@dataclass(frozen=True)
class Choice:
    """One level of a rubric: what is sent, what is read, the points it gives."""

    value: str
    label: str
    points: str


@dataclass(frozen=True)
class Input:
    """One field of a criterion: its name, label, present text, what stands under it, and its choices if it has any."""

    name: str
    label: str
    value: str
    hint: str = ""
    locked: bool = False
    choices: tuple[Choice, ...] = ()
    error: str = ""


def label_of(field: str) -> str:
    """Return what a field is called on the page."""
    return _LABELS.get(field, field)


def field_names(criterion: Criterion) -> tuple[str, ...]:
    """Return the figures that the criterion's method asks for."""
    return _FIELDS[criterion.method]


def inputs_of(
    criterion: Criterion,
    values: Mapping[str, str],
    *,
    decimals: int,
    target_is_approved: bool | None = None,
    errors: Mapping[str, str] | None = None,
) -> list[Input]:
    """Return the fields of a criterion with their present texts; an approved target is locked, a reviewer's (None) too."""
    return [
        Input(
            name=name,
            label=_LABELS[name],
            value=values.get(name, ""),
            hint=_hint(criterion, name, decimals, approved=target_is_approved),
            locked=name == "target" and target_is_approved is not False,
            choices=_choices(criterion, decimals) if name == "level" else (),
            error=(errors or {}).get(name, ""),
        )
        for name in field_names(criterion)
    ]


def _hint(criterion: Criterion, name: str, decimals: int, *, approved: bool | None) -> str:
    params, maximum = criterion.leaf.params, text.number(criterion.max_points, decimals)
    if name == "target":
        state = "" if approved is None else "đã được duyệt" if approved else "chưa duyệt"
        return ", ".join(filter(None, (criterion.measure, state)))
    if name == "points":
        step = f", bước {text.number(params.step)}" if params.step else ""
        return f"từ 0 đến {maximum}{step}"
    if name == "count":
        each = text.number(params.per_unit, decimals)
        return f"{each} điểm mỗi {criterion.measure or 'lần'}, không quá {maximum}"
    if name in {"plus", "minus"}:
        each = text.number(params.bonus if name == "plus" else params.penalty, decimals)
        return f"{'cộng' if name == 'plus' else 'trừ'} {each} điểm mỗi lần"
    return criterion.measure


def _choices(criterion: Criterion, decimals: int) -> tuple[Choice, ...]:
    maximum = criterion.max_points
    if criterion.method == Method.ACHIEVED:
        return (
            Choice("1", "Đạt", text.number(maximum, decimals)),
            Choice("0", "Không đạt", text.number(0, decimals)),
        )
    levels = criterion.leaf.params.levels
    return tuple(
        Choice(str(place), f"Mức {place}", text.number(maximum * level, decimals))
        for place, level in enumerate(levels, start=1)
    )


def same_text(typed: str, shown: str) -> bool:
    """Whether what was typed says the same as what the page showed: the same text, or the same number (90,50 and 90,5)."""
    typed, shown = text.nfc(typed), text.nfc(shown)
    if typed == shown:
        return True
    try:
        return text.parse_number(typed) == text.parse_number(shown)
    except text.NotANumber:
        return False
