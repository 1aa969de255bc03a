"""More blocs beside the story's, to see a ministry or a province at work. Everything in them is invented."""

import datetime as dt

from blocs.actions.blocs import found_bloc
from blocs.actions.units import record_unit
from blocs.actions.years import install_leadership, open_year
from blocs.clock import at
from blocs.models import BlocYear, LeadershipTerm, Unit
from home.demo.figures import YEAR_2024, Result, result_rows, target_rows
from home.demo.loading import adopt_sample, load_results, load_targets
from home.demo.people import Cast
from scoring.models import SelfAssessment

MEMBERS = 7


def add_blocs(cast: Cast, count: int) -> None:
    """Add so many invented blocs of seven units, each with a submitted year 2024."""
    for number in range(1, count + 1):
        _add_bloc(cast, number)


def _add_bloc(cast: Cast, number: int) -> None:
    moment = at(dt.date(2024, 11, 25), 9)
    bloc = found_bloc(
        cast.authority, code=f"minh-hoa-{number:02d}", name=f"Khối thi đua minh họa số {number:02d}", by=None, at=moment
    )
    units = [_unit(number, place) for place in range(1, MEMBERS + 1)]
    year = open_year(
        bloc, year=2024, members=units, by=None, on=dt.date(2024, 1, 5), is_demonstration=True, state=BlocYear.State.OPEN,
        assessments_due_at=at(dt.date(2024, 12, 1 + number % 20), 17), conference_on=dt.date(2025, 1, 10),
    )  # fmt: skip
    for role, unit in ((LeadershipTerm.Role.LEADER, units[0]), (LeadershipTerm.Role.DEPUTY, units[1])):
        install_leadership(year, role=role, unit=unit, from_on=dt.date(2024, 1, 5), source="dữ liệu minh họa", by=None)
    results: dict[str, Result] = dict(zip((unit.code for unit in units), YEAR_2024.values(), strict=True))
    adopt_sample(year, at(dt.date(2024, 3, 4), 9))
    load_targets(year, target_rows(results), at(dt.date(2024, 3, 20), 9))
    sent = dict(list(results.items())[: 1 + number % MEMBERS])
    load_results(year, result_rows(sent, later=False), SelfAssessment.State.SUBMITTED, moment)


def _unit(number: int, place: int) -> Unit:
    name = f"Đơn vị minh họa {number:02d}.{place}"
    return record_unit(code=f"MH-{number:02d}-{place}", name=name, short_name=name, kind="minh họa", by=None)
