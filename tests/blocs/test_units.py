"""Units are recorded, renamed and merged; past years keep the old names."""

import datetime as dt

import pytest

from blocs.actions import units, years
from blocs.models import Authority, Unit
from blocs.queries.units import heir_on, names_on
from tests.cast import Cast, make_cast, make_unit

pytestmark = pytest.mark.django_db
JULY = dt.date(2025, 7, 1)


@pytest.fixture
def cast() -> Cast:
    return make_cast()


def rename(cast: Cast, day: dt.date = JULY):
    return units.rename_unit(
        cast.leader, name="Ban mới", short_name="Mới", province="Thái Nguyên", valid_from=day, by=cast.official
    )


def test_a_unit_is_recorded_with_its_first_name_in_one_form_of_unicode(cast):
    decomposed = "Ban Qua\u0309n ly\u0301"

    unit = units.record_unit(code="XA-1", name=decomposed, short_name="", by=cast.official)

    assert unit.name == "Ban Quản lý"
    assert list(unit.names.values_list("name", "valid_from")) == [("Ban Quản lý", None)]


def test_a_code_belongs_to_one_unit_without_regard_to_case(cast):
    with pytest.raises(units.CodeTaken):
        units.record_unit(code="bql-1", name="Khác", short_name="Khác", by=cast.official)


def test_a_new_name_holds_from_its_day(cast):
    rename(cast)

    assert names_on([cast.leader], JULY)[cast.leader.pk].name == "Ban mới"
    assert names_on([cast.leader], JULY - dt.timedelta(days=1))[cast.leader.pk].short_name == "Thái Nguyên"
    assert Unit.objects.get(pk=cast.leader.pk).name == "Ban mới"


def test_a_new_name_does_not_reach_years_before_it(cast):
    rename(cast)

    assert cast.year.memberships.get(unit=cast.leader).short_name == "Thái Nguyên"


def test_a_new_name_reaches_the_running_year_it_falls_into_but_no_closed_one(cast):
    years.close_year(cast.year, by=cast.official)
    running = years.open_next_year(cast.year, by=cast.official, on=dt.date(2025, 1, 4))

    rename(cast, dt.date(2024, 3, 1))

    assert running.memberships.get(unit=cast.leader).short_name == "Mới"
    assert cast.year.memberships.get(unit=cast.leader).short_name == "Thái Nguyên"


def test_a_second_name_from_the_same_day_is_refused(cast):
    rename(cast)

    with pytest.raises(units.NameDated, match="01/07/2025"):
        rename(cast)


def test_a_corrected_spelling_replaces_the_latest_name(cast):
    units.amend_unit(cast.leader, name="Ban Quản lý Khu công nghiệp", symbol="BQL", by=cast.official)

    unit = Unit.objects.get(pk=cast.leader.pk)
    assert (unit.name, unit.symbol, unit.names.get().name) == ("Ban Quản lý Khu công nghiệp", "BQL", unit.name)


def test_merged_units_end_the_day_before_and_name_their_successor(cast):
    heir = make_unit("BQL-9", "Phú Thọ")

    units.record_succession([cast.leader, cast.deputy], successor=heir, on=JULY, by=cast.official)

    merged = Unit.objects.get(pk=cast.leader.pk)
    assert (merged.successor, merged.valid_to) == (heir, dt.date(2025, 6, 30))
    assert heir_on(merged, JULY) == heir
    assert heir_on(merged, dt.date(2025, 6, 30)) == merged


def test_a_unit_that_takes_another_in_goes_on(cast):
    units.record_succession([cast.leader, cast.deputy], successor=cast.leader, on=JULY, by=cast.official)

    assert Unit.objects.get(pk=cast.leader.pk).valid_to is None
    assert Unit.objects.get(pk=cast.deputy.pk).successor == cast.leader


def test_a_unit_is_succeeded_once(cast):
    units.record_succession([cast.leader], successor=cast.deputy, on=JULY, by=cast.official)

    with pytest.raises(units.NoSuccession, match="Đã ghi đơn vị kế thừa"):
        units.record_succession([cast.leader], successor=cast.units["BQL-3"], on=JULY, by=cast.official)


def test_a_unit_that_has_ended_succeeds_nobody(cast):
    units.record_succession([cast.leader], successor=cast.deputy, on=JULY, by=cast.official)

    with pytest.raises(units.NoSuccession, match="không hoạt động"):
        units.record_succession([cast.deputy], successor=cast.leader, on=JULY, by=cast.official)


def test_officials_see_the_units_of_their_blocs_and_a_unit_sees_itself(cast):
    foreign = make_cast(prefix="x")
    free = make_unit("TD-1", "Tự do")
    day = dt.date(2024, 12, 5)

    def seen(user):
        return set(Unit.objects.visible_to(user, day).values_list("code", flat=True))

    assert seen(cast.official) == {"BQL-1", "BQL-2", "BQL-3", free.code}
    assert seen(cast.officers["BQL-2"]) == {"BQL-2"}
    assert seen(foreign.official) == {"xBQL-1", "xBQL-2", "xBQL-3", free.code}


@pytest.mark.parametrize(
    ("decider", "said"),
    [
        ("Bộ trưởng", "Bộ trưởng Bộ Kế hoạch và Đầu tư"),
        ("Bộ trưởng Bộ Kế hoạch và Đầu tư", "Bộ trưởng Bộ Kế hoạch và Đầu tư"),
    ],
)
def test_who_decides_is_named_with_the_authority_once(decider, said):
    assert Authority(name="Bộ Kế hoạch và Đầu tư", decider=decider).decider_in_full == said
