"""The bloc's own text of the smaller letters, version by version."""

from django.db import models

from blocs.models import Bloc, User


class WordingVersion(models.Model):
    """One saved text of a letter; the last one counts, an empty text means the shipped one again."""

    bloc = models.ForeignKey(Bloc, models.PROTECT, related_name="wordings", verbose_name="khối")
    key = models.CharField("mẫu", max_length=40)
    body = models.TextField("nội dung", blank=True)
    saved_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", verbose_name="người lưu")
    saved_at = models.DateTimeField("lưu lúc")

    class Meta:
        verbose_name = "bản của mẫu văn bản"
        ordering = ("bloc", "key", "-pk")

    def __str__(self) -> str:
        return f"{self.key} {self.pk}"
