"""Who stands where in a bloc year."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.utils.timezone import localdate

from blocs.models import BlocYear
from blocs.text import date, number
from scoring.models import LAYERS, Result
from scoring.queries.scores import ORDER, MemberRow, layered_scores, member_rows, members_at, members_from
from scoring.queries.tables import adopted_table, table_values
from scoring.ranking import Layer, Standing, Table
from scoring.ranking import standings as rank_members

AMOUNTS = ("base", "bonus", "deduction", "total")


@dataclass(frozen=True)
class StandingRow:
    """One member's line: amounts are None for a member without a submitted assessment."""

    membership_id: int
    unit_id: int
    code: str
    name: str
    short_name: str
    layer: str
    groups: dict[str, Decimal | None]
    base: Decimal | None
    bonus: Decimal | None
    deduction: Decimal | None
    total: Decimal | None
    rank: int | None
    shared: bool
    grade: str | None
    provisional: bool
    state: str
    decimals: int = 2

    @property
    def printed(self) -> dict[str, str]:
        """The amounts, the rank and the grade as a page or a paper prints them, "–" for none."""
        amounts = {name: number(getattr(self, name), self.decimals) for name in AMOUNTS}
        rank = "–" if self.rank is None else f"{self.rank} (đồng hạng)" if self.shared else str(self.rank)
        return amounts | {"rank": rank, "grade": self.grade or "–"}

    def as_json(self) -> dict[str, Any]:
        """The line as the command writes it: amounts are strings with the table's decimals and a point."""
        plain = {name: _written(getattr(self, name)) for name in AMOUNTS}
        return {
            "unit": self.code,
            "name": self.name,
            "layer": self.layer,
            "groups": {code: _written(amount) for code, amount in self.groups.items()},
            **plain,
            "rank": self.rank,
            "shared": self.shared,
            "grade": self.grade,
            "provisional": self.provisional,
        }


def _written(amount: Decimal | None) -> str | None:
    return None if amount is None else f"{amount:f}"


@dataclass(frozen=True)
class Standings:
    """The bloc's lines in rank order at a layer; `is_complete` when every member has reached it."""

    layer: Layer
    label: str
    rows: tuple[StandingRow, ...]
    is_complete: bool
    is_relative: bool
    decimals: int = 2

    @property
    def is_provisional(self) -> bool:
        """Whether some ranked line may still change because a member is missing."""
        return any(row.provisional and row.rank is not None for row in self.rows)


def default_layer(rows: list[MemberRow]) -> Layer:
    """Return the latest layer that every member has reached, else claimed."""
    complete = [layer for layer in ORDER if layer_is_complete(rows, layer)]
    return complete[-1] if complete else Layer.CLAIMED


def layer_is_complete(rows: list[MemberRow], layer: Layer) -> bool:
    """Say whether every member has reached the layer."""
    return bool(rows) and all(row.layer and ORDER.index(Layer(row.layer)) >= ORDER.index(layer) for row in rows)


@dataclass(frozen=True)
class Ranked:
    """A bloc computed at one layer: its members, its table, its lines in rank order."""

    layer: Layer
    members: list[MemberRow]
    table: Table
    lines: list[Standing]

    @property
    def label(self) -> str:
        """The layer in words; a correction carries the day of the latest one."""
        days = [row.corrected_at for row in self.members if row.corrected_at]
        dated = f", ngày {date(localdate(max(days)))}" if self.layer is Layer.CORRECTED and days else ""
        return f"{dict(LAYERS)[self.layer.value]}{dated}"

    @property
    def is_complete(self) -> bool:
        """Whether every member has reached the layer."""
        return layer_is_complete(self.members, self.layer)

    def standings(self) -> Standings:
        """The lines with the members' names of that year."""
        by_code = {row.code: row for row in self.members}
        tops = [row.code for row in self.table.rows if row.parent is None]
        rows = tuple(_row(by_code[line.unit], line, self.layer, tops, self.table.decimals) for line in self.lines)
        return Standings(self.layer, self.label, rows, self.is_complete, self.table.is_relative, self.table.decimals)


def ranked(year: BlocYear, layer: Layer | str | None, members: list[MemberRow], table: Table) -> Ranked:
    """Compute a bloc at a layer, by default the latest that is complete. One query beside the members and the table."""
    chosen = Layer(layer) if layer else default_layer(members)
    return Ranked(chosen, members, table, rank_members(table, members_at(year, chosen, members, table.keys)))


def ranked_twice(
    year: BlocYear, layers: tuple[Layer | str | None, Layer | str], members: list[MemberRow], table: Table
) -> tuple[Ranked, Ranked]:
    """Compute a bloc at two layers from the same rows, to lay one beside the other. One query, as for one layer."""
    first, second = Layer(layers[0]) if layers[0] else default_layer(members), Layer(layers[1])
    read = layered_scores(year, members, max(first, second, key=ORDER.index), table.keys)

    def at(layer: Layer) -> Ranked:
        return Ranked(layer, members, table, rank_members(table, members_from(members, read.entries(layer))))

    return at(first), at(second)


def standings(year: BlocYear, layer: Layer | str | None = None) -> Standings:
    """Rank the members of a year at a layer, by default the latest that is complete for the whole bloc.

    A year of which only results are known gives those. Four queries, five for such a year, whatever its size.
    """
    members = member_rows(year)
    table = adopted_table(year)
    if table is None or not any(row.counts for row in members):
        known = _known_results(year, members)
        if known is not None:
            return known
    return ranked(year, layer, members, table_values(table) if table else Table(rows=())).standings()


def _row(member: MemberRow, line: Standing, layer: Layer, tops: list[str], decimals: int) -> StandingRow:
    sheet = line.sheet
    return StandingRow(
        membership_id=member.membership_id,
        unit_id=member.unit_id,
        code=member.code,
        name=member.name,
        short_name=member.short_name,
        layer=layer.value,
        groups={code: None if sheet is None else sheet.rows[code] for code in tops},
        **{name: None if sheet is None else getattr(sheet, name) for name in AMOUNTS},
        rank=line.rank,
        shared=line.shared,
        grade=line.grade,
        provisional=line.provisional,
        state=member.state,
        decimals=decimals,
    )


def _known_results(year: BlocYear, rows: list[MemberRow]) -> Standings | None:
    found = {result.membership_id: result for result in Result.objects.filter(membership__year=year)}
    if not found:
        return None
    totals = [result.total for result in found.values() if result.total is not None]
    decimals = max([2, *(-int(total.as_tuple().exponent) for total in totals)])
    ranks = [result.rank for result in found.values()]
    lines = [_known_row(row, found.get(row.membership_id), ranks, decimals) for row in rows]
    lines.sort(key=lambda line: (line.rank is None, line.rank or 0))
    complete, label = len(found) == len(rows), dict(LAYERS)[Layer.AGREED.value]
    return Standings(Layer.AGREED, label, tuple(lines), complete, is_relative=False, decimals=decimals)


def _known_row(row: MemberRow, result: Result | None, ranks: list[int | None], decimals: int) -> StandingRow:
    rank = result.rank if result else None
    return StandingRow(
        membership_id=row.membership_id,
        unit_id=row.unit_id,
        code=row.code,
        name=row.name,
        short_name=row.short_name,
        layer=Layer.AGREED.value,
        groups={},
        base=None,
        bonus=None,
        deduction=None,
        total=result.total if result else None,
        rank=rank,
        shared=rank is not None and ranks.count(rank) > 1,
        grade=(result.grade or None) if result else None,
        provisional=result is None,
        state=row.state,
        decimals=decimals,
    )
