"""The board of the year's nominations: members by rank with what speaks against them, awards with their places."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from django.urls import reverse

from awards.eligibility import Objection, Rule
from awards.models import Award, BlockingCase, Nomination
from awards.models.submissions import printed_score
from awards.queries.candidates import Eligibility, eligibility
from awards.queries.earlier import Given, given_before
from blocs import text
from blocs.models import BlocYear
from blocs.standing import leadership_of
from voting.models import Poll

SHOWN = frozenset({Rule.BLOCKED, Rule.NO_SCORE, Rule.DECLINED, Rule.CONDITION})
State = Nomination.State


@dataclass(frozen=True)
class Offer:
    """A button: put this member on the list for this award. `is_next`: the rules' own next choice."""

    label: str
    url: str
    is_next: bool = False


@dataclass(frozen=True)
class BoardRow:
    """One member: rank, total, the awards it is nominated for, the buttons, and why not."""

    rank: str
    name: str
    total: str
    held: tuple[str, ...]
    offers: tuple[Offer, ...]
    reasons: tuple[Objection, ...]
    is_leader: bool
    is_mine: bool


@dataclass(frozen=True)
class Card:
    """A nomination in its column."""

    nomination: Nomination
    rank: str
    name: str
    url: str
    withdraw_url: str
    notes: tuple[str, ...]


@dataclass(frozen=True)
class Column:
    """An award: its places, its nominations, who comes next, and where the number stands."""

    award: Award
    left: str
    limit: str
    cards: tuple[Card, ...]
    free: int
    slot: str
    rule: str


@dataclass(frozen=True)
class Board:
    """Everything that the board shows, ready to print."""

    lead: str
    rows: tuple[BoardRow, ...]
    columns: tuple[Column, ...]
    gone: tuple[Nomination, ...]
    planned: tuple[Nomination, ...]
    agreed: tuple[Nomination, ...]
    poll: Poll | None
    cases: tuple[BlockingCase, ...]
    members: tuple[tuple[int, str], ...]
    next_sentence: str

    @property
    def vote_heading(self) -> str:
        """What putting the list to the vote means, as its confirmation says it."""
        return f"Đưa ra bình xét {text.count(len(self.planned))} đề nghị"

    @property
    def vote_effects(self) -> list[str]:
        """What putting the list to the vote does."""
        names = [f"{row.award.name}: {row.membership.name}" for row in self.planned]
        told = "Các đơn vị thành viên nhận thông báo; danh sách đang bình xét không rút, không sửa được."
        return [*names, told]


def board(year: BlocYear, at: dt.datetime, *, leads: bool, units: Iterable[int] = ()) -> Board:
    """Return the board of a year at a moment; `leads` adds the leader's buttons, `units` marks the reader's own rows."""
    now = eligibility(year, at)
    earlier = given_before(year)
    found = _ordered(now.nominations)
    polls = sorted((row.poll for row in found if row.poll), key=lambda poll: poll.pk)
    columns = tuple(_column(year, award, now, found, earlier) for award in now.awards)
    return Board(
        lead=_lead(now, columns),
        rows=tuple(_rows(year, now, leads=leads, units=frozenset(units))),
        columns=columns,
        gone=tuple(row for row in found if not row.is_held),
        planned=tuple(row for row in found if row.state == State.PLANNED),
        agreed=tuple(row for row in found if row.state == State.AGREED),
        poll=polls[-1] if polls else None,
        cases=tuple(now.cases),
        members=tuple((row.membership, row.name) for row in now.ranking.members),
        next_sentence=_next_sentence(year, found),
    )


def _ordered(nominations: list[Nomination]) -> list[Nomination]:
    return sorted(
        nominations, key=lambda row: (row.award.position, row.rank or len(nominations), row.membership.position)
    )


def _lead(now: Eligibility, columns: tuple[Column, ...]) -> str:
    if not now.ranking.places:
        return "Chưa có điểm thống nhất nên chưa lập được danh sách đề nghị."
    free = [f"{text.count(column.free)} {column.award.short_name}" for column in columns if column.free]
    if not free:
        return "Danh sách đã đủ số lượng được đề nghị."
    following = _next(now, None)
    after = f" Đơn vị xếp hạng tiếp theo: {following}." if following else ""
    return f"Còn {', '.join(free)} được đề nghị.{after}"


def _next_sentence(year: BlocYear, rows: list[Nomination]) -> str:
    """What the list waits for, where the reader has nothing to do."""
    held = [row for row in rows if row.is_held]
    if not held:
        return f"{year.bloc.leader_word} lập danh sách dự kiến sau khi điểm được thống nhất."
    if all(row.state in Nomination.RESULTS for row in held):
        return "Đã có kết quả khen thưởng."
    if any(row.state in Nomination.SENT for row in held):
        return f"Đang chờ kết quả của {year.bloc.authority}."
    return f"{year.bloc.leader_word} đưa danh sách ra bình xét, rồi trình {year.bloc.authority}."


