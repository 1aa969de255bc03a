"""Who is who at a unit or at the authority."""

import datetime as dt
from dataclasses import dataclass

from django.db.models import Q, QuerySet

from blocs import text
from blocs.models import Authorisation, Authority, BlocYear, Invitation, Membership, Post, Unit, User

_ENDED_SHOWN = 50


@dataclass(frozen=True)
class PostRow:
    """A post as the page shows it."""

    post: Post
    name: str
    title: str
    role: str
    contact: str
    since: str
    until: str

    @property
    def heading(self) -> str:
        """What the confirmation asks."""
        return f"Kết thúc chức vụ của {self.name}"

    @property
    def effects(self) -> list[str]:
        """What ending the post does, said before it is done."""
        return [
            f"{self.name} thôi giữ chức vụ {self.title} kể từ hôm nay và không còn làm việc thay đơn vị trên hệ thống.",
            "Những việc người này đã làm và hồ sơ của đơn vị được giữ nguyên.",
        ]


@dataclass(frozen=True)
class People:
    """Everybody of a place: posts in force, those that ended, open invitations, authorisations still to come or held."""

    posts: list[PostRow]
    ended: list[PostRow]
    invitations: list[Invitation]
    authorisations: list[Authorisation]


def people_at(place: Unit | Authority, *, at: dt.datetime) -> People:
    """The people of a unit or of the authority on the day, the head first; four queries whatever their number."""
    where = {"unit": place} if isinstance(place, Unit) else {"authority": place}
    ranks = list(Post.Role.values)
    rows = sorted(
        Post.objects.filter(**where).select_related("user", "unit"),
        key=lambda post: (ranks.index(post.role), text.sort_key(post.user.full_name)),
    )
    open_rows = [_row(post) for post in rows if post.until_on is None or post.until_on >= at.date()]
    ended = sorted((post for post in rows if post.until_on and post.until_on < at.date()), key=_ended, reverse=True)
    invitations = Invitation.objects.filter(**where, accepted_at=None, withdrawn_at=None, expires_at__gt=at)
    authorisations: list[Authorisation] = []
    if isinstance(place, Unit):
        held = place.authorisations.filter(until_on__gte=at.date()).select_related("holder", "paper")
        authorisations = list(held.order_by("from_on", "pk"))
    return People(open_rows, [_row(post) for post in ended[:_ENDED_SHOWN]], list(invitations), authorisations)


def head_names(unit: Unit) -> list[Membership]:
    """The unit's memberships of years that have not ended, each with the name printed for its head; the latest first."""
    running = unit.memberships.exclude(year__state=BlocYear.State.CLOSED)
    return list(running.select_related("year__bloc").order_by("-year__year", "year__bloc__name"))


def posts_visible_to(user: User, on: dt.date) -> QuerySet[Post]:
    """Posts at the units whose people the user may see, and at the authorities where the user holds a post."""
    return Post.objects.select_related("unit", "authority", "user").filter(_at_places_of(user, on))


def invitations_visible_to(user: User, on: dt.date) -> QuerySet[Invitation]:
    """Invitations to the units whose people the user may see, and to the authorities where the user holds a post."""
    return Invitation.objects.select_related("unit", "authority").filter(_at_places_of(user, on))


def _at_places_of(user: User, on: dt.date) -> Q:
    authorities = user.posts.in_force(on).filter(authority__isnull=False).values("authority")
    return Q(unit__in=Unit.objects.visible_to(user, on).values("pk")) | Q(authority__in=authorities)


def _ended(post: Post) -> dt.date:
    return post.until_on or dt.date.min


def _row(post: Post) -> PostRow:
    contact = ", ".join(filter(None, (post.user.email, post.user.phone)))
    until = "" if post.until_on is None else f"đến {text.date(post.until_on)}"
    if post.until_on is not None and post.until_on < post.from_on:
        until = "kết thúc ngay trong ngày"
    return PostRow(
        post, post.user.full_name, post.title, post.get_role_display(), contact, text.date(post.from_on), until
    )
