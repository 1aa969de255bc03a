"""A criteria table as it is about to be: rows, properties, and the rules that hold between them. Pure."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cached_property

from blocs.text import number
from scoring.parameters import format_params, leaf_faults
from scoring.points import Kind, Leaf, Method, Params
from scoring.ranking import NotApplicable

Fault = tuple[str, str, str, str]  # code of the row, key of the column, what is wrong, what was expected


@dataclass(frozen=True, slots=True)
class CriterionRow:
    """One row of a table to be: `kind` None is inherited, `method` None is free points on a leaf."""

    code: str
    parent: str | None
    title: str
    max_points: Decimal | None = None
    kind: Kind | None = None
    method: Method | None = None
    params: Params = field(default_factory=Params)
    has_params: bool = False
    measure: str = ""
    evidence_hint: str = ""
    evidence_required: bool = False
    guidance: str = ""


@dataclass(frozen=True)
class TableProperties:
    """The properties of a table to be; `total` is what the base maxima must add up to."""

    decimals: int = 2
    bonus_cap: Decimal | None = None
    not_applicable: NotApplicable = NotApplicable.FULL
    tie_breaks: tuple[str, ...] = ("base",)
    grades: tuple[tuple[str, Decimal], ...] = ()
    total: Decimal | None = None
    blocking: tuple[str, ...] = ()
    source: str = ""
    confirmed_by: str = ""


@dataclass(frozen=True)
class TablePlan:
    """Rows in the order of the table, and its properties."""

    rows: tuple[CriterionRow, ...]
    properties: TableProperties = field(default_factory=TableProperties)

    @cached_property
    def by_code(self) -> Mapping[str, CriterionRow]:
        """The rows by their codes."""
        return {row.code: row for row in self.rows}

    @cached_property
    def children(self) -> Mapping[str, Sequence[CriterionRow]]:
        """The rows of every group, in order."""
        found: dict[str, list[CriterionRow]] = {}
        for row in self.rows:
            if row.parent is not None:
                found.setdefault(row.parent, []).append(row)
        return found

    @property
    def groups(self) -> frozenset[str]:
        """The codes of the rows that have children."""
        return frozenset(self.children)

    def kind_of(self, row: CriterionRow) -> Kind:
        """Return the kind of a row: its own, else its parent's, a top row without one is base."""
        here: CriterionRow | None = row
        while here is not None and here.kind is None:
            here = self.by_code.get(here.parent or "")
        return Kind.BASE if here is None or here.kind is None else here.kind

    def leaf(self, row: CriterionRow) -> Leaf:
        """Return a row that is scored as the arithmetic sees it."""
        return Leaf(row.code, row.max_points or Decimal(0), row.method or Method.POINTS, self.kind_of(row), row.params)

    def maximum(self, code: str) -> Decimal:
        """Return the points a row can give: its own for a leaf, the sum of its leaves for a group."""
        if code in self.children:
            return sum((self.maximum(child.code) for child in self.children[code]), Decimal(0))
        return self.by_code[code].max_points or Decimal(0)


def plan_faults(plan: TablePlan) -> Iterator[Fault]:
    """Yield what is wrong with the rows of a table, row by row; nothing when it may be adopted."""
    tree = list(_tree_faults(plan.rows))
    yield from tree
    if tree:
        return
    groups = plan.groups
    for row in plan.rows:
        parent = plan.by_code.get(row.parent or "")
        if parent is not None and row.kind is not None and row.kind is not plan.kind_of(parent):
            yield row.code, "kind", f"khác loại của nhóm {parent.code}", "để trống hoặc ghi như nhóm"
        yield from _group_faults(plan, row) if row.code in groups else _leaf_faults(plan, row)


def _tree_faults(rows: Sequence[CriterionRow]) -> Iterator[Fault]:
    codes = Counter(row.code for row in rows)
    parents: Mapping[str, str | None] = {row.code: row.parent for row in rows}
    for code, times in codes.items():
        if times > 1:
            yield code, "code", f"mã {code} có {times:02d} lần", "mỗi mã một lần"
    for row in rows:
        if row.parent is not None and row.parent not in codes:
            yield row.code, "parent", f"không có dòng nào mang mã cha {row.parent}", "mã của một dòng trong tệp"
            continue
        here, steps = row.parent, 0
        while here is not None and here != row.code and steps <= len(rows):
            here, steps = parents.get(here), steps + 1
        if here == row.code:
            yield row.code, "parent", f"mã cha của {row.code} quay vòng về chính dòng này", "mã của nhóm chứa dòng này"


def _group_faults(plan: TablePlan, row: CriterionRow) -> Iterator[Fault]:
    if row.method is not None:
        yield row.code, "method", "dòng có dòng con là nhóm, không có cách chấm", "để trống"
    if row.has_params:
        yield row.code, "params", "dòng có dòng con là nhóm, không có tham số", "để trống"
    summed = plan.maximum(row.code)
    if row.max_points is not None and row.max_points != summed:
        problem = f"điểm tối đa của nhóm ({number(row.max_points)}) khác tổng các tiêu chí con ({number(summed)})"
        yield row.code, "max_points", problem, number(summed)


def _leaf_faults(plan: TablePlan, row: CriterionRow) -> Iterator[Fault]:
    if row.max_points is None:
        yield row.code, "max_points", "tiêu chí phải có điểm tối đa", "số lớn hơn 0"
        return
    for fault in leaf_faults(plan.leaf(row), plan.properties.decimals):
        yield row.code, "max_points" if fault.startswith("điểm tối đa") else "params", fault, ""


@dataclass(frozen=True, slots=True)
class Change:
    """One difference between two tables: a row that came or went (`field` ""), or a field of a row that stayed."""

    code: str
    title: str
    field: str
    before: str
    after: str


def changes_between(before: TablePlan, after: TablePlan) -> list[Change]:
    """Return how a table differs from an earlier one, row by row by code, in the order of the later; what went comes last."""
    found = []
    for row in after.rows:
        old = before.by_code.get(row.code)
        if old is None:
            found.append(Change(row.code, row.title, "", "", _in_short(after, row)))
            continue
        then, now = _fields(before, old), _fields(after, row)
        found += [Change(row.code, row.title, key, then[key], now[key]) for key in now if then[key] != now[key]]
    gone = [row for row in before.rows if row.code not in after.by_code]
    return found + [Change(row.code, row.title, "", _in_short(before, row), "") for row in gone]


def _fields(plan: TablePlan, row: CriterionRow) -> dict[str, str]:
    """Return what may differ in a row, as it is read."""
    method = "" if row.code in plan.groups else (row.method or Method.POINTS).value
    return {
        "parent": row.parent or "",
        "title": row.title,
        "max_points": number(plan.maximum(row.code)),
        "kind": plan.kind_of(row).value,
        "method": method,
        "params": format_params(Method(method), row.params) if method else "",
        "unit": row.measure,
        "evidence_hint": row.evidence_hint,
        "evidence_required": "có" if row.evidence_required else "",
        "guidance": row.guidance,
    }


def _in_short(plan: TablePlan, row: CriterionRow) -> str:
    return f"{row.title} ({number(plan.maximum(row.code))} điểm)"
