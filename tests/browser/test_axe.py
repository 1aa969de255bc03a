"""No serious or critical finding of axe on any page of the permission table, on a phone, a tablet and a desk.

Folds are opened first, so that what they hold counts.
"""

from collections.abc import Iterator
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.test import Client
from django.urls import reverse
from playwright.sync_api import Browser, BrowserContext, Page
from pytest_django.live_server_helper import LiveServer

from tests.browser.conftest import PATIENCE, PLACE
from tests.permissions.engine import OK, Row
from tests.permissions.stage import Stage, set_stage
from tests.permissions.table import TABLE

READERS = ("leader", "official", "head", "officer", "fellow", "deputy")  # who sees most of a page opens it
ROLES = (*READERS, "nobody")
WIDTHS = (390, 768, 1366)
PAGES = {part: [row for row in rows if row.get] for part, rows in TABLE.items()}  # get="": nobody may, on this stage
OPEN = "document.querySelectorAll('details:not(.switch)').forEach((fold) => { fold.open = true; })"
WIDE = "document.documentElement.scrollWidth > document.documentElement.clientWidth"
AXE = Axe().axe_script
RUN = "axe.run({resultTypes: ['violations']}).then((said) => said.violations)"


class House:
    """The site with its stage, and one browser per role."""

    def __init__(self, url: str, stage: Stage, browser: Browser) -> None:
        self.url, self.stage = url, stage
        self.clients: dict[tuple[str, int], Client] = {}
        self.contexts = {(role, year): self._arrive(browser, role, year) for role in ROLES for year in (2023, 2024)}

    def address(self, row: Row) -> str:
        """Return the address of a row on this stage."""
        return self.url + reverse(row.name, kwargs=dict(row.parts(self.stage)))

    def is_page(self, row: Row) -> bool:
        """Whether the address answers with a page; files and parts for machines are looked at by other tests."""
        answer = self.clients[self._reader(row)].get(reverse(row.name, kwargs=dict(row.parts(self.stage))))
        content = b"".join(answer) if answer.streaming else answer.content
        return answer["Content-Type"].startswith("text/html") and b"<html" in content

    def page_for(self, row: Row) -> Page:
        """Return a page of somebody who may open the address; whoever is not signed in for what is public."""
        context = self.contexts[self._reader(row)]
        return context.pages[0] if context.pages else context.new_page()

    def _reader(self, row: Row) -> tuple[str, int]:
        allowed = str(row.get).split()
        role = "nobody" if row.public else next((reader for reader in READERS if reader in allowed), "leader")
        return role, row.year

    def _arrive(self, browser: Browser, role: str, year: int) -> BrowserContext:
        context = browser.new_context(**PLACE)
        context.set_default_timeout(PATIENCE)
        client = self.clients[role, year] = Client(headers={"host": "localhost"})
        user = self.stage.person(role, year)
        if user is not None:
            client.force_login(user)
            context.add_cookies([{"name": "sessionid", "value": client.cookies["sessionid"].value, "url": self.url}])
        return context


@pytest.fixture
def house(live_server: LiveServer, settings: Any, browser: Browser) -> Iterator[House]:
    """The stage of the permission table behind a live site."""
    settings.DEMO_TODAY = "2024-12-05"
    house = House(live_server.url, set_stage(), browser)
    yield house
    for context in house.contexts.values():
        context.close()


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("part", PAGES)
def test_no_page_keeps_anybody_out(part: str, house: House) -> None:
    pages = [row for row in PAGES[part] if house.is_page(row)]

    found = [finding for row in pages for finding in findings(house.page_for(row), house.address(row), row.name)]

    assert found == []


def findings(page: Page, address: str, name: str) -> list[str]:
    """Return what is serious or critical on one page at each width, and where the page is wider than the window."""
    answer = page.goto(address)
    assert answer is not None
    assert answer.status in OK | {410}, f"{name}: {answer.status}"  # 410: an invitation that is void says so
    page.evaluate(OPEN)
    page.evaluate(AXE)  # once a page; axe_playwright_python would send it again for each width
    found = []
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 844})
        for violation in page.evaluate(RUN):
            if violation["impact"] in {"serious", "critical"}:
                places = [node["target"][0] for node in violation["nodes"]]
                found.append(f"{name} at {width}: {violation['id']} {places[:3]} ({len(places)})")
        if page.evaluate(WIDE):
            found.append(f"{name} at {width}: wider than the window")
    return found
