"""Reminding people of what is due soon, once a day, before the deadline and never after it."""

import datetime as dt

from django.db import transaction

from blocs import text
from blocs.audit import record
from blocs.models import MailChoice, Notice, Post, User
from blocs.notices import enqueue_digests, notify
from home.queries import todo

KIND = "due_soon"


@transaction.atomic
def remind_of_due(*, days: int, by: User | None, at: dt.datetime) -> int:
    """Tell everybody what he has still to do within so many days; return how many reminders were written.

    Run twice on a day, nobody is told twice; who does not want reminders gets none.
    """
    silent = set(MailChoice.objects.filter(reminds=False).values_list("user", flat=True))
    posts = Post.objects.in_force(at.date())
    people = User.objects.filter(posts__in=posts, is_active=True).exclude(pk__in=silent).distinct().order_by("pk")
    told = [notice for user in people for notice in _remind(user, days, at)]
    if told:
        record("remind_of_due", told[-1], by=by, reminders=len(told), days=days)
    return len(told)


def _remind(user: User, days: int, at: dt.datetime) -> list[Notice]:
    known = set(Notice.objects.filter(user=user, kind=KIND, created_at__date=at.date()).values_list("text", flat=True))
    last = at.date() + dt.timedelta(days=days)
    for task, year in todo(user, at).dated:
        if task.due_at is None or task.due_at < at or task.due_at.astimezone(at.tzinfo).date() > last:
            continue
        left = text.remaining(task.due_at, at)
        words = f"{left[:1].upper()}{left[1:]}: {task.title}. Hạn: {text.due(task.due_at)}."
        if words not in known:
            notify([user], kind=KIND, text=words, url=task.url, year=year)
    rows = Notice.objects.filter(user=user, kind=KIND, created_at__date=at.date()).exclude(text__in=known)
    return list(rows)


@transaction.atomic
def send_digests(*, by: User | None) -> int:
    """Have the worker mail the digests of the day; return how many."""
    _ = by
    return enqueue_digests()
