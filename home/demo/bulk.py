"""Many invented blocs with their past years, written in bulk: to see a ministry, a province or a country at work.

Past years are written as history is: closed, with results, awards and their decisions; the acts have no part in it.
"""

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db.models import Model

from awards.models import Award, Decision, Nomination, Submission
from blocs.clock import at
from blocs.models import Authority, Bloc, BlocYear, LeadershipTerm, Membership, Provision, Unit, UnitName
from scoring.models import CriteriaTable, Criterion, Result, Score, SelfAssessment

THIS_YEAR = 2024
LAYERS = ("claimed", "reviewed", "agreed")
_BATCH = 5000
_BEST = 2
_STATES = ("planned", "agreed", "submitted", "in_review", "in_review", "fit", "passed")


@dataclass(frozen=True)
class Size:
    """How many members each bloc has, how many closed years stand before this one, how many criteria are scored."""

    members: Sequence[int]
    past: int = 5
    criteria: int = 0


@dataclass(frozen=True)
class _Written:
    """The rows of one layer of the building, beside one another."""

    years: list[BlocYear]
    members: list[Membership]


def add_in_bulk(authority: Authority, size: Size, *, prefix: str = "minh-hoa") -> int:
    """Write so many blocs of an authority with units, years, ranks and awards; return how many units there are."""
    units = _units(size, prefix)
    blocs = _insert(
        Bloc(code=f"{prefix}-{n:04d}", name=f"Khối thi đua minh họa số {n:04d}", authority=authority)
        for n in range(1, len(size.members) + 1)
    )
    written = _years(blocs, units, size)
    _results(written)
    _awards(authority, written)
    if size.criteria:
        _scores(written, size.criteria)
    return sum(map(len, units))


def _insert(rows: Iterator[Any]) -> list[Any]:
    """Write rows in batches and return them with their keys."""
    found = list(rows)
    model: type[Model] = type(found[0])
    return list(model._default_manager.bulk_create(found, batch_size=_BATCH))  # noqa: SLF001


def _units(size: Size, prefix: str) -> list[list[Unit]]:
    named = [(n, place) for n, count in enumerate(size.members, 1) for place in range(1, count + 1)]
    rows = _insert(
        Unit(
            code=f"{prefix}-{n:04d}-{place}".upper(), name=f"Đơn vị minh họa {n:04d}.{place}",
            short_name=f"Đơn vị {n:04d}.{place}", kind="minh họa", province=f"Tỉnh {n % 34 + 1}",
        )
        for n, place in named
    )  # fmt: skip
    _insert(UnitName(unit=unit, name=unit.name, short_name=unit.short_name, province=unit.province) for unit in rows)
    found: list[list[Unit]] = [[] for _ in size.members]
    for unit, (n, _) in zip(rows, named, strict=True):
        found[n - 1].append(unit)
    return found


def _years(blocs: list[Bloc], units: list[list[Unit]], size: Size) -> _Written:
    numbers = range(THIS_YEAR - size.past, THIS_YEAR + 1)
    years = _insert(
        BlocYear(
            bloc=bloc, year=number, is_demonstration=True, state="open" if number == THIS_YEAR else "closed",
            assessments_due_at=at(dt.date(number, 12, 1 + place % 20), 17),
            conference_on=dt.date(number + 1, 1, 10), submission_due_on=dt.date(number + 1, 1, 20),
        )
        for place, bloc in enumerate(blocs) for number in numbers
    )  # fmt: skip
    by_bloc = {bloc.pk: own for bloc, own in zip(blocs, units, strict=True)}
    members = _insert(
        Membership(
            year=year, unit=unit, position=place, name=unit.name, short_name=unit.short_name, province=unit.province
        )
        for year in years
        for place, unit in enumerate(by_bloc[year.bloc_id], 1)
    )
    _insert(
        LeadershipTerm(
            year=year, unit=by_bloc[year.bloc_id][place], role=role, from_on=dt.date(year.year, 1, 5),
            source="dữ liệu minh họa",
        )
        for year in years for place, role in ((0, "leader"), (1, "deputy"))
    )  # fmt: skip
    _insert(
        Provision(
            topic="award_quota", key=key, value=value, year=year, effective_from=dt.date(year.year, 1, 1),
            source="Văn bản minh họa",
        )
        for year in years for key, value in (("FLAG", "1"), ("CERTIFICATE", "30% xuống"))
    )  # fmt: skip
    return _Written(years, members)


