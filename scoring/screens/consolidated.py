"""What the consolidated table shows: ranking, members × criteria with a link behind every figure, files to take."""

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Any

from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

from blocs import text
from blocs.models import BlocYear, User
from blocs.rules import may
from blocs.sheets import Sheet
from blocs.standing import standing_of
from scoring.queries import Board, BoardMember, BoardRow, consolidated
from scoring.ranking import Layer


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


def layer_named(value: str) -> Layer | None:
    """Return the layer that an address names, None for no or an unknown one."""
    return next((layer for layer in Layer if layer.value == value), None)


def consolidated_page(year: BlocYear, user: User, now: dt.datetime, value: str) -> ConsolidatedPage:
    """Return the table as the user may see it at the moment."""
    board = consolidated(year, layer_named(value), viewer=user, at=now)
    hidden = {member.membership_id for member in board.members if member.is_hidden}
    return ConsolidatedPage(
        lead=_lead(board, hidden),
        layer_word=board.label,
        members=[member.short_name for member in board.members],
        ranking=_ranking(user, board, hidden),
        layers=[LayerLink(value, label, value == board.layer) for value, label, _complete in board.layers],
        body=_body(year, board),
        notes=[*board.notes, *_hidden_note(hidden)],
        abbreviations="; ".join(f"{short}: {full}" for short, full in board.abbreviations),
        may_print=may(user, "blocs.lead_or_oversee", year) and not year.is_past,
        demo=year.is_demonstration,
    )


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


def _ranking(user: User, board: Board, hidden: set[int]) -> list[RankRow]:
    standing = standing_of(user)
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
            )
        )
    return sorted(rows, key=lambda line: line.name) if hidden else rows


def _body(year: BlocYear, board: Board) -> SafeString:
    """The rows of the table, joined from ready strings: a template loop over 4,000 cells costs twice as much."""
    links = _links(year)
    groups: list[SafeString] = []
    opened: list[SafeString] = []
    for row in board.rows:
        if row.role == "group" and row.depth == 0 and opened:
            groups.append(_tbody(opened))
            opened = []
        opened.append(_group(row, board, links) if row.role == "group" else _leaf(row, board, links))
    if opened:
        groups.append(_tbody(opened))
    foot = format_html_join("", "{}", ((_closing(row, board, links),) for row in board.closing))
    return format_html("{}<tfoot>{}</tfoot>", mark_safe("".join(groups)), foot)  # noqa: S308 - joined from safe parts


def _links(year: BlocYear) -> tuple[str, str]:
    """Where a figure leads: the chain of a criterion, and for sums the member's sheet; the member's key is appended."""
    where = {"bloc": year.bloc.code, "year": year.year, "member": 0}
    chain = reverse("scoring:chain", kwargs=where | {"criterion": 0}).removesuffix("0/0/")
    return chain, reverse("scoring:assessment", kwargs=where).removesuffix("0/")


def _cells(row: BoardRow, board: Board, address: Callable[[BoardMember], str]) -> SafeString:
    """The cells of a row, each a link to how the figure came about where the viewer may read it."""
    cells = []
    for member, cell in zip(board.members, row.cells, strict=True):
        if not cell or member.is_hidden or member.assessment_id is None:
            cells.append(format_html('<td class="n">{}</td>', cell or "–"))
            continue
        css = "n full" if row.role == "leaf" and cell == row.maximum else "n"
        cells.append(format_html('<td class="{}"><a href="{}">{}</a></td>', css, address(member), cell))
    return mark_safe("".join(cells))  # noqa: S308 - joined from safe parts


def _tbody(rows: list[SafeString]) -> SafeString:
    return format_html("<tbody>{}</tbody>", mark_safe("".join(rows)))  # noqa: S308 - joined from safe parts


def _group(row: BoardRow, board: Board, links: tuple[str, str]) -> SafeString:
    key = row.code.lower().replace(".", "-")
    cells = _cells(row, board, lambda member: f"{links[1]}{member.membership_id}/#nhom-{key}")
    fold = '<label><input class="foldbox" type="checkbox" checked>{}</label>'
    title = format_html(fold, row.title) if row.depth == 0 else row.title
    return format_html(
        '<tr class="g"><td>{}</td><th scope="row">{}</th><td class="n">{}</td>{}</tr>',
        row.code,
        title,
        row.maximum,
        cells,
    )


def _leaf(row: BoardRow, board: Board, links: tuple[str, str]) -> SafeString:
    cells = _cells(row, board, lambda member: f"{links[0]}{member.membership_id}/{row.criterion_id}/")
    line = '<tr><td class="num">{}</td><th scope="row">{}</th><td class="n quiet">{}</td>{}</tr>'
    return format_html(line, row.code, row.title, row.maximum, cells)


def _closing(row: BoardRow, board: Board, links: tuple[str, str]) -> SafeString:
    cells = _cells(row, board, lambda member: f"{links[1]}{member.membership_id}/")
    css = "total" if row.role == "total" else "plain" if row.role in {"rescaled", "rank", "grade"} else ""
    line = '<tr class="{}"><td></td><th scope="row">{}</th><td class="n">{}</td>{}</tr>'
    return format_html(line, css, row.title, row.maximum, cells)


def export_sheets(year: BlocYear, board: Board) -> list[Sheet]:
    """Return the table as sheets to take: figures as numbers, a line that says what is invented."""
    headers = ["TT", "Nội dung, tiêu chí", "Điểm tối đa", *(member.short_name for member in board.members)]
    rows = [_line(row) for row in (*board.rows, *board.closing)]
    heading = [f"Bảng tổng hợp kết quả chấm điểm thi đua năm {year.year}", year.bloc.name, board.label]
    if year.is_demonstration:
        heading.append("Dữ liệu minh họa")
    return [Sheet("Bảng tổng hợp", headers, rows, decimals=board.decimals, heading=heading)]


def _line(row: BoardRow) -> tuple[Any, ...]:
    return (row.code, row.title, _figure(row.maximum), *(_figure(cell) for cell in row.cells))


def _figure(cell: str) -> Any:
    """A printed figure as the number it is; a rank or a grade stays text."""
    if cell in {"", "–"}:
        return None
    try:
        return Decimal(cell.replace(".", "").replace(",", "."))
    except InvalidOperation:
        return cell
