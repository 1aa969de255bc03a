"""Scoring on the pages: the criteria table, targets, filling in with evidence, sending, reviewing, agreeing."""

import re

from playwright.sync_api import Locator, expect

from tests.browser.acts.founding import UNITS
from tests.browser.acts.hands import Person, Site

CRITERIA = """Mã;Mã cha;Tên;Điểm tối đa;Loại;Cách chấm;Tham số;Đơn vị tính;Bắt buộc minh chứng
I;;Quản lý đầu tư và cải cách hành chính;60;base;;;;
I.1;I;Tổng vốn đăng ký so với kế hoạch;30;base;RATIO;;tỷ đồng;có
I.2;I;Chấp hành chế độ báo cáo;20;base;POINTS;step=0.25;;
I.3;I;Giải quyết hồ sơ đúng hạn;10;base;ACHIEVED;;;
II;;Phong trào thi đua;40;base;;;;
II.1;II;Tổ chức phong trào thi đua;15;base;RUBRIC;levels=1/0.75/0.5/0;;
II.2;II;Thu ngân sách so với đơn vị cao nhất;25;base;RELATIVE;;tỷ đồng;
T;;Điểm thưởng;;bonus;;;;
T.1;T;Sáng kiến được nhân rộng;2;bonus;PER_UNIT;per_unit=1;sáng kiến;
"""
SETTINGS = (
    "key;value\ndecimals;2\ntotal;100\nbonus_cap;2\ntie_breaks;base/I\n"
    "grades;Xuất sắc:90/Tốt:80/Khá:65/Trung bình:0\nblocking;no_self_score\nsource;Bảng minh họa\n"
)
TARGETS = {
    "BQL-TN": {"I.1": "1000", "II.2": "100"},
    "BQL-TQ": {"I.1": "1000", "II.2": "100"},
    "BQL-BG": {"I.1": "2000", "II.2": "100"},
    "BQL-HB": {"I.1": "500", "II.2": "100"},
}
# I.1 and II.2: the amount done; I.2: points; I.3: reached or not; II.1: the level; T.1: how many.
CLAIMS = {
    "BQL-TN": {"I.1": "1000", "I.2": "18,5", "I.3": "Đạt", "II.1": "Mức 1", "II.2": "110", "T.1": "1"},
    "BQL-TQ": {"I.1": "950", "I.2": "19,75", "I.3": "Đạt", "II.1": "Mức 1", "II.2": "120", "T.1": "2"},
    "BQL-BG": {"I.1": "1800", "I.2": "18", "I.3": "Đạt", "II.1": "Mức 2", "II.2": "100", "T.1": "0"},
    "BQL-HB": {"I.1": "350", "I.2": "15,25", "I.3": "Không đạt", "II.1": "Mức 3", "II.2": "80", "T.1": "0"},
}
FIELDS = {"I.1": "Thực hiện", "I.2": "Điểm tự chấm", "II.2": "Thực hiện", "T.1": "Số lượng"}
SCAN = b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"


def load_criteria(person: Person) -> None:
    """Load the criteria table with its settings as the draft of the year."""
    person.open_year("cham-diem/bang-tieu-chi/")
    person.press("Nhập bảng tiêu chí từ tệp")
    person.attach("Tệp .xlsx hoặc .csv (UTF-8)", "bang-tieu-chi.csv", CRITERIA.encode())
    person.attach("Tệp thiết lập kèm theo (nếu để riêng)", "thiet-lap.csv", SETTINGS.encode())
    person.press("Xem trước")
    person.sees("9 dòng, 6 tiêu chí chấm điểm.")
    person.press("Ghi vào hệ thống")
    person.sees("Đã ghi bảng tiêu chí ở trạng thái dự thảo.")


def adopt_criteria(person: Person) -> None:
    """Adopt the table: from now on it is frozen."""
    person.confirm("Áp dụng bảng tiêu chí")
    person.sees("Bảng tiêu chí đã được áp dụng cho năm.")


def state_targets(person: Person, code: str) -> None:
    """State the unit's own targets for the year."""
    person.open_year("cham-diem/ke-hoach/")
    person.follow("Xem, sửa", person.row(UNITS[code]))
    for criterion, target in TARGETS[code].items():
        person.write({f"Kế hoạch tiêu chí {criterion}": target})
    person.press("Lưu kế hoạch")


def approve_targets(person: Person, number: str) -> None:
    """Approve every target that was stated."""
    person.open_year("cham-diem/ke-hoach/")
    person.press(f"Duyệt {number} kế hoạch chưa duyệt")


def open_sheet(person: Person) -> None:
    """Open the unit's own self-assessment, and begin it when there is none yet."""
    person.open_year("cham-diem/")
    person.page.locator("main a.btn-primary").first.click()
    if person.page.get_by_role("button", name="Lập bảng tự chấm điểm").count():
        person.press("Lập bảng tự chấm điểm")


