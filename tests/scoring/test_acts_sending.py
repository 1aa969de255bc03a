"""From the officer to the head to the leader: two ways, deadlines to the second, extensions, recall."""

import datetime as dt

import pytest

from blocs.clock import at
from blocs.models import BlocYear, LogEntry, Notice
from blocs.workflow import NotNow
from scoring.actions.dossiers import Incomplete, NoReason
from scoring.actions.reviewing import start_review
from scoring.actions.sending import (
    BadExtension,
    BadSigningDate,
    NotOpenYet,
    SubmissionClosed,
    approve_and_send,
    grant_extension,
    present_to_head,
    recall,
    return_to_officer,
    send_by_signed_copy,
)
from scoring.models import SelfAssessment
from scoring.queries import sheet_digest
from tests.scoring.stage import DUE, LATER, NOW, pdf

pytestmark = pytest.mark.django_db
State = SelfAssessment.State


def state_of(assessment):
    return SelfAssessment.objects.get(pk=assessment.pk).state


def test_the_officer_presents_and_the_head_approves_and_sends(stage):
    assessment = stage.fill(3)

    present_to_head(assessment, by=stage.officer(3), at=NOW)
    sent = approve_and_send(assessment, by=stage.head(3), at=NOW)

    assert (sent.state, sent.manner, sent.submitted_by) == (State.SUBMITTED, "in_app", stage.head(3))
    assert sent.presented_by == stage.officer(3)
    assert sent.digest == sheet_digest(sent)
    assert not sent.is_late


def test_presenting_tells_the_head_and_sending_tells_the_leader(stage):
    stage.send(3)

    told = {(notice.user, notice.kind) for notice in Notice.objects.all()}
    assert (stage.head(3), "assessment_presented") in told
    assert (stage.officer(1), "assessment_sent") in told
    assert (stage.officer(2), "assessment_sent") not in told


def test_the_head_returns_to_the_officer_with_a_reason(stage):
    assessment = stage.fill(3)
    present_to_head(assessment, by=stage.officer(3), at=NOW)

    returned = return_to_officer(assessment, reason=" Xem lại số vốn ", by=stage.head(3), at=NOW)

    assert (returned.state, returned.returned_reason) == (State.DRAFT, "Xem lại số vốn")


def test_returning_without_a_reason_is_refused(stage):
    assessment = stage.fill(3)
    present_to_head(assessment, by=stage.officer(3), at=NOW)

    with pytest.raises(NoReason, match="lý do"):
        return_to_officer(assessment, reason="  ", by=stage.head(3), at=NOW)

    assert state_of(assessment) == State.WITH_HEAD


def test_the_officer_sends_with_the_signed_copy(stage):
    assessment = stage.fill(3)

    sent = send_by_signed_copy(
        assessment, scan=pdf(), signed_by="Trưởng ban", signed_on=NOW.date(), by=stage.officer(3), at=NOW
    )

    assert (sent.state, sent.manner, sent.signed_by) == (State.SUBMITTED, "signed_copy", "Trưởng ban")
    assert sent.signed_copy.name == "ban-ky.pdf"
    line = LogEntry.objects.latest("sequence")
    assert (line.act, line.details["manner"], line.details["scan"]) == (
        "submit_assessment",
        "signed_copy",
        sent.signed_copy.sha256,
    )


def test_a_copy_signed_tomorrow_is_refused(stage):
    assessment = stage.fill(3)

    with pytest.raises(BadSigningDate, match="Ngày ký"):
        send_by_signed_copy(
            assessment, scan=pdf(), signed_by="Trưởng ban", signed_on=NOW.date() + dt.timedelta(days=1), by=None, at=NOW
        )

    assert state_of(assessment) == State.DRAFT


def test_an_incomplete_table_is_refused_with_the_checklist(stage):
    assessment = stage.start(3)
    for code in ("I.1", "I.2", "I.3", "II.1", "II.2", "II.3"):
        stage.type(assessment, code, "not_applicable", "có")

    with pytest.raises(Incomplete) as refusal:
        present_to_head(assessment, by=stage.officer(3), at=NOW)

    assert refusal.value.sentence == "Chưa thể gửi vì còn 01 tiêu chí chưa hoàn thành: II.4 chưa nhập số thực hiện."
    assert state_of(assessment) == State.DRAFT


def test_the_last_second_of_the_deadline_is_in_time(stage):
    assessment = stage.fill(3)
    present_to_head(assessment, by=None, at=NOW)

    assert approve_and_send(assessment, by=stage.head(3), at=DUE).state == State.SUBMITTED


def in_app(stage, assessment):
    return approve_and_send(assessment, by=stage.head(3), at=LATER)


