"""The link of the wall: opened, renewed and taken back by those who run the meeting."""

import secrets

from django.db import transaction

from blocs.audit import record
from blocs.models import User
from conferences.actions.meetings import locked
from conferences.models import Conference
from conferences.rules import stand_in


@transaction.atomic
def open_screen(conference: Conference, *, by: User | None) -> Conference:
    """Open a read-only link for the wall; an earlier link shows nothing from now on. Raises YearClosed, MeetingOver."""
    return _set(conference, secrets.token_hex(16), "open_screen", by)


@transaction.atomic
def close_screen(conference: Conference, *, by: User | None) -> Conference:
    """Take the link of the wall back. Raises YearClosed, MeetingOver."""
    return _set(conference, "", "close_screen", by)


def _set(conference: Conference, mark: str, act: str, by: User | None) -> Conference:
    conference = locked(conference)
    conference.screen = mark
    conference.save(update_fields=["screen"])
    record(act, conference, by=by, year=conference.year_id, **stand_in(by, conference.year))
    return conference
