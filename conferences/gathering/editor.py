"""What the report's editor shows: each free section with its text, the locked figures beside it, and what to look at."""

from dataclasses import dataclass

from blocs.models import Bloc, BlocYear
from blocs.text import count, moment
from conferences.gathering.report import report_chapters
from conferences.models import ReportSection
from conferences.papers import GROUP, Section
from conferences.queries.reports import sections_of
from documents.papers import Report
from scoring.queries.standings import Standings, standings

PASSED, LOOK = ("Đạt", "s-ok"), ("Lưu ý", "s-fix")


@dataclass(frozen=True)
class Row:
    """One field of the editor. `seen` marks the version shown, so that nobody overwrites another's text unawares."""

    section: Section
    name: str
    text: str
    seen: str
    written: str
    locked: str = ""

    @property
    def rows(self) -> int:
        """Return how many lines the field shows."""
        return 2 if self.section.short else max(3, min(10, len(self.text) // 70 + 2))


@dataclass(frozen=True)
class Part:
    """A chapter of the editor: its fields, and the sentences of figures that nobody types."""

    title: str
    rows: tuple[Row, ...]
    before: tuple[tuple[str, str], ...] = ()
    after: tuple[tuple[str, str], ...] = ()

    @property
    def written(self) -> str:
        """Return how many fields hold text: "04/05"."""
        return f"{sum(bool(row.text) for row in self.rows)}/{len(self.rows)}"


@dataclass(frozen=True)
class Check:
    """One line of the review before the paper goes out."""

    label: str
    css: str
    text: str
    key: str = ""


def stamp(section: ReportSection | None) -> str:
    """Return what marks a version of a section; empty while nobody has written it."""
    return section.written_at.isoformat() if section else ""


def editor_parts(year: BlocYear, report: Report) -> tuple[Part, ...]:
    """Return the chapters of the editor beside the gathered report."""
    written = sections_of(year)
    figures = {group.title: " ".join(group.figures) for group in report.groups}
    parts = []
    for chapter in report_chapters(year):
        rows = tuple(_row(section, written.get(section.key), figures) for section in chapter.sections)
        parts.append(Part(chapter.title, rows, *_locked(chapter.title, report, year.bloc)))
    return tuple(parts)


def _row(section: Section, written: ReportSection | None, figures: dict[str, str]) -> Row:
    locked = figures.get(section.title, "") if section.key.startswith(GROUP) else ""
    who = f"{written.written_by or 'Hệ thống'}, {moment(written.written_at)}" if written else ""
    text = written.text if written else section.default
    return Row(section, f"muc-{section.key}", text, stamp(written), who, locked)


def _locked(title: str, report: Report, bloc: Bloc) -> tuple[tuple[tuple[str, str], ...], tuple[tuple[str, str], ...]]:
    """The sentences of figures of a chapter that belong to no free field: those before its fields, those after."""
    if title.startswith("I."):
        deputy = f"; {bloc.deputy_word}: {report.deputy}" if report.deputy else ""
        text = f"{report.members_count} đơn vị: {report.members}. {bloc.leader_word}: {report.leader}{deputy}."
        return ((f"1. Tổ chức của {bloc.bloc_word}", text),), ()
    if title.startswith("II."):
        return (), tuple(_results(report))
    if title.startswith("IV.") and report.next_leaders:
        leaders = report.next_leaders
        deputy = f"; {bloc.deputy_word}: {leaders.deputy}" if leaders.deputy else ""
        return (), (("3. Kết quả bầu", f"{bloc.leader_word}: {leaders.leader}{deputy}."),)
    return (), ()


def _results(report: Report) -> list[tuple[str, str]]:
    lines = []
    if report.commendations:
        lines.append(("4. Khen thưởng trong năm", "; ".join(report.commendations) + "."))
    if report.scoring:
        scoring = report.scoring
        sentence = (
            f"{scoring.submitted}/{scoring.members} đơn vị gửi bảng tự chấm điểm, {scoring.in_time} đúng thời hạn; "
        )
        sentence += f"{scoring.adjusted} nội dung được điều chỉnh, {scoring.explained} nội dung được giải trình."
        if scoring.highest:
            sentence += f" Cao nhất {scoring.highest}, thấp nhất {scoring.lowest}, bình quân {scoring.mean}."
        lines.append(("6. Tự chấm điểm và thẩm định", sentence))
    if report.peer_review:
        lines.append(("7. Bình xét", "; ".join(report.peer_review.proposals) + "."))
    return lines


def checks_of(year: BlocYear, report: Report, parts: tuple[Part, ...]) -> tuple[Check, ...]:
    """Return what to look at before the paper goes out: the state of the points, the sums, sections left blank."""
    table = standings(year)
    checks = [_points(table), _sums(table)]
    if not report.draft:
        checks += _outcomes(report, year.bloc)
    blank = [row for part in parts for row in part.rows if not row.text and not row.section.short]
    for part in parts:
        for row in part.rows:
            if row in blank:
                where = f"{part.title.split('.')[0]}.{row.section.number} {row.section.title}"
                checks.append(Check(*LOOK, f"Mục {where} còn để trống; in ra sẽ có dòng chấm.", row.name))
    return tuple(checks)


def _points(table: Standings) -> Check:
    having = sum(row.total is not None for row in table.rows)
    text = f"{count(having)}/{count(len(table.rows))} đơn vị có số liệu ở mức “{table.label}”"
    done = table.is_complete and not table.is_provisional
    return Check(*(PASSED if done else LOOK), text if done else f"{text}; số liệu còn thay đổi.")


def _sums(table: Standings) -> Check:
    """Points that do not add up are never printed unnoticed: base + bonus − deduction = total, for every member."""
    rows = [row for row in table.rows if row.total is not None and row.base is not None]
    wrong = [row.short_name for row in rows if row.total != (row.base or 0) + (row.bonus or 0) - (row.deduction or 0)]
    if wrong:
        return Check("Sai", "s-late", f"Tổng điểm không bằng tổng các thành phần: {', '.join(wrong)}.")
    return Check(*PASSED, f"Tổng các thành phần khớp ({count(len(rows))} phép cộng).")


def _outcomes(report: Report, bloc: Bloc) -> list[Check]:
    review = (
        Check(*PASSED, "Đã có kết quả bình xét.")
        if report.peer_review
        else Check(*LOOK, "Chưa có kết quả bình xét; mục II.7 không in.")
    )
    leaders = (
        Check(*PASSED, f"Đã có kết quả bầu {bloc.leader_word}.")
        if report.next_leaders
        else Check(*LOOK, f"Chưa có kết quả bầu {bloc.leader_word}; mục IV.3 không in.")
    )
    return [review, leaders]
