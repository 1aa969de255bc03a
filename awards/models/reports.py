"""The achievement report of a nominee: the words that the unit writes; figures and earlier awards come from the records."""

from typing import Any

from django.db import models

from awards.models.nominations import Nomination
from blocs.models import User


class AchievementReport(models.Model):
    """The prose of one report, section by section ("Báo cáo thành tích")."""

    SECTIONS = (
        ("features", "I. Đặc điểm, tình hình", "Trụ sở, điện thoại; quá trình thành lập, phát triển; cơ cấu tổ chức; chức năng, nhiệm vụ."),
        ("results", "II.1. Thành tích đạt được", "Kết quả thực hiện nhiệm vụ, so sánh với các năm trước; số liệu do hệ thống đưa vào bảng kèm theo."),
        ("measures", "II.2. Biện pháp, nguyên nhân đạt được thành tích", "Các biện pháp, giải pháp, phong trào thi đua đã tổ chức."),
        ("party", "II.3. Thực hiện chủ trương của Đảng, chính sách, pháp luật", ""),
        ("unions", "II.4. Hoạt động của tổ chức đảng, đoàn thể", ""),
    )  # fmt: skip

    nomination = models.OneToOneField(Nomination, models.PROTECT, related_name="report", verbose_name="đề nghị")
    features = models.TextField("đặc điểm, tình hình", blank=True)
    results = models.TextField("thành tích đạt được", blank=True)
    measures = models.TextField("biện pháp, nguyên nhân", blank=True)
    party = models.TextField("thực hiện chủ trương, pháp luật", blank=True)
    unions = models.TextField("tổ chức đảng, đoàn thể", blank=True)
    written_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    written_at = models.DateTimeField("viết lúc")

    class Meta:
        verbose_name = "báo cáo thành tích"

    def __str__(self) -> str:
        return f"Báo cáo thành tích: {self.nomination.printed_name}"

    @property
    def prose(self) -> dict[str, str]:
        """The sections by name."""
        return {name: str(getattr(self, name)) for name, _, _ in self.SECTIONS}

    @property
    def is_written(self) -> bool:
        """Whether the sections that no report can do without are there."""
        return bool(self.features.strip() and self.results.strip())

    def set_prose(self, prose: dict[str, Any]) -> None:
        """Take over the sections given."""
        for name, _, _ in self.SECTIONS:
            if name in prose:
                setattr(self, name, prose[name])
