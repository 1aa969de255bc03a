"""Papers kept as they were gathered at one moment: the parts of a package that was sent, and the desk's own papers."""

import datetime as dt
from typing import ClassVar

from django.db import models
from django.db.models import Q

from awards.models.desk import Decision
from awards.models.nominations import Nomination
from awards.models.submissions import Submission
from blocs.models import Authority, BlocYear, StoredFile, User


class KeptPaperQuerySet(models.QuerySet["KeptPaper"]):
    """Which of these papers a user may see."""

    def of_desk(self, user: User, on: dt.date) -> "KeptPaperQuerySet":
        """Return the desk's own papers of the authorities where the user holds a post on the day."""
        posts = user.posts.in_force(on).filter(authority__isnull=False)
        return self.filter(submission=None, authority__in=posts.values("authority"))

    def of_package(self, user: User, on: dt.date) -> "KeptPaperQuerySet":
        """Return the parts of packages of the bloc years that the user may see."""
        return self.filter(submission__year__in=BlocYear.objects.visible_to(user, on))


class KeptPaper(models.Model):
    """One paper whose content never changes; the worker prints it, tables are also kept for work.

    `content` is a packed paper of documents. A part that is a file of its own (a signed letter, a paper of a dossier)
    has no content and only the file.
    """

    class Kind(models.TextChoices):
        CONTENTS = "contents", "Danh mục hồ sơ"
        LETTER = "letter", "Tờ trình"
        LIST = "list", "Danh sách đề nghị"
        MINUTES = "minutes", "Biên bản bình xét"
        TABLE = "table", "Bảng tổng hợp kết quả chấm điểm"
        REPORT = "report", "Báo cáo tổng kết"
        ACHIEVEMENT = "achievement", "Báo cáo thành tích"
        ATTACHED = "attached", "Tài liệu kèm theo"
        COUNCIL_LIST = "council_list", "Danh sách trình Hội đồng"
        DRAFT_DECISION = "draft_decision", "Dự thảo quyết định"
        EXTRACT = "extract", "Trích quyết định"
        ANNOUNCEMENT = "announcement", "Thông báo kết quả khen thưởng"

    DESK: ClassVar[frozenset[str]] = frozenset(
        {Kind.COUNCIL_LIST, Kind.DRAFT_DECISION, Kind.EXTRACT, Kind.ANNOUNCEMENT}
    )

    authority = models.ForeignKey(Authority, models.PROTECT, related_name="kept_papers", verbose_name="cơ quan")
    submission = models.ForeignKey(
        Submission, models.PROTECT, null=True, blank=True, related_name="parts", verbose_name="bộ hồ sơ trình"
    )
    decision = models.ForeignKey(
        Decision, models.PROTECT, null=True, blank=True, related_name="papers", verbose_name="quyết định"
    )
    nomination = models.ForeignKey(
        Nomination, models.PROTECT, null=True, blank=True, related_name="kept_papers", verbose_name="đề nghị"
    )
    kind = models.CharField("loại", max_length=20, choices=Kind.choices)
    position = models.PositiveSmallIntegerField("thứ tự", default=1)
    title = models.CharField("tên", max_length=300)
    content = models.JSONField("nội dung", null=True, blank=True)
    digest = models.CharField("mã kiểm tra", max_length=64, blank=True)
    pdf = models.ForeignKey(StoredFile, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="PDF")
    word = models.ForeignKey(StoredFile, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="Word")
    sheet = models.ForeignKey(StoredFile, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="Excel")
    file = models.ForeignKey(StoredFile, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="tệp")
    error = models.CharField("vì sao chưa in được", max_length=400, blank=True)
    made_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    made_at = models.DateTimeField("lập lúc")

    objects = KeptPaperQuerySet.as_manager()

    class Meta:
        verbose_name = "văn bản trong bộ hồ sơ"
        ordering = ("submission", "position", "pk")
        constraints = [
            models.UniqueConstraint(
                fields=["submission", "position"],
                condition=Q(submission__isnull=False),
                name="a_part_has_its_place_in_a_package",
            ),
            models.CheckConstraint(
                condition=Q(content__isnull=False) | Q(file__isnull=False), name="a_kept_paper_has_content_or_a_file"
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def is_being_printed(self) -> bool:
        """Whether the worker has still to print it."""
        return self.content is not None and self.pdf_id is None and not self.error

    @property
    def files(self) -> list[tuple[str, str, StoredFile]]:
        """What can be opened, with its label: "PDF", "Word", "Excel", or the file itself."""
        found = (
            ("pdf", "PDF", self.pdf),
            ("word", "Word", self.word),
            ("sheet", "Excel", self.sheet),
            ("file", "Tệp", self.file),
        )
        return [(key, label, stored) for key, label, stored in found if stored is not None]


class ListColumns(models.Model):
    """The order in which an authority wants the columns of its consolidated list."""

    authority = models.OneToOneField(Authority, models.CASCADE, related_name="list_columns", verbose_name="cơ quan")
    columns = models.JSONField("các cột", default=list)

    class Meta:
        verbose_name = "thứ tự cột của danh sách trình Hội đồng"

    def __str__(self) -> str:
        return f"{self.authority}: {', '.join(self.columns)}"
