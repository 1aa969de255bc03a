"""Blocs and their years: members, leadership, guidance, and the legal values that rules quote."""

import datetime as dt
from decimal import Decimal
from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from blocs.models.people import InForce, User
from blocs.models.units import Authority, Unit


class BlocQuerySet(models.QuerySet["Bloc"]):
    """Which blocs a user may see."""

    def visible_to(self, user: User, on: dt.date) -> "BlocQuerySet":
        """Return the blocs of the user's units (any year) and of the authorities where the user holds a post."""
        posts = user.posts.in_force(on)
        units = Unit.objects.filter(Q(posts__in=posts) | Q(authorisations__in=user.authorisations.in_force(on))).values(
            "pk"
        )
        return self.filter(
            Q(authority__in=posts.values("authority")) | Q(years__memberships__unit__in=units)
        ).distinct()


class Bloc(models.Model):
    """An emulation bloc. How it calls itself, its leader and its deputy is data."""

    code = models.SlugField("mã", max_length=40, unique=True)
    name = models.CharField("tên khối", max_length=250)
    authority = models.ForeignKey(Authority, models.PROTECT, related_name="blocs", verbose_name="cơ quan tổ chức khối")
    bloc_word = models.CharField("cách gọi khối", max_length=40, default="Khối")
    leader_word = models.CharField("cách gọi Trưởng khối", max_length=40, default="Trưởng khối")
    deputy_word = models.CharField("cách gọi Phó Trưởng khối", max_length=40, default="Phó Trưởng khối")
    person_word = models.CharField("cách xưng hô", max_length=20, default="đồng chí")
    founding_number = models.CharField("số quyết định thành lập", max_length=80, blank=True)
    founding_on = models.DateField("ngày quyết định thành lập", null=True, blank=True)
    founding_paper = models.ForeignKey(
        "blocs.StoredFile", models.PROTECT, null=True, blank=True, related_name="+", verbose_name="quyết định thành lập"
    )

    objects = BlocQuerySet.as_manager()

    class Meta:
        verbose_name = "khối thi đua"
        ordering = ("name",)

    def __str__(self) -> str:
        return self.name


class BlocYearQuerySet(models.QuerySet["BlocYear"]):
    """Which years a user may see."""

    def visible_to(self, user: User, on: dt.date) -> "BlocYearQuerySet":
        """Return the years in which a unit of the user is a member, and all years of the authorities' blocs.

        A unit of the user is one where the user holds a post or an authorisation on the day, or one that such a unit
        succeeded: the successor reads its predecessor's years.
        """
        posts = user.posts.in_force(on)
        units = Unit.objects.filter(Q(posts__in=posts) | Q(authorisations__in=user.authorisations.in_force(on)))
        return self.filter(
            Q(bloc__authority__in=posts.values("authority"))
            | Q(memberships__unit__in=units.values("pk"))
            | Q(memberships__unit__successor__in=units.values("pk"))
        ).distinct()


