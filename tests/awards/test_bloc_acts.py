"""The bloc draws up its list, votes on it and sends it."""

import datetime as dt

import pytest

from awards.actions import (
    AlreadyReceived,
    DossierLocked,
    HandsNotCounted,
    NeedsReason,
    NoReason,
    NotEligible,
    NothingToSubmit,
    NothingToVoteOn,
    NotUnderReview,
    QuotaFull,
    SubmissionLate,
    add_paper,
    conclude_peer_review,
    end_blocking_case,
    propose_nomination,
    put_to_vote,
    recall_submission,
    receive_submission,
    record_blocking_case,
    remove_paper,
    submit_nominations,
    withdraw_nomination,
)
from awards.models import Award, Nomination, SubmittedLine
from awards.queries import eligibility, why_not
from blocs import clock
from blocs.actions.years import YearClosed, close_year
from blocs.errors import Refusal
from blocs.models import LogEntry, Notice, Provision
from blocs.workflow import NotNow
from pledges.actions.drafting import draft_pledge
from pledges.actions.freezing import freeze_pledge
from tests.awards import stage
from tests.awards.stage import NOW, REASON, agreed, award, propose, rank_members, submit, submitted, vote
from tests.cast import make_cast
from voting.tally import Answer, Conduct, Form

pytestmark = pytest.mark.django_db
State = Nomination.State


@pytest.fixture
def cast():
    cast = make_cast(5)
    rank_members(cast)
    return cast


def test_a_fresh_installation_knows_two_awards_that_wait_for_confirmation():
    assert [(award.code, award.is_confirmed) for award in Award.objects.all()] == [
        ("FLAG", False),
        ("CERTIFICATE", False),
    ]


def test_a_nomination_carries_score_rank_and_the_name_to_be_printed(cast):
    made = propose_nomination(cast.memberships["BQL-1"], award=award(), by=None, at=NOW)

    assert (made.state, made.score_text, made.rank_text) == (State.PLANNED, "99,00", "1/5")
    assert made.printed_name == "Ban Quản lý các Khu công nghiệp tỉnh Thái Nguyên"


def test_the_leaders_own_nomination_is_marked(cast):
    own, other = propose(cast, "BQL-1"), propose(cast, "BQL-2")

    assert (own.for_own_unit, other.for_own_unit) == (True, False)


def test_members_are_told_of_a_proposal_and_the_proposer_is_not(cast):
    propose(cast, "BQL-1", by=cast.officers["BQL-1"])

    told = set(Notice.objects.filter(kind="nomination_proposed").values_list("user__username", flat=True))
    assert told == {f"{role}{number}" for role in ("head", "officer") for number in range(1, 6)} - {"officer1"}


def test_the_third_certificate_is_refused_with_the_guidance_quoted(cast):
    propose(cast, "BQL-1")
    propose(cast, "BQL-2")

    with pytest.raises(QuotaFull, match=r"tối đa 02 Bằng khen \(Công văn hướng dẫn minh họa\)"):
        propose(cast, "BQL-3")

    assert Nomination.objects.count() == 2


def test_a_withdrawn_place_is_free_again(cast):
    first = propose(cast, "BQL-1", "FLAG")
    withdraw_nomination(first, reason=REASON, by=None, at=NOW)

    assert propose(cast, "BQL-2", "FLAG").state == State.PLANNED


def test_a_bloc_has_one_candidate_for_the_flag_whatever_the_guidance_says(cast):
    Provision.objects.filter(key="FLAG").update(value="3")
    propose(cast, "BQL-1", "FLAG")

    with pytest.raises(QuotaFull, match="tối đa 01 Cờ thi đua"):
        propose(cast, "BQL-2", "FLAG")


def test_nothing_is_proposed_for_an_award_without_a_number(cast):
    Provision.objects.filter(key="FLAG").delete()

    with pytest.raises(QuotaFull, match="chưa ghi số lượng"):
        propose(cast, "BQL-1", "FLAG")


def test_a_unit_without_an_agreed_score_is_refused():
    cast = make_cast(3)

    with pytest.raises(NotEligible, match="chưa có điểm thống nhất"):
        propose(cast, "BQL-1")


def test_passing_over_a_better_rank_needs_a_reason_that_stays_visible(cast):
    with pytest.raises(NeedsReason, match="xếp trên"):
        propose_nomination(cast.memberships["BQL-3"], award=award(), by=None, at=NOW)

    made = propose(cast, "BQL-3")
    assert made.override_reason == REASON
    assert "xếp trên" in made.overridden[0]["sentence"]


def test_flag_and_certificate_for_one_year_need_a_reason(cast):
    propose(cast, "BQL-1", "FLAG")

    with pytest.raises(NeedsReason, match="không khen thưởng nhiều lần"):
        propose_nomination(cast.memberships["BQL-1"], award=award(), by=None, at=NOW)


