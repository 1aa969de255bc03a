"""What happens to all floors at once: reminders, digests, the archive of a year."""

from home.actions.archiving import archive_year
from home.actions.reminding import remind_of_due, send_digests

__all__ = ["archive_year", "remind_of_due", "send_digests"]
