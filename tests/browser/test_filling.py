"""Filling in the self-assessment in a real browser: nothing typed is lost, nothing is overwritten silently, no mouse is needed."""

import io
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.test import Client
from openpyxl import load_workbook
from playwright.sync_api import Browser, Locator, Page, expect

from blocs.models import User
from scoring.models import Score, SelfAssessment
from scoring.queries.claims import claim_book
from scoring.sheets.own import texts_of
from tests.browser.conftest import PATIENCE, PLACE
from tests.cast import PASSWORD
from tests.scoring.stage import Stage
from tests.scoring.wide import fill_every_field, wide_assessment

WIDTHS = (390, 768, 1366)
AXE = Axe().axe_script
RUN = "axe.run({resultTypes: ['violations']}).then((said) => said.violations)"
KEYED = {
    ("I.1", "actual"): "90", ("I.2", "points"): "3,5", ("II.2", "count"): "3", ("II.3", "plus"): "2",
    ("II.3", "minus"): "1", ("II.4", "actual"): "110", ("III.1", "count"): "1", ("IV.1", "count"): "0",
    ("I.1", "link"): "https://tinh.example/bao-cao", ("I.1", "name"): "Báo cáo năm",
}  # fmt: skip
CHOSEN = {"I.3": "1", "II.1": "2"}
FOCUSED = """() => {
  const here = document.activeElement, crit = here.closest('details.crit');
  return {tag: here.tagName, name: here.name ?? '', type: here.type ?? '', value: here.value ?? '', checked: !!here.checked,
    text: here.textContent.trim(), open: !!here.parentElement?.open, fold: here.parentElement?.className ?? '',
    code: crit?.querySelector('summary .num').textContent ?? ''};
}"""


@dataclass
class Desk:
    """A live site with one unit's sheet, and browsers of its people."""

    url: str
    assessment: SelfAssessment
    browser: Browser
    pages: list[Page]

    def sheet(self) -> str:
        """Return the address of the sheet."""
        return f"{self.url}/khoi/mnpb/2024/cham-diem/bang-tu-cham/{self.assessment.membership_id}/"

    def arrive(self, user: User) -> Page:
        """Open the sheet as somebody, in a browser of his own; its console may tell of refusals and of a lost network."""
        context = self.browser.new_context(**PLACE)
        context.set_default_timeout(PATIENCE)
        client = Client()
        client.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")
        context.add_cookies([{"name": "sessionid", "value": client.cookies["sessionid"].value, "url": self.url}])
        page = context.new_page()
        self.pages.append(page)
        page.goto(self.sheet())
        return page

    def claim(self, code: str) -> Score:
        """Return what is stored for a criterion."""
        return Score.objects.get(assessment=self.assessment, criterion__code=code, layer="claimed")


@pytest.fixture
def arrive_at(live_server: Any, settings: Any, browser: Browser) -> Iterator[Callable[[SelfAssessment], Desk]]:
    """It is 05/12/2024 on the live site."""
    settings.DEMO_TODAY = "2024-12-05"
    desks: list[Desk] = []

    def arrive(assessment: SelfAssessment) -> Desk:
        desks.append(Desk(live_server.url, assessment, browser, []))
        return desks[-1]

    yield arrive
    for desk in desks:
        for page in desk.pages:
            page.context.close()


@pytest.fixture
def stage(transactional_db: None) -> Stage:
    """The small table of every method, nothing filled in."""
    return Stage()


def criterion(page: Page, code: str) -> Locator:
    """Return one criterion of the sheet, unfolded."""
    fold = page.locator("details.crit").filter(has=page.locator("summary > .num", has_text=code)).first
    for each in (fold.locator("xpath=ancestor::details[1]"), fold):
        if each.get_attribute("open") is None:
            each.locator("summary").first.click()
    return fold


def test_what_was_typed_without_a_network_is_kept_and_saved_when_it_is_back(arrive_at: Any, stage: Stage) -> None:
    desk = arrive_at(stage.start(3))
    page = desk.arrive(stage.officer(3))
    fold = criterion(page, "I.2")
    page.context.set_offline(True)

    fold.get_by_label("Điểm tự chấm").fill("4,25")
    fold.get_by_label("Điểm tự chấm").blur()
    expect(fold.get_by_text("Chưa lưu được, bấm để thử lại")).to_be_visible()
    expect(page.get_by_text("Nội dung đã nhập vẫn còn trên trang này").first).to_be_visible()
    page.context.set_offline(False)

    expect(fold.locator("[id^=luu-]")).to_contain_text("Đã lưu lúc")
    expect(fold.locator(".result output")).to_have_text("4,25")
    assert str(desk.claim("I.2").points) == "4.25"


