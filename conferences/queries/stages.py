"""Where the meetings of a year stand, for the rail and for overviews of many blocs."""

from typing import Any

from django.db.models import CharField, Count, DateField, IntegerField, OuterRef, Q, Subquery, TimeField
from django.db.models.functions import Coalesce

from blocs.models import BlocYear
from blocs.tasks import Stage
from blocs.text import date
from conferences.models import AgendaItem, Conference

_LABEL, _MIDYEAR = "Hội nghị tổng kết", "Sơ kết"


def stage_figures() -> dict[str, Any]:
    """Return annotations of a BlocYear queryset from which the stages read, so that many years cost one query."""
    annual = Conference.objects.filter(year=OuterRef("pk"), kind=Conference.Kind.ANNUAL)
    midyear = Conference.objects.filter(year=OuterRef("pk"), kind=Conference.Kind.MIDYEAR).order_by("held_on", "pk")
    return {
        "conferences_state": Subquery(annual.values("state")[:1], output_field=CharField()),
        "conferences_held_on": Subquery(annual.values("held_on")[:1], output_field=DateField()),
        "conferences_starts_at": Subquery(annual.values("starts_at")[:1], output_field=TimeField()),
        "conferences_items": _items(),
        "conferences_done": _items(Q(state=AgendaItem.State.DONE)),
        "conferences_open": Subquery(_open_item(), output_field=IntegerField()),
        "conferences_midyear_state": Subquery(midyear.values("state")[:1], output_field=CharField()),
        "conferences_midyear_held_on": Subquery(midyear.values("held_on")[:1], output_field=DateField()),
    }


def _open_item() -> Any:
    rows = AgendaItem.objects.filter(conference__year=OuterRef("pk"), conference__kind=Conference.Kind.ANNUAL)
    return rows.filter(state=AgendaItem.State.OPEN).order_by("position").values("position")[:1]


def _items(which: Q | None = None) -> Coalesce:
    rows = AgendaItem.objects.filter(conference__year=OuterRef("pk"), conference__kind=Conference.Kind.ANNUAL)
    rows = rows.filter(which) if which is not None else rows
    counted = rows.order_by().values("conference").annotate(number=Count("pk")).values("number")
    return Coalesce(Subquery(counted[:1]), 0)


def _annotated(year: BlocYear) -> Any:
    if hasattr(year, "conferences_state"):
        return year
    return BlocYear.objects.annotate(**stage_figures()).get(pk=year.pk)


def stage(year: BlocYear) -> Stage:
    """Return where the annual conference stands: expected, called, being held at which item, ended."""
    figures = _annotated(year)
    state, of, done = figures.conferences_state, figures.conferences_items, figures.conferences_done
    held_on = figures.conferences_held_on
    if state is None:
        expected = f"Dự kiến {date(year.conference_on)}" if year.conference_on else "Chưa mở"
        return Stage(_LABEL, expected)
    if state in {Conference.State.CLOSED, Conference.State.ADOPTED}:
        return Stage(_LABEL, f"Xong {date(held_on)}", of, of, "done")
    if state == Conference.State.PAUSED:
        return Stage(_LABEL, f"Tạm nghỉ, mục {done}/{of}", done, of, "now")
    if state == Conference.State.MEETING:
        return Stage(_LABEL, f"Đang họp, mục {figures.conferences_open or done}/{of}", done, of, "now")
    return Stage(_LABEL, f"{date(held_on)}, {figures.conferences_starts_at:%H:%M}", 0, of, "now")


def midyear_stage(year: BlocYear) -> Stage:
    """Return where the mid-year review stands, by its meeting or, without one, by the year's own date."""
    figures = _annotated(year)
    state, held_on = figures.conferences_midyear_state, figures.conferences_midyear_held_on
    if state in {Conference.State.CLOSED, Conference.State.ADOPTED}:
        return Stage(_MIDYEAR, f"Xong {date(held_on)}", state="done")
    if state is not None:
        return Stage(_MIDYEAR, date(held_on), state="now")
    if year.midyear_on is None:
        return Stage(_MIDYEAR, "Chưa có lịch")
    return Stage(_MIDYEAR, date(year.midyear_on))
