"""What people say to each other about one criterion of one member: inside the unit, or with who reviews it."""

from django.db import models
from django.db.models import Q

from blocs.models import User
from scoring.models.assessments import SelfAssessment
from scoring.models.tables import Criterion


class RemarkQuerySet(models.QuerySet["Remark"]):
    """Which remarks somebody may read."""

    def read_by(self, *, own: bool, reviews: bool) -> "RemarkQuerySet":
        """Return all remarks for the unit itself, those meant for the reviewer to who reviews, none to others."""
        if own:
            return self
        return self.filter(is_internal=False) if reviews else self.none()


class Remark(models.Model):
    """One remark in the thread of a criterion. It is never changed or taken out."""

    assessment = models.ForeignKey(
        SelfAssessment, models.PROTECT, related_name="remarks", verbose_name="bảng tự chấm điểm"
    )
    criterion = models.ForeignKey(Criterion, models.PROTECT, related_name="+", verbose_name="tiêu chí")
    is_internal = models.BooleanField("chỉ trong đơn vị", default=True)
    text = models.TextField("nội dung")
    by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", verbose_name="người viết")
    at = models.DateTimeField("thời điểm")

    objects = RemarkQuerySet.as_manager()

    class Meta:
        verbose_name = "trao đổi về tiêu chí"
        ordering = ("at", "pk")
        constraints = [models.CheckConstraint(condition=~Q(text=""), name="a_remark_says_something")]
        indexes = [models.Index(fields=["assessment", "criterion"], name="remarks_of_one_criterion")]

    def __str__(self) -> str:
        return self.text
