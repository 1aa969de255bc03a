"""The consolidated table: all members × all criteria, with every figure a string ready to print."""

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal

from blocs import text
from blocs.models import BlocYear, User
from scoring.models import LAYERS, CriteriaTable, SelfAssessment
from scoring.queries.scores import ORDER, MemberRow, member_rows
from scoring.queries.standings import Ranked, Standings, layer_is_complete, ranked
from scoring.queries.tables import adopted_table, table_values
from scoring.ranking import Kind, Layer, Sheet, Standing, Table

_COLUMNS = ("pk", "code", "parent__code", "title", "max_points", "kind", "method", "params")
RESCALED = "Quy đổi do tiêu chí không áp dụng"


@dataclass(frozen=True)
class BoardMember:
    """A column: a member; `is_hidden` while the viewer may not see its figures, or it was not handed in."""

    membership_id: int
    assessment_id: int | None
    code: str
    name: str
    short_name: str
    state: str
    is_hidden: bool


@dataclass(frozen=True)
class BoardRow:
    """A row: `role` is group or leaf, at the end sum, rescaled, total, rank or grade; `criterion_id` None for those."""

    criterion_id: int | None
    code: str
    title: str
    maximum: str
    kind: str
    role: str
    depth: int
    cells: tuple[str, ...]


@dataclass(frozen=True)
class Board:
    """The consolidated table at a layer."""

    layer: str
    label: str
    layers: list[tuple[str, str, bool]]
    decimals: int
    members: list[BoardMember]
    rows: list[BoardRow]
    closing: list[BoardRow]
    abbreviations: list[tuple[str, str]]
    notes: list[str]
    standings: Standings


def consolidated(year: BlocYear, layer: Layer | str | None = None, *, viewer: User | None, at: dt.datetime) -> Board:
    """Return the consolidated table as a viewer may see it at the moment; everything for no viewer (a paper).

    The same number of queries however many members: the members, the table, its rows, the scores, what is visible.
    """
    members = member_rows(year)
    table = adopted_table(year) or CriteriaTable(year=year)
    criteria = list(table.criteria.order_by("position").values_list(*_COLUMNS)) if table.pk else []
    values = table_values(
        table,
        rows=[
            (code, parent, kind, method, top, params, pk) for pk, code, parent, _, top, kind, method, params in criteria
        ],
    )
    found = ranked(year, layer, members, values)
    columns = _columns(year, members, viewer, at)
    cells = _Cells(found, columns, {})
    depths = _depths(values)
    rows = [
        BoardRow(pk, code, title, cells.amount(top), kind, "leaf" if method else "group", depths[code], cells.row(code))
        for pk, code, _, title, top, kind, method, _ in criteria
    ]
    return Board(
        layer=found.layer.value,
        label=found.label,
        layers=_layers(members),
        decimals=values.decimals,
        members=columns,
        rows=rows,
        closing=_closing(values, cells),
        abbreviations=[(row.short_name, row.name) for row in members if row.short_name != row.name],
        notes=_notes(values, found),
        standings=found.standings(),
    )


def _columns(year: BlocYear, members: list[MemberRow], viewer: User | None, at: dt.datetime) -> list[BoardMember]:
    if viewer is None:
        visible = {row.assessment_id for row in members}
    else:
        mine = SelfAssessment.objects.visible_to(viewer, at).filter(membership__year=year)
        visible = set(mine.values_list("pk", flat=True))
    return [
        BoardMember(
            membership_id=row.membership_id,
            assessment_id=row.assessment_id,
            code=row.code,
            name=row.name,
            short_name=row.short_name,
            state=row.state_label,
            is_hidden=not row.counts or row.assessment_id not in visible,
        )
        for row in members
    ]


def _layers(members: list[MemberRow]) -> list[tuple[str, str, bool]]:
    reached = {row.layer for row in members if row.layer}
    last = max((ORDER.index(Layer(layer)) for layer in reached), default=0)
    labels = dict(LAYERS)
    return [(layer.value, labels[layer.value], layer_is_complete(members, layer)) for layer in ORDER[: last + 1]]


