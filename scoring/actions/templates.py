"""Where a draft table comes from: last year's, a template of the authority; and keeping a table as a template."""

import datetime as dt

from django.db import transaction

from blocs import text
from blocs.audit import record
from blocs.errors import Refusal
from blocs.models import BlocYear, User
from scoring.actions.tables import draft_table
from scoring.models import CriteriaTable, TableTemplate
from scoring.queries.tables import plan_of


class NoTemplate(Refusal):
    """Only an adopted table is kept as a template, under a name of its own."""

    status = 422


@transaction.atomic
def draft_from(year: BlocYear, source: CriteriaTable, *, by: User | None, at: dt.datetime) -> CriteriaTable:
    """Begin the year's draft as a copy of another table: last year's, or a template's. Raises ResultsExist."""
    return draft_table(year, plan_of(source), by=by, at=at)


@transaction.atomic
def keep_template(
    table: CriteriaTable, *, name: str, bloc_kind: str, by: User | None, at: dt.datetime
) -> TableTemplate:
    """Recommend an adopted table to blocs of one kind. Raises NoTemplate."""
    name, bloc_kind = text.nfc(name), text.nfc(bloc_kind)
    authority = table.year.bloc.authority
    if table.state != CriteriaTable.State.ADOPTED or not name or not bloc_kind:
        raise NoTemplate("Chưa lưu mẫu: cần bảng tiêu chí đã áp dụng, tên mẫu và loại khối.")
    if TableTemplate.objects.filter(authority=authority, name=name).exists():
        raise NoTemplate(f"Đã có mẫu tên “{name}”. Chưa có nội dung nào được ghi. Đề nghị đặt tên khác.")
    template = TableTemplate.objects.create(
        authority=authority, table=table, name=name, bloc_kind=bloc_kind, kept_by=by, kept_at=at
    )
    record("keep_template", template, by=by, year=table.year_id, version=table.version)
    return template


@transaction.atomic
def retire_template(template: TableTemplate, *, by: User | None, at: dt.datetime) -> TableTemplate:
    """Take a template out of use; tables drafted from it stay as they are."""
    template = TableTemplate.objects.select_for_update().get(pk=template.pk)
    if template.retired_at is None:
        template.retired_at = at
        template.save(update_fields=["retired_at"])
        record("retire_template", template, by=by, year=template.table.year_id)
    return template
