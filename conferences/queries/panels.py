"""What the open item of the programme shows large, and the act that belongs to it."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import ClassVar

from django.urls import reverse

from awards.queries.polls import peer_review_of
from blocs.models import BlocYear, LeadershipTerm
from blocs.text import count
from conferences.models import AgendaItem, Election
from conferences.queries.board import Board, next_year
from conferences.queries.elections import role_word
from conferences.queries.places import ROLE_PATHS, election_path
from conferences.queries.reports import report_papers
from pledges.queries import pledge_of
from voting.models import Round
from voting.queries import round_in_short

Kind = AgendaItem.Kind
NO_CANDIDATE_COUNTS = "Người của đơn vị được giới thiệu trong danh sách bầu không tham gia Tổ kiểm phiếu."
Fact = tuple[str, str]


@dataclass(frozen=True)
class Panel:
    """The large part of the conference page for one item.

    `figure` is a big count ("6/7") with what it counts, `seats` one place per unit that has and has not. `act` leads to
    the page where the item's work is done; `is_done`: nothing is left to do, so going on is the page's first act.
    """

    lead: str = ""
    figure: str = ""
    figure_text: str = ""
    figure_note: str = ""
    seats: tuple[bool, ...] = ()
    act: str = ""
    url: str = ""
    view: str = ""
    is_done: bool = False
    facts: tuple[Fact, ...] = ()
    with_votes: bool = False
    with_notes: bool = False
    notes_label: str = "Ghi chép"

    WITH_VOTES: ClassVar[frozenset[str]] = frozenset(
        {Kind.OPENING, Kind.PRESIDIUM, Kind.REPORT, Kind.SCORES, Kind.TEAM, Kind.MINUTES}
    )


def panel_of(board: Board) -> Panel:
    """Return what the open item shows; an empty panel when none is open."""
    item = board.open
    if item is None:
        return Panel()
    year = board.conference.year
    linked = {
        Kind.SCORES: ("scoring:board", "Mở Bảng tổng hợp", "Điểm từng tiêu chí, thứ hạng và lý do điều chỉnh."),
        Kind.TEAM: ("conferences:tellers", "Lập Tổ kiểm phiếu", NO_CANDIDATE_COUNTS),
        Kind.PLEDGE: ("pledges:board", "Mở Giao ước thi đua", "Văn bản đã khóa nội dung và các đơn vị đã ký."),
    }
    makers: dict[str, Callable[[Board], Panel]] = {
        Kind.RECEPTION: _reception,
        Kind.PRESIDIUM: _presidium,
        Kind.REPORT: lambda board: _report(board.conference.year),
        Kind.REVIEW: lambda board: _review(board.conference.year),
        Kind.ELECTION: _election,
        Kind.HANDOVER: _handover,
        Kind.MINUTES: _minutes,
    }
    if item.kind in linked:
        panel = _linked(year, *linked[Kind(item.kind)])
    else:
        panel = makers.get(item.kind, lambda _board: Panel(is_done=True))(board)
    return replace(
        panel,
        with_votes=item.kind in Panel.WITH_VOTES,
        with_notes=True,
        notes_label="Nội dung cần hoàn thiện" if item.kind == Kind.REPORT else "Ghi chép",
        is_done=panel.is_done or item.votes_of is not None,
    )


def _path(year: BlocYear, name: str) -> str:
    return reverse(name, args=[year.bloc.code, year.year])


def _linked(year: BlocYear, name: str, label: str, lead: str) -> Panel:
    return Panel(lead=lead, act=label, url=_path(year, name), view=label)


def _reception(board: Board) -> Panel:
    presence, year = board.presence, board.conference.year
    waiting = f"Chưa xác nhận: {', '.join(presence.waiting)}." if presence.waiting else "Các đơn vị đã xác nhận."
    return Panel(
        lead=waiting,
        figure=f"{presence.here}/{presence.members}",
        figure_text="đơn vị có mặt",
        figure_note=presence.verdict[0].upper() + presence.verdict[1:] + ".",
        seats=tuple(row.is_here for row in board.attendances),
        act="Xác nhận đại biểu",
        url=_path(year, "conferences:attendance"),
        view="Danh sách đại biểu",
        is_done=presence.enough and not presence.waiting,
    )


def _report(year: BlocYear) -> Panel:
    drafted, _ = report_papers(year)
    lead = "Dự thảo đã được in." if drafted and drafted.pdf_id else "Dự thảo chưa được in ra PDF."
    return Panel(lead=lead, act="Mở dự thảo báo cáo", url=_path(year, "conferences:report"), view="Xem báo cáo")


def _review(year: BlocYear) -> Panel:
    review = peer_review_of(year)
    held = f"{count(review.held)} đề nghị trong danh sách"
    facts = (
        ("Biểu quyết", review.state),
        (f"{year.bloc.bloc_word} nhất trí", f"{count(review.agreed)}/{count(review.held)} đề nghị"),
    )
    lead = f"{held}. Đề nghị chỉ là đề nghị cho đến khi có quyết định khen thưởng."
    panel = _linked(year, "awards:board", "Mở danh sách bình xét", lead)
    return replace(panel, facts=facts, is_done=review.held > 0 and review.agreed == review.held)


def _pledge(year: BlocYear) -> Panel:
    """The pledge of the next year: who has signed; before it is drawn up, where to begin."""
    following = next_year(year)
    pledge = pledge_of(following) if following else None
    if following is None or pledge is None or not pledge.is_frozen:
        lead = f"Giao ước thi đua năm {year.year + 1} chưa khóa nội dung để ký."
        return _linked(following or year, "pledges:board", "Mở Giao ước thi đua", lead)
    signed, of = pledge.signatures.count(), following.memberships.count()
    panel = _linked(following, "pledges:board", "Mở Giao ước thi đua", "Văn bản đã khóa nội dung.")
    return replace(
        panel,
        figure=f"{signed}/{of}",
        figure_text="đơn vị đã ký",
        figure_note="Gồm ký tay, đóng dấu; ký số; xác nhận trên hệ thống. Cách ký của từng đơn vị hiện ở trang giao ước.",
        seats=tuple(place < signed for place in range(of)),
        is_done=signed == of,
    )


def _election(board: Board) -> Panel:
    """The first role that is not decided; both are facts."""
    year = board.conference.year
    facts = tuple((role_word(year, role), _standing_of(board.elections.get(role))) for role in ROLE_PATHS)
    role = next((role for role in ROLE_PATHS if not _is_decided(board.elections.get(role))), None)
    if role is None:
        url = election_path(year, LeadershipTerm.Role.LEADER)
        return Panel(lead="Đã có kết quả bầu.", facts=facts, is_done=True, view="Xem kết quả", url=url)
    word, election = role_word(year, role), board.elections.get(role)
    panel = Panel(facts=facts, url=election_path(year, role), view=f"Xem việc bầu {word}")
    if election is None or election.state == Election.State.PROPOSING:
        return replace(
            panel, lead=f"{word}: giới thiệu đơn vị, chọn hình thức rồi bắt đầu bỏ phiếu.", act=f"Chuẩn bị bầu {word}"
        )
    if election.state == Election.State.AGAIN:
        return replace(panel, lead=f"{word}: lần trước chưa có kết quả.", act="Bầu lần tiếp theo")
    return _voting(panel, election, word)


def _voting(panel: Panel, election: Election, word: str) -> Panel:
    found = round_in_short(election.poll_id) if election.poll_id else None
    if found is None:
        return panel
    round_, names, voted, entitled = found
    panel = replace(panel, lead=f"Bầu {word}. Đơn vị được giới thiệu: {', '.join(names)}. {round_.manner}.")
    if not round_.is_cast_here:
        return replace(panel, act="Ghi kết quả")
    closing = "Kết thúc bỏ phiếu" if round_.state == Round.State.OPEN else "Xem và công bố kết quả"
    return replace(
        panel,
        figure=f"{voted}/{entitled}",
        figure_text="đơn vị đã bỏ phiếu",
        figure_note="Chỉ hiện số phiếu đã bỏ. Lựa chọn chỉ có sau khi kiểm phiếu và công bố.",
        seats=tuple(place < voted for place in range(entitled)),
        act=closing,
    )


def _is_decided(election: Election | None) -> bool:
    return election is not None and election.state == Election.State.DECIDED


def _standing_of(election: Election | None) -> str:
    if election is None:
        return "Chưa giới thiệu"
    return f"{election.winner.name}" if election.winner else election.get_state_display()


def presidium_words(board: Board) -> str:
    """Return who presides and who keeps the minutes, in a sentence."""
    meeting = board.conference
    people = (("Chủ tọa", meeting.chair), ("đồng chủ tọa", meeting.co_chair), ("thư ký", meeting.secretary))
    named = [f"{role}: {name}" for role, name in people if name]
    return f"{'; '.join(named)}." if named else "Chưa ghi chủ tọa, thư ký của hội nghị."


def _presidium(board: Board) -> Panel:
    words = presidium_words(board)
    if not board.runs:
        return Panel(lead=words)
    return _linked(board.conference.year, "conferences:change", "Ghi chủ tọa, thư ký", words)


def _minutes(board: Board) -> Panel:
    lead = "Biên bản lấy từ những gì đã ghi trong hội nghị."
    return replace(_linked(board.conference.year, "conferences:minutes", "Mở biên bản", lead), is_done=True)


def _handover(board: Board) -> Panel:
    election = board.elections.get(LeadershipTerm.Role.LEADER)
    winner = election.winner.name if election and election.winner else "chưa bầu"
    year = board.conference.year
    lead = f"{year.bloc.leader_word} năm {year.year + 1}: {winner}."
    if not board.runs:
        return Panel(lead=lead, is_done=True)
    return replace(_linked(year, "conferences:handover", "Mở trang bàn giao", lead), is_done=True)


def preparation_of(board: Board) -> tuple[tuple[str, str, str], ...]:
    """Return what is to be prepared before the meeting: label, where it stands, and the path of its page."""
    year = board.conference.year
    drafted, _ = report_papers(year)
    proposed = [role for role in ROLE_PATHS if role in board.elections]
    return (
        (
            "Đại biểu các đơn vị",
            f"{count(board.presence.members - len(board.presence.waiting))}/{count(board.presence.members)} đơn vị đã xác nhận",
            _path(year, "conferences:attendance"),
        ),
        ("Chương trình", f"{count(len(board.steps))} nội dung", _path(year, "conferences:agenda")),
        (
            "Dự thảo Báo cáo tổng kết",
            "Đã in" if drafted and drafted.pdf_id else "Chưa in",
            _path(year, "conferences:report"),
        ),
        ("Bảng tổng hợp kết quả chấm điểm", "Xem số liệu hiện tại", _path(year, "scoring:board")),
        ("Danh sách đưa ra bình xét", "Xem danh sách dự kiến", _path(year, "awards:board")),
        (
            f"Giới thiệu đơn vị bầu {year.bloc.leader_word}, {year.bloc.deputy_word}",
            f"Đã giới thiệu {count(len(proposed))}/02 chức danh",
            election_path(year, LeadershipTerm.Role.LEADER),
        ),
        (f"Giao ước thi đua năm {year.year + 1}", "Xem văn bản", _path(year, "pledges:board")),
    )


def outcome_of(board: Board) -> tuple[Fact, ...]:
    """Return what became of the meeting: attendance, the report, the peer review, the election, the pledge."""
    year = board.conference.year
    adopted = [step.note for step in board.steps if step.item.kind == Kind.REPORT and step.item.votes_of is not None]
    review, pledge = _review(year), _pledge(year)
    facts = [("Đại biểu", f"{board.presence.sentence}, {board.presence.verdict}")]
    facts += [("Báo cáo tổng kết", note) for note in adopted]
    facts.append(("Bình xét, đề nghị khen thưởng", ", ".join(value for _, value in reversed(review.facts)).lower()))
    facts += [
        (f"{role_word(year, role)} năm {year.year + 1}", _standing_of(board.elections.get(role))) for role in ROLE_PATHS
    ]
    signed = f"{pledge.figure} đơn vị đã ký" if pledge.figure else pledge.lead.removesuffix(".")
    facts.append((f"Giao ước thi đua năm {year.year + 1}", signed))
    return tuple(facts)
