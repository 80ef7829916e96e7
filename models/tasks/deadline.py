"""Deadlines in official language as rules: the same words always give the same days. Pure."""

from __future__ import annotations

import re
import unicodedata
from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta

from models.base.day_limits import is_day_to_store
from models.tasks.task_state import DeadlineKind

ROMAN = {"i": 1, "ii": 2, "iii": 3, "iv": 4, "1": 1, "2": 2, "3": 3, "4": 4}
MONTHS_A_QUARTER = 3
DECEMBER = 12


@dataclass(frozen=True, slots=True)
class Deadline:
    """What a printed deadline means. `due_on` is the last day on time.

    A yearly deadline that names its own day carries it as (month, day) in `yearly_on`; without one the
    province's reporting day counts. `condition` is the wording of what is waited for.
    """

    kind: DeadlineKind
    starts_on: date | None = None
    due_on: date | None = None
    yearly_on: tuple[int, int] | None = None
    condition: str | None = None


_BEFORE = re.compile(r"trước ngày (\d{1,2})(?:/| tháng )(\d{1,2})(?:(?:/| năm )(\d{4}))?")
_QUARTER = re.compile(r"^quý (iv|i{1,3}|[1-4])(?:/| năm | )([1-9]\d{3})$")
_PERIOD = re.compile(r"^(?:giai đoạn )?(?:từ năm )?([1-9]\d{3})(?: ?[-–] ?| đến (?:năm )?)([1-9]\d{3})$")
_MONTH = re.compile(r"^(?:trong )?tháng (\d{1,2})(?:/| năm )([1-9]\d{3})$")
_YEAR = re.compile(r"^(?:trong )?(?:năm )?([1-9]\d{3})$")
_WAITS = re.compile(r"^(?:theo (?:quy định|hướng dẫn)|sau khi|khi (?:có|được)?)")
_WAITS_IN_TITLE = re.compile(r"\(((?:sau khi|khi) [^()]*ban hành[^()]*)\)", re.IGNORECASE)


def read_deadline(text: str, title: str = "") -> Deadline | None:
    """What the words mean; None for words no rule knows (they need an officer's decision, not a guess).

    A condition in brackets in the title ("sau khi ... ban hành") outranks years printed beside it: those years
    stay readable by reading the deadline without its title.
    """
    told = _WAITS_IN_TITLE.search(unicodedata.normalize("NFC", title))
    if told:
        return Deadline(DeadlineKind.CONDITIONAL, condition=told.group(1))
    plain = " ".join(unicodedata.normalize("NFC", text).lower().split()).replace("hàng năm", "hằng năm")
    if not plain:
        return Deadline(DeadlineKind.NONE)
    if _WAITS.match(plain):
        return Deadline(DeadlineKind.CONDITIONAL, condition=text.strip())
    for rule in (_before, _repeated, _quarter, _period, _month, _year):
        found = rule(plain)
        if found is not None:
            return found if _has_days_of_ours(found) else None
    return None


def _has_days_of_ours(found: Deadline) -> bool:
    """Whether its days may be stored: a year 0202 or 9999 is a slip, and what was meant is not guessed."""
    return all(is_day_to_store(day) for day in (found.starts_on, found.due_on) if day is not None)


def _before(text: str) -> Deadline | None:
    found = _BEFORE.search(text)
    if found is None:
        return None
    day, month, year = int(found.group(1)), int(found.group(2)), found.group(3)
    try:
        last = date(int(year or 2023), month, day) - timedelta(days=1)  # any common year: 29/2 is never the eve
    except (ValueError, OverflowError):
        return None
    if year:
        return Deadline(DeadlineKind.DAY, due_on=last)
    return Deadline(DeadlineKind.YEARLY, yearly_on=(last.month, last.day))


def _repeated(text: str) -> Deadline | None:
    if text.startswith("thường xuyên"):
        return Deadline(DeadlineKind.CONTINUOUS)
    if text == "kế hoạch hằng năm":
        return Deadline(DeadlineKind.PLAN)
    return Deadline(DeadlineKind.YEARLY) if text.startswith("hằng năm") else None


def _quarter(text: str) -> Deadline | None:
    found = _QUARTER.match(text)
    if found is None:
        return None
    last_month = ROMAN[found.group(1)] * MONTHS_A_QUARTER
    return _months(DeadlineKind.QUARTER, int(found.group(2)), last_month - MONTHS_A_QUARTER + 1, last_month)


def _period(text: str) -> Deadline | None:
    found = _PERIOD.match(text)
    if found is None or found.group(1) > found.group(2):
        return None
    first, last = int(found.group(1)), int(found.group(2))
    return Deadline(DeadlineKind.PERIOD, date(first, 1, 1), date(last, DECEMBER, 31))


def _month(text: str) -> Deadline | None:
    found = _MONTH.match(text)
    if found is None or not 1 <= int(found.group(1)) <= DECEMBER:
        return None
    month = int(found.group(1))
    return _months(DeadlineKind.DAY, int(found.group(2)), month, month)


def _year(text: str) -> Deadline | None:
    found = _YEAR.match(text)
    return _months(DeadlineKind.YEAR, int(found.group(1)), 1, DECEMBER) if found else None


def _months(kind: DeadlineKind, year: int, first: int, last: int) -> Deadline:
    return Deadline(kind, date(year, first, 1), date(year, last, monthrange(year, last)[1]))
