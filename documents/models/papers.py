"""Official papers of a bloc year: what was gathered, who may read it, its number and date, its printed copy."""

import datetime as dt
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q

from blocs.models import BlocYear, StoredFile, Unit, User
from blocs.text import date, long_date
from documents.papers import Mark, Paper, Signer, digest_of, grouped_code, pack, unpack
from documents.printing import LAYOUT

GIVEN_UP_AFTER = dt.timedelta(minutes=5)


class DocumentQuerySet(models.QuerySet["Document"]):
    """Which papers a user may read."""

    def visible_to(self, user: User, on: dt.date) -> "DocumentQuerySet":
        """Return the papers of the user's units, and of the years he sees those meant for the bloc or the authority."""
        posts = user.posts.in_force(on)
        units = Unit.objects.filter(Q(posts__in=posts) | Q(authorisations__in=user.authorisations.in_force(on)))
        years = BlocYear.objects.visible_to(user, on)
        audience = Document.Audience
        return self.filter(
            Q(unit__in=units.values("pk"))
            | Q(audience__in=(audience.YEAR, audience.PUBLIC), year__in=years.values("pk"))
            | Q(audience=audience.AUTHORITY, year__bloc__authority__in=posts.values("authority"))
        )

    def without_content(self) -> "DocumentQuerySet":
        """Return the papers for a list, without what is printed in them."""
        return self.defer("content").select_related("unit", "pdf", "year__bloc")


