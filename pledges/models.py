"""The pledge of a bloc year: what is promised, the frozen text, and each unit's signature by its manner."""

import datetime as dt
from typing import ClassVar

from django.db import models
from django.db.models import Exists, F, OuterRef, Q

from blocs.models import Authorisation, BlocYear, LeadershipTerm, Membership, StoredFile, Unit, User


class PledgeQuerySet(models.QuerySet["Pledge"]):
    """Which pledges a user may read."""

    def visible_to(self, user: User, on: dt.date) -> "PledgeQuerySet":
        """Return the pledges of the years that the user sees; a draft only for those who prepare it.

        Those are the units that lead or assist the year, or the year before it, and the authority.
        """
        posts = user.posts.in_force(on)
        units = Unit.objects.filter(Q(posts__in=posts) | Q(authorisations__in=user.authorisations.in_force(on)))
        preparing = LeadershipTerm.objects.filter(
            Q(year__year=OuterRef("year__year")) | Q(year__year=OuterRef("year__year") - 1),
            year__bloc=OuterRef("year__bloc"),
            unit__in=units.values("pk"),
        )
        shared = ~Q(state=Pledge.State.DRAFT) | Q(year__bloc__authority__in=posts.values("authority"))
        seen = self.filter(year__in=BlocYear.objects.visible_to(user, on).values("pk"))
        return seen.filter(shared | Exists(preparing))


class Pledge(models.Model):
    """Giao ước thi đua. From freezing on its text never changes: the canonical text and its digest are kept."""

    class State(models.TextChoices):
        DRAFT = "draft", "Dự thảo"
        COMMENT = "comment", "Đang lấy ý kiến"
        FROZEN = "frozen", "Chờ ký"
        SIGNING = "signing", "Đang ký"
        SIGNED = "signed", "Đã ký đủ"

    TRANSITIONS: ClassVar[dict[str, set[str]]] = {
        State.DRAFT: {State.COMMENT, State.FROZEN},
        State.COMMENT: {State.DRAFT, State.FROZEN},
        State.FROZEN: {State.DRAFT, State.SIGNING, State.SIGNED},
        State.SIGNING: {State.SIGNED},
        State.SIGNED: set(),
    }

    year = models.OneToOneField(BlocYear, models.PROTECT, related_name="pledge", verbose_name="năm thi đua")
    state = models.CharField("trạng thái", max_length=20, choices=State.choices, default=State.DRAFT)
    revision = models.PositiveIntegerField("lần sửa", default=1)
    theme = models.CharField("chủ đề", max_length=250, blank=True)
    grounds = models.TextField("căn cứ", blank=True)
    place = models.CharField("địa điểm ký", max_length=250, blank=True)
    place_name = models.CharField("địa danh", max_length=80, blank=True)
    dated_on = models.DateField("ngày của giao ước", null=True, blank=True)
    sign_by = models.DateField("hạn ký", null=True, blank=True)
    copies = models.PositiveSmallIntegerField("số bản", null=True, blank=True)
    with_enterprises = models.BooleanField("phát động tới doanh nghiệp trong khu công nghiệp", default=True)
    content = models.JSONField("nội dung đã khóa", null=True)
    text = models.TextField("văn bản đã khóa", blank=True)
    digest = models.CharField("mã kiểm tra", max_length=64, blank=True)
    frozen_at = models.DateTimeField("khóa nội dung lúc", null=True)
    frozen_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", verbose_name="người khóa")
    evidence = models.ForeignKey(
        StoredFile, models.PROTECT, null=True, related_name="+", verbose_name="phiếu ghi nhận việc ký"
    )

    objects = PledgeQuerySet.as_manager()

    class Meta:
        verbose_name = "giao ước thi đua"
        ordering = ("year",)
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=["draft", "comment"], digest="", content__isnull=True)
                | (~Q(state__in=["draft", "comment"]) & ~Q(digest="") & ~Q(text="") & Q(frozen_at__isnull=False)),
                name="a_pledge_has_a_digest_once_frozen_and_not_before",
            ),
        ]

    def __str__(self) -> str:
        return f"Giao ước thi đua năm {self.year.year}"

    @property
    def is_frozen(self) -> bool:
        """If the text can no longer be changed."""
        return self.state in {self.State.FROZEN, self.State.SIGNING, self.State.SIGNED}

    @property
    def awaits_signatures(self) -> bool:
        """If units can sign now."""
        return self.state in {self.State.FROZEN, self.State.SIGNING}


