"""The free sections of the summary report: where each stands, and the sentence it begins with. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass

GROUP = "group:"


@dataclass(frozen=True)
class Section:
    """One field of the editor: its key, its number in the report, its title, and the sentence it begins with."""

    key: str
    number: str
    title: str
    default: str = ""
    short: bool = False

    @property
    def label(self) -> str:
        """Return number and title."""
        return f"{self.number} {self.title}".strip()


@dataclass(frozen=True)
class Chapter:
    """A chapter of the report with its free sections."""

    title: str
    sections: tuple[Section, ...]


def chapters(
    *, groups: Sequence[tuple[str, str]], basis: str, authority: str, year: int, bloc_word: str
) -> tuple[Chapter, ...]:
    """Return the free sections of a report in its order.

    `groups`: (code, title) of the groups of criteria; `basis`: what the report carries out, as a default.
    """
    return (
        Chapter("Phần mở đầu", (Section("basis", "", "Thực hiện (căn cứ của báo cáo)", basis, short=True),)),
        Chapter(
            "I. Đặc điểm, tình hình",
            (Section("conditions", "2.", "Thuận lợi, khó khăn", _conditions(authority, bloc_word)),),
        ),
        Chapter("II. Kết quả công tác thi đua, khen thưởng", _results(groups, bloc_word)),
        Chapter(
            "III. Đánh giá chung",
            (
                Section("strengths", "1.", "Ưu điểm", _STRENGTHS.format(bloc_word)),
                Section("limits", "2.", "Hạn chế"),
                Section("causes_outside", "3. a)", "Nguyên nhân khách quan"),
                Section("causes_inside", "3. b)", "Nguyên nhân chủ quan"),
                Section("lessons", "4.", "Bài học kinh nghiệm"),
            ),
        ),
        Chapter(
            f"IV. Phương hướng, nhiệm vụ năm {year + 1}",
            (
                Section("tasks", "1.", "Nhiệm vụ trọng tâm", _tasks(year + 1, bloc_word)),
                Section("measures", "2.", "Giải pháp chủ yếu", _MEASURES),
            ),
        ),
        Chapter(
            "V. Kiến nghị, đề xuất",
            (
                Section("to_authority", "1.", f"Đối với {authority}"),
                Section("to_provinces", "2.", "Đối với Ủy ban nhân dân các tỉnh"),
            ),
        ),
    )


def _results(groups: Sequence[tuple[str, str]], bloc_word: str) -> tuple[Section, ...]:
    of_groups = (
        Section(f"{GROUP}{code}", f"2.{place}.", title, _GROUP) for place, (code, title) in enumerate(groups, start=1)
    )
    return (
        Section("direction", "1.", "Công tác chỉ đạo, quán triệt, tuyên truyền", _DIRECTION.format(bloc_word)),
        *of_groups,
        Section("movements", "3.", "Các phong trào thi đua; mô hình mới, điển hình tiên tiến", _MOVEMENTS),
        Section("movement_count", "3.", "Số phong trào thi đua đã phát động", short=True),
        Section("model_count", "3.", "Số mô hình, điển hình được phát hiện, nhân rộng", short=True),
        Section("commendation", "4.", "Nhận xét về công tác khen thưởng"),
        Section("activities", "5.", f"Hoạt động của {bloc_word}", _ACTIVITIES.format(bloc_word)),
    )


_DIRECTION = (
    "Ngay từ đầu năm, các đơn vị trong {} đã quan tâm chỉ đạo, triển khai các phong trào thi đua yêu nước bám sát nhiệm "
    "vụ chính trị được giao."
)
_GROUP = "Các đơn vị triển khai nhiệm vụ theo kế hoạch được giao và nội dung giao ước thi đua đã ký kết."
_MOVEMENTS = "Các đơn vị hưởng ứng và tổ chức các phong trào thi đua gắn với nhiệm vụ chuyên môn của đơn vị."
_ACTIVITIES = "Các đơn vị ký kết giao ước thi đua, tham gia các hoạt động của {} theo kế hoạch."
_STRENGTHS = (
    "Các đơn vị đã thực hiện các nội dung giao ước thi đua; việc tự chấm điểm, thẩm định và thống nhất điểm bảo đảm công "
    "khai trong {}."
)
_MEASURES = (
    "Giao chỉ tiêu thi đua cụ thể cho từng đơn vị; theo dõi, đôn đốc việc thực hiện giao ước; kịp thời phát hiện, nhân "
    "rộng mô hình mới, điển hình tiên tiến."
)


def _conditions(authority: str, bloc_word: str) -> str:
    return (
        f"Các đơn vị trong {bloc_word} tương đồng về chức năng, nhiệm vụ; được sự quan tâm, chỉ đạo của "
        f"{authority} và Ủy ban nhân dân các tỉnh. Bên cạnh đó, điều kiện và quy mô của các đơn vị còn khác nhau."
    )


def _tasks(year: int, bloc_word: str) -> str:
    return (
        f"Tổ chức thực hiện Giao ước thi đua năm {year} của {bloc_word}; hoàn thành các chỉ tiêu được giao; nâng cao chất "
        "lượng công tác thi đua, khen thưởng."
    )


def named_together(names: Sequence[tuple[str, str]]) -> str:
    """Return members in one phrase: "Ban Quản lý các Khu công nghiệp các tỉnh Hòa Bình, Bắc Kạn và Phú Thọ".

    `names`: (full, short) in the order of the founding decision. Without a common beginning the full names are listed.
    """
    beginnings = {full.removesuffix(short) for full, short in names if full.endswith(short) and short}
    alike = len(names) > 1 and len(beginnings) == 1 and all(full.endswith(short) for full, short in names)
    if not alike:
        return listed([full for full, _ in names])
    beginning = beginnings.pop()
    if beginning.endswith("tỉnh "):
        beginning = f"{beginning.removesuffix('tỉnh ')}các tỉnh "
    return beginning + listed([short for _, short in names])


def listed(names: Sequence[str]) -> str:
    """Return names as a list in a sentence: "A, B và C"."""
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} và {names[-1]}" if names else ""
