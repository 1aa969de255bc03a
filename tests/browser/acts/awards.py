"""Awards on the pages: the bloc proposes, votes and submits; the authority receives, asks, finds, decides."""

from playwright.sync_api import expect

from tests.browser.acts.founding import UNITS
from tests.browser.acts.hands import Person
from tests.browser.acts.scoring import SCAN


def begin_proposal(person: Person, award: str, code: str) -> None:
    """Open the page that proposes a member for an award, from its place in the ranking."""
    person.open_year("khen-thuong/")
    person.press(f"Đề nghị {award}: {UNITS[code]}")


def finish_proposal(person: Person) -> None:
    """Say why, also against what was warned of, and put the member on the list."""
    person.write({"Tóm tắt thành tích, lý do đề nghị": "Hoàn thành toàn diện các chỉ tiêu thi đua năm 2024"})
    override = person.field("Lý do vẫn đề nghị")
    if override.count():
        override.fill("Thành tích vượt trội trong năm")
    person.press("Đưa vào danh sách đề nghị")


def propose(person: Person, award: str, code: str) -> None:
    """Propose a member for an award."""
    begin_proposal(person, award, code)
    finish_proposal(person)


def put_to_vote(person: Person) -> None:
    """Put the list to an open vote on the system."""
    person.open_year("khen-thuong/")
    fold = person.unfold("Đưa ra bình xét")
    person.choose("Hình thức", "Biểu quyết công khai", fold)
    person.choose("Cách thực hiện", "Trên hệ thống", fold)
    person.press("Đưa ra bình xét", fold)
    person.sees("Đã đưa danh sách ra bình xét.")


def submit(person: Person) -> None:
    """Submit what the bloc agreed on, with the letter."""
    person.open_year("khen-thuong/")
    person.press("Trình khen thưởng")
    person.write(
        {
            "Số tờ trình": "05/TTr-BQLKCN",
            "Ngày tờ trình": "09/01/2025",
            "Người ký": "Trưởng ban Thái Nguyên",
            "Chức vụ người ký": "Trưởng ban",
            "Chuyên viên liên hệ": "Chuyên viên Thái Nguyên",
        }
    )
    person.attach("Tờ trình đã ký", "to-trinh.pdf", SCAN)
    person.press("Trình khen thưởng")


def receive(person: Person) -> None:
    """Receive the package of the bloc at the desk."""
    person.open("/tham-dinh/")
    person.press("Tiếp nhận: Tờ trình số 05/TTr-BQLKCN ngày 09/01/2025")


def open_at_desk(person: Person, code: str) -> None:
    """Open a nomination at the desk."""
    person.open("/tham-dinh/")
    person.follow(f"tỉnh {UNITS[code]}")


def ask_for_more(person: Person, code: str, item: str) -> None:
    """Ask the bloc for a named item, until a day."""
    open_at_desk(person, code)
    fold = person.unfold("Đề nghị bổ sung hồ sơ")
    for box in fold.get_by_role("checkbox").all():
        box.uncheck()
    person.write({"Mục khác, mỗi dòng một mục": item, "Hạn bổ sung": "20/01/2025"}, fold)
    person.press("Đề nghị bổ sung hồ sơ", fold)


def supply(person: Person, code: str, item: str) -> None:
    """Answer what the authority asked for."""
    person.open_year("khen-thuong/")
    person.follow(UNITS[code], person.page.locator(".noms"))
    person.write({f"Mục 1: {item}": "Gửi kèm bản sao quyết định năm 2023."})
    person.attach("Tệp bổ sung, mục 1", "quyet-dinh.pdf", SCAN)
    person.press("Gửi nội dung bổ sung")


def find_fit(person: Person, code: str) -> None:
    """Find a nomination fit for the council."""
    open_at_desk(person, code)
    person.confirm("Chuyển trình Hội đồng", {"Lý do": "Đủ căn cứ theo hồ sơ và văn bản bổ sung"})


def find_not_yet(person: Person, code: str, reason: str) -> None:
    """Find a nomination not yet fit, with the reason."""
    open_at_desk(person, code)
    person.confirm("Chưa đủ điều kiện", {"Lý do": reason})


def record_council(person: Person, code: str) -> None:
    """Record that the council passed a nomination."""
    open_at_desk(person, code)
    fold = person.unfold("Ghi nhận kết quả của Hội đồng")
    person.write({"Ngày họp Hội đồng": "20/01/2025", "Số phiếu đồng ý": "9", "Tổng số phiếu": "9"}, fold)
    person.tick("Hội đồng thông qua", fold)
    person.press("Ghi nhận kết quả của Hội đồng", fold)


def record_decision(person: Person) -> None:
    """Record the one decision over everything the council passed."""
    person.open("/tham-dinh/quyet-dinh/ghi-nhan/")
    for box in person.page.locator("main").get_by_role("checkbox").all():
        box.check()
    texts = {"Số quyết định": "215/QĐ-BKHĐT", "Ngày quyết định": "22/01/2025"}
    person.write(texts | {"Người ký": "Thứ trưởng", "Chức vụ người ký": "Thứ trưởng"})
    person.press("Ghi nhận quyết định")


def draw_up_the_councils_list(person: Person) -> None:
    """Keep the list over all blocs for the council, with its prints."""
    person.open("/tham-dinh/hoi-dong/")
    person.press("Lập danh sách trình Hội đồng (PDF, Word, Excel)")
    person.sees("Đã lập danh sách trình Hội đồng; PDF, Word đang được in.")


def register_and_statistics_agree(person: Person, number: int) -> None:
    """Look the awards up: the register shows as many as the statistics count, and each count leads to its rows."""
    person.open("/tra-cuu-khen-thuong/thong-ke/")
    person.sees(f"Thống kê {number:02d} khen thưởng")
    person.follow("2024")
    expect(person.page.locator("table tbody tr")).to_have_count(number)
    expect(person.page.locator("table")).to_contain_text("215/QĐ-BKHĐT")


def told_of_the_award(person: Person) -> None:
    """Find the decision among one's notices."""
    person.open("/thong-bao/")
    expect(person.page.locator("main")).to_contain_text("215/QĐ-BKHĐT")
