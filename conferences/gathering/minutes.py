"""The minutes of a meeting as one frozen object: what happened is gathered from the records, only the prose is written."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

from awards.queries.years import nominations_for_report
from blocs.models import BlocYear
from blocs.text import count, date, hour, long_date, percent
from conferences.gathering.heads import leading_units, letterhead_of, person, subject_of
from conferences.models import AgendaItem, Attendance, Conference, MinutesConfirmation
from conferences.papers import listed
from conferences.queries.board import next_year
from conferences.queries.elections import elections_of, role_word
from conferences.queries.meetings import attendances_of, items_of, presence_of
from documents.papers import Annex, Column, Minutes, Section, Signer, Table, digest_of, pack
from pledges.queries import pledge_of, unsigned_units
from voting.models import Round
from voting.queries import result_view

Kind = AgendaItem.Kind
HONORIFIC = "đồng chí"
ROMAN = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII", "XIII", "XIV", "XV")
DOTS = "……………………"


@dataclass(frozen=True)
class Part:
    """One part of the minutes: facts of the records, locked, and at most one free text with its default."""

    heading: str
    facts: tuple[str, ...] = ()
    key: str = ""
    label: str = ""
    prose: str = ""
    items: tuple[str, ...] = ()
    after: tuple[str, ...] = ()


@dataclass(frozen=True)
class Record:
    """What the minutes are gathered from, read once."""

    conference: Conference
    items: tuple[AgendaItem, ...]
    attendances: tuple[Attendance, ...]
    written: dict[str, str]

    @property
    def year(self) -> BlocYear:
        """The bloc year of the meeting."""
        return self.conference.year

    def of(self, *kinds: str) -> list[AgendaItem]:
        """The items of these kinds that were held, in order."""
        return [item for item in self.items if item.kind in kinds and item.state != AgendaItem.State.TODO]

    def text(self, key: str, *kinds: str) -> str:
        """The free text of a part: as written, or what was noted at its items."""
        if key in self.written:
            return self.written[key]
        return "\n".join(item.notes for item in self.of(*kinds) if item.notes)


def record_of(conference: Conference) -> Record:
    """Return what the minutes of a meeting rest on. Queries do not grow with the number of members."""
    written = dict(conference.minutes.values_list("key", "text"))
    return Record(conference, tuple(items_of(conference)), tuple(attendances_of(conference)), written)


def minutes_parts(record: Record) -> tuple[Part, ...]:
    """Return the parts of the minutes in the order of the paper; those whose items were not held are left out."""
    makers: tuple[Callable[[Record], Part | None], ...] = (
        _opening, _report, _discussion, _directing, _review, _election, _pledge, _handover, _conclusion,
    )  # fmt: skip
    parts = [part for part in (make(record) for make in makers) if part is not None]
    named = [replace(part, heading=f"{ROMAN[place]}. {part.heading}") for place, part in enumerate(parts)]
    return (_beginning(record), *named, _ending(record))


def _voted(items: list[AgendaItem], what: str) -> Iterator[str]:
    """The sentence of each vote by hand: "Hội nghị biểu quyết thông qua … với 07/07 đơn vị nhất trí (đạt 100%)."."""
    for item in items:
        if item.votes_for is not None and item.votes_of:
            share = percent(item.votes_for, item.votes_of)
            agreed = f"{count(item.votes_for)}/{count(item.votes_of)} đơn vị nhất trí (đạt {share})"
            yield f"Hội nghị biểu quyết {what} với {agreed}."


def _beginning(record: Record) -> Part:
    """Time, place, who attended, whether there were enough, who presided."""
    conference = record.conference
    opened = conference.opened_at
    start = f"{hour(opened)}, {long_date(opened.date())}" if opened else DOTS
    place = ", ".join(part for part in (conference.place, conference.address) if part) or DOTS
    presence = presence_of(conference, list(record.attendances))
    facts = (
        f"Thời gian bắt đầu: {start}.",
        f"Địa điểm: {place}.",
        "Thành phần tham dự:",
    )
    verdict = f"Hội nghị {presence.verdict}"
    return Part("", facts, items=(*_guests(conference), *_members(record), verdict), after=_presidium(conference))


def _guests(conference: Conference) -> Iterator[str]:
    guests = list(conference.guests.all())
    for is_authority, label in ((True, f"Đại biểu {conference.year.bloc.authority.name}"), (False, "Khách mời")):
        rows = [str(row) for row in guests if row.is_authority == is_authority]
        if rows:
            vote = " (dự, chỉ đạo; không tham gia biểu quyết)" if is_authority else ""
            yield f"{label}{vote}: {'; '.join(rows)}"


def _members(record: Record) -> Iterator[str]:
    rows = record.attendances
    here = [row for row in rows if row.is_here]
    proxies = [row for row in rows if row.state == Attendance.State.PROXY]
    away = [row for row in rows if not row.is_here]
    sentence = f"Đơn vị thành viên: {count(len(here))}/{count(len(rows))} đơn vị có đại diện dự (danh sách kèm theo)"
    if proxies:
        names = "; ".join(f"{row.membership.short_name} ({row.name})" for row in proxies)
        sentence += f", trong đó {count(len(proxies))} đơn vị cử người được ủy quyền: {names}"
    yield sentence
    if away:
        names = "; ".join(f"{row.membership.short_name} ({row.reason or 'chưa báo lý do'})" for row in away)
        yield f"Vắng {count(len(away))} đơn vị: {names}"


def _presidium(conference: Conference) -> tuple[str, ...]:
    chair = f"Chủ trì (chủ tọa): {person(HONORIFIC, conference.chair, conference.chair_post)}"
    if conference.co_chair:
        chair += f"; đồng chủ trì: {person(HONORIFIC, conference.co_chair, conference.co_chair_post)}"
    secretary = person(HONORIFIC, conference.secretary, conference.secretary_post)
    return (f"{chair}.", f"Thư ký: {secretary}.", "Nội dung:")


def _opening(record: Record) -> Part | None:
    items = record.of(Kind.OPENING, Kind.PRESIDIUM, Kind.TEAM)
    if not items:
        return None
    who = person(HONORIFIC, record.conference.chair, record.conference.chair_post)
    facts = [f"{who[0].upper()}{who[1:]}, tuyên bố lý do, giới thiệu đại biểu và chương trình hội nghị."]
    facts += _voted(record.of(Kind.OPENING), "thông qua chương trình")
    facts += _voted(record.of(Kind.PRESIDIUM), "thông qua chủ tọa, thư ký")
    team = list(record.conference.tellers.select_related("membership"))
    if team:
        facts.append(
            "Tổ kiểm phiếu gồm: " + "; ".join(f"{row} ({row.get_role_display().lower()})" for row in team) + "."
        )
    facts += _voted(record.of(Kind.TEAM), "thông qua Tổ kiểm phiếu")
    return Part("KHAI MẠC:", tuple(facts))


def _report(record: Record) -> Part | None:
    items = record.of(Kind.REPORT, Kind.SCORES)
    if not items:
        return None
    conference = record.conference
    heard = [item.title[0].lower() + item.title[1:] for item in items]
    reader = person(HONORIFIC, conference.reader, conference.reader_post)
    facts = (f"Hội nghị nghe {reader}, {listed(heard)}.", *_voted(record.of(Kind.SCORES), "thông qua bảng tổng hợp"))
    return Part("BÁO CÁO:", facts)


def _discussion(record: Record) -> Part | None:
    held = record.of(Kind.DISCUSSION)
    adopted = tuple(_voted(record.of(Kind.REPORT), "thông qua báo cáo"))
    if not held and not adopted:
        return None
    remarks = record.text("remarks", Kind.REPORT)
    after = (*adopted, f"Nội dung cần hoàn thiện: {remarks}") if remarks else adopted
    return Part(
        "THẢO LUẬN:", key="discussion", label="Ý kiến phát biểu", after=after,
        prose=record.text("discussion", Kind.DISCUSSION),
    )  # fmt: skip


def _directing(record: Record) -> Part | None:
    if not record.of(Kind.DIRECTING, Kind.RESPONSE):
        return None
    speakers = [str(row) for row in record.conference.guests.all() if row.directs]
    facts = (f"{'; '.join(speakers)} phát biểu chỉ đạo.",) if speakers else ()
    said = record.text("directing", Kind.DIRECTING, Kind.RESPONSE)
    return Part("PHÁT BIỂU CHỈ ĐẠO:", facts, key="directing", label="Ý kiến chỉ đạo, tiếp thu, phân công", prose=said)


def _review(record: Record) -> Part | None:
    if not record.of(Kind.REVIEW):
        return None
    rows = nominations_for_report(record.year)
    items = tuple(
        f"{row.award} cho {row.printed_name}: {row.votes} đơn vị nhất trí (đạt {row.percent})" for row in rows
    )
    found = f"Kết quả: thống nhất đề nghị {record.year.bloc.authority.decider_in_full} xem xét, tặng (có biên bản bình xét kèm theo):"
    none = "Không có đề nghị khen thưởng được đưa ra bình xét."
    return Part("BÌNH XÉT THI ĐUA, XÉT KHEN THƯỞNG:", (found,) if items else (none,), items=items)


def _election(record: Record) -> Part | None:
    elections = elections_of(record.year)
    if not record.of(Kind.ELECTION) or not elections:
        return None
    facts: list[str] = []
    for role, election in elections.items():
        rounds = election.poll.rounds.select_related("poll__year").order_by("number") if election.poll else []
        word = f"{role_word(record.year, role)} năm {record.year.year + 1}"
        for round_ in rounds:
            facts += _round(round_, word)
        if election.settled_by in {election.SettledBy.LOT, election.SettledBy.CHAIR}:
            manner = election.get_settled_by_display().lower()
            facts.append(f"Xác định khi bằng phiếu: {manner}, {election.settled_who}; {election.settled_reason}.")
    bloc = record.year.bloc
    return Part(f"BẦU {bloc.leader_word.upper()}, {bloc.deputy_word.upper()} NĂM {record.year.year + 1}:", tuple(facts))


def _round(round_: Round, word: str) -> Iterator[str]:
    """One round as its rules let it be published: who stood, how, the arithmetic, the conclusion."""
    names = listed([option.label for option in round_.options.all()])
    again = f" (lần {round_.number})" if round_.number > 1 else ""
    yield f"Bầu {word}{again}: đơn vị được giới thiệu gồm {names}; hình thức: {round_.manner.lower()}."
    yield from result_view(round_).sentences


def _pledge(record: Record) -> Part | None:
    following = next_year(record.year)
    pledge = pledge_of(following) if following else None
    if not record.of(Kind.PLEDGE) or following is None or pledge is None:
        return None
    members = following.memberships.count()
    left = [row.short_name for row in unsigned_units(following)] if pledge.is_frozen else []
    signed = pledge.signatures.count()
    facts = [f"Đại diện {count(signed)}/{count(members)} đơn vị đã ký Giao ước thi đua năm {following.year}."]
    if left:
        by = f" trước {long_date(pledge.sign_by)}" if pledge.sign_by else ""
        facts.append(f"Các đơn vị còn lại ký{by}: {listed(left)}.")
    return Part("KÝ KẾT GIAO ƯỚC THI ĐUA:", tuple(facts))


def _handover(record: Record) -> Part | None:
    winner = next((row.winner for role, row in elections_of(record.year).items() if role == "leader"), None)
    if not record.of(Kind.HANDOVER) or winner is None:
        return None
    word, (leader, _) = record.year.bloc.leader_word, leading_units(record.year)
    old = next(
        (row.membership.name for row in record.attendances if leader and row.membership.unit_id == leader.pk), DOTS
    )
    fact = f"{old} bàn giao nhiệm vụ {word} cho {winner.name} (có biên bản bàn giao kèm theo)."
    return Part(f"BÀN GIAO NHIỆM VỤ {word.upper()}:", (fact,))


def _conclusion(record: Record) -> Part:
    said = record.text("conclusion", Kind.MINUTES, Kind.OTHER)
    return Part("KẾT LUẬN:", key="conclusion", label="Kết luận của chủ tọa", prose=said)


def _ending(record: Record) -> Part:
    closed = record.conference.closed_at
    end = f"{hour(closed)}, {long_date(closed.date())}" if closed else DOTS
    adopted = _voted(record.of(Kind.MINUTES), "thông qua Biên bản")
    return Part("", (*adopted, f"Hội nghị kết thúc vào {end}./."))


def gather_minutes(conference: Conference, *, draft: bool = False) -> Minutes:
    """Return the minutes of a meeting: every figure from its records, prose as written, signed by secretary and chair.

    Same records, same object; confirmations are printed in the places of the signatures and are no part of the digest.
    """
    record = record_of(conference)
    leader, _ = leading_units(conference.year)
    authority = conference.year.bloc.authority.name
    return Minutes(
        title="Biên bản",
        subject=subject_of(conference),
        letterhead=letterhead_of(conference.year, leader, "BB", dated=False),
        draft=draft,
        demo=conference.year.is_demonstration,
        sections=tuple(_section(part) for part in minutes_parts(record)),
        annexes=(Annex(number="I", title="Danh sách đại biểu các đơn vị thành viên", table=_delegates(record)),),
        signers=(
            Signer(lines=("THƯ KÝ",), name=conference.secretary),
            Signer(lines=("CHỦ TỌA",), name=conference.chair, post=conference.chair_post),
        ),
        recipients=(
            f"Các đơn vị thành viên {conference.year.bloc.bloc_word};",
            f"{authority} (để b/c);",
            "Lưu: VT, Hồ sơ.",
        ),
    )


def _section(part: Part) -> Section:
    """A part as it is printed: facts first, then the prose paragraph by paragraph, then what follows from a vote."""
    prose = tuple(line for line in part.prose.splitlines() if line.strip())
    first = part.facts or prose[:1]
    if part.heading and not first:
        first = (DOTS,) if part.key and not part.after else ("",)
    rest = prose if part.facts else prose[1:]
    paragraphs = (*first, *rest) if not part.items else first
    closing = part.after if not part.items else (*rest, *part.after)
    return Section(
        heading=part.heading, paragraphs=paragraphs, items=part.items, closing=closing, runs_in=bool(part.heading)
    )


def _delegates(record: Record) -> Table:
    columns = (
        Column(title="TT", centred=True, width=10),
        Column(title="Đơn vị"),
        Column(title="Họ và tên", width=40),
        Column(title="Chức vụ", width=30),
        Column(title="Tư cách", width=30),
    )
    rows = tuple(
        (str(place), row.membership.name, row.name, row.title, _standing(row))
        for place, row in enumerate(record.attendances, start=1)
    )
    return Table(columns=columns, rows=rows)


def _standing(row: Attendance) -> str:
    if row.state == Attendance.State.PROXY:
        return f"Ủy quyền ({row.paper})" if row.paper else "Ủy quyền"
    if row.is_here:
        return "Có mặt"
    return f"Vắng: {row.reason}" if row.reason else "Vắng"


def minutes_digest(conference: Conference) -> str:
    """Return the digest of the minutes as they read now: what chair and secretary confirm."""
    return digest_of(pack(gather_minutes(conference)))


def confirmed(paper: Minutes, confirmations: list[MinutesConfirmation]) -> Minutes:
    """Return the minutes with each confirmation in the place of its signature; never called a digital signature."""
    notes = {
        row.capacity: f"Đã xác nhận trên hệ thống lúc {row.at:%H:%M} ngày {date(row.at.date())}; mã kiểm tra {row.digest[:12]}"
        for row in confirmations
    }
    capacity = MinutesConfirmation.Capacity
    secretary, chair = paper.signers
    return replace(
        paper,
        signers=(
            replace(secretary, note=notes.get(capacity.SECRETARY, "")),
            replace(chair, note=notes.get(capacity.CHAIR, "")),
        ),
    )
