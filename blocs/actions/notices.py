"""Reading one's notices."""

import datetime as dt

from blocs.models import Notice, User


def read_notice(notice: Notice, *, at: dt.datetime) -> Notice:
    """Mark a notice as read; a second time changes nothing. Reading is not an act of the field and writes no log line."""
    if notice.read_at is None:
        notice.read_at = at
        notice.save(update_fields=["read_at"])
    return notice


def read_all_notices(user: User, *, at: dt.datetime) -> int:
    """Mark every notice of a person as read and return how many were not."""
    return Notice.objects.filter(user=user, read_at=None).update(read_at=at)
