"""The daily round: what is due soon is said once a day, to who can do it, and never after the deadline."""

import datetime as dt

import pytest
from django.core.management import call_command
from django.test import Client

from blocs import clock
from blocs.actions.personal import choose_mail
from blocs.models import Notice
from home.actions import remind_of_due
from tests.awards.stage import asked, rank_members
from tests.cast import TODAY, make_cast

pytestmark = pytest.mark.django_db
NOW = clock.at(TODAY, 9)


@pytest.fixture(autouse=True)
def _on_the_day(settings):
    settings.DEMO_TODAY = TODAY.isoformat()


@pytest.fixture
def cast():
    cast = make_cast(3)
    rank_members(cast)
    asked(cast, "BQL-2")
    Notice.objects.all().delete()
    return cast


def reminded():
    return sorted(Notice.objects.filter(kind="due_soon").values_list("user__username", "text"))


def test_what_is_due_within_the_days_is_said_to_who_can_do_it(cast):
    remind_of_due(days=5, by=None, at=NOW)

    people = {username for username, words in reminded() if "Bổ sung hồ sơ" in words}
    assert people == {"head1", "officer1", "head2", "officer2"}
    assert all("Hạn: " in words for _, words in reminded())


def test_what_is_further_off_or_over_is_not_said(cast):
    remind_of_due(days=2, by=None, at=NOW)
    remind_of_due(days=5, by=None, at=NOW + dt.timedelta(days=9))

    assert [words for _, words in reminded() if "Bổ sung hồ sơ" in words] == []


def test_nobody_is_told_twice_on_a_day(cast):
    remind_of_due(days=5, by=None, at=NOW)
    first = reminded()
    call_command("due", "--days", "5")

    assert first
    assert [pair[0] for pair in reminded()] == [pair[0] for pair in first]


def test_who_does_not_want_reminders_gets_none(cast):
    choose_mail(cast.officers["BQL-2"], manner="each", reminds=False, by=None)

    remind_of_due(days=5, by=None, at=NOW)

    assert "officer2" not in {username for username, _ in reminded()}


def test_the_message_for_a_phone_group_names_who_is_awaited_and_no_figure(cast):
    client = Client()
    client.force_login(cast.officers["BQL-1"], backend="allauth.account.auth_backends.AuthenticationBackend")

    page = client.get("/khoi/mnpb/2024/tin-nhan/").content.decode()

    assert "Còn 03 đơn vị chưa gửi bảng tự chấm điểm: Thái Nguyên, Tuyên Quang, Bắc Giang." in page
    assert "99,00" not in page
