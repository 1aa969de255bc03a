"""What the pages of targets show."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.db.models import Count, Q
from django.urls import reverse

from blocs import text
from blocs.models import BlocYear, Membership, User
from blocs.rules import may
from blocs.sheets import Sheet, write_xlsx
from scoring.models import Criterion, Target
from scoring.points import Method
from scoring.queries.tables import current_table
from scoring.sheets.targets import COLUMNS


@dataclass(frozen=True)
class TargetRow:
    """One member with how many of its targets are stated and approved."""

    name: str
    stated: str
    approved: str
    url: str


@dataclass
class TargetField:
    """The target of one criterion, as it stands and as it was typed."""

    criterion: Criterion
    value: str
    source: str
    typed: str
    source_typed: str
    state: str
    error: str = ""


def _with_targets(year: BlocYear) -> list[Criterion]:
    table = current_table(year)
    return list(table.criteria.filter(method__in=[Method.RATIO, Method.RELATIVE])) if table else []


def target_rows(year: BlocYear, user: User) -> list[TargetRow]:
    """Return the members with the count of their targets: a fixed number of queries."""
    of = len(_with_targets(year))
    approved = Count("targets", filter=Q(targets__state=Target.State.APPROVED))
    members = year.memberships.annotate(stated=Count("targets"), approved=approved)
    keeps = may(user, "scoring.keep_table", year) and not year.is_past
    where = {"bloc": year.bloc.code, "year": year.year}
    rows = []
    for member in members:
        member.year = year
        own = keeps or (may(user, "scoring.fill_assessment", member) and not year.is_past)
        url = reverse("scoring:target_edit", kwargs=where | {"member": member.pk}) if own else ""
        rows.append(TargetRow(str(member), f"{member.stated}/{of}", f"{member.approved}/{of}", url))
    return rows


def target_fields(member: Membership, posted: Mapping[str, str]) -> list[TargetField]:
    """Return the targets of one member in the order of the table, with what was typed."""
    known = {target.criterion_id: target for target in member.targets.all()}
    fields = []
    for criterion in _with_targets(member.year):
        target = known.get(criterion.pk)
        value, source = (text.typed(target.value), target.source) if target else ("", "")
        fields.append(
            TargetField(
                criterion=criterion,
                value=value,
                source=source,
                typed=posted.get(f"value_{criterion.pk}", value).strip(),
                source_typed=posted.get(f"source_{criterion.pk}", source).strip(),
                state=target.get_state_display() if target else "",
            )
        )
    return fields


def targets_workbook(year: BlocYear) -> bytes:
    """Return every target of the year as a file that can be filled in and loaded: a row a member and criterion."""
    stated = {
        (target.membership_id, target.criterion_id): target for target in Target.objects.filter(membership__year=year)
    }
    criteria = _with_targets(year)
    rows = []
    for member in year.memberships.select_related("unit"):
        for criterion in criteria:
            target = stated.get((member.pk, criterion.pk))
            value, source = (target.value, target.source) if target else (None, "")
            rows.append((member.unit.code, criterion.code, value, source))
    return write_xlsx([Sheet("Kế hoạch", [column.label for column in COLUMNS], rows)])
