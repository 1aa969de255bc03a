"""How a criterion's points come about, in one sentence, and its figures in words."""

from blocs import text
from scoring.models import Criterion
from scoring.points import Figures, Method, Params


def formula(criterion: Criterion, decimals: int) -> str:
    """Say how the points of a criterion are computed."""
    top, params = text.number(criterion.max_points, decimals), criterion.leaf.params
    sentence = {
        Method.POINTS: f"Chấm trực tiếp: từ 0 đến {top} điểm.",
        Method.RATIO: f"Theo tỷ lệ hoàn thành: điểm = {top} × thực hiện / kế hoạch, không quá {top}.",
        Method.ACHIEVED: f"Đạt: {top} điểm; không đạt: 0 điểm.",
        Method.RUBRIC: f"Theo mức: điểm = {top} × hệ số của mức.",
        Method.RELATIVE: (
            f"So với đơn vị cao nhất Khối: đạt kế hoạch được một nửa của {top}; vượt kế hoạch được thêm theo tỷ lệ vượt "
            f"so với đơn vị vượt cao nhất; dưới kế hoạch tính theo tỷ lệ."
        ),
        Method.PER_UNIT: f"Theo số lượng: {text.number(params.per_unit)} điểm mỗi đơn vị tính, không quá {top}.",
        Method.ADJUST: _adjust(criterion, params),
    }[Method(criterion.method)]
    if criterion.method == Method.RATIO and params.lower_is_better:
        return f"Theo tỷ lệ hoàn thành, càng thấp càng tốt: điểm = {top} × kế hoạch / thực hiện, không quá {top}."
    if criterion.method == Method.POINTS and params.step:
        return f"Chấm trực tiếp: từ 0 đến {top} điểm, bước {text.number(params.step)}."
    return sentence


def _adjust(criterion: Criterion, params: Params) -> str:
    highest = criterion.max_points if params.maximum is None else params.maximum
    return (
        f"Cộng {text.number(params.bonus)} điểm mỗi lần cộng, trừ {text.number(params.penalty)} điểm mỗi lần trừ; "
        f"từ {text.number(params.minimum)} đến {text.number(highest)}."
    )


def figures_in_words(criterion: Criterion, figures: Figures | None) -> str:
    """Return stated figures as a person reads them: "1.335 / 1.500 triệu USD", "mức 2", "đạt", "" for none."""
    if figures is None:
        return ""
    if figures.not_applicable:
        return "không áp dụng"
    return _WORDS[Method(criterion.method)](figures, f" {criterion.measure}" if criterion.measure else "")


def _points(_figures: Figures, _measure: str) -> str:
    return ""


def _ratio(figures: Figures, measure: str) -> str:
    if figures.actual is None and figures.target is None:
        return ""
    return f"{text.number(figures.actual)} / {text.number(figures.target)}{measure}"


def _achieved(figures: Figures, _measure: str) -> str:
    return {None: "", 0: "không đạt"}.get(figures.level, "đạt")


def _rubric(figures: Figures, _measure: str) -> str:
    return "" if figures.level is None else f"mức {figures.level}"


def _count(figures: Figures, measure: str) -> str:
    return "" if figures.count is None else f"{text.number(figures.count)}{measure}"


def _changes(figures: Figures, _measure: str) -> str:
    if figures.plus is None and figures.minus is None:
        return ""
    return f"cộng {figures.plus or 0} lần, trừ {figures.minus or 0} lần"


_WORDS = {
    Method.POINTS: _points,
    Method.RATIO: _ratio,
    Method.ACHIEVED: _achieved,
    Method.RUBRIC: _rubric,
    Method.PER_UNIT: _count,
    Method.ADJUST: _changes,
    Method.RELATIVE: _ratio,
}