def _depths(table: Table) -> dict[str, int]:
    parents = {row.code: row.parent for row in table.rows}

    def depth(code: str) -> int:
        parent = parents[code]
        return 0 if parent is None else 1 + depth(parent)

    return {code: depth(code) for code in parents}


@dataclass
class _Cells:
    """The figures of every column, printed once each."""

    found: Ranked
    columns: list[BoardMember]
    printed: dict[Decimal, str]

    def __post_init__(self) -> None:
        lines = {line.unit: line for line in self.found.lines}
        self.lines: list[Standing | None] = [
            None if column.is_hidden else lines[column.code] for column in self.columns
        ]

    def amount(self, value: Decimal) -> str:
        text_of = self.printed.get(value)
        if text_of is None:
            text_of = self.printed[value] = text.number(value, self.found.table.decimals)
        return text_of

    def row(self, code: str) -> tuple[str, ...]:
        leaf = self._leaf_codes
        cells = []
        for line in self.lines:
            if line is None or line.sheet is None:
                cells.append("")
                continue
            value = line.sheet.leaves[code] if code in leaf else line.sheet.rows[code]
            cells.append("–" if value is None else self.amount(value))
        return tuple(cells)

    @property
    def _leaf_codes(self) -> Mapping[str, Decimal | None]:
        return next((line.sheet.leaves for line in self.lines if line and line.sheet), {})

    def closing(self, read: Callable[[Sheet], Decimal]) -> tuple[str, ...]:
        return tuple("" if line is None or line.sheet is None else self.amount(read(line.sheet)) for line in self.lines)

    def words(self, read: Callable[[Standing], str]) -> tuple[str, ...]:
        return tuple("" if line is None or line.sheet is None else read(line) for line in self.lines)


def _closing(table: Table, cells: _Cells) -> list[BoardRow]:
    base = sum((leaf.max_points for leaf in table.leaves if leaf.kind is Kind.BASE), Decimal(0))
    cap = "" if table.bonus_cap is None else cells.amount(table.bonus_cap)
    is_rescaled = any(line and line.sheet and line.sheet.rescaled for line in cells.lines)

    def row(title: str, maximum: str, role: str, figures: tuple[str, ...]) -> BoardRow:
        return BoardRow(None, "", title, maximum, "", role, 0, figures)

    rescaled = [row(RESCALED, "", "rescaled", cells.closing(lambda sheet: sheet.rescaled))]
    return [
        *(rescaled if is_rescaled else []),
        row("Cộng điểm chuẩn", cells.amount(base), "sum", cells.closing(lambda sheet: sheet.base)),
        row("Điểm thưởng", cap, "sum", cells.closing(lambda sheet: sheet.bonus)),
        row("Điểm trừ", "", "sum", cells.closing(lambda sheet: sheet.deduction)),
        row("Tổng điểm", "", "total", cells.closing(lambda sheet: sheet.total)),
        row("Thứ hạng", "", "rank", cells.words(_rank)),
        row("Xếp loại", "", "grade", cells.words(lambda line: line.grade or "–")),
    ]


def _rank(line: Standing) -> str:
    return f"{line.rank} (đồng hạng)" if line.shared else str(line.rank)


def _notes(table: Table, found: Ranked) -> list[str]:
    notes = []
    if any(line.provisional for line in found.lines if line.sheet):
        notes.append("Tạm tính (chờ đủ các đơn vị): có tiêu chí so với đơn vị cao nhất Khối.")
    capped = table.bonus_cap is not None and any(
        line.sheet
        and sum(line.sheet.rows[row.code] for row in table.rows if row.kind is Kind.BONUS and row.parent is None)
        > line.sheet.bonus
        for line in found.lines
    )
    if capped and table.bonus_cap is not None:
        notes.append(f"Điểm thưởng tính không quá {text.number(table.bonus_cap, table.decimals)} điểm.")
    if any(line.sheet and not line.sheet.base_applies for line in found.lines):
        notes.append("Có đơn vị không áp dụng tiêu chí điểm chuẩn nào: điểm chuẩn là 0.")
    return notes
