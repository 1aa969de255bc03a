"""What was typed for one criterion and could not be saved, and what two people typed at once."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from blocs import text
from scoring.actions.filling import ChangedMeanwhile, Recorded
from scoring.inputs import inputs_of, label_of
from scoring.models import Criterion
from scoring.queries import Missing


@dataclass(frozen=True)
class Conflict:
    """One field that somebody else saved meanwhile: both values, as they are read, and theirs as it is sent back."""

    field: str
    label: str
    mine: str
    theirs: str
    sent: str
    who: str
    when: str


@dataclass(frozen=True)
class Draft:
    """What was typed for one criterion and could not all be saved, with the sentence for each field."""

    typed: Mapping[str, str] = field(default_factory=dict)
    errors: Mapping[str, str] = field(default_factory=dict)
    evidence: Any = None
    conflicts: Sequence[Conflict] = ()
    warning: str = ""


@dataclass(frozen=True)
class SavedPart:
    """What goes back to a page that stays open: the sums, what is still missing, and the texts it now has seen."""

    recorded: Recorded
    gap: str
    seen: Mapping[str, str]
    group_key: str
    foot: str


def saved_part(criterion: Criterion, recorded: Recorded | None, shown: Mapping[str, str]) -> SavedPart | None:
    """Return the answer to a save; None when nothing was. `shown` is what the page had seen before.

    A field that was saved is now seen as stored; one that was not stays as it was, so that a value of somebody else is
    still noticed later. Saying "không áp dụng" empties the figures.
    """
    if recorded is None:
        return None
    gap = next((gap.sentence for gap in recorded.missing if gap.criterion_id == criterion.pk), "")
    empties = recorded.values["not_applicable"] != "" and "not_applicable" not in recorded.refusals
    saved = {
        name: recorded.values.get(name, "")
        for name in shown
        if name in recorded.saved or (empties and name != "explanation")
    }
    return SavedPart(recorded, gap, {**shown, **saved}, key_of(recorded.group), foot_words(recorded.missing))


def key_of(code: str) -> str:
    """Return a group's code as it stands in the ids of the page."""
    return code.lower().replace(".", "-")


def foot_words(missing: Sequence[Missing]) -> str:
    """Return the sentence of the foot bar: what is still missing."""
    if not missing:
        return "Đã hoàn thành các tiêu chí."
    codes = ", ".join(gap.code for gap in missing[:8])
    more = ", …" if len(missing) > 8 else ""  # noqa: PLR2004 - as many as fit the bar
    return f"Còn {text.count(len(missing))} tiêu chí chưa hoàn thành: {codes}{more}"


def conflict_of(criterion: Criterion, name: str, mine: str, refusal: ChangedMeanwhile, decimals: int) -> Conflict:
    """Return both values of a field that two people changed; a level is read by its name."""
    choices = {
        choice.value: choice.label
        for one in inputs_of(criterion, {}, decimals=decimals)
        for choice in one.choices
        if one.name == name
    }
    shown = [choices.get(value, value) or "(để trống)" for value in (mine, refusal.theirs)]
    return Conflict(name, label_of(name), shown[0], shown[1], refusal.theirs, refusal.who, refusal.when)
