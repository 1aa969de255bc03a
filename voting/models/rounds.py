"""A poll, its rounds with the settings fixed at opening, and their options."""

import datetime as dt
from fractions import Fraction
from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from blocs.models import BlocYear, Membership, User
from voting.tally import (
    Base,
    Choice,
    Conduct,
    Form,
    Method,
    Quorum,
    Ruling,
    Threshold,
    TieBreak,
    Wording,
)


class PollQuerySet(models.QuerySet["Poll"]):
    """Which polls a user may see."""

    def visible_to(self, user: User, on: dt.date) -> "PollQuerySet":
        """Return the polls of the bloc years that the user may see."""
        return self.filter(year__in=BlocYear.objects.visible_to(user, on))


class Poll(models.Model):
    """One question put to the vote in a bloc year. Its owner points here; the poll knows only its title."""

    year = models.ForeignKey(BlocYear, models.PROTECT, related_name="polls", verbose_name="năm thi đua")
    title = models.CharField("nội dung", max_length=300)

    objects = PollQuerySet.as_manager()

    class Meta:
        verbose_name = "cuộc bỏ phiếu"
        ordering = ("year", "pk")

    def __str__(self) -> str:
        return self.title


class RoundQuerySet(models.QuerySet["Round"]):
    """Which rounds a user may see."""

    def visible_to(self, user: User, on: dt.date) -> "RoundQuerySet":
        """Return the rounds of the bloc years that the user may see."""
        return self.filter(poll__year__in=BlocYear.objects.visible_to(user, on))