def test_what_was_typed_after_the_session_ended_comes_back_and_is_saved_after_signing_in(
    arrive_at: Any, stage: Stage
) -> None:
    desk = arrive_at(stage.start(3))
    page = desk.arrive(stage.officer(3))
    fold = criterion(page, "I.2")
    page.context.clear_cookies(name="sessionid")

    fold.get_by_label("Giải trình, ghi chú của đơn vị").fill("Theo báo cáo số 15/BC-BQL")
    fold.get_by_label("Điểm tự chấm").focus()
    expect(page.get_by_text("Phiên làm việc đã kết thúc").first).to_be_visible()
    page.get_by_role("link", name="Đăng nhập lại").first.click()
    page.get_by_label("Tên đăng nhập").fill(stage.officer(3).username)
    page.get_by_label("Mật khẩu").fill(PASSWORD)
    page.get_by_role("button", name="Đăng nhập").click()

    expect(page.get_by_text("Đã khôi phục và lưu nội dung nhập lúc")).to_be_visible()
    assert desk.claim("I.2").explanation == "Theo báo cáo số 15/BC-BQL"
    assert page.evaluate("Object.keys(localStorage).filter((key) => key.startsWith('kept:'))") == []


def test_two_people_on_one_field_see_both_values_and_choose(arrive_at: Any, stage: Stage) -> None:
    desk = arrive_at(stage.start(3))
    mine, theirs = desk.arrive(stage.officer(3)), desk.arrive(stage.head(3))
    for page, typed in ((theirs, "5"), (mine, "4")):
        field = criterion(page, "I.2").get_by_label("Điểm tự chấm")
        field.fill(typed)
        field.blur()
    fold = criterion(mine, "I.2")

    expect(fold.get_by_text(f"vừa được {stage.head(3).full_name} sửa lúc").first).to_be_visible()
    expect(fold.get_by_role("button", name="Giữ: 5")).to_be_visible()
    assert desk.claim("I.2").points == 5
    fold.get_by_role("button", name="Thay bằng: 4").click()

    expect(fold.get_by_role("button", name="Thay bằng: 4")).to_have_count(0)
    expect(fold.locator(".result output")).to_have_text("4,00")
    assert desk.claim("I.2").points == 4


def test_keeping_the_other_value_puts_it_into_the_field(arrive_at: Any, stage: Stage) -> None:
    desk = arrive_at(stage.start(3))
    page = desk.arrive(stage.officer(3))
    stage.type(desk.assessment, "I.2", "points", "5", by=stage.head(3))
    fold = criterion(page, "I.2")
    fold.get_by_label("Điểm tự chấm").fill("4")
    fold.get_by_label("Điểm tự chấm").blur()

    fold.get_by_role("button", name="Giữ: 5").click()

    expect(fold.get_by_label("Điểm tự chấm")).to_have_value("5")
    expect(fold.locator(".conflict")).to_have_count(0)
    assert desk.claim("I.2").points == 5


def test_forty_criteria_go_through_excel_and_come_back_unchanged(
    arrive_at: Any, transactional_db: None, tmp_path: Path
) -> None:
    cast, _, assessment = wide_assessment(40)
    fill_every_field(assessment)
    before = every_text(assessment)
    desk = arrive_at(assessment)
    page = desk.arrive(cast.officers["BQL-1"])

    with page.expect_download() as waiting:
        page.get_by_role("link", name="Tải bảng về Excel").click()
    path = tmp_path / "bang.xlsx"
    waiting.value.save_as(path)
    bring_back(page, path)
    expect(page.get_by_text("40 tiêu chí trong tệp, 0 ô khác với hệ thống.")).to_be_visible()
    page.get_by_role("button", name="Ghi vào hệ thống").click()

    expect(page.get_by_text("Đã ghi các ô được chọn từ tệp")).to_be_visible()
    assert every_text(assessment) == before


