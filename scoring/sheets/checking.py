"""What only the whole file can tell: points against the method (RELATIVE needs the bloc), and changes without a reason."""

from collections.abc import Iterator, Sequence
from decimal import Decimal
from fractions import Fraction
from typing import IO

from django.db.models import Count

from blocs.errors import Refusal
from blocs.models import BlocYear
from blocs.sheets import Fault, Reading
from blocs.text import number
from scoring.models import CriteriaTable, Score, SelfAssessment
from scoring.queries.scores import members_at
from scoring.queries.tables import adopted_table, table_values
from scoring.ranking import Entry, Layer, Member, Table, best_ratios, leaf_points, rounded, sheet
from scoring.sheets.assessments import ImportedMember, ImportedScore, Reader, ResultsFile, blame_members, read_rows


class NoTable(Refusal):
    """No criteria table is in force in the year."""

    status = 422


def table_in_force(year: BlocYear) -> CriteriaTable:
    """Return the adopted table of a year. Raises NoTable."""
    table = adopted_table(year)
    if table is None:
        raise NoTable(f"Năm {year.year} chưa có bảng tiêu chí được áp dụng. Đề nghị áp dụng bảng tiêu chí trước.")
    return table


def read_results(upload: IO[bytes], name: str, year: BlocYear, *, as_draft: bool = False) -> ResultsFile:
    """Read the results of members against the table, the targets and the bloc of a year, with every fault.

    Raises SheetRefused when the file cannot be read at all, NoTable before a table is adopted.
    """
    table = table_in_force(year)
    reading = read_rows(upload, name)
    reader = Reader(year, table, reading, as_draft=as_draft)
    members = reader.read()
    rows = SelfAssessment.objects.filter(membership__year=year).values_list("membership_id", "state", "manner")
    blame_members(reader, {membership: (state, manner) for membership, state, manner in rows})
    summary: tuple[str, ...] = ()
    lines: tuple[tuple[str, ...], ...] = ()
    if not reading.faults:
        lines = tuple(_check_members(year, table_values(table), members, reading, as_draft=as_draft))
        rows_read = sum(len(member.scores) for member in members)
        summary = (f"{len(members)} đơn vị, {rows_read} dòng.",)
    faults = tuple(sorted(reading.faults, key=lambda fault: fault.row))
    drafts = typed_drafts(members)
    return ResultsFile(tuple(members), faults, tuple(reading.unknown), summary, () if faults else lines, drafts)


def typed_drafts(members: Sequence[ImportedMember]) -> tuple[str, ...]:
    """Say which of these members have a draft with criteria filled in by hand, and how many. One query."""
    names = {member.subject.membership_id: member.subject.name for member in members}
    typed = (
        Score.objects.filter(
            assessment__membership__in=names, assessment__state=SelfAssessment.State.DRAFT,
            layer=Layer.CLAIMED.value, is_imported=False,
        )
        .values_list("assessment__membership")
        .annotate(number=Count("pk"))
        .order_by("assessment__membership__position")
    )  # fmt: skip
    return tuple(
        f"Bảng đang lập của {names[membership]} có {number:02d} tiêu chí đã nhập tay trên hệ thống."
        for membership, number in typed
    )


def _check_members(
    year: BlocYear, table: Table, members: list[ImportedMember], reading: Reading, *, as_draft: bool
) -> Iterator[tuple[str, ...]]:
    arriving = {
        member.subject.code: Member(
            member.subject.code, not as_draft, {code: score.claim for code, score in member.scores.items()}
        )
        for member in members
    }
    bloc = [arriving.get(member.unit, member) for member in members_at(year, Layer.CLAIMED)]
    best = best_ratios(table, bloc)
    for member in members:
        for score in member.scores.values():
            reading.faults += _points_faults(table, score, best.get(score.leaf.code))
        points = sheet(table, arriving[member.subject.code].entries, best)
        yield member.subject.name, str(len(member.scores)), number(points.total, table.decimals)


def _points_faults(table: Table, score: ImportedScore, best: Fraction | None) -> Iterator[Fault]:
    claimed = leaf_points(table, score.leaf, score.claim, best)
    row, typed = score.line.row, score.checked_points
    if typed is not None and (claimed is None or rounded(typed, table.decimals) != claimed):
        computed = "chưa tính được" if claimed is None else number(claimed, table.decimals)
        yield Fault(row, "Điểm", f"điểm ghi {number(typed)} khác điểm tính theo cách chấm", computed)
    before: Decimal | None = claimed
    for column, given in (("Điểm thẩm định", score.reviewed), ("Điểm thống nhất", score.agreed)):
        if given is None:
            continue
        after = leaf_points(table, score.leaf, Entry(score.figures, given))
        if after != before and not score.line["reason"]:
            problem = f"{column.lower()} {number(given)} khác điểm trước đó {number(before, table.decimals)} mà không có lý do"
            yield Fault(row, "Lý do", problem, "lý do điều chỉnh")
        before = after
