"""The minutes write themselves: every figure from its record, prose with its edits, confirmed by two people."""

import pytest
from django.test import Client
from django.urls import reverse

from conferences.actions.agenda import adopt_item, close_item, open_item, take_notes
from conferences.actions.attendance import confirm_attendance, invite_guest
from conferences.actions.elections import conclude_election, open_second_round
from conferences.actions.invitations import NotATeller, name_teller
from conferences.actions.meetings import close_conference
from conferences.actions.minutes import (
    MinutesStand,
    NoSuchPart,
    NotYetOver,
    OnePersonTwice,
    ReadAgain,
    confirm_minutes,
    print_minutes,
    withdraw_confirmation,
    write_minutes,
)
from conferences.actions.publishing import NotCounted, draft_tally
from conferences.gathering.minutes import gather_minutes, minutes_digest
from conferences.models import Conference, MinutesEdit
from conferences.queries.minutes import compared
from documents.models import Document
from tests.cast import make_cast
from tests.conferences.stage import HELD_ON, LATER, MORNING, begin, make_conference, make_election, seat, vote


@pytest.fixture(autouse=True)
def _today(settings):
    settings.DEMO_TODAY = HELD_ON.isoformat()


@pytest.fixture
def cast(db):
    return make_cast(7)


@pytest.fixture
def conference(cast):
    conference = make_conference(cast, chair="Nguyễn Văn A", chair_post="Trưởng ban", secretary="Trần Thị B")
    seat(conference, "Phú Thọ")
    proxy = conference.attendances.get(membership=cast.memberships["BQL-6"])
    confirm_attendance(proxy, state="proxy", name="Lê Văn C", title="Phó Trưởng ban", by=None, at=MORNING)
    return conference


def held(conference, kind, votes_for=None, notes=""):
    item = open_item(conference.items.get(kind=kind), by=None, at=MORNING)
    if votes_for is not None:
        item = adopt_item(item, votes_for=votes_for, votes_of=6, by=None, at=MORNING)
    if notes:
        take_notes(item, notes=notes, by=None)
    return item


def over(conference):
    held(conference, "minutes", 6)
    return close_conference(conference, by=None, at=LATER)


def words(conference):
    paper = gather_minutes(Conference.objects.get(pk=conference.pk))
    lines = []
    for section in paper.sections:
        lines += [section.heading, *section.paragraphs, *section.items, *section.closing]
    return "\n".join(lines)


def test_who_attended_by_whom_and_who_was_away_is_gathered_from_the_delegates(cast, conference):
    invite_guest(conference, title="Phó Vụ trưởng", body="Vụ Tổ chức cán bộ", name="Phạm D", by=None)
    held(conference, "opening", 6)

    text = words(conference)

    assert "Thời gian bắt đầu: 08 giờ 00, ngày 04 tháng 01 năm 2025." in text
    assert "Đơn vị thành viên: 06/07 đơn vị có đại diện dự" in text
    assert "trong đó 01 đơn vị cử người được ủy quyền: Yên Bái (Lê Văn C)" in text
    assert "Vắng 01 đơn vị: Phú Thọ (Họp đột xuất)" in text
    assert "Hội nghị đủ điều kiện tiến hành (tối thiểu 05 đơn vị)" in text
    assert "không tham gia biểu quyết): Phạm D, Phó Vụ trưởng, Vụ Tổ chức cán bộ" in text


def test_every_vote_by_hand_is_printed_with_its_share(cast, conference):
    held(conference, "opening", 6)
    held(conference, "report", 5, notes="Bổ sung số liệu đầu tư")

    text = words(conference)

    assert "Hội nghị biểu quyết thông qua chương trình với 06/06 đơn vị nhất trí (đạt 100%)." in text
    assert "Hội nghị biểu quyết thông qua báo cáo với 05/06 đơn vị nhất trí (đạt 83,33%)." in text
    assert "Nội dung cần hoàn thiện: Bổ sung số liệu đầu tư" in text


def test_a_tie_and_its_run_off_are_printed_round_by_round_with_their_arithmetic(cast, conference):
    held(conference, "election")
    election = make_election(cast, "BQL-2", "BQL-3")
    first = begin(election, form="secret")
    vote(first, cast, {f"BQL-{n}": "BQL-2" if n < 4 else "BQL-3" for n in range(1, 7)})
    conclude_election(election, by=None, at=LATER, on=HELD_ON)
    second = open_second_round(election, by=None, at=LATER)
    vote(second, cast, {f"BQL-{n}": "BQL-2" if n < 5 else "BQL-3" for n in range(1, 7)})
    conclude_election(election, by=None, at=LATER, on=HELD_ON)

    text = words(conference)

    assert "Bầu Trưởng khối năm 2025: đơn vị được giới thiệu gồm" in text
    assert "Bầu Trưởng khối năm 2025 (lần 2)" in text
    assert "Phát ra 7 phiếu" not in text
    assert text.count("Phát ra 07 phiếu, thu về 06 phiếu, hợp lệ 06 phiếu") == 2
    assert "đạt 4/7 phiếu (57,14%)" in text


