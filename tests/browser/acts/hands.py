"""People at their browsers: each signs in for himself, reads, types, presses. Nothing here knows the database."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from playwright.sync_api import Locator, Page, expect

from tests.cast import PASSWORD

BLOC, YEAR = "mnpb", 2024
OFFICIAL = "chuyen-vien-bo"


class Person:
    """One person before one browser. `open` takes an address of the site, the rest what can be read on the page."""

    def __init__(self, page: Page, site: str, name: str) -> None:
        self.page, self.site, self.name = page, site, name

    def open(self, path: str) -> None:
        """Open an address of the site; it must answer with a page."""
        answer = self.page.goto(self.site + path)
        assert answer is not None
        assert answer.status == 200, f"{path} as {self.name}: {answer.status}"

    def open_year(self, path: str = "", year: int = YEAR) -> None:
        """Open a page of the bloc year."""
        self.open(f"/khoi/{BLOC}/{year}/{path}")

    def write(self, texts: dict[str, str], within: Locator | None = None) -> None:
        """Type into the fields that carry these labels."""
        for label, typed in texts.items():
            self.field(label, within).fill(typed)

    def choose(self, label: str, option: str, within: Locator | None = None) -> None:
        """Choose an option of a list by its words."""
        self.field(label, within).select_option(label=option)

    def tick(self, label: str, within: Locator | None = None) -> None:
        """Tick a box or take a choice."""
        self.field(label, within).check()

    def attach(self, label: str, name: str, content: bytes, within: Locator | None = None) -> None:
        """Pick a file from the person's own disk."""
        kind = "application/pdf" if name.endswith(".pdf") else "text/csv"
        self.field(label, within).set_input_files({"name": name, "mimeType": kind, "buffer": content})

    def field(self, label: str, within: Locator | None = None) -> Locator:
        """Return the field with a label; the star of required fields does not count."""
        words = re.compile(rf"^\s*{re.escape(label)}\s*\*?\s*$")
        return (within or self.page.locator("main, .foot")).get_by_label(words)

    def press(self, button: str, within: Locator | None = None) -> None:
        """Press a button (or follow a link that looks like one) and wait for the page that answers."""
        place = within or self.page.locator("main, .foot, .login")
        words = re.compile(rf"^\s*{re.escape(button).replace(':', ' ?:').replace('/', '.')}\s*$")
        target = place.get_by_role("button", name=words).or_(place.get_by_role("link", name=words))
        with self.page.expect_navigation():
            target.locator("visible=true").first.click()

    def follow(self, link: str | re.Pattern[str], within: Locator | None = None) -> None:
        """Follow a link by a part of its words."""
        with self.page.expect_navigation():
            (within or self.page.locator("main")).get_by_role("link", name=link).first.click()

    def unfold(self, summary: str, within: Locator | None = None) -> Locator:
        """Open the fold with these words, when it is not open yet, and return what it holds."""
        head = (within or self.page).locator("summary").filter(has_text=re.compile(rf"^\s*{re.escape(summary)}\s*$"))
        fold = head.first.locator("xpath=..")
        if fold.get_attribute("open") is None:
            head.first.click()
        return fold

    def confirm(self, act: str, texts: dict[str, str] | None = None, within: Locator | None = None) -> None:
        """Do an act that says first what it will cause: open it, fill in what it asks for, press it."""
        fold = self.unfold(act, within)
        self.write(texts or {}, fold)
        self.press(act, fold)

    def sees(self, words: str | re.Pattern[str]) -> None:
        """Look for words on the page."""
        expect(self.page.get_by_text(words).locator("visible=true").first).to_be_visible()

    def reads(self, selector: str) -> str:
        """Return the text of one place of the page, on one line."""
        return re.sub(r"\s+", " ", self.page.locator(selector).first.inner_text()).strip()

    def fact(self, term: str) -> str:
        """Return what a list of facts says about a term."""
        words = self.page.locator("dt").filter(has_text=re.compile(rf"^\s*{re.escape(term)}\s*$"))
        return words.first.locator("xpath=following-sibling::dd[1]").inner_text().strip()

    def row(self, words: str) -> Locator:
        """Return the row of a table or list that begins with (or holds) these words."""
        return self.page.locator("tr, li").filter(has=self.page.get_by_text(words, exact=True)).first

    def another_tab(self) -> "Person":
        """Return the same person at a second tab of the same browser."""
        return Person(self.page.context.new_page(), self.site, self.name)

    def take_file(self, link: str) -> bytes:
        """Download what a link hands out."""
        with self.page.expect_download() as waiting:
            self.page.locator("main").get_by_role("link", name=link).first.click()
        return Path(waiting.value.path()).read_bytes()


@dataclass
class Site:
    """The site and whoever is before it: `site.as_("truong-ban-tn")` is that person, signed in."""

    url: str
    arrive: Callable[..., Page]
    scripts: bool = True
    people: dict[str, Person] = field(default_factory=dict)

    def stranger(self, name: str) -> Person:
        """Return somebody who has not signed in yet, in a browser of his own."""
        settings: dict[str, Any] = {"java_script_enabled": self.scripts}
        self.people[name] = Person(self.arrive(**settings), self.url, name)
        return self.people[name]

    def as_(self, name: str) -> Person:
        """Return a person at his browser; whoever is there for the first time signs in."""
        if name not in self.people:
            sign_in(self.stranger(name))
        return self.people[name]


def sign_in(person: Person) -> None:
    """Sign in with name and password."""
    person.open("/dang-nhap/")
    form = person.page.locator("form")
    person.write({"Tên đăng nhập hoặc thư điện tử công vụ": person.name, "Mật khẩu": PASSWORD}, form)
    person.press("Đăng nhập")
