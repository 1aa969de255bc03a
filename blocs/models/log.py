"""The append-only, hash-chained log. Rows are written by blocs/audit.py and changed by nobody."""

from django.db import models


class LogEntry(models.Model):
    """One act: who (an id, never a name), what, on which row, when, with the digest that chains it to the row before."""

    sequence = models.PositiveBigIntegerField("số thứ tự", primary_key=True)
    at = models.DateTimeField("thời điểm")
    actor_id = models.BigIntegerField("người thực hiện", null=True)
    act = models.CharField("việc", max_length=80)
    subject_type = models.CharField("loại đối tượng", max_length=80)
    subject_id = models.CharField("đối tượng", max_length=64)
    year_id = models.BigIntegerField("năm thi đua", null=True, db_index=True)
    unit_id = models.BigIntegerField("đơn vị", null=True)
    details = models.JSONField("nội dung", default=dict)
    previous = models.CharField("mã của dòng trước", max_length=64)
    digest = models.CharField("mã của dòng", max_length=64)

    class Meta:
        verbose_name = "dòng nhật ký"
        ordering = ("sequence",)
        indexes = [models.Index(fields=["subject_type", "subject_id"], name="log_of_one_subject")]

    def __str__(self) -> str:
        return f"{self.sequence}. {self.act}"


class ChainHead(models.Model):
    """The one row that is locked to append: it holds the last sequence number and digest."""

    only = models.BooleanField(primary_key=True, default=True)
    sequence = models.PositiveBigIntegerField(default=0)
    digest = models.CharField(max_length=64)

    class Meta:
        verbose_name = "đầu chuỗi nhật ký"
        constraints = [models.CheckConstraint(condition=models.Q(only=True), name="there_is_one_chain_head")]

    def __str__(self) -> str:
        return self.digest
