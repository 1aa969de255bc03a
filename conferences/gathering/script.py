"""The running script of a meeting: what the master of ceremony says at each item, with the real names."""

from dataclasses import dataclass

from blocs.text import count
from conferences.gathering.heads import person, subject_of
from conferences.models import AgendaItem, Conference
from conferences.papers import listed
from conferences.queries.elections import candidates_of, elections_of, role_word
from conferences.queries.meetings import attendances_of, items_of, presence_of

Kind = AgendaItem.Kind
HONORIFIC = "đồng chí"
HANDS = (
    "Đề nghị đại diện các đơn vị nhất trí với nội dung vừa trình bày cho biểu quyết bằng cách giơ tay. Xin cảm ơn. "
    "Có đơn vị nào không nhất trí? Có đơn vị nào có ý kiến khác?"
)
SCREENS = {
    Kind.RECEPTION: "Màn hình: số đơn vị có mặt",
    Kind.REPORT: "Dự thảo Báo cáo tổng kết",
    Kind.SCORES: "Bảng tổng hợp kết quả chấm điểm",
    Kind.REVIEW: "Danh sách đưa ra bình xét; màn hình: số đơn vị đã biểu quyết",
    Kind.TEAM: "Danh sách Tổ kiểm phiếu",
    Kind.ELECTION: "Phiếu bầu (nếu bỏ phiếu giấy); màn hình: số đơn vị đã bỏ phiếu",
    Kind.PLEDGE: "Giao ước thi đua; màn hình: số đơn vị đã ký",
    Kind.HANDOVER: "Biên bản bàn giao",
    Kind.MINUTES: "Dự thảo biên bản hội nghị",
}
VOTED = frozenset({Kind.OPENING, Kind.PRESIDIUM, Kind.REPORT, Kind.SCORES, Kind.TEAM, Kind.MINUTES})


@dataclass(frozen=True)
class Line:
    """One item of the script; `css` is "now" for the open item, "done" for one that was held."""

    time: str
    title: str
    performer: str
    spoken: tuple[str, ...]
    shown: str
    css: str


def running_script(conference: Conference) -> tuple[Line, ...]:
    """Return the script item by item; the open one is marked, so that the page follows the meeting."""
    names = _names(conference)
    marks = {AgendaItem.State.OPEN: "now", AgendaItem.State.DONE: "done"}
    return tuple(
        Line(
            f"{item.time:%H:%M}" if item.time else "",
            item.title,
            item.performer,
            _spoken(item, names),
            SCREENS.get(Kind(item.kind), ""),
            marks.get(AgendaItem.State(item.state), ""),
        )
        for item in items_of(conference)
    )


def _names(conference: Conference) -> dict[str, str]:
    """Every name that a line may need, as text."""
    year = conference.year
    presence = presence_of(conference, attendances_of(conference))
    elections = elections_of(year)
    proposed = {role: listed([row.name for row in candidates_of(row_)]) for role, row_ in elections.items()}
    named = (
        f"{names or 'đơn vị được giới thiệu'} đảm nhiệm {role_word(year, role)} năm {year.year + 1}"
        for role, names in ((role, proposed.get(role, "")) for role in ("leader", "deputy"))
    )
    authority = [str(guest) for guest in conference.guests.all() if guest.directs] or [
        f"đại diện {year.bloc.authority.name}"
    ]
    return {
        "subject": subject_of(conference),
        "authority": year.bloc.authority.name,
        "delegate": listed(authority),
        "chair": person(HONORIFIC, conference.chair, conference.chair_post),
        "secretary": person(HONORIFIC, conference.secretary, conference.secretary_post),
        "reader": person(HONORIFIC, conference.reader, conference.reader_post),
        "team": "; ".join(f"{row} ({row.get_role_display().lower()})" for row in conference.tellers.all())
        or "……………………",
        "present": f"{count(presence.here)}/{count(presence.members)} đơn vị",
        "verdict": presence.verdict,
        "proposal": "; ".join(named),
        "leader": year.bloc.leader_word,
        "year": str(year.year),
        "next": str(year.year + 1),
    }


_LINES = {
    Kind.RECEPTION: ("Kính mời các đồng chí đại biểu ổn định chỗ ngồi, xác nhận có mặt.",),
    Kind.OPENING: (
        (
            "Kính thưa các đồng chí đại biểu, kính thưa Hội nghị! Được sự nhất trí của {authority}, hôm nay chúng ta long "
            "trọng tổ chức {subject}."
        ),
        "Có mặt {present} thành viên, {verdict}.",
        "Xin ý kiến Hội nghị về chương trình làm việc.",
    ),
    Kind.PRESIDIUM: ("Xin giới thiệu chủ tọa Hội nghị: {chair}; thư ký: {secretary}.",),
    Kind.REPORT: ("Xin kính mời {reader}, trình bày dự thảo Báo cáo tổng kết năm {year}.",),
    Kind.SCORES: ("Xin kính mời Tổ thư ký trình bày Bảng tổng hợp kết quả chấm điểm của các đơn vị.",),
    Kind.DISCUSSION: ("Xin mời đại biểu các đơn vị phát biểu ý kiến, tham luận.",),
    Kind.DIRECTING: ("Xin trân trọng kính mời {delegate} phát biểu chỉ đạo Hội nghị.",),
    Kind.RESPONSE: ("Xin kính mời {chair}, phát biểu tiếp thu ý kiến chỉ đạo.",),
    Kind.TEAM: ("Chủ tọa giới thiệu Tổ kiểm phiếu gồm: {team}. Xin ý kiến Hội nghị.",),
    Kind.REVIEW: (
        (
            "Hội nghị tiến hành bình xét thi đua, xét khen thưởng năm {year}. Mỗi đề nghị được biểu quyết riêng; kết quả là "
            "đề nghị cho đến khi có quyết định của cấp có thẩm quyền."
        ),
    ),
    Kind.ELECTION: (
        "Theo Quy chế và trên tinh thần luân phiên, chủ tọa xin giới thiệu {proposal}. Xin ý kiến Hội nghị.",
        "Đề nghị các đơn vị thực hiện quyền bỏ phiếu. Tổ kiểm phiếu công bố kết quả khi kiểm phiếu xong.",
    ),
    Kind.PLEDGE: (
        (
            "Xin trân trọng kính mời đại diện lãnh đạo các đơn vị lên ký kết Giao ước thi đua năm {next}; kính mời {delegate} "
            "chứng kiến."
        ),
    ),
    Kind.HANDOVER: ("Xin kính mời {leader} năm {year} và {leader} năm {next} ký Biên bản bàn giao nhiệm vụ.",),
    Kind.MINUTES: (
        "Xin kính mời {secretary}, trình bày dự thảo biên bản. Xin ý kiến Hội nghị.",
        "Xin kính mời {chair}, kết luận và bế mạc Hội nghị.",
    ),
}


def _spoken(item: AgendaItem, names: dict[str, str]) -> tuple[str, ...]:
    said = tuple(line.format(**names) for line in _LINES.get(Kind(item.kind), ()))
    if item.kind not in VOTED:
        return said
    outcome = "Như vậy, ……/…… đơn vị nhất trí, đạt ……%."
    if item.votes_of and item.votes_for is not None:
        outcome = f"Như vậy, {count(item.votes_for)}/{count(item.votes_of)} đơn vị nhất trí."
    return (*said, HANDS, outcome)
