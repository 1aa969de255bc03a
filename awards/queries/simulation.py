"""Trying a list before anything is proposed: the same rules, one choice after the other, nothing written."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from awards.eligibility import Objection, Places
from awards.models import Award
from awards.models.submissions import printed_score
from awards.queries.candidates import Eligibility
from blocs import text

Choice = tuple[int, int]
REFUSED, WARNED, POSSIBLE = ("Không đề nghị được", "s-late"), ("Phải ghi lý do", "s-fix"), ("Đề nghị được", "s-ok")


@dataclass(frozen=True)
class Tried:
    """One choice of the trial: who, for what, the verdict with its colour, and every rule that speaks."""

    name: str
    award: str
    verdict: str
    css: str
    objections: tuple[Objection, ...]


@dataclass(frozen=True)
class TriedRow:
    """One member of the form: rank, name, total, and a box for each award."""

    rank: str
    name: str
    total: str
    boxes: tuple[tuple[str, str, bool], ...]


@dataclass(frozen=True)
class Trial:
    """What would come of the choices: each one, and the places left afterwards."""

    tried: tuple[Tried, ...]
    places: tuple[tuple[str, str], ...]

    @property
    def lead(self) -> str:
        """The answer in one sentence."""
        if not self.tried:
            return "Chọn các đơn vị và hình thức để xem quy định cho phép đến đâu. Chưa có gì được ghi."
        refused = sum(row.css == REFUSED[1] for row in self.tried)
        warned = sum(row.css == WARNED[1] for row in self.tried)
        fine = len(self.tried) - refused - warned
        parts = [(fine, "đề nghị được"), (warned, "phải ghi lý do"), (refused, "không đề nghị được")]
        return (
            f"{', '.join(f'{text.count(number)} {words}' for number, words in parts if number)}. Chưa có gì được ghi."
        )


def trial(now: Eligibility, choices: Sequence[Choice]) -> Trial:
    """Return what the rules say to the choices (membership, award by primary keys), made in this order.

    A choice that nothing refuses takes up a place for those after it, as a proposal would.
    """
    awards = {award.pk: award for award in now.awards}
    tried = []
    for member, key in choices:
        if member not in now.candidates or key not in awards:
            continue
        found = now.why_not(member, awards[key])
        hard = any(objection.hard for objection in found)
        tried.append(_tried(now, member, awards[key], found, hard=hard))
        now = now if hard else _taken(now, member, awards[key])
    return Trial(tuple(tried), tuple(_left(places) for places in now.places.values()))


def trial_rows(now: Eligibility, choices: Sequence[Choice]) -> list[TriedRow]:
    """Return the form: every member by rank, with a box for each award; those chosen are marked."""
    chosen = set(choices)
    return [
        TriedRow(
            rank=str(candidate.rank or "–"),
            name=candidate.name,
            total=printed_score(candidate.total),
            boxes=tuple(
                (f"{key}-{award.pk}", award.short_name, (key, award.pk) in chosen)
                for award in now.awards
                if not award.is_for_persons
            ),
        )
        for key, candidate in now.candidates.items()
    ]


def _tried(now: Eligibility, member: int, award: Award, found: tuple[Objection, ...], *, hard: bool) -> Tried:
    label, css = REFUSED if hard else WARNED if found else POSSIBLE
    return Tried(now.candidates[member].name, award.name, label, css, found)


def _taken(now: Eligibility, member: int, award: Award) -> Eligibility:
    candidate = now.candidates[member]
    held = (*candidate.held, (award.code, award.name))
    places = now.places[award.pk]
    return replace(
        now,
        candidates=now.candidates | {member: replace(candidate, held=held)},
        places=now.places | {award.pk: replace(places, held=places.held + 1)},
    )


def _left(places: Places) -> tuple[str, str]:
    limit = "–" if places.limit is None else text.count(places.limit)
    return places.short_name, f"còn {text.count(places.left)}/{limit}"
