"""What the consolidated table shows: ranking, members × criteria with a link behind every figure, files to take."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.safestring import SafeString

from blocs import text
from blocs.models import BlocYear, User
from blocs.rules import may
from blocs.sheets import Sheet
from blocs.standing import standing_of
from scoring.queries import Board, BoardRow, consolidated
from scoring.ranking import Layer
from scoring.screens.cells import differences, table_body


@dataclass(frozen=True)
class RankRow:
    """One line of the ranking."""

    rank: str
    name: str
    base: str
    bonus: str
    deduction: str
    total: str
    grade: str
    is_mine: bool
    beside: str = ""
    url: str = ""


@dataclass(frozen=True)
class LayerLink:
    """One layer that the table can show."""

    value: str
    label: str
    current: bool


@dataclass(frozen=True)
class ConsolidatedPage:
    """The consolidated table of a year for one user."""

    lead: str
    layer_word: str
    members: list[str]
    ranking: list[RankRow]
    layers: list[LayerLink]
    body: SafeString
    notes: Sequence[str]
    abbreviations: str
    may_print: bool
    demo: bool
    layer: str
    beside: str
    choices: list[LayerLink]
    differing: bool
    wanted: str


def layer_named(value: str) -> Layer | None:
    """Return the layer that an address names, None for no or an unknown one."""
    return next((layer for layer in Layer if layer.value == value), None)


@dataclass(frozen=True)
class Wanted:
    """What of the table is asked for: a layer, another to compare it with, differences alone."""

    layer: Layer | None = None
    beside: Layer | None = None
    differing: bool = False

    @classmethod
    def from_address(cls, asked: Mapping[str, str]) -> "Wanted":
        """Read the address: `lop` names the layer, `so` the one beside, `khac` keeps differences alone."""
        beside = layer_named(asked.get("so", ""))
        return cls(layer_named(asked.get("lop", "")), beside, beside is not None and bool(asked.get("khac")))


def consolidated_page(year: BlocYear, user: User, now: dt.datetime, wanted: Wanted) -> ConsolidatedPage:
    """Return the table as the user may see it at the moment."""
    board = wanted_board(year, user, now, wanted)
    hidden = {member.membership_id for member in board.members if member.is_hidden}
    asked = wanted.beside.value if wanted.beside else ""
    return ConsolidatedPage(
        lead=_lead(board, hidden),
        layer_word=board.label,
        members=[member.short_name for member in board.members],
        ranking=_ranking(year, user, board, hidden),
        layers=[LayerLink(value, label, value == board.layer) for value, label, _complete in board.layers],
        body=table_body(year, board),
        notes=[*board.notes, *_hidden_note(hidden)],
        abbreviations="; ".join(f"{short}: {full}" for short, full in board.abbreviations),
        may_print=may(user, "blocs.lead_or_oversee", year) and not year.is_past,
        demo=year.is_demonstration,
        layer=board.layer,
        beside=board.beside,
        choices=[LayerLink(value, label, value == asked) for value, label, _ in board.layers if value != board.layer],
        differing=wanted.differing,
        wanted=urlencode({"lop": board.layer, "so": asked, "khac": "1" if wanted.differing else ""}),
    )


def wanted_board(year: BlocYear, user: User, now: dt.datetime, wanted: Wanted) -> Board:
    """Return the table that was asked for, without rows and columns that do not differ when differences are wanted."""
    board = consolidated(year, wanted.layer, viewer=user, at=now, beside=wanted.beside)
    return differences(board) if wanted.differing else board


def _lead(board: Board, hidden: set[int]) -> str:
    complete = {value for value, _label, complete in board.layers if complete}
    shown = f"{board.label} của {text.count(len(board.members))} đơn vị."
    if hidden:
        return shown
    return shown if board.layer in complete else f"{shown} Tạm tính (chờ đủ các đơn vị)."


def _hidden_note(hidden: set[int]) -> list[str]:
    if not hidden:
        return []
    return [
        f"Điểm của {text.count(len(hidden))} đơn vị chưa hiện: đơn vị chưa gửi, hoặc chưa đến hạn gửi bảng tự chấm điểm."
    ]


def _ranking(year: BlocYear, user: User, board: Board, hidden: set[int]) -> list[RankRow]:
    standing = standing_of(user)
    where = {"bloc": year.bloc.code, "year": year.year, "member": 0}
    profile = reverse("scoring:assessment", kwargs=where).removesuffix("0/")
    rows = []
    for row in board.standings.rows:
        is_hidden = row.membership_id in hidden
        words = (
            dict.fromkeys(("rank", "base", "bonus", "deduction", "total", "grade"), "–") if is_hidden else row.printed
        )
        rank = words["rank"] if not hidden else "–"
        mine = standing.represents(row.unit_id)
        rows.append(
            RankRow(
                rank,
                row.short_name,
                words["base"],
                words["bonus"],
                words["deduction"],
                words["total"],
                words["grade"],
                mine,
                "–" if hidden else board.ranks_beside.get(row.membership_id, ""),
                "" if is_hidden or row.total is None else f"{profile}{row.membership_id}/ket-qua/",
            )
        )
    return sorted(rows, key=lambda line: line.name) if hidden else rows


def export_sheets(year: BlocYear, board: Board) -> list[Sheet]:
    """Return the table as sheets to take: figures as numbers, a line that says what is invented.

    Compared with another layer, a second sheet holds the differences.
    """
    headers = ["TT", "Nội dung, tiêu chí", "Điểm tối đa", *(member.short_name for member in board.members)]
    rows = [*board.rows, *board.closing]
    heading = [f"Bảng tổng hợp kết quả chấm điểm thi đua năm {year.year}", year.bloc.name, board.label]
    if year.is_demonstration:
        heading.append("Dữ liệu minh họa")
    sheets = [Sheet("Bảng tổng hợp", headers, list(map(_line, rows)), decimals=board.decimals, heading=heading)]
    if board.beside:
        apart = [(row.code, row.title, None, *map(_figure, row.apart)) for row in rows if row.differs]
        compared = [*heading, f"Chênh lệch so với {board.beside[0].lower()}{board.beside[1:]}"]
        sheets.append(Sheet("Chênh lệch", headers, apart, decimals=board.decimals, heading=compared))
    return sheets


def _line(row: BoardRow) -> tuple[Any, ...]:
    return (row.code, row.title, _figure(row.maximum), *(_figure(cell) for cell in row.cells))


def _figure(cell: str) -> Any:
    """A printed figure as the number it is; a rank or a grade stays text."""
    if cell in {"", "–"}:
        return None
    try:
        return Decimal(cell.replace(".", "").replace(",", ".").replace("−", "-"))
    except InvalidOperation:
        return cell
