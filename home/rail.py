"""The year rail: where each stage of a bloc year stands. One query, however many years are asked for."""

from dataclasses import dataclass
from importlib import import_module
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse

from blocs.models import BlocYear
from blocs.tasks import Stage

_STAGES = (
    ("pledges", "stage", "pledges:board"),
    ("conferences", "midyear_stage", "conferences:board"),
    ("scoring", "stage", "scoring:board"),
    ("scoring", "review_stage", "scoring:review"),
    ("conferences", "stage", "conferences:board"),
    ("awards", "stage", "awards:board"),
    ("awards", "results_stage", "awards:board"),
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


def _room(app: str) -> Any:
    try:  # SCAFFOLD: goes away when every floor has its queries
        return import_module(f"{app}.queries")
    except ModuleNotFoundError:
        return object()


def with_figures(years: QuerySet[BlocYear]) -> QuerySet[BlocYear]:
    """Return the years with the figures of all their stages, in the same query."""
    figures: dict[str, Any] = {}
    for app in ("pledges", "scoring", "conferences", "awards"):
        figures |= getattr(_room(app), "stage_figures", dict)()
    return years.annotate(**figures)


def rail_of(year: BlocYear) -> list[Step]:
    """Return the stages of a year that carries its figures, in the order of the year."""
    where = {"bloc": year.bloc.code, "year": year.year}
    steps = []
    for app, name, page in _STAGES:
        ask = getattr(_room(app), name, None)
        stage: Stage = ask(year) if ask else Stage(name, "")
        try:  # SCAFFOLD
            url = reverse(page, kwargs=where)
        except Exception:
            url = ""
        steps.append(Step(stage.label, stage.note, url, stage.state, stage.done, stage.of))
    return steps
