"""The roll, open ballots, and the urn of a secret round.

Nothing here may tell who chose what in a secret round: the urn is one row without times, the roll keeps whether a unit
has cast and not when, and neither has a column that changes with the order of casting.
"""

from django.db import models

from blocs.models import Membership, StoredFile, User
from voting.models.rounds import Round


class Attended(models.TextChoices):
    """How a unit was there when the round closed."""

    PRESENT = "present", "Có mặt"
    PROXY = "proxy", "Ủy quyền"
    ABSENT = "absent", "Vắng"


class RollEntry(models.Model):
    """A unit that may vote in a round, written when the round opens. `present` is None where nobody counted.

    `attended` and `delegate` are copied when the round closes: who was there then, and for whom; empty without a meeting.
    """

    round = models.ForeignKey(Round, models.PROTECT, related_name="roll", verbose_name="lần bỏ phiếu")
    membership = models.ForeignKey(Membership, models.PROTECT, related_name="+", verbose_name="đơn vị")
    present = models.BooleanField("có mặt khi bắt đầu", null=True)
    cast = models.BooleanField("đã bỏ phiếu", default=False)
    attended = models.CharField("tham dự khi kết thúc", max_length=10, choices=Attended.choices, blank=True)
    delegate = models.CharField("người đại diện khi kết thúc", max_length=400, blank=True)

    class Meta:
        verbose_name = "đơn vị có quyền bỏ phiếu"
        ordering = ("round", "membership__position", "pk")
        constraints = [
            models.UniqueConstraint(fields=["round", "membership"], name="a_unit_stands_once_on_the_roll"),
        ]

    def __str__(self) -> str:
        return str(self.membership)


class Ballot(models.Model):
    """The ballot of a unit in an open round. A secret round has none."""

    entry = models.ForeignKey(RollEntry, models.PROTECT, related_name="ballots", verbose_name="đơn vị")
    marks = models.JSONField("lựa chọn")
    cast_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", verbose_name="người bỏ phiếu")
    cast_at = models.DateTimeField("thời điểm")

    class Meta:
        verbose_name = "phiếu"
        ordering = ("entry",)
        constraints = [models.UniqueConstraint(fields=["entry"], name="one_open_ballot_per_roll_entry")]

    def __str__(self) -> str:
        return f"Phiếu của {self.entry}"


class Reply(models.Model):
    """A unit's signed opinion in a round held in writing: what it says, its number and date, the paper itself."""

    entry = models.OneToOneField(RollEntry, models.PROTECT, related_name="reply", verbose_name="đơn vị")
    marks = models.JSONField("ý kiến")
    number = models.CharField("số, ký hiệu", max_length=60, blank=True)
    dated_on = models.DateField("ngày văn bản")
    paper = models.ForeignKey(StoredFile, models.PROTECT, null=True, related_name="+", verbose_name="văn bản trả lời")
    recorded_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", verbose_name="người ghi")
    recorded_at = models.DateTimeField("ghi lúc")

    class Meta:
        verbose_name = "văn bản trả lời"
        ordering = ("entry",)

    def __str__(self) -> str:
        return f"Ý kiến của {self.entry}"


class PaperCount(models.Model):
    """The totals of paper ballots as one person of the tally team typed them; two people must agree."""

    round = models.ForeignKey(Round, models.PROTECT, related_name="paper_counts", verbose_name="lần bỏ phiếu")
    votes = models.JSONField("số phiếu của từng đơn vị")
    returned = models.PositiveSmallIntegerField("thu về")
    invalid = models.PositiveSmallIntegerField("không hợp lệ")
    blank = models.PositiveSmallIntegerField("phiếu trắng")
    entered_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="người nhập")
    entered_at = models.DateTimeField("nhập lúc")

    class Meta:
        verbose_name = "số liệu kiểm phiếu"
        ordering = ("round", "entered_at")
        constraints = [
            models.UniqueConstraint(fields=["round", "entered_by"], name="a_person_counts_a_round_once"),
        ]

    def __str__(self) -> str:
        return f"Số liệu kiểm phiếu của {self.entered_by}"


class Urn(models.Model):
    """The choices of a secret round, sorted, in one row that is rewritten at each cast."""

    round = models.OneToOneField(
        Round, models.PROTECT, primary_key=True, related_name="urn", verbose_name="lần bỏ phiếu"
    )
    marks = models.JSONField("các lựa chọn", default=list)

    class Meta:
        verbose_name = "hòm phiếu"

    def __str__(self) -> str:
        return f"Hòm phiếu: {self.round}"
