"""What home collects from every floor."""

import datetime as dt
from dataclasses import dataclass, field
from importlib import import_module
from typing import Any

from django.db.models import Q

from blocs import text
from blocs.models import BlocYear, Notice, Unit, User
from blocs.standing import standing_of
from blocs.tasks import Task

_SHOWN_NEWS = 6


@dataclass(frozen=True)
class TaskRow:
    """One task as the list prints it."""

    left: str
    due: str
    late: bool
    title: str
    text: str
    url: str
    act: str


@dataclass(frozen=True)
class Todo:
    """The first page: what to do, what waits for others, what is new."""

    tasks: list[TaskRow]
    waiting: list[Task]
    news: list[Notice] = field(default_factory=list)

    @property
    def heading(self) -> str:
        """The answer to "what must I do now?"."""
        return f"Có {text.count(len(self.tasks))} việc cần làm" if self.tasks else "Hiện không có việc cần làm"


def todo(user: User, now: dt.datetime) -> Todo:
    """Return everything that waits for the user or for others, the nearest deadline first."""
    found = [task for year in years_to_work_in(user) for task in _tasks_of(user, year, now)]
    if standing_of(user).authorities:
        found += _ask("awards", "desk_tasks_for", user, now.date()) or []
    mine = sorted((task for task in found if task.button), key=lambda task: (task.due_at is None, task.due_at or now))
    news = list(Notice.objects.filter(user=user).order_by("-created_at", "-pk")[:_SHOWN_NEWS])
    return Todo([_row(task, now) for task in mine], [task for task in found if not task.button], news)


def years_to_work_in(user: User) -> list[BlocYear]:
    """Return the years that are not closed in which a unit of the user is a member, the latest first."""
    standing = standing_of(user)
    units = set(standing.units) | standing.authorised
    years = BlocYear.objects.filter(memberships__unit__in=units).exclude(state=BlocYear.State.CLOSED)
    return list(years.select_related("bloc__authority").distinct().order_by("-year", "bloc__name"))


def _tasks_of(user: User, year: BlocYear, now: dt.datetime) -> list[Task]:
    return [
        task
        for app in ("pledges", "scoring", "awards", "conferences", "documents")
        for task in _ask(app, "tasks_for", user, year, now.date()) or []
    ]


def _ask(app: str, name: str, *arguments: Any) -> Any:
    try:  # SCAFFOLD: goes away when every floor has its queries
        room = import_module(f"{app}.queries")
    except ModuleNotFoundError:
        return None
    query = getattr(room, name, None)
    return query(*arguments) if query else None


def _row(task: Task, now: dt.datetime) -> TaskRow:
    left = text.remaining(task.due_at, now) if task.due_at else ""
    return TaskRow(
        left=left[:1].upper() + left[1:],
        due=text.due(task.due_at) if task.due_at else "",
        late=task.due_at is not None and task.due_at < now,
        title=task.title,
        text=task.note,
        url=task.url,
        act=task.button,
    )


def overview(user: User, now: dt.datetime) -> list[Any]:
    """Return the blocs of an official's authorities, each with the lights of its open years."""
    return []


def year_board(year: BlocYear, user: User, now: dt.datetime) -> dict[str, Any]:
    """Return where the year stands."""
    return {"year": year, "members": list(year.memberships.select_related("unit"))}
