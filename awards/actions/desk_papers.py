"""Papers of the authority's desk, each kept as it was made: council list, draft decision, extracts, announcements."""

import datetime as dt
from collections.abc import Collection, Sequence

from django.db import transaction

from awards.actions.decisions import NothingDecided
from awards.actions.keeping import keep
from awards.gathering import gather_announcement, gather_council_list, gather_draft_decision, gather_extract
from awards.models import Decision, KeptPaper, ListColumns, Nomination
from awards.queries.council import Listed, columns_of
from blocs.audit import record
from blocs.models import Authority, BlocYear, Provision, User
from blocs.sheets import Sheet

Kind = KeptPaper.Kind


@transaction.atomic
def set_list_columns(authority: Authority, *, columns: Sequence[str], by: User | None) -> ListColumns:
    """Keep the order in which the authority wants the columns of its list; unknown ones are left out."""
    chosen = [key for key, _ in columns_of(columns)]
    kept, _ = ListColumns.objects.update_or_create(authority=authority, defaults={"columns": chosen})
    record("set_list_columns", kept, by=by, columns=chosen)
    return kept


@transaction.atomic
def make_council_list(
    authority: Authority, *, rows: Sequence[Listed], columns: Sequence[str], by: User | None, at: dt.datetime
) -> KeptPaper:
    """Keep the list for the council as it is now, as PDF, Word and Excel. Raises NothingDecided for an empty list."""
    if not rows:
        raise NothingDecided("Chưa có trường hợp nào đủ điều kiện, trình Hội đồng. Chưa có gì được lập.")
    demo = any(row.nomination.year.is_demonstration for row in rows)
    paper = gather_council_list(authority, rows, columns, demo=demo)
    made = keep(paper, kind=Kind.COUNCIL_LIST, authority=authority, sheets=[council_sheet(rows, columns)], by=by, at=at)
    record("make_council_list", made, by=by, nominations=[row.nomination.pk for row in rows], digest=made.digest)
    return made


def council_sheet(rows: Sequence[Listed], columns: Sequence[str]) -> Sheet:
    """Return the list as a sheet in an order of columns; points stay numbers."""
    chosen = columns_of(columns)
    cells = [tuple(row.nomination.score if key == "score" else row.cell(key) for key, _ in chosen) for row in rows]
    return Sheet("Danh sách trình Hội đồng", [label for _, label in chosen], cells)


@transaction.atomic
def make_draft_decision(
    authority: Authority, *, nominations: Collection[Nomination], by: User | None, at: dt.datetime
) -> KeptPaper:
    """Draw up the decision over what the council passed, with its annex; number and day stay blank.

    Raises NothingDecided where nothing, or something that the council has not passed, is chosen.
    """
    keys = [row.pk for row in nominations]
    rows = list(
        Nomination.objects.filter(pk__in=keys, year__bloc__authority=authority, state=Nomination.State.PASSED)
        .select_related("award", "membership", "year__bloc")
        .order_by("award__position", "year__bloc__name", "rank", "pk")
    )
    if not rows or len(rows) != len(set(keys)):
        raise NothingDecided("Đề nghị chọn các đề nghị đã được Hội đồng thông qua. Chưa có gì được lập.")
    demo = any(row.year.is_demonstration for row in rows)
    paper = gather_draft_decision(authority, rows, grounds=_grounds(at.date()), demo=demo)
    made = keep(paper, kind=Kind.DRAFT_DECISION, authority=authority, by=by, at=at)
    record("make_draft_decision", made, by=by, nominations=keys, digest=made.digest)
    return made


def _grounds(on: dt.date) -> tuple[str, ...]:
    """The texts on which a decision rests on the day, as they are recorded; dots where none is."""
    rows = Provision.objects.filter(topic="ground", key="decision", effective_from__lte=on)
    found = [row.value for row in rows if row.effective_to is None or row.effective_to >= on]
    return tuple(found) or ("Căn cứ ……………………;",)


@transaction.atomic
def make_extracts(decision: Decision, *, by: User | None, at: dt.datetime) -> list[KeptPaper]:
    """Keep an extract of the decision for each unit that it names; made again, those that are there are returned."""
    known = list(decision.papers.filter(kind=Kind.EXTRACT))
    if known:
        return known
    rows = decision.nominations.filter(state=Nomination.State.AWARDED)
    by_unit: dict[str, list[Nomination]] = {}
    for row in rows.select_related("award", "membership", "year__bloc"):
        by_unit.setdefault(row.membership.name, []).append(row)
    made = [
        keep(
            gather_extract(decision, name, given), kind=Kind.EXTRACT, authority=decision.authority, decision=decision,
            nomination=given[0], title=f"Trích quyết định: {name}", by=by, at=at,
        )
        for name, given in sorted(by_unit.items())
    ]  # fmt: skip
    record("make_extracts", decision, by=by, extracts=len(made))
    return made


@transaction.atomic
def make_announcements(decision: Decision, *, by: User | None, at: dt.datetime) -> list[KeptPaper]:
    """Keep an announcement to each bloc that the decision concerns: what is awarded, what is not, and why."""
    known = list(decision.papers.filter(kind=Kind.ANNOUNCEMENT))
    if known:
        return known
    years = BlocYear.objects.filter(nominations__decision=decision).select_related("bloc__authority").distinct()
    made = []
    for year in years:
        rows = list(Nomination.objects.filter(year=year).select_related("award", "membership", "decision"))
        decisions = list({row.decision_id: row.decision for row in rows if row.decision}.values())
        title = f"Thông báo kết quả khen thưởng năm {year.year}: {year.bloc.name}"
        paper = gather_announcement(year, decisions, rows)
        shared = {"kind": Kind.ANNOUNCEMENT, "authority": decision.authority, "decision": decision, "title": title}
        made.append(keep(paper, by=by, at=at, **shared))  # type: ignore[arg-type]
    record("make_announcements", decision, by=by, announcements=len(made))
    return made
