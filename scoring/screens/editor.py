"""What the editor of a draft table shows: the rows as typed, what each adds up to, and what is wrong where."""

import csv
import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from blocs import text
from blocs.sheets import Fault
from scoring.models import CriteriaTable
from scoring.models.tables import KINDS, METHODS
from scoring.parameters import format_params
from scoring.plans import TablePlan
from scoring.points import Kind, Method
from scoring.queries.tables import plan_of
from scoring.sheets.criteria import COLUMNS, CriteriaFile, read_criteria
from scoring.sheets.properties import KEYS

FIELDS = tuple(column.key for column in COLUMNS)
_FIRST_ROW = 2  # of a file: the header is the first
_WORDS = {
    "decimals": "Số chữ số thập phân",
    "bonus_cap": "Điểm thưởng tối đa",
    "na": "Tiêu chí không áp dụng (full, exclude, zero)",
    "tie_breaks": "Khi bằng điểm, xét lần lượt (base/I/…)",
    "grades": "Xếp loại (Tên:điểm/Tên:điểm)",
    "total": "Tổng điểm chuẩn phải bằng",
    "blocking": "Trường hợp không xét (no_pledge/no_self_score/…)",
    "source": "Nguồn",
    "confirmed_by": "Người xác nhận",
}


@dataclass
class EditorRow:
    """One row as typed; `summed` is what a group's rows add up to, "" for a criterion."""

    index: int
    order: int
    typed: dict[str, str]
    faults: list[Fault] = field(default_factory=list)
    summed: str = ""


@dataclass(frozen=True)
class Property:
    """One property of the table as typed."""

    key: str
    label: str
    value: str


@dataclass(frozen=True)
class EditorPage:
    """The editor: rows, properties, sums by kind, and every fault; `file` is the checked plan."""

    rows: list[EditorRow]
    properties: list[Property]
    sums: list[tuple[str, str]]
    faults: Sequence[Fault]
    file: CriteriaFile
    kinds: Sequence[tuple[str, str]] = (("", "theo nhóm"), *KINDS)
    methods: Sequence[tuple[str, str]] = (("", "nhóm"), *METHODS)

    @property
    def is_clean(self) -> bool:
        """Whether the table may be saved."""
        return not self.faults


def typed_table(table: CriteriaTable) -> tuple[list[EditorRow], dict[str, str]]:
    """Return the rows and the properties of a draft as they stand in the editor."""
    plan = plan_of(table)
    rows = [EditorRow(index, (index + 1) * 10, _typed(plan, row.code)) for index, row in enumerate(plan.rows)]
    return rows, _typed_properties(plan)


def _typed(plan: TablePlan, code: str) -> dict[str, str]:
    row = plan.by_code[code]
    is_group = code in plan.groups
    method = "" if is_group else (row.method or Method.POINTS).value
    return {
        "code": code,
        "parent": row.parent or "",
        "title": row.title,
        "max_points": "" if is_group else text.typed(row.max_points),
        "kind": plan.kind_of(row).value if row.parent is None else "",
        "method": method,
        "params": format_params(Method(method), row.params) if method else "",
        "unit": row.measure,
        "evidence_hint": row.evidence_hint,
        "guidance": row.guidance,
        "evidence_required": "có" if row.evidence_required else "",
    }


def _typed_properties(plan: TablePlan) -> dict[str, str]:
    properties = plan.properties
    base = sum(
        (plan.maximum(row.code) for row in plan.rows if row.parent is None and plan.kind_of(row) is Kind.BASE), 0
    )
    return {
        "decimals": str(properties.decimals),
        "bonus_cap": "" if properties.bonus_cap is None else text.typed(properties.bonus_cap),
        "na": properties.not_applicable.value,
        "tie_breaks": "/".join(properties.tie_breaks),
        "grades": "/".join(f"{name}:{text.typed(threshold)}" for name, threshold in properties.grades),
        "total": text.typed(base) if base else "",
        "blocking": "/".join(properties.blocking),
        "source": properties.source,
        "confirmed_by": properties.confirmed_by,
    }


def posted_table(posted: Mapping[str, str]) -> tuple[list[EditorRow], dict[str, str]]:
    """Return the rows and properties as they were typed, in the order that was typed; empty rows are dropped."""
    count = int(posted.get("rows", "0")) if posted.get("rows", "0").isdigit() else 0
    rows = []
    for index in range(min(count, 1000)):
        typed = {key: posted.get(f"{key}_{index}", "").strip() for key in FIELDS}
        place = posted.get(f"order_{index}", "").strip()
        if typed["code"] or typed["title"]:
            rows.append(EditorRow(index, int(place) if place.isdigit() else 10_000 + index, typed))
    rows.sort(key=lambda row: row.order)
    for index, row in enumerate(rows):
        row.index, row.order = index, (index + 1) * 10
    return rows, {key: posted.get(f"property_{key}", "").strip() for key in KEYS}


def editor_page(rows: list[EditorRow], properties: Mapping[str, str], *, blank: int = 0) -> EditorPage:
    """Check what was typed by the same reader as a file, and add it up; `blank` adds empty rows at the end."""
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow(FIELDS)
    writer.writerows([row.typed[key] for key in FIELDS] for row in rows)
    file = read_criteria(io.BytesIO(out.getvalue().encode()), "soan.csv", options=properties)
    for fault in file.faults:
        if _FIRST_ROW <= fault.row < _FIRST_ROW + len(rows):
            rows[fault.row - _FIRST_ROW].faults.append(fault)
    sums = _add_up(rows, file)
    rows = rows + [
        EditorRow(len(rows) + more, (len(rows) + more + 1) * 10, dict.fromkeys(FIELDS, "")) for more in range(blank)
    ]
    shown = [Property(key, _WORDS[key], properties.get(key, "")) for key in KEYS]
    return EditorPage(rows, shown, sums, file.faults, file)


def _add_up(rows: Sequence[EditorRow], file: CriteriaFile) -> list[tuple[str, str]]:
    """Write what each group adds up to beside it, and return the sums of the kinds; nothing while the tree is broken."""
    plan = file.plan
    broken = {"Mã", "Mã cha", "Điểm tối đa"} & {
        fault.column for fault in file.faults if "khác tổng" not in fault.problem
    }
    if broken or len(plan.rows) != len(rows):
        return []
    for row, planned in zip(rows, plan.rows, strict=True):
        row.summed = text.number(plan.maximum(planned.code)) if planned.code in plan.groups else ""
    tops = [row for row in plan.rows if row.parent is None]
    labels = {Kind.BASE: "Điểm chuẩn", Kind.BONUS: "Điểm thưởng", Kind.DEDUCTION: "Điểm trừ"}
    sums = {kind: sum((plan.maximum(top.code) for top in tops if plan.kind_of(top) is kind), 0) for kind in Kind}
    return [(labels[kind], text.number(amount)) for kind, amount in sums.items() if amount]
