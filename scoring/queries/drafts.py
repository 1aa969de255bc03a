"""From what a draft table may begin, and how a draft differs from the table before it."""

from dataclasses import dataclass

from blocs.models import BlocYear
from scoring.models import CriteriaTable, TableTemplate
from scoring.plans import Change, changes_between
from scoring.queries.tables import plan_of


@dataclass(frozen=True)
class Difference:
    """How a draft differs from the table of an earlier year."""

    year: int
    changes: list[Change]


def sources_for(year: BlocYear) -> list[CriteriaTable]:
    """Return the tables a draft may begin from: the bloc's latest adopted one of an earlier year, then the templates.

    Two queries. A template carries its name as `template_name`.
    """
    before = _table_before(year)
    templates = TableTemplate.objects.filter(authority=year.bloc.authority_id, retired_at=None).select_related(
        "table__year__bloc"
    )
    found = [before] if before else []
    for template in templates:
        template.table.template_name = str(template)  # type: ignore[attr-defined]
        found.append(template.table)
    return found


def _table_before(year: BlocYear) -> CriteriaTable | None:
    return (
        CriteriaTable.objects.filter(
            year__bloc=year.bloc_id, year__year__lt=year.year, state=CriteriaTable.State.ADOPTED
        )
        .select_related("year__bloc")
        .order_by("-year__year")
        .first()
    )


def difference_to_last_year(table: CriteriaTable) -> Difference | None:
    """Return how a table differs from the one adopted before it in the bloc; None for a first table."""
    before = _table_before(table.year)
    if before is None:
        return None
    return Difference(before.year.year, changes_between(plan_of(before), plan_of(table)))
