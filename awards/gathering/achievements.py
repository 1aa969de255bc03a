"""The achievement report of a nominee: what the unit wrote, the figures of past years, the awards it has."""

from awards.gathering.heads import head_signer, letterhead_of
from awards.models import AchievementReport, Nomination
from awards.queries.achievements import Achievements
from documents.papers import Column, Letter, Section, Signer, Table

DOTTED = "…" * 30


def gather_achievement(nomination: Nomination, found: Achievements, prose: dict[str, str]) -> Letter:
    """Return the report ("Báo cáo thành tích") of a collective or a person, figures and awards from the records."""
    unit, year = nomination.membership.unit, nomination.year
    sections = {name: prose.get(name, "").strip() for name, _, _ in AchievementReport.SECTIONS}
    headings = {name: heading for name, heading, _ in AchievementReport.SECTIONS}
    parts = [
        Section(heading=headings[name], paragraphs=tuple(sections[name].splitlines()) or (DOTTED,),
                table=_figures(found) if name == "results" else None)
        for name in sections
    ]  # fmt: skip
    parts.append(Section(heading="III. Các hình thức khen thưởng đã được nhận", table=_awards(found)))
    return Letter(
        title="Báo cáo thành tích",
        subject=f"Đề nghị tặng {nomination.award.printed_name} năm {year.year}",
        letterhead=letterhead_of(year, unit, "BC"),
        demo=year.is_demonstration,
        sections=(Section(paragraphs=_who(nomination)), *parts),
        signers=(
            Signer(lines=("XÁC NHẬN CỦA CẤP QUẢN LÝ TRỰC TIẾP",), post=unit.superior),
            *head_signer(year, unit, name=nomination.membership.head_name),
        ),
        recipients=(f"{year.bloc.leader_word};", "Lưu: VT."),
    )


def _who(nomination: Nomination) -> tuple[str, ...]:
    if nomination.person_name:
        return (
            f"Họ và tên: {nomination.person_name}.",
            f"Chức vụ, đơn vị: {nomination.person_post}, {nomination.membership.name}.",
        )
    return (f"Tên tập thể đề nghị: {nomination.printed_name}.",)


def _figures(found: Achievements) -> Table:
    columns = (
        Column(title="Nội dung"), *(Column(title=f"Năm {year}", figures=True, width=24) for year in found.years)
    )  # fmt: skip
    return Table(columns=columns, rows=found.rows, caption="Số liệu theo hồ sơ chấm điểm các năm")


def _awards(found: Achievements) -> Table:
    columns = (
        Column(title="Năm", centred=True, width=18), Column(title="Danh hiệu, hình thức khen thưởng"),
        Column(title="Số, ngày quyết định", width=50), Column(title="Cơ quan ban hành", width=40),
    )  # fmt: skip
    rows = tuple((str(given.year), given.name, given.decision or "–", given.issuer or "–") for given in found.awards)
    return Table(columns=columns, rows=rows or (("–", "Chưa ghi nhận", "–", "–"),))
