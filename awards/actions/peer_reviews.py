"""The members review the list: put to the vote through the voting engine, conclude, carry the votes onto the nominations."""

import datetime as dt
from collections.abc import Collection, Mapping
from dataclasses import replace

from django.db import transaction
from django.urls import reverse

from awards.actions.locks import hold_nominations, hold_year
from awards.actions.telling import tell_members
from awards.models import Nomination
from awards.queries.quotas import peer_review_rules, provisions_of
from blocs import text
from blocs.audit import record
from blocs.errors import Refusal
from blocs.models import BlocYear, Membership, User
from blocs.workflow import advance
from voting.actions import close_round, enter_show_of_hands, open_round, publish_result, set_up_poll
from voting.models import Poll, Round
from voting.queries import latest_round
from voting.tally import (
    Base,
    Choice,
    Conduct,
    Form,
    Method,
    Outcome,
    Ruling,
    Standing,
    Verdict,
    Wording,
    option_sentence,
)

Votes = Mapping[str, tuple[int, int, int | None]]


class NothingToVoteOn(Refusal):
    """No planned nomination was chosen."""


class NotUnderReview(Refusal):
    """The poll is no peer review that can be concluded now."""


class HandsNotCounted(Refusal):
    """Hands were raised, and their number has not been entered."""

    status = 422


@transaction.atomic
def put_to_vote(
    year: BlocYear,
    *,
    by: User | None,
    at: dt.datetime,
    nominations: Collection[Nomination] | None = None,
    form: Form = Form.OPEN,
    conduct: Conduct = Conduct.SYSTEM,
    present: Collection[Membership] | None = None,
) -> Poll:
    """Put planned nominations (default: all) to the vote of the members: each is answered on its own, on one ballot.

    Threshold and quorum come from the provisions of the year. `present` are the memberships that are there (None: not
    counted). Raises YearClosed, NothingToVoteOn, NotNow, Refusal for a secret show of hands.
    """
    year = hold_year(year.pk)
    keys = None if nominations is None else [nomination.pk for nomination in nominations]
    state = Nomination.State.PLANNED if keys is None else ""
    chosen = hold_nominations(year, keys, state=state)
    if not chosen:
        raise NothingToVoteOn("Chưa có đề nghị nào ở trạng thái Dự kiến để đưa ra bình xét.")
    if form == Form.SECRET and conduct != Conduct.SYSTEM:
        said = "bằng phiếu giấy" if conduct == Conduct.PAPER else "bằng giơ tay"
        raise Refusal(
            f"Bình xét bỏ phiếu kín chưa thực hiện được {said}. Đề nghị chọn cách thực hiện trên hệ thống; "
            "danh sách chưa thay đổi."
        )
    poll = set_up_poll(year, title=f"Bình xét thi đua, xét khen thưởng năm {year.year}", by=by)
    ruling = _ruling(year, chosen, form, conduct)
    own_of = {str(nomination.pk): nomination.membership for nomination in chosen}
    open_round(poll, ruling=ruling, by=by, at=at, own_of=own_of, present=present)
    for nomination in chosen:
        advance(nomination, Nomination.State.PUT_TO_VOTE, poll=poll)
    _call_to_vote(year, poll, len(chosen), conduct, by)
    keys = [nomination.pk for nomination in chosen]
    record("put_to_vote", poll, by=by, year=year.pk, nominations=keys, form=form, conduct=conduct)
    return poll


def _ruling(year: BlocYear, chosen: list[Nomination], form: Form, conduct: Conduct) -> Ruling:
    rules = peer_review_rules(provisions_of(year))
    options = tuple(Choice(str(row.pk), f"{row.award.name}: {row.membership.name}"[:300]) for row in chosen)
    counted = Base.CAST if conduct == Conduct.SYSTEM else Base.PRESENT
    quorum = replace(rules.quorum, counted=counted)
    word = year.bloc.bloc_word
    words = Wording(f"được {word} nhất trí đề nghị", f"chưa được {word} nhất trí đề nghị", "biểu quyết")
    return Ruling(Method.EACH, options, rules.threshold, quorum, seats=None, form=form, conduct=conduct, wording=words)


