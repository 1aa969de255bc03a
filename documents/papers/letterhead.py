"""What every paper has: the head, the title, the signers, the recipients (Decree 30/2020, Annex I and III)."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import ClassVar, Self

from documents.papers.lines import centred_lines

BLANK = "\u00a0" * 8
ISSUER_WIDTH = 24
SUBJECT_WIDTH = 62
REFERENCE_WIDTH = 80


@dataclass(frozen=True, kw_only=True)
class Letterhead:
    """The two columns at the top of page 1; what is empty is left to be written by hand, or not printed at all.

    profile "A" is the leader unit's own letterhead, "B" the bloc's. `symbol` without the number ("BC-BQLKCN"): empty
    for papers that carry no number. `place` empty for papers without a "place, date" line (minutes).
    `dated` in words, "ngày 04 tháng 01 năm 2024".
    """

    issuer: str
    superior: str = ""
    profile: str = "A"
    number: str = ""
    symbol: str = ""
    place: str = ""
    dated: str = ""

    @property
    def superior_lines(self) -> tuple[str, ...]:
        """The superior agency, broken for the left column."""
        return centred_lines(self.superior, ISSUER_WIDTH)

    @property
    def issuer_lines(self) -> tuple[str, ...]:
        """The issuing agency, broken for the left column."""
        return centred_lines(self.issuer, ISSUER_WIDTH)

    @property
    def number_line(self) -> str:
        """The line "Số: 05/BC-BQLKCN", with room for the number while it is not issued; empty when the paper has no number."""
        return f"Số: {self.number or BLANK}/{self.symbol}" if self.symbol else ""

    @property
    def date_line(self) -> str:
        """The line "Thái Nguyên, ngày 04 tháng 01 năm 2024", with room for what is not known yet."""
        return f"{self.place}, {self.dated or self.blank_date}" if self.place else ""

    @property
    def blank_date(self) -> str:
        """A date to be written by hand."""
        return f"ngày{BLANK}tháng{BLANK}năm{BLANK}"


@dataclass(frozen=True, kw_only=True)
class Signer:
    """One signature: 1 to 4 lines of capacity, then room to sign, then the post at one's unit and the name.

    `note` takes the place of the room to sign ("Đã xác nhận trên hệ thống lúc …"); never "(Đã ký)".
    """

    lines: tuple[str, ...]
    name: str = ""
    post: str = ""
    note: str = ""


@dataclass(frozen=True, kw_only=True)
class Paper:
    """The part common to all papers. `title` is the name of the type in natural case ("Báo cáo")."""

    KIND: ClassVar[str] = ""
    BROAD: ClassVar[bool] = False

    title: str
    subject: str = ""
    letterhead: Letterhead | None = None
    draft: bool = False
    demo: bool = False
    addressees: tuple[str, ...] = ()
    grounds: tuple[str, ...] = ()
    signers: tuple[Signer, ...] = ()
    recipients: tuple[str, ...] = ()

    @property
    def template(self) -> str:
        """The template of its body, the same for the PDF and for the preview on the page."""
        return f"documents/paper/{self.KIND}.html"

    @property
    def full_title(self) -> str:
        """Type and subject in one line, for lists and for the title of the PDF."""
        return " ".join(part for part in (self.title, self.subject) if part)

    @property
    def subject_lines(self) -> tuple[str, ...]:
        """The subject, broken for a centred heading."""
        return centred_lines(self.subject, SUBJECT_WIDTH)

    @property
    def annex_reference(self) -> tuple[str, ...]:
        """The words under an annex's title: which paper it goes with, with room for what is not known yet."""
        head = self.letterhead
        if head is None or not head.symbol:
            return ()
        number, dated = head.number or BLANK, head.dated or head.blank_date
        named = f"{self.title} số {number}/{head.symbol} {dated} của {head.issuer}"
        return centred_lines(f"(Kèm theo {named})", REFERENCE_WIDTH)

    @property
    def symbol(self) -> str:
        """The symbol of the letterhead, empty when the paper carries no number."""
        return self.letterhead.symbol if self.letterhead else ""

    @property
    def cells(self) -> int:
        """How many table cells it prints: what its printing costs (about 1 ms each)."""
        return 0

    def issued(self, *, number: str = "", dated: str = "", signer: Signer | None = None) -> Self:
        """The same paper with what the records clerk filled in; empty values leave the paper as it is.

        The signer takes the place of the last one: of a pair (minutes, score sheets) the right one.
        """
        head = self.letterhead
        if head:
            head = replace(head, number=number or head.number, dated=dated or head.dated)
        signers = (*self.signers[:-1], signer) if signer else self.signers
        return replace(self, letterhead=head, signers=signers)