class Round(models.Model):
    """One vote on a poll: its rules are copied here when it opens and never change afterwards."""

    class State(models.TextChoices):
        NOT_STARTED = "not_started", "Chưa bắt đầu"
        OPEN = "open", "Đang bỏ phiếu"
        CLOSED = "closed", "Đã kết thúc"
        COUNTED = "counted", "Đã kiểm phiếu"
        PUBLISHED = "published", "Đã công bố"
        NO_RESULT = "no_result", "Không có kết quả, bầu lại"

    TRANSITIONS: ClassVar[dict[str, set[str]]] = {
        State.NOT_STARTED: {State.OPEN},
        State.OPEN: {State.CLOSED},
        State.CLOSED: {State.COUNTED},
        State.COUNTED: {State.PUBLISHED, State.NO_RESULT},
        State.PUBLISHED: set(),
        State.NO_RESULT: set(),
    }

    class Publishes(models.TextChoices):
        OUTCOME = "outcome", "Chỉ kết luận"
        THRESHOLD = "threshold", "Kết luận và đạt hay không đạt của từng đơn vị"
        FIGURES = "figures", "Kết luận và số phiếu"
        NAMES = "names", "Kết luận, số phiếu và lựa chọn của từng đơn vị"

    METHODS = ((Method.ONE, "Chọn một"), (Method.UP_TO, "Chọn tối đa"), (Method.EACH, "Cho ý kiến từng đơn vị"))
    FORMS = (
        (Form.OPEN, "Biểu quyết công khai"),
        (Form.SECRET, "Bỏ phiếu kín"),
        (Form.ACCLAMATION, "Suy tôn"),
    )
    CONDUCTS = (
        (Conduct.HANDS, "Giơ tay"),
        (Conduct.SYSTEM, "Trên hệ thống"),
        (Conduct.PAPER, "Phiếu giấy"),
        (Conduct.WRITING, "Bằng văn bản"),
    )
    BASES = (
        (Base.MEMBERS, "Số đơn vị có quyền bỏ phiếu"),
        (Base.PRESENT, "Số đơn vị có mặt"),
        (Base.CAST, "Số phiếu thu về"),
        (Base.VALID, "Số phiếu hợp lệ"),
    )
    TIES = (
        (TieBreak.RUN_OFF, "Bỏ phiếu lại"),
        (TieBreak.LOT, "Bốc thăm"),
        (TieBreak.CHAIR, "Chủ tọa quyết định"),
        (TieBreak.AUTHORITY, "Báo cáo cơ quan tổ chức khối"),
    )

    poll = models.ForeignKey(Poll, models.PROTECT, related_name="rounds", verbose_name="cuộc bỏ phiếu")
    number = models.PositiveSmallIntegerField("lần")
    state = models.CharField("trạng thái", max_length=20, choices=State.choices, default=State.NOT_STARTED)
    method = models.CharField("cách ghi phiếu", max_length=10, choices=METHODS)
    form = models.CharField("hình thức", max_length=12, choices=FORMS)
    conduct = models.CharField("cách thực hiện", max_length=10, choices=CONDUCTS)
    up_to = models.PositiveSmallIntegerField("số lượng được chọn trên một phiếu", default=1)
    seats = models.PositiveSmallIntegerField("số đơn vị được chọn", null=True)
    threshold_numerator = models.PositiveIntegerField("tử số của tỷ lệ")
    threshold_denominator = models.PositiveIntegerField("mẫu số của tỷ lệ")
    threshold_strict = models.BooleanField("phải quá tỷ lệ")
    threshold_base = models.CharField("tính trên", max_length=10, choices=BASES)
    quorum_numerator = models.PositiveIntegerField("tử số của số tối thiểu tham gia", null=True)
    quorum_denominator = models.PositiveIntegerField("mẫu số của số tối thiểu tham gia", null=True)
    quorum_strict = models.BooleanField("phải quá số tối thiểu tham gia", default=False)
    quorum_counted = models.CharField("tính đơn vị", max_length=10, choices=BASES, default=Base.PRESENT)
    abstention_is_valid = models.BooleanField("không có ý kiến vẫn là phiếu hợp lệ", default=True)
    blank_is_valid = models.BooleanField("phiếu trắng là phiếu hợp lệ", default=False)
    tie_break = models.CharField("khi bằng phiếu", max_length=10, choices=TIES, default=TieBreak.RUN_OFF)
    most_rounds = models.PositiveSmallIntegerField("số lần bỏ phiếu tối đa (0: không giới hạn)", default=0)
    may_vote_on_itself = models.BooleanField("đơn vị được biểu quyết về chính mình", default=True)
    may_change = models.BooleanField("được đổi phiếu đến khi kết thúc", default=False)
    publishes = models.CharField("nội dung công bố", max_length=10, choices=Publishes.choices)
    won = models.CharField("khi đạt", max_length=200)
    lost = models.CharField("khi không đạt", max_length=200)
    act = models.CharField("cách gọi", max_length=40)
    present = models.PositiveSmallIntegerField("số đơn vị có mặt do Tổ kiểm phiếu ghi", null=True)
    returned = models.PositiveSmallIntegerField("số phiếu thu về do Tổ kiểm phiếu ghi", null=True)
    invalid = models.PositiveSmallIntegerField("số phiếu không hợp lệ do Tổ kiểm phiếu ghi", default=0)
    blank = models.PositiveSmallIntegerField("số phiếu trắng do Tổ kiểm phiếu ghi", default=0)
    opened_at = models.DateTimeField("bắt đầu lúc", null=True)
    opened_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", verbose_name="người bắt đầu")
    closed_at = models.DateTimeField("kết thúc lúc", null=True)
    closed_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", verbose_name="người kết thúc")
    published_at = models.DateTimeField("công bố lúc", null=True)
    published_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", verbose_name="người công bố")

    objects = RoundQuerySet.as_manager()

    class Meta:
        verbose_name = "lần bỏ phiếu"
        ordering = ("poll", "number")
        constraints = [
            models.UniqueConstraint(fields=["poll", "number"], name="a_poll_has_each_round_once"),
            models.UniqueConstraint(
                fields=["poll"], condition=Q(state__in=["not_started", "open"]), name="one_running_round_per_poll"
            ),
            models.CheckConstraint(
                condition=Q(threshold_numerator__gte=1, threshold_denominator__gte=F("threshold_numerator")),
                name="a_threshold_lies_above_nothing_and_within_the_whole",
            ),
            models.CheckConstraint(
                condition=~Q(form="secret") | Q(may_change=False), name="a_secret_ballot_cannot_be_changed"
            ),
            models.CheckConstraint(
                condition=~Q(form="secret") | ~Q(conduct__in=["hands", "writing"]),
                name="raised_hands_and_signed_opinions_are_not_secret",
            ),
            models.CheckConstraint(
                condition=~Q(form="secret") | ~Q(publishes="names"), name="a_secret_round_publishes_no_names"
            ),
        ]

    def __str__(self) -> str:
        return self.poll.title if self.number == 1 else f"{self.poll.title} (lần {self.number})"

    @property
    def is_secret(self) -> bool:
        """If nobody may learn who chose what."""
        return self.form == Form.SECRET

    @property
    def is_cast_here(self) -> bool:
        """If units cast their ballots on the system, rather than the tally team entering a count."""
        return self.conduct == Conduct.SYSTEM

    @property
    def is_on_paper(self) -> bool:
        """If printed ballots are counted by two people who must agree."""
        return self.conduct == Conduct.PAPER

    @property
    def is_in_writing(self) -> bool:
        """If the units answer by letters that are entered as they come in."""
        return self.conduct == Conduct.WRITING

    @property
    def is_last(self) -> bool:
        """If the rules allow no round after this one."""
        return 0 < self.most_rounds <= self.number

    @property
    def is_counted(self) -> bool:
        """If there is a count to decide on."""
        return self.state in {self.State.COUNTED, self.State.PUBLISHED, self.State.NO_RESULT}

    @property
    def manner(self) -> str:
        """How the vote is held, in words: "Bỏ phiếu kín, trên hệ thống"."""
        return f"{self.get_form_display()}, {self.get_conduct_display().lower()}"

    @property
    def ruling(self) -> Ruling:
        """The rules as the arithmetic takes them; reads the options."""
        return Ruling(
            method=Method(self.method),
            options=tuple(Choice(option.key, option.label) for option in self.options.all()),
            threshold=Threshold(
                Fraction(self.threshold_numerator, self.threshold_denominator),
                self.threshold_strict,
                Base(self.threshold_base),
            ),
            quorum=self._quorum,
            up_to=self.up_to,
            seats=self.seats,
            abstention_is_valid=self.abstention_is_valid,
            blank_is_valid=self.blank_is_valid,
            tie_break=TieBreak(self.tie_break),
            most_rounds=self.most_rounds,
            form=Form(self.form),
            conduct=Conduct(self.conduct),
            wording=Wording(self.won, self.lost, self.act),
        )

    @property
    def _quorum(self) -> Quorum | None:
        if self.quorum_numerator is None or self.quorum_denominator is None:
            return None
        share = Fraction(self.quorum_numerator, self.quorum_denominator)
        return Quorum(share, self.quorum_strict, Base(self.quorum_counted))


class Option(models.Model):
    """What can be voted for: a key of the owner and the name as printed. Counts by hand stand here."""

    round = models.ForeignKey(Round, models.PROTECT, related_name="options", verbose_name="lần bỏ phiếu")
    key = models.CharField("mã", max_length=60)
    label = models.CharField("tên", max_length=300)
    position = models.PositiveSmallIntegerField("thứ tự")
    own_of = models.ForeignKey(
        Membership, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="đơn vị liên quan"
    )
    approve = models.PositiveSmallIntegerField("đồng ý", null=True)
    reject = models.PositiveSmallIntegerField("không đồng ý", null=True)
    abstain = models.PositiveSmallIntegerField("không có ý kiến", null=True)
    wins_tie = models.BooleanField("được chọn khi bằng phiếu", default=False)

    class Meta:
        verbose_name = "đơn vị được giới thiệu"
        ordering = ("round", "position")
        constraints = [
            models.UniqueConstraint(fields=["round", "key"], name="an_option_stands_once_on_a_ballot"),
            models.CheckConstraint(condition=~Q(key=""), name="an_option_has_a_key"),
        ]

    def __str__(self) -> str:
        return self.label
