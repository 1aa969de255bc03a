"""The criteria table of a year, as rows and as the arithmetic sees it."""

from collections.abc import Iterable
from decimal import Decimal
from functools import lru_cache
from typing import Any

from blocs.models import BlocYear
from scoring.models import CriteriaTable, Criterion
from scoring.parameters import parse_params
from scoring.plans import CriterionRow, TablePlan, TableProperties
from scoring.points import Kind, Leaf, Method
from scoring.ranking import NotApplicable, Row, Table

_COLUMNS = ("code", "parent__code", "kind", "method", "max_points", "params", "pk")


def adopted_table(year: BlocYear) -> CriteriaTable | None:
    """Return the table in force in a year, None before one is adopted. One query."""
    return CriteriaTable.objects.filter(year=year, state=CriteriaTable.State.ADOPTED).first()


def current_table(year: BlocYear) -> CriteriaTable | None:
    """Return the adopted table of a year, else its draft, else None. One query."""
    order = [CriteriaTable.State.ADOPTED, CriteriaTable.State.COMMENT, CriteriaTable.State.DRAFT]
    tables = {table.state: table for table in CriteriaTable.objects.filter(year=year, state__in=order)}
    return next((tables[state] for state in order if state in tables), None)


def leaves(table: CriteriaTable) -> list[Criterion]:
    """Return the criteria that are scored, in the order of the table. One query."""
    return list(table.criteria.exclude(method="").order_by("position"))


def table_values(table: CriteriaTable, *, rows: Iterable[tuple[Any, ...]] | None = None) -> Table:
    """Return a table as the arithmetic sees it. One query, none with `rows` read before; kept on the table object.

    A row is (code, parent's code, kind, method, maximum, parameters) and may end in its primary key.
    """
    kept: Table | None = table.__dict__.get("_values")
    if kept is None:
        stored = list(table.criteria.order_by("position").values_list(*_COLUMNS) if rows is None else rows)
        built = tuple(
            Row(code, parent, Kind(kind), _leaf(code, maximum, method, kind, params) if method else None)
            for code, parent, kind, method, maximum, params, *_ in stored
        )
        kept = table.__dict__["_values"] = Table(
            rows=built,
            decimals=table.decimals,
            bonus_cap=table.bonus_cap,
            not_applicable=NotApplicable(table.not_applicable),
            tie_breaks=tuple(table.tie_breaks),
            grades=tuple((name, Decimal(threshold)) for name, threshold in table.grades),
            keys={pk[0]: code for code, _, _, _, _, _, *pk in stored if pk},
        )
    return kept


@lru_cache(maxsize=4096)
def _leaf(code: str, maximum: Decimal, method: str, kind: str, params: str) -> Leaf:
    return Leaf(code, maximum, Method(method), Kind(kind), parse_params(Method(method), params))


def plan_of(table: CriteriaTable) -> TablePlan:
    """Return an existing table as a plan, from which a copy can be drafted."""
    rows = []
    for row in table.criteria.select_related("parent").order_by("position"):
        method = Method(row.method) if row.method else None
        rows.append(
            CriterionRow(
                code=row.code,
                parent=row.parent.code if row.parent else None,
                title=row.title,
                max_points=row.max_points if method else None,
                kind=Kind(row.kind),
                method=method,
                **({"params": parse_params(method, row.params)} if method else {}),
                has_params=bool(row.params),
                measure=row.measure,
                evidence_hint=row.evidence_hint,
                evidence_required=row.evidence_required,
                guidance=row.guidance,
            )
        )
    values = table_values(table)
    properties = TableProperties(
        values.decimals, values.bonus_cap, values.not_applicable, values.tie_breaks, values.grades, None,
        tuple(table.blocking), table.source, table.confirmed_by,
    )  # fmt: skip
    return TablePlan(tuple(rows), properties)
