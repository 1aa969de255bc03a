"""What a bloc year is set to, and by whose word."""

import datetime as dt

import pytest

from blocs.actions import blocs as bloc_acts
from blocs.actions import guidance, year_settings, years
from blocs.clock import at
from blocs.models import BlocYear, LeadershipTerm, LogEntry, Membership, Notice, Provision
from tests.cast import TODAY, Cast, make_cast, make_unit

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast() -> Cast:
    return make_cast()


def test_a_moved_deadline_is_told_to_the_people_of_every_member(cast):
    year_settings.settle_year(cast.year, assessments_due_at=at(dt.date(2024, 12, 18), 17), by=cast.official)

    assert Notice.objects.count() == 6
    assert Notice.objects.filter(user=cast.officers["BQL-3"]).get().text == (
        "Hạn gửi bảng tự chấm điểm năm 2024: 17:00, thứ Tư, 18/12/2024."
    )


def test_settings_that_change_nothing_write_nothing(cast):
    year_settings.settle_year(cast.year, letterhead="A", by=cast.official)

    assert not LogEntry.objects.exists()


def test_the_review_cannot_be_due_before_the_assessments(cast):
    with pytest.raises(year_settings.DatesOutOfOrder, match="Hạn thẩm định"):
        year_settings.settle_year(cast.year, review_due_on=dt.date(2024, 12, 1), by=cast.official)

    cast.year.refresh_from_db()
    assert cast.year.review_due_on == dt.date(2024, 12, 25)


def test_a_closed_year_is_not_settled_anew(cast):
    year = years.close_year(cast.year, by=cast.official)

    with pytest.raises(years.YearClosed):
        year_settings.settle_year(year, letterhead="B", by=cast.official)


def test_members_are_kept_added_and_put_in_order(cast):
    new = make_unit("BQL-4", "Hòa Bình")
    order = [new, cast.units["BQL-2"], cast.units["BQL-1"]]

    year_settings.set_members(cast.year, members=order, by=cast.official, on=TODAY)

    rows = Membership.objects.filter(year=cast.year).order_by("position").values_list("unit__code", "position")
    assert list(rows) == [("BQL-4", 1), ("BQL-2", 2), ("BQL-1", 3)]


def test_the_leader_is_not_struck_off_the_list(cast):
    with pytest.raises(year_settings.MemberHasDossiers, match="đang là Trưởng khối"):
        year_settings.set_members(cast.year, members=[cast.units["BQL-3"]], by=cast.official, on=TODAY)


def test_a_named_leader_is_told(cast):
    unit = cast.units["BQL-3"]

    year_settings.name_leader(
        cast.year, role=LeadershipTerm.Role.LEADER, unit=unit, from_on=dt.date(2024, 8, 1), source="Công văn", by=None
    )

    assert set(Notice.objects.values_list("user__username", flat=True)) == {"head3", "officer3"}


def test_the_reviewer_of_the_leader_is_a_member_and_not_the_leader(cast):
    named = year_settings.name_leader_reviewer(cast.year, unit=cast.units["BQL-3"], by=cast.official)
    assert named.leader_reviewer == cast.units["BQL-3"]

    with pytest.raises(year_settings.ReviewsItself):
        year_settings.name_leader_reviewer(cast.year, unit=cast.leader, by=cast.official)
    with pytest.raises(years.NotAMember):
        year_settings.name_leader_reviewer(cast.year, unit=make_unit("XA-1", "Xa"), by=cast.official)


def test_the_head_of_a_paper_has_a_name_for_the_year(cast):
    row = year_settings.set_head_name(cast.memberships["BQL-1"], head_name="Nguyễn  Văn A ", by=cast.heads["BQL-1"])

    assert row.head_name == "Nguyễn Văn A"


def test_a_guidance_letter_brings_its_quotas_and_its_deadline(cast):
    Provision.objects.all().delete()

    letter = guidance.record_guidance(
        cast.year, title="Công văn hướng dẫn tổng kết", dated_on=dt.date(2024, 11, 5), quotas={"FLAG": 1, "CERTIFICATE": 3},
        submission_due_on=dt.date(2025, 1, 20), by=cast.official, at=at(TODAY, 9),
    )  # fmt: skip

    rows = Provision.objects.filter(year=cast.year, topic="award_quota").values_list(
        "key", "value", "guidance", "effective_from"
    )
    day = dt.date(2024, 11, 5)
    assert set(rows) == {("FLAG", "1", letter.pk, day), ("CERTIFICATE", "3", letter.pk, day)}
    assert BlocYear.objects.get(pk=cast.year.pk).submission_due_on == dt.date(2025, 1, 20)
    assert set(Notice.objects.values_list("user__username", flat=True)) == {"head1", "officer1"}


def test_a_provision_said_again_for_the_same_day_replaces_the_earlier_word(cast):
    for value in ("1", "2"):
        guidance.record_provision(
            topic="vote_threshold", key="election", value=value, effective_from=TODAY, by=cast.official
        )

    assert Provision.objects.get(topic="vote_threshold").value == "2"
    assert LogEntry.objects.latest("sequence").details["before"] == "1"


def test_a_bloc_is_founded_once_per_code(cast):
    with pytest.raises(bloc_acts.BlocCodeTaken):
        bloc_acts.found_bloc(cast.authority, code="MNPB", name="Khối khác", by=cast.official, at=at(TODAY, 9))


def test_a_bloc_keeps_its_own_words(cast):
    bloc = bloc_acts.found_bloc(
        cast.authority,
        code="cum-1",
        name="Cụm thi đua số 1",
        leader_word="Cụm trưởng",
        by=cast.official,
        at=at(TODAY, 9),
    )

    changed = bloc_acts.amend_bloc(bloc, founding_number="12/QĐ", by=cast.official, at=at(TODAY, 9))
    assert (changed.leader_word, changed.deputy_word, changed.founding_number) == (
        "Cụm trưởng",
        "Phó Trưởng khối",
        "12/QĐ",
    )
