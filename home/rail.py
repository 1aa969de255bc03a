"""The year rail: where each stage of a bloc year stands. One query, however many years are asked for."""

from dataclasses import dataclass

from django.db.models import QuerySet
from django.urls import reverse

from awards import queries as awards
from blocs.models import BlocYear
from conferences import queries as conferences
from pledges import queries as pledges
from scoring import queries as scoring

_STAGES = (
    (pledges.stage, "pledges:board"),
    (conferences.midyear_stage, "conferences:board"),
    (scoring.stage, "scoring:board"),
    (scoring.review_stage, "scoring:review"),
    (conferences.stage, "conferences:board"),
    (awards.stage, "awards:board"),
    (awards.results_stage, "awards:board"),
)


@dataclass(frozen=True)
class Step:
    """A stage with its page."""

    label: str
    note: str
    url: str
    state: str
    done: int
    of: int


def with_figures(years: QuerySet[BlocYear]) -> QuerySet[BlocYear]:
    """Return the years with the figures of all their stages, in the same query."""
    floors = (pledges, scoring, conferences, awards)
    return years.annotate(**{name: figure for floor in floors for name, figure in floor.stage_figures().items()})


def rail_of(year: BlocYear) -> list[Step]:
    """Return the stages of a year that carries its figures, in the order of the year."""
    where = {"bloc": year.bloc.code, "year": year.year}
    steps = []
    for ask, page in _STAGES:
        stage = ask(year)
        steps.append(Step(stage.label, stage.note, reverse(page, kwargs=where), stage.state, stage.done, stage.of))
    return steps
