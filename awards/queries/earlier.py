"""What a unit was given before, by the decisions recorded here and by those taken over; succession is followed."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from awards.models import Nomination, PastAward
from blocs import text
from blocs.models import BlocYear, Unit

EARLIER_YEARS = 3


@dataclass(frozen=True)
class Given:
    """One earlier award of a unit: its year, its name and code, and its decision."""

    unit: int
    year: int
    code: str
    name: str
    decision: str
    issuer: str

    @property
    def words(self) -> str:
        """As a card prints it: "Bằng khen của Bộ trưởng (2021)"."""
        return f"{self.name} ({self.year})"

    @property
    def citation(self) -> str:
        """As a report lists it, with its decision."""
        return f"{self.name} năm {self.year}: {self.decision or 'chưa ghi số quyết định'}"


def given_before(year: BlocYear, years: int | None = EARLIER_YEARS) -> dict[int, list[Given]]:
    """Return what each unit (and the units it succeeded) was given in the years before, the latest first, by unit.

    `years` None: all of them. Only what the authority of the bloc decided or took over; in two queries, three where there is any.
    """
    first = 0 if years is None else year.year - years
    rows = [*_decided(year, first), *_taken_over(year, first)]
    follows = successors() if rows else {}
    found: dict[int, list[Given]] = {}
    for row in sorted(rows, key=lambda row: (-row.year, row.name)):
        for owner in heirs_of(row.unit, follows):
            found.setdefault(owner, []).append(row)
    return found


def last_given(year: BlocYear) -> dict[int, dict[str, int]]:
    """Return the latest earlier year of each award, by unit and code of the award."""
    found: dict[int, dict[str, int]] = {}
    for unit, rows in given_before(year, None).items():
        for row in rows:
            if row.code:
                found.setdefault(unit, {}).setdefault(row.code, row.year)
    return found


def _decided(year: BlocYear, first: int) -> Iterator[Given]:
    rows = Nomination.objects.filter(
        state=Nomination.State.AWARDED,
        person_name="",
        year__year__range=(first, year.year - 1),
        year__bloc__authority=year.bloc.authority_id,
    ).values_list(
        "membership__unit", "year__year", "award__code", "award__name",
        "decision__number", "decision__decided_on", "year__bloc__authority__decider",
    )  # fmt: skip
    for unit, number, code, name, decision, decided_on, decider in rows.order_by("-year__year"):
        said = f"Quyết định số {decision or '…'} ngày {text.date(decided_on)}"
        yield Given(unit, number, code, name, said, decider)


def _taken_over(year: BlocYear, first: int) -> Iterator[Given]:
    rows = PastAward.objects.filter(authority=year.bloc.authority_id, year__range=(first, year.year - 1)).values_list(
        "unit", "year", "award__code", "award_name", "number", "decided_on", "issuer"
    )
    for unit, number, code, name, decision, decided_on, issuer in rows:
        day = f" ngày {text.date(decided_on)}" if decided_on else ""
        said = f"Quyết định số {decision or '…'}{day}" if decision or decided_on else ""
        yield Given(unit, number, code or "", name, said, issuer)


def successors() -> dict[int, int]:
    """Return which unit succeeded which, by primary keys."""
    rows = Unit.objects.exclude(successor=None).values_list("pk", "successor")
    return {unit: heir for unit, heir in rows if heir is not None}


def heirs_of(unit: int, successors: Mapping[int, int]) -> Iterator[int]:
    """Yield the unit and every unit that succeeded it, one after the other; a circle ends where it began."""
    seen: set[int] = set()
    here: int | None = unit
    while here is not None and here not in seen:
        seen.add(here)
        yield here
        here = successors.get(here)
