"""The life of a criteria table: drafted, put out for comment, adopted, superseded."""

import datetime as dt
from collections.abc import Mapping
from typing import Any

from django.db import transaction

from blocs.actions.years import refuse_past
from blocs.audit import record
from blocs.errors import Refusal
from blocs.models import BlocYear, Membership, User
from blocs.workflow import advance
from scoring.models import CriteriaTable, Criterion, Result, Score, SelfAssessment, TableComment, Target
from scoring.parameters import format_params
from scoring.plans import CriterionRow, TablePlan
from scoring.points import Method
from scoring.queries.tables import plan_of


class ResultsExist(Refusal):
    """Results of the year were entered on the present table."""


class TableFrozen(Refusal):
    """An adopted table does not change any more."""


class CommentClosed(Refusal):
    """The table is not out for comment."""


def results_exist(year: BlocYear) -> bool:
    """Whether anything was scored, or is known, of the year."""
    scored = Score.objects.filter(assessment__membership__year=year).exists()
    return scored or Result.objects.filter(membership__year=year).exists()


def refuse_results(year: BlocYear) -> None:
    """Raise ResultsExist when the year was already scored."""
    if results_exist(year):
        raise ResultsExist(
            f"Năm {year.year} đã có kết quả chấm điểm nên không thay bảng tiêu chí được. Bảng đang áp dụng vẫn giữ nguyên. "
            "Nếu cần, đề nghị trao đổi với cơ quan tổ chức khối."
        )


@transaction.atomic
def draft_table(year: BlocYear, plan: TablePlan, *, by: User | None, at: dt.datetime) -> CriteriaTable:
    """Keep a checked plan as the draft table of the year; an earlier draft is superseded. Raises ResultsExist."""
    year = BlocYear.objects.select_for_update().get(pk=year.pk)
    refuse_past(year)
    refuse_results(year)
    unfinished = [CriteriaTable.State.DRAFT, CriteriaTable.State.COMMENT]
    for earlier in CriteriaTable.objects.filter(year=year, state__in=unfinished):
        advance(earlier, CriteriaTable.State.SUPERSEDED)
    last = CriteriaTable.objects.filter(year=year).order_by("-version").values_list("version", flat=True).first() or 0
    table = CriteriaTable.objects.create(year=year, version=last + 1, drafted_at=at, **stored_properties(plan))
    _write_rows(table, plan)
    record("draft_table", table, by=by, year=year.pk, version=table.version, rows=len(plan.rows))
    return table


def stored_properties(plan: TablePlan) -> dict[str, Any]:
    """Return the properties of a plan as the row of the table keeps them."""
    properties = plan.properties
    return {
        "decimals": properties.decimals,
        "bonus_cap": properties.bonus_cap,
        "not_applicable": properties.not_applicable.value,
        "tie_breaks": list(properties.tie_breaks),
        "grades": [[name, f"{threshold:f}"] for name, threshold in properties.grades],
        "blocking": list(properties.blocking),
        "source": properties.source,
        "confirmed_by": properties.confirmed_by,
    }


def _write_rows(table: CriteriaTable, plan: TablePlan) -> None:
    rows = [_criterion(table, plan, row, position) for position, row in enumerate(plan.rows, 1)]
    Criterion.objects.bulk_create(rows)
    by_code: Mapping[str, Criterion] = {row.code: row for row in Criterion.objects.filter(table=table)}
    nested = [row for row in plan.rows if row.parent is not None]
    for row in nested:
        by_code[row.code].parent = by_code[row.parent or ""]
    Criterion.objects.bulk_update([by_code[row.code] for row in nested], ["parent"], batch_size=200)


def _criterion(table: CriteriaTable, plan: TablePlan, row: CriterionRow, position: int) -> Criterion:
    leaf = None if row.code in plan.groups else plan.leaf(row)
    return Criterion(
        table=table,
        code=row.code,
        position=position,
        title=row.title,
        max_points=plan.maximum(row.code),
        kind=plan.kind_of(row).value,
        method=leaf.method.value if leaf else "",
        params=format_params(leaf.method, leaf.params) if leaf else "",
        measure=row.measure,
        evidence_hint=row.evidence_hint,
        evidence_required=row.evidence_required,
        guidance=row.guidance,
    )


@transaction.atomic
def open_comment(table: CriteriaTable, *, until: dt.datetime | None, by: User | None, at: dt.datetime) -> CriteriaTable:
    """Put a draft out for the members' comments, until a moment."""
    table = CriteriaTable.objects.select_for_update().get(pk=table.pk)
    refuse_past(table.year)
    table = advance(table, CriteriaTable.State.COMMENT, comment_from=at, comment_until=until)
    record("open_comment", table, by=by, year=table.year_id, until=until)
    return table