def criterion(person: Person, code: str) -> Locator:
    """Return one criterion of the sheet, unfolded with its group."""
    fold = person.page.locator("details.crit").filter(has=person.page.locator("summary .num", has_text=_exactly(code)))
    group = fold.locator("xpath=ancestor::details[1]")
    for each in (group, fold):
        if each.get_attribute("open") is None:
            each.locator("summary").first.click()
    return fold


def state_figure(site: Site, person: Person, code: str, typed: str) -> str:
    """Fill in one criterion and return the points that come back: by themselves with scripts, by a button without."""
    fold = criterion(person, code)
    if code in FIELDS:
        person.write({FIELDS[code]: typed}, fold)
    else:
        level = person.page.locator("span", has_text=_exactly(typed))
        fold.locator("label.level").filter(has=level).get_by_role("radio").check()
    if not site.scripts:
        person.press(f"Lưu tiêu chí {code}", fold)
        fold = criterion(person, code)
    else:
        fold.get_by_label("Giải trình, ghi chú của đơn vị").focus()
        expect(fold.locator("[id^=luu-]")).to_contain_text("Đã lưu lúc")
    return fold.locator(".result output").inner_text()


def attach_evidence(person: Person, code: str) -> None:
    """Attach the document that proves a criterion."""
    fold = person.unfold("Thêm tài liệu", criterion(person, code))
    texts = {
        "Tên tài liệu": "Báo cáo thống kê khu công nghiệp",
        "Số văn bản": "15/BC-BQL",
        "Ngày văn bản": "02/12/2024",
    }
    person.write(texts, fold)
    person.attach("Tệp (kéo thả vào đây được)", "bao-cao.pdf", SCAN, fold)
    fold.get_by_role("button", name="Thêm tài liệu").click()  # with scripts only this criterion is answered anew
    person.sees("Báo cáo thống kê khu công nghiệp")


def fill_in(site: Site, person: Person, code: str) -> dict[str, str]:
    """Fill in the whole sheet of a unit; return the points of each criterion as the server answered."""
    open_sheet(person)
    points = {each: state_figure(site, person, each, typed) for each, typed in CLAIMS[code].items()}
    attach_evidence(person, "I.1")
    return points


def go_to_sending(person: Person) -> None:
    """Look the sheet over before it is sent."""
    person.page.locator(".foot a.btn-primary").click()
    person.sees("Các tiêu chí đều đã có số liệu và tài liệu minh chứng bắt buộc.")


def send_signed_copy(person: Person, code: str) -> None:
    """Send with the scan of the copy that the head signed on paper."""
    fold = person.unfold("Gửi theo bản đã ký")
    person.attach("Bản chụp có chữ ký (.pdf, .jpg, .png)", "ban-da-ky.pdf", SCAN, fold)
    person.write({"Người ký, chức vụ": f"Trưởng ban {UNITS[code]}", "Ngày ký": "05/12/2024"}, fold)
    person.press("Gửi theo bản đã ký", fold)


def open_own_check(person: Person) -> None:
    """Open the page from which the unit sends, or answers."""
    open_sheet(person)
    person.page.locator(".foot a.btn-primary").click()


def open_review(person: Person, code: str) -> None:
    """Open the review of one member's sheet."""
    person.open_year("cham-diem/tham-dinh/")
    person.row(UNITS[code]).get_by_role("link").first.click()


def review(person: Person, code: str, verdict: str, texts: dict[str, str] | None = None) -> None:
    """Decide about one criterion: keep it, correct its figures, or set its points with a reason."""
    lists = person.page.locator("nav[aria-label='Tiêu chí'] details")
    for place in range(lists.count()):
        if lists.nth(place).get_attribute("open") is None:
            lists.nth(place).locator("summary").click()
    person.follow(_exactly(code), lists)
    person.write(texts or {}, person.page.locator(".review"))
    person.press(verdict, person.page.locator(".review"))
    person.sees(f"Đã ghi điểm thẩm định tiêu chí {code}.")


def ask_for_completion(person: Person, code: str, title: str, reason: str) -> None:
    """Ask the unit to complete one criterion, with the reason."""
    fold = person.unfold("Đề nghị hoàn thiện")
    person.tick(f"{code}. {title}", fold)
    person.write({"Lý do": reason}, fold)
    person.press("Đề nghị hoàn thiện", fold)
    person.sees("Đã gửi đề nghị hoàn thiện")


def conclude_review(person: Person, code: str) -> None:
    """Say that the review of a member's sheet is done."""
    open_review(person, code)
    person.confirm("Ghi nhận đã thẩm định")
    person.sees("Đã thẩm định xong bảng")


def ranking(person: Person) -> list[list[str]]:
    """Read the consolidated table: rank, unit, base, bonus, deduction, total, grade of each member."""
    person.open_year("cham-diem/tong-hop/")
    rows = person.page.locator("table.rank tbody tr")
    return [[cell.strip() for cell in rows.nth(at).locator("td, th").all_inner_texts()] for at in range(rows.count())]


def _exactly(words: str) -> re.Pattern[str]:
    return re.compile(rf"^\s*{re.escape(words)}\s*$")
