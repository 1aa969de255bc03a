"""The catalogue of awards: emulation titles and forms of commendation, each with its legal basis and its dates."""

import datetime as dt

from django.db import models
from django.db.models import F, Q

from blocs.models import Authority


def usual_papers() -> list[str]:
    """Return the papers that a dossier holds unless the award says otherwise (kinds of a dossier's paper)."""
    return ["report", "confirmation"]


class AwardQuerySet(models.QuerySet["Award"]):
    """Which awards can be proposed."""

    def in_force(self, on: dt.date, authority: Authority | int) -> "AwardQuerySet":
        """Return the awards valid on the day, of everybody or of the authority, in the order of the catalogue."""
        return self.filter(
            Q(valid_to__isnull=True) | Q(valid_to__gte=on),
            Q(authority__isnull=True) | Q(authority=authority),
            valid_from__lte=on,
        )


class Award(models.Model):
    """One award. Its number per bloc and year comes from the guidance of the year, not from here."""

    class Kind(models.TextChoices):
        TITLE = "title", "Danh hiệu thi đua"
        COMMENDATION = "commendation", "Hình thức khen thưởng"

    class Level(models.TextChoices):
        STATE = "state", "Cấp Nhà nước"
        GOVERNMENT = "government", "Chính phủ"
        MINISTRY = "ministry", "Cấp bộ, ngành"
        PROVINCE = "province", "Cấp tỉnh"

    class Recipient(models.TextChoices):
        COLLECTIVE = "collective", "Tập thể"
        INDIVIDUAL = "individual", "Cá nhân"

    code = models.SlugField("mã", max_length=40, unique=True)
    name = models.CharField("tên", max_length=250)
    short_name = models.CharField("tên ngắn", max_length=80)
    printed_name = models.CharField("tên in trên văn bản", max_length=250)
    kind = models.CharField("loại", max_length=20, choices=Kind.choices)
    level = models.CharField("cấp", max_length=20, choices=Level.choices)
    most_per_bloc = models.PositiveSmallIntegerField("số đề nghị tối đa của một khối", null=True, blank=True)
    authority = models.ForeignKey(
        Authority, models.PROTECT, null=True, blank=True, related_name="awards", verbose_name="của riêng cơ quan"
    )
    recipient = models.CharField("dành cho", max_length=20, choices=Recipient.choices, default=Recipient.COLLECTIVE)
    required_papers = models.JSONField("tài liệu bắt buộc", default=usual_papers)
    legal_basis = models.CharField("căn cứ", max_length=300, blank=True)
    valid_from = models.DateField("có hiệu lực từ")
    valid_to = models.DateField("hết hiệu lực", null=True, blank=True)
    confirmed_by = models.CharField("người xác nhận", max_length=250, blank=True)
    position = models.PositiveSmallIntegerField("thứ tự", default=1)

    objects = AwardQuerySet.as_manager()

    class Meta:
        verbose_name = "danh hiệu, hình thức khen thưởng"
        ordering = ("position", "pk")
        constraints = [
            models.CheckConstraint(
                condition=Q(valid_to__isnull=True) | Q(valid_to__gte=F("valid_from")),
                name="an_award_ends_after_it_begins",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def is_for_persons(self) -> bool:
        """Whether persons are proposed for it, not collectives."""
        return self.recipient == self.Recipient.INDIVIDUAL

    @property
    def is_confirmed(self) -> bool:
        """Whether somebody has checked the entry against the texts in force."""
        return bool(self.confirmed_by)
