"""The authority receives, asks, finds, and decides."""

import datetime as dt

import pytest

from awards.actions import (
    AlreadyCancelled,
    AlreadyRecalled,
    DecisionKnown,
    DossierIncomplete,
    NoReason,
    NothingAsked,
    NothingDecided,
    NotOwnUnit,
    RequestOver,
    StillOpen,
    Supply,
    SupplyIncomplete,
    SupplyLate,
    add_paper,
    ask_for_more,
    cancel_decision,
    extend_request,
    find_fit,
    find_not_yet,
    recall_submission,
    receive_submission,
    record_council_result,
    refuse_award,
    reopen_review,
    supply_more,
)
from awards.models import DossierPaper, Nomination, Review
from blocs import clock
from blocs.actions.years import close_year
from blocs.models import Notice, Post
from blocs.workflow import NotNow
from tests.awards import stage
from tests.awards.stage import NOW, REASON, asked, awarded, decide, fit, in_review, passed, rank_members, submitted
from tests.cast import TODAY, make_cast

pytestmark = pytest.mark.django_db
State = Nomination.State
LATER = TODAY + dt.timedelta(days=10)


@pytest.fixture
def cast():
    cast = make_cast(3)
    rank_members(cast)
    return cast


def told(user, kind):
    return list(Notice.objects.filter(user=user, kind=kind).values_list("text", flat=True))


def test_receipt_opens_the_review_of_every_nomination_of_the_letter(cast):
    nomination = in_review(cast)

    assert (nomination.state, nomination.submission.status) == (State.IN_REVIEW, "Đã tiếp nhận")


def test_a_second_receipt_changes_nothing(cast):
    nomination = in_review(cast)

    again = receive_submission(nomination.submission, by=cast.official, at=NOW)

    assert again.received_by is None


def test_a_recalled_letter_is_not_received(cast):
    submission = submitted(cast).submission
    recall_submission(submission, reason=REASON, by=None, at=NOW)

    with pytest.raises(AlreadyRecalled):
        receive_submission(submission, by=None, at=NOW)


def test_named_items_are_asked_for_and_the_bloc_is_told(cast):
    request = asked(cast, "BQL-1")

    request.nomination.refresh_from_db()
    assert (request.nomination.state, [item.text for item in request.items.all()]) == (
        State.ASKED,
        ["Báo cáo thành tích"],
    )
    assert "hạn 10/12/2024" in told(cast.heads["BQL-1"], "more_requested")[0]


@pytest.mark.parametrize(
    ("items", "due_on"), [([" "], LATER), ([], LATER), (["Báo cáo"], TODAY - dt.timedelta(days=1))]
)
def test_a_request_names_something_and_a_day_to_come(cast, items, due_on):
    with pytest.raises(NothingAsked):
        ask_for_more(in_review(cast), items=items, due_on=due_on, by=None, at=NOW)


def test_the_bloc_supplies_all_items_and_the_review_goes_on(cast):
    request = asked(cast)
    item = request.items.get()

    supply_more(request, supplies={item.pk: Supply("Gửi kèm.", stage.pdf())}, by=cast.officers["BQL-1"], at=NOW)

    request.nomination.refresh_from_db()
    paper = DossierPaper.objects.get()
    assert (request.nomination.state, paper.kind, paper.item) == (State.IN_REVIEW, "report", item)
    assert told(cast.official, "more_supplied") != []


def test_an_unanswered_item_is_named_and_nothing_is_kept(cast):
    request = asked(cast)

    with pytest.raises(SupplyIncomplete, match="còn 01 mục chưa bổ sung: Báo cáo thành tích"):
        supply_more(request, supplies={}, by=None, at=NOW)

    assert DossierPaper.objects.count() == 0


def test_after_the_day_set_nothing_is_supplied_until_it_is_extended(cast):
    request = asked(cast)
    late = clock.at(request.due_on + dt.timedelta(days=1))
    supplies = {request.items.get().pk: Supply("Gửi kèm.")}

    with pytest.raises(SupplyLate, match="để được gia hạn"):
        supply_more(request, supplies=supplies, by=cast.officers["BQL-1"], at=late)
    request = extend_request(request, due_on=LATER, by=cast.official, at=late)
    assert supply_more(request, supplies=supplies, by=cast.officers["BQL-1"], at=late).supplied_at == late


