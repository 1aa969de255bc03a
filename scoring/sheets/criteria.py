"""A criteria table brought as a file: its columns, its meaning, its preview."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from blocs.sheets import Column, Fault, Line, Preview, Reading, Sheet, SheetRefused, header_key, read_table, template
from blocs.text import number
from scoring.models.tables import KINDS, METHODS
from scoring.parameters import ParamsRefused, format_params, parse_params
from scoring.plans import CriterionRow, TablePlan, plan_faults
from scoring.points import Kind, Method, Params
from scoring.sheets.properties import COLUMNS as SETTING_COLUMNS
from scoring.sheets.properties import SHEETS, Setting, parse_properties, property_faults, read_settings

COLUMNS = (
    Column("code", "Mã", (), "code", required=True, longest=40, hint="I, I.1, I.1.2; mỗi mã một lần"),
    Column("parent", "Mã cha", (), "code", longest=40, hint="mã của nhóm; bỏ cột này thì đọc theo mã"),
    Column("title", "Tên", (), required=True, hint="nội dung nhóm hoặc tiêu chí"),
    Column(
        "max_points", "Điểm tối đa", ("max points",), "number", required=True, hint="số lớn hơn 0; nhóm có thể bỏ trống"
    ),
    Column(
        "kind", "Loại", (), hint="base (Điểm chuẩn), bonus (Điểm thưởng), deduction (Điểm trừ); bỏ trống: theo nhóm"
    ),
    Column(
        "method", "Cách chấm", (), hint="POINTS, RATIO, ACHIEVED, RUBRIC, PER_UNIT, ADJUST, RELATIVE; nhóm bỏ trống"
    ),
    Column("params", "Tham số", (), longest=300, hint="tên=giá trị, cách nhau bằng dấu chấm phẩy"),
    Column("unit", "Đơn vị tính", (), longest=120),
    Column("evidence_hint", "Minh chứng", ("evidence hint",)),
    Column("guidance", "Hướng dẫn", (), longest=5000),
    Column("evidence_required", "Bắt buộc minh chứng", ("evidence required",), "yes_no"),
)
MOST_ROWS = 1000
_SAMPLES = Path(__file__).resolve().parent.parent / "samples"
_KINDS = {header_key(word): Kind(value) for value, label in KINDS for word in (value, label)}
_METHODS = {header_key(word): Method(value) for value, label in METHODS for word in (value, label)}


@dataclass(frozen=True)
class CriteriaFile:
    """What a file says: the table to be, every fault, and the columns left aside."""

    plan: TablePlan
    faults: tuple[Fault, ...]
    unknown: tuple[str, ...] = ()

    @property
    def preview(self) -> Preview:
        """What would be written."""
        plan = self.plan
        rows = [
            (
                row.code,
                row.title,
                number(plan.maximum(row.code)),
                "nhóm" if row.code in plan.groups else str(row.method or Method.POINTS),
                format_params(row.method, row.params) if row.method else "",
            )
            for row in (() if self.faults else plan.rows)
        ]
        leaves = sum(row.code not in plan.groups for row in plan.rows)
        summary = (f"{len(plan.rows)} dòng, {leaves} tiêu chí chấm điểm.",)
        headers = ("Mã", "Tên", "Điểm tối đa", "Cách chấm", "Tham số")
        return Preview("Bảng tiêu chí chấm điểm thi đua", headers, rows, summary, self.unknown, (), self.faults)


def read_criteria(
    upload: IO[bytes],
    name: str,
    *,
    settings: IO[bytes] | None = None,
    settings_name: str = "",
    options: Mapping[str, str] | None = None,
) -> CriteriaFile:
    """Read a criteria table with its properties: options beat the settings file, which beats the settings sheet.

    `options` maps keys of the settings to typed text. Raises SheetRefused when a file cannot be read at all.
    """
    reading = read_table(upload, name, COLUMNS, skip=SHEETS)
    if reading is None or len(reading.lines) > MOST_ROWS:
        raise SheetRefused(
            f"Không nhận tệp “{name}” vì có quá {MOST_ROWS} dòng tiêu chí. Chưa có nội dung nào được ghi."
        )
    stated, faults = read_settings(read_table(upload, name, SETTING_COLUMNS, only=SHEETS))
    if settings is not None:
        own = read_table(settings, settings_name, SETTING_COLUMNS, only=SHEETS)
        more, wrong = read_settings(own or read_table(settings, settings_name, SETTING_COLUMNS))
        stated, faults = stated | more, faults + wrong
    stated |= {key: Setting(text) for key, text in (options or {}).items()}
    properties, wrong = parse_properties(stated)
    rows = tuple(_row(line, reading) for line in reading.lines)
    if not rows and not reading.faults:
        reading.faults.append(Fault(0, "", "tệp không có dòng tiêu chí nào"))
    faults = [*reading.faults, *faults, *wrong]
    plan = TablePlan(rows, properties)
    if not reading.faults:
        numbers = {line["code"]: line.row for line in reversed(reading.lines)}
        labels = {column.key: column.label for column in COLUMNS}
        faults += [Fault(numbers[code], labels[key], *what) for code, key, *what in plan_faults(plan)]
    if not faults:
        faults += property_faults(plan, stated)
    return CriteriaFile(plan, tuple(faults), tuple(reading.unknown))


def read_criteria_path(path: str, *, settings: str | None, options: Mapping[str, str]) -> CriteriaFile:
    """Read a criteria table from the operator's disk; see read_criteria."""
    try:
        upload = Path(path).open("rb")  # noqa: SIM115 - closed below with its companion
        second = Path(settings).open("rb") if settings else None  # noqa: SIM115
    except OSError as error:
        raise SheetRefused(f"Không mở được tệp “{error.filename}”.") from error
    try:
        names = Path(path).name, Path(settings or "").name
        return read_criteria(upload, names[0], settings=second, settings_name=names[1], options=options)
    finally:
        upload.close()
        if second:
            second.close()