def test_a_round_that_publishes_only_its_outcome_prints_no_figure(cast, conference):
    held(conference, "election")
    election = make_election(cast, "BQL-2")
    vote(begin(election, form="secret", publishes="outcome"), cast, {f"BQL-{n}": "BQL-2" for n in range(1, 7)})
    conclude_election(election, by=None, at=LATER, on=HELD_ON)

    text = words(conference)

    assert "được bầu làm Trưởng khối năm 2025." in text
    assert "6/7" not in text


def test_items_that_were_not_held_have_no_part(conference):
    held(conference, "opening", 6)

    text = words(conference)

    assert "I. KHAI MẠC:" in text
    assert "BÌNH XÉT" not in text
    assert "II. KẾT LUẬN:" in text


def test_the_same_records_give_the_same_digest_and_an_edit_another(cast, conference):
    held(conference, "discussion", notes="Đại biểu nhất trí")
    before = minutes_digest(conference)
    assert minutes_digest(conference) == before

    write_minutes(conference, key="discussion", text="Các đại biểu nhất trí cao", by=cast.officers["BQL-1"], at=LATER)

    assert minutes_digest(conference) != before
    assert "Các đại biểu nhất trí cao" in words(conference)


def test_each_edit_keeps_what_was_noted_before_and_an_unchanged_text_leaves_nothing(cast, conference):
    held(conference, "discussion", notes="Đại biểu nhất trí")
    for _ in range(2):
        write_minutes(conference, key="discussion", text="Đại biểu nhất trí cao", by=cast.officers["BQL-1"], at=LATER)

    edit = MinutesEdit.objects.get()

    assert (edit.before, edit.after) == ("Đại biểu nhất trí", "Đại biểu nhất trí cao")
    assert compared(edit.before, edit.after) == (("", "Đại biểu nhất trí"), ("ins", "cao"))


def test_a_fact_cannot_be_written(conference):
    held(conference, "opening", 6)

    for key in ("", "election", "attendance"):
        with pytest.raises(NoSuchPart):
            write_minutes(conference, key=key, text="08/07", by=None, at=LATER)


def test_minutes_are_confirmed_only_after_the_end_and_only_as_they_were_read(cast, conference):
    held(conference, "opening", 6)
    with pytest.raises(NotYetOver):
        confirm_minutes(conference, capacity="secretary", digest=minutes_digest(conference), by=None, at=LATER)
    over(conference)

    with pytest.raises(ReadAgain, match="đọc lại"):
        confirm_minutes(conference, capacity="secretary", digest="x", by=cast.officers["BQL-1"], at=LATER)


def test_secretary_and_chair_are_two_people_and_together_they_adopt_the_minutes(cast, conference):
    conference = over(conference)
    digest = minutes_digest(conference)
    confirm_minutes(conference, capacity="secretary", digest=digest, by=cast.heads["BQL-1"], at=LATER)
    with pytest.raises(OnePersonTwice):
        confirm_minutes(conference, capacity="chair", digest=digest, by=cast.heads["BQL-1"], at=LATER)

    confirm_minutes(conference, capacity="chair", digest=digest, by=cast.heads["BQL-2"], at=LATER)

    conference.refresh_from_db()
    document = Document.objects.get(kind=Document.Kind.CONFERENCE_MINUTES)
    assert conference.state == Conference.State.ADOPTED
    assert f"mã kiểm tra {digest[:12]}" in document.paper.signers[0].note
    assert not document.paper.draft


def test_after_one_confirmation_nothing_is_edited_until_it_is_taken_back_by_its_giver(cast, conference):
    conference = over(conference)
    given = confirm_minutes(
        conference, capacity="secretary", digest=minutes_digest(conference), by=cast.officers["BQL-1"], at=LATER
    )
    with pytest.raises(MinutesStand):
        write_minutes(conference, key="conclusion", text="Khác", by=cast.officers["BQL-1"], at=LATER)
    with pytest.raises(MinutesStand):
        withdraw_confirmation(given, by=cast.officers["BQL-2"])

    withdraw_confirmation(given, by=cast.officers["BQL-1"])
    write_minutes(conference, key="conclusion", text="Khác", by=cast.officers["BQL-1"], at=LATER)

    assert "Khác" in words(conference)


