"""Awards of years that this place did not handle: taken over from files, one row for each award given."""

from django.db import models
from django.db.models import Q

from awards.models.catalogue import Award
from blocs.models import Authority, Bloc, Unit, User


class PastAward(models.Model):
    """An award given before, as its decision says. The register shows it beside the awards decided here."""

    authority = models.ForeignKey(Authority, models.PROTECT, related_name="past_awards", verbose_name="cơ quan ghi")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="past_awards", verbose_name="đơn vị")
    bloc = models.ForeignKey(
        Bloc, models.PROTECT, null=True, blank=True, related_name="past_awards", verbose_name="khối thi đua"
    )
    year = models.PositiveSmallIntegerField("năm của thành tích")
    award = models.ForeignKey(
        Award, models.PROTECT, null=True, blank=True, related_name="past_awards", verbose_name="trong danh mục"
    )
    award_name = models.CharField("danh hiệu, hình thức", max_length=250)
    printed_name = models.CharField("tên được tặng", max_length=250)
    number = models.CharField("số quyết định", max_length=80, blank=True)
    decided_on = models.DateField("ngày quyết định", null=True, blank=True)
    issuer = models.CharField("cấp quyết định", max_length=250, blank=True)
    recorded_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    recorded_at = models.DateTimeField("ghi lúc")

    class Meta:
        verbose_name = "khen thưởng đã có"
        ordering = ("-year", "award_name", "printed_name", "pk")
        constraints = [
            models.UniqueConstraint(
                fields=["unit", "year", "award_name", "number"], name="an_award_of_the_past_is_recorded_once"
            ),
            models.CheckConstraint(condition=~Q(printed_name=""), name="an_award_of_the_past_names_its_holder"),
        ]
        indexes = [models.Index(fields=["authority", "year"], name="past_awards_of_a_year")]

    def __str__(self) -> str:
        return f"{self.award_name}: {self.printed_name} ({self.year})"
