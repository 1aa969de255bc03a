"""The frame of every page: bloc and year, the five places, the year rail, notices, account. At most four queries."""

from dataclasses import dataclass, field
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse

from blocs import clock, text
from blocs.models import Authority, BlocYear, Notice, User
from blocs.standing import standing_of
from home.rail import Step, rail_of, with_figures

_SHOWN_YEARS = 12
_PLACES = (
    ("Chấm điểm", "scoring:board"),
    ("Bình xét, khen thưởng", "awards:board"),
    ("Hội nghị", "conferences:board"),
    ("Văn bản", "documents:board"),
)


@dataclass(frozen=True)
class Link:
    """One entry of a list of pages."""

    label: str
    url: str
    current: bool = False


@dataclass(frozen=True)
class Frame:
    """What base.html needs around a page."""

    bloc_name: str
    account_label: str
    notices: int
    notices_url: str
    year: int | None = None
    years: list[Link] = field(default_factory=list)
    places: list[Link] = field(default_factory=list)
    rail: list[Step] = field(default_factory=list)
    demo: bool = False
    demo_today: str = ""


def frame(request: HttpRequest) -> dict[str, Any]:
    """Return the frame for base.html; nothing for htmx partials and for people who are not signed in."""
    user = getattr(request, "user", None)
    if not isinstance(user, User) or getattr(request, "htmx", False):
        return {"frame": None}
    return {"frame": frame_of(user, getattr(request, "bloc_year", None), request.path)}


def frame_of(user: User, year: BlocYear | None, path: str) -> Frame:
    """Return the frame of a page: of the given year; on other pages, for a unit's people, of their latest year."""
    official = bool(standing_of(user).authorities)
    years = _years(user, year)
    here = next((known for known in years if year is not None and known.pk == year.pk), None)
    here = here or (None if official else next(iter(years), None))
    several = len({known.bloc_id for known in years}) > 1
    today = clock.demo_today()
    return Frame(
        bloc_name=here.bloc.name if here else _authority_name(user),
        account_label=user.full_name,
        notices=Notice.objects.filter(user=user, read_at__isnull=True).count(),
        notices_url=_page("blocs:notices"),
        year=here.year if here else None,
        years=[_year_link(known, here, named=several) for known in years],
        places=_places(here or next(iter(years), None), path, official=official),
        rail=rail_of(with_figures(BlocYear.objects.select_related("bloc")).get(pk=here.pk)) if here else [],
        demo=here.is_demonstration if here else any(known.is_demonstration for known in years),
        demo_today=text.date(today) if today else "",
    )


def _years(user: User, year: BlocYear | None) -> list[BlocYear]:
    """The years of the page's bloc that the user may see, or else the user's latest years; the latest first."""
    visible = BlocYear.objects.visible_to(user, clock.today()).select_related("bloc__authority")
    if year is not None:
        visible = visible.filter(bloc=year.bloc_id)
    return list(visible.order_by("-year", "bloc__name")[:_SHOWN_YEARS])


def _authority_name(user: User) -> str:
    keys = standing_of(user).authorities
    authority = Authority.objects.filter(pk__in=keys).first() if keys else None
    return authority.name if authority else settings.SITE_NAME


def _year_link(year: BlocYear, here: BlocYear | None, *, named: bool) -> Link:
    label = f"{year.bloc.name}, năm {year.year}" if named else f"Năm thi đua {year.year}"
    return Link(label, _page("home:year", year), current=here is not None and year.pk == here.pk)


def _places(year: BlocYear | None, path: str, *, official: bool) -> list[Link]:
    tasks = _page("home:tasks")
    places = [Link("Việc cần làm", tasks, current=path == tasks)]
    for label, name in _PLACES if year else ():
        root = _page(name, year)
        url = _page("desk:queue") if official and name == "awards:board" else root
        places.append(Link(label, url, current=path.startswith((url, root))))
    if official:
        managed = _page("blocs:manage")
        places.append(Link("Khối và đơn vị", managed, current=path.startswith(managed)))
    return places


def _page(name: str, year: BlocYear | None = None) -> str:
    where = {} if year is None else {"bloc": year.bloc.code, "year": year.year}
    return reverse(name, kwargs=where)