def _next(now: Eligibility, award: Award | None) -> str:
    """The best-ranked member that nothing bars and that is on no list; with its total when an award asks."""
    for candidate in now.candidates.values():
        if candidate.is_considered and not candidate.held and not candidate.declined:
            return f"{candidate.name} ({printed_score(candidate.total)} điểm)" if award else candidate.name
    return ""


def _rows(year: BlocYear, now: Eligibility, *, leads: bool, units: frozenset[int]) -> Iterable[BoardRow]:
    leader = leadership_of(year).leader
    waits_for_first = leads and not year.is_past
    for candidate in now.candidates.values():
        found = {award.pk: now.why_not(candidate.key, award) for award in now.awards}
        first = waits_for_first and not candidate.held
        offers = _offers(year, now, candidate.key, found, first=first) if leads and not year.is_past else ()
        waits_for_first = waits_for_first and not (first and offers)
        unit = now.units[candidate.key]
        yield BoardRow(
            rank=_rank(now, candidate.key),
            name=candidate.name,
            total=printed_score(candidate.total),
            held=tuple(award.short_name for award in now.awards if award.code in dict(candidate.held)),
            offers=offers,
            reasons=_reasons(found.values()) if now.ranking.places else (),
            is_leader=unit == leader,
            is_mine=unit in units,
        )


def _rank(now: Eligibility, key: int) -> str:
    place = now.ranking.places.get(key)
    return "–" if place is None else f"{place.rank}*" if place.shared else str(place.rank)


def _offers(
    year: BlocYear, now: Eligibility, key: int, found: dict[int, tuple[Objection, ...]], *, first: bool
) -> tuple[Offer, ...]:
    possible = [award for award in now.awards if not any(objection.hard for objection in found[award.pk])]
    where = {"bloc": year.bloc.code, "year": year.year, "membership": key}
    return tuple(
        Offer(
            award.short_name,
            reverse("awards:propose", kwargs=where | {"award": award.code}),
            is_next=first and place == 0,
        )
        for place, award in enumerate(possible)
    )


def _reasons(found: Iterable[tuple[Objection, ...]]) -> tuple[Objection, ...]:
    """What is worth a line under the member: once each, and nothing that is the same for everybody."""
    seen = {
        objection.sentence: objection for objections in found for objection in objections if objection.rule in SHOWN
    }
    hard = [objection for objection in seen.values() if objection.hard]
    return tuple(hard or seen.values())


def _column(
    year: BlocYear, award: Award, now: Eligibility, nominations: list[Nomination], earlier: dict[int, list[Given]]
) -> Column:
    places = now.places[award.pk]
    cards = tuple(_card(year, row, earlier) for row in nominations if row.award_id == award.pk and row.is_held)
    following = _next(now, award)
    slot = f"Xếp hạng tiếp theo: {following}." if following else ""
    return Column(
        award=award,
        left=text.count(places.left),
        limit="–" if places.limit is None else text.count(places.limit),
        cards=cards,
        free=places.left,
        slot=f"Còn {text.count(places.left)} đề nghị. {slot}" if places.left else "",
        rule=_rule(year, places.limit, award, places.source),
    )


def _rule(year: BlocYear, limit: int | None, award: Award, source: str) -> str:
    word = year.bloc.bloc_word
    if limit is None:
        return f"Chưa ghi số lượng {word} được đề nghị."
    return f"{word} được đề nghị tối đa {text.count(limit)} {award.short_name} ({source})."


def _card(year: BlocYear, nomination: Nomination, earlier: dict[int, list[Given]]) -> Card:
    where = {"bloc": year.bloc.code, "year": year.year, "pk": nomination.pk}
    before = [row.words for row in earlier.get(nomination.membership.unit_id, [])]
    notes = [f"Khen thưởng 03 năm gần nhất: {', '.join(before) or 'chưa ghi nhận'}."]
    if nomination.voted_of:
        notes.insert(0, f"{nomination.votes_text} đơn vị nhất trí ({nomination.percent_text}).")
    if nomination.override_reason:
        notes.append(f"Lý do vẫn đề nghị: {nomination.override_reason}")
    if nomination.for_own_unit:
        notes.append(f"{year.bloc.leader_word} đề nghị cho đơn vị mình.")
    return Card(
        nomination=nomination,
        rank=str(nomination.rank or "–"),
        name=nomination.nominee,
        url=reverse("awards:nomination", kwargs=where),
        withdraw_url=reverse("awards:withdraw", kwargs=where)
        if nomination.state in {State.PLANNED, State.AGREED}
        else "",
        notes=tuple(notes),
    )
