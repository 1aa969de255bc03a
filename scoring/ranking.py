"""Sums of a table, totals, ranks and grades of a bloc. Pure: values in, values out.

Everything above a leaf is a sum of rounded leaves; nothing caps or floors but the bonus cap. Amounts are `Decimal`
with exactly the table's decimals.
"""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction
from functools import cached_property

from scoring.points import (
    Figures,
    Kind,
    Leaf,
    Method,
    Quotient,
    is_answered,
    quotient_points,
    quotient_ratio,
    rounded,
    rounded_quotient,
)


class Layer(StrEnum):
    """Whose figure it is, in the order in which the layers come."""

    CLAIMED = "claimed"
    REVIEWED = "reviewed"
    AGREED = "agreed"
    CORRECTED = "corrected"


class NotApplicable(StrEnum):
    """What a leaf that does not apply gives."""

    FULL = "full"
    EXCLUDE = "exclude"
    ZERO = "zero"


@dataclass(frozen=True, slots=True)
class Row:
    """A row of the table: a group (`leaf` None) or a criterion."""

    code: str
    parent: str | None
    kind: Kind
    leaf: Leaf | None = None


@dataclass(frozen=True)
class Table:
    """A criteria table as the arithmetic sees it; rows in the order of the table, parents anywhere.

    `keys` names the codes by the keys under which the rows are kept, where there are any.
    """

    rows: tuple[Row, ...]
    decimals: int = 2
    bonus_cap: Decimal | None = None
    not_applicable: NotApplicable = NotApplicable.FULL
    tie_breaks: tuple[str, ...] = ("base",)
    grades: tuple[tuple[str, Decimal], ...] = ()
    keys: Mapping[int, str] = field(default_factory=dict)

    @cached_property
    def parents(self) -> dict[str, str | None]:
        """The group of every row."""
        return {row.code: row.parent for row in self.rows}

    @cached_property
    def upwards(self) -> tuple[tuple[str, str], ...]:
        """Every row with the group it is added to, the deepest rows first: added in this order, groups are complete."""
        parents = self.parents

        def depth(code: str) -> int:
            parent = parents[code]
            return 0 if parent is None else 1 + depth(parent)

        below = [(code, parent) for code, parent in parents.items() if parent is not None]
        return tuple(sorted(below, key=lambda pair: -depth(pair[0])))

    @cached_property
    def leaves(self) -> tuple[Leaf, ...]:
        """The criteria that are scored, in order."""
        return tuple(row.leaf for row in self.rows if row.leaf is not None)

    @property
    def is_relative(self) -> bool:
        """Whether some leaf is scored against the best of the bloc."""
        return any(leaf.method is Method.RELATIVE for leaf in self.leaves)


@dataclass(frozen=True, slots=True)
class Entry:
    """What a layer says of one leaf: figures, or points given over them as typed; both None keeps the earlier layer."""

    figures: Figures | None = None
    override: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Member:
    """A member with the entries in force at one layer; `counts` from submission on."""

    unit: str
    counts: bool
    entries: Mapping[str, Entry]


@dataclass(frozen=True)
class Sheet:
    """The points of one member. `rows` holds the plain sum of every row of the table, groups and leaves.

    `rescaled` is base minus the plain sum of the base leaves ("Quy đổi do tiêu chí không áp dụng"), 0 but for the
    rule `exclude`; `unanswered` names the leaves without figures, which count 0.
    """

    rows: Mapping[str, Decimal]
    leaves: Mapping[str, Decimal | None]
    base: Decimal
    rescaled: Decimal
    bonus: Decimal
    deduction: Decimal
    total: Decimal
    unanswered: tuple[str, ...] = ()
    base_applies: bool = True


@dataclass(frozen=True)
class Standing:
    """One line of the standings; `sheet`, `rank` and `grade` are None for a member without a submitted assessment."""

    unit: str
    sheet: Sheet | None
    rank: int | None
    shared: bool
    grade: str | None
    provisional: bool = field(default=False)


def in_force(layers: Mapping[Layer, Entry], upto: Layer) -> Entry:
    """Return what is in force at a layer: the latest figures, and points given over them by the same or a later layer.

    An empty later layer keeps the earlier one; corrected figures set aside points typed by an earlier layer.
    """
    figures: Figures | None = None
    override: Decimal | None = None
    for layer in Layer:
        entry = layers.get(layer)
        if entry is not None:
            if entry.figures is not None:
                figures, override = entry.figures, None
            if entry.override is not None:
                override = entry.override
        if layer is upto:
            break
    return Entry(figures, override)


def best_ratios(table: Table, members: Iterable[Member]) -> dict[str, Fraction]:
    """Return R of every RELATIVE leaf: the largest actual/target among the members that count and where it applies."""
    counting = [member.entries for member in members if member.counts] if table.is_relative else []
    best = {leaf.code: _best_of(leaf, counting) for leaf in table.leaves if leaf.method is Method.RELATIVE}
    return {code: Fraction(*quotient) for code, quotient in best.items() if quotient is not None}


def _best_of(leaf: Leaf, counting: Iterable[Mapping[str, Entry]]) -> Quotient | None:
    best: Quotient | None = None
    for entries in counting:
        figures = entries.get(leaf.code, _NOTHING).figures
        if figures is None or figures.not_applicable or not is_answered(leaf, figures):
            continue
        own = quotient_ratio(figures)
        if best is None or own[0] * best[1] > best[0] * own[1]:
            best = own
    return best


_NOTHING = Entry()


