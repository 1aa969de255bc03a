"""The minutes of a meeting: free prose beside locked facts, every edit kept, confirmed by chair and secretary."""

from django.db import models

from blocs.models import User
from conferences.models.meetings import Conference


class MinutesSection(models.Model):
    """One free part of the minutes of a meeting. What happened is never stored here: it is gathered from the records."""

    conference = models.ForeignKey(Conference, models.PROTECT, related_name="minutes", verbose_name="hội nghị")
    key = models.CharField("mục", max_length=60)
    text = models.TextField("nội dung", blank=True)

    class Meta:
        verbose_name = "mục của biên bản"
        ordering = ("conference", "pk")
        constraints = [
            models.UniqueConstraint(fields=["conference", "key"], name="a_part_of_the_minutes_is_written_once")
        ]

    def __str__(self) -> str:
        return self.key


class MinutesEdit(models.Model):
    """One edit of a free part: what it said before and after, by whom, when. Never changed or removed."""

    section = models.ForeignKey(MinutesSection, models.PROTECT, related_name="edits", verbose_name="mục")
    before = models.TextField("trước khi sửa", blank=True)
    after = models.TextField("sau khi sửa", blank=True)
    by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", verbose_name="người sửa")
    at = models.DateTimeField("sửa lúc")

    class Meta:
        verbose_name = "lần sửa biên bản"
        ordering = ("section", "pk")

    def __str__(self) -> str:
        return f"{self.section}: {self.at:%H:%M}"


class MinutesConfirmation(models.Model):
    """That the chair, or the secretary, has read these very minutes: the digest is that of the gathered text."""

    class Capacity(models.TextChoices):
        SECRETARY = "secretary", "Thư ký"
        CHAIR = "chair", "Chủ tọa"

    conference = models.ForeignKey(
        Conference, models.PROTECT, related_name="minutes_confirmations", verbose_name="hội nghị"
    )
    capacity = models.CharField("tư cách", max_length=10, choices=Capacity.choices)
    digest = models.CharField("mã kiểm tra", max_length=64)
    by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", verbose_name="người xác nhận")
    at = models.DateTimeField("xác nhận lúc")

    class Meta:
        verbose_name = "xác nhận biên bản"
        ordering = ("conference", "-capacity")
        constraints = [
            models.UniqueConstraint(fields=["conference", "capacity"], name="minutes_are_confirmed_once_per_capacity")
        ]

    def __str__(self) -> str:
        return f"{self.get_capacity_display()}: {self.at:%d/%m/%Y %H:%M}"
