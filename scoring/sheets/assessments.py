"""Results of members brought as a file: figures of every leaf, and the later layers in points."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import IO, Any

from blocs.models import BlocYear
from blocs.sheets import CellRefused, Column, Fault, Line, Preview, Reading, as_whole, as_yes_no, read_table, template
from blocs.text import number
from scoring.models import CriteriaTable, Criterion, SelfAssessment, Target
from scoring.points import FIELDS, FigureRefused, Figures, Leaf, Method, check_figures, check_points, is_answered
from scoring.queries.tables import table_values
from scoring.ranking import Entry
from scoring.sheets.members import CRITERION, TARGET_NAMES, UNIT, Criteria, Members, Subject

COLUMNS = (
    UNIT,
    CRITERION,
    Column("target", "Kế hoạch", TARGET_NAMES, "number", hint="bỏ trống: theo kế hoạch đã duyệt"),
    Column("actual", "Thực hiện", ("Kết quả",), "number"),
    Column("count", "Số lượng", (), "number"),
    Column("plus", "Số lần cộng", ("Cộng",), "whole"),
    Column("minus", "Số lần trừ", ("Trừ",), "whole"),
    Column("level", "Mức", (), "text", hint="số thứ tự của mức, từ 1; với Đạt/không đạt: có hoặc không"),
    Column("points", "Điểm", (), "number", hint="bắt buộc với Chấm trực tiếp; cách khác thì đối chiếu"),
    Column("not_applicable", "Không áp dụng", ("not applicable",), "yes_no"),
    Column("explanation", "Giải trình", (), longest=5000),
    Column("reviewed", "Điểm thẩm định", (), "number"),
    Column("agreed", "Điểm thống nhất", (), "number"),
    Column("reason", "Lý do", ("Lý do điều chỉnh",), longest=5000),
)
_LATER = ("reviewed", "agreed")
_REPLACED = (SelfAssessment.State.DRAFT, SelfAssessment.State.SUBMITTED)


@dataclass(frozen=True)
class ImportedScore:
    """One row of the file, checked: the claim, and the later layers in points."""

    line: Line
    criterion: Criterion
    leaf: Leaf
    figures: Figures
    checked_points: Decimal | None = None
    reviewed: Decimal | None = None
    agreed: Decimal | None = None
    new_target: Decimal | None = None

    @property
    def claim(self) -> Entry:
        """The claim as the arithmetic sees it."""
        return Entry(self.figures)


@dataclass
class ImportedMember:
    """One member of the file with its rows by code."""

    subject: Subject
    first: Line
    scores: dict[str, ImportedScore] = field(default_factory=dict)


@dataclass(frozen=True)
class ResultsFile:
    """What a file says: members with their scores, every fault, and the columns left aside."""

    members: tuple[ImportedMember, ...]
    faults: tuple[Fault, ...]
    unknown: tuple[str, ...]
    summary: tuple[str, ...] = ()
    rows: tuple[tuple[str, ...], ...] = ()
    typed_drafts: tuple[str, ...] = ()

    @property
    def preview(self) -> Preview:
        """What would be written, and which drafts typed by hand stand in the way."""
        headers = ("Đơn vị", "Số tiêu chí", "Điểm tự chấm")
        title = "Kết quả chấm điểm"
        return Preview(title, headers, self.rows, self.summary, self.unknown, self.typed_drafts, self.faults)


class Reader:
    """Reads the rows of one file against the table, the members and the targets of a year."""

    def __init__(self, year: BlocYear, table: CriteriaTable, reading: Reading, *, as_draft: bool) -> None:
        self.reading = reading
        self.as_draft = as_draft
        self.members = Members(year)
        self.criteria = Criteria(table)
        self.leaves = {leaf.code: leaf for leaf in table_values(table).leaves}
        approved = Target.objects.filter(membership__year=year, state=Target.State.APPROVED)
        self.targets: Mapping[tuple[int, int], Decimal] = {
            (membership, criterion): value or Decimal(0)
            for membership, criterion, value in approved.values_list("membership_id", "criterion_id", "value")
        }
        self.found: dict[int, ImportedMember] = {}

    def read(self) -> list[ImportedMember]:
        """Read every line; faults go to the reading."""
        for line in self.reading.lines:
            subject, criterion = self.members.find(line, self.reading), self.criteria.find(line, self.reading)
            if subject is None or criterion is None:
                continue
            member = self.found.setdefault(subject.membership_id, ImportedMember(subject, line))
            if criterion.code in member.scores:
                earlier = member.scores[criterion.code].line.row
                self.reading.blame(
                    line, "criterion", f"tiêu chí {criterion.code} đã có ở dòng {earlier}", "mỗi tiêu chí một dòng"
                )
                continue
            member.scores[criterion.code] = self._score(line, subject, criterion)
        return list(self.found.values())

    def _score(self, line: Line, subject: Subject, criterion: Criterion) -> ImportedScore:
        leaf = self.leaves[criterion.code]
        approved = self.targets.get((subject.membership_id, criterion.pk))
        figures, new_target = self._figures(line, leaf, approved)
        try:
            check_figures(leaf, figures)
        except FigureRefused as refusal:
            self.reading.blame(line, refusal.figure, refusal.sentence)
        if not self.as_draft and not is_answered(leaf, figures):
            self._blame_missing(line, leaf, figures)
        later = {key: line[key] for key in _LATER}
        self._check_later(line, leaf, figures)
        checked = None if leaf.method is Method.POINTS or figures.not_applicable else line["points"]
        return ImportedScore(line, criterion, leaf, figures, checked, **later, new_target=new_target)

    def _figures(self, line: Line, leaf: Leaf, approved: Decimal | None) -> tuple[Figures, Decimal | None]:
        stated: dict[str, Any] = {key: line[key] for key in ("target", "actual", "count", "plus", "minus")}
        stated["level"] = self._level(line, leaf)
        if leaf.method is Method.POINTS or line["not_applicable"]:
            stated["points"] = line["points"]
        if line["not_applicable"]:
            return Figures(**stated, not_applicable=True), None
        new_target = None
        if "target" in FIELDS[leaf.method]:
            if approved is None:
                new_target = stated["target"]
            elif stated["target"] is None:
                stated["target"] = approved
            elif stated["target"] != approved:
                self.reading.blame(
                    line,
                    "target",
                    f"kế hoạch {number(stated['target'])} khác kế hoạch đã duyệt {number(approved)}",
                    number(approved),
                )
        return Figures(**stated), new_target

    def _level(self, line: Line, leaf: Leaf) -> int | None:
        text = line["level"]
        try:
            if leaf.method is not Method.ACHIEVED or line["not_applicable"]:
                return as_whole(text)
            return int(as_yes_no(text)) if text or not self.as_draft else None
        except CellRefused as refusal:
            self.reading.blame(line, "level", refusal.problem, refusal.expected)
            return None

    def _blame_missing(self, line: Line, leaf: Leaf, figures: Figures) -> None:
        for key in FIELDS[leaf.method]:
            if getattr(figures, key) is None:
                hint = "hoặc duyệt kế hoạch trước" if key == "target" else ""
                self.reading.blame(line, key, f"tiêu chí {leaf.code} còn thiếu ô này", hint)
                return

    def _check_later(self, line: Line, leaf: Leaf, figures: Figures) -> None:
        for key in _LATER:
            if line[key] is None:
                continue
            if self.as_draft or figures.not_applicable:
                why = "bảng đang lập" if self.as_draft else "tiêu chí đã ghi không áp dụng"
                self.reading.blame(line, key, f"{why} thì chưa có điểm ở lớp này", "để trống")
                continue
            try:
                check_points(leaf, line[key])
            except FigureRefused as refusal:
                self.reading.blame(line, key, refusal.sentence)


def blame_members(reader: Reader, existing: Mapping[int, tuple[str, str]]) -> None:
    """Note members whose rows are incomplete, or whose assessment an import may not replace (by membership: state, manner)."""
    for member in reader.found.values():
        state, manner = existing.get(member.subject.membership_id, ("", ""))
        imported = manner == SelfAssessment.Manner.IMPORTED
        if state and (state not in _REPLACED or (state == SelfAssessment.State.SUBMITTED and not imported)):
            label = SelfAssessment.State(state).label
            problem = (
                f"bảng tự chấm điểm của {member.subject.name} đang ở trạng thái “{label}”, không thay bằng tệp được"
            )
            reader.reading.blame(member.first, "unit", problem, "bỏ các dòng của đơn vị này")
        missing = [code for code in reader.leaves if code not in member.scores]
        if missing and not reader.as_draft:
            named = ", ".join(missing[:10]) + (", …" if len(missing) > 10 else "")  # noqa: PLR2004
            problem = f"{member.subject.name} còn thiếu dòng của {len(missing):02d} tiêu chí: {named}"
            reader.reading.blame(member.first, "criterion", problem, "mỗi tiêu chí một dòng")


def read_rows(upload: IO[bytes], name: str) -> Reading:
    """Read the cells of a file of results. Raises SheetRefused when it cannot be read at all."""
    reading = read_table(upload, name, COLUMNS)
    if reading is None or (not reading.lines and not reading.faults):
        return Reading([], COLUMNS, faults=[Fault(0, "", "tệp không có dòng kết quả nào")])
    return reading


def with_faults(file: ResultsFile, faults: Sequence[Fault]) -> ResultsFile:
    """Return the file with more faults, in the order of its rows."""
    return replace(file, faults=tuple(sorted((*file.faults, *faults), key=lambda fault: fault.row)))


def results_template() -> bytes:
    """Return the empty table of results to fill in."""
    return template(COLUMNS, "Kết quả")
