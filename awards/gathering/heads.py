"""The head and the signature of papers of the leader unit."""

from blocs.models import BlocYear, Unit
from blocs.standing import leadership_of
from documents.papers import Letterhead, Signer

DOTS = "……………………"


def leader_unit(year: BlocYear) -> Unit | None:
    """Return the unit that leads the year, or led it last."""
    leader = leadership_of(year).leader
    leader = leader or year.terms.filter(role="leader").order_by("from_on").values_list("unit_id", flat=True).last()
    return None if leader is None else Unit.objects.get(pk=leader)


def name_then(year: BlocYear, unit: Unit) -> str:
    """Return a unit's name of the year."""
    return year.memberships.filter(unit=unit).values_list("name", flat=True).first() or unit.name


def letterhead_of(year: BlocYear, unit: Unit | None, code: str, *, number: str = "", dated: str = "") -> Letterhead:
    """Return the letterhead of the leader unit, or of the bloc where the year says so; `code` is that of the type.

    An empty code prints no number. `number` as typed ("05/TTr-BQLKCN") may carry its own symbol.
    """
    plain, _, symbol = number.partition("/")
    place = unit.province if unit else ""
    if unit is None or year.letterhead == "B":
        usual = f"{code}-KTĐ" if code else ""
        return Letterhead(
            profile="B", issuer=year.bloc.name, place=place, symbol=symbol or usual, number=plain, dated=dated
        )
    usual = f"{code}-{unit.symbol}" if code and unit.symbol else ""
    return Letterhead(
        issuer=name_then(year, unit), superior=unit.superior, place=place, symbol=symbol or usual, number=plain,
        dated=dated,
    )  # fmt: skip


def head_signer(year: BlocYear, unit: Unit | None, *, name: str = "", title: str = "") -> tuple[Signer, ...]:
    """Return the signature of the head of the leader unit; the demonstration prints no name."""
    capacity = (title or (unit.head_title if unit else "") or "Thủ trưởng đơn vị").upper()
    return (Signer(lines=(capacity,), name="" if year.is_demonstration else name),)