def test_an_answered_request_is_over(cast):
    request = asked(cast)
    supplies = {request.items.get().pk: Supply("Gửi kèm.")}
    supply_more(request, supplies=supplies, by=None, at=NOW)

    with pytest.raises(RequestOver):
        supply_more(request, supplies=supplies, by=None, at=NOW)


def test_an_extension_does_not_lie_in_the_past(cast):
    with pytest.raises(NothingAsked):
        extend_request(asked(cast), due_on=TODAY - dt.timedelta(days=1), by=None, at=NOW)


def test_while_the_bloc_has_time_nothing_is_concluded(cast):
    request = asked(cast)

    with pytest.raises(StillOpen):
        find_not_yet(request.nomination, reason=REASON, by=None, at=NOW)


def test_when_the_day_is_over_the_review_is_concluded_without_an_answer(cast):
    request = asked(cast)
    late = clock.at(request.due_on + dt.timedelta(days=1))

    found = find_not_yet(request.nomination, reason="Không bổ sung hồ sơ.", by=None, at=late)

    request.refresh_from_db()
    assert (found.state, request.is_open) == (State.NOT_YET, False)


def test_going_on_with_a_missing_paper_needs_a_reason(cast):
    nomination = in_review(cast)

    with pytest.raises(DossierIncomplete, match="còn thiếu 02 mục: Báo cáo thành tích"):
        find_fit(nomination, by=cast.official, at=NOW)

    found = find_fit(nomination, reason="Đã nhận bản giấy.", by=cast.official, at=NOW)
    assert found.state == State.FIT


def test_a_complete_dossier_needs_no_reason(cast):
    nomination = stage.agreed(cast)
    stage.complete(nomination)
    submission = stage.submit(cast)
    receive_submission(submission, by=None, at=NOW)

    assert find_fit(nomination, by=cast.official, at=NOW).state == State.FIT


def test_the_reason_is_told_and_the_note_is_not(cast):
    find_not_yet(
        in_review(cast), reason="Chưa có xác nhận của UBND tỉnh.", note="Hỏi lại Vụ.", by=cast.official, at=NOW
    )

    (sentence,) = told(cast.heads["BQL-1"], "nomination_reviewed")
    assert "Chưa có xác nhận của UBND tỉnh." in sentence
    assert "Hỏi lại Vụ" not in sentence
    assert Review.objects.get().note == "Hỏi lại Vụ."


def test_a_finding_against_needs_a_reason(cast):
    with pytest.raises(NoReason):
        find_not_yet(in_review(cast), reason="", by=None, at=NOW)


def test_nobody_reviews_the_unit_for_which_he_acts(cast):
    nomination = in_review(cast)
    Post.objects.create(
        user=cast.official, unit=cast.units["BQL-1"], role=Post.Role.OFFICER, title="Chuyên viên", from_on=TODAY
    )

    with pytest.raises(NotOwnUnit, match="Không tham gia xét đơn vị mình"):
        find_fit(nomination, reason=REASON, by=cast.official, at=clock.now())


def test_a_review_begins_again_with_a_reason(cast):
    nomination = find_not_yet(in_review(cast), reason=REASON, by=None, at=NOW)

    found = reopen_review(nomination, reason="Khối đã gửi bản giấy.", by=None, at=NOW)

    assert (found.state, found.outcome_reason) == (State.IN_REVIEW, "")


def test_the_council_passes_a_nomination(cast):
    nomination = passed(cast)

    assert (nomination.state, str(nomination.council_result)) == (State.PASSED, "Hội đồng thông qua")


def test_what_the_council_does_not_pass_is_told_with_the_reason(cast):
    nomination = record_council_result(
        fit(cast), held_on=TODAY, passed=False, reason="Chưa đủ số phiếu.", approve=3, voted_of=9, by=None, at=NOW
    )

    (sentence,) = told(cast.heads["BQL-1"], "not_awarded")
    assert nomination.state == State.NOT_AWARDED
    assert sentence == (
        "Bộ KH&ĐT thông báo: đề nghị tặng Bằng khen của Bộ trưởng cho Ban Quản lý các Khu công nghiệp tỉnh Thái Nguyên "
        "năm 2024 chưa được thông qua. Lý do: Chưa đủ số phiếu. Hồ sơ vẫn được lưu và được tham chiếu cho lần xét sau."
    )


def test_a_refusal_of_the_council_needs_a_reason(cast):
    with pytest.raises(NoReason):
        record_council_result(fit(cast), held_on=TODAY, passed=False, by=None, at=NOW)


