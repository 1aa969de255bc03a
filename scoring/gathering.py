"""What the papers of scoring say: a member's score sheet, and the consolidated table with its annexes."""

from collections.abc import Sequence
from decimal import Decimal

from blocs import clock, text
from blocs.models import BlocYear, Post, Unit
from blocs.standing import leadership_of
from documents.papers import (
    Column,
    ConsolidatedTable,
    Letter,
    Letterhead,
    ScoreLine,
    ScoreRow,
    ScoreSheet,
    ScoreTable,
    Section,
    Signer,
    Table,
)
from scoring.charts import Bar, bar_chart
from scoring.models import LAYERS, Criterion, SelfAssessment
from scoring.points import Figures, Kind, Method
from scoring.queries.board import RESCALED, Board, BoardRow, consolidated
from scoring.queries.chains import Scores, best_by_layer, layer_steps, scores_of
from scoring.queries.claims import ClaimBook, claim_book, table_from
from scoring.queries.formulas import figures_in_words
from scoring.queries.standings import StandingRow, standings
from scoring.ranking import Layer, Sheet, grade, sheet
from scoring.words import in_words

_LABELS = dict(LAYERS)
_ROLES = {"sum": "sum", "rescaled": "leaf", "total": "total", "rank": "rank", "grade": "grade"}


def score_tables(year: BlocYear, layer: Layer | str | None = None) -> ScoreTable:
    """Return the consolidated table of a year at one layer, for the annex of a report; by default the complete one."""
    return _score_table(consolidated(year, layer, viewer=None, at=clock.now()))


def _score_table(board: Board) -> ScoreTable:
    return ScoreTable(
        layer=board.label,
        members=tuple(member.short_name for member in board.members),
        rows=tuple(_row(row) for row in board.rows),
        closing=tuple(_row(row) for row in board.closing),
        abbreviations=tuple(board.abbreviations),
        notes=tuple(board.notes),
    )


def _row(row: BoardRow) -> ScoreRow:
    role = _ROLES.get(row.role, row.role)
    return ScoreRow(code=row.code, title=row.title, maximum=row.maximum, points=row.cells, role=role)


def consolidated_tables(year: BlocYear, layers: Sequence[Layer | str] | None = None) -> ConsolidatedTable:
    """Return the paper of the consolidated table: one table a layer, every layer that was reached by default."""
    board = consolidated(year, None, viewer=None, at=clock.now())
    wanted = [layer for layer, _, _ in board.layers] if layers is None else [Layer(layer).value for layer in layers]
    boards = [
        board if layer == board.layer else consolidated(year, layer, viewer=None, at=clock.now()) for layer in wanted
    ]
    unit = _leader(year)
    return ConsolidatedTable(
        title="Bảng tổng hợp",
        subject=f"Kết quả chấm điểm thi đua năm {year.year} của {year.bloc.name}",
        letterhead=_letterhead(year, unit),
        demo=year.is_demonstration,
        signers=(_signer(year, unit),) if unit else (),
        tables=tuple(_score_table(one) for one in boards),
    )


def _leader(year: BlocYear) -> Unit | None:
    leader = leadership_of(year).leader
    leader = leader or year.terms.filter(role="leader").order_by("from_on").values_list("unit_id", flat=True).last()
    return None if leader is None else Unit.objects.get(pk=leader)


def _letterhead(year: BlocYear, unit: Unit | None) -> Letterhead:
    if unit is None or year.letterhead == "B":
        return Letterhead(profile="B", issuer=year.bloc.name, place=unit.province if unit else "")
    return Letterhead(issuer=_name_then(year, unit), superior=unit.superior, place=unit.province)


def _name_then(year: BlocYear, unit: Unit) -> str:
    return year.memberships.filter(unit=unit).values_list("name", flat=True).first() or unit.name


def _signer(year: BlocYear, unit: Unit) -> Signer:
    name = year.memberships.filter(unit=unit).values_list("head_name", flat=True).first() or ""
    head = unit.posts.in_force(clock.today()).filter(role=Post.Role.HEAD).select_related("user").first()
    capacity = (head.title if head else unit.head_title).upper()
    return Signer(lines=(capacity,), name="" if year.is_demonstration else name)


