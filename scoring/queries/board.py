"""The consolidated table: all members × all criteria, with every figure a string ready to print."""

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from blocs import text
from blocs.models import BlocYear, User
from scoring.models import LAYERS, CriteriaTable, SelfAssessment
from scoring.queries.scores import ORDER, MemberRow, member_rows
from scoring.queries.standings import Ranked, Standings, layer_is_complete, ranked, ranked_twice
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
    bands: tuple[str, ...] = ()
    apart: tuple[str, ...] = ()

    @property
    def differs(self) -> bool:
        """Whether some figure is another in the layer beside."""
        return any(self.apart)


@dataclass(frozen=True)
class Board:
    """The consolidated table at a layer; `beside` names the layer it is compared with, "" for none.

    A row's `bands` say for base criteria how much of the maximum a figure is ("full", "b", "c", "d", "" for none), its
    `apart` the signed difference from the layer beside.
    """

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
    beside: str = ""
    ranks_beside: Mapping[int, str] = field(default_factory=dict)


def consolidated(
    year: BlocYear,
    layer: Layer | str | None = None,
    *,
    viewer: User | None,
    at: dt.datetime,
    beside: Layer | None = None,
) -> Board:
    """Return the consolidated table as a viewer may see it at the moment; everything for no viewer (a paper).

    With a layer `beside`, every figure that differs from that layer says by how much.

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
    found, other = (
        ranked_twice(year, (layer, beside), members, values) if beside else (ranked(year, layer, members, values), None)
    )
    columns = _columns(year, members, viewer, at)
    cells = _Cells(found, columns, {}, other)
    depths = _depths(values)
    rows = [
        BoardRow(
            pk, code, title, cells.amount(top), kind, "leaf" if method else "group", depths[code],
            *cells.row(code, top if method and kind == Kind.BASE else None),
        )
        for pk, code, _, title, top, kind, method, _ in criteria
    ]  # fmt: skip
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
        beside=other.label if other else "",
        ranks_beside={row.membership_id: row.printed["rank"] for row in other.standings().rows} if other else {},
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
    other: Ranked | None = None

    def __post_init__(self) -> None:
        self.lines = self._lines(self.found)
        self.beside = self._lines(self.other) if self.other else []
        self.leaves = {leaf.code for leaf in self.found.table.leaves}

    def _lines(self, found: Ranked) -> list[Standing | None]:
        lines = {line.unit: line for line in found.lines}
        return [None if column.is_hidden else lines[column.code] for column in self.columns]

    def amount(self, value: Decimal) -> str:
        text_of = self.printed.get(value)
        if text_of is None:
            text_of = self.printed[value] = text.number(value, self.found.table.decimals)
        return text_of

    def row(self, code: str, maximum: Decimal | None) -> tuple[tuple[str, ...], tuple[str, ...], tuple[str, ...]]:
        """The cells of a row, how much of the maximum each is, and how far each is from the layer beside."""
        values = self._values(code, self.lines)
        cells = tuple("" if value is _HIDDEN else "–" if value is None else self.amount(value) for value in values)
        bands = tuple(_band(value, maximum) for value in values) if maximum else ()
        return cells, bands, self._apart(values, self._values(code, self.beside)) if self.beside else ()

    def _values(self, code: str, lines: list[Standing | None]) -> list[Any]:
        sheets = [line.sheet if line else None for line in lines]
        if code in self.leaves:
            return [_HIDDEN if sheet is None else sheet.leaves[code] for sheet in sheets]
        return [_HIDDEN if sheet is None else sheet.rows[code] for sheet in sheets]

    def _apart(self, values: list[Any], others: list[Any]) -> tuple[str, ...]:
        pairs = zip(values, others, strict=True)
        return tuple(
            "" if new is _HIDDEN or new == old else self._signed((new or _ZERO) - (old or _ZERO)) for new, old in pairs
        )

    def _signed(self, amount: Decimal) -> str:
        return f"{'+' if amount > 0 else '−'}{self.amount(abs(amount))}" if amount else ""

    def closing(self, read: Callable[[Sheet], Decimal]) -> tuple[tuple[str, ...], tuple[str, ...], tuple[str, ...]]:
        values, others = (
            [_HIDDEN if line is None or line.sheet is None else read(line.sheet) for line in lines]
            for lines in (self.lines, self.beside)
        )
        cells = tuple("" if value is _HIDDEN else self.amount(value) for value in values)
        return cells, (), self._apart(values, others) if self.beside else ()

    def words(self, read: Callable[[Standing], str]) -> tuple[tuple[str, ...]]:
        return (tuple("" if line is None or line.sheet is None else read(line) for line in self.lines),)


_HIDDEN: Any = object()
_ZERO = Decimal(0)


def _band(value: Any, maximum: Decimal) -> str:
    """How much of the maximum a figure is: full, from 80 %, from 50 %, less."""
    if value is _HIDDEN or value is None:
        return ""
    if value >= maximum:
        return "full"
    return "b" if 5 * value >= 4 * maximum else "c" if 2 * value >= maximum else "d"


def _closing(table: Table, cells: _Cells) -> list[BoardRow]:
    base = sum((leaf.max_points for leaf in table.leaves if leaf.kind is Kind.BASE), Decimal(0))
    cap = "" if table.bonus_cap is None else cells.amount(table.bonus_cap)
    is_rescaled = any(line and line.sheet and line.sheet.rescaled for line in cells.lines)

    def row(title: str, maximum: str, role: str, figures: tuple[tuple[str, ...], ...]) -> BoardRow:
        return BoardRow(None, "", title, maximum, "", role, 0, *figures)

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
