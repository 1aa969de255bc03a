"""The secretary's edits of the minutes, word by word."""

from dataclasses import dataclass
from difflib import SequenceMatcher

from blocs.text import moment
from conferences.models import Conference, MinutesEdit


@dataclass(frozen=True)
class Edit:
    """One edit: where, by whom, when, and its words: ("", kept), ("ins", put in), ("del", taken out)."""

    label: str
    who: str
    when: str
    words: tuple[tuple[str, str], ...]


def edits_of(conference: Conference, labels: dict[str, str]) -> tuple[Edit, ...]:
    """Return every edit of a meeting's minutes, the latest first; `labels` names the parts. One query."""
    rows = MinutesEdit.objects.filter(section__conference=conference).select_related("section", "by").order_by("-pk")
    return tuple(
        Edit(
            labels.get(row.section.key, row.section.key),
            str(row.by or "Hệ thống"),
            moment(row.at),
            compared(row.before, row.after),
        )
        for row in rows
    )


def compared(before: str, after: str) -> tuple[tuple[str, str], ...]:
    """Return the words kept, put in and taken out, in reading order."""
    old, new = before.split(), after.split()
    pieces: list[tuple[str, str]] = []
    for act, start, end, other_start, other_end in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if act == "equal":
            pieces.append(("", " ".join(old[start:end])))
            continue
        if start < end:
            pieces.append(("del", " ".join(old[start:end])))
        if other_start < other_end:
            pieces.append(("ins", " ".join(new[other_start:other_end])))
    return tuple(pieces)
