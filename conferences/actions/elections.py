"""The election of next year's leader and deputy leader: proposing, opening, counting, settling, concluding."""

import datetime as dt
from collections.abc import Mapping

from django.db import transaction

from blocs.actions.years import install_leadership, open_next_year
from blocs.audit import record
from blocs.errors import Refusal
from blocs.models import BlocYear, Membership, User
from blocs.notices import notify, officials_of, people_of
from blocs.queries.units import heir_on
from blocs.text import date, nfc
from blocs.workflow import advance
from conferences.actions.candidates import locked_election
from conferences.actions.rulings import RoundSettings, ruling_of
from conferences.models import Election
from conferences.queries.elections import candidates_of, delegates_of, present_members, role_word
from conferences.queries.places import election_path
from conferences.rules import stand_in
from scoring.actions.tables import copy_table
from voting.actions import (
    close_round,
    enter_count,
    enter_show_of_hands,
    open_next_round,
    open_round,
    publish_result,
    record_tie_break,
    set_up_poll,
)
from voting.models import Round
from voting.queries import latest_round
from voting.tally import Form, Outcome, Verdict

Votes = Mapping[str, tuple[int, int, int | None]]


class NobodyProposed(Refusal):
    """Nobody is proposed, or acclamation would have to choose among several."""


class NothingToConclude(Refusal):
    """No round was held, or it has not been counted."""


class TieUnexplained(Refusal):
    """A settled tie says who settled it and why."""

    status = 422


@transaction.atomic
def open_election(
    election: Election, *, settings: RoundSettings | None = None, by: User | None, at: dt.datetime
) -> Round:
    """Open the first round: its rules are copied, the roll is the year's members, presence is taken from the meeting.

    A single candidate is approved or rejected, several are chosen from. Without `settings`: an open vote on the system,
    more than half of the members. Raises NobodyProposed, NotNow (begun already), YearClosed.
    """
    election, settings = locked_election(election), settings or RoundSettings()
    candidates = candidates_of(election)
    _refuse_unfit(len(candidates), settings)
    present = present_members(election.year)
    round_ = open_round(
        election.poll or set_up_poll(election.year, title=str(election), by=by),
        ruling=ruling_of(election, candidates, settings, attendance_taken=present is not None),
        by=by,
        at=at,
        present=present,
        own_of={str(member.pk): member for member in candidates},
        publishes=settings.publishes,
        may_change=settings.may_change,
    )
    election = advance(election, Election.State.VOTING, poll=round_.poll)
    _tell(election, f"{election}: {_manner(round_)}. Đề nghị đại diện các đơn vị thực hiện quyền bỏ phiếu.", "ballot")
    record(
        "open_election",
        election,
        by=by,
        year=election.year_id,
        round=round_.pk,
        role=election.role,
        candidates=[member.unit_id for member in candidates],
        **stand_in(by, election.year),
    )
    return round_


def _refuse_unfit(candidates: int, settings: RoundSettings) -> None:
    if candidates == 0:
        raise NobodyProposed(
            "Chưa bắt đầu bỏ phiếu được: chưa có đơn vị được giới thiệu. Đề nghị giới thiệu ít nhất 01 đơn vị."
        )
    if candidates > 1 and settings.form == Form.ACCLAMATION:
        raise NobodyProposed("Chưa bắt đầu được: suy tôn chỉ áp dụng khi giới thiệu 01 đơn vị.")


def _manner(round_: Round) -> str:
    return f"bắt đầu {round_.act}, {round_.manner.lower()}"


def round_in_hand(election: Election) -> Round:
    """Return the election's latest round; NothingToConclude when none was opened."""
    round_ = latest_round(election.poll) if election.poll else None
    if round_ is None:
        raise NothingToConclude("Chưa có lần bỏ phiếu nào. Đề nghị bắt đầu bỏ phiếu trước.")
    return round_


@transaction.atomic
def count_hands(election: Election, *, votes: Votes, present: int, by: User | None, at: dt.datetime) -> Round:
    """Enter the raised hands of the round in hand. Raises voting's CountRefused, NothingToConclude, YearClosed."""
    election = locked_election(election)
    there = delegates_of(election.year)
    return enter_show_of_hands(round_in_hand(election), votes=votes, present=present, by=by, at=at, delegates=there)


@transaction.atomic
def count_papers(
    election: Election,
    *,
    votes: Votes,
    returned: int,
    invalid: int = 0,
    blank: int = 0,
    by: User | None,
    at: dt.datetime,
) -> Round:
    """Enter the count of paper ballots or written opinions; papers count when two people typed the same. Raises voting's CountRefused, NothingToConclude, YearClosed."""
    election = locked_election(election)
    there = delegates_of(election.year)
    return enter_count(
        round_in_hand(election),
        votes=votes,
        returned=returned,
        invalid=invalid,
        blank=blank,
        by=by,
        at=at,
        delegates=there,
    )