class PledgeArticle(models.Model):
    """One content of the emulation."""

    pledge = models.ForeignKey(Pledge, models.PROTECT, related_name="articles", verbose_name="giao ước")
    position = models.PositiveSmallIntegerField("thứ tự")
    title = models.CharField("nội dung", max_length=250)
    commitment = models.TextField("cam kết", blank=True)

    class Meta:
        verbose_name = "nội dung thi đua"
        ordering = ("pledge", "position")
        constraints = [models.UniqueConstraint(fields=["pledge", "position"], name="an_article_has_its_own_place")]

    def __str__(self) -> str:
        return self.title


class PledgeTarget(models.Model):
    """One target of the year."""

    pledge = models.ForeignKey(Pledge, models.PROTECT, related_name="targets", verbose_name="giao ước")
    position = models.PositiveSmallIntegerField("thứ tự")
    title = models.CharField("chỉ tiêu", max_length=250)
    unit = models.CharField("đơn vị tính", max_length=40, blank=True)

    class Meta:
        verbose_name = "chỉ tiêu thi đua"
        ordering = ("pledge", "position")
        constraints = [models.UniqueConstraint(fields=["pledge", "position"], name="a_target_has_its_own_place")]

    def __str__(self) -> str:
        return self.title


class TargetValue(models.Model):
    """What one member promises for a target, as it is printed."""

    target = models.ForeignKey(PledgeTarget, models.PROTECT, related_name="values", verbose_name="chỉ tiêu")
    membership = models.ForeignKey(Membership, models.PROTECT, related_name="+", verbose_name="đơn vị")
    value = models.CharField("mức", max_length=40)

    class Meta:
        verbose_name = "mức chỉ tiêu của đơn vị"
        ordering = ("target", "membership__position")
        constraints = [
            models.UniqueConstraint(fields=["target", "membership"], name="a_member_has_one_value_per_target"),
        ]

    def __str__(self) -> str:
        return self.value


class Comment(models.Model):
    """What a member says about the draft."""

    pledge = models.ForeignKey(Pledge, models.PROTECT, related_name="comments", verbose_name="giao ước")
    membership = models.ForeignKey(Membership, models.PROTECT, related_name="+", verbose_name="đơn vị")
    text = models.TextField("ý kiến")
    made_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", verbose_name="người ghi")
    made_at = models.DateTimeField("thời điểm")

    class Meta:
        verbose_name = "ý kiến về dự thảo"
        ordering = ("pledge", "made_at", "pk")

    def __str__(self) -> str:
        return self.text


