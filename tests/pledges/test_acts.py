"""A pledge from its draft to the last signature, and everything that is refused on the way."""

import datetime as dt

import pytest
from django.db import IntegrityError, transaction

from blocs.clock import at
from blocs.models import Authorisation, BlocYear, LogEntry, Membership, Notice, Post, StoredFile
from blocs.workflow import NotNow
from documents.papers import Signer
from pledges.actions import (
    AlreadySigned,
    NoCapacity,
    NotAwaitingSignatures,
    NotOpenForComments,
    NotReadyToFreeze,
    PledgeExists,
    ReasonMissing,
    RevisedMeanwhile,
    ScanRefused,
    TextChanged,
    TextFixed,
    WetSigner,
    comment_pledge,
    confirm_pledge,
    draft_next_pledge,
    draft_pledge,
    freeze_pledge,
    open_comment,
    record_wet_signature,
    refuse_pledge,
    revise_pledge,
    unfreeze_pledge,
)
from pledges.gathering import gather_pledge
from pledges.models import Objection, Pledge, Signature
from pledges.queries import unsigned_units
from tests.cast import TODAY, Cast, make_cast, make_user
from tests.pledges.conftest import NOW, content, scan

TEN = at(TODAY, 11, 2)


def confirm(pledge: Pledge, cast: Cast, unit: str) -> Signature:
    membership, head = cast.memberships[unit], cast.heads[unit]
    return confirm_pledge(pledge, membership=membership, digest=pledge.digest, by=head, at=TEN)


def by_hand(pledge: Pledge, cast: Cast, *units: str, on: dt.date = TODAY) -> list[Signature]:
    signers = [WetSigner(cast.memberships[unit], "TRƯỞNG BAN", "Trưởng ban", page="6") for unit in units]
    return record_wet_signature(pledge, signers=signers, signed_on=on, scan=scan(), by=cast.heads["BQL-1"], at=TEN)


def test_a_first_draft_has_the_usual_seven_contents_and_the_second_year_those_of_the_first(seven: Cast) -> None:
    first = draft_pledge(seven.year, by=None, on=TODAY)
    revise_pledge(first, content=content(seven), revision=1, by=None)

    second = draft_next_pledge(seven.year, by=None, on=TODAY)

    assert first.copies == 8
    assert second.year == BlocYear.objects.get(bloc=seven.bloc, year=2025)
    assert [row.title for row in second.articles.all()] == ["Đầu tư", "Quy hoạch"]
    assert [(row.title, row.values.count()) for row in second.targets.all()] == [("Hồ sơ đúng hạn", 0)]


def test_a_year_has_one_pledge(draft: Pledge, seven: Cast) -> None:
    with pytest.raises(PledgeExists):
        draft_pledge(seven.year, by=None, on=TODAY)


def test_a_draft_read_before_somebody_else_saved_is_not_overwritten(draft: Pledge, seven: Cast) -> None:
    with pytest.raises(RevisedMeanwhile):
        revise_pledge(draft, content=content(seven, theme="Khác"), revision=1, by=None)

    assert Pledge.objects.get().theme == "Đoàn kết, nỗ lực"


def test_members_comment_while_asked_and_only_then(draft: Pledge, seven: Cast) -> None:
    member = seven.memberships["BQL-3"]
    with pytest.raises(NotOpenForComments):
        comment_pledge(draft, membership=member, words="Nhất trí.", by=None, at=NOW)

    open_comment(draft, by=None)
    comment_pledge(draft, membership=member, words="Nhất trí.", by=seven.heads["BQL-3"], at=NOW)

    assert [row.text for row in draft.comments.all()] == ["Nhất trí."]


def test_freezing_names_what_is_missing(seven: Cast, draft: Pledge) -> None:
    empty = content(seven, place_name="", articles=(("Đầu tư", ""),))
    revise_pledge(draft, content=empty, revision=2, by=None)

    with pytest.raises(NotReadyToFreeze) as refusal:
        freeze_pledge(draft, by=None, at=NOW)

    assert refusal.value.sentence == (
        "Chưa thể khóa nội dung vì còn 02 mục chưa hoàn thành: nội dung 1 (Điều 1) chưa có cam kết; chưa ghi địa danh."
    )
    assert Pledge.objects.get().digest == ""


