"""Files, kept under random names and handed out only by a checked view."""

import uuid

from django.db import models


def stored_name(_instance: "StoredFile", _name: str) -> str:
    """Return a random path that tells nothing about the file."""
    name = uuid.uuid4().hex
    return f"{name[:2]}/{name}"


class StoredFile(models.Model):
    """One file, unchanged for good. Who may read it is decided by the dossier that holds it."""

    key = models.UUIDField("khóa", default=uuid.uuid4, unique=True, editable=False)
    file = models.FileField("tệp", upload_to=stored_name)
    name = models.CharField("tên tệp", max_length=250)
    size = models.PositiveBigIntegerField("dung lượng")
    content_type = models.CharField("loại nội dung", max_length=100)
    sha256 = models.CharField("mã kiểm tra", max_length=64, db_index=True)
    stored_by = models.ForeignKey("blocs.User", models.PROTECT, null=True, blank=True, related_name="+")
    stored_at = models.DateTimeField("thời điểm lưu")

    class Meta:
        verbose_name = "tệp"

    def __str__(self) -> str:
        return self.name
