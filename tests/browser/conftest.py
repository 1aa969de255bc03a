"""A real Chromium against the live site: no request may leave our origin, no page may complain in its console."""

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.browser.acts.hands import Site

# Playwright's own event loop runs in the thread of the test; Django would refuse the ORM there.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"

HERE = Path(__file__).parent
PATIENCE = 30_000  # milliseconds: a paper printed at once takes 15 s on two loaded cores (the printer is loaded then)
expect.set_options(timeout=PATIENCE)
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
DESK = {"width": 1366, "height": 768}
PLACE: dict[str, Any] = {"locale": "vi-VN", "timezone_id": "Asia/Ho_Chi_Minh", "viewport": DESK}


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if HERE in item.path.parents:
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="session")
def browser_type_launch_args() -> dict[str, Any]:
    return {"executable_path": shutil.which("chromium"), "args": FLAGS}


@pytest.fixture(scope="session")
def browser_context_args() -> dict[str, Any]:
    return PLACE


@pytest.fixture
def watch(live_server: Any) -> Iterator[Callable[[BrowserContext], BrowserContext]]:
    """Watch a context: at the end of the test, no outside call and no complaint of the browser may have been seen."""
    outside: list[str] = []
    complaints: list[str] = []

    def start(context: BrowserContext) -> BrowserContext:
        context.set_default_timeout(PATIENCE)
        context.on("request", lambda request: note_address(request.url))
        context.on("weberror", lambda error: complaints.append(str(error.error)))
        context.on("console", lambda message: note_complaint(message.type, message.text))
        return context

    def note_address(url: str) -> None:
        if not url.startswith((live_server.url, "data:", "blob:", "about:")):
            outside.append(url)

    def note_complaint(kind: str, text: str) -> None:
        # An answer of 4xx to a form is the site's own word, and the browser reports it as an error.
        if kind == "error" and "the server responded with a status of 4" not in text:
            complaints.append(text)

    yield start

    assert outside == []
    assert complaints == []


@pytest.fixture
def context(browser: Browser, watch: Callable[[BrowserContext], BrowserContext]) -> Iterator[BrowserContext]:
    """One person's browser, at a desk."""
    context = watch(browser.new_context(**PLACE))
    yield context
    context.close()


@pytest.fixture
def new_person(browser: Browser, watch: Callable[[BrowserContext], BrowserContext]) -> Iterator[Callable[..., Page]]:
    """Give a page in a browser of its own: `new_person()`, `new_person(java_script_enabled=False)`."""
    contexts: list[BrowserContext] = []

    def arrive(**settings: Any) -> Page:
        contexts.append(watch(browser.new_context(**(PLACE | settings))))
        return contexts[-1].new_page()

    yield arrive
    for context in contexts:
        context.close()


@pytest.fixture
def without_javascript(new_person: Callable[..., Page]) -> Page:
    return new_person(java_script_enabled=False)


@pytest.fixture
def on_a_phone(new_person: Callable[..., Page]) -> Page:
    return new_person(viewport={"width": 390, "height": 844}, has_touch=True, is_mobile=True)


@pytest.fixture(params=[True, False], ids=["with_scripts", "without_scripts"])
def site(request: Any, live_server: Any, settings: Any, new_person: Callable[..., Page]) -> Site:
    """The migrated database behind a live site, and whoever comes to it; once with scripts, once without."""
    settings.SITE_URL = live_server.url  # one-time links lead here
    return Site(live_server.url, new_person, scripts=request.param)


@pytest.fixture
def run_jobs(live_server: Any) -> Callable[[], None]:
    """What the worker would do by now: every waiting job."""

    def run() -> None:
        call_command("db_worker", "--batch", "--interval", "0", "--no-startup-delay", "--no-reload")

    return run
