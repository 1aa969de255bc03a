"""A list of a year's members brought as a file: which units, in which order, who leads."""

from dataclasses import dataclass
from typing import IO

from blocs.models import LeadershipTerm, Unit
from blocs.queries.units import UnitFinder
from blocs.sheets import Column, Fault, Line, Preview, Reading, header_key, read_table, template

COLUMNS = (
    Column(
        "unit", "Đơn vị", ("tên đơn vị", "mã đơn vị"), "code", required=True, longest=250, hint="mã hoặc tên đầy đủ"
    ),
    Column("role", "Vai trò", (), longest=40, hint="Trưởng khối, Phó Trưởng khối; bỏ trống: thành viên"),
)
LEADER, DEPUTY = LeadershipTerm.Role.LEADER, LeadershipTerm.Role.DEPUTY
_WORDS = {
    LEADER: ("trưởng khối", "khối trưởng", "cụm trưởng", "trưởng cụm", "leader"),
    DEPUTY: ("phó", "phó trưởng khối", "khối phó", "phó khối trưởng", "cụm phó", "phó cụm trưởng", "deputy"),
    "": ("", "thành viên", "member"),
}
_ROLES = {header_key(word): role for role, words in _WORDS.items() for word in words}
_LABELS = {LEADER: "Trưởng khối", DEPUTY: "Phó Trưởng khối", "": "Thành viên"}


@dataclass(frozen=True)
class MemberList:
    """What a file says: the members in order, who leads, who assists, and every fault."""

    members: tuple[Unit, ...]
    roles: dict[int, str]
    faults: tuple[Fault, ...]
    unknown: tuple[str, ...] = ()

    def unit_with(self, role: str) -> Unit | None:
        """Return the member that has the role."""
        return next((unit for unit in self.members if self.roles[unit.pk] == role), None)

    @property
    def preview(self) -> Preview:
        """What would be written."""
        rows = [
            (str(position), unit.code, unit.name, _LABELS[self.roles[unit.pk]])
            for position, unit in enumerate(self.members, start=1)
        ]
        headers = ("TT", "Mã", "Đơn vị", "Vai trò")
        summary = (f"{len(rows)} đơn vị thành viên",)
        return Preview("Danh sách đơn vị thành viên", headers, rows, summary, self.unknown, (), self.faults)


def member_template() -> bytes:
    """Return an empty table to fill in (xlsx)."""
    return template(COLUMNS, "Đơn vị thành viên")


def read_members(upload: IO[bytes], name: str) -> MemberList:
    """Read a list of members in the order of its rows; units by code or name.

    Raises SheetRefused when the file cannot be read at all.
    """
    reading = read_table(upload, name, COLUMNS)
    if reading is None:
        return MemberList((), {}, ())
    finder = UnitFinder()
    members: dict[int, Unit] = {}
    roles: dict[int, str] = {}
    for line in reading.lines:
        unit = _unit(reading, line, finder)
        role = _role(reading, line, set(roles.values()))
        if unit is None:
            continue
        if unit.pk in members:
            reading.blame(line, "unit", f"{unit.name} có hai lần", "mỗi đơn vị một lần")
            continue
        members[unit.pk], roles[unit.pk] = unit, role
    if not reading.lines and not reading.faults:
        reading.faults.append(Fault(0, "Đơn vị", "tệp không có đơn vị nào", "ít nhất một dòng"))
    return MemberList(tuple(members.values()), roles, tuple(reading.faults), tuple(reading.unknown))


def _unit(reading: Reading, line: Line, finder: UnitFinder) -> Unit | None:
    unit = finder.find(line["unit"])
    if unit is None:
        problem = f"không có đơn vị “{line['unit']}”" if line["unit"] else "ô trống"
        reading.blame(line, "unit", problem, "mã hoặc tên đầy đủ của một đơn vị đã ghi")
    return unit


def _role(reading: Reading, line: Line, taken: set[str]) -> str:
    role = _ROLES.get(header_key(line["role"]))
    if role is None:
        reading.blame(
            line, "role", f"không rõ vai trò “{line['role']}”", "Trưởng khối, Phó Trưởng khối hoặc Thành viên"
        )
        return ""
    if role and role in taken:
        reading.blame(line, "role", f"đã có đơn vị khác là {_LABELS[role]}", f"một {_LABELS[role]}")
    return role
