"""The meeting as a calendar entry that mail programs and phones understand (RFC 5545)."""

import datetime as dt

from blocs import clock
from blocs.models import LogEntry
from conferences.models import Conference

LASTS = dt.timedelta(hours=4)
WIDTH = 74  # octets of one line, without its end


def calendar_of(conference: Conference, *, host: str, now: dt.datetime) -> str:
    """Return an .ics text; a later one of the same meeting replaces the earlier in the calendar. One query."""
    start = clock.at(conference.held_on, conference.starts_at.hour, conference.starts_at.minute)
    changes = LogEntry.objects.filter(act="change_conference", subject_id=str(conference.pk)).count()
    place = ", ".join(part for part in (conference.place, conference.address) if part)
    lines = (
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//khoi-thi-dua//hoi-nghi//VI",
        "METHOD:PUBLISH",
        "BEGIN:VEVENT",
        f"UID:hoi-nghi-{conference.pk}@{host}",
        f"SEQUENCE:{changes}",
        f"DTSTAMP:{_moment(now)}",
        f"DTSTART:{_moment(start)}",
        f"DTEND:{_moment(start + LASTS)}",
        f"SUMMARY:{_text(conference.title)}",
        f"LOCATION:{_text(place)}",
        f"DESCRIPTION:{_text(conference.year.bloc.name)}",
        "END:VEVENT",
        "END:VCALENDAR",
    )
    return "".join(f"{_folded(line)}\r\n" for line in lines)


def _moment(at: dt.datetime) -> str:
    return f"{at.astimezone(dt.UTC):%Y%m%dT%H%M%SZ}"


def _text(text: str) -> str:
    for plain, escaped in (("\\", "\\\\"), (";", "\\;"), (",", "\\,"), ("\n", "\\n")):
        text = text.replace(plain, escaped)
    return text


def _folded(line: str) -> str:
    """Break a line after at most so many octets, never inside a letter."""
    pieces, piece = [], ""
    for letter in line:
        if len((piece + letter).encode()) > WIDTH:
            pieces.append(piece)
            piece = ""
        piece += letter
    return "\r\n ".join([*pieces, piece])