def score_sheet(assessment: SelfAssessment) -> ScoreSheet:
    """Return the paper of one member's score sheet, with every layer that was reached."""
    year, unit = assessment.membership.year, assessment.membership.unit
    book, scores = claim_book(assessment), scores_of(assessment)
    layers = _layers(scores)
    best = best_by_layer(assessment, book.table, layers)
    sheets = [
        sheet(book.table, {row.code: scores.in_force(row.pk, layer) for row in book.leaves}, best[layer])
        for layer in layers
    ]
    last, decimals = sheets[-1], book.table.decimals
    return ScoreSheet(
        title="Bảng tự chấm điểm",
        subject=f"Thi đua năm {year.year}",
        letterhead=Letterhead(
            issuer=assessment.membership.name, superior=unit.superior, place=assessment.membership.province
        ),
        draft=not assessment.is_handed_in,
        demo=year.is_demonstration,
        signers=(Signer(lines=("NGƯỜI LẬP BIỂU",)), _signer(year, unit)),
        unit_name=assessment.membership.name,
        lines=tuple(_line(book, criterion, scores, sheets) for criterion in book.criteria),
        layers=tuple(_LABELS[layer.value] for layer in layers),
        base=text.number(last.base, decimals),
        bonus=text.number(last.bonus, decimals),
        deduction=text.number(last.deduction, decimals),
        total=text.number(last.total, decimals),
        total_in_words=in_words(last.total),
        grade=grade(book.table, last.total) or "",
        notes=_notes(assessment, last, decimals),
    )


def _layers(scores: Scores) -> list[Layer]:
    used = {layer for by_layer in scores.by_criterion.values() for layer in by_layer}
    return [layer for layer in Layer if layer in used | {Layer.CLAIMED}]


def _line(book: ClaimBook, criterion: Criterion, scores: Scores, sheets: list[Sheet]) -> ScoreLine:
    decimals = book.table.decimals
    maximum = text.number(criterion.max_points, decimals)
    if not criterion.is_leaf:
        sums = tuple(text.number(one.rows[criterion.code], decimals) for one in sheets)
        return ScoreLine(title=criterion.title, code=criterion.code, maximum=maximum, points=sums, role="group")
    figures = scores.in_force(criterion.pk).figures or book.figures(criterion)
    target, actual, ratio = _figures(criterion, figures)
    score = book.scores.get(criterion.pk)
    notes = [score.explanation if score else "", "Nhập từ tệp" if score and score.is_imported else ""]
    return ScoreLine(
        title=criterion.title,
        code=criterion.code,
        unit=criterion.measure,
        maximum=maximum,
        target=target,
        actual=actual,
        ratio=ratio,
        points=tuple(text.number(one.leaves[criterion.code], decimals) for one in sheets),
        evidence=tuple(piece.citation for piece in book.evidence.get(criterion.pk, [])),
        note="; ".join(filter(None, notes)),
    )


def _figures(criterion: Criterion, figures: Figures) -> tuple[str, str, str]:
    """Return target, result and ratio (%) as printed: what a method does not have stays empty."""
    if figures.not_applicable:
        return "", "Không áp dụng", ""
    if criterion.method in {Method.RATIO, Method.RELATIVE}:
        if figures.actual is None or figures.target is None:
            return _printed(figures.target), _printed(figures.actual), ""
        ratio = text.percent(figures.actual, figures.target).removesuffix("%") if figures.target else ""
        return _printed(figures.target), _printed(figures.actual), ratio
    if criterion.method == Method.PER_UNIT:
        return "", _printed(figures.count), ""
    said = figures_in_words(criterion, figures)
    return "", f"{said[:1].upper()}{said[1:]}", ""


def _printed(value: Decimal | None) -> str:
    return "" if value is None else text.number(value)


