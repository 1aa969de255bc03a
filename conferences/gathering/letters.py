"""Invitation with programme, and the minutes of the handover, as frozen objects."""

from collections.abc import Sequence

from blocs.models import BlocYear, Membership
from blocs.text import count, date, long_date
from conferences.gathering.heads import head_signers, leading_units, letterhead_of, person, subject_of
from conferences.models import AgendaItem, Conference
from conferences.papers import listed
from conferences.queries.meetings import items_of
from documents.papers import Annex, Column, Letter, Minutes, Section, Signer, Table

HONORIFIC = "đồng chí"
DOTS = "……………………"
WEEKDAYS = ("thứ Hai", "thứ Ba", "thứ Tư", "thứ Năm", "thứ Sáu", "thứ Bảy", "Chủ nhật")
NOON = 12


def gather_invitation(conference: Conference) -> Letter:
    """Return the invitation to a meeting with its programme annexed. Same records, same object."""
    year, (leader, _) = conference.year, leading_units(conference.year)
    members = list(year.memberships.order_by("position", "pk"))
    guests = [str(guest) for guest in conference.guests.all()]
    return Letter(
        title="Giấy mời",
        subject=f"Dự {subject_of(conference)}",
        letterhead=letterhead_of(year, leader, "GM"),
        draft=conference.invited_at is None,
        demo=year.is_demonstration,
        addressees=(*guests, *(row.name for row in members)),
        sections=(Section(paragraphs=_invited(conference)),),
        annexes=(Annex(number="I", title="Chương trình hội nghị", table=programme_table(items_of(conference))),),
        signers=head_signers(year, leader),
        recipients=("Như trên;", "Lưu: VT."),
    )


def _invited(conference: Conference) -> tuple[str, ...]:
    year = conference.year
    day, start = conference.held_on, conference.starts_at
    half = "buổi sáng" if start.hour < NOON else "buổi chiều"
    place = ", ".join(part for part in (conference.place, conference.address) if part) or DOTS
    co_chair = ""
    if conference.co_chair:
        co_chair = f"; đồng chủ trì: {person(HONORIFIC, conference.co_chair, conference.co_chair_post)}"
    lines = [
        f"Trân trọng kính mời quý cơ quan, đơn vị tới dự {subject_of(conference)}.",
        f"Chủ trì: {person(HONORIFIC, conference.chair, conference.chair_post)}{co_chair}.",
        f"Thời gian: {start:%H} giờ {start:%M}, {WEEKDAYS[day.weekday()]}, {long_date(day)} ({half}).",
        f"Địa điểm: {place}.",
    ]
    directing = [str(guest) for guest in conference.guests.all() if guest.directs]
    if directing:
        lines.append(f"Kính mời {listed(directing)} phát biểu chỉ đạo tại Hội nghị.")
    by = f" trước {long_date(conference.reply_by)}" if conference.reply_by else ""
    contact = f" Đầu mối liên hệ: {conference.contact}." if conference.contact else ""
    lines.append(
        "Đề nghị đơn vị cử đại biểu (trong đó có Thủ trưởng đơn vị hoặc người được ủy quyền tham gia biểu quyết, ký giao "
        f"ước thi đua) và gửi danh sách về {year.bloc.leader_word}{by}.{contact}"
    )
    return (*lines, "(Gửi kèm Chương trình hội nghị.)", "Rất hân hạnh được đón tiếp./.")


def programme_table(items: Sequence[AgendaItem]) -> Table:
    """Return the programme as a table: hour, item, by whom."""
    columns = (
        Column(title="Thời gian", centred=True, width=20),
        Column(title="Nội dung"),
        Column(title="Thực hiện", width=50),
    )
    rows = tuple((f"{item.time:%H:%M}" if item.time else "", item.title, item.performer) for item in items)
    return Table(columns=columns, rows=rows)


def gather_handover(
    year: BlocYear,
    *,
    incoming: Membership | None,
    papers: Sequence[tuple[str, str]],
    in_force: Sequence[str],
    tasks: Sequence[str],
    from_on: str,
) -> Minutes:
    """Return the minutes of the handover from this year's leader to the next: papers, rules in force, open tasks.

    `papers`: (title, number and state); `from_on`: from when the new leader runs the bloc on the system.
    """
    leader, _ = leading_units(year)
    outgoing = next((row for row in year.memberships.all() if leader and row.unit_id == leader.pk), None)
    word, following = year.bloc.leader_word, year.year + 1
    parties = (
        f"Bên giao: {outgoing.name if outgoing else DOTS}, {word} năm {year.year}, đại diện: {_head(outgoing)}.",
        f"Bên nhận: {incoming.name if incoming else DOTS}, {word} năm {following}, đại diện: {_head(incoming)}.",
        f"Chứng kiến (nếu có): {year.bloc.authority.name}.",
        "Hai bên thống nhất bàn giao:",
    )
    contents = (
        f"1. Hồ sơ, tài liệu của {year.bloc.bloc_word} (theo danh mục kèm theo: {count(len(papers))} tài liệu);",
        f"2. Văn bản đang có hiệu lực: {'; '.join(in_force) or 'không có'};",
        f"3. Công việc đang thực hiện: {'; '.join(tasks) or 'không có'};",
        f"4. Quyền quản lý {year.bloc.bloc_word} trên hệ thống kể từ {from_on}.",
        "Hai bên nhất trí, ký xác nhận./.",
    )
    return Minutes(
        title="Biên bản",
        subject=f"Bàn giao nhiệm vụ {word} từ năm {year.year} sang năm {following}",
        letterhead=letterhead_of(year, leader, "BB", dated=False),
        demo=year.is_demonstration,
        sections=(Section(paragraphs=(*parties, *contents)),),
        annexes=(Annex(number="I", title="Danh mục hồ sơ, tài liệu bàn giao", table=_paper_table(papers)),),
        signers=(
            Signer(lines=("ĐẠI DIỆN BÊN NHẬN",), name=incoming.head_name if incoming else ""),
            Signer(lines=("ĐẠI DIỆN BÊN GIAO",), name=outgoing.head_name if outgoing else ""),
        ),
        recipients=(f"{year.bloc.authority.name} (để b/c);", "Hai bên;", "Lưu: VT."),
    )


def _head(member: Membership | None) -> str:
    return person(HONORIFIC, member.head_name if member else "", member.unit.head_title if member else "")


def _paper_table(papers: Sequence[tuple[str, str]]) -> Table:
    columns = (
        Column(title="TT", centred=True, width=10),
        Column(title="Tên tài liệu"),
        Column(title="Số, ngày; tình trạng", width=60),
    )
    return Table(columns=columns, rows=tuple((str(n), *row) for n, row in enumerate(papers, start=1)))


def day_in_words(day: object) -> str:
    """Return a day for a sentence; dots where it is not known."""
    return f"ngày {date(day)}" if day else DOTS  # type: ignore[arg-type]
