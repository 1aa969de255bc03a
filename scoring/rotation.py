"""Who scores whom in cross-scoring ("chấm chéo"): a proposal. Pure: values in, values out."""

from collections.abc import Hashable, Mapping, Sequence
from typing import TypeVar

Unit = TypeVar("Unit", bound=Hashable)


def rotation(units: Sequence[Unit], *, before: Mapping[Unit, Unit], wanted: Mapping[Unit, Unit]) -> dict[Unit, Unit]:
    """Return for every unit the one that scores it: a shift along the order of the bloc, so each scores exactly one.

    Nobody scores itself. Of all shifts the one with the fewest pairs of the year `before` is taken, then with the
    fewest units that score each other, then with the most pairs that are `wanted` (the deputy for the leader), then the
    shortest. Empty for fewer than two units.
    """
    size = len(units)
    if size < 2:  # noqa: PLR2004 - one alone has nobody to score it
        return {}

    def pairs(shift: int) -> dict[Unit, Unit]:
        return {unit: units[(place + shift) % size] for place, unit in enumerate(units)}

    def faults(shift: int) -> tuple[int, int, int, int]:
        found = pairs(shift)
        again = sum(before.get(unit) == peer for unit, peer in found.items())
        mutual = sum(found[peer] == unit for unit, peer in found.items())
        missed = sum(found.get(unit) != peer for unit, peer in wanted.items())
        return again, mutual, missed, shift

    return pairs(min(range(1, size), key=faults))
