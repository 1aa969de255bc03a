"""A member's self-assessment: its way to the leader, and the requests to complete it."""

import datetime as dt
from typing import Any, ClassVar

from django.db import models
from django.db.models import Q
from django.utils import timezone

from blocs.models import BlocYear, LeadershipTerm, Membership, StoredFile, Unit, User
from scoring.models.fields import FigureField
from scoring.models.peers import PeerAssignment
from scoring.models.tables import CriteriaTable, Criterion
from scoring.ranking import Layer

LAYERS = [
    (Layer.CLAIMED.value, "Điểm tự chấm"),
    (Layer.REVIEWED.value, "Điểm thẩm định"),
    (Layer.AGREED.value, "Điểm thống nhất"),
    (Layer.CORRECTED.value, "Điểm điều chỉnh của cơ quan tổ chức khối"),
]


class SelfAssessmentQuerySet(models.QuerySet["SelfAssessment"]):
    """Which self-assessments a user may see."""

    def visible_to(self, user: User, at: dt.datetime) -> "SelfAssessmentQuerySet":
        """Return the assessments whose content the user may read at the moment.

        Own units (and those they succeeded): always. Handed-in ones: the authority, the leader, the deputy, the
        named reviewer of the year and the peer assigned to this one; the other members once the deadline of the year
        is over or the scores are agreed, or at once where the year does not hide claims.
        """
        on = timezone.localdate(at)
        units = units_of(user, on)
        own = Q(membership__unit__in=units) | Q(membership__unit__successor__in=units)
        authorities = user.posts.in_force(on).values("authority")
        trusted = (
            Q(membership__year__bloc__authority__in=authorities)
            | Q(membership__year__in=_led_by(units, on))
            | Q(membership__year__leader_reviewer__in=units)
            | Q(membership__in=PeerAssignment.objects.in_force().filter(peer__unit__in=units).values("membership"))
        )
        over = (
            Q(membership__year__hides_claims_until_due=False)
            | Q(membership__year__assessments_due_at__lt=at)
            | Q(membership__year__state=BlocYear.State.CLOSED)
            | Q(state__in=[SelfAssessment.State.AGREED, SelfAssessment.State.FINALISED])
        )
        fellow = over & Q(membership__year__in=_years_of(units))
        return self.filter(own | (Q(state__in=SelfAssessment.HANDED_IN) & (trusted | fellow)))

    def handed_in(self) -> "SelfAssessmentQuerySet":
        """Return those that count: submitted or later."""
        return self.filter(state__in=SelfAssessment.HANDED_IN)


def units_of(user: User, on: dt.date) -> models.QuerySet[Unit, Any]:
    """Return the units for which the user may act on the day: by a post or by an authorisation."""
    posts, papers = user.posts.in_force(on), user.authorisations.in_force(on)
    return Unit.objects.filter(Q(posts__in=posts) | Q(authorisations__in=papers)).values("pk")


def _years_of(units: models.QuerySet[Unit, Any]) -> models.QuerySet[Membership, Any]:
    return Membership.objects.filter(Q(unit__in=units) | Q(unit__successor__in=units)).values("year")


def _led_by(units: models.QuerySet[Unit, Any], on: dt.date) -> models.QuerySet[LeadershipTerm, Any]:
    return LeadershipTerm.objects.in_force(on).filter(unit__in=units).values("year")


