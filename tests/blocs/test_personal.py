"""A person's data: handed out whole, and erased so that the records stay whole under a pseudonym."""

import datetime as dt
import json

import pytest
from django.core.management import CommandError, call_command
from django.test import Client

from blocs.actions.people import close_post
from blocs.actions.personal import StillInOffice, choose_mail, erase_person
from blocs.audit import breaks
from blocs.models import LogEntry, Notice
from blocs.notices import notify
from tests.cast import TODAY, make_cast

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _on_the_day(settings):
    settings.DEMO_TODAY = TODAY.isoformat()


@pytest.fixture
def gone():
    """Somebody who acted, was told something, and has left."""
    cast = make_cast(2)
    user = cast.officers["BQL-2"]
    choose_mail(user, manner="digest", reminds=True, by=user)
    notify([user], kind="test", text="Kính gửi.")
    close_post(user.posts.get(), by=None, on=TODAY - dt.timedelta(days=1))
    return user


def test_who_holds_a_post_is_not_erased():
    with pytest.raises(StillInOffice):
        erase_person(make_cast(2).officers["BQL-1"], by=None, on=TODAY)


def test_erasure_leaves_a_pseudonym_and_a_log_that_holds(gone):
    name, username, mail = gone.full_name, gone.username, gone.email
    acts = list(LogEntry.objects.filter(actor_id=gone.pk).values_list("sequence", "digest"))

    erased = erase_person(gone, by=None, on=TODAY)

    assert erased.full_name == f"Tài khoản số {gone.pk} (đã xóa dữ liệu cá nhân)"
    assert (erased.email, erased.phone, erased.is_active, erased.has_usable_password()) == ("", "", False, False)
    assert not Notice.objects.filter(user=gone).exists()
    assert acts
    assert list(LogEntry.objects.filter(actor_id=gone.pk).values_list("sequence", "digest")) == acts
    assert list(breaks()) == []
    everything = json.dumps(list(LogEntry.objects.values_list("details", flat=True)))
    assert [word for word in (name, username, mail) if word in everything] == []


def test_the_erased_cannot_sign_in(gone):
    username = gone.username
    erase_person(gone, by=None, on=TODAY)

    assert not Client().login(username=username, password="mat-khau-thu-nghiem")


def test_a_person_takes_the_own_data_and_nobody_elses(gone):
    client = Client()
    client.force_login(gone, backend="allauth.account.auth_backends.AuthenticationBackend")

    found = json.loads(client.get("/tai-khoan/du-lieu/").content)

    assert found["account"]["username"] == gone.username
    assert [row["text"] for row in found["notices"]] == ["Kính gửi."]
    assert [row["act"] for row in found["log"]] == ["Đặt cách nhận thư"]
    assert [row["title"] for row in found["posts"]] == ["Chuyên viên"]


def test_the_commands_say_what_they_did_and_refuse_with_a_sentence(gone, capsys):
    call_command("export_person", gone.username)
    printed = json.loads(capsys.readouterr().out)
    call_command("erase_person", gone.username)

    assert printed["account"]["full_name"].startswith("Tài khoản officer2")
    assert "Tài khoản số" in capsys.readouterr().out
    with pytest.raises(CommandError, match="Không có tài khoản"):
        call_command("erase_person", "officer2")


def test_the_choice_of_mail_is_made_on_the_account_page(gone):
    client = Client()
    client.force_login(gone, backend="allauth.account.auth_backends.AuthenticationBackend")

    saved = client.post("/tai-khoan/nhan-thu/", {"manner": "none"})
    refused = client.post("/tai-khoan/nhan-thu/", {"manner": "bay"})

    gone.mail_choice.refresh_from_db()
    assert (saved.status_code, refused.status_code) == (303, 409)
    assert (gone.mail_choice.manner, gone.mail_choice.reminds) == ("none", False)
