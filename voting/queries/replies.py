"""The signed opinions of a round held in writing, unit by unit."""

from dataclasses import dataclass

from blocs import text
from voting.models import RollEntry, Round
from voting.queries.ballots import spoken


@dataclass(frozen=True)
class ReplyRow:
    """One unit of the roll: what it answered and by which paper; `paper` is the stored file's key, None without one."""

    membership: int
    name: str
    entry: int
    answered: bool
    said: str = ""
    citation: str = ""
    paper: int | None = None


def replies_of(round_: Round) -> tuple[ReplyRow, ...]:
    """The roll in membership order with each unit's answer; written opinions are signed, never secret."""
    labels = {option.key: option.label for option in round_.options.all()}
    entries = round_.roll.select_related("membership", "reply").order_by("membership__position", "pk")
    return tuple(_row(entry, labels) for entry in entries)


def _row(entry: RollEntry, labels: dict[str, str]) -> ReplyRow:
    reply = getattr(entry, "reply", None)
    if reply is None:
        return ReplyRow(entry.membership_id, entry.membership.name, entry.pk, answered=False)
    number = f"Số {reply.number} " if reply.number else ""
    said = "; ".join(spoken(labels, *mark) for mark in reply.marks)
    citation = f"{number}ngày {text.date(reply.dated_on)}"
    return ReplyRow(
        entry.membership_id, entry.membership.name, entry.pk, answered=True, said=said, citation=citation,
        paper=reply.paper_id,
    )  # fmt: skip
