"""What the room sees on the wall. The view model has no field for a name beside a choice, nor for a count not published."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.crypto import constant_time_compare, salted_hmac

from awards.queries.polls import peer_review_of
from blocs.models import BlocYear
from blocs.text import count
from conferences.models import AgendaItem, Attendance, Conference, Election
from conferences.queries.board import next_year, start_of
from conferences.queries.elections import elections_of, role_word
from conferences.queries.meetings import Presence, attendances_of, items_of, presence_of
from pledges.queries import pledge_of
from voting.models import Round
from voting.queries import latest_round, result_view, roll_view

Kind = AgendaItem.Kind


@dataclass(frozen=True)
class Screen:
    """One wall: a heading, sentences, one big figure of how many units have and have not, what comes next."""

    meeting: str
    heading: str
    lines: tuple[str, ...] = ()
    figure: str = ""
    figure_text: str = ""
    seats: tuple[bool, ...] = ()
    foot: str = ""
    is_demonstration: bool = False


def token_of(conference: Conference) -> str:
    """Return the token of the meeting's wall, computed from the site's key; empty when no link is open."""
    if not conference.screen:
        return ""
    mark = salted_hmac("conferences.screen", f"{conference.pk}:{conference.screen}", algorithm="sha256").hexdigest()
    return f"{conference.pk}-{mark[:40]}"


def conference_behind(token: str) -> Conference | None:
    """Return the meeting whose open link this token is. One query."""
    key, _, _ = token.partition("-")
    if not key.isdecimal() or len(key) > 12:  # noqa: PLR2004 - no key is longer
        return None
    rows = Conference.objects.select_related("year__bloc__authority").exclude(screen="")
    found = rows.filter(pk=int(key)).first()
    return found if found is not None and constant_time_compare(token_of(found), token) else None


def screen_of(conference: Conference) -> Screen:
    """Return what the wall shows now."""
    items = items_of(conference)
    open_item = next((item for item in items if item.state == AgendaItem.State.OPEN), None)
    rows = attendances_of(conference)
    presence = presence_of(conference, rows)
    if open_item is None or conference.state == Conference.State.PAUSED or conference.is_over:
        return _between(conference, rows)
    heading, lines, figure, text, seats = _shown(conference, open_item, presence, rows)
    if open_item.votes_of is not None and open_item.votes_for is not None:
        lines = (*lines, f"{count(open_item.votes_for)}/{count(open_item.votes_of)} đơn vị nhất trí.")
    return _screen(conference, heading, lines, figure, text, seats, foot=_next(items, open_item))


def _screen(  # noqa: PLR0917 - the parts of one wall
    conference: Conference,
    heading: str,
    lines: Sequence[str] = (),
    figure: str = "",
    figure_text: str = "",
    seats: Sequence[bool] = (),
    foot: str = "",
) -> Screen:
    demo = conference.year.is_demonstration
    return Screen(conference.title, heading, tuple(lines), figure, figure_text, tuple(seats), foot, demo)


def _between(conference: Conference, rows: list[Attendance]) -> Screen:
    """Before the meeting, in a pause or between two items, and after the end."""
    if conference.is_over:
        return _screen(conference, "Hội nghị đã bế mạc")
    if conference.state == Conference.State.PAUSED:
        return _screen(conference, "Tạm nghỉ")
    place = ", ".join(part for part in (conference.place, conference.address) if part)
    seats = [row.is_here for row in rows]
    lines = (start_of(conference), place) if place else (start_of(conference),)
    return _screen(conference, conference.year.bloc.name, lines, _of(seats), "đơn vị có mặt", seats)


def _next(items: list[AgendaItem], open_item: AgendaItem) -> str:
    after = [item for item in items if item.position > open_item.position and item.state == AgendaItem.State.TODO]
    return f"Tiếp theo: {after[0].title}" if after else ""


def _of(seats: Sequence[bool]) -> str:
    return f"{count(sum(seats))}/{count(len(seats))}"


Shown = tuple[str, tuple[str, ...], str, str, Sequence[bool]]


def _shown(conference: Conference, item: AgendaItem, presence: Presence, rows: list[Attendance]) -> Shown:
    """Heading, sentences, figure with its words, and seats of the open item."""
    match item.kind:
        case Kind.RECEPTION:
            seats = sorted((row.is_here for row in rows), reverse=True)
            lines = (presence.verdict[0].upper() + presence.verdict[1:] + ".",)
            return item.title, lines, _of(seats), "đơn vị có mặt", seats
        case Kind.REVIEW:
            return _polled(item.title, _round_of(peer_review_of(conference.year).poll), ())
        case Kind.ELECTION:
            return _election(conference, item)
        case Kind.PLEDGE:
            return _pledge(conference.year, item)
    return item.title, _said(conference, item), "", "", ()


def _said(conference: Conference, item: AgendaItem) -> tuple[str, ...]:
    """The people of an item, or who performs it."""
    match item.kind:
        case Kind.PRESIDIUM:
            return _presidium(conference)
        case Kind.TEAM:
            return tuple(f"{row.get_role_display()}: {row}" for row in conference.tellers.select_related("membership"))
        case Kind.REPORT:
            return _person("Trình bày", conference.reader, conference.reader_post) or _performed(item)
    return _performed(item)


def _performed(item: AgendaItem) -> tuple[str, ...]:
    return (item.performer,) if item.performer else ()


def _person(role: str, name: str, post: str) -> tuple[str, ...]:
    return (f"{role}: {', '.join(part for part in (name, post) if part)}",) if name else ()


def _presidium(conference: Conference) -> tuple[str, ...]:
    return (
        *_person("Chủ tọa", conference.chair, conference.chair_post),
        *_person("Đồng chủ tọa", conference.co_chair, conference.co_chair_post),
        *_person("Thư ký", conference.secretary, conference.secretary_post),
    )


def _round_of(poll: object) -> Round | None:
    return latest_round(poll) if poll else None  # type: ignore[arg-type]


def _election(conference: Conference, item: AgendaItem) -> Shown:
    """The role that was voted on last; before any vote, who is to be elected."""
    year = conference.year
    held: list[tuple[Round, Election]] = []
    for election in elections_of(year).values():
        round_ = _round_of(election.poll)
        if round_ is not None:
            held.append((round_, election))
    if not held:
        return item.title, _performed(item), "", "", ()
    round_, election = max(held, key=lambda pair: (pair[0].opened_at is not None, pair[0].opened_at))
    names = ", ".join(option.label for option in round_.options.all())
    title = f"Bầu {role_word(year, election.role)} năm {year.year + 1}"
    again = f" (lần {round_.number})" if round_.number > 1 else ""
    return _polled(f"{title}{again}", round_, (f"Đơn vị được giới thiệu: {names}",))


def _polled(heading: str, round_: Round | None, asked: tuple[str, ...]) -> Shown:
    """A vote: while it is open only how many have cast; what was decided only once it is published."""
    if round_ is None:
        return heading, asked, "", "", ()
    if round_.state in {Round.State.PUBLISHED, Round.State.NO_RESULT}:
        result = result_view(round_)
        figures = [row.sentence for row in result.rows]
        return heading, (result.conclusion, *figures), "", "", ()
    if round_.state != Round.State.OPEN:
        return heading, (*asked, "Tổ kiểm phiếu đang kiểm phiếu."), "", "", ()
    if not round_.is_cast_here:
        return heading, (*asked, f"{round_.manner}."), "", "", ()
    roll = roll_view(round_)
    seats = sorted((voted for _, voted in roll.rows), reverse=True)
    note = "Bỏ phiếu kín. Kết quả được công bố sau khi kiểm phiếu." if round_.is_secret else f"{round_.manner}."
    return heading, (*asked, note), _of(seats), "đơn vị đã bỏ phiếu", seats


def _pledge(year: BlocYear, item: AgendaItem) -> Shown:
    following = next_year(year)
    pledge = pledge_of(following) if following else None
    if following is None or pledge is None or not pledge.is_frozen:
        return item.title, _performed(item), "", "", ()
    signed, of = pledge.signatures.count(), following.memberships.count()
    seats = [place < signed for place in range(of)]
    return f"Ký kết Giao ước thi đua năm {following.year}", (), _of(seats), "đơn vị đã ký", seats