def test_one_decision_covers_nominations_of_several_blocs():
    casts = [make_cast(3), make_cast(3, prefix="x")]
    casts[1].bloc.authority = casts[0].authority
    casts[1].bloc.save()
    for cast in casts:
        rank_members(cast)

    decision = decide(*(passed(cast) for cast in casts))

    assert [row.state for row in decision.nominations.all()] == [State.AWARDED] * 2
    assert [told(cast.heads["BQL-1"], "awarded")[0][:9] for cast in casts] == ["Được tặng"] * 2


def test_a_decision_covers_no_bloc_of_another_authority():
    casts = [make_cast(3), make_cast(3, prefix="x")]
    for cast in casts:
        rank_members(cast)
    nominations = [passed(cast) for cast in casts]

    with pytest.raises(NothingDecided):
        decide(*nominations)

    assert set(Nomination.objects.values_list("state", flat=True)) == {State.PASSED}


def test_a_decision_needs_something_to_decide(cast):
    with pytest.raises(NothingDecided):
        stage.record_decision(
            cast.authority,
            nominations=[],
            number="1",
            decided_on=TODAY,
            signer_name="",
            signer_title="",
            by=None,
            at=NOW,
        )


def test_a_decision_may_say_who_is_not_awarded_and_why(cast):
    first, second = stage.propose(cast, "BQL-1", "FLAG"), stage.propose(cast, "BQL-2")
    stage.vote(cast)
    receive_submission(stage.submit(cast), by=None, at=NOW)
    for row in (first, second):
        find_fit(row, by=None, at=NOW)
        record_council_result(row, held_on=TODAY, passed=True, by=None, at=NOW)

    decide(first, refused={second.pk: "Đơn vị có đơn thư đang được xem xét."})

    rows = Nomination.objects.order_by("pk")
    assert [row.state for row in rows] == [State.AWARDED, State.NOT_AWARDED]


def test_a_number_and_date_are_recorded_once(cast):
    awarded(cast, "BQL-1")

    with pytest.raises(DecisionKnown):
        decide(passed(cast, "BQL-2"))


def test_an_unknown_number_stays_blank(cast):
    decision = decide(passed(cast), number="")

    assert decision.citation == "Quyết định số … ngày 10/02/2025"


def test_what_is_not_yet_fit_is_closed_with_the_reason(cast):
    nomination = find_not_yet(in_review(cast), reason=REASON, by=None, at=NOW)

    closed = refuse_award(nomination, reason="Hồ sơ chưa đủ.", by=None, at=NOW)

    assert (closed.state, closed.outcome_reason) == (State.NOT_AWARDED, "Hồ sơ chưa đủ.")


def test_a_decision_is_cancelled_with_its_reason_even_after_the_year(cast):
    nomination = awarded(cast)
    close_year(cast.year, by=None)

    decision = cancel_decision(nomination.decision, reason="Kê khai không trung thực.", by=None, at=NOW)

    nomination.refresh_from_db()
    assert (nomination.state, decision.cancelled_at) == (State.CANCELLED, NOW)
    assert "Kê khai không trung thực." in told(cast.heads["BQL-1"], "decision_cancelled")[0]


def test_a_decision_is_cancelled_once_and_with_a_reason(cast):
    decision = awarded(cast).decision

    with pytest.raises(NoReason):
        cancel_decision(decision, reason="", by=None, at=NOW)
    cancel_decision(decision, reason=REASON, by=None, at=NOW)
    with pytest.raises(AlreadyCancelled):
        cancel_decision(decision, reason=REASON, by=None, at=NOW)


def test_a_decision_takes_only_what_the_council_passed(cast):
    with pytest.raises(NotNow):
        decide(fit(cast))

    assert Nomination.objects.get().state == State.FIT


def test_a_file_that_is_no_paper_is_refused_and_nothing_is_decided(cast):
    nomination = passed(cast)

    with pytest.raises(Exception, match="Không nhận tệp"):
        decide(nomination, upload=stage.SimpleUploadedFile("quyet-dinh.exe", b"MZ"))

    nomination.refresh_from_db()
    assert (nomination.state, nomination.decision) == (State.PASSED, None)


def test_papers_are_not_added_while_the_desk_has_the_dossier(cast):
    with pytest.raises(Exception, match="Đang thẩm định"):
        add_paper(in_review(cast), kind="other", upload=stage.pdf(), by=None, at=NOW)
