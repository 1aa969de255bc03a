"""The free prose of the summary report; its figures are never stored, they are gathered."""

from django.db import models

from blocs.models import BlocYear, User


class ReportSection(models.Model):
    """One section of prose, or one typed count, of a year's summary report."""

    year = models.ForeignKey(BlocYear, models.PROTECT, related_name="report_sections", verbose_name="năm thi đua")
    key = models.CharField("mục", max_length=60)
    text = models.TextField("nội dung", blank=True)
    written_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="người viết"
    )
    written_at = models.DateTimeField("viết lúc")

    class Meta:
        verbose_name = "mục của báo cáo tổng kết"
        ordering = ("year", "key")
        constraints = [
            models.UniqueConstraint(fields=["year", "key"], name="a_report_has_each_section_once"),
        ]

    def __str__(self) -> str:
        return f"{self.key}, {self.year}"