class Document(models.Model):
    """One official paper. Its content was handed down by its owner and is never looked up again."""

    class Kind(models.TextChoices):
        SUMMARY_REPORT = "summary_report", "Báo cáo tổng kết"
        CONSOLIDATED_TABLE = "consolidated_table", "Bảng tổng hợp kết quả chấm điểm"
        SCORE_SHEET = "score_sheet", "Bảng tự chấm điểm"
        CONFERENCE_MINUTES = "conference_minutes", "Biên bản hội nghị"
        REVIEW_MINUTES = "review_minutes", "Biên bản bình xét"
        TALLY_MINUTES = "tally_minutes", "Biên bản kiểm phiếu"
        SUBMISSION = "submission", "Tờ trình"
        PLEDGE = "pledge", "Giao ước thi đua"
        INVITATION = "invitation", "Giấy mời"
        NOTICE = "notice", "Thông báo kết quả"
        HANDOVER_MINUTES = "handover_minutes", "Biên bản bàn giao"
        LETTER = "letter", "Công văn"
        PROGRAMME = "programme", "Chương trình hội nghị"
        ATTENDANCE = "attendance", "Danh sách đại biểu ký tên"
        BALLOT = "ballot", "Phiếu bầu, phiếu bình xét"
        OPINION_SLIP = "opinion_slip", "Phiếu lấy ý kiến"
        AUTHORISATION = "authorisation", "Giấy ủy quyền"
        EVIDENCE = "evidence", "Phiếu ghi nhận việc ký"

    class State(models.TextChoices):
        DRAFT = "draft", "Dự thảo"
        SIGNING = "signing", "Trình ký"
        SIGNED = "signed", "Đã ký, chờ cấp số"
        ISSUED = "issued", "Đã ban hành"
        REPLACED = "replaced", "Đã thay thế"

    TRANSITIONS: ClassVar[dict[str, set[str]]] = {
        State.DRAFT: {State.SIGNING},
        State.SIGNING: {State.DRAFT, State.SIGNED},
        State.SIGNED: {State.ISSUED},
        State.ISSUED: {State.REPLACED},
        State.REPLACED: set(),
    }

    class Audience(models.TextChoices):
        UNIT = "unit", "Trong đơn vị"
        AUTHORITY = "authority", "Đơn vị và cơ quan tổ chức khối"
        YEAR = "year", "Các đơn vị trong Khối và cơ quan tổ chức khối"
        PUBLIC = "public", "Công khai"

    class Manner(models.TextChoices):
        BY_HAND = "by_hand", "Ký tay, đóng dấu"
        DIGITAL = "digital", "Ký số bằng phần mềm khác"

    class Printing(models.TextChoices):
        NONE = "none", "Chưa xuất PDF"
        QUEUED = "queued", "Đang chờ in"
        PRINTING = "printing", "Đang in"
        DONE = "done", "Đã xuất PDF"
        FAILED = "failed", "Chưa in được"

    year = models.ForeignKey(BlocYear, models.PROTECT, related_name="documents", verbose_name="năm thi đua")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="documents", verbose_name="đơn vị ban hành")
    kind = models.CharField("loại văn bản", max_length=30, choices=Kind.choices)
    about = models.CharField("nội dung mà văn bản thuộc về", max_length=80, blank=True)
    title = models.CharField("tên văn bản", max_length=500)
    state = models.CharField("trạng thái", max_length=20, choices=State.choices, default=State.DRAFT)
    audience = models.CharField("phạm vi xem", max_length=20, choices=Audience.choices, default=Audience.YEAR)
    content = models.JSONField("nội dung")
    content_digest = models.CharField("mã kiểm tra nội dung", max_length=64)
    edition = models.PositiveSmallIntegerField("bản", default=1)
    profile = models.CharField("tiêu đề văn bản", max_length=1, choices=[("A", "Của đơn vị"), ("B", "Của Khối")])
    symbol = models.CharField("ký hiệu", max_length=80, blank=True)
    number = models.CharField("số", max_length=20, blank=True)
    issued_on = models.DateField("ngày ban hành", null=True, blank=True)
    issue_year = models.PositiveSmallIntegerField("năm của số văn bản", null=True, blank=True, editable=False)
    capacity = models.TextField("quyền hạn, chức vụ của người ký", blank=True)
    signer_name = models.CharField("họ và tên người ký", max_length=250, blank=True)
    signer_post = models.CharField("chức vụ tại đơn vị của người ký", max_length=250, blank=True)
    signed_on = models.DateField("ngày ký", null=True, blank=True)
    manner = models.CharField("cách ký", max_length=20, choices=Manner.choices, blank=True)
    signed_copy = models.ForeignKey(
        StoredFile, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="bản đã ký"
    )
    replaced_by = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="replaces", verbose_name="được thay bằng"
    )
    printing = models.CharField("in", max_length=20, choices=Printing.choices, default=Printing.NONE)
    print_key = models.CharField("mã của bản cần in", max_length=64, blank=True)
    print_asked_at = models.DateTimeField("lúc yêu cầu in", null=True, blank=True)
    print_error = models.CharField("vì sao chưa in được", max_length=400, blank=True)
    pdf = models.ForeignKey(StoredFile, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="tệp PDF")
    pdf_key = models.CharField("mã của bản đã in", max_length=64, blank=True, db_index=True)
    code = models.CharField("mã tra cứu", max_length=12, null=True, blank=True, unique=True, editable=False)
    drafted_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    drafted_on = models.DateField("ngày lập")

    objects = DocumentQuerySet.as_manager()

    class Meta:
        verbose_name = "văn bản"
        ordering = ("-drafted_on", "-pk")
        constraints = [
            models.UniqueConstraint(
                fields=["unit", "symbol", "issue_year", "number"],
                condition=~Q(number=""),
                name="a_unit_gives_each_number_once_a_year",
            ),
            models.UniqueConstraint(
                fields=["year", "unit", "kind", "about"],
                condition=Q(state="draft"),
                name="one_open_draft_of_a_paper",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=("issued", "replaced")) | Q(issued_on__isnull=False),
                name="an_issued_paper_has_a_date",
            ),
        ]
        indexes = [models.Index(fields=["year", "state"], name="papers_of_a_year")]

    def __str__(self) -> str:
        return self.title

    @property
    def paper(self) -> Paper:
        """The paper to print: what was gathered, with number, date and signer as far as they are filled in."""
        dated = long_date(self.issued_on) if self.issued_on else ""
        return unpack(self.content).issued(number=self.number, dated=dated, signer=self.signer)

    @property
    def signer(self) -> Signer | None:
        """Who signed, in which capacity; None as long as nobody did."""
        lines = tuple(line for line in self.capacity.splitlines() if line)
        return Signer(lines=lines, name=self.signer_name, post=self.signer_post) if lines else None

    @property
    def key(self) -> str:
        """The digest of everything that the print depends on; equal keys, equal bytes."""
        content = {"layout": LAYOUT, "paper": pack(self.paper)}
        return digest_of(content | {"code": self.code} if self.code else content)

    @property
    def mark(self) -> Mark | None:
        """The code and QR at the foot of an issued paper, None before it is issued."""
        return Mark(self.code, f"{settings.SITE_URL}/kiem-tra/{self.code}/") if self.code else None

    @property
    def reference(self) -> str:
        """The number and symbol as they are cited, with room before the slash while there is no number."""
        return f"{self.number or '…'}/{self.symbol}" if self.symbol else ""

    @property
    def badge(self) -> str:
        """The class of its state badge."""
        css = {self.State.SIGNING: "s-sent", self.State.SIGNED: "s-rev", self.State.ISSUED: "s-ok"}
        return css.get(self.State(self.state), "")

    @property
    def next_step(self) -> str:
        """What comes next, and who does it."""
        if self.state == self.State.DRAFT and self.content.get("draft"):
            return "Dự thảo dùng tại hội nghị; bản chính thức lập sau hội nghị rồi trình ký."
        sentences = {
            self.State.DRAFT: "Bước tiếp theo: trình Thủ trưởng đơn vị ký.",
            self.State.SIGNING: "Bước tiếp theo: Thủ trưởng đơn vị ký; chuyên viên ghi nhận, Văn thư cấp số.",
            self.State.SIGNED: "Bước tiếp theo: Văn thư cấp số, ngày ban hành.",
            self.State.ISSUED: "Đã ban hành; nội dung không thay đổi.",
            self.State.REPLACED: "Đã có văn bản khác thay thế.",
        }
        return sentences[self.State(self.state)]

    @property
    def is_being_printed(self) -> bool:
        """Whether the worker has its print in hand."""
        return self.printing in {self.Printing.QUEUED, self.Printing.PRINTING}

    def print_is_lost(self, at: dt.datetime) -> bool:
        """Whether the worker has had the print in hand for so long that it must have been killed over it."""
        asked = self.print_asked_at
        return self.is_being_printed and (asked is None or at - asked >= GIVEN_UP_AFTER)

    @property
    def has_fresh_pdf(self) -> bool:
        """Whether the printed copy is of the paper as it stands now."""
        return self.pdf_id is not None and self.pdf_key == self.key

    @property
    def facts(self) -> list[tuple[str, str]]:
        """What a register says of the paper; unknown things are left out."""
        said = (
            ("Đơn vị ban hành", self.unit.name),
            ("Số, ký hiệu", self.reference),
            ("Ngày ban hành", date(self.issued_on) if self.issued_on else ""),
            ("Người ký", ", ".join((*self.capacity.splitlines(), *filter(None, [self.signer_post, self.signer_name])))),
            ("Ngày ký", date(self.signed_on) if self.signed_on else ""),
            ("Cách ký", self.get_manner_display() if self.manner else ""),
            ("Phạm vi xem", self.get_audience_display()),
            ("Được thay bằng", str(self.replaced_by) if self.replaced_by else ""),
            ("Mã tra cứu", grouped_code(self.code) if self.code else ""),
            ("Mã kiểm tra nội dung", self.content_digest[:16]),
        )
        return [(label, value) for label, value in said if value]

    @property
    def file_name(self) -> str:
        """What the PDF is called when it is saved."""
        number = f" {self.number}-{self.symbol.replace('/', '-')}" if self.number else ""
        return f"{self.get_kind_display()}{number} ({self.year.year}).pdf"
