"""A ministry and a province: built in bulk, true to their numbers; the pages over many blocs cost what they cost for one."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from awards.models import Nomination
from blocs.models import Authority, Bloc, BlocYear, Unit
from home.demo.bulk import Size, add_in_bulk
from home.management.commands.seed_demo import SIZES
from tests.cast import TODAY, make_cast

pytestmark = pytest.mark.django_db
PAGES = ("/", "/tham-dinh/", "/tham-dinh/?buoc=tat-ca", "/tham-dinh/hoi-dong/", "/tra-cuu-khen-thuong/", "/tra-cuu-khen-thuong/thong-ke/", "/tham-dinh/quyet-dinh/")  # fmt: skip


@pytest.fixture(autouse=True)
def _on_the_day(settings):
    settings.DEMO_TODAY = TODAY.isoformat()


def test_a_province_has_seventy_blocs_and_306_units_with_the_story():
    story = further = 7
    blocs = {name: 2 + len(size.members) for name, size in SIZES.items() if size}

    assert blocs == {"ministry": 8, "province": 70}
    assert story + further + sum(SIZES["province"].members) == 306
    assert SIZES["province"].past == 5


def test_the_bulk_is_true_to_its_numbers():
    authority = Authority.objects.create(name="Bộ minh họa")

    units = add_in_bulk(authority, Size([4, 5], past=2, criteria=2))

    assert (units, Unit.objects.count(), Bloc.objects.count(), BlocYear.objects.count()) == (9, 9, 2, 6)
    assert set(BlocYear.objects.exclude(year=2024).values_list("state", flat=True)) == {"closed"}
    assert Nomination.objects.filter(state="awarded").count() == 8


@pytest.mark.parametrize("page", PAGES)
def test_a_page_over_many_blocs_asks_as_often_as_over_few(page):
    cast = make_cast(2)
    client = Client()
    client.force_login(cast.official, backend="allauth.account.auth_backends.AuthenticationBackend")
    add_in_bulk(cast.authority, Size([4] * 7, past=1), prefix="it")
    few = asked(client, page)
    add_in_bulk(cast.authority, Size([4] * 21, past=1), prefix="nhieu")

    assert asked(client, page) == few <= 30


def asked(client: Client, page: str) -> int:
    with CaptureQueriesContext(connection) as found:
        assert client.get(page).status_code == 200
    return len(found.captured_queries)
