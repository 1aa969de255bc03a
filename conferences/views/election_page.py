"""What the election page shows at each step of the vote."""

from typing import Any

from blocs import clock
from blocs.models import BlocYear, Membership, User
from blocs.rules import may
from blocs.text import count, date
from conferences.actions.elections import handover_day
from conferences.forms.elections import PaperCountForm, ProposalForm, ReplyForm, RoundForm, TieForm, share_value
from conferences.models import Election
from conferences.queries.elections import election_of, role_word
from conferences.queries.places import ROLE_PATHS
from conferences.queries.values import share_in_force
from voting.forms import HandsForm
from voting.models import Round
from voting.queries import (
    RollView,
    ballot_view,
    disagreements,
    replies_of,
    result_view,
    roll_view,
    state_of,
    verdict_of,
)
from voting.tally import Conduct, Outcome, TieBreak, rule_sentence

SMALL = 15
CSS = {
    Election.State.PROPOSING: "",
    Election.State.VOTING: "s-sent",
    Election.State.AGAIN: "s-fix",
    Election.State.DECIDED: "s-ok",
}


def election_context(year: BlocYear, role: str, user: User, **bound: Any) -> dict[str, Any]:
    """Return what the election page shows; `bound` holds a form that was refused, in the place of a fresh one."""
    election = election_of(year, role)
    word = role_word(year, role)
    runs = may(user, "conferences.run_conference", year) and not year.is_past
    conducts = may(user, "voting.conduct", year) and not year.is_past
    candidates = list(election.candidates.standing().select_related("membership")) if election else []
    context: dict[str, Any] = {
        "year": year,
        "election": election,
        "word": word,
        "role_path": ROLE_PATHS[role],
        "other_path": next(path for other, path in ROLE_PATHS.items() if other != role),
        "other_word": next(role_word(year, other) for other in ROLE_PATHS if other != role),
        "runs": runs,
        "conducts": conducts,
        "state": _state(election),
        "candidates": candidates,
        "from_on": date(handover_day(year, clock.today())),
    }
    if election is None or election.state == Election.State.PROPOSING:
        return context | (_before(year, role, candidates) if runs else {}) | bound
    return context | _rounds(election, user, runs=runs, conducts=conducts) | bound


def _state(election: Election | None) -> tuple[str, str]:
    """The word and the colour of where the election stands; of its round while that is not published."""
    if election is None:
        return "Chưa bắt đầu", ""
    if election.state == Election.State.VOTING and election.poll:
        return state_of(election.poll)
    return election.get_state_display(), CSS[Election.State(election.state)]


def _before(year: BlocYear, role: str, candidates: list[Any]) -> dict[str, Any]:
    """The forms before the vote: who is proposed, how the vote is held, with the sources of the shares."""
    on = clock.today()
    threshold, threshold_source = share_in_force(year, "vote_threshold", "election", on)
    quorum, quorum_source = share_in_force(year, "vote_quorum", "election", on)
    proposed = [row.membership_id for row in candidates]
    elected = Election.objects.filter(year=year, winner__isnull=False).exclude(role=role).values("winner")
    members = Membership.objects.filter(year=year).exclude(pk__in=proposed).exclude(pk__in=elected)
    single = len(candidates) == 1
    initial = {
        "form": "open",
        "conduct": "hands" if single else "system",
        "threshold": share_value(threshold),
        "quorum": quorum,
    }
    return {
        "proposal_form": ProposalForm(
            members=members.order_by("position"), label="Giới thiệu thêm" if candidates else ""
        ),
        "round_form": RoundForm(initial=initial | {"publishes": Round.Publishes.FIGURES}),
        "threshold_source": threshold_source,
        "quorum_source": quorum_source,
        "members": count(year.memberships.count()),
        "is_small": year.memberships.count() <= SMALL,
    }


