"""What the page of the criteria table shows."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from blocs import text
from blocs.models import BlocYear, User
from blocs.rules import may
from blocs.sheets import Sheet, write_xlsx
from scoring.models import BLOCKING, CriteriaTable, TableComment, TableTemplate
from scoring.models.tables import KINDS, METHODS
from scoring.queries.drafts import Difference, difference_to_last_year, sources_for
from scoring.sheets.criteria import COLUMNS


@dataclass(frozen=True)
class TableRow:
    """One row of the table as printed."""

    code: str
    title: str
    maximum: str
    method: str
    measure: str
    evidence: str
    is_group: bool
    pk: int = 0


@dataclass(frozen=True)
class ChangeRow:
    """One difference to the table before, as printed."""

    code: str
    title: str
    what: str
    before: str
    after: str


_WHAT = {column.key: column.label for column in COLUMNS}


def change_rows(difference: Difference | None) -> list[ChangeRow]:
    """Return the differences with their words; kinds and methods by their names."""
    words = dict(KINDS) | dict(METHODS)
    rows = []
    for one in difference.changes if difference else ():
        what = _WHAT.get(one.field) or ("Thêm dòng" if one.after else "Bỏ dòng")
        before, after = (words.get(value, value) for value in (one.before, one.after))
        rows.append(ChangeRow(one.code, one.title, what, before, after))
    return rows


@dataclass(frozen=True)
class TablePage:
    """The criteria table of a year for one user."""

    table: CriteriaTable | None
    heading: str
    rows: list[TableRow]
    facts: list[tuple[str, str]]
    comments: list[TableComment]
    may_keep: bool
    may_comment: bool
    is_draft: bool
    demo: bool
    sources: list[tuple[str, str]]
    difference: Difference | None
    changes: list[ChangeRow]
    templates: list[TableTemplate]
    may_keep_template: bool
    adopt_effects: tuple[str, ...] = (
        "Bảng tiêu chí được khóa: không sửa được nữa.",
        "Các đơn vị lập bảng tự chấm điểm theo bảng này.",
    )


def table_page(year: BlocYear, table: CriteriaTable | None, user: User) -> TablePage:
    """Return the table with its rows in order, its properties and what members said."""
    keeps, official = may(user, "scoring.keep_table", year) and not year.is_past, may(user, "blocs.oversee", year)
    templates = (
        list(TableTemplate.objects.filter(authority=year.bloc.authority_id, retired_at=None)) if official else []
    )
    difference = difference_to_last_year(table) if table else None
    unfinished = table is not None and table.state in {CriteriaTable.State.DRAFT, CriteriaTable.State.COMMENT}
    return TablePage(
        table=table,
        heading=f"{table}" if table else f"Năm {year.year} chưa có bảng tiêu chí",
        rows=_rows(table) if table else [],
        facts=_facts(table) if table else [],
        comments=list(table.comments.select_related("membership", "criterion")) if table else [],
        may_keep=keeps,
        may_comment=bool(
            table and table.state == CriteriaTable.State.COMMENT and may(user, "scoring.comment_table", year)
        ),
        is_draft=unfinished,
        demo=year.is_demonstration,
        sources=_sources(year, table) if keeps else [],
        difference=difference,
        changes=change_rows(difference),
        templates=templates if official else [],
        may_keep_template=official and table is not None and table.state == CriteriaTable.State.ADOPTED,
    )


def _sources(year: BlocYear, table: CriteriaTable | None) -> list[tuple[str, str]]:
    """Return from what a draft may begin, while nothing of the year is scored and no draft is there."""
    if table is not None:
        return []
    named = [
        (str(source.pk), getattr(source, "template_name", "") or f"Bảng tiêu chí năm {source.year.year}")
        for source in sources_for(year)
    ]
    return [*named, ("sample", "Bảng mẫu của phần mềm (minh họa)"), ("", "Bảng trống")]


def _rows(table: CriteriaTable) -> list[TableRow]:
    return [
        TableRow(
            code=row.code,
            title=row.title,
            maximum=text.number(row.max_points, table.decimals) if row.is_leaf or row.kind == "base" else "–",
            method=row.get_method_display() if row.is_leaf else "",
            measure=row.measure,
            evidence=row.evidence_hint + (" (bắt buộc)" if row.evidence_required else ""),
            is_group=not row.is_leaf,
            pk=row.pk,
        )
        for row in table.criteria.order_by("position")
    ]


def _facts(table: CriteriaTable) -> list[tuple[str, str]]:
    cap = (
        "không giới hạn"
        if table.bonus_cap is None
        else f"không quá {text.number(table.bonus_cap, table.decimals)} điểm"
    )
    words = {"base": "điểm chuẩn", "bonus": "điểm thưởng", "deduction": "điểm trừ"}
    grades = "; ".join(f"{name}: từ {text.number(threshold)} điểm" for name, threshold in _grades(table))
    facts = [
        ("Điểm thưởng", cap),
        ("Làm tròn", f"{table.decimals} chữ số thập phân"),
        ("Tiêu chí không áp dụng", table.get_not_applicable_display()),
        ("Khi bằng điểm, xét lần lượt", ", ".join(words.get(key, f"nhóm {key}") for key in table.tie_breaks)),
        ("Xếp loại", grades),
        ("Trường hợp không xét, đề nghị khen thưởng", "; ".join(BLOCKING[key] for key in table.blocking)),
        ("Nguồn", table.source),
        ("Người xác nhận", table.confirmed_by or "Chưa có người xác nhận"),
    ]
    return [(label, value) for label, value in facts if value]


def _grades(table: CriteriaTable) -> list[tuple[str, Decimal]]:
    return [(name, Decimal(threshold)) for name, threshold in table.grades]


def table_rows(table: CriteriaTable) -> list[tuple[Any, ...]]:
    """Return the rows of a table in the columns of its file."""
    return [
        (
            row.code,
            row.parent.code if row.parent else "",
            row.title,
            row.max_points.normalize() if row.is_leaf or row.kind == "base" else None,
            row.kind,
            row.method,
            row.params,
            row.measure,
            row.evidence_hint,
            row.guidance,
            "có" if row.evidence_required else "",
        )
        for row in table.criteria.select_related("parent").order_by("position")
    ]


def table_sheets(table: CriteriaTable) -> bytes:
    """Return the table as an xlsx file that can be loaded again: its rows and its settings."""
    headers = [column.label for column in COLUMNS]
    rows = table_rows(table)
    settings = [
        ("decimals", str(table.decimals)),
        ("bonus_cap", "" if table.bonus_cap is None else text.number(table.bonus_cap)),
        ("na", table.not_applicable),
        ("tie_breaks", "/".join(table.tie_breaks)),
        ("grades", "/".join(f"{name}:{text.number(threshold)}" for name, threshold in _grades(table))),
        ("blocking", "/".join(table.blocking)),
        ("source", table.source),
        ("confirmed_by", table.confirmed_by),
    ]
    return write_xlsx([Sheet("Tiêu chí", headers, rows), Sheet("Thiết lập", ["key", "value"], settings)])
