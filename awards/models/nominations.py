"""A nomination on its way from the bloc's plan to the decision, with the papers of its dossier."""

import datetime as dt
from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from awards.models.catalogue import Award
from awards.models.desk import Decision, RequestedItem
from awards.models.submissions import Submission, printed_score
from blocs import text
from blocs.models import BlocYear, Membership, StoredFile, User
from scoring.models.fields import FigureField
from voting.models import Poll


class NominationQuerySet(models.QuerySet["Nomination"]):
    """Which nominations a user may see, and which count."""

    def visible_to(self, user: User, on: dt.date) -> "NominationQuerySet":
        """Return the nominations of the years that the user may see: the members' own blocs, the authority's blocs."""
        return self.filter(year__in=BlocYear.objects.visible_to(user, on))

    def at_desk(self, user: User, on: dt.date) -> "NominationQuerySet":
        """Return the nominations that have been sent to an authority where the user holds a post on the day."""
        posts = user.posts.in_force(on).filter(authority__isnull=False)
        return self.filter(year__bloc__authority__in=posts.values("authority"), state__in=Nomination.SENT)

    def held(self) -> "NominationQuerySet":
        """Return those that take up a place of the year's number."""
        return self.exclude(state__in=Nomination.FREED)


class Nomination(models.Model):
    """A unit proposed for an award for the achievement of one year ("Đề nghị khen thưởng")."""

    class State(models.TextChoices):
        PLANNED = "planned", "Dự kiến"
        PUT_TO_VOTE = "put_to_vote", "Đưa ra bình xét"
        AGREED = "agreed", "Khối nhất trí đề nghị"
        DECLINED = "declined", "Không đề nghị"
        SUBMITTED = "submitted", "Đã trình"
        IN_REVIEW = "in_review", "Đang thẩm định"
        ASKED = "asked", "Đề nghị bổ sung"
        FIT = "fit", "Đủ điều kiện, trình Hội đồng"
        NOT_YET = "not_yet", "Chưa đủ điều kiện"
        PASSED = "passed", "Hội đồng thông qua"
        AWARDED = "awarded", "Được tặng"
        NOT_AWARDED = "not_awarded", "Chưa được khen thưởng"
        WITHDRAWN = "withdrawn", "Đã rút"
        CANCELLED = "cancelled", "Đã hủy bỏ quyết định"

    TRANSITIONS: ClassVar[dict[str, set[str]]] = {
        State.PLANNED: {State.PUT_TO_VOTE, State.WITHDRAWN},
        State.PUT_TO_VOTE: {State.AGREED, State.DECLINED, State.PLANNED},
        State.AGREED: {State.SUBMITTED, State.WITHDRAWN},
        State.DECLINED: set(),
        State.SUBMITTED: {State.AGREED, State.IN_REVIEW},
        State.IN_REVIEW: {State.ASKED, State.FIT, State.NOT_YET},
        State.ASKED: {State.IN_REVIEW, State.FIT, State.NOT_YET},
        State.FIT: {State.PASSED, State.NOT_AWARDED, State.IN_REVIEW},
        State.NOT_YET: {State.IN_REVIEW, State.NOT_AWARDED},
        State.PASSED: {State.AWARDED, State.NOT_AWARDED},
        State.AWARDED: {State.CANCELLED},
        State.NOT_AWARDED: set(),
        State.WITHDRAWN: set(),
        State.CANCELLED: set(),
    }
    FREED: ClassVar[frozenset[str]] = frozenset({State.DECLINED, State.WITHDRAWN})
    WITH_BLOC: ClassVar[frozenset[str]] = frozenset({State.PLANNED, State.PUT_TO_VOTE, State.AGREED})
    SENT: ClassVar[frozenset[str]] = frozenset(State.values) - FREED - WITH_BLOC
    RESULTS: ClassVar[frozenset[str]] = frozenset({State.AWARDED, State.NOT_AWARDED, State.CANCELLED})
    CSS: ClassVar[dict[str, str]] = {
        State.PUT_TO_VOTE: "s-sent",
        State.AGREED: "s-rev",
        State.DECLINED: "s-late",
        State.SUBMITTED: "s-sent",
        State.IN_REVIEW: "s-sent",
        State.ASKED: "s-fix",
        State.FIT: "s-rev",
        State.NOT_YET: "s-fix",
        State.PASSED: "s-ok",
        State.AWARDED: "s-gold",
        State.NOT_AWARDED: "s-late",
        State.CANCELLED: "s-late",
    }

    year = models.ForeignKey(BlocYear, models.PROTECT, related_name="nominations", verbose_name="năm thi đua")
    award = models.ForeignKey(Award, models.PROTECT, related_name="nominations", verbose_name="danh hiệu, hình thức")
    membership = models.ForeignKey(Membership, models.PROTECT, related_name="nominations", verbose_name="đơn vị")
    person_name = models.CharField("họ và tên cá nhân", max_length=250, blank=True)
    person_post = models.CharField("chức vụ của cá nhân", max_length=250, blank=True)
    printed_name = models.CharField("tên in trên Cờ, Bằng", max_length=250)
    state = models.CharField("trạng thái", max_length=20, choices=State.choices, default=State.PLANNED)
    reason = models.TextField("lý do đề nghị", blank=True)
    override_reason = models.TextField("lý do vẫn đề nghị", blank=True)
    overridden = models.JSONField("các lưu ý đã được nêu", default=list)
    for_own_unit = models.BooleanField("Trưởng khối đề nghị cho đơn vị mình", default=False)
    score = FigureField("tổng điểm khi đề nghị")
    rank = models.PositiveSmallIntegerField("thứ hạng khi đề nghị", null=True, blank=True)
    rank_shared = models.BooleanField("đồng hạng", default=False)
    ranked_of = models.PositiveSmallIntegerField("số đơn vị được xếp hạng", null=True, blank=True)
    grade = models.CharField("xếp loại khi đề nghị", max_length=120, blank=True)
    poll = models.ForeignKey(
        Poll, models.PROTECT, null=True, blank=True, related_name="nominations", verbose_name="cuộc bình xét"
    )
    approve = models.PositiveSmallIntegerField("nhất trí", null=True, blank=True)
    reject = models.PositiveSmallIntegerField("không nhất trí", null=True, blank=True)
    abstain = models.PositiveSmallIntegerField("không có ý kiến", null=True, blank=True)
    voted_of = models.PositiveSmallIntegerField("mẫu số của tỷ lệ", null=True, blank=True)
    vote_sentence = models.CharField("kết quả biểu quyết", max_length=500, blank=True)
    voted_at = models.DateTimeField("bình xét lúc", null=True, blank=True)
    submission = models.ForeignKey(
        Submission, models.PROTECT, null=True, blank=True, related_name="nominations", verbose_name="tờ trình"
    )
    decision = models.ForeignKey(
        Decision, models.PROTECT, null=True, blank=True, related_name="nominations", verbose_name="quyết định"
    )
    outcome_reason = models.TextField("lý do", blank=True)
    proposed_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    proposed_at = models.DateTimeField("đưa vào danh sách lúc")
    closed_at = models.DateTimeField("kết thúc lúc", null=True, blank=True)

    objects = NominationQuerySet.as_manager()

    class Meta:
        verbose_name = "đề nghị khen thưởng"
        ordering = ("award__position", F("rank").asc(nulls_last=True), "membership__position", "pk")
        constraints = [
            models.UniqueConstraint(
                fields=["membership", "award", "person_name"],
                condition=~Q(state__in=["declined", "withdrawn"]),
                name="a_unit_is_nominated_once_for_an_award_of_a_year",
            ),
            models.CheckConstraint(condition=~Q(printed_name=""), name="a_nomination_carries_the_name_to_be_printed"),
            models.CheckConstraint(
                condition=~Q(state__in=["awarded", "cancelled"]) | Q(decision__isnull=False),
                name="an_award_is_given_by_a_decision",
            ),
            models.CheckConstraint(
                condition=Q(submission__isnull=False)
                | Q(state__in=["planned", "put_to_vote", "agreed", "declined", "withdrawn"]),
                name="what_the_authority_handles_was_submitted",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["not_yet", "not_awarded", "cancelled"]) | ~Q(outcome_reason=""),
                name="a_nomination_without_award_says_why",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.award.name}: {self.printed_name}"

    @property
    def nominee(self) -> str:
        """Who is nominated, short: the unit, or the person with the unit."""
        unit = self.membership.short_name
        return f"{self.person_name} ({unit})" if self.person_name else unit

    @property
    def css(self) -> str:
        """The colour of the state's badge."""
        return self.CSS.get(self.state, "")

    @property
    def is_held(self) -> bool:
        """Whether it takes up a place."""
        return self.state not in self.FREED

    @property
    def is_with_bloc(self) -> bool:
        """Whether the bloc still has it."""
        return self.state in self.WITH_BLOC

    @property
    def score_text(self) -> str:
        """The total with the table's own decimals: "98,30"."""
        return printed_score(self.score)

    @property
    def rank_text(self) -> str:
        """The rank among those ranked: "2/7", "2/7 (đồng hạng)"."""
        if self.rank is None:
            return "–"
        return f"{self.rank}/{self.ranked_of}{' (đồng hạng)' if self.rank_shared else ''}"

    @property
    def votes_text(self) -> str:
        """The votes for, as a paper writes them: "07/07", "–" before the vote."""
        return "–" if not self.voted_of else f"{text.count(self.approve or 0)}/{text.count(self.voted_of)}"

    @property
    def percent_text(self) -> str:
        """The share of votes for: "85,71%", "–" before the vote."""
        return "–" if not self.voted_of else text.percent(self.approve or 0, self.voted_of)


