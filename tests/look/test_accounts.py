"""Sign-in, passwords and sessions, through the pages."""

import re

import pytest
from django.core import mail
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from config import account_urls
from tests.cast import PASSWORD, Cast, make_cast, make_user

pytestmark = pytest.mark.django_db

LOGIN = "/dang-nhap/"


@pytest.fixture(autouse=True)
def _no_earlier_failures():
    cache.clear()


@pytest.fixture
def cast() -> Cast:
    return make_cast(1)


def sign_in(login: str, password: str = PASSWORD, *, address: str = "10.0.0.1") -> Client:
    client = Client(REMOTE_ADDR=address)
    client.last = client.post(LOGIN, {"login": login, "password": password})
    return client


def is_signed_in(client: Client) -> bool:
    return "_auth_user_id" in client.session


def test_a_person_signs_in_by_name_in_any_case():
    make_user("bacgiang")

    assert is_signed_in(sign_in("BacGiang"))


def test_a_person_signs_in_by_work_mail():
    make_user("bacgiang", email="thidua@bacgiang.example")

    assert is_signed_in(sign_in("thidua@bacgiang.example"))


def test_a_wrong_password_and_an_unknown_name_get_the_same_sentence():
    make_user("bacgiang")

    wrong, unknown = sign_in("bacgiang", "sai-mat-khau"), sign_in("khong-co", "sai-mat-khau")

    sentence = "Tên đăng nhập hoặc mật khẩu chưa đúng."
    assert [form.last.context["form"].non_field_errors() for form in (wrong, unknown)] == [[sentence], [sentence]]


def test_five_failures_stop_sign_in_from_that_address_and_say_for_how_long():
    make_user("bacgiang")
    for _ in range(5):
        sign_in("bacgiang", "sai-mat-khau")

    client = sign_in("bacgiang")

    (sentence,) = client.last.context["form"].non_field_errors()
    assert re.fullmatch(r"Đã đăng nhập sai quá nhiều lần\. .* tạm dừng 05 phút, đến \d\d:\d\d\. .*", sentence)
    assert not is_signed_in(client)


def test_failures_from_elsewhere_do_not_lock_the_holder_out():
    make_user("bacgiang")
    for _ in range(6):
        sign_in("bacgiang", "sai-mat-khau", address="203.0.113.9")

    assert is_signed_in(sign_in("bacgiang", address="10.0.0.1"))


def test_behind_a_proxy_the_address_is_the_one_the_proxy_saw(settings):
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1
    make_user("bacgiang")
    for _ in range(6):
        Client(HTTP_X_FORWARDED_FOR="1.2.3.4, 203.0.113.9").post(LOGIN, {"login": "bacgiang", "password": "sai"})

    client = Client(HTTP_X_FORWARDED_FOR="1.2.3.4, 198.51.100.7")
    client.post(LOGIN, {"login": "bacgiang", "password": PASSWORD})

    assert is_signed_in(client)


def test_signing_out_needs_a_post():
    make_user("bacgiang")
    client = sign_in("bacgiang")

    asked = client.get("/dang-xuat/")
    still_in = is_signed_in(client)
    client.post("/dang-xuat/")

    assert (asked.status_code, still_in, is_signed_in(client)) == (200, True, False)


def test_nobody_signs_up():
    assert "account_signup" not in {pattern.name for pattern in account_urls.urlpatterns}


def test_a_forgotten_password_is_reset_by_a_link_that_works_once():
    make_user("bacgiang", email="thidua@bacgiang.example")
    client = Client()

    client.post("/mat-khau/quen/", {"email": "thidua@bacgiang.example"})
    link = re.search(r"http://testserver(\S+)", mail.outbox[0].body).group(1)
    form = client.get(link, follow=True)
    new = {"password1": "mot-mat-khau-khac-9", "password2": "mot-mat-khau-khac-9"}
    client.post(form.context["action_url"], new)
    again = Client().get(link)

    assert is_signed_in(sign_in("bacgiang", "mot-mat-khau-khac-9"))
    assert again.context["token_fail"] is True
    assert [letter.subject for letter in mail.outbox] == [
        "Đặt mật khẩu mới trên Hệ thống quản lý khối thi đua",
        "Mật khẩu tài khoản đã được đặt lại",
    ]


def test_a_reset_forgets_the_failures_of_that_address():
    user = make_user("bacgiang", email="thidua@bacgiang.example")
    for _ in range(5):
        sign_in("bacgiang", "sai-mat-khau", address="127.0.0.1")
    client = Client()
    client.post("/mat-khau/quen/", {"email": user.email})
    link = re.search(r"http://testserver(\S+)", mail.outbox[0].body).group(1)
    form = client.get(link, follow=True)

    client.post(form.context["action_url"], {"password1": "mot-mat-khau-khac-9", "password2": "mot-mat-khau-khac-9"})

    assert is_signed_in(sign_in("bacgiang", "mot-mat-khau-khac-9", address="127.0.0.1"))


def test_a_stranger_who_asks_for_a_reset_gets_the_same_answer_and_no_mail():
    make_user("bacgiang", email="thidua@bacgiang.example")

    known = Client().post("/mat-khau/quen/", {"email": "thidua@bacgiang.example"}, follow=True)
    mail.outbox.clear()
    unknown = Client().post("/mat-khau/quen/", {"email": "la@nguoi.example"}, follow=True)

    assert (known.redirect_chain, len(mail.outbox)) == (unknown.redirect_chain, 0)


def test_a_person_changes_the_password_and_is_told_by_mail(cast):
    client = sign_in("officer1")

    client.post(
        "/mat-khau/doi/",
        {"oldpassword": PASSWORD, "password1": "mot-mat-khau-khac-9", "password2": "mot-mat-khau-khac-9"},
    )

    assert is_signed_in(sign_in("officer1", "mot-mat-khau-khac-9"))
    assert [letter.subject for letter in mail.outbox] == ["Mật khẩu tài khoản đã được đổi"]


def test_the_session_ends_thirty_minutes_after_the_last_request(cast, settings):
    client = sign_in("officer1")

    assert settings.SESSION_COOKIE_AGE == 1800
    assert (client.session.get_expiry_age(), client.session.get_expire_at_browser_close()) == (1800, True)


def test_keeping_the_session_starts_the_idle_time_anew_and_a_page_that_polls_does_not(cast):
    client = sign_in("officer1")
    rows = client.session.__class__.get_model_class().objects
    before = rows.get().expire_date

    client.get("/tai-khoan/", headers={"X-Idle": "1"})
    after_poll = rows.get().expire_date
    kept = client.post(reverse("account_keep"))

    assert (kept.status_code, after_poll == before, rows.get().expire_date > before) == (204, True, True)


def test_the_account_page_says_who_one_is(cast):
    page = sign_in("officer1").get("/tai-khoan/")

    assert page.context["contact"][1] == ("Tên đăng nhập", "officer1")
    assert len(page.context["posts"]) == 1
