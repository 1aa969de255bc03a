"""The register of awards: every award of every unit with its decision, those decided here and those taken over.

The counts are made from the same two sources under the same conditions, so that they equal the register.
"""

import datetime as dt
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import urlencode

from django.db.models import CharField, Count, F, Q, QuerySet, Value
from django.db.models.functions import Coalesce

from awards.models import Nomination, PastAward
from awards.queries.earlier import heirs_of, successors
from blocs import text
from blocs.models import Bloc, BlocYear, Unit, User

AT_ONCE = 5000
Source = QuerySet[Any, dict[str, Any]]
FIELDS = ("year_", "unit_", "bloc_", "award_", "name_", "number_", "day_", "issuer_", "person_")
DIMENSIONS = (("year_", "nam", "Theo năm"), ("award_", "hinh-thuc", "Theo danh hiệu, hình thức"),
              ("bloc_", "khoi", "Theo khối thi đua"), ("unit_", "don-vi", "Theo đơn vị"))  # fmt: skip


@dataclass(frozen=True)
class Asked:
    """What is looked for; empty is everything."""

    words: str = ""
    year: int | None = None
    award: str = ""
    bloc: str = ""
    unit: str = ""

    def link(self, **more: Any) -> str:
        """Return the address parameters of the same question with something more."""
        asked = replace(self, **more)
        named = {"tim": asked.words, "nam": asked.year or "", "hinh-thuc": asked.award, "khoi": asked.bloc,
                 "don-vi": asked.unit}  # fmt: skip
        return urlencode({key: value for key, value in named.items() if value})


@dataclass(frozen=True)
class Entry:
    """One award given, ready to print."""

    year: int
    unit: str
    unit_code: str
    bloc: str
    award: str
    name: str
    decision: str
    issuer: str


@dataclass(frozen=True)
class Counted:
    """One bar of the statistics: label, number, share of the longest, and the register that it counts."""

    label: str
    number: int
    of: int
    query: str


def sources(user: User, on: dt.date, asked: Asked) -> tuple[Source, Source]:
    """Return the awards decided here and those taken over that the user may see, under the same conditions."""
    decided = Nomination.objects.visible_to(user, on).filter(state=Nomination.State.AWARDED)
    years = BlocYear.objects.visible_to(user, on)
    posts = user.posts.in_force(on)
    taken = PastAward.objects.filter(
        Q(authority__in=posts.values("authority"))
        | Q(bloc__in=years.values("bloc"))
        | Q(unit__in=posts.values("unit"))
        | Q(unit__successor__in=posts.values("unit"))
    )
    units = _units_asked(asked)
    if asked.year is not None:
        decided, taken = decided.filter(year__year=asked.year), taken.filter(year=asked.year)
    if asked.award:
        decided, taken = decided.filter(award__name=asked.award), taken.filter(award_name=asked.award)
    if asked.bloc:
        decided, taken = decided.filter(year__bloc__code=asked.bloc), taken.filter(bloc__code=asked.bloc)
    if units is not None:
        decided, taken = decided.filter(membership__unit__in=units), taken.filter(unit__in=units)
    return _decided(decided), _taken(taken)


def _decided(rows: QuerySet[Nomination]) -> Source:
    return rows.order_by().annotate(
        year_=F("year__year"), unit_=F("membership__unit"), bloc_=F("year__bloc"), award_=F("award__name"),
        name_=F("printed_name"), number_=F("decision__number"), day_=F("decision__decided_on"),
        issuer_=F("year__bloc__authority__decider"), person_=F("person_name"),
    ).values(*FIELDS)  # fmt: skip


def _taken(rows: QuerySet[PastAward]) -> Source:
    nobody = Value("", output_field=CharField())
    return rows.order_by().annotate(
        year_=F("year"), unit_=F("unit"), bloc_=Coalesce(F("bloc"), Value(0)), award_=F("award_name"),
        name_=F("printed_name"), number_=F("number"), day_=F("decided_on"), issuer_=F("issuer"), person_=nobody,
    ).values(*FIELDS)  # fmt: skip


def _units_asked(asked: Asked) -> set[int] | None:
    """The units that the question is about, with those that they succeeded; None: all."""
    if not asked.unit and not asked.words.strip():
        return None
    words = text.search_key(asked.words).split()
    found = set()
    for pk, code, name, short_name in Unit.objects.values_list("pk", "code", "name", "short_name"):
        within = text.search_key(f"{code} {name} {short_name}")
        if (not asked.unit or code == asked.unit) and all(word in within for word in words):
            found.add(pk)
    follows = successors()
    return found | {gone for gone in follows if found & set(heirs_of(gone, follows))}


def register(user: User, on: dt.date, asked: Asked) -> QuerySet[Any, dict[str, Any]]:
    """Return the rows of the register, the latest year first; slice it, then print with `entries`."""
    decided, taken = sources(user, on, asked)
    return decided.union(taken, all=True).order_by("-year_", "award_", "name_", "unit_")


def entries(rows: Any) -> list[Entry]:
    """Return rows of the register ready to print, in two queries."""
    found = list(rows)
    units = Unit.objects.in_bulk({row["unit_"] for row in found})
    blocs = Bloc.objects.in_bulk({row["bloc_"] for row in found if row["bloc_"]})
    return [_entry(row, units, blocs) for row in found]


def _entry(row: dict[str, Any], units: dict[int, Unit], blocs: dict[int, Bloc]) -> Entry:
    unit, bloc = units[row["unit_"]], blocs.get(row["bloc_"])
    day = f" ngày {text.date(row['day_'])}" if row["day_"] else ""
    decision = f"số {row['number_'] or '…'}{day}" if row["number_"] or day else "–"
    name = f"{row['name_']} ({unit.short_name})" if row["person_"] else row["name_"]
    return Entry(
        row["year_"], unit.short_name, unit.code, bloc.name if bloc else "–", row["award_"], name, decision,
        row["issuer_"] or "–",
    )  # fmt: skip


def total(user: User, on: dt.date, asked: Asked) -> int:
    """Return how many awards the question finds."""
    return sum(rows.count() for rows in sources(user, on, asked))


def statistics(user: User, on: dt.date, asked: Asked) -> list[tuple[str, list[Counted]]]:
    """Return the counts by year, award, bloc and unit, each with the question that shows the rows it counts."""
    both = sources(user, on, asked)
    return [(label, list(_counts(both, field, asked))) for field, _, label in DIMENSIONS]


def _counts(both: tuple[Source, Source], field: str, asked: Asked) -> Iterator[Counted]:
    found: Counter[Any] = Counter()
    for rows in both:
        for row in rows.values(field).annotate(number=Count("pk")).order_by():
            found[row[field]] += row["number"]
    most = max(found.values(), default=1)
    names = _names(field, [key for key in found if key])
    order = sorted(found.items(), key=lambda item: (-item[0],) if field == "year_" else (-item[1], str(item[0])))
    for key, number in order:
        label, more = names.get(key, ("Không ghi khối", {"bloc": ""}))
        yield Counted(label, number, most, asked.link(**more))


def _names(field: str, keys: list[Any]) -> dict[Any, tuple[str, dict[str, Any]]]:
    """The label of each key, and what it adds to the question."""
    if field == "year_":
        return {key: (str(key), {"year": key}) for key in keys}
    if field == "award_":
        return {key: (key, {"award": key}) for key in keys}
    if field == "bloc_":
        return {pk: (row.name, {"bloc": row.code}) for pk, row in Bloc.objects.in_bulk(keys).items()}
    return {pk: (row.short_name, {"unit": row.code}) for pk, row in Unit.objects.in_bulk(keys).items()}
