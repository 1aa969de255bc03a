"""A meeting of the bloc: when and where, what is on the agenda, who is there."""

import datetime as dt
from fractions import Fraction
from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from blocs.models import BlocYear, Membership, Unit, User


class ConferenceQuerySet(models.QuerySet["Conference"]):
    """Which meetings a user may see."""

    def visible_to(self, user: User, on: dt.date) -> "ConferenceQuerySet":
        """Return the meetings of the bloc years that the user may see."""
        return self.filter(year__in=BlocYear.objects.visible_to(user, on))


class Conference(models.Model):
    """A meeting of the bloc in a year: the annual summary conference, the mid-year one, or a themed one."""

    class Kind(models.TextChoices):
        ANNUAL = "annual", "Hội nghị tổng kết"
        MIDYEAR = "midyear", "Hội nghị sơ kết"
        THEMED = "themed", "Hội nghị chuyên đề"

    class State(models.TextChoices):
        PREPARING = "preparing", "Đang chuẩn bị"
        INVITED = "invited", "Đã gửi giấy mời"
        MEETING = "meeting", "Đang họp"
        PAUSED = "paused", "Tạm nghỉ"
        CLOSED = "closed", "Đã bế mạc"
        ADOPTED = "adopted", "Đã thông qua biên bản"

    TRANSITIONS: ClassVar[dict[str, set[str]]] = {
        State.PREPARING: {State.INVITED, State.MEETING},
        State.INVITED: {State.MEETING},
        State.MEETING: {State.PAUSED, State.CLOSED},
        State.PAUSED: {State.MEETING, State.CLOSED},
        State.CLOSED: {State.ADOPTED},
        State.ADOPTED: set(),
    }

    year = models.ForeignKey(BlocYear, models.PROTECT, related_name="conferences", verbose_name="năm thi đua")
    kind = models.CharField("loại hội nghị", max_length=10, choices=Kind.choices, default=Kind.ANNUAL)
    title = models.CharField("tên hội nghị", max_length=300)
    held_on = models.DateField("ngày họp")
    starts_at = models.TimeField("giờ bắt đầu")
    place = models.CharField("hội trường", max_length=250, blank=True)
    address = models.CharField("địa chỉ", max_length=300, blank=True)
    host = models.ForeignKey(
        Unit, models.PROTECT, null=True, blank=True, related_name="hosted_conferences", verbose_name="đơn vị đăng cai"
    )
    chair = models.CharField("chủ tọa", max_length=250, blank=True)
    chair_post = models.CharField("chức vụ của chủ tọa", max_length=250, blank=True)
    co_chair = models.CharField("đồng chủ tọa", max_length=250, blank=True)
    co_chair_post = models.CharField("chức vụ của đồng chủ tọa", max_length=250, blank=True)
    secretary = models.CharField("thư ký", max_length=250, blank=True)
    secretary_post = models.CharField("chức vụ của thư ký", max_length=250, blank=True)
    reader = models.CharField("người trình bày báo cáo", max_length=250, blank=True)
    reader_post = models.CharField("chức vụ của người trình bày báo cáo", max_length=250, blank=True)
    quorum_share = models.CharField("tỷ lệ đơn vị có mặt tối thiểu", max_length=10, default="2/3")
    quorum_source = models.CharField("căn cứ của tỷ lệ tối thiểu", max_length=300, blank=True)
    state = models.CharField("trạng thái", max_length=10, choices=State.choices, default=State.PREPARING)
    opened_at = models.DateTimeField("khai mạc lúc", null=True, blank=True)
    closed_at = models.DateTimeField("bế mạc lúc", null=True, blank=True)
    invited_at = models.DateTimeField("gửi giấy mời lúc", null=True, blank=True)
    reply_by = models.DateField("gửi danh sách đại biểu trước ngày", null=True, blank=True)
    contact = models.CharField("đầu mối liên hệ", max_length=300, blank=True)
    screen = models.CharField("mã của liên kết trình chiếu", max_length=32, blank=True, editable=False)

    objects = ConferenceQuerySet.as_manager()

    class Meta:
        verbose_name = "hội nghị"
        ordering = ("year", "held_on", "pk")
        constraints = [
            models.UniqueConstraint(
                fields=["year"], condition=Q(kind="annual"), name="a_bloc_year_has_one_annual_conference"
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def is_running(self) -> bool:
        """Whether the meeting has begun and not ended (a pause included)."""
        return self.state in {self.State.MEETING, self.State.PAUSED}

    @property
    def is_over(self) -> bool:
        """Whether the meeting has ended."""
        return self.state in {self.State.CLOSED, self.State.ADOPTED}

    @property
    def quorum(self) -> Fraction:
        """The least share of the members that must be represented."""
        return Fraction(self.quorum_share)


class AgendaItem(models.Model):
    """One item of the programme: it is opened and closed by the chair and leads to the act that belongs to it."""

    class Kind(models.TextChoices):
        RECEPTION = "reception", "Đón tiếp đại biểu"
        OPENING = "opening", "Khai mạc"
        PRESIDIUM = "presidium", "Giới thiệu chủ tọa, thư ký"
        REPORT = "report", "Báo cáo tổng kết"
        SCORES = "scores", "Bảng tổng hợp điểm"
        DISCUSSION = "discussion", "Thảo luận"
        DIRECTING = "directing", "Phát biểu chỉ đạo"
        RESPONSE = "response", "Phát biểu tiếp thu"
        TEAM = "team", "Bầu Tổ kiểm phiếu"
        REVIEW = "review", "Bình xét thi đua, xét khen thưởng"
        ELECTION = "election", "Bầu Trưởng khối, Phó Trưởng khối"
        PLEDGE = "pledge", "Ký kết Giao ước thi đua"
        HANDOVER = "handover", "Bàn giao nhiệm vụ Trưởng khối"
        MINUTES = "minutes", "Thông qua biên bản"
        OTHER = "other", "Nội dung khác"

    class State(models.TextChoices):
        TODO = "todo", "Chưa thực hiện"
        OPEN = "open", "Đang thực hiện"
        DONE = "done", "Đã thực hiện"

    TRANSITIONS: ClassVar[dict[str, set[str]]] = {
        State.TODO: {State.OPEN},
        State.OPEN: {State.DONE, State.TODO},
        State.DONE: {State.OPEN},
    }

    conference = models.ForeignKey(Conference, models.PROTECT, related_name="items", verbose_name="hội nghị")
    position = models.PositiveSmallIntegerField("thứ tự")
    kind = models.CharField("loại nội dung", max_length=12, choices=Kind.choices, default=Kind.OTHER)
    time = models.TimeField("giờ dự kiến", null=True, blank=True)
    title = models.CharField("nội dung", max_length=300)
    performer = models.CharField("người thực hiện", max_length=250, blank=True)
    state = models.CharField("trạng thái", max_length=6, choices=State.choices, default=State.TODO)
    notes = models.TextField("ghi chép", blank=True)
    votes_for = models.PositiveSmallIntegerField("số đơn vị nhất trí", null=True, blank=True)
    votes_of = models.PositiveSmallIntegerField("số đơn vị biểu quyết", null=True, blank=True)
    opened_at = models.DateTimeField("bắt đầu lúc", null=True, blank=True)
    closed_at = models.DateTimeField("kết thúc lúc", null=True, blank=True)

    class Meta:
        verbose_name = "nội dung chương trình"
        ordering = ("conference", "position", "pk")
        constraints = [
            models.UniqueConstraint(
                fields=["conference"], condition=Q(state="open"), name="one_agenda_item_is_open_at_a_time"
            ),
            models.CheckConstraint(
                condition=Q(votes_for__isnull=True, votes_of__isnull=True)
                | Q(votes_for__isnull=False, votes_of__isnull=False, votes_for__lte=F("votes_of")),
                name="no_more_units_agree_than_vote",
            ),
        ]

    def __str__(self) -> str:
        return self.title


class Attendance(models.Model):
    """Who comes for a member unit: its head, somebody with a paper from the head, or nobody, and why."""

    class State(models.TextChoices):
        EXPECTED = "expected", "Chưa xác nhận"
        PRESENT = "present", "Có mặt"
        PROXY = "proxy", "Ủy quyền"
        ABSENT = "absent", "Vắng (có lý do)"

    conference = models.ForeignKey(Conference, models.PROTECT, related_name="attendances", verbose_name="hội nghị")
    membership = models.ForeignKey(Membership, models.PROTECT, related_name="attendances", verbose_name="đơn vị")
    state = models.CharField("trạng thái", max_length=10, choices=State.choices, default=State.EXPECTED)
    name = models.CharField("họ và tên người dự", max_length=250, blank=True)
    title = models.CharField("chức vụ", max_length=120, blank=True)
    reason = models.CharField("lý do vắng", max_length=300, blank=True)
    paper = models.CharField("giấy ủy quyền (số, ngày)", max_length=120, blank=True)
    confirmed_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="người xác nhận"
    )
    confirmed_at = models.DateTimeField("xác nhận lúc", null=True, blank=True)

    class Meta:
        verbose_name = "đại biểu dự hội nghị"
        ordering = ("conference", "membership__position")
        constraints = [
            models.UniqueConstraint(fields=["conference", "membership"], name="a_member_has_one_place_at_a_conference"),
            models.CheckConstraint(condition=~Q(state="absent") | ~Q(reason=""), name="an_absence_says_why"),
            models.CheckConstraint(condition=~Q(state="proxy") | ~Q(name=""), name="a_proxy_has_a_name"),
        ]

    def __str__(self) -> str:
        return f"{self.membership}: {self.get_state_display()}"

    @property
    def is_here(self) -> bool:
        """Whether the unit is represented and counts for the quorum."""
        return self.state in {self.State.PRESENT, self.State.PROXY}


class Teller(models.Model):
    """A member of the tally team, adopted by the vote on its item; a person of a candidate's unit is not one."""

    class Role(models.TextChoices):
        HEAD = "head", "Tổ trưởng"
        SECRETARY = "secretary", "Thư ký"
        MEMBER = "member", "Thành viên"

    conference = models.ForeignKey(Conference, models.PROTECT, related_name="tellers", verbose_name="hội nghị")
    membership = models.ForeignKey(Membership, models.PROTECT, related_name="+", verbose_name="đơn vị")
    role = models.CharField("nhiệm vụ", max_length=10, choices=Role.choices, default=Role.MEMBER)
    name = models.CharField("họ và tên", max_length=250)
    title = models.CharField("chức vụ", max_length=120, blank=True)

    class Meta:
        verbose_name = "thành viên Tổ kiểm phiếu"
        ordering = ("conference", "role", "pk")
        constraints = [
            models.UniqueConstraint(fields=["conference"], condition=Q(role="head"), name="a_tally_team_has_one_head"),
        ]

    def __str__(self) -> str:
        return ", ".join(part for part in (self.name, self.title, self.membership.short_name) if part)


class Guest(models.Model):
    """Somebody who attends without a vote: a delegate of the authority who directs, or a guest."""

    conference = models.ForeignKey(Conference, models.PROTECT, related_name="guests", verbose_name="hội nghị")
    name = models.CharField("họ và tên", max_length=250, blank=True)
    title = models.CharField("chức vụ", max_length=200)
    body = models.CharField("cơ quan, đơn vị", max_length=250)
    is_authority = models.BooleanField("đại biểu của cơ quan tổ chức khối", default=True)
    directs = models.BooleanField("phát biểu chỉ đạo", default=False)

    class Meta:
        verbose_name = "khách mời"
        ordering = ("conference", "-is_authority", "pk")

    def __str__(self) -> str:
        return ", ".join(part for part in (self.name, self.title, self.body) if part)
