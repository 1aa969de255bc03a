"""The conference on the pages: the call, who comes, the report, the programme item by item, the election, the pledge."""

import re

from playwright.sync_api import expect

from tests.browser.acts.founding import NAME, UNITS, head_of, officer_of
from tests.browser.acts.hands import YEAR, Person, Site
from tests.cast import PASSWORD


def call_conference(person: Person) -> None:
    """Call the annual conference: when, where, by whom."""
    person.open_year("hoi-nghi/")
    person.press("Mở trang hội nghị")
    texts = {
        "Ngày họp": "08/01/2025",
        "Giờ bắt đầu": "08:30",
        "Hội trường": "Hội trường tầng 3",
        "Địa chỉ": "Thái Nguyên",
    }
    person.write(texts)
    person.press("Mở trang hội nghị")
    person.sees("Đã mở trang hội nghị và báo cho các đơn vị.")


def confirm_attendance(site: Site) -> None:
    """Say, for each unit, who comes."""
    for code, place in UNITS.items():
        officer = site.as_(officer_of(code))
        officer.open_year("hoi-nghi/")
        officer.write({"Họ và tên người dự": f"Trưởng ban {place}", "Chức vụ": "Trưởng ban"})
        officer.press("Xác nhận có mặt")


def write_report(person: Person, label: str, words: str) -> None:
    """Write one section of the summary report."""
    person.open_year("hoi-nghi/bao-cao/")
    person.write({label: words})
    person.press("Lưu nội dung")
    assert person.field(label).input_value() == words


def print_draft(person: Person) -> bytes:
    """Print the draft for the conference and take the PDF."""
    person.press("In dự thảo")
    return person.take_file("Tải PDF")


def begin_meeting(person: Person) -> None:
    """Begin: the first item of the programme is opened for everybody."""
    person.open_year("hoi-nghi/")
    person.press("Bắt đầu hội nghị")


def go_on_to(person: Person, item: str) -> None:
    """Go on with the programme until the item is open."""
    person.open_year("hoi-nghi/")
    for _ in range(12):
        if person.reads("h1").startswith(item):
            return
        title = person.reads(".next b")
        person.press(f"Chuyển sang: {title}")
        expect(person.page.locator("h1")).to_have_text(title)
    raise AssertionError(item)


def adopt(person: Person, votes: int) -> None:
    """Write down the vote by hand on the open item."""
    fold = person.unfold("Ghi kết quả biểu quyết giơ tay")
    person.write({"Số đơn vị nhất trí": str(votes), "Số đơn vị biểu quyết": str(len(UNITS))}, fold)
    person.press("Ghi kết quả", fold)
    person.sees(f"{votes:02}/{len(UNITS):02} đơn vị nhất trí.")


def open_secret_election(person: Person, code: str) -> None:
    """Propose one member for next year's leader and open a secret vote on the system."""
    person.open_year("hoi-nghi/bau/truong-khoi/")
    person.choose("Đơn vị được giới thiệu", NAME.format(UNITS[code]))
    person.press("Giới thiệu")
    person.choose("Hình thức", "Bỏ phiếu kín")
    person.choose("Cách thực hiện", "Trên hệ thống")
    person.press("Bắt đầu bỏ phiếu")
    person.sees("Đã bắt đầu bỏ phiếu và báo cho các đơn vị.")


def cast_ballots(site: Site, choice: str, path: str = "") -> None:
    """Let every head choose, check and cast; `path` is the ballot's address when it is not reached by a button."""
    for code in UNITS:
        head = site.as_(head_of(code))
        head.open_year(path)
        head.press("Bỏ phiếu")
        for option in head.page.locator(".ballot fieldset .choices").all():
            head.tick(choice, option)
        head.press("Kiểm tra phiếu")
        head.sees("Kiểm tra trước khi bỏ phiếu")
        head.press("Bỏ phiếu")
        head.sees("Phiếu của đơn vị đã được ghi nhận.")


def conclude_election(person: Person) -> None:
    """End the vote, look at the count, publish it: next year's leader takes up the term."""
    person.open_year("hoi-nghi/bau/truong-khoi/")
    person.confirm("Kết thúc bỏ phiếu")
    person.confirm("Công bố kết quả")


def draft_pledge(person: Person) -> None:
    """Draw up next year's pledge with one target, and freeze it for signature."""
    person.open_year("giao-uoc/", YEAR + 1)
    person.press(f"Lập dự thảo Giao ước năm {YEAR + 1}")
    texts = {"Chủ đề năm": "Đoàn kết, sáng tạo, về đích sớm", "Nơi ký kết": "Thái Nguyên", "Địa danh": "Thái Nguyên"}
    dates = {"Ngày của giao ước": "08/01/2025", "Hạn ký": "31/01/2025"}
    targets = {"Chỉ tiêu 1: tên": "Tổng vốn đăng ký", "Chỉ tiêu 1: đơn vị tính": "tỷ đồng"}
    levels = {f"Chỉ tiêu 1: mức của {place}": "1.200" for place in UNITS.values()}
    person.write(texts | dates | targets | levels)
    person.press("Lưu dự thảo")
    person.confirm("Khóa nội dung để ký")
    person.sees("Nội dung giao ước đã khóa, chờ các đơn vị ký.")


def sign_pledge(person: Person) -> None:
    """Confirm the frozen text for the unit, after saying once more who it is."""
    person.open_year("giao-uoc/", YEAR + 1)
    person.press("Ký giao ước (xác nhận trên hệ thống)")
    if person.page.get_by_label(re.compile("Mật khẩu")).count():
        person.write({"Mật khẩu": PASSWORD})
        person.press("Xác nhận")
    person.sees("Đã ghi nhận xác nhận trên hệ thống")
