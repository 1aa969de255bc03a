"""Units as they were on a day."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Count, Q

from blocs.models import BlocYear, Membership, Post, Unit, UnitName, User
from blocs.text import count, date, nfc, search_key, sort_key


def names_on(units: Iterable[Unit], on: dt.date) -> dict[int, UnitName]:
    """What each unit was called on the day, by the unit's primary key; one query.

    A unit without a name row that old keeps its earliest name, so that a year before its first name is still readable.
    """
    keys = [unit.pk for unit in units]
    known = UnitName.objects.filter(unit__in=keys).order_by("unit")
    names = {name.unit_id: name for name in known.order_by("-valid_from") if name.valid_from is not None}
    valid = known.filter(Q(valid_from__isnull=True) | Q(valid_from__lte=on))
    ordered = sorted(valid, key=lambda name: name.valid_from or dt.date.min)
    return names | {name.unit_id: name for name in ordered}


def heir_on(unit: Unit, on: dt.date) -> Unit:
    """The unit itself, or the unit that has taken its place by the day (through several mergers if need be)."""
    seen = {unit.pk}
    while unit.successor is not None and not unit.is_active(on) and unit.successor_id not in seen:
        unit = unit.successor
        seen.add(unit.pk)
    return unit


@dataclass(frozen=True)
class UnitRow:
    """A unit as the register shows it."""

    code: str
    name: str
    short_name: str
    province: str
    note: str
    people: str


def register(user: User, *, sought: str, on: dt.date) -> list[UnitRow]:
    """The units a user may see, in alphabetical order, found by code or by any name without regard to marks.

    Three queries whatever their number.
    """
    visible = Unit.objects.visible_to(user, on)
    former: dict[int, list[str]] = {}
    for unit_id, name in UnitName.objects.filter(unit__in=visible.values("pk")).values_list("unit_id", "name"):
        former.setdefault(unit_id, []).append(name)
    posts = Post.objects.in_force(on).filter(unit__in=visible.values("pk")).values_list("unit_id")
    staffed = dict(posts.annotate(number=Count("pk")).order_by())
    wanted = search_key(sought)
    units = [
        unit
        for unit in visible.select_related("successor")
        if all(
            word in search_key(" ".join([unit.code, unit.short_name, unit.province, *former.get(unit.pk, [])]))
            for word in wanted.split()
        )
    ]
    units.sort(key=lambda unit: (sort_key(unit.name), unit.code))
    return [_row(unit, staffed.get(unit.pk, 0), on) for unit in units]


class UnitFinder:
    """Finds units by code, or by full or short name; one query for any number of words."""

    def __init__(self) -> None:
        self._by_code: dict[str, Unit] = {}
        self._by_name: dict[str, set[Unit]] = {}
        for unit in Unit.objects.all():
            self._by_code[unit.code.casefold()] = unit
            for name in {unit.name.casefold(), unit.short_name.casefold()}:
                self._by_name.setdefault(name, set()).add(unit)

    def find(self, word: str) -> Unit | None:
        """Return the unit a word names, after NFC and without regard to case; None when no unit or two have the name."""
        key = nfc(word).casefold()
        if key in self._by_code:
            return self._by_code[key]
        matches = self._by_name.get(key, set())
        return next(iter(matches)) if len(matches) == 1 else None


def find_units(lines: Iterable[str]) -> tuple[list[Unit], list[str]]:
    """Return the units that lines of text name, in order, and the lines that name none."""
    finder = UnitFinder()
    words = [nfc(line) for line in lines if nfc(line)]
    found = [(word, finder.find(word)) for word in words]
    return [unit for _, unit in found if unit is not None], [word for word, unit in found if unit is None]


@dataclass(frozen=True)
class History:
    """What a unit was called, whom it succeeded, and in which years it took part, as strings for the page."""

    facts: list[tuple[str, str]]
    names: list[tuple[str, str]]
    predecessors: list[Unit]
    memberships: list[Membership]


def history(unit: Unit, user: User, *, on: dt.date) -> History:
    """The history of a unit; of its years only those the user may see."""
    years = BlocYear.objects.visible_to(user, on)
    rows = unit.memberships.filter(year__in=years.values("pk")).select_related("year__bloc").order_by("-year__year")
    period = f"{date(unit.valid_from)} đến {date(unit.valid_to)}" if unit.valid_from or unit.valid_to else "Không ghi"
    facts = [
        ("Mã", unit.code),
        ("Tên ngắn", unit.short_name),
        ("Tỉnh, thành phố", unit.province),
        ("Loại đơn vị", unit.kind),
        ("Cơ quan chủ quản", unit.superior),
        ("Người đứng đầu", unit.head_title),
        ("Ký hiệu văn bản", unit.symbol),
        ("Thời gian hoạt động", period),
        ("Đơn vị kế thừa", unit.successor.name if unit.successor else ""),
    ]
    names = [
        (name.name, f"từ {date(name.valid_from)}" if name.valid_from else "tên đầu tiên") for name in unit.names.all()
    ]
    return History(facts, names[::-1], list(unit.predecessors.order_by("name")), list(rows))


def _row(unit: Unit, staffed: int, on: dt.date) -> UnitRow:
    note = ""
    if unit.successor is not None and not unit.is_active(on):
        note = f"Đã sáp nhập vào {unit.successor.short_name} từ {date(unit.valid_to and unit.valid_to + dt.timedelta(days=1))}"
    elif not unit.is_active(on):
        note = (
            "Không còn hoạt động" if unit.valid_to and unit.valid_to < on else f"Hoạt động từ {date(unit.valid_from)}"
        )
    people = f"{count(staffed)} người" if staffed else "Chưa có người"
    return UnitRow(unit.code, unit.name, unit.short_name, unit.province, note, people)