class SelfAssessment(models.Model):
    """A member's self-assessment of one year ("Bảng tự chấm điểm")."""

    class State(models.TextChoices):
        DRAFT = "draft", "Đang lập"
        WITH_HEAD = "with_head", "Chờ lãnh đạo duyệt"
        SUBMITTED = "submitted", "Đã gửi Trưởng khối"
        IN_REVIEW = "in_review", "Đang thẩm định"
        COMPLETING = "completing", "Đề nghị hoàn thiện"
        ANSWERED = "answered", "Đã giải trình"
        REVIEWED = "reviewed", "Đã thẩm định"
        AGREED = "agreed", "Đã thống nhất"
        FINALISED = "finalised", "Đã khóa số liệu"

    TRANSITIONS: ClassVar[dict[str, set[str]]] = {
        State.DRAFT: {State.WITH_HEAD, State.SUBMITTED},
        State.WITH_HEAD: {State.DRAFT, State.SUBMITTED},
        State.SUBMITTED: {State.DRAFT, State.IN_REVIEW},
        State.IN_REVIEW: {State.COMPLETING, State.REVIEWED},
        State.COMPLETING: {State.ANSWERED},
        State.ANSWERED: {State.IN_REVIEW, State.COMPLETING, State.REVIEWED},
        State.REVIEWED: {State.IN_REVIEW, State.AGREED},
        State.AGREED: {State.FINALISED},
        State.FINALISED: set(),
    }
    HANDED_IN: ClassVar[frozenset[str]] = frozenset(State.values) - {State.DRAFT, State.WITH_HEAD}
    UNDER_REVIEW: ClassVar[frozenset[str]] = frozenset({State.SUBMITTED, State.IN_REVIEW, State.ANSWERED})

    class Manner(models.TextChoices):
        IN_APP = "in_app", "Thủ trưởng đơn vị duyệt trên hệ thống"
        SIGNED_COPY = "signed_copy", "Gửi theo bản đã ký"
        IMPORTED = "imported", "Nhập từ tệp"

    membership = models.OneToOneField(Membership, models.PROTECT, related_name="assessment", verbose_name="đơn vị")
    table = models.ForeignKey(CriteriaTable, models.PROTECT, related_name="assessments", verbose_name="bảng tiêu chí")
    state = models.CharField("trạng thái", max_length=12, choices=State.choices, default=State.DRAFT)
    manner = models.CharField("cách gửi", max_length=12, choices=Manner.choices, blank=True)
    started_at = models.DateTimeField("lập lúc")
    presented_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    presented_at = models.DateTimeField("trình lãnh đạo lúc", null=True, blank=True)
    returned_reason = models.TextField("lý do lãnh đạo trả lại", blank=True)
    submitted_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    submitted_at = models.DateTimeField("gửi lúc", null=True, blank=True)
    is_late = models.BooleanField("gửi chậm", default=False)
    digest = models.CharField("mã kiểm tra khi gửi", max_length=64, blank=True)
    signed_copy = models.ForeignKey(StoredFile, models.PROTECT, null=True, blank=True, related_name="+")
    signed_by = models.CharField("người ký", max_length=250, blank=True)
    signed_on = models.DateField("ngày ký", null=True, blank=True)
    extended_to = models.DateTimeField("gia hạn đến", null=True, blank=True)
    extension_reason = models.TextField("lý do gia hạn", blank=True)
    review_started_at = models.DateTimeField("bắt đầu thẩm định lúc", null=True, blank=True)
    reviewed_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    reviewed_at = models.DateTimeField("thẩm định xong lúc", null=True, blank=True)
    agreed_at = models.DateTimeField("thống nhất lúc", null=True, blank=True)
    finalised_at = models.DateTimeField("khóa số liệu lúc", null=True, blank=True)
    corrected_at = models.DateTimeField("cơ quan tổ chức khối điều chỉnh lúc", null=True, blank=True)

    objects = SelfAssessmentQuerySet.as_manager()

    class Meta:
        verbose_name = "bảng tự chấm điểm"
        ordering = ("membership__position", "pk")
        constraints = [
            models.CheckConstraint(
                condition=~Q(manner="signed_copy") | Q(signed_copy__isnull=False, signed_on__isnull=False),
                name="a_signed_copy_is_on_file_with_its_date",
            ),
        ]

    def __str__(self) -> str:
        return f"Bảng tự chấm điểm của {self.membership}"

    @property
    def year(self) -> BlocYear:
        """The bloc year it belongs to."""
        return self.membership.year

    @property
    def is_handed_in(self) -> bool:
        """Whether it counts: submitted or later."""
        return self.state in self.HANDED_IN

    @property
    def layer(self) -> str:
        """The latest layer it has reached, "" for a draft."""
        return layer_reached(self.state, is_corrected=self.corrected_at is not None)

    @property
    def is_imported(self) -> bool:
        """Whether it came from a file."""
        return self.manner == self.Manner.IMPORTED


def layer_reached(state: str, *, is_corrected: bool) -> str:
    """Return the latest layer an assessment in this state has reached, "" before it is handed in."""
    states = SelfAssessment.State
    if is_corrected:
        return Layer.CORRECTED
    if state in {states.AGREED, states.FINALISED}:
        return Layer.AGREED
    if state == states.REVIEWED:
        return Layer.REVIEWED
    return Layer.CLAIMED if state in SelfAssessment.HANDED_IN else ""


class CompletionRequest(models.Model):
    """The reviewer asks a member to complete named criteria, or the whole table, with a reason and a deadline."""

    assessment = models.ForeignKey(
        SelfAssessment, models.PROTECT, related_name="requests", verbose_name="bảng tự chấm điểm"
    )
    criteria = models.ManyToManyField(Criterion, related_name="+", blank=True, verbose_name="tiêu chí")
    covers_all = models.BooleanField("tất cả tiêu chí", default=False)
    reason = models.TextField("lý do")
    due_at = models.DateTimeField("hạn hoàn thiện", null=True, blank=True)
    requested_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", verbose_name="người đề nghị")
    requested_at = models.DateTimeField("đề nghị lúc")
    locked_digest = models.CharField("mã kiểm tra các tiêu chí bị khóa", max_length=64, blank=True)
    answer = models.TextField("giải trình của đơn vị", blank=True)
    answered_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    answered_at = models.DateTimeField("giải trình lúc", null=True, blank=True)

    class Meta:
        verbose_name = "đề nghị hoàn thiện"
        ordering = ("requested_at", "pk")
        constraints = [
            models.UniqueConstraint(
                fields=["assessment"], condition=Q(answered_at__isnull=True), name="one_open_completion_request"
            ),
            models.CheckConstraint(condition=~Q(reason=""), name="a_completion_request_says_why"),
        ]

    def __str__(self) -> str:
        return self.reason

    def accepts_answer(self, at: dt.datetime, *, extended_to: dt.datetime | None = None) -> bool:
        """Whether an answer at the moment is in time (to the second, the deadline included)."""
        return self.due_at is None or at <= max(filter(None, (self.due_at, extended_to)))


class Result(models.Model):
    """The closing figures of a member in a year: kept when the scores are locked, or known from history alone."""

    class Source(models.TextChoices):
        FINALISED = "finalised", "Khóa số liệu trên hệ thống"
        IMPORTED = "imported", "Nhập từ tệp"

    membership = models.OneToOneField(Membership, models.PROTECT, related_name="result", verbose_name="đơn vị")
    total = FigureField("tổng điểm")
    rank = models.PositiveSmallIntegerField("thứ hạng", null=True, blank=True)
    grade = models.CharField("xếp loại", max_length=120, blank=True)
    source = models.CharField("nguồn", max_length=10, choices=Source.choices)
    at = models.DateTimeField("ghi lúc")

    class Meta:
        verbose_name = "kết quả năm"
        ordering = ("membership__year", "rank", "membership__position")

    def __str__(self) -> str:
        return f"{self.membership}: {self.total}"