class Signature(models.Model):
    """A unit's signature on the frozen text, recorded as what it is: a confirmation here, or ink and seal on paper."""

    class Manner(models.TextChoices):
        CONFIRMED = "confirmed", "Xác nhận trên hệ thống"
        WET = "wet", "Ký tay, đóng dấu"
        DIGITAL = "digital", "Ký số bằng phần mềm khác"

    pledge = models.ForeignKey(Pledge, models.PROTECT, related_name="signatures", verbose_name="giao ước")
    membership = models.ForeignKey(Membership, models.PROTECT, related_name="+", verbose_name="đơn vị")
    manner = models.CharField("cách ký", max_length=20, choices=Manner.choices)
    capacity = models.TextField("quyền hạn, chức vụ của người ký")
    post = models.CharField("chức vụ", max_length=120)
    name = models.CharField("họ và tên người ký", max_length=250, blank=True)
    person = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", verbose_name="người ký")
    authorisation = models.ForeignKey(
        Authorisation, models.PROTECT, null=True, related_name="+", verbose_name="giấy ủy quyền"
    )
    digest = models.CharField("mã kiểm tra của nội dung đã ký", max_length=64)
    signed_on = models.DateField("ngày ký")
    signed_at = models.DateTimeField("thời điểm xác nhận", null=True)
    scan = models.ForeignKey(StoredFile, models.PROTECT, null=True, related_name="+", verbose_name="bản chụp")
    page = models.CharField("trang có chữ ký", max_length=20, blank=True)
    verdict = models.CharField("kết luận về chữ ký số", max_length=400, blank=True)
    recorded_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", verbose_name="người ghi")
    recorded_at = models.DateTimeField("ghi lúc")

    class Meta:
        verbose_name = "chữ ký giao ước"
        ordering = ("pledge", "membership__position")
        constraints = [
            models.UniqueConstraint(fields=["pledge", "membership"], name="a_unit_signs_a_pledge_once"),
            models.CheckConstraint(
                condition=Q(manner="confirmed", person__isnull=False, signed_at__isnull=False, scan__isnull=True)
                | Q(manner__in=["wet", "digital"], scan__isnull=False, signed_at__isnull=True),
                name="a_confirmation_has_a_person_and_a_time_and_ink_has_a_scan",
            ),
            models.CheckConstraint(condition=~Q(digest=""), name="a_signature_names_the_text_it_signs"),
        ]

    def __str__(self) -> str:
        return f"{self.membership}: {self.get_manner_display()}"


class SigningFile(models.Model):
    """The PDF that goes from unit to unit to be signed in other software, as it was after each of them."""

    class State(models.TextChoices):
        PREPARED = "prepared", "Chờ ký"
        CHECKING = "checking", "Đang kiểm tra"
        ACCEPTED = "accepted", "Đã nhận"
        REFUSED = "refused", "Không nhận"

    TRANSITIONS: ClassVar[dict[str, set[str]]] = {
        State.PREPARED: {State.CHECKING},
        State.CHECKING: {State.ACCEPTED, State.REFUSED},
        State.ACCEPTED: set(),
        State.REFUSED: set(),
    }

    pledge = models.ForeignKey(Pledge, models.PROTECT, related_name="signing_files", verbose_name="giao ước")
    state = models.CharField("trạng thái", max_length=20, choices=State.choices, default=State.PREPARED)
    digest = models.CharField("mã kiểm tra của nội dung ký", max_length=64)
    file = models.ForeignKey(StoredFile, models.PROTECT, related_name="+", verbose_name="tệp")
    membership = models.ForeignKey(Membership, models.PROTECT, null=True, related_name="+", verbose_name="đơn vị")
    verdict = models.JSONField("kết luận", null=True)
    remark = models.CharField("ghi chú", max_length=600, blank=True)
    uploaded_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", verbose_name="người tải lên")
    uploaded_at = models.DateTimeField("tải lên lúc")

    class Meta:
        verbose_name = "tệp ký số giao ước"
        ordering = ("pledge", "pk")
        constraints = [
            models.UniqueConstraint(
                fields=["pledge"], condition=Q(state="checking"), name="one_signed_file_is_checked_at_a_time"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.pledge}: {self.get_state_display()}"


class Objection(models.Model):
    """A unit's answer that it does not sign, with the reason; it ends when the unit signs after all."""

    pledge = models.ForeignKey(Pledge, models.PROTECT, related_name="objections", verbose_name="giao ước")
    membership = models.ForeignKey(Membership, models.PROTECT, related_name="+", verbose_name="đơn vị")
    reason = models.TextField("lý do")
    made_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", verbose_name="người ghi")
    made_at = models.DateTimeField("thời điểm")
    ended_at = models.DateTimeField("hết hiệu lực lúc", null=True)

    class Meta:
        verbose_name = "ý kiến chưa ký"
        ordering = ("pledge", "made_at", "pk")
        constraints = [
            models.UniqueConstraint(
                fields=["pledge", "membership"], condition=Q(ended_at__isnull=True), name="one_open_objection_per_unit"
            ),
            models.CheckConstraint(
                condition=Q(ended_at__isnull=True) | Q(ended_at__gte=F("made_at")),
                name="an_objection_ends_after_it_began",
            ),
        ]

    def __str__(self) -> str:
        return self.reason
