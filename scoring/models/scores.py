"""What each layer says of each criterion, what proves it, and every change of a field."""

from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import Q

from blocs.models import StoredFile, User
from scoring.models.assessments import LAYERS, SelfAssessment
from scoring.models.fields import FigureField
from scoring.models.tables import Criterion
from scoring.points import Figures
from scoring.ranking import Entry


class Score(models.Model):
    """What one layer says of one criterion of one member. A layer without a row keeps the earlier one."""

    class Verdict(models.TextChoices):
        CLAIMED = "claimed", "Đơn vị tự chấm"
        KEPT = "kept", "Giữ nguyên điểm"
        FIGURES = "figures", "Điều chỉnh số liệu"
        POINTS = "points", "Điều chỉnh điểm"

    assessment = models.ForeignKey(
        SelfAssessment, models.PROTECT, related_name="scores", verbose_name="bảng tự chấm điểm"
    )
    criterion = models.ForeignKey(Criterion, models.PROTECT, related_name="scores", verbose_name="tiêu chí")
    layer = models.CharField("lớp điểm", max_length=10, choices=LAYERS)
    verdict = models.CharField("kết luận", max_length=10, choices=Verdict.choices, default=Verdict.CLAIMED)
    target = FigureField("kế hoạch")
    actual = FigureField("thực hiện")
    count = FigureField("số lượng")
    plus = models.PositiveIntegerField("số lần cộng", null=True, blank=True)
    minus = models.PositiveIntegerField("số lần trừ", null=True, blank=True)
    level = models.PositiveSmallIntegerField("mức", null=True, blank=True, validators=[MinValueValidator(0)])
    points = FigureField("điểm")
    not_applicable = models.BooleanField("không áp dụng", default=False)
    override = FigureField("điểm ghi trực tiếp")
    is_imported = models.BooleanField("nhập từ tệp", default=False)
    explanation = models.TextField("giải trình", blank=True)
    reason = models.TextField("lý do điều chỉnh", blank=True)
    by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="người ghi")
    at = models.DateTimeField("ghi lúc")

    class Meta:
        verbose_name = "điểm"
        constraints = [
            models.UniqueConstraint(
                fields=["assessment", "criterion", "layer"], name="a_layer_scores_a_criterion_once"
            ),
            models.CheckConstraint(
                condition=~Q(layer="claimed") | Q(override__isnull=True, verdict="claimed"),
                name="a_claim_is_figures_never_an_override",
            ),
            models.CheckConstraint(
                condition=Q(verdict__in=["claimed", "kept"]) | ~Q(reason=""), name="a_changed_score_says_why"
            ),
            models.CheckConstraint(
                condition=Q(not_applicable=False)
                | Q(
                    actual__isnull=True,
                    target__isnull=True,
                    count__isnull=True,
                    plus__isnull=True,
                    minus__isnull=True,
                    level__isnull=True,
                    points__isnull=True,
                ),
                name="a_criterion_that_does_not_apply_has_no_figures",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.criterion_id}, {self.get_layer_display()}"

    @property
    def figures(self) -> Figures:
        """The stated figures."""
        return Figures(
            actual=self.actual,
            target=self.target,
            count=self.count,
            plus=self.plus,
            minus=self.minus,
            level=self.level,
            points=self.points,
            not_applicable=self.not_applicable,
        )

    @property
    def entry(self) -> Entry:
        """What the layer says, as the arithmetic sees it."""
        states_figures = self.verdict in {self.Verdict.CLAIMED, self.Verdict.FIGURES}
        return Entry(self.figures if states_figures else None, self.override)


class FieldChange(models.Model):
    """One saved field of a score: what it was, what it became. The keystroke-level history, not the log."""

    assessment = models.ForeignKey(
        SelfAssessment, models.PROTECT, related_name="changes", verbose_name="bảng tự chấm điểm"
    )
    criterion = models.ForeignKey(Criterion, models.PROTECT, related_name="+", verbose_name="tiêu chí")
    layer = models.CharField("lớp điểm", max_length=10, choices=LAYERS)
    field = models.CharField("ô", max_length=20)
    before = models.TextField("trước", blank=True)
    after = models.TextField("sau", blank=True)
    by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", verbose_name="người sửa")
    at = models.DateTimeField("sửa lúc")

    class Meta:
        verbose_name = "lần sửa"
        ordering = ("at", "pk")
        indexes = [models.Index(fields=["assessment", "criterion", "at"], name="changes_of_one_criterion")]

    def __str__(self) -> str:
        return f"{self.field}: {self.before} → {self.after}"


class EvidenceQuerySet(models.QuerySet["Evidence"]):
    """Evidence in use."""

    def in_use(self) -> "EvidenceQuerySet":
        """Return what has not been taken out."""
        return self.filter(removed_at__isnull=True)


class Evidence(models.Model):
    """What proves a claim: a document with its number and date, as a file or a link. Taken out, it stays on record."""

    assessment = models.ForeignKey(
        SelfAssessment, models.PROTECT, related_name="evidence", verbose_name="bảng tự chấm điểm"
    )
    criterion = models.ForeignKey(Criterion, models.PROTECT, related_name="evidence", verbose_name="tiêu chí")
    name = models.CharField("tên tài liệu", max_length=300)
    number = models.CharField("số văn bản", max_length=120, blank=True)
    dated_on = models.DateField("ngày văn bản", null=True, blank=True)
    file = models.ForeignKey(StoredFile, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="tệp")
    link = models.URLField("liên kết", max_length=1000, blank=True)
    added_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", verbose_name="người gửi")
    added_at = models.DateTimeField("gửi lúc")
    removed_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    removed_at = models.DateTimeField("bỏ lúc", null=True, blank=True)

    objects = EvidenceQuerySet.as_manager()

    class Meta:
        verbose_name = "tài liệu minh chứng"
        verbose_name_plural = "tài liệu minh chứng"
        ordering = ("added_at", "pk")
        constraints = [
            models.CheckConstraint(condition=Q(file__isnull=False) | ~Q(link=""), name="evidence_is_a_file_or_a_link"),
        ]

    def __str__(self) -> str:
        return self.citation

    @property
    def citation(self) -> str:
        """How a paper names it: name, number and date."""
        number = f" số {self.number}" if self.number else ""
        day = f" ngày {self.dated_on:%d/%m/%Y}" if self.dated_on else ""
        return f"{self.name}{number}{day}"
