"""The day of the conference at nine browsers: seven voters, a tie, a run-off, a late voter, the wall, the minutes."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from conferences.actions.agenda import open_item, take_notes
from conferences.actions.screens import open_screen
from conferences.queries.screen import token_of
from tests.browser.acts.hands import Person, Site
from tests.browser.acts.papers import text_of
from tests.cast import Cast, make_cast
from tests.conferences.stage import HELD_ON, MORNING, make_conference, seat
from tests.conferences.wire import session_of
from voting.queries import latest_round, verdict_of

WITHIN = 4_000  # two seconds of polling, and the answer on loaded cores
FIRST, SECOND = "Ban Quản lý các Khu công nghiệp tỉnh Bắc Giang", "Ban Quản lý các Khu công nghiệp tỉnh Hòa Bình"
ELECTION, BALLOT = "hoi-nghi/bau/truong-khoi/", "hoi-nghi/bau/truong-khoi/phieu/"


class Day:
    """The stage of the day: the people, the wall, the meeting in the middle of its programme."""

    def __init__(self, site: str, arrive: Callable[..., Page]) -> None:
        self.cast: Cast = make_cast(7)
        self.conference = make_conference(self.cast, chair="Nguyễn Văn A", secretary="Trần Thị B")
        seat(self.conference)
        for kind in ("opening", "discussion", "election"):
            open_item(self.conference.items.get(kind=kind), by=None, at=MORNING)
        take_notes(self.conference.items.get(kind="discussion"), notes="Các đại biểu nhất trí.", by=None)
        self.conference = open_screen(self.conference, by=None)
        self.site = Site(site, arrive)

    def as_(self, user: Any) -> Person:
        """Return a person at a browser of his own, signed in beforehand."""
        if user.username not in self.site.people:
            person = self.site.stranger(user.username)
            person.page.context.add_cookies([{"name": "sessionid", "value": session_of(user), "url": self.site.url}])
        return self.site.people[user.username]

    def head(self, number: int) -> Person:
        """Return the head of a unit."""
        return self.as_(self.cast.heads[f"BQL-{number}"])

    @property
    def chair(self) -> Person:
        """Return the officer of the leading unit, who runs the meeting."""
        return self.as_(self.cast.officers["BQL-1"])

    def wall(self) -> Page:
        """Open the wall, as the machine at the projector does: without an account."""
        page = self.site.stranger("wall").page
        page.goto(f"{self.site.url}/trinh-chieu/{token_of(self.conference)}/")
        return page


@pytest.fixture
def day(live_server: Any, settings: Any, new_person: Callable[..., Page]) -> Day:
    settings.DEMO_TODAY = HELD_ON.isoformat()
    return Day(live_server.url, new_person)


def open_election(day: Day) -> None:
    chair = day.chair
    chair.open_year(ELECTION)
    for name in (FIRST, SECOND):
        label = "Đơn vị được giới thiệu" if name == FIRST else "Giới thiệu thêm"
        chair.choose(label, name)
        chair.press("Giới thiệu")
    chair.choose("Hình thức", "Bỏ phiếu kín")
    chair.choose("Cách thực hiện", "Trên hệ thống")
    chair.choose("Được bầu khi đạt", "tỷ lệ khác (ghi ở ô bên)")
    chair.write({"Tỷ lệ khác": "40%"})
    chair.press("Bắt đầu bỏ phiếu")


def choose(voter: Person, name: str) -> None:
    voter.open_year(BALLOT)
    voter.tick(name)


def cast(voter: Person, name: str) -> None:
    choose(voter, name)
    voter.press("Kiểm tra phiếu")
    voter.press("Bỏ phiếu")
    voter.sees("Phiếu của đơn vị đã được ghi nhận.")


def says(page: Page, words: str) -> None:
    expect(page.locator("main.hall")).to_contain_text(words, timeout=WITHIN)


def test_a_tie_a_run_off_and_a_late_voter_and_minutes_whose_every_figure_equals_the_records(day: Day) -> None:
    wall = day.wall()
    open_election(day)
    says(wall, "00/07")

    for number in range(1, 7):
        cast(day.head(number), FIRST if number <= 3 else SECOND)
    says(wall, "06/07")
    late = day.head(7)
    choose(late, FIRST)
    late.press("Kiểm tra phiếu")
    day.chair.open_year(ELECTION)
    day.chair.confirm("Kết thúc bỏ phiếu")
    expect(late.page.locator("#tinh-trang")).to_contain_text("Đã kết thúc bỏ phiếu lúc", timeout=WITHIN)
    late.press("Bỏ phiếu")
    late.sees(re.compile("Đã kết thúc bỏ phiếu lúc .* Phiếu của đơn vị chưa được ghi nhận"))
    says(wall, "Tổ kiểm phiếu đang kiểm phiếu")

    day.chair.open_year(ELECTION)
    day.chair.confirm("Công bố kết quả")
    says(wall, "có số phiếu bằng nhau (03 phiếu)")
    day.chair.press("Bắt đầu bầu lần tiếp theo")
    says(wall, "lần 2")
    for number in range(1, 8):
        cast(day.head(number), FIRST if number <= 5 else SECOND)
    day.chair.open_year(ELECTION)
    day.chair.confirm("Kết thúc bỏ phiếu")
    day.chair.confirm("Công bố kết quả")
    says(wall, f"{FIRST} được bầu làm Trưởng khối năm 2025")

    the_minutes_equal_the_records(day)


def the_minutes_equal_the_records(day: Day) -> None:
    chair = day.chair
    chair.open_year("hoi-nghi/")
    while not chair.reads("h1").startswith("Thông qua biên bản"):
        title = chair.reads(".next b")
        chair.press(f"Chuyển sang: {title}")
        expect(chair.page.locator("h1")).to_have_text(title)
    fold = chair.unfold("Ghi kết quả biểu quyết giơ tay")
    chair.write({"Số đơn vị nhất trí": "7", "Số đơn vị biểu quyết": "7"}, fold)
    chair.press("Ghi kết quả", fold)
    chair.confirm("Bế mạc hội nghị")
    chair.open_year("hoi-nghi/bien-ban/")
    chair.write({"Ý kiến phát biểu": "Các đại biểu nhất trí cao."})
    chair.press("Lưu lời văn")
    chair.sees(re.compile("cao"))
    chair.press("Xác nhận biên bản với tư cách thư ký")
    day.head(1).open_year("hoi-nghi/bien-ban/")
    day.head(1).press("Xác nhận biên bản với tư cách chủ tọa")
    chair.open_year("hoi-nghi/bien-ban/")
    chair.follow(re.compile("Bản đã lập"))
    printed = re.sub(r"\s+", " ", text_of(chair.take_file("Tải PDF")))

    rounds = list(latest_round(day.cast.year.elections.get().poll).poll.rounds.order_by("number"))
    verdicts = [verdict_of(round_) for round_ in rounds]
    assert [[row.count.approve for row in verdict.options] for verdict in verdicts] == [[3, 3], [5, 2]]
    for verdict in verdicts:
        for row in verdict.options:
            assert f"đạt {row.count.approve}/{row.whole} phiếu" in printed
        assert f"thu về {verdict.count.cast:02} phiếu" in printed
    for words in ("07/07 đơn vị có đại diện dự", "42,86%", "71,43%", "28,57%", "Các đại biểu nhất trí cao."):
        assert words in printed
    assert "thông qua Biên bản với 07/07 đơn vị nhất trí (đạt 100%)" in printed


REFRESH = """async (times) => {
  let done = 0;
  document.addEventListener("htmx:afterRequest", () => { done += 1; });
  while (done < times) {
    const beat = document.getElementById("nhip");
    await window.htmx.ajax("GET", beat.getAttribute("hx-get"), { source: beat, swap: "none" });
  }
  return done;
}"""


def test_half_filled_forms_survive_a_hundred_refreshes(day: Day) -> None:
    open_election(day)
    chair, voter = day.chair, day.head(2)
    chair.open_year("hoi-nghi/")
    chair.page.locator("#id_notes").press_sequentially("Ý kiến đang ghi dở")
    choose(voter, SECOND)
    answers: list[int] = []
    for person in (chair, voter):
        person.page.on("response", lambda answer: answers.append(answer.status) if "truc-tiep" in answer.url else None)
    refreshed = dict.fromkeys((chair, voter), 0)

    for turn in range(10):
        take_notes(day.conference.items.get(kind="discussion"), notes=f"Ghi chép lần {turn}", by=None)
        for person in (chair, voter):
            refreshed[person] += person.page.evaluate(REFRESH, 10)

    assert min(refreshed.values()) >= 100
    assert {200, 304} >= set(answers)
    assert answers.count(200) >= 10
    assert chair.page.locator("#id_notes").input_value() == "Ý kiến đang ghi dở"
    assert chair.page.evaluate("document.activeElement.id") == "id_notes"
    assert voter.field(SECOND).is_checked()


def test_the_wall_is_worked_by_keys(day: Day) -> None:
    wall = day.wall()
    size = "parseFloat(getComputedStyle(document.querySelector('.hall')).fontSize)"
    before = wall.evaluate(size)

    wall.keyboard.press("+")

    assert wall.evaluate(size) > before
    wall.keyboard.press("0")
    assert wall.evaluate(size) == before
