"""The cells of the consolidated table, joined from ready strings: a template loop over 4,000 cells costs twice as much."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from django.urls import reverse
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from blocs.models import BlocYear
from scoring.queries import Board, BoardRow

_MARKS = {"b": '<small class="bnd">b</small>', "c": '<small class="bnd">c</small>', "d": '<small class="bnd">d</small>'}
_CLASSES = {"full": "n full", "b": "n b-b", "c": "n b-c", "d": "n b-d"}
_PLAIN = {"rescaled", "rank", "grade"}


def differences(board: Board) -> Board:
    """Return the board with the rows and the members alone whose figures differ from the layer beside."""
    rows = [*board.rows, *board.closing]
    keep = [place for place in range(len(board.members)) if any(row.apart[place] for row in rows if row.apart)]

    def kept(part: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(part[place] for place in keep) if part else ()

    def cut(row: BoardRow) -> BoardRow:
        return replace(row, cells=kept(row.cells), bands=kept(row.bands), apart=kept(row.apart))

    return replace(
        board,
        members=[board.members[place] for place in keep],
        rows=[cut(row) for row in board.rows if row.differs],
        closing=[cut(row) for row in board.closing],
    )


@dataclass(frozen=True)
class _Column:
    """Where the figures of a member lead: "" where the viewer may not read them."""

    chain: str
    sheet: str


def table_body(year: BlocYear, board: Board) -> SafeString:
    """Return the bodies and the foot of the table; every figure leads to how it came about."""
    columns = _columns(year, board)
    groups: list[str] = []
    opened: list[str] = []
    for row in board.rows:
        if row.role == "group" and row.depth == 0 and opened:
            groups.append(f"<tbody>{''.join(opened)}</tbody>")
            opened = []
        opened.append(_group(row, columns) if row.role == "group" else _leaf(row, columns))
    if opened:
        groups.append(f"<tbody>{''.join(opened)}</tbody>")
    foot = "".join(_closing(row, columns) for row in board.closing)
    return mark_safe(f"{''.join(groups)}<tfoot>{foot}</tfoot>")  # noqa: S308 - joined from escaped parts


def _columns(year: BlocYear, board: Board) -> list[_Column]:
    where = {"bloc": year.bloc.code, "year": year.year, "member": 0}
    chain = reverse("scoring:chain", kwargs=where | {"criterion": 0}).removesuffix("0/0/")
    sheet = reverse("scoring:assessment", kwargs=where).removesuffix("0/")
    return [
        _Column("", "")
        if member.is_hidden or member.assessment_id is None
        else _Column(f'<a href="{chain}{member.membership_id}/', f'<a href="{sheet}{member.membership_id}/')
        for member in board.members
    ]


def _cells(row: BoardRow, openings: Iterable[str], ending: str) -> str:
    """The cells of a row: the difference, the figure as a link, how much of the maximum it is as a letter."""
    parts = []
    bands, apart = row.bands or ("",) * len(row.cells), row.apart or ("",) * len(row.cells)
    for cell, band, signed, opening in zip(row.cells, bands, apart, openings, strict=True):
        if not cell or not opening:
            parts.append(f'<td class="n">{escape(cell) if cell else "–"}</td>')
            continue
        before = f'<span class="d">{signed}</span>' if signed else ""
        css = _CLASSES.get(band, "n")
        parts.append(f'<td class="{css}">{before}{opening}{ending}{cell}</a>{_MARKS.get(band, "")}</td>')
    return "".join(parts)


def _group(row: BoardRow, columns: list[_Column]) -> str:
    cells = _cells(row, [column.sheet for column in columns], f'#nhom-{escape(row.code.lower().replace(".", "-"))}">')
    fold = '<label><input class="foldbox" type="checkbox" checked>{}</label>' if row.depth == 0 else "{}"
    title = fold.replace("{}", escape(row.title))
    head = f'<td>{escape(row.code)}</td><th scope="row">{title}</th><td class="n">{row.maximum}</td>'
    return f'<tr class="g">{head}{cells}</tr>'


def _leaf(row: BoardRow, columns: list[_Column]) -> str:
    cells = _cells(row, [column.chain for column in columns], f'{row.criterion_id}/">')
    head = f'<td class="num">{escape(row.code)}</td><th scope="row">{escape(row.title)}</th>'
    return f'<tr>{head}<td class="n quiet">{row.maximum}</td>{cells}</tr>'


def _closing(row: BoardRow, columns: list[_Column]) -> str:
    cells = _cells(replace(row, cells=tuple(map(escape, row.cells))), [column.sheet for column in columns], '">')
    css = "total" if row.role == "total" else "plain" if row.role in _PLAIN else ""
    head = f'<td></td><th scope="row">{row.title}</th><td class="n">{row.maximum}</td>'
    return f'<tr class="{css}">{head}{cells}</tr>'
