"""Nothing typed is lost: expired sessions, stale forms, refusals, oversized requests."""

import pytest
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, QueryDict
from django.test import Client, RequestFactory
from django.urls import path
from django.views.defaults import server_error

import config.urls
from blocs.errors import Refusal
from blocs.kept import typed_values
from tests.cast import make_cast

pytestmark = pytest.mark.django_db

TYPED = "Báo cáo tổng hợp ghi 1.275,00; phần còn lại chưa được tính."


def refuse(_request: HttpRequest) -> HttpResponse:
    raise Refusal("Chưa thể gửi vì còn 03 tiêu chí chưa hoàn thành.", remedy_url="/", remedy_label="Xem tiêu chí")


def forbid(_request: HttpRequest) -> HttpResponse:
    raise PermissionDenied("Việc này do Trưởng khối thực hiện.")


def break_down(_request: HttpRequest) -> HttpResponse:
    raise RuntimeError("một trục trặc")


urlpatterns = [
    *config.urls.urlpatterns,
    path("thu/tu-choi/", refuse),
    path("thu/khong-duoc/", forbid),
    path("thu/hong/", break_down),
]
handler400 = config.urls.handler400


@pytest.fixture(autouse=True)
def _own_urls(settings):
    settings.ROOT_URLCONF = __name__


@pytest.fixture
def member() -> Client:
    cast = make_cast(1)
    client = Client(raise_request_exception=False)
    client.force_login(cast.officers["BQL-1"], backend="allauth.account.auth_backends.AuthenticationBackend")
    return client


def sentence_of(response) -> str:
    text = response.content.decode()
    return text.partition("data-sentence>")[2].partition("<")[0].strip()


def test_a_signed_out_post_gives_the_typed_text_back_and_the_way_to_sign_in():
    response = Client().post(
        "/thu/tu-choi/",
        {"reason": TYPED, "password": "bi-mat", "choice": "approve"},
        headers={"Referer": "http://testserver/thu/trang?muc=2"},
    )

    assert (response.status_code, response.context["typed"]) == (401, [TYPED])
    assert response.context["back"] == "/thu/trang?muc=2"
    assert "/dang-nhap/?next=%2Fthu%2Ftrang%3Fmuc%3D2" in response.content.decode()


def test_a_signed_out_get_goes_to_sign_in():
    response = Client().get("/tai-khoan/")

    assert (response.status_code, response["Location"]) == (302, "/dang-nhap/?next=/tai-khoan/")


def test_the_way_back_is_never_to_another_site():
    response = Client().post("/thu/tu-choi/", {"reason": TYPED}, headers={"Referer": "https://other.example/form"})

    assert response.context["back"] == "/"


def test_a_stale_form_gives_the_typed_text_back(member):
    strict = Client(enforce_csrf_checks=True)
    strict.cookies = member.cookies

    response = strict.post("/thu/tu-choi/", {"reason": TYPED}, headers={"Origin": "http://testserver"})

    assert (response.status_code, response.context["typed"]) == (403, [TYPED])


def test_a_form_of_another_site_is_refused_without_showing_what_it_sent(member):
    strict = Client(enforce_csrf_checks=True)
    strict.cookies = member.cookies

    response = strict.post("/thu/tu-choi/", {"reason": TYPED}, headers={"Origin": "https://other.example"})

    assert (response.status_code, response.context["typed"]) == (403, [])


def test_a_refusal_keeps_what_was_typed_and_shows_the_remedy(member):
    response = member.post("/thu/tu-choi/", {"reason": TYPED})

    assert (response.status_code, response.context["typed"]) == (409, [TYPED])
    assert sentence_of(response) == "Chưa thể gửi vì còn 03 tiêu chí chưa hoàn thành."
    assert '<a href="/">Xem tiêu chí</a>' in response.content.decode()


def test_a_refusal_to_htmx_is_the_bare_sentence(member):
    response = member.post("/thu/tu-choi/", {"reason": TYPED}, headers={"HX-Request": "true"})

    assert (response.status_code, b"<html" in response.content) == (409, False)
    assert sentence_of(response) == "Chưa thể gửi vì còn 03 tiêu chí chưa hoàn thành."


def test_who_may_not_is_told_who_may(member):
    response = member.get("/thu/khong-duoc/")

    assert (response.status_code, sentence_of(response)) == (403, "Việc này do Trưởng khối thực hiện.")


def test_what_is_not_there_and_what_is_not_shown_read_the_same(member):
    response = member.get("/khong-co/")

    expected = "Không tìm thấy nội dung, hoặc nội dung không thuộc phạm vi của đơn vị."
    assert (response.status_code, sentence_of(response)) == (404, expected)


def test_a_fault_is_told(member):
    response = member.get("/thu/hong/")

    assert (response.status_code, "Hệ thống gặp trục trặc" in sentence_of(response)) == (500, True)


def test_an_oversized_form_is_told_so(member, settings):
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 1000

    response = member.post("/thu/tu-choi/", {"reason": "x" * 2000})

    assert (response.status_code, "quá lớn" in sentence_of(response)) == (413, True)


def test_typed_values_are_texts_and_figures_but_no_codes_and_no_secrets():
    post = QueryDict(mutable=True)
    post.update(
        {"csrfmiddlewaretoken": "abc123XYZ", "password1": "Bi mat 9", "state": "sent_back", "actual": "1.335,00"}
    )
    post.setlist("note", ["Một", "", "Hai dòng"])

    assert typed_values(post) == ["1.335,00", "Một", "Hai dòng"]


def test_the_page_of_faults_asks_neither_the_database_nor_the_request(django_assert_num_queries):
    with django_assert_num_queries(0):
        response = server_error(RequestFactory().get("/"))

    assert "Hệ thống gặp trục trặc" in sentence_of(response)
