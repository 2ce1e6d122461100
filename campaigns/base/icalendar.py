"""One event as an iCalendar file (RFC 5545) that every calendar program can read.

Moments are written in UTC, so no time zone has to be described. The same `uid` with a higher `sequence` changes or
withdraws the event in the calendar where it was put before.
"""

from dataclasses import dataclass
from datetime import UTC, datetime

LONGEST_LINE = 75  # octets, without the line break (RFC 5545 3.1)
PRODUCT = "-//Pooyesh//Shifts//FA"


@dataclass(frozen=True)
class Event:
    """`uid` never changes. `changed_at`: when somebody last changed what is said here."""

    uid: str
    starts_at: datetime
    ends_at: datetime
    summary: str
    location: str
    description: str
    url: str
    changed_at: datetime
    sequence: int = 0
    is_cancelled: bool = False
    remind_hours: int | None = None


def calendar(event: Event) -> bytes:
    """The file. A cancelled event is withdrawn (METHOD:CANCEL), another is put in (METHOD:PUBLISH)."""
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        f"PRODID:{PRODUCT}",
        "CALSCALE:GREGORIAN",
        f"METHOD:{'CANCEL' if event.is_cancelled else 'PUBLISH'}",
        "BEGIN:VEVENT",
        f"UID:{event.uid}",
        f"DTSTAMP:{_utc(event.changed_at)}",
        f"LAST-MODIFIED:{_utc(event.changed_at)}",
        f"SEQUENCE:{event.sequence}",
        f"STATUS:{'CANCELLED' if event.is_cancelled else 'CONFIRMED'}",
        f"DTSTART:{_utc(event.starts_at)}",
        f"DTEND:{_utc(event.ends_at)}",
        f"SUMMARY:{escaped(event.summary)}",
        f"LOCATION:{escaped(event.location)}",
        f"DESCRIPTION:{escaped(event.description)}",
        f"URL:{event.url}",
        *_alarm(event),
        "END:VEVENT",
        "END:VCALENDAR",
    ]
    return b"".join(folded(line) for line in lines)


def escaped(text: str) -> str:
    """A text value (RFC 5545 3.3.11); control characters are left out."""
    for plain, written in (("\\", "\\\\"), (";", "\\;"), (",", "\\,"), ("\r\n", "\\n"), ("\n", "\\n")):
        text = text.replace(plain, written)
    return "".join(char for char in text if char.isprintable() or char in "\u200c\u200d")


def folded(line: str) -> bytes:
    """A content line with its break: no more than 75 octets each, never cut inside a character."""
    pieces: list[bytes] = [b""]
    for char in line:
        octets = char.encode()
        if len(pieces[-1]) + len(octets) > LONGEST_LINE:
            pieces.append(b" ")  # the space that marks a continuation counts as well
        pieces[-1] += octets
    return b"\r\n".join(pieces) + b"\r\n"


def _alarm(event: Event) -> list[str]:
    if event.remind_hours is None or event.is_cancelled:
        return []
    return [
        "BEGIN:VALARM",
        "ACTION:DISPLAY",
        f"DESCRIPTION:{escaped(event.summary)}",
        f"TRIGGER:-PT{event.remind_hours}H",
        "END:VALARM",
    ]


def _utc(moment: datetime) -> str:
    return f"{moment.astimezone(UTC):%Y%m%dT%H%M%SZ}"
