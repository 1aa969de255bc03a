"""What a person was told, and how the person wants to be told by mail."""

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


class MailChoice(models.Model):
    """How a person wants mail: each notice at once, one mail a day, or none. Without a row: each at once."""

    class Manner(models.TextChoices):
        EACH = "each", "Gửi ngay từng thông báo"
        DIGEST = "digest", "Mỗi ngày một thư tổng hợp"
        NONE = "none", "Không gửi thư (vẫn xem được trên hệ thống)"

    user = models.OneToOneField("blocs.User", models.CASCADE, related_name="mail_choice", verbose_name="người nhận")
    manner = models.CharField("cách nhận thư", max_length=10, choices=Manner.choices, default=Manner.EACH)
    reminds = models.BooleanField("nhắc việc sắp đến hạn", default=True)

    class Meta:
        verbose_name = "cách nhận thư"

    def __str__(self) -> str:
        return str(self.get_manner_display())