def _row(line: Line, reading: Reading) -> CriterionRow:
    for key, what in (("code", "mã"), ("title", "tên")):
        if not line[key]:
            reading.blame(line, key, f"thiếu {what}")
    kind, method = _KINDS.get(header_key(line["kind"])), _METHODS.get(header_key(line["method"]))
    if line["kind"] and kind is None:
        reading.blame(line, "kind", f"không có loại “{line['kind']}”", "base, bonus hoặc deduction")
    if line["method"] and method is None:
        reading.blame(line, "method", f"không có cách chấm “{line['method']}”", ", ".join(Method))
    code: str = line["code"]
    return CriterionRow(
        code=code,
        parent=(line["parent"] if "parent" in reading.present else code.rpartition(".")[0]) or None,
        title=line["title"],
        max_points=line["max_points"],
        kind=kind,
        method=method,
        params=_params(line, method or Method.POINTS, reading) if method or not line["method"] else Params(),
        has_params=bool(line["params"]),
        measure=line["unit"],
        evidence_hint=line["evidence_hint"],
        evidence_required=line["evidence_required"],
        guidance=line["guidance"],
    )


def _params(line: Line, method: Method, reading: Reading) -> Params:
    try:
        return parse_params(method, line["params"])
    except ParamsRefused as refusal:
        reading.blame(line, "params", str(refusal))
        return Params()


def criteria_template() -> bytes:
    """Return the empty criteria table to fill in, with its settings sheet."""
    settings = Sheet(
        SHEETS[0],
        ["key", "value"],
        [("decimals", "2"), ("bonus_cap", ""), ("na", "full"), ("tie_breaks", "base"), ("grades", ""), ("total", "100"),
         ("blocking", ""), ("source", ""), ("confirmed_by", "")],
    )  # fmt: skip
    return template(COLUMNS, "Tiêu chí", extra=[settings])


def sample_plan() -> TablePlan:
    """Return our own sample table, invented to show the format and labelled so."""
    files = (str(_SAMPLES / name) for name in ("sample_criteria.csv", "sample_criteria_settings.csv"))
    path, settings = files
    return read_criteria_path(path, settings=settings, options={}).plan
