"""What the authority does before the year begins: units, the bloc, its year, who leads, the guidance; and inviting."""

import io

from django.core.management import call_command

from tests.browser.acts.hands import BLOC, OFFICIAL, YEAR, Person, Site
from tests.cast import PASSWORD

UNITS = {"BQL-TN": "Thái Nguyên", "BQL-TQ": "Tuyên Quang", "BQL-BG": "Bắc Giang", "BQL-HB": "Hòa Bình"}
LEADER, DEPUTY = "BQL-TN", "BQL-TQ"
NAME = "Ban Quản lý các Khu công nghiệp tỉnh {}"
ROSTER = "Mã;Tên;Tên ngắn;Tỉnh\n" + "".join(
    f"{code};{NAME.format(place)};{place};{place}\n" for code, place in UNITS.items()
)


def head_of(code: str) -> str:
    """Return the sign-in name of a unit's head."""
    return f"truong-ban-{code[-2:].lower()}"


def officer_of(code: str) -> str:
    """Return the sign-in name of a unit's officer."""
    return f"chuyen-vien-{code[-2:].lower()}"


def first_official(site: Site) -> Person:
    """Make the one account that the operator makes: an official, by a link that the command prints."""
    printed = io.StringIO()
    call_command(
        "invite_official", authority="Bộ Kế hoạch và Đầu tư", name="Chuyên viên Vụ Tổ chức cán bộ",
        email="chuyen-vien@mpi.example", title="Chuyên viên", stdout=printed,
    )  # fmt: skip
    return accept(site, printed.getvalue().split()[-1], OFFICIAL)


def accept(site: Site, link: str, name: str) -> Person:
    """Take an offered post by its one-time link with a new account."""
    person = site.stranger(name)
    person.page.goto(link)
    person.write({"Tên đăng nhập": name, "Mật khẩu": PASSWORD, "Nhập lại mật khẩu": PASSWORD})
    person.press("Nhận chức vụ và đăng nhập")
    person.sees("Đã nhận chức vụ")
    return person


def invite_head(person: Person, code: str) -> str:
    """Offer somebody the post of a unit's head; return the one-time link that the page shows."""
    return _invite(person, code, head_of(code), "Thủ trưởng đơn vị", "Trưởng ban")


def invite_officer(person: Person, code: str) -> str:
    """Offer somebody an officer's post at a unit; return the one-time link that the page shows."""
    return _invite(person, code, officer_of(code), "Chuyên viên thi đua, khen thưởng", "Chuyên viên")


def _invite(person: Person, code: str, name: str, role: str, title: str) -> str:
    person.open(f"/don-vi/{code}/nguoi/")
    person.press("Mời người")
    person.write(
        {"Họ và tên": f"{title} {UNITS[code]}", "Thư điện tử công vụ": f"{name}@bql.example", "Chức vụ": title}
    )
    person.choose("Vai trò trên hệ thống", role)
    person.press("Gửi lời mời")
    return person.field("Liên kết dùng một lần").input_value()


def load_file(person: Person, name: str, content: str) -> None:
    """Load a file in two steps: the preview with every fault, then all or nothing."""
    person.attach("Tệp .xlsx hoặc .csv (UTF-8)", name, content.encode())
    person.press("Xem trước")
    person.sees("Chưa có nội dung nào được ghi.")
    person.press("Ghi vào hệ thống")


def found_bloc(person: Person) -> None:
    """Found the bloc on its decision; the page goes on to opening a year."""
    person.open("/quan-ly/")
    person.press("Thêm khối thi đua")
    person.write(
        {
            "Mã khối": BLOC,
            "Tên khối": "Khối thi đua các Ban Quản lý Trung du và Miền núi phía Bắc",
            "Số quyết định thành lập": "1468/QĐ-BKHĐT",
            "Ngày quyết định thành lập": "28/9/2021",
        }
    )
    person.press("Ghi khối thi đua")


def open_year(person: Person) -> None:
    """Open the year with its members, in the order of the decision."""
    person.write({"Năm thi đua": str(YEAR), "Đơn vị thành viên": "\n".join(UNITS)})
    person.press("Mở năm thi đua")


def set_dates(person: Person) -> None:
    """Set the dates of the year."""
    person.write(
        {
            "Bắt đầu tự chấm điểm": "01/11/2024",
            "Hạn gửi bảng tự chấm điểm": "17:00, 15/12/2024",
            "Hạn thẩm định": "25/12/2024",
            "Hội nghị tổng kết": "08/01/2025",
            "Hạn trình khen thưởng": "20/01/2025",
        }
    )
    person.press("Ghi thời hạn và quy tắc")


def name_leadership(person: Person, role: str, code: str) -> None:
    """Give a member the task of leading or assisting, from the first day of the year."""
    fold = person.unfold("Giao nhiệm vụ")
    person.choose("Nhiệm vụ", role, fold)
    person.choose("Đơn vị", NAME.format(UNITS[code]), fold)
    person.write({"Từ ngày": "01/01/2024", "Căn cứ": "Kết quả bầu tại Hội nghị tổng kết năm 2023"}, fold)
    person.press("Giao nhiệm vụ", fold)


def record_guidance(person: Person) -> None:
    """Record the authority's letter with the numbers of awards."""
    person.press("Ghi văn bản hướng dẫn")
    person.write(
        {
            "Trích yếu": "Công văn hướng dẫn tổng kết công tác thi đua năm 2024",
            "Số văn bản": "9152/BKHĐT-TCCB",
            "Ngày văn bản": "07/11/2024",
            "Số Cờ thi đua được đề nghị": "1",
            "Số Bằng khen được đề nghị": "2",
        }
    )
    person.press("Ghi văn bản")
