"""What a bloc sent to the authority: the letter, and the list exactly as it was sent."""

import datetime as dt
from typing import TYPE_CHECKING, Any

from django.db import models
from django.db.models import Q

from blocs.models import BlocYear, StoredFile, User
from blocs.text import number
from scoring.models.fields import FigureField

if TYPE_CHECKING:
    from awards.models.nominations import Nomination


def printed_score(score: Any) -> str:
    """Return a total with its own decimals, as the table rounded it: "98,30"; "–" for none."""
    return "–" if score is None else number(score, max(0, -int(score.as_tuple().exponent)))


class SubmissionQuerySet(models.QuerySet["Submission"]):
    """Which submissions a user may see."""

    def visible_to(self, user: User, on: dt.date) -> "SubmissionQuerySet":
        """Return the submissions of the bloc years that the user may see."""
        return self.filter(year__in=BlocYear.objects.visible_to(user, on))


class Submission(models.Model):
    """A bloc's letter of submission ("Tờ trình") with its list. Recalled, it stays on record."""

    year = models.ForeignKey(BlocYear, models.PROTECT, related_name="submissions", verbose_name="năm thi đua")
    number = models.CharField("số tờ trình", max_length=80, blank=True)
    dated_on = models.DateField("ngày tờ trình")
    signer_name = models.CharField("người ký", max_length=250, blank=True)
    signer_title = models.CharField("chức vụ người ký", max_length=120, blank=True)
    contact_name = models.CharField("chuyên viên liên hệ", max_length=250, blank=True)
    contact_phone = models.CharField("điện thoại liên hệ", max_length=40, blank=True)
    paper = models.ForeignKey(
        StoredFile, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="tờ trình đã ký"
    )
    sent_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    sent_at = models.DateTimeField("trình lúc")
    received_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    received_at = models.DateTimeField("tiếp nhận lúc", null=True, blank=True)
    recalled_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    recalled_at = models.DateTimeField("thu hồi lúc", null=True, blank=True)
    recall_reason = models.TextField("lý do thu hồi", blank=True)

    objects = SubmissionQuerySet.as_manager()

    class Meta:
        verbose_name = "tờ trình khen thưởng"
        ordering = ("-sent_at", "-pk")
        constraints = [
            models.CheckConstraint(
                condition=Q(recalled_at__isnull=True) | Q(received_at__isnull=True),
                name="a_submission_is_recalled_only_before_receipt",
            ),
            models.CheckConstraint(
                condition=Q(recalled_at__isnull=True) | ~Q(recall_reason=""), name="a_recall_says_why"
            ),
        ]

    def __str__(self) -> str:
        return self.citation

    @property
    def citation(self) -> str:
        """How other papers quote it; an unknown number stays blank."""
        return f"Tờ trình số {self.number or '…'} ngày {self.dated_on:%d/%m/%Y}"

    @property
    def status(self) -> str:
        """What became of it, in words."""
        if self.recalled_at:
            return "Đã thu hồi để sửa"
        return "Đã tiếp nhận" if self.received_at else "Chờ tiếp nhận"


class SubmittedLine(models.Model):
    """One line of the list as it was sent; it never changes."""

    submission = models.ForeignKey(Submission, models.PROTECT, related_name="lines", verbose_name="tờ trình")
    nomination: models.ForeignKey["Nomination"] = models.ForeignKey(
        "awards.Nomination", models.PROTECT, related_name="lines", verbose_name="đề nghị"
    )
    award_name = models.CharField("danh hiệu, hình thức", max_length=250)
    printed_name = models.CharField("tên in trên Cờ, Bằng", max_length=250)
    province = models.CharField("địa phương", max_length=80, blank=True)
    score = FigureField("tổng điểm")
    rank_text = models.CharField("thứ hạng", max_length=40, blank=True)
    votes_text = models.CharField("số đơn vị nhất trí", max_length=40, blank=True)
    percent_text = models.CharField("tỷ lệ nhất trí", max_length=20, blank=True)
    override_reason = models.TextField("lý do vẫn đề nghị", blank=True)

    class Meta:
        verbose_name = "dòng của danh sách đề nghị"
        ordering = ("submission", "pk")
        constraints = [
            models.UniqueConstraint(fields=["submission", "nomination"], name="a_list_names_a_nomination_once"),
        ]

    def __str__(self) -> str:
        return f"{self.award_name}: {self.printed_name}"

    @property
    def score_text(self) -> str:
        """The total with the table's own decimals."""
        return printed_score(self.score)