def signed_copy(stage, assessment):
    return send_by_signed_copy(
        assessment, scan=pdf(), signed_by="A", signed_on=NOW.date(), by=stage.officer(3), at=LATER
    )


@pytest.mark.parametrize("send", [in_app, signed_copy])
def test_one_second_later_is_refused_with_the_sentence_and_nothing_is_lost(stage, send):
    assessment = stage.fill(3)
    present_to_head(assessment, by=None, at=NOW)

    with pytest.raises(SubmissionClosed) as refusal:
        send(stage, assessment)

    assert refusal.value.sentence == (
        "Thời hạn gửi bảng tự chấm điểm đã kết thúc lúc 17 giờ 00 ngày 15/12/2024. Nội dung đã nhập vẫn được lưu. "
        "Đề nghị liên hệ Trưởng khối (Ban Quản lý các Khu công nghiệp tỉnh Thái Nguyên) để được gia hạn."
    )
    assert assessment.scores.count() == 9
    assert state_of(assessment) == State.WITH_HEAD


def test_the_leader_itself_is_sent_to_the_authority_for_more_time(stage):
    assessment = stage.fill(1)
    present_to_head(assessment, by=None, at=NOW)

    with pytest.raises(SubmissionClosed, match="cơ quan tổ chức khối"):
        approve_and_send(assessment, by=stage.head(1), at=LATER)


def test_an_extension_opens_the_way_again_and_marks_the_table_late(stage):
    assessment = stage.fill(3)
    present_to_head(assessment, by=None, at=NOW)

    extended = grant_extension(
        stage.membership(3), until=LATER + dt.timedelta(days=2), reason="Bão lũ", by=stage.officer(1), at=LATER
    )
    sent = approve_and_send(assessment, by=stage.head(3), at=LATER + dt.timedelta(days=1))

    assert extended.extension_reason == "Bão lũ"
    assert (sent.state, sent.is_late) == (State.SUBMITTED, True)
    assert LogEntry.objects.filter(act="grant_extension").get().details["reason"] == "Bão lũ"


def test_an_extension_ends_to_the_second_too(stage):
    assessment = stage.fill(3)
    present_to_head(assessment, by=None, at=NOW)
    until = DUE + dt.timedelta(days=1)
    grant_extension(stage.membership(3), until=until, reason="Bão lũ", by=None, at=NOW)

    with pytest.raises(SubmissionClosed, match="ngày 16/12/2024"):
        approve_and_send(assessment, by=None, at=until + dt.timedelta(seconds=1))


def test_an_extension_into_the_past_is_refused(stage):
    with pytest.raises(BadExtension):
        grant_extension(stage.membership(3), until=NOW, reason="Chậm", by=None, at=NOW)


def test_an_extension_says_why(stage):
    with pytest.raises(NoReason):
        grant_extension(stage.membership(3), until=LATER, reason="", by=None, at=NOW)


def test_nothing_is_sent_before_the_opening_day(stage):
    assessment = stage.fill(3)
    BlocYear.objects.update(assessments_open_on=dt.date(2024, 12, 6))
    present_to_head(assessment, by=None, at=NOW)

    with pytest.raises(NotOpenYet, match="06/12/2024"):
        approve_and_send(assessment, by=None, at=NOW)


def test_midnight_belongs_to_the_local_day(stage):
    assessment = stage.fill(3)
    BlocYear.objects.update(assessments_open_on=dt.date(2024, 12, 6))
    present_to_head(assessment, by=None, at=NOW)

    midnight = at(dt.date(2024, 12, 6)).astimezone(dt.UTC)

    assert approve_and_send(assessment, by=None, at=midnight).state == State.SUBMITTED


def test_a_sent_table_is_taken_back_before_the_review_began(stage):
    assessment = stage.send(3)

    taken = recall(assessment, by=stage.officer(3), at=NOW)

    assert (taken.state, taken.submitted_at, taken.digest) == (State.DRAFT, None, "")


def test_a_table_under_review_is_not_taken_back(stage):
    assessment = stage.send(3)
    start_review(assessment, by=stage.head(1), at=NOW)

    with pytest.raises(NotNow, match="Đang thẩm định"):
        recall(assessment, by=stage.officer(3), at=NOW)


def test_a_sent_table_is_not_taken_back_after_the_deadline(stage):
    assessment = stage.send(3)

    with pytest.raises(SubmissionClosed):
        recall(assessment, by=stage.officer(3), at=LATER)

    assert state_of(assessment) == State.SUBMITTED


def test_sending_twice_is_refused_by_the_state(stage):
    assessment = stage.send(3)

    with pytest.raises(NotNow, match="Đã gửi Trưởng khối"):
        approve_and_send(assessment, by=stage.head(3), at=NOW)
