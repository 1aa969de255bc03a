"""Criteria tables kept as templates for a kind of bloc."""

from django.db import models

from blocs.models import Authority, User
from scoring.models.tables import CriteriaTable


class TableTemplate(models.Model):
    """An adopted table that an authority recommends to blocs of one kind. The table is frozen, so the template is too."""

    authority = models.ForeignKey(Authority, models.PROTECT, related_name="+", verbose_name="cơ quan tổ chức khối")
    table = models.ForeignKey(CriteriaTable, models.PROTECT, related_name="templates", verbose_name="bảng tiêu chí")
    name = models.CharField("tên mẫu", max_length=200)
    bloc_kind = models.CharField("loại khối", max_length=200, help_text="ví dụ: khối các Ban Quản lý khu kinh tế")
    kept_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", verbose_name="người lưu")
    kept_at = models.DateTimeField("lưu lúc")
    retired_at = models.DateTimeField("thôi dùng lúc", null=True, blank=True)

    class Meta:
        verbose_name = "mẫu bảng tiêu chí"
        ordering = ("bloc_kind", "name", "pk")
        constraints = [
            models.UniqueConstraint(fields=["authority", "name"], name="a_template_has_its_own_name"),
        ]

    def __str__(self) -> str:
        return f"{self.name} ({self.bloc_kind})"