def test_a_case_of_the_adopted_table_refuses_until_it_ends():
    cast = make_cast(3)
    rank_members(cast, blocking=("discipline",))
    source = "Quyết định số 7 ngày 01/10/2024"
    case = record_blocking_case(cast.memberships["BQL-1"], condition="discipline", source=source, by=None, at=NOW)

    with pytest.raises(NotEligible, match="không thuộc diện xét"):
        propose(cast, "BQL-1")
    end_blocking_case(case, reason="Đã hết thời hạn kỷ luật.", by=None, at=NOW)
    assert propose(cast, "BQL-1").state == State.PLANNED


def test_who_handed_nothing_in_is_barred_once_the_deadline_is_over():
    cast = make_cast(3)
    rank_members(cast, blocking=("no_self_score",))
    cast.memberships["BQL-3"].result.delete()
    after = cast.year.assessments_due_at + dt.timedelta(seconds=1)

    def rules(at):
        return [found.rule.value for found in why_not(cast.memberships["BQL-3"], award(), at) if found.hard]

    assert (rules(NOW), rules(after)) == (["no_score"], ["no_score", "blocked"])


def test_a_ranking_that_is_not_final_does_not_order_the_members():
    cast = make_cast(3)
    rank_members(cast)
    cast.memberships["BQL-1"].result.delete()

    found = eligibility(cast.year, NOW)

    assert [candidate.name for candidate in found.candidates.values()] == ["Tuyên Quang", "Bắc Giang", "Thái Nguyên"]


def test_a_case_that_the_table_does_not_name_bars_nobody(cast):
    record_blocking_case(cast.memberships["BQL-1"], condition="incident", source="Báo cáo số 3", by=None, at=NOW)

    assert propose(cast, "BQL-1").state == State.PLANNED


def test_a_case_needs_its_paper(cast):
    with pytest.raises(NoReason, match="căn cứ"):
        record_blocking_case(cast.memberships["BQL-1"], condition="incident", source=" ", by=None, at=NOW)


def test_a_withdrawal_needs_a_reason(cast):
    with pytest.raises(NoReason):
        withdraw_nomination(propose(cast), reason=" ", by=None, at=NOW)


def test_a_closed_year_takes_no_nomination(cast):
    close_year(cast.year, by=None)

    with pytest.raises(YearClosed):
        propose(cast)


def test_a_show_of_hands_carries_votes_and_share_onto_the_nomination(cast):
    nomination = propose(cast)

    vote(cast, against=("BQL-2",))

    nomination.refresh_from_db()
    figures = (
        nomination.approve,
        nomination.reject,
        nomination.abstain,
        nomination.votes_text,
        nomination.percent_text,
    )
    assert nomination.state == State.AGREED
    assert figures == (4, 1, 0, "04/05", "80%")
    assert "4/5" in nomination.vote_sentence.replace("04/05", "4/5")


def test_without_a_majority_the_bloc_does_not_propose(cast):
    nomination = propose(cast)

    vote(cast, against=("BQL-2", "BQL-3", "BQL-4"))

    nomination.refresh_from_db()
    assert (nomination.state, nomination.votes_text) == (State.DECLINED, "02/05")


def test_what_was_declined_may_come_back_with_a_reason(cast):
    propose(cast)
    vote(cast, against=("BQL-2", "BQL-3", "BQL-4"))

    with pytest.raises(NeedsReason, match="đã bình xét và không đề nghị"):
        propose_nomination(cast.memberships["BQL-1"], award=award(), by=None, at=NOW)
    assert propose(cast).state == State.PLANNED


def test_without_a_quorum_the_nomination_is_planned_again(cast):
    nomination = propose(cast)

    vote(cast, present=2)

    nomination.refresh_from_db()
    assert (nomination.state, nomination.poll, nomination.voted_of) == (State.PLANNED, None, None)


@pytest.mark.parametrize("form", [Form.OPEN, Form.SECRET])
def test_ballots_cast_on_the_system_decide_each_nomination(cast, form):
    flag, certificate = propose(cast, "BQL-1", "FLAG"), propose(cast, "BQL-2")
    poll = put_to_vote(cast.year, form=form, by=None, at=NOW)

    stage.cast_all(poll, cast)
    conclude_peer_review(poll, by=None, at=NOW)

    rows = Nomination.objects.filter(pk__in=[flag.pk, certificate.pk])
    assert [(row.state, row.votes_text) for row in rows] == [(State.AGREED, "05/05")] * 2


def test_members_that_cast_nothing_stay_in_the_denominator(cast):
    nomination = propose(cast)
    poll = put_to_vote(cast.year, by=None, at=NOW)
    stage.cast_all(poll, cast, Answer.ABSTAIN)

    conclude_peer_review(poll, by=None, at=NOW)

    nomination.refresh_from_db()
    assert (nomination.state, nomination.abstain, nomination.voted_of) == (State.DECLINED, 5, 5)


def test_where_nobody_votes_on_itself_the_own_unit_leaves_the_denominator(cast):
    cast.year.may_vote_on_itself = False
    cast.year.save()
    nomination = propose(cast)
    poll = put_to_vote(cast.year, conduct=Conduct.HANDS, by=None, at=NOW)

    conclude_peer_review(poll, votes={str(nomination.pk): (4, 0, None)}, present=4, by=None, at=NOW)

    nomination.refresh_from_db()
    assert nomination.votes_text == "04/04"


