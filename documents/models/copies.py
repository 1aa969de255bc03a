"""Files that left the house with a code on them, and files that somebody had checked."""

from django.db import models

from blocs.models import StoredFile
from documents.models.papers import Document


class PublicCopy(models.Model):
    """A file of an issued paper as it was handed out: by its digest the public page knows it again."""

    class What(models.TextChoices):
        PAPER = "paper", "Văn bản"
        EVIDENCE = "evidence", "Phiếu ghi nhận việc ký"
        SIGNED = "signed", "Bản ký số bằng phần mềm khác"

    document = models.ForeignKey(Document, models.PROTECT, related_name="copies", verbose_name="văn bản")
    what = models.CharField("loại tệp", max_length=20, choices=What.choices, default=What.PAPER)
    file = models.ForeignKey(StoredFile, models.PROTECT, related_name="+", verbose_name="tệp")
    sealed = models.BooleanField("có ký số của hệ thống")
    signatures = models.PositiveSmallIntegerField("số chữ ký trong tệp", default=0)
    made_at = models.DateTimeField("lúc phát hành")

    class Meta:
        verbose_name = "tệp đã phát hành"
        ordering = ("document", "pk")

    def __str__(self) -> str:
        return str(self.document)


class CopyDigest(models.Model):
    """The digest of a handed-out file, or of one of its earlier revisions: what is left when its end is cut off."""

    copy = models.ForeignKey(PublicCopy, models.PROTECT, related_name="digests", verbose_name="tệp đã phát hành")
    sha256 = models.CharField("mã kiểm tra", max_length=64, db_index=True)
    whole = models.BooleanField("của tệp đầy đủ")

    class Meta:
        verbose_name = "mã kiểm tra của tệp đã phát hành"
        ordering = ("copy", "pk")
        constraints = [models.UniqueConstraint(fields=["copy", "sha256"], name="a_copy_has_each_digest_once")]

    def __str__(self) -> str:
        return self.sha256


class Examination(models.Model):
    """One full look at the signatures of a file, made once by the worker and kept under the file's digest."""

    sha256 = models.CharField("mã kiểm tra", max_length=64, unique=True)
    size = models.PositiveBigIntegerField("dung lượng")
    file = models.ForeignKey(
        StoredFile, models.SET_NULL, null=True, related_name="+", verbose_name="tệp, đến khi kiểm tra xong"
    )
    asked_at = models.DateTimeField("lúc đề nghị kiểm tra")
    verdict = models.JSONField("kết luận", null=True)

    class Meta:
        verbose_name = "lần kiểm tra tệp"
        ordering = ("-asked_at",)

    def __str__(self) -> str:
        return self.sha256
