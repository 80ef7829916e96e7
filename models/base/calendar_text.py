"""An iCalendar text (RFC 5545) of days: pure, the same input gives the same bytes.

Lines end in CR LF and are folded at 75 octets, never inside a letter; text is escaped.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

MAX_OCTETS = 75
PRODUCT_ID = "-//Cam ket kinh te tap the//Nhiem vu//VI"


@dataclass(frozen=True, slots=True)
class DayEvent:
    """One whole-day entry; `uid` must stay the same for the same duty, or calendars keep the old entry too."""

    uid: str
    on: date
    summary: str
    description: str
    categories: Sequence[str] = ()
    url: str = ""


def calendar_text(name: str, events: Iterable[DayEvent], stamp: datetime) -> str:
    """The calendar; `stamp` is when the data last changed. An empty calendar is valid too."""
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        f"PRODID:{PRODUCT_ID}",
        "CALSCALE:GREGORIAN",
        "METHOD:PUBLISH",
        f"X-WR-CALNAME:{_escaped(name)}",
        "X-WR-TIMEZONE:Asia/Ho_Chi_Minh",
    ]
    for event in events:
        lines += _event(event, stamp)
    return "".join(f"{part}\r\n" for line in [*lines, "END:VCALENDAR"] for part in _folded(line))


def _event(event: DayEvent, stamp: datetime) -> list[str]:
    lines = [
        "BEGIN:VEVENT",
        f"UID:{event.uid}",
        f"DTSTAMP:{stamp.astimezone(UTC):%Y%m%dT%H%M%SZ}",
        f"DTSTART;VALUE=DATE:{event.on:%Y%m%d}",
        *_end(event.on),
        f"SUMMARY:{_escaped(event.summary)}",
        f"DESCRIPTION:{_escaped(event.description)}",
    ]
    lines += [f"CATEGORIES:{','.join(_escaped(item) for item in event.categories)}"] if event.categories else []
    lines += [f"URL:{event.url}"] if event.url else []
    return [*lines, "TRANSP:TRANSPARENT", "END:VEVENT"]


def _end(day: date) -> list[str]:
    """The end of a whole day, which RFC 5545 lets us leave out: no date can follow 31/12/9999."""
    return [f"DTEND;VALUE=DATE:{day + timedelta(days=1):%Y%m%d}"] if day < date.max else []


def _escaped(text: str) -> str:
    plain = text.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,")
    lines = plain.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    return "\\n".join("".join(letter for letter in line if letter.isprintable()) for line in lines)


def _folded(line: str) -> Iterator[str]:
    """The line in parts of at most 75 octets; every part but the first starts with the space that folds it."""
    part, size = "", 0
    for letter in line:
        octets = len(letter.encode())
        if size + octets > MAX_OCTETS:
            yield part
            part, size = " ", 1
        part, size = part + letter, size + octets
    yield part
