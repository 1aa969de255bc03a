"""Papers that are filled in by hand: ballots, opinion slips, attendance sheets. Boxes are drawn, never typed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from documents.papers.letterhead import Paper

INVALID = (
    "phiếu không do Tổ kiểm phiếu phát hành",
    "đánh dấu nhiều hơn một ô cho một đơn vị",
    "ghi thêm đơn vị ngoài danh sách",
    "có ký tên hoặc dấu hiệu riêng",
)


@dataclass(frozen=True, kw_only=True)
class Ballot(Paper):
    """Phiếu bầu, phiếu bình xét: it bears no name, no number and no code; `seats` is how many may be chosen at most."""

    KIND: ClassVar[str] = "ballot"

    event: str
    names: tuple[str, ...]
    choices: tuple[str, ...] = ("Đồng ý", "Không đồng ý")
    seats: str = "01"

    @property
    def invalid(self) -> str:
        """When the ballot does not count, as the end of a sentence."""
        return "; ".join((*INVALID, f"đồng ý quá {self.seats} đơn vị"))

    @property
    def cells(self) -> int:
        """How many cells it prints."""
        return len(self.names) * (len(self.choices) + 2)


@dataclass(frozen=True, kw_only=True)
class OpinionSlip(Paper):
    """Phiếu lấy ý kiến bằng văn bản: open by nature, signed and sealed by the unit; never a secret ballot."""

    KIND: ClassVar[str] = "opinion_slip"

    content: tuple[str, ...]
    back_to: str
    due: str
    choices: tuple[str, ...] = ("Nhất trí", "Không nhất trí")


@dataclass(frozen=True, kw_only=True)
class Attendant:
    """One line of an attendance sheet; unknown things are left to be written."""

    unit: str
    name: str = ""
    post: str = ""
    standing: str = ""


@dataclass(frozen=True, kw_only=True)
class AttendanceSheet(Paper):
    """Danh sách đại biểu ký tên: one line a delegate, room to sign; under a secret ballot it shows no opinion."""

    KIND: ClassVar[str] = "attendance_sheet"

    event: str
    attendants: tuple[Attendant, ...]
    spare: int = 3

    @property
    def lines(self) -> tuple[Attendant, ...]:
        """The delegates, and empty lines for those who come unannounced."""
        return (*self.attendants, *(Attendant(unit="") for _ in range(self.spare)))

    @property
    def cells(self) -> int:
        """How many cells it prints."""
        return len(self.lines) * 6
