"""Targets of members brought as a file."""

from dataclasses import dataclass
from decimal import Decimal
from typing import IO

from blocs.models import BlocYear
from blocs.sheets import Column, Fault, Line, Preview, Reading, read_table, template
from blocs.text import number
from scoring.models import Criterion
from scoring.points import FIELDS, FigureRefused, Figures, check_figures
from scoring.sheets.checking import table_in_force
from scoring.sheets.members import CRITERION, TARGET_NAMES, UNIT, Criteria, Members, Subject

COLUMNS = (
    UNIT,
    CRITERION,
    Column("target", "Kế hoạch", TARGET_NAMES, "number", required=True),
    Column("source", "Nguồn", (), longest=500, hint="quyết định giao kế hoạch"),
)


@dataclass(frozen=True)
class ImportedTarget:
    """One row of the file, checked."""

    subject: Subject
    criterion: Criterion
    value: Decimal
    source: str


@dataclass(frozen=True)
class TargetsFile:
    """What a file says, every fault, and the columns left aside."""

    targets: tuple[ImportedTarget, ...]
    faults: tuple[Fault, ...]
    unknown: tuple[str, ...]

    @property
    def preview(self) -> Preview:
        """What would be written."""
        rows = [(row.subject.name, row.criterion.code, number(row.value), row.source) for row in self.targets]
        headers = ("Đơn vị", "Mã tiêu chí", "Kế hoạch", "Nguồn")
        summary = (f"{len(rows)} kế hoạch.",)
        return Preview("Kế hoạch năm của các đơn vị", headers, rows, summary, self.unknown, (), self.faults)


def read_targets(upload: IO[bytes], name: str, year: BlocYear) -> TargetsFile:
    """Read targets against the table and the members of a year, with every fault. Raises SheetRefused, NoTable."""
    table = table_in_force(year)
    reading = read_table(upload, name, COLUMNS) or Reading([], COLUMNS)
    members, criteria = Members(year), Criteria(table)
    targets: dict[tuple[int, int], ImportedTarget] = {}
    for line in reading.lines:
        target = _target(line, reading, members, criteria)
        if target is None:
            continue
        key = (target.subject.membership_id, target.criterion.pk)
        if key in targets:
            reading.blame(
                line, "criterion", "đơn vị đã có kế hoạch của tiêu chí này trong tệp", "mỗi tiêu chí một dòng"
            )
        targets[key] = target
    return TargetsFile(tuple(targets.values()), tuple(reading.faults), tuple(reading.unknown))


def _target(line: Line, reading: Reading, members: Members, criteria: Criteria) -> ImportedTarget | None:
    subject, criterion = members.find(line, reading), criteria.find(line, reading)
    if subject is None or criterion is None:
        return None
    leaf = criterion.leaf
    if "target" not in FIELDS[leaf.method]:
        reading.blame(line, "criterion", f"cách chấm của {criterion.code} không dùng kế hoạch")
        return None
    if line["target"] is None:
        reading.blame(line, "target", "thiếu kế hoạch", "một số")
        return None
    try:
        check_figures(leaf, Figures(target=line["target"]))
    except FigureRefused as refusal:
        reading.blame(line, "target", refusal.sentence)
        return None
    return ImportedTarget(subject, criterion, line["target"], line["source"])


def targets_template() -> bytes:
    """Return the empty table of targets to fill in."""
    return template(COLUMNS, "Kế hoạch")