def _results(written: _Written) -> None:
    """Every member of a closed year, and of every second open one, has its total and rank."""
    states = {year.pk: (year.state, place) for place, year in enumerate(written.years)}
    _insert(
        Result(
            membership=member, total=Decimal(99 - member.position) + Decimal(states[member.year_id][1] % 50) / 100,
            rank=member.position, grade="Hoàn thành tốt" if member.position > _BEST else "Hoàn thành xuất sắc",
            source="imported", at=at(dt.date(THIS_YEAR, 1, 2), 9),
        )
        for member in written.members
        if states[member.year_id][0] == "closed" or states[member.year_id][1] % 2
    )  # fmt: skip


def _awards(authority: Authority, written: _Written) -> None:
    """A flag and a certificate for each bloc and year: decided in closed years, on their way in the open one."""
    flag, certificate = (Award.objects.get(code=code) for code in ("FLAG", "CERTIFICATE"))
    numbers = sorted({year.year for year in written.years if year.state == "closed"})
    decisions = {
        row.decided_on.year - 1: row
        for row in _insert(
            Decision(authority=authority, decided_on=dt.date(number + 1, 3, 1), recorded_at=at(dt.date(number + 1, 3, 2), 9))
            for number in numbers
        )
    } if numbers else {}  # fmt: skip
    sent = {
        row.year_id: row
        for row in _insert(
            Submission(year=year, dated_on=dt.date(year.year + 1, 1, 15), sent_at=at(dt.date(year.year + 1, 1, 15), 9),
                       received_at=at(dt.date(year.year + 1, 1, 16), 9))
            for year in written.years
        )
    }  # fmt: skip
    first = {(member.year_id, member.position): member for member in written.members}
    _insert(
        _nomination(place, year, award, first[year.pk, position], sent[year.pk], decisions.get(year.year))
        for place, year in enumerate(written.years)
        for award, position in ((flag, 1), (certificate, 2))
    )


def _nomination(
    place: int, year: BlocYear, award: Award, member: Membership, sent: Submission, decision: Decision | None
) -> Nomination:
    closed = year.state == "closed"
    state = "awarded" if closed else _STATES[year.bloc_id % len(_STATES)]
    return Nomination(
        year=year, award=award, membership=member, printed_name=member.name, state=state, rank=member.position,
        score=Decimal(99 - member.position) + Decimal(place % 50) / 100, ranked_of=5, approve=5, reject=0, abstain=0,
        voted_of=5, vote_sentence="05/05 đơn vị nhất trí", proposed_at=at(dt.date(year.year + 1, 1, 10), 9),
        submission=sent if state in Nomination.SENT else None, decision=decision if closed else None,
    )  # fmt: skip


def _scores(written: _Written, number: int) -> None:
    """Every member is scored at three layers on so many criteria; the rows go in by batches, never all at once."""
    moment = at(dt.date(THIS_YEAR, 1, 2), 9)
    tables = _insert(CriteriaTable(year=year, state="adopted", adopted_at=moment) for year in written.years)
    by_year = {table.year_id: table for table in tables}
    criteria = _insert(
        Criterion(table=table, code=f"I.{place}", position=place, title=f"Tiêu chí {place}", max_points=Decimal(2),
                  kind="base", method="POINTS")
        for table in tables for place in range(1, number + 1)
    )  # fmt: skip
    leaves: dict[int, list[Criterion]] = {}
    for row in criteria:
        leaves.setdefault(row.table_id, []).append(row)
    assessments = _insert(
        SelfAssessment(
            membership=member, table=by_year[member.year_id], state="finalised", manner="imported", started_at=moment,
            submitted_at=moment,
        )
        for member in written.members
    )  # fmt: skip
    batch: list[Score] = []
    for assessment in assessments:
        for leaf in leaves[assessment.table_id]:
            batch += [
                Score(assessment=assessment, criterion=leaf, layer=layer, points=Decimal("1.75"), at=moment)
                for layer in LAYERS
            ]
        if len(batch) >= _BATCH:
            Score.objects.bulk_create(batch, batch_size=_BATCH)
            batch = []
    Score.objects.bulk_create(batch, batch_size=_BATCH)
