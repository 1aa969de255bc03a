"""What a bloc shows to everybody: the results of a meeting, copied when they are published."""

from django.db import models

from blocs.models import User
from conferences.models.meetings import Conference


class PublicResult(models.Model):
    """The results of a meeting as they were published; taken back, the page says nothing any more."""

    conference = models.OneToOneField(Conference, models.PROTECT, related_name="public_result", verbose_name="hội nghị")
    content = models.JSONField("nội dung")
    is_shown = models.BooleanField("đang công khai", default=True)
    published_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", verbose_name="người công khai")
    published_at = models.DateTimeField("công khai lúc")

    class Meta:
        verbose_name = "trang kết quả công khai"
        ordering = ("conference",)

    def __str__(self) -> str:
        return f"Kết quả: {self.conference}"