class BlockingCase(models.Model):
    """A member falls under a case in which it is not considered: which case, on what paper. Ended, never deleted."""

    class Condition(models.TextChoices):
        DISCIPLINE = "discipline", "Bị kỷ luật"
        INCIDENT = "incident", "Để xảy ra vụ việc nghiêm trọng"
        FALSE_DATA = "false_data", "Báo cáo số liệu không đúng"

    membership = models.ForeignKey(Membership, models.PROTECT, related_name="blocking_cases", verbose_name="đơn vị")
    condition = models.CharField("trường hợp", max_length=20, choices=Condition.choices)
    source = models.CharField("căn cứ (số, ngày văn bản)", max_length=300)
    recorded_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    recorded_at = models.DateTimeField("ghi lúc")
    ended_at = models.DateTimeField("kết thúc lúc", null=True, blank=True)
    ended_reason = models.CharField("lý do kết thúc", max_length=300, blank=True)

    class Meta:
        verbose_name = "trường hợp không xét, đề nghị khen thưởng"
        ordering = ("recorded_at", "pk")
        constraints = [
            models.UniqueConstraint(
                fields=["membership", "condition"], condition=Q(ended_at__isnull=True), name="one_open_case_of_a_kind"
            ),
            models.CheckConstraint(condition=~Q(source=""), name="a_blocking_case_names_its_paper"),
        ]

    def __str__(self) -> str:
        return f"{self.membership}: {self.get_condition_display()}"