def test_hands_must_be_counted_before_the_review_ends(cast):
    propose(cast)
    poll = put_to_vote(cast.year, conduct=Conduct.HANDS, by=None, at=NOW)

    with pytest.raises(HandsNotCounted):
        conclude_peer_review(poll, by=None, at=NOW)


def test_a_review_ends_once(cast):
    propose(cast)
    poll = vote(cast)

    with pytest.raises(NotUnderReview):
        conclude_peer_review(poll, by=None, at=NOW)


def test_an_empty_list_is_not_put_to_the_vote(cast):
    with pytest.raises(NothingToVoteOn):
        put_to_vote(cast.year, by=None, at=NOW)


def test_a_show_of_hands_is_not_secret(cast):
    propose(cast)

    with pytest.raises(Refusal, match="chưa thực hiện được bằng giơ tay"):
        put_to_vote(cast.year, form=Form.SECRET, conduct=Conduct.HANDS, by=None, at=NOW)


def test_what_is_being_voted_on_is_not_withdrawn(cast):
    nomination = propose(cast)
    put_to_vote(cast.year, by=None, at=NOW)

    with pytest.raises(NotNow):
        withdraw_nomination(nomination, reason=REASON, by=None, at=NOW)


def test_the_list_is_kept_as_it_was_sent(cast):
    nomination = agreed(cast)
    submission = submit(cast)

    Nomination.objects.filter(pk=nomination.pk).update(printed_name="Tên khác")

    line = SubmittedLine.objects.get()
    assert (line.submission, line.printed_name) == (submission, nomination.printed_name)
    assert (line.rank_text, line.votes_text, line.percent_text) == ("1/5", "05/05", "100%")


def test_officials_are_told_of_a_submission(cast):
    submitted(cast)

    notice = Notice.objects.get(user=cast.official, kind="nominations_submitted")
    assert "05/TTr-BQLKCN" in notice.text


def test_nothing_is_sent_that_the_bloc_has_not_agreed_on(cast):
    propose(cast)

    with pytest.raises(NothingToSubmit):
        submit(cast)


def test_the_numbers_hold_again_when_the_list_is_sent(cast):
    agreed(cast)
    Provision.objects.filter(key="CERTIFICATE").update(value="0")

    with pytest.raises(QuotaFull, match="Cần rút 01 đề nghị"):
        submit(cast)

    assert Nomination.objects.get().state == State.AGREED


def test_after_the_last_day_the_list_is_not_sent(cast):
    agreed(cast)
    late = clock.at(cast.year.submission_due_on + dt.timedelta(days=1))

    with pytest.raises(SubmissionLate, match="15/01/2025"):
        submit_nominations(
            cast.year, number="", dated_on=late.date(), signer_name="", signer_title="", by=cast.heads["BQL-1"], at=late
        )


def test_before_receipt_the_list_is_recalled_with_a_reason(cast):
    nomination = submitted(cast)

    recall_submission(nomination.submission, reason="Ghi sai tên in.", by=None, at=NOW)

    nomination.refresh_from_db()
    assert (nomination.state, nomination.submission) == (State.AGREED, None)
    assert submit(cast).lines.count() == 1


def test_a_recall_needs_a_reason(cast):
    with pytest.raises(NoReason):
        recall_submission(submitted(cast).submission, reason="", by=None, at=NOW)


def test_after_receipt_nothing_is_recalled(cast):
    nomination = submitted(cast)
    receive_submission(nomination.submission, by=None, at=NOW)

    with pytest.raises(AlreadyReceived):
        recall_submission(nomination.submission, reason=REASON, by=None, at=NOW)


def test_papers_come_and_go_while_the_bloc_has_the_nomination(cast):
    nomination = propose(cast)
    paper = add_paper(nomination, kind="report", upload=stage.pdf(), by=None, at=NOW)

    remove_paper(paper, by=None, at=NOW)

    paper.refresh_from_db()
    assert (paper.title, paper.removed_at) == ("Báo cáo thành tích", NOW)


def test_a_dossier_that_was_sent_is_locked(cast):
    with pytest.raises(DossierLocked, match="Chỉ các mục được đề nghị bổ sung"):
        add_paper(submitted(cast), kind="report", upload=stage.pdf(), by=None, at=NOW)


def test_every_act_writes_one_line_to_the_log(cast):
    submitted(cast)

    acts = list(LogEntry.objects.order_by("sequence").values_list("act", flat=True))
    assert acts == [
        "propose_nomination",
        "set_up_poll",
        "open_round",
        "put_to_vote",
        "enter_show_of_hands",
        "publish_result",
        "conclude_peer_review",
        "submit_nominations",
    ]


def test_a_unit_that_has_not_signed_the_frozen_pledge_is_refused():
    cast = make_cast(3)
    rank_members(cast, blocking=("no_pledge",))
    pledge = draft_pledge(cast.year, by=None, on=NOW.date())
    pledge.place_name = "Thái Nguyên"
    pledge.save()
    freeze_pledge(pledge, by=None, at=NOW)

    with pytest.raises(NotEligible, match="đơn vị chưa ký giao ước thi đua không thuộc diện xét"):
        propose(cast)
