"""The papers by which a bloc works: plan, regulation, guidance; each in force from a day, until another or for good."""

import datetime as dt

from django.db import models
from django.db.models import F, Q

from blocs.models import Bloc, StoredFile, User


class BlocPaper(models.Model):
    """A plan, a regulation or another paper that binds the bloc's members, with the time it is in force."""

    class Kind(models.TextChoices):
        PLAN = "plan", "Kế hoạch"
        REGULATION = "regulation", "Quy chế"
        GUIDANCE = "guidance", "Hướng dẫn"
        OTHER = "other", "Văn bản khác"

    bloc = models.ForeignKey(Bloc, models.PROTECT, related_name="bloc_papers", verbose_name="khối")
    kind = models.CharField("loại văn bản", max_length=12, choices=Kind.choices)
    title = models.CharField("trích yếu", max_length=300)
    number = models.CharField("số, ký hiệu", max_length=80, blank=True)
    from_on = models.DateField("có hiệu lực từ ngày")
    until_on = models.DateField("hết hiệu lực sau ngày", null=True, blank=True)
    paper = models.ForeignKey(StoredFile, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="tệp")
    recorded_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", verbose_name="người ghi")

    class Meta:
        verbose_name = "văn bản của khối"
        ordering = ("bloc", "-from_on", "pk")
        constraints = [
            models.CheckConstraint(
                condition=Q(until_on__isnull=True) | Q(until_on__gte=F("from_on")),
                name="a_bloc_paper_ends_after_it_begins",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.title}"

    def standing(self, on: dt.date) -> tuple[str, str]:
        """Return in words, and as a colour, whether the paper is in force on a day."""
        if on < self.from_on:
            return "Chưa có hiệu lực", ""
        if self.until_on is not None and on > self.until_on:
            return "Hết hiệu lực", "s-late"
        return "Đang có hiệu lực", "s-ok"
