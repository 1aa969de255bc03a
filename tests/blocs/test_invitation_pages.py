"""A one-time link in a browser: shown once, kept nowhere, used once."""

import datetime as dt
import logging
import re

import pytest
from django.contrib.sessions.models import Session
from django.test import Client
from django.urls import reverse

from blocs.models import Invitation, Post, User
from tests.cast import Cast, make_cast

pytestmark = pytest.mark.django_db
BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
INVITED = {"full_name": "Phạm Thu Hà", "email": "ha@example.test", "role": "officer", "title": "Chuyên viên"}
ACCOUNT = {"username": "ha.pham", "password1": "mot-cau-du-dai", "password2": "mot-cau-du-dai"}


@pytest.fixture
def cast() -> Cast:
    return make_cast()


def signed_in(user: User) -> Client:
    client = Client()
    client.force_login(user, backend=BACKEND)
    return client


def invited(cast: Cast, by: User | None = None, **changes: str) -> str:
    answer = signed_in(by or cast.heads["BQL-1"]).post(reverse("blocs:invite", args=["BQL-1"]), INVITED | changes)
    (token,) = re.findall(r"/loi-moi/([0-9a-f]{64})/", answer.content.decode())
    return token


def test_the_link_is_shown_once_and_kept_nowhere(cast):
    token = invited(cast)

    page = signed_in(cast.heads["BQL-1"]).get(reverse("blocs:people", args=["BQL-1"])).content.decode()

    assert "Phạm Thu Hà" in page
    assert token not in page
    assert token not in str([session.get_decoded() for session in Session.objects.all()])


def test_the_page_that_shows_the_link_is_not_stored(cast):
    answer = signed_in(cast.heads["BQL-1"]).post(reverse("blocs:invite", args=["BQL-1"]), INVITED)

    assert "no-store" in answer["Cache-Control"]


def test_a_new_person_takes_the_post_and_is_signed_in(cast):
    client = Client()

    page = client.get(f"/loi-moi/{invited(cast)}/", follow=True)
    answer = client.post(reverse("blocs:accept"), ACCOUNT)

    assert page.redirect_chain == [("/loi-moi/nhan/", 302)]
    assert "Phó" not in page.content.decode()
    assert (answer.status_code, answer["Location"]) == (303, "/")
    user = User.objects.get(username="ha.pham")
    assert client.session["_auth_user_id"] == str(user.pk)
    assert Post.objects.get(user=user).unit == cast.leader


def test_no_page_of_the_link_is_stored_or_named_to_others(cast):
    client = Client()

    first = client.get(f"/loi-moi/{invited(cast)}/")
    second = client.get(first["Location"])

    assert [(answer["Referrer-Policy"], "no-store" in answer["Cache-Control"]) for answer in (first, second)] == [
        ("no-referrer", True),
        ("no-referrer", True),
    ]


def test_the_link_never_reaches_the_log_nor_the_session(cast, caplog):
    token, client = invited(cast), Client()
    with caplog.at_level(logging.DEBUG):
        client.get(f"/loi-moi/{token}/", follow=True)
        client.post(reverse("blocs:accept"), ACCOUNT | {"password2": "khac-nhau-hoan-toan"})
        client.get("/loi-moi/" + "0" * 64 + "/", follow=True)

    django_lines = [
        record.getMessage() for record in caplog.records if record.name.startswith(("django.request", "blocs"))
    ]
    assert not [line for line in django_lines if token in line or "0" * 64 in line]
    assert token not in str(dict(client.session))


def test_a_used_withdrawn_or_invented_link_says_whom_to_ask(cast):
    token = invited(cast)
    Invitation.objects.update(withdrawn_at=dt.datetime.now(dt.UTC))

    answers = [Client().get(f"/loi-moi/{word}/", follow=True) for word in (token, "khong-co")]

    assert [answer.status_code for answer in answers] == [410, 410]
    assert "Đề nghị liên hệ nơi gửi lời mời" in answers[0].content.decode()


def test_the_acceptance_without_a_link_is_void(cast):
    assert Client().get(reverse("blocs:accept")).status_code == 410


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"password2": "khac-nhau-hoan-toan"}, "Hai lần nhập mật khẩu chưa giống nhau."),
        ({"password1": "1234567890", "password2": "1234567890"}, "Mật khẩu"),
        ({"username": "head1"}, "đã thuộc tài khoản khác"),
        ({"username": "hà"}, "Tên đăng nhập gồm ít nhất 03 chữ cái không dấu"),
    ],
)
def test_what_is_wrong_is_said_and_the_link_stays_open(cast, changes, said):
    client = Client()
    client.get(f"/loi-moi/{invited(cast)}/")

    answer = client.post(reverse("blocs:accept"), ACCOUNT | changes)

    assert answer.status_code == 422
    assert said in answer.content.decode()
    assert Invitation.objects.get().accepted_at is None


def test_a_known_mail_address_leads_to_sign_in(cast):
    client = Client()
    client.get(f"/loi-moi/{invited(cast, email='officer2@example.test')}/")

    page = client.get(reverse("blocs:accept")).content.decode()

    assert "/dang-nhap/?next=/loi-moi/nhan/" in page


def test_a_signed_in_person_takes_the_post_with_the_account_at_hand(cast):
    client = signed_in(cast.officers["BQL-2"])
    client.get(f"/loi-moi/{invited(cast)}/")

    answer = client.post(reverse("blocs:accept"), {"csrfmiddlewaretoken": "x"})

    assert answer.status_code == 303
    assert Post.objects.get(unit=cast.leader, user=cast.officers["BQL-2"]).role == "officer"


def test_a_head_offers_no_second_head_and_an_official_does(cast):
    url = reverse("blocs:invite", args=["BQL-1"])
    pages = [signed_in(user).get(url).content.decode() for user in (cast.heads["BQL-1"], cast.official)]

    assert ["Thủ trưởng đơn vị</option>" in page.replace("Cấp phó của Thủ trưởng", "") for page in pages] == [
        False,
        True,
    ]


def test_a_role_that_is_not_offered_is_refused(cast):
    answer = signed_in(cast.heads["BQL-1"]).post(reverse("blocs:invite", args=["BQL-1"]), INVITED | {"role": "head"})

    assert answer.status_code == 422
    assert not Invitation.objects.exists()


def test_the_same_person_is_not_invited_twice(cast):
    invited(cast)

    answer = signed_in(cast.heads["BQL-1"]).post(reverse("blocs:invite", args=["BQL-1"]), INVITED)

    assert answer.status_code == 422
    assert "Đã có lời mời đang chờ nhận" in answer.content.decode()


def test_a_deputy_does_not_end_the_heads_post(cast):
    Post.objects.create(
        user=cast.officers["BQL-1"], unit=cast.leader, role="deputy_head", title="P", from_on=dt.date(2020, 1, 1)
    )
    head = Post.objects.get(user=cast.heads["BQL-1"])

    answer = signed_in(cast.officers["BQL-1"]).post(reverse("blocs:post_close", args=[head.pk]))

    assert answer.status_code == 403
    head.refresh_from_db()
    assert head.until_on is None
