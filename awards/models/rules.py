"""Conditions of an award as rows: what is asked, whether it refuses, since when, from which text, confirmed by whom."""

import datetime as dt

from django.db import models
from django.db.models import F, Q

from awards.conditions import Condition, words_of
from awards.models.catalogue import Award
from blocs.models import Authority


class AwardRuleQuerySet(models.QuerySet["AwardRule"]):
    """Which conditions hold."""

    def in_force(self, on: dt.date, authority: Authority | int) -> "AwardRuleQuerySet":
        """Return the conditions valid on the day, of everybody or of the authority."""
        return self.filter(
            Q(effective_to__isnull=True) | Q(effective_to__gte=on),
            Q(authority__isnull=True) | Q(authority=authority),
            effective_from__lte=on,
        )


class AwardRule(models.Model):
    """One condition of an award. Ended, never deleted; a past year is judged by what was in force then."""

    class Kind(models.TextChoices):
        MAX_RANK = "max_rank", "Thứ hạng trong Khối (từ thứ … trở lên)"
        GRADE = "grade", "Xếp loại (nhiều loại cách nhau bằng dấu chấm phẩy)"
        MIN_SCORE = "min_score", "Tổng điểm (từ … trở lên)"
        YEARS_SINCE = "years_since", "Số năm kể từ lần được tặng gần nhất"
        NOT_WITH = "not_with", "Không cùng thành tích với (mã danh hiệu, hình thức)"
        PLEDGE = "pledge", "Đã ký giao ước thi đua của năm"
        NO_CASE = "no_case", "Không thuộc trường hợp không xét"

    award = models.ForeignKey(Award, models.PROTECT, related_name="rules", verbose_name="danh hiệu, hình thức")
    authority = models.ForeignKey(
        Authority, models.PROTECT, null=True, blank=True, related_name="award_rules", verbose_name="của riêng cơ quan"
    )
    kind = models.CharField("điều kiện", max_length=20, choices=Kind.choices)
    value = models.CharField("giá trị", max_length=250, blank=True)
    hard = models.BooleanField("bắt buộc", default=False)
    source = models.CharField("căn cứ", max_length=300)
    effective_from = models.DateField("có hiệu lực từ")
    effective_to = models.DateField("hết hiệu lực", null=True, blank=True)
    confirmed_by = models.CharField("người xác nhận", max_length=250, blank=True)

    objects = AwardRuleQuerySet.as_manager()

    class Meta:
        verbose_name = "điều kiện khen thưởng"
        ordering = ("award__position", "-hard", "kind", "pk")
        constraints = [
            models.CheckConstraint(condition=~Q(source=""), name="a_condition_names_its_source"),
            models.CheckConstraint(
                condition=Q(effective_to__isnull=True) | Q(effective_to__gte=F("effective_from")),
                name="a_condition_ends_after_it_begins",
            ),
        ]

    def __str__(self) -> str:
        return self.words

    @property
    def words(self) -> str:
        """The condition in words: "Xếp hạng từ thứ 3 trở lên"."""
        return words_of(self.kind, self.value)

    @property
    def manner(self) -> str:
        """What it does: refuses, or warns."""
        return "Bắt buộc" if self.hard else "Lưu ý, đề nghị được khi ghi lý do"

    @property
    def is_confirmed(self) -> bool:
        """Whether somebody has checked it against the texts in force."""
        return bool(self.confirmed_by)

    @property
    def condition(self) -> Condition:
        """The row as the pure rules read it; what nobody has confirmed says so where it is quoted."""
        source = self.source if self.is_confirmed else f"{self.source}, chưa được xác nhận"
        return Condition(self.kind, self.value, self.hard, source)