def test_freezing_fixes_the_text_tells_the_units_and_records_the_digest(frozen: Pledge, seven: Cast) -> None:
    assert (frozen.state, frozen.frozen_at, len(frozen.digest)) == (Pledge.State.FROZEN, NOW, 64)
    assert LogEntry.objects.get(act="freeze_pledge").details["digest"] == frozen.digest
    assert Notice.objects.filter(user=seven.heads["BQL-7"]).count() == 1
    with pytest.raises(TextFixed):
        revise_pledge(frozen, content=content(seven), revision=frozen.revision, by=None)


def test_a_frozen_text_is_taken_back_with_a_reason_before_the_first_signature_only(frozen: Pledge, seven: Cast) -> None:
    with pytest.raises(NotReadyToFreeze):
        unfreeze_pledge(frozen, reason=" ", by=None)
    again = freeze_pledge(unfreeze_pledge(frozen, reason="Sửa chỉ tiêu", by=None), by=None, at=NOW)
    confirm(again, seven, "BQL-1")

    with pytest.raises(NotNow):
        unfreeze_pledge(again, reason="Sửa nữa", by=None)

    assert Pledge.objects.get().digest == again.digest


def test_a_head_confirms_exactly_the_frozen_text(frozen: Pledge, seven: Cast) -> None:
    signature = confirm(frozen, seven, "BQL-3")

    assert (signature.manner, signature.digest) == (Signature.Manner.CONFIRMED, frozen.digest)
    assert (signature.person, signature.post, signature.capacity) == (seven.heads["BQL-3"], "Trưởng ban", "TRƯỞNG BAN")
    assert signature.signed_at == TEN
    assert Pledge.objects.get().state == Pledge.State.SIGNING
    line = LogEntry.objects.get(act="confirm_pledge")
    assert (line.unit_id, line.details["digest"]) == (seven.units["BQL-3"].pk, frozen.digest)


def test_a_digest_of_another_text_is_refused(frozen: Pledge, seven: Cast) -> None:
    old = frozen.digest
    revised = revise_pledge(
        unfreeze_pledge(frozen, reason="Sửa", by=None), content=content(seven, theme="Mới"), revision=3, by=None
    )
    freeze_pledge(revised, by=None, at=NOW)

    with pytest.raises(TextChanged):
        confirm_pledge(frozen, membership=seven.memberships["BQL-3"], digest=old, by=seven.heads["BQL-3"], at=TEN)

    assert not Signature.objects.exists()


def test_a_stored_text_that_was_tampered_with_is_not_signed(frozen: Pledge, seven: Cast) -> None:
    Pledge.objects.update(text=frozen.text + " ")

    with pytest.raises(TextChanged):
        confirm(frozen, seven, "BQL-3")


def test_a_deputy_signs_kt_and_an_authorised_person_tuq_with_the_paper(frozen: Pledge, seven: Cast) -> None:
    deputy, chief = make_user("deputy"), make_user("chief")
    Post.objects.create(
        user=deputy,
        unit=seven.units["BQL-3"],
        role=Post.Role.DEPUTY_HEAD,
        title="Phó Trưởng ban",
        from_on=dt.date(2020, 1, 1),
    )
    paper = Authorisation.objects.create(
        unit=seven.units["BQL-4"],
        holder=chief,
        title="Chánh Văn phòng",
        number="12/GUQ-BQLKCN",
        dated_on=TODAY,
        from_on=TODAY,
        until_on=TODAY,
    )
    for unit, person in (("BQL-3", deputy), ("BQL-4", chief)):
        confirm_pledge(frozen, membership=seven.memberships[unit], digest=frozen.digest, by=person, at=TEN)

    first, second = Signature.objects.all()

    assert first.capacity.splitlines() == ["KT. TRƯỞNG BAN", "PHÓ TRƯỞNG BAN"]
    assert second.capacity.splitlines() == ["TUQ. TRƯỞNG BAN", "CHÁNH VĂN PHÒNG"]
    assert second.authorisation == paper


def test_an_officer_or_a_stranger_does_not_sign(frozen: Pledge, seven: Cast) -> None:
    foreign = make_cast(prefix="x")
    for person in (seven.officers["BQL-3"], seven.heads["BQL-4"], seven.official, foreign.heads["BQL-1"]):
        with pytest.raises(NoCapacity):
            confirm_pledge(frozen, membership=seven.memberships["BQL-3"], digest=frozen.digest, by=person, at=TEN)
    with pytest.raises(NoCapacity):
        confirm_pledge(
            frozen, membership=foreign.memberships["BQL-1"], digest=frozen.digest, by=foreign.heads["BQL-1"], at=TEN
        )

    assert not Signature.objects.exists()


