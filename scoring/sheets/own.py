"""A unit's own self-assessment as a workbook: taken along filled in, brought back, compared cell by cell."""

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import IO, Any

from blocs.sheets import Column, Fault, Line, Preview, Reading, Sheet, read_table, write_xlsx
from blocs.text import nfc, number
from scoring.inputs import label_of, same_text
from scoring.models import Criterion, SelfAssessment, Target
from scoring.points import FIELDS, FigureRefused, Figures, Method, check_figures
from scoring.queries.claims import ClaimBook, claim_book, written
from scoring.queries.filling import last_years
from scoring.sheets.members import CRITERION, TARGET_NAMES

FIGURES = ("target", "actual", "count", "plus", "minus", "level", "points", "not_applicable")
TYPED = (*FIGURES, "explanation")
COLUMNS = (
    CRITERION,
    Column("target", "Kế hoạch", TARGET_NAMES, "number", hint="kế hoạch đã duyệt thì không sửa ở đây"),
    Column("actual", "Thực hiện", ("Kết quả",), "number"),
    Column("count", "Số lượng", (), "number"),
    Column("plus", "Số lần cộng", ("Cộng",), "whole"),
    Column("minus", "Số lần trừ", ("Trừ",), "whole"),
    Column("level", "Mức", (), "text", hint="số thứ tự của mức, từ 1; với Đạt/không đạt: có hoặc không"),
    Column("points", "Điểm", (), "number", hint="chỉ với Chấm trực tiếp"),
    Column("not_applicable", "Không áp dụng", (), "yes_no"),
    Column("explanation", "Giải trình", (), longest=5000),
)
_TAKEN = "Lúc tải về"  # the second sheet: the same cells as they were, so that later changes on the site are noticed
_EXACT_DIGITS = 15  # what a number cell of Excel keeps
_YES_NO = {"1": "có", "0": "không"}


@dataclass(frozen=True)
class OwnCell:
    """One cell that differs from the site: what stands there now, what the file says, as it is typed and as it is read."""

    criterion: Criterion
    field: str
    present: str
    typed: str
    is_conflict: bool = False

    @property
    def key(self) -> str:
        """The name of the cell in the form of the preview."""
        return f"{self.criterion.pk}-{self.field}"

    @property
    def label(self) -> str:
        """What the field is called."""
        return label_of(self.field)

    @property
    def shown(self) -> tuple[str, str]:
        """What stands on the site and what the file says, for reading."""
        return _shown(self.criterion, self.field, self.present), _shown(self.criterion, self.field, self.typed)


@dataclass(frozen=True)
class OwnFile:
    """What a file brought back says: the cells that differ, every fault, and what was left aside."""

    cells: tuple[OwnCell, ...]
    faults: tuple[Fault, ...]
    unknown: tuple[str, ...]
    criteria: int = 0

    @property
    def basis(self) -> str:
        """A digest of what stood on the site when the cells were compared."""
        rows = "\n".join(f"{cell.key}={cell.present}" for cell in self.cells)
        return hashlib.sha256(rows.encode()).hexdigest()

    @property
    def preview(self) -> Preview:
        """What would be written."""
        rows = [(cell.criterion.code, cell.label, *cell.shown) for cell in self.cells]
        conflicts = sum(cell.is_conflict for cell in self.cells)
        summary = [f"{self.criteria} tiêu chí trong tệp, {len(rows)} ô khác với hệ thống."]
        if conflicts:
            summary.append(f"{conflicts} ô đã được sửa trên hệ thống sau khi tải tệp về: chưa chọn, cần xem từng ô.")
        notes = ("Ô trống trong tệp giữ nguyên nội dung đang có trên hệ thống.",)
        headers = ("Mã", "Ô", "Trên hệ thống", "Trong tệp")
        return Preview("Bảng tự chấm điểm từ tệp", headers, rows, summary, self.unknown, notes, self.faults)


def own_workbook(assessment: SelfAssessment) -> bytes:
    """Return a member's own sheet as a workbook: a row a criterion with its fields, help columns that are not read back."""
    book = claim_book(assessment)
    years = last_years(assessment)
    headers = [CRITERION.label, "Tên tiêu chí", "Điểm tối đa", "Cách chấm", "Đơn vị tính", "Năm trước"]
    headers += [column.label for column in COLUMNS[1:]]
    rows, taken = [], []
    for row in book.leaves:
        present = texts_of(book, row)
        before = years.get(row.code, [])
        help_cells = (row.title, row.max_points.normalize(), row.get_method_display(), row.measure)
        cells = [_cell(row, field, present[field]) for field in TYPED]
        rows.append((row.code, *help_cells, before[0].figures if before else "", *cells))
        taken.append((row.code, *cells))
    labels = [CRITERION.label, *(column.label for column in COLUMNS[1:])]
    return write_xlsx([Sheet("Tự chấm điểm", headers, rows), Sheet(_TAKEN, labels, taken)])


def texts_of(book: ClaimBook, criterion: Criterion) -> dict[str, str]:
    """Return the present texts of every field of a criterion, "" where nothing is stated."""
    figures, score = book.figures(criterion), book.scores.get(criterion.pk)
    texts = {field: _text(getattr(figures, field)) for field in FIGURES}
    return texts | {"explanation": score.explanation if score else ""}


def _text(value: Any) -> str:
    if isinstance(value, bool):
        return "có" if value else ""
    return str(value) if isinstance(value, int) else written(value)


