"""Which member, and which criterion, a row of a file means."""

from dataclasses import dataclass
from functools import cached_property

from blocs.models import BlocYear
from blocs.sheets import Column, Line, Reading
from blocs.text import nfc
from scoring.models import CriteriaTable, Criterion

UNIT = Column(
    "unit", "Đơn vị", ("Đơn vị thành viên", "Mã đơn vị"), "code", required=True, hint="mã hoặc tên đầy đủ của đơn vị"
)
CRITERION = Column(
    "criterion", "Mã tiêu chí", ("Tiêu chí",), "code", required=True, longest=40, hint="mã của tiêu chí chấm điểm"
)
TARGET_NAMES = ("Chỉ tiêu", "Kế hoạch năm")


@dataclass(frozen=True)
class Subject:
    """A member that a file may name."""

    membership_id: int
    unit_id: int
    code: str
    name: str


class Members:
    """The members of a year, found by unit code or full name. One query."""

    def __init__(self, year: BlocYear) -> None:
        columns = ("pk", "unit_id", "unit__code", "name", "unit__name")
        rows = list(year.memberships.order_by("position", "pk").values_list(*columns))
        self.all = [Subject(*row[:4]) for row in rows]
        self._found = {nfc(name): subject for subject, row in zip(self.all, rows, strict=True) for name in row[3:5]}
        self._found |= {nfc(subject.code): subject for subject in self.all}

    def find(self, line: Line, reading: Reading) -> Subject | None:
        """Return the member a line names; a fault of the line when there is none."""
        found = self._found.get(line["unit"])
        if found is None:
            problem = f"không có đơn vị “{line['unit']}” trong khối năm này" if line["unit"] else "thiếu đơn vị"
            reading.blame(line, "unit", problem, "mã hoặc tên đầy đủ của một đơn vị thành viên")
        return found


class Criteria:
    """The criteria of a table, found by code. One query."""

    def __init__(self, table: CriteriaTable) -> None:
        self._rows = {criterion.code: criterion for criterion in table.criteria.order_by("position")}

    @cached_property
    def leaves(self) -> dict[str, Criterion]:
        """The criteria that are scored."""
        return {code: criterion for code, criterion in self._rows.items() if criterion.is_leaf}

    def find(self, line: Line, reading: Reading) -> Criterion | None:
        """Return the criterion a line names; a fault of the line when there is none, or when it is a group."""
        code = line["criterion"]
        if code in self.leaves:
            return self.leaves[code]
        problem = f"{code} là nhóm, không chấm điểm" if code in self._rows else f"không có tiêu chí “{code}” trong bảng"
        reading.blame(line, "criterion", problem if code else "thiếu mã tiêu chí", "mã của tiêu chí chấm điểm")
        return None
