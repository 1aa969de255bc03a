"""The first thing anybody sees."""

from playwright.sync_api import Page, expect


def test_a_stranger_is_asked_to_sign_in(page: Page, live_server) -> None:
    page.goto(f"{live_server.url}/")

    expect(page.get_by_role("heading", level=1)).to_be_visible()
    expect(page.get_by_role("button", name="Đăng nhập")).to_be_visible()


def test_signing_in_needs_no_javascript(without_javascript: Page, live_server) -> None:
    without_javascript.goto(f"{live_server.url}/")

    expect(without_javascript.get_by_role("button", name="Đăng nhập")).to_be_visible()
