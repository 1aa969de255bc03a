"""What a page gains by its script: typed text that survives, a session that warns, saving that says so."""

from collections.abc import Iterator

import pytest
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import get_token
from django.template import engines
from django.urls import include, path
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import PATIENCE, PLACE
from tests.cast import PASSWORD, make_user

PAGE = """{% extends "base.html" %}{% block content %}<h1>Thử</h1>
<form method="post" id="ly-do" data-keep>{% csrf_token %}<label for="r">Lý do</label><textarea id="r" name="r"></textarea>
<label for="p">Mã</label><input id="p" name="p" type="password"><button>Gửi</button></form>
<form hx-post="/thu/luu/" hx-trigger="change" hx-swap="none" data-autosave>{% csrf_token %}<label for="s">Số</label>
<input id="s" name="s">{% include "components/saved.html" %}</form>
<a href="/khac/">Trang khác</a>{% endblock %}"""
answers = {"luu": 200}


def form(request: HttpRequest) -> HttpResponse:
    if request.method == "POST":
        return HttpResponse("<h1>Đã gửi</h1>")
    return HttpResponse(engines["django"].from_string(PAGE).render({}, request))


def save(_request: HttpRequest) -> HttpResponse:
    return HttpResponse("<p data-sentence>Đã hết hạn.</p>" if answers["luu"] == 409 else "", status=answers["luu"])


@login_not_required
def elsewhere(request: HttpRequest) -> HttpResponse:
    get_token(request)
    # Without an icon the browser asks for one, and the answer "not found" brings a token that races with the next page's.
    return HttpResponse('<link rel="icon" href="data:,"><h1>Trang khác</h1>')


urlpatterns = [
    path("thu/", form),
    path("thu/luu/", save),
    path("khac/", elsewhere),
    path("", include("config.account_urls")),
    path("", include("blocs.urls")),
    path("", include("home.urls")),
]

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def site(live_server, settings) -> str:
    settings.ROOT_URLCONF = __name__
    settings.LOGIN_REDIRECT_URL = "/thu/"
    answers["luu"] = 200
    make_user("mot")
    make_user("hai")
    return live_server.url


@pytest.fixture
def tolerant(browser: Browser) -> Iterator[Page]:
    """A page whose console may report what the site itself answers: htmx writes refusals and lost networks there."""
    context = browser.new_context(**PLACE)
    context.set_default_timeout(PATIENCE)
    yield context.new_page()
    context.close()


def sign_in(page: Page, site: str, name: str) -> None:
    page.goto(f"{site}/dang-nhap/?next=/thu/")
    page.get_by_label("Tên đăng nhập").fill(name)
    page.get_by_label("Mật khẩu").fill(PASSWORD)
    page.get_by_role("button", name="Đăng nhập").click()
    page.wait_for_url("**/thu/")


def type_and_leave(page: Page, site: str) -> None:
    page.get_by_label("Lý do").fill("Chưa tính 02 dự án")
    page.get_by_label("Mã").fill("bi-mat")
    page.goto(f"{site}/khac/")


def test_typed_text_comes_back_after_the_session_ended(page: Page, site) -> None:
    sign_in(page, site, "mot")
    type_and_leave(page, site)
    page.context.clear_cookies()

    sign_in(page, site, "mot")

    expect(page.get_by_label("Lý do")).to_have_value("Chưa tính 02 dự án")
    expect(page.get_by_label("Mã")).to_have_value("")
    expect(page.get_by_text("Đã khôi phục nội dung chưa gửi")).to_be_visible()


def test_typed_text_is_never_shown_to_another_person(page: Page, site) -> None:
    sign_in(page, site, "mot")
    type_and_leave(page, site)
    page.context.clear_cookies()

    sign_in(page, site, "hai")

    expect(page.get_by_label("Lý do")).to_have_value("")


def test_a_form_that_was_sent_is_forgotten(page: Page, site) -> None:
    sign_in(page, site, "mot")
    page.get_by_label("Lý do").fill("Chưa tính 02 dự án")
    page.get_by_role("button", name="Gửi").click()
    expect(page.get_by_role("heading", name="Đã gửi")).to_be_visible()

    page.goto(f"{site}/thu/")

    expect(page.get_by_label("Lý do")).to_have_value("")


def test_signing_out_warns_of_text_not_sent_and_then_removes_it(page: Page, site) -> None:
    sign_in(page, site, "mot")
    page.get_by_label("Lý do").fill("Chưa tính 02 dự án")
    page.wait_for_timeout(400)
    page.locator("details.switch.right summary").click()

    page.get_by_role("button", name="Đăng xuất", exact=True).click()
    expect(page.get_by_text("chưa gửi ở 01 trang")).to_be_visible()
    page.get_by_role("button", name="Đăng xuất và xóa").click()
    page.wait_for_url("**/dang-nhap/")

    assert page.evaluate("Object.keys(localStorage).filter((key) => key.startsWith('kept:'))") == []


def test_the_session_warns_before_it_ends_and_can_be_kept(page: Page, site) -> None:
    page.clock.install()
    sign_in(page, site, "mot")

    page.clock.run_for(26 * 60 * 1000)
    expect(page.get_by_text("Phiên làm việc sẽ kết thúc sau 0")).to_be_visible()
    page.get_by_role("button", name="Tiếp tục làm việc").click()

    expect(page.get_by_text("Phiên làm việc sẽ kết thúc sau 0")).to_have_count(0)


def test_a_session_that_ended_offers_to_sign_in_again(page: Page, site) -> None:
    page.clock.install()
    sign_in(page, site, "mot")

    page.clock.run_for(31 * 60 * 1000)

    expect(page.get_by_text("Phiên làm việc đã kết thúc.")).to_be_visible()
    expect(page.get_by_role("link", name="Đăng nhập lại")).to_have_attribute("href", "/dang-nhap/?next=%2Fthu%2F")


def test_saving_says_when_and_a_refusal_says_why(tolerant: Page, site) -> None:
    sign_in(tolerant, site, "mot")
    tolerant.get_by_label("Số").fill("5")
    tolerant.get_by_label("Số").blur()
    expect(tolerant.get_by_text("Đã lưu lúc")).to_be_visible()

    answers["luu"] = 409
    tolerant.get_by_label("Số").fill("6")
    tolerant.get_by_label("Số").blur()

    expect(tolerant.get_by_role("alert").get_by_text("Đã hết hạn.")).to_be_visible()
    answers["luu"] = 200
    tolerant.get_by_role("button", name="Chưa lưu được, bấm để thử lại").click()
    expect(tolerant.get_by_text("Đã lưu lúc")).to_be_visible()
    expect(tolerant.get_by_text("Đã hết hạn.")).to_have_count(0)


def test_a_lost_network_says_that_nothing_typed_is_lost(tolerant: Page, site) -> None:
    sign_in(tolerant, site, "mot")
    tolerant.context.set_offline(True)
    tolerant.get_by_label("Số").fill("5")
    tolerant.get_by_label("Số").blur()

    expect(tolerant.get_by_text("Không kết nối được với hệ thống.")).to_be_visible()
    expect(tolerant.get_by_label("Số")).to_have_value("5")
