"""The minutes of the tally as one frozen object: who counted, what came back, the arithmetic, the conclusion."""

from blocs.text import count, hour, long_date
from conferences.gathering.heads import leading_units, letterhead_of, person
from conferences.models import Conference, Election, Teller
from conferences.queries.elections import role_word
from documents.papers import Column, Minutes, Section, Signer, Table
from voting.models import Round
from voting.queries import result_view

HONORIFIC = "đồng chí"
DOTS = "……………………"
ORDINALS = {2: "hai", 3: "ba", 4: "tư", 5: "năm"}


def gather_tally(election: Election, round_: Round) -> Minutes:
    """Return the minutes of one counted round, with no more figures than the round publishes. Same records, same object."""
    year = election.year
    conference = year.conferences.filter(kind=Conference.Kind.ANNUAL).first()
    team = list(conference.tellers.select_related("membership")) if conference else []
    leader, _ = leading_units(year)
    again = f" (lần thứ {ORDINALS.get(round_.number, round_.number)})" if round_.number > 1 else ""
    return Minutes(
        title="Biên bản",
        subject=f"Kiểm phiếu bầu {role_word(year, election.role)} năm {year.year + 1}{again}",
        letterhead=letterhead_of(year, leader, "BB", dated=False),
        demo=year.is_demonstration,
        sections=(_opening(round_, conference, team), *_result(round_)),
        signers=(
            Signer(lines=("THƯ KÝ",), name=_named(team, Teller.Role.SECRETARY)),
            Signer(lines=("TỔ TRƯỞNG TỔ KIỂM PHIẾU",), name=_named(team, Teller.Role.HEAD)),
        ),
        confirmed_by=Signer(lines=("CHỦ TỌA HỘI NGHỊ",), name=conference.chair if conference else ""),
    )


def _named(team: list[Teller], role: str) -> str:
    return next((row.name for row in team if row.role == role), "")


def _opening(round_: Round, conference: Conference | None, team: list[Teller]) -> Section:
    """When, where and by whom the ballots were counted."""
    closed = round_.closed_at
    at = f"{hour(closed)}, {long_date(closed.date())}" if closed else DOTS
    place = (conference.place if conference else "") or DOTS
    members = tuple(
        f"{person(HONORIFIC, row.name, row.title)}, {row.membership.name}: {row.get_role_display()}" for row in team
    )
    opened = f"{hour(round_.opened_at)}" if round_.opened_at else DOTS
    held = (
        f"Bỏ phiếu trên hệ thống, mở lúc {opened}, kết thúc lúc {hour(closed) if closed else DOTS}."
        if round_.is_cast_here
        else f"Hình thức: {round_.manner.lower()}."
    )
    start = f"Vào {at}, tại {place}, Tổ kiểm phiếu được Hội nghị biểu quyết thông qua gồm:"
    none = f"Tổ kiểm phiếu: {DOTS}"
    return Section(
        paragraphs=(start,) if members else (f"Vào {at}, tại {place}.", none),
        items=members,
        closing=(
            "Người của đơn vị được giới thiệu trong danh sách bầu không tham gia Tổ kiểm phiếu.",
            f"{held} Tổ kiểm phiếu đã phổ biến thể lệ và kiểm phiếu với kết quả như sau:",
        ),
    )


def _result(round_: Round) -> tuple[Section, ...]:
    shown = result_view(round_, before_publishing=False)
    entitled = round_.roll.count()
    there = round_.roll.filter(attended__in=("present", "proxy")).count()
    roll = f"Số đơn vị có quyền bỏ phiếu: {count(entitled)}"
    present = (f"Số đơn vị có mặt khi kết thúc bỏ phiếu: {count(there)}",) if there else ()
    table = None
    if shown.rows:
        columns = (
            Column(title="TT", centred=True, width=10),
            Column(title="Đơn vị được giới thiệu"),
            Column(title="Đồng ý", centred=True, width=20),
            Column(title="Không đồng ý", centred=True, width=20),
            Column(title="Tỷ lệ (%)", figures=True, width=20),
        )
        rows = tuple(
            (str(n), row.label, row.approve, row.reject if shown.with_answers else "", row.share.removesuffix("%"))
            for n, row in enumerate(shown.rows, start=1)
        )
        table = Table(columns=columns, rows=rows)
    sentences = tuple(line for line in shown.sentences if line)
    return (
        Section(items=(roll, *present), table=table),
        Section(paragraphs=(*sentences, "Biên bản đã công bố trước Hội nghị./.")),
    )
