"""What an address says, each kind of argument read at one place: nothing in it can fail, whatever was typed.

What cannot be read counts as not said; days and years are held within models/base/day_limits.py. Texts that no database
keeps are refused before anything is read (dashboard/web/refusals.py).
"""

from __future__ import annotations

from datetime import date

from flask import request

from models.base.day_limits import year_of

MAX_TEXT = 80
MAX_ID = 2**31 - 1


def address_values(**parts: object) -> dict[str, object]:
    """The query and the parts of the path, which win over a query of the same name."""
    return {**request.args.to_dict(), **parts}


def first(value: object) -> str:
    """The first of a repeated argument, as text; empty without one."""
    if isinstance(value, list | tuple):
        value = value[0] if value else ""
    return str(value or "")


def many(value: object) -> tuple[str, ...]:
    """Each different text of an argument that may be repeated, in their order; empty ones say nothing."""
    given = value if isinstance(value, list | tuple) else (value,)
    return tuple(dict.fromkeys(text for text in map(read_text, given) if text))


def read_day(value: object) -> date | None:
    """A day written 2026-11-21 or typed 21/11/2026."""
    text = first(value).strip()
    parts = text.split("/")
    try:
        if len(parts) == 3 and all(part.isascii() and part.isdecimal() and len(part) <= 4 for part in parts):
            return date(int(parts[2]), int(parts[1]), int(parts[0]))
        return date.fromisoformat(text)
    except ValueError:
        return None


def read_year(value: object) -> int | None:
    """A year of four digits."""
    return year_of(first(value))


def read_id(text: object) -> int | None:
    """A positive number that can be a row's id, or None; nothing else is ever sent to the database."""
    if isinstance(text, str) and text.isascii() and text.isdigit() and len(text) <= 10:
        number = int(text)
        return number if 0 < number <= MAX_ID else None
    return None


def read_text(value: object) -> str:
    """A short text without control characters; empty for anything else."""
    if not isinstance(value, str):
        return ""
    return " ".join("".join(c if c.isprintable() else " " for c in value[:MAX_TEXT]).split())
