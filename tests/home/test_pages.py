"""The first page of every role, the page of a year, the overview of many blocs, and the frame around them."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from blocs.clock import at
from blocs.models import BlocYear, User
from home.frame import frame_of
from home.overview import overview
from home.queries import todo
from home.rail import rail_of, with_figures
from tests.cast import TODAY, Cast, make_cast, make_user

pytestmark = pytest.mark.django_db
NOW = at(TODAY, 9)


@pytest.fixture
def cast(settings: object) -> Cast:
    settings.DEMO_TODAY = TODAY.isoformat()  # type: ignore[attr-defined]
    return make_cast(3)


def signed_in(user: User) -> Client:
    client = Client()
    client.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")
    return client


def test_a_person_without_a_post_is_told_that_nothing_is_to_be_done(cast: Cast) -> None:
    page = signed_in(make_user("outsider")).get("/")

    assert page.status_code == 200
    assert "Hiện không có việc cần làm" in page.content.decode()


def test_the_first_page_names_the_unit_and_the_assumed_date(cast: Cast) -> None:
    page = signed_in(cast.officers["BQL-3"]).get("/").content.decode()

    assert "Ban Quản lý các Khu công nghiệp tỉnh Bắc Giang" in page
    assert "thứ Năm, ngày 05 tháng 12 năm 2024" in page
    assert "Ngày giả định: 05/12/2024" in page
    assert "Dữ liệu minh họa" in page


def test_an_official_sees_which_units_a_bloc_waits_for(cast: Cast) -> None:
    seen = overview(cast.official, NOW)

    assert seen is not None
    assert [row.waiting for row in seen.rows] == ["Thái Nguyên, Tuyên Quang, Bắc Giang: chưa gửi bảng tự chấm điểm"]
    assert not seen.rows[0].is_late


def test_a_bloc_whose_deadline_is_over_stands_first_and_is_called_late(cast: Cast) -> None:
    late = make_cast(2, prefix="Z")
    late.bloc.authority = cast.authority
    late.bloc.save()

    seen = overview(cast.official, at(TODAY.replace(day=16), 9))
    BlocYear.objects.filter(pk=cast.year.pk).update(assessments_due_at=at(TODAY.replace(day=20), 17))
    one_late = overview(cast.official, at(TODAY.replace(day=16), 9))

    assert seen is not None
    assert one_late is not None
    assert seen.late == 2
    assert [row.is_late for row in one_late.rows] == [True, False]
    assert one_late.late_words == "01/02 khối đang quá hạn"


def test_only_officials_have_an_overview(cast: Cast) -> None:
    assert overview(cast.officers["BQL-1"], NOW) is None


def test_another_blocs_year_is_not_there(cast: Cast) -> None:
    foreign = make_cast(2, prefix="x")

    answer = signed_in(foreign.officers["BQL-1"]).get("/khoi/mnpb/2024/")

    assert answer.status_code == 404


def test_the_year_shows_its_members_under_the_names_of_that_year(cast: Cast) -> None:
    cast.units["BQL-3"].name = "Ban Quản lý các Khu công nghiệp tỉnh Bắc Ninh"
    cast.units["BQL-3"].short_name = "Bắc Ninh"
    cast.units["BQL-3"].save()

    page = signed_in(cast.officers["BQL-1"]).get("/khoi/mnpb/2024/").content.decode()

    assert "Còn 03/03 đơn vị chưa gửi bảng tự chấm điểm" in page
    assert "Bắc Giang" in page
    assert "Bắc Ninh" not in page


def test_the_rail_tells_seven_stages_in_the_order_of_the_year(cast: Cast) -> None:
    year = with_figures(BlocYear.objects.select_related("bloc")).get(pk=cast.year.pk)

    steps = [step.label for step in rail_of(year)]

    assert steps == [
        "Giao ước, bảng tiêu chí",
        "Sơ kết",
        "Tự chấm điểm",
        "Thẩm định",
        "Hội nghị tổng kết",
        "Trình khen thưởng",
        "Kết quả",
    ]


def test_the_frame_costs_four_queries_beside_the_users_rights(cast: Cast) -> None:
    user = cast.officers["BQL-1"]
    todo(user, NOW)

    with CaptureQueriesContext(connection) as asked:
        frame_of(user, cast.year, "/khoi/mnpb/2024/")

    assert len(asked) <= 4


def test_a_partial_has_no_frame(cast: Cast) -> None:
    client = signed_in(cast.officers["BQL-1"])

    page = client.get("/", headers={"HX-Request": "true"})

    assert page.context["frame"] is None
