"""What the authority does with a nomination: finds, asks, carries to the council, decides."""

import datetime as dt
from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Q

from blocs.models import Authority, StoredFile, User

if TYPE_CHECKING:
    from awards.models.nominations import Nomination


class DecisionQuerySet(models.QuerySet["Decision"]):
    """Which decisions a user may see."""

    def visible_to(self, user: User, on: dt.date) -> "DecisionQuerySet":
        """Return the decisions of the authorities where the user holds a post on the day."""
        posts = user.posts.in_force(on).filter(authority__isnull=False)
        return self.filter(authority__in=posts.values("authority"))


class Decision(models.Model):
    """A decision on awards: it may cover many nominations of many blocs."""

    authority = models.ForeignKey(Authority, models.PROTECT, related_name="decisions", verbose_name="cơ quan")
    number = models.CharField("số quyết định", max_length=80, blank=True)
    decided_on = models.DateField("ngày quyết định")
    signer_name = models.CharField("người ký", max_length=250, blank=True)
    signer_title = models.CharField("chức vụ người ký", max_length=120, blank=True)
    file = models.ForeignKey(
        StoredFile, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="tệp quyết định"
    )
    recorded_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    recorded_at = models.DateTimeField("ghi nhận lúc")
    cancelled_at = models.DateTimeField("hủy bỏ lúc", null=True, blank=True)
    cancel_reason = models.TextField("lý do hủy bỏ", blank=True)

    objects = DecisionQuerySet.as_manager()

    class Meta:
        verbose_name = "quyết định khen thưởng"
        ordering = ("-decided_on", "-pk")
        constraints = [
            models.UniqueConstraint(
                fields=["authority", "number", "decided_on"],
                condition=~Q(number=""),
                name="a_numbered_decision_is_recorded_once",
            ),
        ]

    def __str__(self) -> str:
        return self.citation

    @property
    def citation(self) -> str:
        """How other papers quote it; an unknown number stays blank."""
        return f"Quyết định số {self.number or '…'} ngày {self.decided_on:%d/%m/%Y}"


class Review(models.Model):
    """One finding of an official about a nomination. The note stays at the desk; the reason is told to the bloc."""

    class Finding(models.TextChoices):
        FIT = "fit", "Đủ điều kiện, trình Hội đồng"
        NOT_YET = "not_yet", "Chưa đủ điều kiện"
        ASK = "ask", "Đề nghị bổ sung hồ sơ"
        AGAIN = "again", "Thẩm định lại"

    nomination: models.ForeignKey["Nomination"] = models.ForeignKey(
        "awards.Nomination", models.PROTECT, related_name="reviews", verbose_name="đề nghị"
    )
    finding = models.CharField("kết quả thẩm định", max_length=10, choices=Finding.choices)
    reason = models.TextField("lý do", blank=True)
    note = models.TextField("ghi chú nội bộ", blank=True)
    by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="người thẩm định"
    )
    at = models.DateTimeField("thời điểm")

    class Meta:
        verbose_name = "kết quả thẩm định"
        ordering = ("at", "pk")
        constraints = [
            models.CheckConstraint(
                condition=~Q(finding__in=["not_yet", "again"]) | ~Q(reason=""), name="a_finding_against_says_why"
            ),
        ]

    def __str__(self) -> str:
        return self.get_finding_display()


class RequestForMore(models.Model):
    """The authority asks the bloc for more on named items by a day; only these items are open meanwhile."""

    nomination: models.ForeignKey["Nomination"] = models.ForeignKey(
        "awards.Nomination", models.PROTECT, related_name="requests", verbose_name="đề nghị"
    )
    due_on = models.DateField("hạn bổ sung")
    note = models.TextField("nội dung đề nghị", blank=True)
    asked_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    asked_at = models.DateTimeField("đề nghị lúc")
    supplied_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    supplied_at = models.DateTimeField("bổ sung lúc", null=True, blank=True)
    closed_at = models.DateTimeField("kết thúc khi chưa bổ sung lúc", null=True, blank=True)

    class Meta:
        verbose_name = "đề nghị bổ sung hồ sơ"
        ordering = ("asked_at", "pk")
        constraints = [
            models.UniqueConstraint(
                fields=["nomination"],
                condition=Q(supplied_at__isnull=True, closed_at__isnull=True),
                name="one_open_request_for_more_per_nomination",
            ),
        ]

    def __str__(self) -> str:
        return f"Đề nghị bổ sung hồ sơ, hạn {self.due_on:%d/%m/%Y}"

    @property
    def is_open(self) -> bool:
        """Whether the bloc has still to answer."""
        return self.supplied_at is None and self.closed_at is None


class RequestedItem(models.Model):
    """One item of a request: what is missing, and what the bloc answered."""

    request = models.ForeignKey(RequestForMore, models.PROTECT, related_name="items", verbose_name="đề nghị bổ sung")
    position = models.PositiveSmallIntegerField("thứ tự")
    text = models.CharField("nội dung cần bổ sung", max_length=500)
    answer = models.TextField("nội dung bổ sung", blank=True)
    answered_at = models.DateTimeField("trả lời lúc", null=True, blank=True)

    class Meta:
        verbose_name = "mục cần bổ sung"
        ordering = ("request", "position")
        constraints = [
            models.UniqueConstraint(fields=["request", "position"], name="an_item_has_its_place_in_a_request"),
            models.CheckConstraint(condition=~Q(text=""), name="a_requested_item_is_named"),
        ]

    def __str__(self) -> str:
        return self.text


class CouncilResult(models.Model):
    """What the council found about a nomination."""

    nomination: models.OneToOneField["Nomination"] = models.OneToOneField(
        "awards.Nomination", models.PROTECT, related_name="council_result", verbose_name="đề nghị"
    )
    held_on = models.DateField("ngày họp Hội đồng")
    passed = models.BooleanField("thông qua")
    approve = models.PositiveSmallIntegerField("số phiếu đồng ý", null=True, blank=True)
    voted_of = models.PositiveSmallIntegerField("tổng số phiếu", null=True, blank=True)
    reason = models.TextField("lý do chưa thông qua", blank=True)
    recorded_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    recorded_at = models.DateTimeField("ghi nhận lúc")

    class Meta:
        verbose_name = "kết quả của Hội đồng"
        ordering = ("held_on", "pk")
        constraints = [
            models.CheckConstraint(condition=Q(passed=True) | ~Q(reason=""), name="a_refusal_of_the_council_says_why"),
            models.CheckConstraint(
                condition=Q(approve__isnull=True) | Q(voted_of__gte=models.F("approve")),
                name="the_council_counts_no_more_votes_than_there_were",
            ),
        ]

    def __str__(self) -> str:
        return "Hội đồng thông qua" if self.passed else "Hội đồng chưa thông qua"
