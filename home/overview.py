"""The official's overview of many blocs: stage, deadlines, and who is being waited for."""

import datetime as dt
from collections import defaultdict
from dataclasses import dataclass

from django.core.paginator import Page, Paginator
from django.db.models import Count, QuerySet
from django.urls import reverse

from awards.queries import awaited
from blocs import text
from blocs.models import BlocYear, Membership, User
from blocs.standing import standing_of
from home.rail import Step, rail_of, with_figures
from scoring.models import SelfAssessment

PAGE_SIZE = 30
_NAMED = 3


@dataclass(frozen=True)
class Light:
    """One stage of one bloc: its word, its count, whether it is late."""

    label: str
    words: str
    done: int
    of: int
    is_late: bool


@dataclass(frozen=True)
class BlocRow:
    """One bloc year as the overview prints it."""

    name: str
    url: str
    members: str
    lights: list[Light]
    waiting: str
    due: str
    is_late: bool


@dataclass(frozen=True)
class Overview:
    """A page of bloc years, the late ones first, with the labels of the stages."""

    labels: list[str]
    rows: list[BlocRow]
    page: Page
    late: int

    @property
    def late_words(self) -> str:
        """How many blocs are late, for the heading."""
        return f"{text.count(self.late)}/{text.count(self.page.paginator.count)} khối đang quá hạn"


def overview(user: User, now: dt.datetime, number: str | None = None) -> Overview | None:
    """Return the open bloc years of the user's authorities; None for who holds no post at an authority."""
    authorities = standing_of(user).authorities
    if not authorities:
        return None
    open_years = BlocYear.objects.filter(bloc__authority__in=authorities).exclude(state=BlocYear.State.CLOSED)
    page = Paginator(open_years.order_by("assessments_due_at", "bloc__name"), PAGE_SIZE).get_page(number)
    keys = [year.pk for year in page.object_list]
    years = list(with_figures(_with_members(BlocYear.objects.filter(pk__in=keys))).select_related("bloc"))
    waiting, further = _not_handed_in(keys), awaited(keys)
    rows = sorted(
        (_row(year, waiting[year.pk], further.get(year.pk, []), now) for year in years),
        key=lambda row: (not row.is_late, row.name),
    )
    labels = [step.label for step in rail_of(years[0])] if years else []
    return Overview(labels, rows, page, sum(row.is_late for row in rows))


def _with_members(years: QuerySet[BlocYear]) -> QuerySet[BlocYear]:
    return years.annotate(member_count=Count("memberships", distinct=True))


def _not_handed_in(keys: list[int]) -> dict[int, list[str]]:
    """Names of the members whose self-assessment has not come, by year: one query for all years."""
    names: dict[int, list[str]] = defaultdict(list)
    missing = Membership.objects.filter(year__in=keys).exclude(assessment__state__in=SelfAssessment.HANDED_IN)
    for year_id, name in missing.order_by("position").values_list("year_id", "short_name"):
        names[year_id].append(name)
    return names


def _row(year: BlocYear, waiting: list[str], further: list[str], now: dt.datetime) -> BlocRow:
    due = year.assessments_due_at
    is_late = bool(due and due < now and waiting)
    url = reverse("home:year", kwargs={"bloc": year.bloc.code, "year": year.year})
    return BlocRow(
        name=f"{year.bloc.name}, năm {year.year}",
        url=url,
        members=f"{text.count(year.member_count)} đơn vị",  # type: ignore[attr-defined]
        lights=[_light(step, is_late=is_late) for step in rail_of(year)],
        waiting="; ".join(filter(None, (_names(waiting), *further[:_NAMED]))),
        due=_due(year, now, waiting=bool(waiting), further=bool(further)),
        is_late=is_late,
    )


def _due(year: BlocYear, now: dt.datetime, *, waiting: bool, further: bool) -> str:
    """The deadline that the row waits for: of the self-assessments, else of the submission."""
    if waiting and year.assessments_due_at:
        return f"{text.remaining(year.assessments_due_at, now)} (hạn: {text.moment(year.assessments_due_at)})"
    if further and year.submission_due_on:
        return f"hạn trình khen thưởng: {text.date(year.submission_due_on)}"
    return ""


def _light(step: Step, *, is_late: bool) -> Light:
    words = "Xong" if step.state == "done" else (f"{step.done}/{step.of}" if step.of else "–")
    late = is_late and step.label == "Tự chấm điểm"
    return Light(step.label, f"{words}{', quá hạn' if late else ''}", step.done, step.of or 1, late)


def _names(waiting: list[str]) -> str:
    if not waiting:
        return ""
    shown = ", ".join(waiting[:_NAMED])
    more = f" và {text.count(len(waiting) - _NAMED)} đơn vị khác" if len(waiting) > _NAMED else ""
    return f"{shown}{more}: chưa gửi bảng tự chấm điểm"