def test_a_cell_changed_offline_is_shown_and_merged(arrive_at: Any, stage: Stage, tmp_path: Path) -> None:
    desk = arrive_at(stage.start(3))
    stage.type(desk.assessment, "I.2", "points", "3,5")
    page = desk.arrive(stage.officer(3))
    with page.expect_download() as waiting:
        page.get_by_role("link", name="Tải bảng về Excel").click()
    book = load_workbook(io.BytesIO(Path(waiting.value.path()).read_bytes()))
    headers = [cell.value for cell in book.worksheets[0][1]]
    book.worksheets[0].cell(3, headers.index("Điểm") + 1).value = 4.25
    book.save(tmp_path / "sua.xlsx")

    bring_back(page, tmp_path / "sua.xlsx")
    expect(page.get_by_role("row", name="Ghi theo tệp: I.2, Điểm tự chấm")).to_contain_text("4,25")
    page.get_by_role("button", name="Ghi vào hệ thống").click()

    expect(page.get_by_text("Đã ghi các ô được chọn từ tệp")).to_be_visible()
    assert str(desk.claim("I.2").points) == "4.25"


def bring_back(page: Page, path: Path) -> None:
    """Load a workbook on the page and look at what it would change."""
    page.get_by_role("link", name="Lấy số liệu từ tệp Excel").click()
    page.get_by_label("Tệp .xlsx hoặc .csv (UTF-8)").set_input_files(path)
    page.get_by_role("button", name="Xem trước").click()


def every_text(assessment: SelfAssessment) -> dict[str, dict[str, str]]:
    """Return the stored text of every field of every criterion."""
    book = claim_book(SelfAssessment.objects.get(pk=assessment.pk))
    return {row.code: texts_of(book, row) for row in book.leaves}


def test_the_whole_form_is_filled_in_and_presented_by_keyboard_alone(arrive_at: Any, stage: Stage) -> None:
    desk = arrive_at(stage.start(3))
    page = desk.arrive(stage.officer(3))

    walk(page, until="Rà soát trước khi gửi")
    page.wait_for_url("**/ra-soat/")
    expect(page.get_by_text("Các tiêu chí đều đã có số liệu")).to_be_visible()
    walk(page, until="Trình lãnh đạo đơn vị")

    expect(page.get_by_text("Đã trình lãnh đạo đơn vị").first).to_be_visible()
    assert SelfAssessment.objects.get(pk=desk.assessment.pk).state == "with_head"


def walk(page: Page, *, until: str) -> None:
    """Go through a page by Tab, open what is folded, type what is asked, and press Enter on the act."""
    for _ in range(400):
        page.keyboard.press("Tab")
        here = page.evaluate(FOCUSED)
        if here["text"] == until:
            page.wait_for_load_state("networkidle")
            page.keyboard.press("Enter")
            return
        step(page, here)
    raise AssertionError(f"{until} was not reached by Tab")


def step(page: Page, here: dict[str, Any]) -> None:
    """Do what the focused element asks for."""
    wanted = KEYED.get((here["code"], here["name"]))
    proof = here["code"] == "I.1" and here["text"] == "Thêm tài liệu"
    if here["tag"] == "SUMMARY" and not here["open"] and (here["fold"] in {"crit", "fgrp"} or proof):
        page.keyboard.press("Enter")
    elif wanted and here["value"] != wanted:
        page.keyboard.type(wanted)
    elif here["type"] == "radio" and CHOSEN.get(here["code"]) and here["name"] == "level" and not here["checked"]:
        choose(page, CHOSEN[here["code"]])
    elif here["tag"] == "BUTTON" and proof:
        page.keyboard.press("Enter")
        page.wait_for_load_state("networkidle")


def choose(page: Page, value: str) -> None:
    """Move through the choices by arrows to the wanted one."""
    page.keyboard.press("Space")
    while page.evaluate("document.activeElement.value") != value:
        page.keyboard.press("ArrowDown")


@pytest.mark.parametrize("rest", ["", "ra-soat/", "lich-su", "tu-tep/", "bang-tieu-chi"])
def test_no_page_of_filling_in_keeps_anybody_out(arrive_at: Any, transactional_db: None, rest: str) -> None:
    cast, table, assessment = wide_assessment(40)
    fill_every_field(assessment)
    desk = arrive_at(assessment)
    page = desk.arrive(cast.officers["BQL-1"])
    first = table.criteria.exclude(method="").first()
    address = {
        "lich-su": f"{desk.sheet()}tieu-chi/{first.pk}/lich-su/",
        "bang-tieu-chi": f"{desk.url}/khoi/mnpb/2024/cham-diem/bang-tieu-chi/",
    }.get(rest, desk.sheet() + rest)
    page.goto(address)
    page.evaluate("document.querySelectorAll('details:not(.switch)').forEach((fold) => { fold.open = true; })")
    page.evaluate(AXE)

    found = []
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 844})
        said = page.evaluate(RUN)
        found += [
            (width, one["id"], one["nodes"][0]["target"]) for one in said if one["impact"] in {"serious", "critical"}
        ]

    assert found == []