@transaction.atomic
def comment_on_table(
    table: CriteriaTable,
    membership: Membership,
    *,
    text: str,
    criterion: Criterion | None = None,
    by: User | None,
    at: dt.datetime,
) -> TableComment:
    """Say what a member thinks of a table that is out for comment. Raises YearClosed, CommentClosed."""
    table = CriteriaTable.objects.select_for_update().get(pk=table.pk)
    refuse_past(table.year)
    late = table.comment_until is not None and at > table.comment_until
    if table.state != CriteriaTable.State.COMMENT or late:
        raise CommentClosed(
            "Bảng tiêu chí hiện không lấy ý kiến. Ý kiến chưa được ghi. Đề nghị trao đổi trực tiếp với Trưởng khối."
        )
    comment = TableComment.objects.create(
        table=table, membership=membership, criterion=criterion, text=text.strip(), by=by, at=at
    )
    record("comment_on_table", comment, by=by, year=table.year_id, unit=membership.unit_id)
    return comment


@transaction.atomic
def adopt_table(table: CriteriaTable, *, by: User | None, at: dt.datetime) -> CriteriaTable:
    """Adopt a table: it is frozen, supersedes the earlier one and takes its targets over by code.

    Raises ResultsExist when the year was already scored on another table.
    """
    table = CriteriaTable.objects.select_for_update().get(pk=table.pk)
    BlocYear.objects.select_for_update().get(pk=table.year_id)
    refuse_past(table.year)
    refuse_results(table.year)
    for earlier in CriteriaTable.objects.filter(year=table.year, state=CriteriaTable.State.ADOPTED):
        advance(earlier, CriteriaTable.State.SUPERSEDED)
    table = advance(table, CriteriaTable.State.ADOPTED, adopted_at=at, adopted_by=by)
    _carry_over(table)
    record("adopt_table", table, by=by, year=table.year_id, version=table.version)
    return table


def _carry_over(table: CriteriaTable) -> None:
    """Point empty self-assessments and the targets of the year at the adopted table."""
    SelfAssessment.objects.filter(membership__year=table.year_id).exclude(table=table).update(table=table)
    measured = {
        row.code: row for row in table.criteria.all() if row.method in {Method.RATIO.value, Method.RELATIVE.value}
    }
    targets = Target.objects.filter(membership__year=table.year_id).exclude(criterion__table=table)
    for target in targets.select_related("criterion"):
        successor = measured.get(target.criterion.code)
        taken = Target.objects.filter(membership=target.membership_id, criterion=successor).exists()
        if successor is not None and not taken:
            target.criterion = successor
            target.save(update_fields=["criterion"])


@transaction.atomic
def copy_table(source: BlocYear, year: BlocYear, *, by: User | None, at: dt.datetime) -> CriteriaTable | None:
    """Copy the adopted table of one year as the draft of another; None when there is none, or the year has a table."""
    adopted = CriteriaTable.objects.filter(year=source, state=CriteriaTable.State.ADOPTED).first()
    if adopted is None or CriteriaTable.objects.filter(year=year).exists():
        return None
    return draft_table(year, plan_of(adopted), by=by, at=at)


@transaction.atomic
def import_criteria(
    year: BlocYear, plan: TablePlan, *, adopt: bool = True, by: User | None, at: dt.datetime
) -> CriteriaTable:
    """Take a checked table over from a file, adopted unless it is to stay a draft. Raises ResultsExist."""
    table = draft_table(year, plan, by=by, at=at)
    return adopt_table(table, by=by, at=at) if adopt else table


@transaction.atomic
def edit_table(table: CriteriaTable, plan: TablePlan, *, by: User | None, at: dt.datetime) -> CriteriaTable:
    """Put checked rows and properties in place of a draft's; comments on rows that stay keep their place.

    Raises TableFrozen once the table is adopted, ResultsExist.
    """
    table = CriteriaTable.objects.select_for_update().get(pk=table.pk)
    refuse_past(table.year)
    refuse_results(table.year)
    if table.is_frozen:
        raise TableFrozen("Bảng tiêu chí đã áp dụng nên không sửa được. Muốn thay, lập dự thảo mới rồi áp dụng.")
    for name, value in stored_properties(plan).items():
        setattr(table, name, value)
    table.drafted_at = at
    table.save()
    _rewrite_rows(table, plan)
    record("edit_table", table, by=by, year=table.year_id, version=table.version, rows=len(plan.rows))
    return table


def _rewrite_rows(table: CriteriaTable, plan: TablePlan) -> None:
    """Write the rows anew; what members said about a row that keeps its code stays with it."""
    about = dict(TableComment.objects.filter(table=table, criterion__isnull=False).values_list("pk", "criterion__code"))
    TableComment.objects.filter(table=table).update(criterion=None)
    table.criteria.update(parent=None)
    table.criteria.all().delete()
    _write_rows(table, plan)
    rows = {row.code: row for row in table.criteria.all()}
    for comment in TableComment.objects.filter(pk__in=about):
        comment.criterion = rows.get(about[comment.pk])
        comment.save(update_fields=["criterion"])
