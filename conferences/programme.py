"""The usual course of a meeting, as the items of a new agenda. Pure: no Django, no clock."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta


@dataclass(frozen=True)
class Step:
    """One item of the usual course: its kind, its title, who performs it, minutes after the meeting's start."""

    kind: str
    title: str
    performer: str
    after: int

    def time(self, starts_at: time) -> time:
        """Return the hour at which the item is expected."""
        return (datetime.combine(date.min, starts_at) + timedelta(minutes=self.after)).time()


def annual_course(year: int, *, leader: str, deputy: str, authority: str) -> tuple[Step, ...]:
    """Return the items of the annual conference of a year, in the order in which they are held.

    `leader` and `deputy` are the bloc's words for its leader and deputy leader, `authority` the authority's name.
    """
    return (
        Step("reception", "Đón tiếp đại biểu", "Ban Tổ chức", 0),
        Step("opening", "Khai mạc, thông qua chương trình", leader, 30),
        Step("presidium", "Giới thiệu chủ tọa, thư ký", leader, 40),
        Step("report", f"Trình bày dự thảo Báo cáo tổng kết năm {year}", leader, 45),
        Step("scores", "Trình bày Bảng tổng hợp kết quả chấm điểm", "Tổ thư ký", 65),
        Step("discussion", "Thảo luận, tham luận", "Các đơn vị", 85),
        Step("directing", "Phát biểu chỉ đạo", f"Đại diện {authority}", 115),
        Step("response", "Phát biểu tiếp thu", leader, 125),
        Step("review", f"Bình xét thi đua, xét khen thưởng năm {year}", "Chủ tọa, các đơn vị", 130),
        Step("team", "Giới thiệu, biểu quyết Tổ kiểm phiếu", "Chủ tọa", 143),
        Step("election", f"Bầu {leader}, {deputy} năm {year + 1}", "Chủ tọa, các đơn vị", 145),
        Step("pledge", f"Ký kết Giao ước thi đua năm {year + 1}", "Các đơn vị", 165),
        Step("handover", f"Bàn giao nhiệm vụ {leader}", f"{leader} năm {year}, {leader} năm {year + 1}", 180),
        Step("minutes", "Thông qua biên bản, kết luận, bế mạc", "Chủ tọa", 190),
    )


def short_course(subject: str, *, leader: str, authority: str) -> tuple[Step, ...]:
    """Return the items of a mid-year or themed meeting about a subject."""
    return (
        Step("opening", "Khai mạc, thông qua chương trình", leader, 0),
        Step("report", f"Báo cáo {subject}", leader, 15),
        Step("discussion", "Thảo luận, tham luận", "Các đơn vị", 35),
        Step("directing", "Phát biểu chỉ đạo", f"Đại diện {authority}", 75),
        Step("minutes", "Kết luận, bế mạc", "Chủ tọa", 90),
    )