def _notes(assessment: SelfAssessment, last: Sheet, decimals: int) -> tuple[str, ...]:
    notes = []
    if last.rescaled:
        notes.append(f"{RESCALED}: {text.number(last.rescaled, decimals)} điểm.")
    if not last.base_applies:
        notes.append("Không có tiêu chí điểm chuẩn nào áp dụng: điểm chuẩn là 0.")
    if assessment.manner == SelfAssessment.Manner.SIGNED_COPY:
        notes.append(f"Gửi theo bản đã ký ngày {text.date(assessment.signed_on)} ({assessment.signed_by}).")
    elif assessment.is_imported:
        notes.append("Số liệu nhập từ tệp.")
    return tuple(notes)


def member_letter(assessment: SelfAssessment) -> Letter:
    """Return the letter that tells one member how its own score came about: its layers, its changes with their reasons.

    No other member's name or figure stands in it.
    """
    membership = assessment.membership
    year, found = membership.year, standings(membership.year)
    own = next(row for row in found.rows if row.membership_id == membership.pk)
    leader = _leader(year)
    return Letter(
        title="Thông báo",
        subject=f"Kết quả chấm điểm thi đua năm {year.year}",
        letterhead=_letterhead(year, leader),
        demo=year.is_demonstration,
        addressees=(membership.name,),
        signers=(_signer(year, leader),) if leader else (),
        recipients=("Như trên", "Lưu: VT."),
        sections=(
            _letter_totals(assessment, own, len(found.rows)),
            _letter_groups(assessment, own),
            _letter_changes(assessment),
        ),
    )


def _letter_totals(assessment: SelfAssessment, own: StandingRow, members: int) -> Section:
    year, printed = assessment.year, own.printed
    said = dict(LAYERS)[own.layer].replace("Điểm", "điểm", 1)
    rank = f"{printed['rank']} trên {text.count(members)} đơn vị"
    amounts = (("Điểm chuẩn", "base"), ("Điểm thưởng", "bonus"), ("Điểm trừ", "deduction"), ("Tổng điểm", "total"))
    return Section(
        paragraphs=(
            f"{year.bloc.leader_word} thông báo kết quả chấm điểm thi đua năm {year.year} của quý đơn vị, theo {said}:",
        ),
        items=(
            *(f"{label}: {printed[name]} điểm" for label, name in amounts),
            f"Thứ hạng: {rank}",
            f"Xếp loại: {printed['grade']}",
        ),
    )


def _letter_groups(assessment: SelfAssessment, own: StandingRow) -> Section:
    tops = (
        assessment.table.criteria.filter(parent=None)
        .order_by("position")
        .values_list("code", "title", "max_points", "kind")
    )
    decimals = assessment.table.decimals
    shares = [
        Bar(f"{code}. {title}", own.groups.get(code) or Decimal(0), top, text.number(own.groups.get(code), decimals))
        for code, title, top, kind in tops
        if kind == Kind.BASE.value
    ]
    said = "; ".join(f"{bar.label}: {bar.words}/{text.number(bar.maximum, decimals)}" for bar in shares)
    chart = bar_chart("Điểm theo nhóm tiêu chí", shares, said)
    return Section(heading="1. Điểm theo nhóm tiêu chí", chart=chart.svg, chart_text=f"{said}.")


def _letter_changes(assessment: SelfAssessment) -> Section:
    scores = scores_of(assessment)
    criteria = list(assessment.table.criteria.order_by("position"))
    steps = layer_steps(assessment, criteria, scores, table_from(assessment, criteria))
    rows = tuple(
        (row.code, row.title, step.label, step.figure, step.reason)
        for row in criteria
        for step in steps.get(row.pk, [])
        if step.reason or step.is_claim
    )
    if not rows:
        return Section(heading="2. Tiêu chí được điều chỉnh", paragraphs=("Không có tiêu chí nào được điều chỉnh.",))
    columns = (
        Column(title="TT", width=12, centred=True), Column(title="Nội dung, tiêu chí"), Column(title="Lớp điểm"),
        Column(title="Điểm", figures=True, width=15), Column(title="Lý do điều chỉnh"),
    )  # fmt: skip
    return Section(heading="2. Tiêu chí được điều chỉnh", table=Table(columns=columns, rows=rows))
