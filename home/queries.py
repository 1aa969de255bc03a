"""What home collects from every floor: what the user must do, what waits for others, what is new."""

import datetime as dt
from dataclasses import dataclass, field

from awards import queries as awards
from blocs import text
from blocs.models import BlocYear, Notice, Post, User
from blocs.standing import standing_of
from blocs.tasks import Task
from conferences import queries as conferences
from documents import queries as documents
from pledges import queries as pledges
from scoring import queries as scoring

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
    """The first page: who I am here, what to do, what waits for others, what comes next, what is new."""

    place: str
    tasks: list[TaskRow]
    waiting: list[Task]
    next_step: str
    dated: list[tuple[Task, BlocYear | None]] = field(default_factory=list)
    news: list[Notice] = field(default_factory=list)

    @property
    def heading(self) -> str:
        """The answer to "what must I do now?"."""
        return f"Có {text.count(len(self.tasks))} việc cần làm" if self.tasks else "Hiện không có việc cần làm"


def todo(user: User, now: dt.datetime) -> Todo:
    """Return everything that waits for the user or for others, the nearest deadline first."""
    years = years_to_work_in(user)
    by_year = [(task, year) for year in years for task in _tasks_of(user, year, now.date())]
    found = [task for task, _ in by_year]
    found += awards.tasks_after_the_year(user, now.date())
    if standing_of(user).authorities:
        found += awards.desk_tasks_for(user, now.date())
    mine = sorted((task for task in found if task.button), key=lambda task: (task.due_at is None, task.due_at or now))
    return Todo(
        place=_place(user, now.date()),
        tasks=[_row(task, now) for task in mine],
        waiting=[task for task in found if not task.button],
        next_step=_next_step(years, now),
        dated=[(task, year) for task, year in by_year if task.button and task.due_at],
        news=list(Notice.objects.filter(user=user).order_by("-created_at", "-pk")[:_SHOWN_NEWS]),
    )


def years_to_work_in(user: User) -> list[BlocYear]:
    """Return the years that are not closed in which a unit of the user is a member, the latest first."""
    standing = standing_of(user)
    units = set(standing.units) | standing.authorised
    years = BlocYear.objects.filter(memberships__unit__in=units).exclude(state=BlocYear.State.CLOSED)
    return list(years.select_related("bloc__authority").distinct().order_by("-year", "bloc__name"))


def _tasks_of(user: User, year: BlocYear, on: dt.date) -> list[Task]:
    floors = (pledges, scoring, awards, conferences, documents)
    return [task for floor in floors for task in floor.tasks_for(user, year, on)]


def _place(user: User, on: dt.date) -> str:
    posts = Post.objects.in_force(on).filter(user=user).select_related("unit", "authority")
    return "; ".join(f"{post.title}, {post.unit or post.authority}" for post in posts)


def _next_step(years: list[BlocYear], now: dt.datetime) -> str:
    coming = [
        (day, words)
        for year in years
        for day, words in (
            (year.assessments_open_on, f"bắt đầu tự chấm điểm năm {year.year}"),
            (year.conference_on, f"Hội nghị tổng kết năm {year.year}"),
            (year.submission_due_on, f"hạn trình khen thưởng năm {year.year}"),
        )
        if day is not None and day >= now.date()
    ]
    return f"Việc tiếp theo: {min(coming)[1]}, {text.date(min(coming)[0])}." if coming else ""


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