def _cell(criterion: Criterion, field: str, text: str) -> Any:
    """Return a field as a cell: numbers as numbers while Excel keeps all their digits, else as text."""
    if not text or field in {"explanation", "not_applicable"}:
        return text or None
    if field == "level" and criterion.method == Method.ACHIEVED:
        return _YES_NO[text]
    amount = Decimal(text.replace(".", "").replace(",", "."))
    return amount if len(amount.as_tuple().digits) <= _EXACT_DIGITS else text


def _shown(criterion: Criterion, field: str, text: str) -> str:
    if field == "level" and criterion.method == Method.ACHIEVED:
        return {"1": "Đạt", "0": "Không đạt"}.get(text, "(trống)")
    return text or "(trống)"


def read_own(upload: IO[bytes], name: str, assessment: SelfAssessment, opened: frozenset[int] | None) -> OwnFile:
    """Compare a file with what stands on the site; `opened` names the criteria that may be changed (None: all).

    Every wrong cell is a fault. Raises SheetRefused when the file cannot be read at all.
    """
    reading = read_table(upload, name, COLUMNS, skip=(_TAKEN,)) or Reading([], COLUMNS)
    upload.seek(0)
    taken = _taken(read_table(upload, name, COLUMNS, only=(_TAKEN,)))
    comparing = _Comparing(claim_book(assessment), reading, taken, opened)
    cells = tuple(comparing.cells())
    if not reading.lines and not reading.faults:
        reading.faults.append(Fault(0, "", "tệp không có dòng tiêu chí nào"))
    faults = tuple(sorted(reading.faults, key=lambda fault: fault.row))
    help_columns = {"Tên tiêu chí", "Điểm tối đa", "Cách chấm", "Đơn vị tính", "Năm trước"}
    unknown = tuple(header for header in reading.unknown if header not in help_columns)
    return OwnFile(() if faults else cells, faults, unknown, len(reading.lines))


def _taken(reading: Reading | None) -> Mapping[str, Line]:
    return {line["criterion"]: line for line in reading.lines} if reading else {}


@dataclass
class _Comparing:
    """One file against one book, line by line; faults go to the reading."""

    book: ClaimBook
    reading: Reading
    taken: Mapping[str, Line]
    opened: frozenset[int] | None

    def cells(self) -> Iterator[OwnCell]:
        rows = {row.code: row for row in self.book.leaves}
        seen: dict[str, int] = {}
        for line in self.reading.lines:
            code = line["criterion"]
            row = rows.get(nfc(code))
            if row is None:
                self.reading.blame(line, "criterion", f"bảng không có tiêu chí “{code}”", "mã của tiêu chí chấm điểm")
            elif code in seen:
                self.reading.blame(
                    line, "criterion", f"tiêu chí {code} đã có ở dòng {seen[code]}", "mỗi tiêu chí một dòng"
                )
            else:
                seen[code] = line.row
                yield from self._line(line, row)

    def _line(self, line: Line, row: Criterion) -> Iterator[OwnCell]:
        present, stated = texts_of(self.book, row), self._stated(line, row)
        changed = {field: said for field, said in stated.items() if not same_text(said, present[field])}
        if changed and self.opened is not None and row.pk not in self.opened:
            self.reading.blame(
                line, "criterion", f"tiêu chí {row.code} đang khóa, không sửa bằng tệp được", "giữ nguyên"
            )
            return
        self._check(line, row, changed)
        base = self.taken.get(row.code)
        before = {} if base is None else self._stated(base, row, every=True)
        for field, said in changed.items():
            moved = field in before and not same_text(before[field], present[field])
            if not (
                moved and same_text(before[field], said)
            ):  # untouched in the file, changed on the site: the site's stays
                yield OwnCell(row, field, present[field], said, is_conflict=moved)

    def _stated(self, line: Line, row: Criterion, *, every: bool = False) -> dict[str, str]:
        stated = {field: _text(line[field]) for field in TYPED if field != "level"}
        level = nfc(line["level"]).lower()
        if row.method == Method.ACHIEVED:
            level = {"có": "1", "không": "0", "đạt": "1", "không đạt": "0", "x": "1"}.get(level, level)
        stated["level"] = level
        return {field: said for field, said in stated.items() if said or every}

    def _check(self, line: Line, row: Criterion, changed: Mapping[str, str]) -> None:
        for field in changed:
            if field in FIGURES[:-1] and field not in FIELDS[Method(row.method)]:
                self.reading.blame(line, field, f"cách chấm của tiêu chí {row.code} không dùng ô này", "để trống")
                return
        target = self.book.targets.get(row.pk)
        if "target" in changed and target is not None and target.state == Target.State.APPROVED:
            approved = number(target.value)
            self.reading.blame(line, "target", f"kế hoạch đã được duyệt là {approved}, không sửa ở đây", approved)
            return
        try:
            check_figures(row.leaf, self._figures(line, row, changed))
        except FigureRefused as refusal:
            self.reading.blame(line, refusal.figure, refusal.sentence)
        except ValueError:
            self.reading.blame(
                line, "level", f"“{line['level']}” không phải một mức", "số thứ tự của mức, hoặc có/không"
            )

    def _figures(self, line: Line, row: Criterion, changed: Mapping[str, str]) -> Figures:
        if line["not_applicable"]:
            stated = {field: line[field] for field in ("target", "actual", "count", "plus", "minus", "points")}
            present = self.book.figures(row).target
            return Figures(
                **stated | {"target": None if stated["target"] == present else stated["target"]}, not_applicable=True
            )
        amounts = {
            field: line[field] for field in ("target", "actual", "count", "plus", "minus", "points") if field in changed
        }
        level = {"level": int(changed["level"])} if "level" in changed else {}
        return Figures(**amounts | level)
