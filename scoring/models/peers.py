"""Which member scores another one's table ("chấm chéo"), and until when."""

import datetime as dt

from django.db import models
from django.db.models import F, Q

from blocs.models import BlocYear, Membership, User


class PeerAssignmentQuerySet(models.QuerySet["PeerAssignment"]):
    """Assignments in force."""

    def in_force(self) -> "PeerAssignmentQuerySet":
        """Return those that were not replaced or withdrawn."""
        return self.filter(ended_at__isnull=True)


class PeerAssignment(models.Model):
    """A member is to score another member's table. Ended, it stays on record."""

    membership = models.ForeignKey(Membership, models.PROTECT, related_name="peers", verbose_name="đơn vị được chấm")
    peer = models.ForeignKey(Membership, models.PROTECT, related_name="scores_others", verbose_name="đơn vị chấm chéo")
    due_at = models.DateTimeField("hạn chấm chéo", null=True, blank=True)
    extended_to = models.DateTimeField("gia hạn đến", null=True, blank=True)
    extension_reason = models.TextField("lý do gia hạn", blank=True)
    assigned_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", verbose_name="người phân công")
    assigned_at = models.DateTimeField("phân công lúc")
    ended_at = models.DateTimeField("thôi phân công lúc", null=True, blank=True)

    objects = PeerAssignmentQuerySet.as_manager()

    class Meta:
        verbose_name = "phân công chấm chéo"
        ordering = ("membership__position", "pk")
        constraints = [
            models.UniqueConstraint(
                fields=["membership"], condition=Q(ended_at__isnull=True), name="one_peer_scores_a_member_at_a_time"
            ),
            models.CheckConstraint(condition=~Q(membership=F("peer")), name="nobody_scores_itself"),
        ]

    def __str__(self) -> str:
        return f"{self.peer} chấm chéo {self.membership}"

    @property
    def limit(self) -> dt.datetime | None:
        """Until when the peer may score, the extension counted; None without a deadline."""
        return max(filter(None, (self.due_at, self.extended_to)), default=None) if self.due_at else None

    def is_open(self, at: dt.datetime) -> bool:
        """Whether the peer is in time at the moment (to the second, the deadline included)."""
        return self.limit is None or at <= self.limit


def peers_of(year: BlocYear) -> dict[int, PeerAssignment]:
    """Return who scores whom now, by the scored member's primary key; one query, kept on the year object."""
    kept: dict[int, PeerAssignment] | None = year.__dict__.get("_peers")
    if kept is None:
        rows = PeerAssignment.objects.in_force().filter(membership__year=year).select_related("peer")
        kept = year.__dict__["_peers"] = {row.membership_id: row for row in rows}
    return kept
