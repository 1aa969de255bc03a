"""Who issues and signs the papers of a year: letterhead, capacity, members by the names of that year."""

from blocs.models import BlocYear, LeadershipTerm, Membership, Unit
from blocs.standing import leadership_of
from conferences.models import Conference
from documents.papers import Letterhead, Signer


def leading_units(year: BlocYear) -> tuple[Unit | None, Unit | None]:
    """Return the units that lead and assist: today, or for a closed year those who did last."""
    now = leadership_of(year)
    wanted = {LeadershipTerm.Role.LEADER: now.leader, LeadershipTerm.Role.DEPUTY: now.deputy}
    terms = LeadershipTerm.objects.filter(year=year).order_by("from_on", "pk").select_related("unit")
    last = {term.role: term.unit for term in terms}
    current = {unit.pk: unit for unit in Unit.objects.filter(pk__in=[pk for pk in wanted.values() if pk])}
    leader, deputy = (current.get(wanted[role] or 0) or last.get(role) for role in wanted)
    return leader, deputy


def name_in(members: list[Membership], unit: Unit | None) -> str:
    """Return the unit's name of that year."""
    return next((row.name for row in members if unit and row.unit_id == unit.pk), "")


def letterhead_of(year: BlocYear, leader: Unit | None, code: str, *, dated: bool = True) -> Letterhead:
    """Return the head of a paper of a type ("BC"); minutes carry no place and date (`dated` False)."""
    place = leader.province if leader and dated else ""
    if year.letterhead == "B" or leader is None:
        return Letterhead(issuer=year.bloc.name, profile="B", symbol=f"{code}-KTĐ", place=place)
    name = year.memberships.filter(unit=leader).values_list("name", flat=True).first() or leader.name
    symbol = f"{code}-{leader.symbol}" if leader.symbol else code
    return Letterhead(issuer=name, superior=leader.superior, symbol=symbol, place=place)


def head_signers(year: BlocYear, leader: Unit | None) -> tuple[Signer, ...]:
    """Return the block of the leading unit's head."""
    if leader is None:
        return ()
    member = year.memberships.filter(unit=leader).first()
    name = member.head_name if member else ""
    if year.letterhead == "B":
        post = f"{leader.head_title} {member.name if member else leader.name}"
        return (Signer(lines=("TM. KHỐI THI ĐUA", year.bloc.leader_word.upper()), post=post, name=name),)
    return (Signer(lines=(leader.head_title.upper(),), name=name),)


def subject_of(conference: Conference) -> str:
    """Return the meeting's name with its bloc: "Hội nghị tổng kết … năm 2024 của Khối thi đua …"."""
    return f"{conference.title} của {conference.year.bloc.name}"


def person(honorific: str, name: str, post: str) -> str:
    """Return "đồng chí Nguyễn Văn A, Trưởng ban"; dots where the name is not known."""
    return ", ".join(part for part in (f"{honorific} {name or '……………………'}", post) if part)