def test_a_unit_signs_once_in_whatever_manner(frozen: Pledge, seven: Cast) -> None:
    confirm(frozen, seven, "BQL-3")

    with pytest.raises(AlreadySigned):
        confirm(frozen, seven, "BQL-3")
    with pytest.raises(AlreadySigned):
        by_hand(frozen, seven, "BQL-4", "BQL-3")

    assert Signature.objects.count() == 1
    twin = Signature.objects.get()
    twin.pk = None
    with pytest.raises(IntegrityError), transaction.atomic():
        twin.save(force_insert=True)


def test_ink_and_seal_are_recorded_for_several_units_with_one_scan(frozen: Pledge, seven: Cast) -> None:
    signatures = by_hand(frozen, seven, "BQL-1", "BQL-2")

    assert {row.scan for row in signatures} == {StoredFile.objects.get()}
    assert [(row.manner, row.signed_on, row.page) for row in signatures] == [(Signature.Manner.WET, TODAY, "6")] * 2
    assert [member.short_name for member in unsigned_units(seven.year)] == [
        "Bắc Giang",
        "Hòa Bình",
        "Bắc Kạn",
        "Yên Bái",
        "Phú Thọ",
    ]


@pytest.mark.parametrize("on", [TODAY + dt.timedelta(days=1), TODAY - dt.timedelta(days=1)])
def test_ink_dated_ahead_or_before_freezing_is_refused(frozen: Pledge, seven: Cast, on: dt.date) -> None:
    with pytest.raises(ScanRefused, match="Ngày ký"):
        by_hand(frozen, seven, "BQL-1", on=on)

    assert not StoredFile.objects.exists()


def test_ink_of_nobody_is_refused(frozen: Pledge, seven: Cast) -> None:
    with pytest.raises(ScanRefused):
        by_hand(frozen, seven)


def test_the_last_signature_completes_the_pledge_and_nothing_more_is_signed(frozen: Pledge, seven: Cast) -> None:
    by_hand(frozen, seven, "BQL-1", "BQL-2", "BQL-3", "BQL-4")
    for number in (5, 6, 7):
        confirm(frozen, seven, f"BQL-{number}")

    assert Pledge.objects.get().state == Pledge.State.SIGNED
    assert unsigned_units(seven.year) == []
    with pytest.raises(NotAwaitingSignatures):
        confirm(frozen, seven, "BQL-7")


def test_a_unit_that_does_not_sign_says_why_and_may_sign_later(frozen: Pledge, seven: Cast) -> None:
    member = seven.memberships["BQL-6"]
    with pytest.raises(ReasonMissing):
        refuse_pledge(frozen, membership=member, reason="", by=None, at=NOW)
    refuse_pledge(frozen, membership=member, reason="Chỉ tiêu 1 quá cao.", by=seven.heads["BQL-6"], at=NOW)

    confirm(frozen, seven, "BQL-6")

    assert [(row.reason, row.ended_at) for row in Objection.objects.all()] == [("Chỉ tiêu 1 quá cao.", TEN)]


def test_a_draft_is_not_signed(draft: Pledge, seven: Cast) -> None:
    with pytest.raises(NotAwaitingSignatures):
        confirm(draft, seven, "BQL-1")


def test_the_printed_box_says_confirmed_with_hour_day_and_digest_and_never_a_digital_signature(
    frozen: Pledge, seven: Cast
) -> None:
    confirm(frozen, seven, "BQL-3")

    paper = gather_pledge(Pledge.objects.get())

    digest = frozen.digest
    assert paper.parties[2].signer == Signer(
        lines=("TRƯỞNG BAN",),
        name=seven.heads["BQL-3"].full_name,
        note=f"Đã xác nhận trên hệ thống lúc 11:02 ngày 05/12/2024; mã kiểm tra {digest[:4]}…{digest[-4:]}",
    )
    assert paper.digest == digest


def test_before_freezing_nobody_is_blamed_for_not_signing(draft: Pledge, seven: Cast) -> None:
    assert unsigned_units(seven.year) == []
    assert Membership.objects.filter(year=seven.year).count() == 7