@transaction.atomic
def close_voting(election: Election, *, by: User | None, at: dt.datetime) -> Round:
    """End the voting of the round in hand; ballots on the system are counted, nothing is published yet.

    Raises NothingToConclude, NotNow (not open), YearClosed.
    """
    election = locked_election(election)
    return close_round(round_in_hand(election), by=by, at=at, delegates=delegates_of(election.year))


@transaction.atomic
def settle_tie(
    election: Election, *, chosen: Membership, who: str, reason: str, by: User | None, at: dt.datetime
) -> Election:
    """Record the lot, or the chair's choice, between tied candidates, with who settled it and why.

    Only where the round's rules, fixed at its opening, say so. Raises TieUnexplained, voting's TieNotOpen, YearClosed.
    """
    election = locked_election(election)
    who, reason = nfc(who), nfc(reason)
    if not who or not reason:
        raise TieUnexplained("Chưa ghi được: cần ghi rõ người thực hiện và lý do, căn cứ xác định khi bằng phiếu.")
    round_ = record_tie_break(round_in_hand(election), chosen=[str(chosen.pk)], by=by, at=at)
    election.settled_by, election.settled_who, election.settled_reason = round_.tie_break, who, reason
    election.save(update_fields=["settled_by", "settled_who", "settled_reason"])
    record(
        "settle_tie",
        election,
        by=by,
        year=election.year_id,
        unit=chosen.unit_id,
        manner=round_.tie_break,
        **stand_in(by, election.year),
    )
    return election


@transaction.atomic
def conclude_election(election: Election, *, by: User | None, at: dt.datetime, on: dt.date) -> Election:
    """Close the round when it is still open, publish it and apply the result.

    Elected: next year is opened, with this year's criteria table as its draft, and the unit's term in it begins on the
    handover date (the date of the year's settings, else the later of today and 1 January). A tie, no majority or no
    quorum: nothing is created and the election waits for the next round. Raises NothingToConclude, NotNow (not counted yet), YearClosed.
    """
    election = locked_election(election)
    round_ = round_in_hand(election)
    if round_.state == Round.State.OPEN:
        round_ = close_round(round_, by=by, at=at, delegates=delegates_of(election.year))
    verdict = publish_result(round_, by=by, at=at)
    year = election.year
    if verdict.outcome != Outcome.DECIDED or len(verdict.elected) != 1:
        election = advance(election, Election.State.AGAIN, settled_by="", settled_who="", settled_reason="")
        _tell(election, f"{election}: chưa có kết quả, cần bầu lần tiếp theo.", "election")
    else:
        election = _install(election, verdict, by=by, at=at, on=on)
    record(
        "conclude_election",
        election,
        by=by,
        year=year.pk,
        role=election.role,
        outcome=verdict.outcome,
        winner=election.winner.unit_id if election.winner else None,
        **stand_in(by, year),
    )
    return election


def _install(election: Election, verdict: Verdict, *, by: User | None, at: dt.datetime, on: dt.date) -> Election:
    year = election.year
    winner = Membership.objects.select_related("unit").get(year=year, pk=int(verdict.elected[0]))
    following = open_next_year(year, by=by, on=on)
    copy_table(year, following, by=by, at=at)
    from_on = handover_day(year, on)
    install_leadership(
        following,
        role=election.role,
        unit=heir_on(winner.unit, from_on),
        from_on=from_on,
        source=_source(election, on),
        by=by,
    )
    settled = election.settled_by or Election.SettledBy.VOTES
    election = advance(election, Election.State.DECIDED, winner=winner, decided_on=on, settled_by=settled)
    _tell(
        election,
        f"{winner.name} được bầu làm {role_word(year, election.role)} năm {year.year + 1}, "
        f"nhận nhiệm vụ từ ngày {date(from_on)}.",
        "election",
    )
    return election


def handover_day(year: BlocYear, on: dt.date) -> dt.date:
    """Return from when the elected units act in the next year."""
    return year.handover_on or max(on, dt.date(year.year + 1, 1, 1))


def _source(election: Election, on: dt.date) -> str:
    word = "tại hội nghị " if election.year.conferences.filter(held_on=on).exists() else ""
    return f"Kết quả bầu {word}ngày {date(on)}"


@transaction.atomic
def open_second_round(election: Election, *, by: User | None, at: dt.datetime) -> Round:
    """Vote again after a round without result: among the tied or the best, by the same rules.

    Raises NotNow (the election has a result), NothingToConclude, YearClosed.
    """
    election = locked_election(election)
    round_ = open_next_round(round_in_hand(election), by=by, at=at, present=present_members(election.year))
    election = advance(election, Election.State.VOTING)
    _tell(election, f"{election}: {_manner(round_)}, lần thứ {round_.number}.", "ballot")
    record(
        "open_second_round",
        election,
        by=by,
        year=election.year_id,
        round=round_.pk,
        number=round_.number,
        **stand_in(by, election.year),
    )
    return round_


def _tell(election: Election, text: str, page: str) -> None:
    year = election.year
    people = people_of(*year.memberships.values_list("unit_id", flat=True))
    if page == "election":
        people += officials_of(year.bloc.authority_id)
    notify(people, kind=f"election_{page}", text=text, url=election_path(year, election.role), year=year)
