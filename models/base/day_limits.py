"""The first and last day that may be asked for or stored: beyond them lies a slip of typing, no day that was meant."""

from __future__ import annotations

from datetime import date

from models.base.day_text import day_text

FIRST_DAY, LAST_DAY = date(1900, 1, 1), date(2100, 12, 31)


def day_to_look_from(asked: date, today: date) -> date:
    """The day one looks from: days in the future count as today, days before the first one as the first one."""
    return max(FIRST_DAY, min(asked, today))


def is_day_to_store(day: date) -> bool:
    """Whether a day may be stored."""
    return FIRST_DAY <= day <= LAST_DAY


def outside_words(day: date) -> str:
    """Why a day is not stored, without its field and without a full stop."""
    return f"{day.day:02d}/{day.month:02d}/{day.year:04d} ngoài khoảng {day_text(FIRST_DAY)} đến {day_text(LAST_DAY)}"


def year_of(text: str) -> int | None:
    """A year within the limits, written in four digits; None for everything else."""
    is_year = text.isascii() and text.isdecimal() and len(text) == len("2026")
    return int(text) if is_year and FIRST_DAY.year <= int(text) <= LAST_DAY.year else None