def leaf_points(table: Table, leaf: Leaf, entry: Entry, best: Fraction | None = None) -> Decimal | None:
    """Return the rounded points of one leaf; None when nothing is stated, or when the rule `exclude` takes it out."""
    if entry.override is not None:
        return rounded(entry.override, table.decimals)
    if entry.figures is not None and entry.figures.not_applicable:
        if table.not_applicable is NotApplicable.EXCLUDE:
            return None
        full = table.not_applicable is NotApplicable.FULL
        return rounded(leaf.max_points if full else 0, table.decimals)
    exact = None if entry.figures is None else quotient_points(leaf, entry.figures, best)
    return None if exact is None else rounded_quotient(exact, table.decimals)


def is_excluded(table: Table, entry: Entry) -> bool:
    """Say whether the rule `exclude` takes this leaf out of both sums."""
    stated = entry.figures is not None and entry.figures.not_applicable and entry.override is None
    return stated and table.not_applicable is NotApplicable.EXCLUDE


def sheet(table: Table, entries: Mapping[str, Entry], best: Mapping[str, Fraction]) -> Sheet:
    """Add up one member's table.

    base = sum of base leaves, under `exclude` × all base maxima / applicable base maxima, rounded once (0 when none
    applies); bonus = min(sum, cap); deduction = sum; total = base + bonus − deduction.
    """
    zero = rounded(0, table.decimals)
    leaves = {
        leaf.code: leaf_points(table, leaf, entries.get(leaf.code, _NOTHING), best.get(leaf.code))
        for leaf in table.leaves
    }
    excludes = table.not_applicable is NotApplicable.EXCLUDE
    away = {code for code in leaves if is_excluded(table, entries.get(code, _NOTHING))} if excludes else set()
    sums = dict.fromkeys(Kind, zero)
    for leaf in table.leaves:
        sums[leaf.kind] += leaves[leaf.code] or zero
    base, applies = _base(table, sums[Kind.BASE], away)
    bonus, deduction = sums[Kind.BONUS], sums[Kind.DEDUCTION]
    if table.bonus_cap is not None:
        bonus = min(bonus, rounded(table.bonus_cap, table.decimals))
    return Sheet(
        rows=_row_sums(table, leaves, zero),
        leaves=leaves,
        base=base,
        rescaled=base - sums[Kind.BASE],
        bonus=bonus,
        deduction=deduction,
        total=base + bonus - deduction,
        unanswered=tuple(code for code, points in leaves.items() if points is None and code not in away),
        base_applies=applies,
    )


def _base(table: Table, plain: Decimal, away: Collection[str]) -> tuple[Decimal, bool]:
    """Return the base points and whether any base leaf applies; rescaled once when some do not."""
    if not away:
        return plain, True
    maxima = {leaf.code: leaf.max_points for leaf in table.leaves if leaf.kind is Kind.BASE}
    applicable = sum((top for code, top in maxima.items() if code not in away), Decimal(0))
    if not applicable:
        return rounded(0, table.decimals), False
    return rounded(Fraction(plain) * Fraction(sum(maxima.values())) / Fraction(applicable), table.decimals), True


def _row_sums(table: Table, leaves: Mapping[str, Decimal | None], zero: Decimal) -> dict[str, Decimal]:
    sums = {row.code: leaves.get(row.code) or zero for row in table.rows}
    for code, parent in table.upwards:
        sums[parent] += sums[code]
    return sums


def grade(table: Table, total: Decimal) -> str | None:
    """Return the grade from its threshold upward; below the lowest threshold the lowest grade; None without grades."""
    if not table.grades:
        return None
    ordered = sorted(table.grades, key=lambda pair: pair[1], reverse=True)
    return next((name for name, threshold in ordered if total >= threshold), ordered[-1][0])


def tie_break(table: Table) -> Callable[[Sheet], tuple[Decimal, ...]]:
    """Return the key by which sheets rank, larger first: the total, then the tie-breaks in order.

    `base`, `bonus`, a row of base or bonus points: more is better; `deduction`, a row of deductions: less is better.
    Rows compare by their plain sums, never rescaled.
    """
    deducting = {row.code for row in table.rows if row.kind is Kind.DEDUCTION}

    def part(member: Sheet, key: str) -> Decimal:
        if key in {"base", "bonus"}:
            return member.base if key == "base" else member.bonus
        if key == "deduction":
            return -member.deduction
        return -member.rows[key] if key in deducting else member.rows[key]

    return lambda member: (member.total, *(part(member, key) for key in table.tie_breaks))


def standings(table: Table, members: Sequence[Member]) -> list[Standing]:
    """Rank a bloc: "1, 2, 2, 4"; shared ranks in membership order; members that do not count yet come last, unranked.

    While such a member exists and the table has a RELATIVE leaf, every line is provisional.
    """
    best = best_ratios(table, members)
    waiting = [member for member in members if not member.counts]
    key = tie_break(table)
    sheets = [(member.unit, sheet(table, member.entries, best)) for member in members if member.counts]
    keys = {unit: key(points) for unit, points in sheets}
    ordered = sorted(sheets, key=lambda pair: keys[pair[0]], reverse=True)  # sorted() is stable, also in reverse
    values = list(keys.values())
    provisional = bool(waiting) and table.is_relative
    lines = [
        Standing(
            unit=unit,
            sheet=points,
            rank=1 + sum(other > keys[unit] for other in values),
            shared=values.count(keys[unit]) > 1,
            grade=grade(table, points.total),
            provisional=provisional,
        )
        for unit, points in ordered
    ]
    return lines + [Standing(member.unit, None, None, shared=False, grade=None, provisional=True) for member in waiting]


def own_sheet(table: Table, member: Member, others: Iterable[Member]) -> Sheet:
    """Add up one member's table as that member sees it: a draft's own figures count against R and itself."""
    return sheet(table, member.entries, best_ratios(table, others))
