"""Telling people: in the application at once, by mail through the worker, as each person has chosen."""

from collections.abc import Iterable, Sequence

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string

from blocs import clock, text
from blocs.jobs import enqueue, job
from blocs.models import Authority, BlocYear, LeadershipTerm, MailChoice, Notice, Post, Unit, User

Manner = MailChoice.Manner
INVENTED = "Dữ liệu minh họa"


def notify(users: Iterable[User], *, kind: str, text: str, url: str = "", year: BlocYear | None = None) -> None:
    """Give each person one notice, and have the worker mail it once the act's transaction is kept.

    Who wants one mail a day, or none, gets no mail of its own: the notice waits for the digest, or for the page.
    """
    people = {user.pk: user for user in users}
    manners = dict(MailChoice.objects.filter(user__in=people).values_list("user", "manner"))
    for user in people.values():
        notice = Notice.objects.create(user=user, year=year, kind=kind, text=text, url=url, created_at=clock.now())
        if user.email and user.is_active and manners.get(user.pk, Manner.EACH) == Manner.EACH:
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
    notice.message_id = f"<notice-{notice.pk}@{_host()}>"
    _send(notice.user, notice.text.splitlines()[0][:120], [notice], notice.message_id)
    notice.mailed_at = clock.now()
    notice.save(update_fields=["mailed_at", "message_id"])


@job
def mail_digest(*, user_id: int, last_id: int) -> None:
    """Send everything a person was told up to one notice and that no mail has carried, in one mail, once."""
    rows = Notice.objects.filter(user=user_id, mailed_at=None, pk__lte=last_id).select_related("user", "year")
    notices = list(rows.select_for_update(of=("self",)).order_by("pk"))
    if not notices or not notices[0].user.email:
        return
    message_id = f"<digest-{user_id}-{last_id}@{_host()}>"
    subject = f"{text.count(len(notices))} thông báo của Hệ thống quản lý khối thi đua"
    _send(notices[0].user, subject, notices, message_id)
    Notice.objects.filter(pk__in=[notice.pk for notice in notices]).update(mailed_at=clock.now(), message_id=message_id)


def enqueue_digests() -> int:
    """Have the worker mail one digest to each person who wants it and was told something new; return how many."""
    people = User.objects.filter(is_active=True, mail_choice__manner=Manner.DIGEST).exclude(email="")
    count = 0
    for user in people:
        last = Notice.objects.filter(user=user, mailed_at=None, read_at=None).order_by("pk").last()
        if last is not None:
            enqueue(mail_digest, user_id=user.pk, last_id=last.pk)
            count += 1
    return count


def _send(user: User, subject: str, notices: Sequence[Notice], message_id: str) -> None:
    """Send a mail in plain words with the same as a page beside it; nothing is loaded from outside."""
    lines = [(notice.text, f"{settings.SITE_URL}{notice.url}" if notice.url else "") for notice in notices]
    invented = any(notice.year and notice.year.is_demonstration for notice in notices)
    plain = "\n\n".join("\n\n".join(filter(None, line)) for line in _worded(lines, invented=invented))
    mail = EmailMultiAlternatives(subject, plain, to=[user.email], headers={"Message-ID": message_id})
    page = {"lines": lines, "invented": INVENTED if invented else "", "subject": subject, "site": settings.SITE_URL}
    mail.attach_alternative(render_to_string("mail/notices.html", page), "text/html")
    mail.send()


def _worded(lines: list[tuple[str, str]], *, invented: bool) -> list[tuple[str, ...]]:
    note = INVENTED if invented else ""
    return [(words, note, link) for words, link in lines]


def _host() -> str:
    return settings.DEFAULT_FROM_EMAIL.rpartition("@")[2]