def test_before_the_confirmations_the_printed_minutes_are_a_draft(cast, conference):
    held(conference, "opening", 6)

    document = print_minutes(Conference.objects.get(pk=conference.pk), by=cast.officers["BQL-1"], at=LATER)

    assert document.paper.draft
    assert document.kind == Document.Kind.CONFERENCE_MINUTES


def test_the_tally_team_is_printed_and_nobody_of_a_proposed_unit_is_on_it(cast, conference):
    make_election(cast, "BQL-2")
    name_teller(conference, membership=cast.memberships["BQL-4"], role="head", name="Hoàng E", by=None)
    held(conference, "team", 6)

    with pytest.raises(NotATeller, match="không tham gia Tổ kiểm phiếu"):
        name_teller(conference, membership=cast.memberships["BQL-2"], role="member", name="Vũ G", by=None)
    with pytest.raises(NotATeller, match="đã có Tổ trưởng"):
        name_teller(conference, membership=cast.memberships["BQL-5"], role="head", name="Vũ G", by=None)
    assert "Tổ kiểm phiếu gồm: Hoàng E, Hòa Bình (tổ trưởng)." in words(conference)


def test_the_minutes_of_the_tally_name_the_team_the_roll_and_the_arithmetic(cast, conference):
    name_teller(conference, membership=cast.memberships["BQL-4"], role="head", name="Hoàng E", by=None)
    held(conference, "election")
    election = make_election(cast, "BQL-2", "BQL-3")
    with pytest.raises(NotCounted):
        draft_tally(election, by=None, at=LATER)
    vote(begin(election, form="secret"), cast, {f"BQL-{n}": "BQL-2" if n < 5 else "BQL-3" for n in range(1, 7)})
    election = conclude_election(election, by=None, at=LATER, on=HELD_ON)

    paper = draft_tally(election, by=None, at=LATER).paper

    text = " ".join(line for part in paper.sections for line in (*part.paragraphs, *part.items, *part.closing))
    assert "Hoàng E, Ban Quản lý các Khu công nghiệp tỉnh Hòa Bình: Tổ trưởng" in text
    assert "Số đơn vị có quyền bỏ phiếu: 07" in text
    assert "Số đơn vị có mặt khi kết thúc bỏ phiếu: 06" in text
    assert [row[2] for row in paper.sections[1].table.rows] == ["4/7", "2/7"]
    assert "được bầu làm Trưởng khối năm 2025" in text


def browser(user):
    client = Client()
    client.force_login(user, "allauth.account.auth_backends.AuthenticationBackend")
    return client


def url(cast, page, **more):
    return reverse(f"conferences:{page}", kwargs={"bloc": cast.bloc.code, "year": 2024} | more)


def test_the_page_shows_locked_facts_free_prose_and_each_edit(cast, conference):
    held(conference, "discussion", notes="Đại biểu nhất trí")
    keeper = browser(cast.officers["BQL-1"])
    keeper.post(url(cast, "minutes_section"), {"muc-discussion": "Đại biểu nhất trí cao"})

    page = keeper.get(url(cast, "minutes")).content.decode()

    assert 'name="muc-discussion"' in page
    assert '<ins><span class="sr">thêm: </span>cao</ins>' in page


def test_a_member_reads_the_minutes_and_writes_nothing(cast, conference):
    held(conference, "discussion", notes="Đại biểu nhất trí")
    member = browser(cast.officers["BQL-3"])

    assert "<textarea" not in member.get(url(cast, "minutes")).content.decode()
    assert member.post(url(cast, "minutes_section"), {"muc-discussion": "x"}).status_code == 403


def test_the_two_confirm_by_the_page(cast, conference):
    conference = over(conference)
    keeper, chair = browser(cast.officers["BQL-1"]), browser(cast.heads["BQL-1"])
    sent = {"digest": minutes_digest(conference)}

    assert keeper.post(url(cast, "minutes_confirm", capacity="chu-toa"), sent).status_code == 403
    assert keeper.post(url(cast, "minutes_confirm", capacity="thu-ky"), sent).status_code == 303
    assert chair.post(url(cast, "minutes_confirm", capacity="chu-toa"), sent).status_code == 303

    assert "đã được chủ tọa và thư ký xác nhận" in chair.get(url(cast, "minutes")).content.decode()


def test_closing_an_item_keeps_its_facts(cast, conference):
    close_item(held(conference, "opening", 6), by=None, at=LATER)

    assert "thông qua chương trình với 06/06" in words(conference)
