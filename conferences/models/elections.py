"""The election of next year's leader and deputy leader. It belongs to the bloc year and needs no meeting."""

import datetime as dt
from typing import ClassVar

from django.db import models
from django.db.models import Q

from blocs.models import BlocYear, LeadershipTerm, Membership, User
from voting.models import Poll


class ElectionQuerySet(models.QuerySet["Election"]):
    """Which elections a user may see."""

    def visible_to(self, user: User, on: dt.date) -> "ElectionQuerySet":
        """Return the elections of the bloc years that the user may see."""
        return self.filter(year__in=BlocYear.objects.visible_to(user, on))


class Election(models.Model):
    """The election held in a bloc year of the unit that leads, or assists, the NEXT year."""

    class State(models.TextChoices):
        PROPOSING = "proposing", "Đang giới thiệu"
        VOTING = "voting", "Đang bỏ phiếu"
        AGAIN = "again", "Không có kết quả, bầu lại"
        DECIDED = "decided", "Đã có kết quả"

    class SettledBy(models.TextChoices):
        VOTES = "votes", "Theo số phiếu"
        LOT = "lot", "Bốc thăm"
        CHAIR = "chair", "Chủ tọa quyết định"

    TRANSITIONS: ClassVar[dict[str, set[str]]] = {
        State.PROPOSING: {State.VOTING},
        State.VOTING: {State.DECIDED, State.AGAIN},
        State.AGAIN: {State.VOTING, State.DECIDED},
        State.DECIDED: set(),
    }

    year = models.ForeignKey(BlocYear, models.PROTECT, related_name="elections", verbose_name="năm thi đua")
    role = models.CharField("chức danh", max_length=10, choices=LeadershipTerm.Role.choices)
    state = models.CharField("trạng thái", max_length=10, choices=State.choices, default=State.PROPOSING)
    poll = models.OneToOneField(
        Poll, models.PROTECT, null=True, blank=True, related_name="election", verbose_name="cuộc bỏ phiếu"
    )
    winner = models.ForeignKey(
        Membership, models.PROTECT, null=True, blank=True, related_name="won_elections", verbose_name="đơn vị được bầu"
    )
    settled_by = models.CharField("cách xác định", max_length=6, choices=SettledBy.choices, blank=True)
    settled_who = models.CharField("người thực hiện", max_length=250, blank=True)
    settled_reason = models.CharField("lý do, căn cứ", max_length=500, blank=True)
    decided_on = models.DateField("ngày có kết quả", null=True, blank=True)

    objects = ElectionQuerySet.as_manager()

    class Meta:
        verbose_name = "cuộc bầu"
        ordering = ("year", "-role")
        constraints = [
            models.UniqueConstraint(fields=["year", "role"], name="one_election_per_role_and_year"),
            models.CheckConstraint(
                condition=Q(state="decided", winner__isnull=False) | (~Q(state="decided") & Q(winner__isnull=True)),
                name="only_a_decided_election_has_a_winner",
            ),
            models.CheckConstraint(
                condition=~Q(settled_by__in=["lot", "chair"]) | (~Q(settled_who="") & ~Q(settled_reason="")),
                name="a_settled_tie_says_who_and_why",
            ),
        ]

    def __str__(self) -> str:
        return f"Bầu {self.get_role_display()} năm {self.year.year + 1}"


class CandidateQuerySet(models.QuerySet["Candidate"]):
    """Which proposals stand."""

    def standing(self) -> "CandidateQuerySet":
        """Return the proposals that have not been withdrawn."""
        return self.filter(withdrawn_at__isnull=True)


class Candidate(models.Model):
    """A member unit proposed to lead, or to assist, the next year."""

    election = models.ForeignKey(Election, models.CASCADE, related_name="candidates", verbose_name="cuộc bầu")
    membership = models.ForeignKey(Membership, models.PROTECT, related_name="+", verbose_name="đơn vị được giới thiệu")
    proposed_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="người giới thiệu"
    )
    withdrawn_at = models.DateTimeField("rút giới thiệu lúc", null=True, blank=True)

    objects = CandidateQuerySet.as_manager()

    class Meta:
        verbose_name = "đơn vị được giới thiệu"
        ordering = ("election", "membership__position")
        constraints = [
            models.UniqueConstraint(
                fields=["election", "membership"],
                condition=Q(withdrawn_at__isnull=True),
                name="a_unit_is_proposed_once_per_election",
            ),
        ]

    def __str__(self) -> str:
        return str(self.membership)
