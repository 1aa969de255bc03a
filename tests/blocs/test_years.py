"""A bloc's year begins, passes its leadership on, and ends."""

import datetime as dt

import pytest

from blocs.actions import years
from blocs.models import BlocYear, LeadershipTerm, LogEntry, Membership, UnitName
from blocs.standing import leadership_of
from blocs.workflow import NotNow
from tests.cast import Cast, make_cast, make_unit

pytestmark = pytest.mark.django_db
LEADER, DEPUTY = LeadershipTerm.Role.LEADER, LeadershipTerm.Role.DEPUTY
JANUARY = dt.date(2025, 1, 4)


@pytest.fixture
def cast() -> Cast:
    return make_cast()


def test_the_next_year_has_the_same_members_in_the_same_order_and_no_leadership(cast):
    following = years.open_next_year(cast.year, by=cast.official, on=JANUARY)

    assert (following.year, following.state) == (2025, BlocYear.State.OPEN)
    assert list(following.memberships.values_list("unit__code", "position")) == [
        ("BQL-1", 1),
        ("BQL-2", 2),
        ("BQL-3", 3),
    ]
    assert leadership_of(following, JANUARY).leader is None


def test_opening_the_next_year_again_returns_the_same_one_and_writes_nothing(cast):
    first = years.open_next_year(cast.year, by=cast.official, on=JANUARY)
    lines = LogEntry.objects.count()

    second = years.open_next_year(cast.year, by=cast.official, on=JANUARY)

    assert second == first
    assert LogEntry.objects.count() == lines


def test_a_year_opened_ahead_is_being_prepared_until_it_is_started(cast):
    following = years.open_next_year(cast.year, by=cast.official, on=dt.date(2024, 12, 20))
    assert following.state == BlocYear.State.PREPARING

    years.start_year(following, by=cast.official)

    following.refresh_from_db()
    assert following.state == BlocYear.State.OPEN


def test_settings_are_copied_and_dates_are_not(cast):
    BlocYear.objects.filter(pk=cast.year.pk).update(letterhead="B", may_vote_on_itself=False)
    cast.year.refresh_from_db()

    following = years.open_next_year(cast.year, by=cast.official, on=JANUARY)

    assert (following.letterhead, following.may_vote_on_itself, following.is_demonstration) == ("B", False, True)
    assert following.assessments_due_at is None


def test_a_renamed_member_has_its_new_name_in_the_new_year_and_its_old_one_in_the_old(cast):
    UnitName.objects.create(unit=cast.leader, name="Ban mới", short_name="Mới", valid_from=dt.date(2024, 12, 31))

    following = years.open_next_year(cast.year, by=cast.official, on=JANUARY)

    assert following.memberships.get(unit=cast.leader).name == "Ban mới"
    assert cast.year.memberships.get(unit=cast.leader).short_name == "Thái Nguyên"


def test_two_merged_members_are_one_successor_in_the_new_year(cast):
    heir = make_unit("BQL-9", "Phú Thọ")
    for code in ("BQL-2", "BQL-3"):
        unit = cast.units[code]
        unit.valid_to, unit.successor = dt.date(2024, 12, 31), heir
        unit.save()

    following = years.open_next_year(cast.year, by=cast.official, on=JANUARY)

    assert list(following.memberships.values_list("unit__code", flat=True)) == ["BQL-1", "BQL-9"]


def test_a_year_is_opened_once(cast):
    with pytest.raises(years.YearExists, match="đã có năm thi đua 2024"):
        years.open_year(cast.bloc, year=2024, members=[cast.leader], by=cast.official, on=JANUARY)


def test_a_year_without_members_is_not_opened(cast):
    with pytest.raises(years.NoMembers, match="ít nhất một đơn vị"):
        years.open_year(cast.bloc, year=2030, members=[], by=cast.official, on=JANUARY)


def test_a_closed_year_refuses_every_act_and_stays_closed(cast):
    year = years.close_year(cast.year, by=cast.official)

    with pytest.raises(years.YearClosed, match="đã kết thúc"):
        years.refuse_past(year)
    with pytest.raises(NotNow):
        years.close_year(year, by=cast.official)


def test_a_new_leader_ends_the_term_of_the_old_one_the_day_before(cast):
    years.install_leadership(
        cast.year,
        role=LEADER,
        unit=cast.units["BQL-3"],
        from_on=dt.date(2024, 8, 1),
        source="Công văn",
        by=cast.official,
    )

    old = LeadershipTerm.objects.get(unit=cast.leader)
    assert old.until_on == dt.date(2024, 7, 31)
    assert leadership_of(cast.year, dt.date(2024, 7, 31)).leader == cast.leader.pk
    assert leadership_of(cast.year, dt.date(2024, 8, 1)).leader == cast.units["BQL-3"].pk


def test_a_deputy_that_becomes_leader_is_deputy_no_longer(cast):
    years.install_leadership(
        cast.year, role=LEADER, unit=cast.deputy, from_on=dt.date(2024, 8, 1), source="", by=cast.official
    )

    now = leadership_of(cast.year, dt.date(2024, 8, 2))
    assert (now.leader, now.deputy) == (cast.deputy.pk, None)


def test_a_leader_cannot_be_its_own_deputy(cast):
    with pytest.raises(years.AlreadyLeads, match="đang là Trưởng khối"):
        years.install_leadership(
            cast.year, role=DEPUTY, unit=cast.leader, from_on=dt.date(2024, 8, 1), source="", by=cast.official
        )


def test_a_foreign_unit_cannot_lead(cast):
    stranger = make_unit("XA-1", "Hà Nội")

    with pytest.raises(years.NotAMember, match="không phải là đơn vị thành viên"):
        years.install_leadership(
            cast.year, role=LEADER, unit=stranger, from_on=dt.date(2024, 8, 1), source="", by=cast.official
        )


def test_a_leader_named_again_for_the_same_day_is_a_correction(cast):
    start = dt.date(2024, 1, 1)

    years.install_leadership(cast.year, role=LEADER, unit=cast.units["BQL-3"], from_on=start, source="", by=None)

    terms = LeadershipTerm.objects.filter(year=cast.year, role=LEADER).values_list("unit__code", "from_on", "until_on")
    assert list(terms) == [("BQL-3", start, None)]
    assert LogEntry.objects.latest("sequence").details["before"] == cast.leader.pk


def test_a_term_cannot_begin_before_the_present_one(cast):
    with pytest.raises(years.TermTooEarly, match="01/01/2024"):
        years.install_leadership(
            cast.year, role=LEADER, unit=cast.units["BQL-3"], from_on=dt.date(2023, 8, 1), source="", by=None
        )
    assert Membership.objects.filter(year=cast.year).count() == 3