class BlocYear(models.Model):
    """One year of one bloc: dates, settings, and the anchor of everything that happens in it."""

    class State(models.TextChoices):
        PREPARING = "preparing", "Đang chuẩn bị"
        OPEN = "open", "Đang thực hiện"
        CLOSED = "closed", "Đã kết thúc"

    TRANSITIONS: ClassVar[dict[str, set[str]]] = {
        State.PREPARING: {State.OPEN},
        State.OPEN: {State.CLOSED},
        State.CLOSED: set(),
    }

    class Order(models.TextChoices):
        SCORE = "score", "Theo điểm"
        VOTE = "vote", "Theo kết quả biểu quyết"
        SCORE_THEN_VOTE = "score_then_vote", "Theo điểm, rồi biểu quyết trong danh sách chọn"

    bloc = models.ForeignKey(Bloc, models.PROTECT, related_name="years", verbose_name="khối thi đua")
    year = models.PositiveSmallIntegerField("năm thi đua")
    state = models.CharField("trạng thái", max_length=20, choices=State.choices, default=State.OPEN)
    is_demonstration = models.BooleanField("dữ liệu minh họa", default=False)
    assessments_open_on = models.DateField("ngày bắt đầu tự chấm điểm", null=True, blank=True)
    assessments_due_at = models.DateTimeField("hạn gửi bảng tự chấm điểm", null=True, blank=True)
    review_due_on = models.DateField("hạn thẩm định", null=True, blank=True)
    midyear_on = models.DateField("ngày sơ kết", null=True, blank=True)
    conference_on = models.DateField("ngày hội nghị tổng kết", null=True, blank=True)
    submission_due_on = models.DateField("hạn trình khen thưởng", null=True, blank=True)
    results_on = models.DateField("ngày dự kiến có kết quả", null=True, blank=True)
    handover_on = models.DateField("ngày bàn giao Trưởng khối năm sau", null=True, blank=True)
    hides_claims_until_due = models.BooleanField(
        "chỉ hiện điểm của đơn vị khác sau hạn gửi bảng tự chấm điểm", default=True
    )
    nomination_order = models.CharField(
        "cách xếp thứ tự đề nghị", max_length=20, choices=Order.choices, default=Order.SCORE_THEN_VOTE
    )
    may_vote_on_itself = models.BooleanField("đơn vị được biểu quyết về chính mình", default=True)
    leader_reviewer = models.ForeignKey(
        Unit,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="đơn vị thẩm định bảng điểm của Trưởng khối",
        help_text="Bỏ trống: Phó Trưởng khối thẩm định. Do cơ quan tổ chức khối chỉ định.",
    )
    letterhead = models.CharField(
        "tiêu đề văn bản", max_length=1, choices=[("A", "Của đơn vị Trưởng khối"), ("B", "Của Khối")], default="A"
    )

    objects = BlocYearQuerySet.as_manager()

    class Meta:
        verbose_name = "năm thi đua"
        ordering = ("bloc", "-year")
        constraints = [
            models.UniqueConstraint(fields=["bloc", "year"], name="a_bloc_has_each_year_once"),
            models.CheckConstraint(condition=Q(year__range=(1948, 2100)), name="a_bloc_year_is_a_calendar_year"),
        ]

    def __str__(self) -> str:
        return f"{self.bloc}, năm {self.year}"

    @property
    def is_past(self) -> bool:
        """Whether the year is closed for good: everything in it is read-only."""
        return self.state == self.State.CLOSED

    def accepts_assessments(self, at: dt.datetime, *, extended_to: dt.datetime | None = None) -> bool:
        """Whether a self-assessment handed in at the moment is in time (to the second, the deadline included)."""
        limit = max(filter(None, (self.assessments_due_at, extended_to)), default=None)
        return limit is None or at <= limit


class Membership(models.Model):
    """A unit in a bloc year, under the name it had then, in the order of the founding decision."""

    year = models.ForeignKey(BlocYear, models.PROTECT, related_name="memberships", verbose_name="năm thi đua")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="memberships", verbose_name="đơn vị")
    position = models.PositiveSmallIntegerField("thứ tự")
    name = models.CharField("tên trong năm", max_length=250)
    short_name = models.CharField("tên ngắn trong năm", max_length=80)
    province = models.CharField("tỉnh", max_length=80, blank=True)
    head_name = models.CharField("họ tên thủ trưởng (in văn bản)", max_length=250, blank=True)

    class Meta:
        verbose_name = "đơn vị thành viên"
        ordering = ("year", "position", "pk")
        constraints = [
            models.UniqueConstraint(fields=["year", "unit"], name="a_unit_is_a_member_once_a_year"),
        ]

    def __str__(self) -> str:
        return self.short_name or self.name