def _rounds(election: Election, user: User, *, runs: bool, conducts: bool) -> dict[str, Any]:
    """The round in hand and the ones before it."""
    rounds = list(election.poll.rounds.select_related("poll__year").order_by("number")) if election.poll else []
    if not rounds:
        return {}
    last, earlier = rounds[-1], rounds[:-1]
    context: dict[str, Any] = {
        "round": last,
        "roll": roll_view(last),
        "ballot": ballot_view(last, user),
        "result": result_view(last, before_publishing=conducts),
        "earlier": [result_view(row) for row in earlier],
        "is_open": last.state == Round.State.OPEN,
        "is_counted": last.state == Round.State.COUNTED,
        "rule": _rule(last),
        "option_names": "; ".join(option.label for option in last.options.all()),
        "is_last": last.is_last,
        "settled_sentence": _settled(election),
    }
    if last.is_in_writing:
        context |= {"replies": replies_of(last), "reply_form": ReplyForm(last) if conducts else None}
    elif conducts and not last.is_cast_here and last.state in {Round.State.OPEN, Round.State.CLOSED}:
        by_hand = last.conduct == Conduct.HANDS
        form = HandsForm(last, initial={"present": _present(last)}) if by_hand else PaperCountForm(last)
        context |= {"count_form": form, "by_hand": by_hand, "counters": _counters(last, user)}
    if last.state == Round.State.OPEN:
        roll = context["roll"]
        seats = sorted((voted for _, voted in roll.rows), reverse=True)
        context |= {"close_effects": _closing(roll), "cast_figure": f"{sum(seats)}/{len(seats)}", "seats": seats}
    if runs and last.state == Round.State.COUNTED:
        context |= _counted(last, election)
    return context


def _counters(round_: Round, user: User) -> dict[str, Any]:
    """Who has typed the count of the paper ballots, and in which lines two counts differ; never a figure."""
    typed = list(round_.paper_counts.select_related("entered_by").order_by("entered_at"))
    return {
        "names": [row.entered_by.full_name for row in typed],
        "mine": any(row.entered_by_id == user.pk for row in typed),
        "differing": disagreements(round_),
    }


def _rule(round_: Round) -> str:
    """The condition for being elected, in words, without its closing stop."""
    return rule_sentence(round_.ruling).removeprefix("Điều kiện: ").removesuffix(".")


def _settled(election: Election) -> str:
    if election.settled_by not in {Election.SettledBy.LOT, Election.SettledBy.CHAIR}:
        return ""
    return f"{election.get_settled_by_display()}: {election.settled_who}. Lý do, căn cứ: {election.settled_reason}"


def _closing(roll: RollView) -> list[str]:
    waiting = int(roll.of) - int(roll.voted)
    left = f"Còn {count(waiting)} đơn vị chưa bỏ phiếu; phiếu chưa bỏ được ghi là phát ra, không thu về."
    return [
        *([left] if waiting else []),
        "Không nhận thêm phiếu; không mở lại được lần bỏ phiếu này.",
        "Tổ kiểm phiếu và chủ tọa xem kết quả trước; chủ tọa công bố sau.",
    ]


def _present(round_: Round) -> int | None:
    present = list(round_.roll.values_list("present", flat=True))
    return sum(map(bool, present)) if any(value is not None for value in present) else None


def _counted(round_: Round, election: Election) -> dict[str, Any]:
    """What publishing will do, and the lot or the chair's choice where the rules of the round say so."""
    verdict = verdict_of(round_)
    decided = verdict.outcome == Outcome.DECIDED
    context: dict[str, Any] = {"conclude_effects": _publishing(round_, election, decided=decided)}
    if verdict.tied and not decided and round_.tie_break != TieBreak.RUN_OFF:
        tied = Membership.objects.filter(pk__in=[int(key) for key in verdict.run_off])
        context |= {"tie_form": TieForm(tied=tied), "tie_manner": round_.get_tie_break_display()}
    return context


def _publishing(round_: Round, election: Election, *, decided: bool) -> list[str]:
    if not decided:
        return ["Lần này ghi là chưa có kết quả; không đơn vị nào được bầu.", "Có thể bắt đầu bầu lần tiếp theo."]
    year = election.year
    return [
        f"Kết quả hiện với các đơn vị thành viên ({round_.get_publishes_display().lower()}).",
        (
            f"Năm thi đua {year.year + 1} được mở nếu chưa có; đơn vị được bầu nhận nhiệm vụ "
            f"từ ngày {date(handover_day(year, clock.today()))}."
        ),
        "Không sửa lại được sau khi công bố.",
    ]
