"""Authorities and units. A unit keeps its code for life; its names have dates; a merged unit names its successor."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from django.db import models
from django.db.models import F, Q

if TYPE_CHECKING:
    from blocs.models.people import User


class Authority(models.Model):
    """A ministry or a province that organises blocs."""

    name = models.CharField("tên cơ quan tổ chức khối", max_length=250, unique=True)
    short_name = models.CharField("tên ngắn", max_length=80, blank=True)
    department = models.CharField("đơn vị thường trực", max_length=250, blank=True)
    decider = models.CharField("người quyết định khen thưởng", max_length=120, default="Bộ trưởng")

    class Meta:
        verbose_name = "cơ quan tổ chức khối"
        ordering = ("name",)

    def __str__(self) -> str:
        return self.short_name or self.name

    @property
    def decider_in_full(self) -> str:
        """Who decides, with the authority's name once: "Bộ trưởng Bộ Kế hoạch và Đầu tư"."""
        return self.decider if self.name in self.decider else f"{self.decider} {self.name}"


class UnitQuerySet(models.QuerySet["Unit"]):
    """Which units a user may see the people of."""

    def visible_to(self, user: User, on: dt.date) -> UnitQuerySet:
        """Return the user's own units; for officials also the members of their blocs and units in no bloc yet."""
        posts = user.posts.in_force(on)
        own = Q(posts__in=posts.values("pk")) | Q(authorisations__in=user.authorisations.in_force(on).values("pk"))
        authorities = list(posts.filter(authority__isnull=False).values_list("authority_id", flat=True))
        if authorities:
            own |= Q(memberships__year__bloc__authority__in=authorities) | Q(memberships__isnull=True)
        return self.filter(own).distinct()


class Unit(models.Model):
    """A unit that takes part in blocs. Its present name is copied here from its last UnitName."""

    code = models.CharField("mã", max_length=40, unique=True)
    name = models.CharField("tên", max_length=250)
    short_name = models.CharField("tên ngắn", max_length=80)
    province = models.CharField("tỉnh", max_length=80, blank=True)
    kind = models.CharField("loại", max_length=80, blank=True)
    superior = models.CharField("cơ quan chủ quản", max_length=250, blank=True)
    head_title = models.CharField("chức vụ người đứng đầu", max_length=80, default="Trưởng ban")
    symbol = models.CharField("ký hiệu văn bản", max_length=40, blank=True)
    valid_from = models.DateField("từ ngày", null=True, blank=True)
    valid_to = models.DateField("đến ngày", null=True, blank=True)
    successor = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="predecessors", verbose_name="đơn vị kế thừa"
    )

    objects = UnitQuerySet.as_manager()

    class Meta:
        verbose_name = "đơn vị"
        ordering = ("code",)
        constraints = [
            models.CheckConstraint(condition=~Q(successor=F("id")), name="a_unit_does_not_succeed_itself"),
            models.CheckConstraint(
                condition=Q(valid_to__isnull=True) | Q(valid_from__isnull=True) | Q(valid_to__gte=F("valid_from")),
                name="a_unit_ends_after_it_begins",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def is_active(self, on: dt.date) -> bool:
        """Whether the unit exists on the day."""
        return (self.valid_from is None or self.valid_from <= on) and (self.valid_to is None or on <= self.valid_to)


class UnitName(models.Model):
    """What a unit is called from a day on; a later row is a rename."""

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="names", verbose_name="đơn vị")
    name = models.CharField("tên", max_length=250)
    short_name = models.CharField("tên ngắn", max_length=80)
    province = models.CharField("tỉnh", max_length=80, blank=True)
    valid_from = models.DateField("từ ngày", null=True, blank=True)

    class Meta:
        verbose_name = "tên đơn vị"
        ordering = ("unit", F("valid_from").asc(nulls_first=True))
        constraints = [
            models.UniqueConstraint(fields=["unit", "valid_from"], name="a_unit_has_one_name_from_a_day"),
            models.UniqueConstraint(
                fields=["unit"], condition=Q(valid_from__isnull=True), name="a_unit_has_one_name_without_a_day"
            ),
        ]

    def __str__(self) -> str:
        return self.name