class LeadershipTerm(models.Model):
    """A unit leads, or is deputy leader of, a bloc year from a day until a day."""

    class Role(models.TextChoices):
        LEADER = "leader", "Trưởng khối"
        DEPUTY = "deputy", "Phó Trưởng khối"

    year = models.ForeignKey(BlocYear, models.PROTECT, related_name="terms", verbose_name="năm thi đua")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="terms", verbose_name="đơn vị")
    role = models.CharField("nhiệm vụ", max_length=10, choices=Role.choices)
    from_on = models.DateField("từ ngày")
    until_on = models.DateField("đến ngày", null=True, blank=True)
    source = models.CharField("căn cứ", max_length=300, blank=True)

    objects = InForce.as_manager()

    class Meta:
        verbose_name = "nhiệm kỳ Trưởng khối"
        ordering = ("year", "from_on", "pk")
        constraints = [
            models.UniqueConstraint(
                fields=["year", "role"], condition=Q(until_on__isnull=True), name="one_open_term_per_role_and_year"
            ),
            models.CheckConstraint(
                condition=Q(until_on__isnull=True) | Q(until_on__gte=F("from_on")), name="a_term_ends_after_it_begins"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_role_display()} {self.year}: {self.unit}"


class Guidance(models.Model):
    """The authority's letter of the year: numbers of awards, deadlines and forms stand on it."""

    year = models.ForeignKey(BlocYear, models.PROTECT, related_name="guidances", verbose_name="năm thi đua")
    title = models.CharField("trích yếu", max_length=300)
    number = models.CharField("số văn bản", max_length=80, blank=True)
    dated_on = models.DateField("ngày văn bản", null=True, blank=True)
    issuer = models.CharField("cơ quan ban hành", max_length=250, blank=True)
    paper = models.ForeignKey(
        "blocs.StoredFile", models.PROTECT, null=True, blank=True, related_name="+", verbose_name="văn bản"
    )
    is_illustrative = models.BooleanField("văn bản minh họa", default=False)

    class Meta:
        verbose_name = "văn bản hướng dẫn"
        ordering = ("year", "-dated_on", "-pk")

    def __str__(self) -> str:
        return self.title

    @property
    def citation(self) -> str:
        """How a refusal or a paper quotes it: "Công văn số 123/… ngày 05/11/2023"; a missing number stays blank."""
        number = f"số {self.number}" if self.number else "số …"
        return f"{self.title} ({number} ngày {self.dated_on:%d/%m/%Y})" if self.dated_on else f"{self.title} ({number})"


class Provision(models.Model):
    """A legal value: what it is, since when, from which source, confirmed by whom. Rules read it; code holds none.

    `topic` and `key` name it, for example ("award_quota", "FLAG") or ("vote_threshold", "election").
    """

    topic = models.CharField("loại quy định", max_length=40)
    key = models.CharField("nội dung", max_length=80)
    value = models.CharField("giá trị", max_length=250)
    year = models.ForeignKey(
        BlocYear, models.PROTECT, null=True, blank=True, related_name="provisions", verbose_name="năm thi đua"
    )
    guidance = models.ForeignKey(
        Guidance, models.PROTECT, null=True, blank=True, related_name="provisions", verbose_name="văn bản hướng dẫn"
    )
    effective_from = models.DateField("có hiệu lực từ")
    effective_to = models.DateField("hết hiệu lực", null=True, blank=True)
    source = models.CharField("nguồn", max_length=300, blank=True)
    confirmed_by = models.CharField("người xác nhận", max_length=250, blank=True)

    class Meta:
        verbose_name = "quy định"
        ordering = ("topic", "key", "-effective_from", "-pk")
        constraints = [
            models.UniqueConstraint(
                fields=["topic", "key", "year", "effective_from"], name="one_provision_per_year_topic_key_and_day"
            ),
            models.UniqueConstraint(
                fields=["topic", "key", "effective_from"],
                condition=Q(year__isnull=True),
                name="one_general_provision_per_topic_key_and_day",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.topic} {self.key}: {self.value}"

    @property
    def amount(self) -> Decimal:
        """The value as a number."""
        return Decimal(self.value)

    @property
    def citation(self) -> str:
        """Where the value stands, as a refusal quotes it."""
        return self.guidance.citation if self.guidance else self.source or "chưa ghi nguồn"