class DossierPaper(models.Model):
    """A paper of a nomination's dossier. Taken out, it stays on record."""

    class Kind(models.TextChoices):
        REPORT = "report", "Báo cáo thành tích"
        CONFIRMATION = "confirmation", "Xác nhận của cấp quản lý trực tiếp"
        EARLIER = "earlier", "Bản sao quyết định khen thưởng đã có"
        OTHER = "other", "Tài liệu khác"

    REQUIRED: ClassVar[tuple[str, ...]] = (Kind.REPORT, Kind.CONFIRMATION)

    nomination = models.ForeignKey(Nomination, models.PROTECT, related_name="papers", verbose_name="đề nghị")
    kind = models.CharField("loại", max_length=20, choices=Kind.choices)
    title = models.CharField("tên tài liệu", max_length=250)
    number = models.CharField("số văn bản", max_length=80, blank=True)
    dated_on = models.DateField("ngày văn bản", null=True, blank=True)
    file = models.ForeignKey(StoredFile, models.PROTECT, related_name="+", verbose_name="tệp")
    item = models.ForeignKey(
        RequestedItem, models.PROTECT, null=True, blank=True, related_name="papers", verbose_name="mục bổ sung"
    )
    added_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    added_at = models.DateTimeField("đưa vào lúc")
    removed_at = models.DateTimeField("rút ra lúc", null=True, blank=True)

    class Meta:
        verbose_name = "tài liệu của hồ sơ"
        ordering = ("added_at", "pk")

    def __str__(self) -> str:
        return self.title

    @property
    def citation(self) -> str:
        """Number and date as a list of papers prints them, "" where neither is known."""
        number = f"số {self.number}" if self.number else ""
        return " ".join(filter(None, (number, f"ngày {text.date(self.dated_on)}" if self.dated_on else "")))
