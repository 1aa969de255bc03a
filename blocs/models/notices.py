"""What a person was told."""

from django.db import models


class Notice(models.Model):
    """One notice to one person: shown in the application and sent by mail."""

    user = models.ForeignKey("blocs.User", models.CASCADE, related_name="notices", verbose_name="người nhận")
    year = models.ForeignKey("blocs.BlocYear", models.PROTECT, null=True, blank=True, related_name="+")
    kind = models.CharField("loại", max_length=60)
    text = models.TextField("nội dung")
    url = models.CharField("trang liên quan", max_length=300, blank=True)
    created_at = models.DateTimeField("thời điểm")
    read_at = models.DateTimeField("đã xem lúc", null=True, blank=True)
    mailed_at = models.DateTimeField("đã gửi thư lúc", null=True, blank=True)
    message_id = models.CharField("mã thư", max_length=120, blank=True)

    class Meta:
        verbose_name = "thông báo"
        ordering = ("-created_at", "-pk")
        indexes = [models.Index(fields=["user", "read_at"], name="unread_notices_of_a_user")]

    def __str__(self) -> str:
        return self.text
