"""The roll, open ballots, and the urn of a secret round.

Nothing here may tell who chose what in a secret round: the urn is one row without times, the roll keeps whether a unit
has cast and not when, and neither has a column that changes with the order of casting.
"""

from django.db import models

from blocs.models import Membership, User
from voting.models.rounds import Round


class RollEntry(models.Model):
    """A unit that may vote in a round, written when the round opens. `present` is None where nobody counted."""

    round = models.ForeignKey(Round, models.PROTECT, related_name="roll", verbose_name="lần bỏ phiếu")
    membership = models.ForeignKey(Membership, models.PROTECT, related_name="+", verbose_name="đơn vị")
    present = models.BooleanField("có mặt khi bắt đầu", null=True)
    cast = models.BooleanField("đã bỏ phiếu", default=False)

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
