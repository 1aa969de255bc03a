"""Telling people: in the application at once, by mail through the worker."""

from collections.abc import Iterable

from django.conf import settings
from django.core.mail import EmailMessage

from blocs import clock
from blocs.jobs import enqueue, job
from blocs.models import Authority, BlocYear, LeadershipTerm, Notice, Post, Unit, User


def notify(users: Iterable[User], *, kind: str, text: str, url: str = "", year: BlocYear | None = None) -> None:
    """Give each person one notice, and have the worker mail it once the act's transaction is kept."""
    for user in {user.pk: user for user in users}.values():
        notice = Notice.objects.create(user=user, year=year, kind=kind, text=text, url=url, created_at=clock.now())
        if user.email and user.is_active:
            enqueue(mail_notice, notice_id=notice.pk)


def people_of(*units: Unit | int) -> list[User]:
    """Return everybody who holds a post today at one of the units."""
    keys = [unit if isinstance(unit, int) else unit.pk for unit in units]
    posts = Post.objects.in_force(clock.today()).filter(unit__in=keys)
    return list(User.objects.filter(posts__in=posts, is_active=True).distinct())


def officials_of(authority: Authority | int) -> list[User]:
    """Return everybody who holds a post today at the authority."""
    posts = Post.objects.in_force(clock.today()).filter(authority=authority)
    return list(User.objects.filter(posts__in=posts, is_active=True).distinct())


def leaders_of(year: BlocYear) -> list[User]:
    """Return everybody who holds a post today at the unit that leads the year."""
    terms = LeadershipTerm.objects.in_force(clock.today()).filter(year=year, role=LeadershipTerm.Role.LEADER)
    return people_of(*terms.values_list("unit_id", flat=True))


@job
def mail_notice(*, notice_id: int) -> None:
    """Send one notice by mail, once: with a fixed Message-ID, so that a repeat after a crash can be recognised."""
    notice = Notice.objects.select_related("user", "year").select_for_update(of=("self",)).get(pk=notice_id)
    if notice.mailed_at or not notice.user.email:
        return
    host = settings.DEFAULT_FROM_EMAIL.rpartition("@")[2]
    notice.message_id = f"<notice-{notice.pk}@{host}>"
    link = f"\n\n{settings.SITE_URL}{notice.url}" if notice.url else ""
    subject = notice.text.splitlines()[0][:120]
    invented = "\n\nDữ liệu minh họa" if notice.year and notice.year.is_demonstration else ""
    mail = EmailMessage(
        subject, notice.text + invented + link, to=[notice.user.email], headers={"Message-ID": notice.message_id}
    )
    mail.send()
    notice.mailed_at = clock.now()
    notice.save(update_fields=["mailed_at", "message_id"])
