"""The bloc's figures for each criterion with a plan: sums, shares of the plan, who reached it, last year's figure."""

from dataclasses import dataclass
from decimal import Decimal

from blocs.models import BlocYear
from blocs.text import count, number, percent
from documents.papers import Column, Table
from scoring.models import Criterion
from scoring.points import Figures, Method
from scoring.queries.scores import members_at
from scoring.queries.tables import adopted_table
from scoring.ranking import Layer

_WITH_PLAN = (Method.RATIO.value, Method.RELATIVE.value)


@dataclass(frozen=True)
class Indicator:
    """One criterion over the bloc. Shares (measured in %) are averaged, everything else is added up.

    `having`: members with a plan and a figure; `reached`: those of them that met the plan. `before`: last year's figure
    of the same criterion, None when it is not on record.
    """

    code: str
    group: str
    title: str
    measure: str
    target: Decimal
    actual: Decimal
    having: int
    reached: int
    before: Decimal | None = None

    @property
    def is_share(self) -> bool:
        """Whether the figure is a share, which must not be added up."""
        return "%" in self.measure

    @property
    def of_plan(self) -> str:
        """Return the share of the plan, "90,35%"; empty without a plan."""
        return percent(self.actual, self.target) if self.target else ""

    @property
    def of_before(self) -> str:
        """Return the share of last year's figure; empty when there is none."""
        return percent(self.actual, self.before) if self.before else ""

    @property
    def sentence(self) -> str:
        """Return the locked sentence of the report."""
        figure = _amount(self.actual, self.measure)
        subject = (
            f"{self.title}: bình quân các đơn vị đạt {figure}"
            if self.is_share
            else f"{self.title}: toàn Khối đạt {figure}"
        )
        plan = f", bằng {self.of_plan} kế hoạch" if self.of_plan else ""
        return f"{subject}{plan}{self._compared}; {count(self.reached)}/{count(self.having)} đơn vị hoàn thành hoặc vượt chỉ tiêu"

    @property
    def _compared(self) -> str:
        if not self.before:
            return ""
        change = self.actual - self.before
        word = "tăng" if change >= 0 else "giảm"
        return f", {word} {percent(abs(change), self.before)} so với năm trước"


def _amount(value: Decimal, measure: str) -> str:
    figure = number(value, 2)
    return f"{figure}%" if measure.strip() == "%" else f"{figure} {measure}".strip()


def indicators(year: BlocYear, layer: Layer) -> tuple[Indicator, ...]:
    """Return the indicators of a year at a layer, in the order of its table. Three queries, doubled by last year's."""
    found = _read(year, layer)
    before = BlocYear.objects.filter(bloc=year.bloc_id, year=year.year - 1).first()
    if before is None:
        return found
    earlier = {row.code: row for row in _read(before, Layer.AGREED)}
    return tuple(_compared(row, earlier.get(row.code)) for row in found)


def _compared(row: Indicator, earlier: Indicator | None) -> Indicator:
    same = earlier is not None and (earlier.title, earlier.measure) == (row.title, row.measure)
    return Indicator(**{**row.__dict__, "before": earlier.actual if earlier and same else None})


def _read(year: BlocYear, layer: Layer) -> tuple[Indicator, ...]:
    table = adopted_table(year)
    if table is None:
        return ()
    criteria = list(table.criteria.order_by("position"))
    groups = _tops(criteria)
    members = [member for member in members_at(year, layer) if member.counts]
    rows = []
    for criterion in criteria:
        if criterion.method not in _WITH_PLAN:
            continue
        stated = [member.entries[criterion.code].figures for member in members if criterion.code in member.entries]
        figures = [row for row in stated if row and row.actual is not None and row.target is not None]
        if figures:
            rows.append(_indicator(criterion, groups[criterion.pk], figures))
    return tuple(rows)


def _indicator(criterion: Criterion, group: str, figures: list[Figures]) -> Indicator:
    actual = sum((row.actual for row in figures if row.actual is not None), Decimal(0))
    target = sum((row.target for row in figures if row.target is not None), Decimal(0))
    share = "%" in criterion.measure
    parts = len(figures) if share else 1
    reached = sum(row.actual >= row.target for row in figures if row.actual is not None and row.target is not None)
    return Indicator(
        criterion.code, group, criterion.title, criterion.measure, target / parts, actual / parts, len(figures), reached
    )


def _tops(criteria: list[Criterion]) -> dict[int, str]:
    """The code of the top group of each row."""
    by_pk = {row.pk: row for row in criteria}
    tops = {}
    for row in criteria:
        top = row
        while top.parent_id is not None:
            top = by_pk[top.parent_id]
        tops[row.pk] = top.code
    return tops


def indicator_table(rows: tuple[Indicator, ...], year: int) -> Table:
    """Return annex II: each indicator with last year's figure, the plan, the result and both shares."""
    columns = (
        Column(title="TT", centred=True, width=10),
        Column(title="Chỉ tiêu"),
        Column(title="ĐVT", centred=True, width=20),
        Column(title=f"Thực hiện năm {year - 1}", figures=True, width=24),
        Column(title=f"Kế hoạch năm {year}", figures=True, width=24),
        Column(title=f"Thực hiện năm {year}", figures=True, width=24),
        Column(title="So với kế hoạch (%)", figures=True, width=18),
        Column(title=f"So với năm {year - 1} (%)", figures=True, width=18),
    )
    lines = tuple(
        (
            str(place),
            row.title,
            row.measure,
            "" if row.before is None else number(row.before, 2),
            number(row.target, 2),
            number(row.actual, 2),
            row.of_plan.removesuffix("%"),
            row.of_before.removesuffix("%"),
        )
        for place, row in enumerate(rows, start=1)
    )
    note = "Chỉ tiêu tính bằng % là bình quân của các đơn vị; các chỉ tiêu khác là tổng của các đơn vị có số liệu."
    return Table(columns=columns, rows=lines, note=note)
