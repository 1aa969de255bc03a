"""Blocs and years as the official's place and the settings page show them."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Count, Prefetch

from blocs import text
from blocs.models import Authority, Bloc, BlocYear, Guidance, LeadershipTerm, Membership, Provision, User

AWARD_WORDS = {"FLAG": "Cờ thi đua", "CERTIFICATE": "Bằng khen"}
STATE_CSS: dict[str, str] = {BlocYear.State.PREPARING: "", BlocYear.State.OPEN: "s-sent", BlocYear.State.CLOSED: "s-ok"}


@dataclass(frozen=True)
class BlocRow:
    """A bloc with its latest year."""

    bloc: Bloc
    years: list[BlocYear]
    members: str
    leader: str


def authorities_of(user: User, on: dt.date) -> list[Authority]:
    """The authorities at which the user holds a post on the day."""
    posts = user.posts.in_force(on)
    return list(Authority.objects.filter(pk__in=posts.values("authority")).annotate(officials=Count("posts")))


def overseen_blocs(authority: Authority, *, on: dt.date) -> list[BlocRow]:
    """The blocs of an authority in alphabetical order, each with its years, the latest first; three queries."""
    terms = LeadershipTerm.objects.in_force(on).filter(role=LeadershipTerm.Role.LEADER).select_related("unit")
    years = BlocYear.objects.annotate(size=Count("memberships")).order_by("-year")
    years = years.prefetch_related(Prefetch("terms", terms, to_attr="leading"))
    blocs = authority.blocs.prefetch_related(Prefetch("years", years, to_attr="known_years"))
    return sorted((_row(bloc) for bloc in blocs), key=lambda row: text.sort_key(row.bloc.name))


def _row(bloc: Bloc) -> BlocRow:
    years: list[BlocYear] = bloc.known_years  # type: ignore[attr-defined]
    latest = years[0] if years else None
    leading = latest.leading if latest else []  # type: ignore[attr-defined]
    members = f"{text.count(latest.size)} đơn vị" if latest else "–"  # type: ignore[attr-defined]
    return BlocRow(bloc, years, members, leading[-1].unit.short_name if leading else "–")


@dataclass(frozen=True)
class Quota:
    """How many of an award a year may propose, and where that stands."""

    award: str
    allowed: str
    citation: str


def quotas(year: BlocYear, *, on: dt.date) -> list[Quota]:
    """The numbers of awards in force for a year on the day, the latest word for each award."""
    rows = Provision.objects.filter(topic="award_quota", year=year, effective_from__lte=on).select_related("guidance")
    latest = {row.key: row for row in rows.order_by("effective_from", "pk")}
    return [Quota(AWARD_WORDS.get(key, key), allowed_words(row.value), row.citation) for key, row in latest.items()]


def allowed_words(stated: str) -> str:
    """Return a number of awards as a page says it: "02", "30% xuống"."""
    return text.count(int(stated)) if stated.isdecimal() else stated


def members_of(year: BlocYear) -> list[Membership]:
    """The members of a year in their order, with their units; one query."""
    return list(year.memberships.select_related("unit").order_by("position", "pk"))


def terms_of(year: BlocYear, members: Sequence[Membership]) -> list[tuple[str, str, str, str]]:
    """Who led and assisted a year: word, unit under its name of the year, period, source."""
    names = {row.unit_id: row.name for row in members}
    words = {LeadershipTerm.Role.LEADER: year.bloc.leader_word, LeadershipTerm.Role.DEPUTY: year.bloc.deputy_word}
    rows = year.terms.select_related("unit").order_by("-role", "-from_on")
    return [
        (
            words[LeadershipTerm.Role(term.role)],
            names.get(term.unit_id, term.unit.name),
            f"từ {text.date(term.from_on)}" + (f" đến {text.date(term.until_on)}" if term.until_on else ""),
            term.source or "–",
        )
        for term in rows
    ]


def guidances_of(year: BlocYear) -> list[tuple[Guidance, str]]:
    """The letters of a year with number and date, the latest first."""
    return [
        (letter, f"số {letter.number or '…'}, {text.date(letter.dated_on)}")
        for letter in Guidance.objects.filter(year=year)
    ]
