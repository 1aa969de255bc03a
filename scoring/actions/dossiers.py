"""What every act on a self-assessment begins with: lock, look again, the past stays as it is."""

from collections.abc import Mapping
from dataclasses import asdict

from blocs.actions.years import refuse_past
from blocs.errors import Refusal
from blocs.models import User
from blocs.sheets import CellRefused, as_number, as_whole, as_yes_no
from blocs.standing import standing_of
from blocs.text import nfc
from scoring.models import Criterion, Score, SelfAssessment
from scoring.points import LABELS, FigureRefused, Figures, Leaf, Method, check_figures
from scoring.queries.claims import Missing


class OwnAssessment(Refusal):
    """Nobody reviews the assessment of a unit for which he acts."""


class BadFigure(Refusal):
    """A typed figure is not one that the criterion's method takes; `figure` names the field."""

    status = 422

    def __init__(self, figure: str, sentence: str) -> None:
        super().__init__(sentence)
        self.figure = figure


class Incomplete(Refusal):
    """Criteria are missing; `missing` lists them."""

    def __init__(self, missing: list[Missing]) -> None:
        count = f"{len(missing):02d}"
        named = "; ".join(gap.text for gap in missing)
        super().__init__(f"Chưa thể gửi vì còn {count} tiêu chí chưa hoàn thành: {named}.")
        self.missing = missing


class NoReason(Refusal):
    """A change or a refusal among equals says why."""

    status = 422


WHOLE = frozenset({"plus", "minus"})
_LONGEST = 5000


def lock(assessment: SelfAssessment) -> SelfAssessment:
    """Return the assessment as it is now, its row locked; refuse a year that has ended."""
    locked = (
        SelfAssessment.objects.select_for_update(of=("self",))
        .select_related("membership__year__bloc", "membership__unit", "table")
        .get(pk=assessment.pk)
    )
    refuse_past(locked.membership.year)
    return locked


def refuse_own(assessment: SelfAssessment, by: User | None) -> None:
    """Raise OwnAssessment when the user acts for the unit whose assessment it is."""
    if by is not None and standing_of(by).represents(assessment.membership.unit_id):
        raise OwnAssessment(
            "Không tham gia xét đơn vị mình: bảng điểm này do đơn vị khác thẩm định. Không có nội dung nào bị thay đổi."
        )


def reason_of(text: str, what: str) -> str:
    """Return a reason, NFC and trimmed. Raises NoReason when it is empty."""
    reason = nfc(text)[:_LONGEST]
    if not reason:
        raise NoReason(f"Cần ghi lý do {what}. Chưa có nội dung nào được ghi.")
    return reason


def read_typed(leaf: Leaf, field: str, typed: str) -> object:
    """Return what a typed figure says, None for an emptied field. Raises BadFigure with the field's name."""
    try:
        if field == "not_applicable" or (field == "level" and leaf.method is Method.ACHIEVED):
            said = as_yes_no(typed)
            return said if field == "not_applicable" else int(said) if typed.strip() else None
        if field in WHOLE or field == "level":
            return as_whole(typed)
        return as_number(typed)
    except CellRefused as refusal:
        label = LABELS.get(field, field)
        raise BadFigure(field, f"{_capital(label)}: {refusal.problem} (cần: {refusal.expected}).") from refusal


def changed_figures(criterion: Criterion, figures: Figures, typed: Mapping[str, str]) -> Figures:
    """Return the figures with the typed fields in place of the old. Raises BadFigure.

    Saying that the criterion does not apply empties its figures; stating a figure says that it applies.
    """
    leaf = criterion.leaf
    read = {field: read_typed(leaf, field, text) for field, text in typed.items()}
    if read.get("not_applicable"):
        stated = Figures(not_applicable=True)
    else:
        kept = {} if figures.not_applicable else asdict(figures)
        stated = Figures(**(kept | read | {"not_applicable": False}))
    try:
        check_figures(leaf, stated)
    except FigureRefused as refusal:
        raise BadFigure(refusal.figure, f"Tiêu chí {criterion.code}: {refusal.sentence}.") from refusal
    return stated


def put_figures(score: Score, figures: Figures) -> None:
    """Write figures into a score row (not saved)."""
    for name, value in asdict(figures).items():
        setattr(score, name, value)


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