def _call_to_vote(year: BlocYear, poll: Poll, number: int, conduct: Conduct, by: User | None) -> None:
    sentence = f"Đưa ra bình xét {text.count(number)} đề nghị khen thưởng năm {year.year}."
    if conduct != Conduct.SYSTEM:
        tell_members(year, kind="peer_review_opened", text=sentence, but=by)
        return
    where = {"bloc": year.bloc.code, "year": year.year, "pk": poll.pk}
    call = f"{sentence} Kính đề nghị đơn vị bỏ phiếu."
    tell_members(year, kind="peer_review_opened", text=call, but=by, url=reverse("awards:ballot", kwargs=where))


@transaction.atomic
def conclude_peer_review(
    poll: Poll, *, by: User | None, at: dt.datetime, votes: Votes | None = None, present: int | None = None
) -> Poll:
    """End the vote, publish it, and carry result, votes and share onto every nomination ("Kết thúc bỏ phiếu").

    `votes` and `present` are the raised hands where the round is voted by hands: {nomination's key: (for, against,
    no opinion or None)}. Without a quorum nothing is decided, and the nominations are planned again.
    Raises YearClosed, NotUnderReview, HandsNotCounted, CountRefused.
    """
    year = hold_year(poll.year_id)
    chosen = [row for row in hold_nominations(year, state=Nomination.State.PUT_TO_VOTE) if row.poll_id == poll.pk]
    round_ = latest_round(poll)
    if not chosen or round_ is None:
        raise NotUnderReview("Cuộc bình xét này đã kết thúc. Không có nội dung nào bị thay đổi.")
    round_ = _counted(round_, votes, present, by, at)
    verdict = publish_result(round_, by=by, at=at)
    for nomination in chosen:
        _apply(nomination, round_, verdict, at)
    agreed = [row for row in chosen if row.state == Nomination.State.AGREED]
    tell_members(year, kind="peer_review_concluded", text=_result_sentence(year, agreed, verdict), but=by)
    figures = {str(row.pk): [row.state, row.approve, row.voted_of] for row in chosen}
    record("conclude_peer_review", poll, by=by, year=year.pk, outcome=verdict.outcome, results=figures)
    return poll


def _counted(round_: Round, votes: Votes | None, present: int | None, by: User | None, at: dt.datetime) -> Round:
    if round_.is_counted:
        return round_
    if round_.is_cast_here:
        return close_round(round_, by=by, at=at)
    if votes is None or present is None:
        raise HandsNotCounted("Đề nghị nhập số đơn vị có mặt và số đơn vị nhất trí với từng đề nghị.")
    return enter_show_of_hands(round_, votes=votes, present=present, by=by, at=at)


def _apply(nomination: Nomination, round_: Round, verdict: Verdict, at: dt.datetime) -> None:
    if verdict.outcome == Outcome.NO_QUORUM:
        advance(nomination, Nomination.State.PLANNED, poll=None)
        return
    row = verdict.option(str(nomination.pk))
    won = row.standing == Standing.WON
    to = Nomination.State.AGREED if won else Nomination.State.DECLINED
    sentence = option_sentence(round_.ruling, verdict, str(nomination.pk))
    advance(
        nomination,
        to,
        approve=row.count.approve,
        reject=row.count.reject,
        abstain=row.count.abstain,
        voted_of=row.whole,
        vote_sentence=sentence[:500],
        voted_at=at,
        closed_at=None if won else at,
    )


def _result_sentence(year: BlocYear, agreed: list[Nomination], verdict: Verdict) -> str:
    if verdict.outcome == Outcome.NO_QUORUM:
        return f"Bình xét năm {year.year}: chưa đủ số đơn vị tham gia nên chưa có kết quả."
    if not agreed:
        return f"Bình xét năm {year.year}: không có đề nghị nào được {year.bloc.bloc_word} nhất trí."
    names = "; ".join(f"{row.award.name} cho {row.membership.short_name} ({row.votes_text})" for row in agreed)
    return f"Bình xét năm {year.year}: {year.bloc.bloc_word} nhất trí đề nghị {names}."
