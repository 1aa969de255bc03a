"""Users and what gives them rights: posts with dates, authorisations with their paper, invitations by one-time link."""

import datetime as dt
from typing import ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.models import PermissionsMixin
from django.db import models
from django.db.models import Q

from blocs.models.units import Authority, Unit


class UserManager(BaseUserManager["User"]):
    """Makes accounts; names are compared without case."""

    def get_by_natural_key(self, username: str | None) -> "User":
        """Return the account by its sign-in name, without regard to case."""
        return self.get(username__iexact=username)

    def create_user(self, username: str, password: str | None = None, **fields: object) -> "User":
        """Create an account; without a password nobody can sign in to it."""
        user = self.model(username=username.strip().lower(), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(self, username: str, password: str | None = None, **fields: object) -> "User":
        """Create the operator's account."""
        return self.create_user(username, password, is_staff=True, is_superuser=True, **fields)


class User(AbstractBaseUser, PermissionsMixin):
    """A person who signs in. Only name and work contact are kept about a person."""

    username = models.CharField("tên đăng nhập", max_length=80, unique=True)
    full_name = models.CharField("họ và tên", max_length=250)
    email = models.EmailField("thư điện tử công vụ", blank=True)
    phone = models.CharField("điện thoại công vụ", max_length=40, blank=True)
    is_active = models.BooleanField("được đăng nhập", default=True)
    is_staff = models.BooleanField("quản trị hệ thống", default=False)
    date_joined = models.DateTimeField("ngày lập", auto_now_add=True)

    objects = UserManager()
    USERNAME_FIELD = "username"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["full_name"]

    class Meta:
        verbose_name = "tài khoản"
        constraints = [
            models.UniqueConstraint(fields=["email"], condition=~Q(email=""), name="one_account_per_mail_address"),
        ]

    def __str__(self) -> str:
        return self.full_name or self.username


class InForce(models.QuerySet):
    """Rows with from_on and until_on."""

    def in_force(self, on: dt.date) -> "InForce":
        """Return the rows in force on the day."""
        return self.filter(Q(until_on__isnull=True) | Q(until_on__gte=on), from_on__lte=on)


class Post(models.Model):
    """What a user is at a unit or at the authority, from a day and until a day. Closing keeps the record.

    A post that is closed on its first day ends the day before it began: it is no longer in force at once.
    """

    class Role(models.TextChoices):
        HEAD = "head", "Thủ trưởng đơn vị"
        DEPUTY_HEAD = "deputy_head", "Cấp phó của Thủ trưởng đơn vị"
        OFFICER = "officer", "Chuyên viên thi đua, khen thưởng"
        CLERK = "clerk", "Văn thư"
        SECRETARY = "secretary", "Tổ thư ký"
        TALLY = "tally", "Tổ kiểm phiếu"

    user = models.ForeignKey(User, models.PROTECT, related_name="posts", verbose_name="người giữ")
    unit = models.ForeignKey(Unit, models.PROTECT, null=True, blank=True, related_name="posts", verbose_name="đơn vị")
    authority = models.ForeignKey(
        Authority, models.PROTECT, null=True, blank=True, related_name="posts", verbose_name="cơ quan tổ chức khối"
    )
    role = models.CharField("vai trò", max_length=20, choices=Role.choices)
    title = models.CharField("chức vụ", max_length=120)
    from_on = models.DateField("từ ngày")
    until_on = models.DateField("đến ngày", null=True, blank=True)
    given_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="người giao"
    )

    objects = InForce.as_manager()

    class Meta:
        verbose_name = "chức vụ"
        ordering = ("from_on", "pk")
        constraints = [
            models.CheckConstraint(
                condition=Q(unit__isnull=False, authority__isnull=True) | Q(unit__isnull=True, authority__isnull=False),
                name="a_post_is_at_a_unit_or_at_the_authority",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.title}, {self.unit or self.authority}"


class Authorisation(models.Model):
    """A written authorisation to act for the head of a unit, with its dates and its paper.

    One that is ended on its first day ends the day before it began, as a post does.
    """

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="authorisations", verbose_name="đơn vị")
    holder = models.ForeignKey(User, models.PROTECT, related_name="authorisations", verbose_name="người được ủy quyền")
    title = models.CharField("chức vụ người được ủy quyền", max_length=120)
    number = models.CharField("số giấy ủy quyền", max_length=80, blank=True)
    dated_on = models.DateField("ngày giấy ủy quyền")
    from_on = models.DateField("từ ngày")
    until_on = models.DateField("đến ngày")
    paper = models.ForeignKey(
        "blocs.StoredFile", models.PROTECT, null=True, blank=True, related_name="+", verbose_name="giấy ủy quyền"
    )
    given_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", verbose_name="người ghi")

    objects = InForce.as_manager()

    class Meta:
        verbose_name = "ủy quyền"

    def __str__(self) -> str:
        return f"Ủy quyền của {self.unit} cho {self.holder}"


class Invitation(models.Model):
    """A one-time link that gives a person an account and a post. Only the digest of the link is kept."""

    token_digest = models.CharField("mã băm của liên kết", max_length=64, unique=True)
    full_name = models.CharField("họ và tên", max_length=250)
    email = models.EmailField("thư điện tử công vụ")
    role = models.CharField("vai trò", max_length=20, choices=Post.Role.choices)
    title = models.CharField("chức vụ", max_length=120)
    unit = models.ForeignKey(Unit, models.PROTECT, null=True, blank=True, related_name="invitations")
    authority = models.ForeignKey(Authority, models.PROTECT, null=True, blank=True, related_name="invitations")
    invited_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", verbose_name="người mời")
    invited_at = models.DateTimeField("thời điểm mời")
    expires_at = models.DateTimeField("hết hạn")
    accepted_at = models.DateTimeField("thời điểm nhận", null=True, blank=True)
    withdrawn_at = models.DateTimeField("thời điểm thu hồi", null=True, blank=True)
    accepted_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        verbose_name = "lời mời"
        ordering = ("-invited_at",)
        constraints = [
            models.CheckConstraint(
                condition=Q(unit__isnull=False, authority__isnull=True) | Q(unit__isnull=True, authority__isnull=False),
                name="an_invitation_is_to_a_unit_or_to_the_authority",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.full_name}, {self.title}"

    def is_open(self, at: dt.datetime) -> bool:
        """Whether the link can still be used at the moment."""
        return self.accepted_at is None and self.withdrawn_at is None and at < self.expires_at
