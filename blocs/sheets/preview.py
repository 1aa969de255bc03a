"""What an import would do, shown before anything is saved."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from blocs.sheets.reading import Fault


@dataclass(frozen=True)
class Preview:
    """What would be written: a summary, the rows as text, columns left aside, notes, and every fault."""

    title: str
    headers: Sequence[str]
    rows: Sequence[Sequence[str]]
    summary: Sequence[str] = ()
    unknown: Sequence[str] = ()
    notes: Sequence[str] = ()
    faults: Sequence[Fault] = field(default_factory=list)

    @property
    def is_clean(self) -> bool:
        """Whether it may be saved."""
        return not self.faults

    def text(self, *, most: int = 200) -> str:
        """Return the preview for a terminal: the summary, the first rows, the columns left aside, all faults."""
        lines = [self.title, *self.summary]
        lines += [" | ".join(self.headers)] if self.rows else []
        lines += [" | ".join(row) for row in self.rows[:most]]
        lines += [f"(còn {len(self.rows) - most} dòng)"] if len(self.rows) > most else []
        lines += [f"Cột không dùng đến: {', '.join(self.unknown)}."] if self.unknown else []
        lines += [*self.notes]
        lines += [f"Có {len(self.faults)} chỗ cần sửa; chưa có nội dung nào được ghi."] if self.faults else []
        return "\n".join([*lines, *(fault.sentence for fault in self.faults)])
