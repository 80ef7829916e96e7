"""How every day and moment is written for readers, the one way for pages, papers, messages and mails."""

from __future__ import annotations

from datetime import date, datetime, timedelta, timezone

LOCAL = timezone(timedelta(hours=7))  # the clock of Viet Nam
_LAST_WITH_ZERO = 2


def month_text(year: int, month: int) -> str:
    """A month as state documents write it: 02/2023, 9/2026, 12/2020."""
    return f"{month:02d}/{year}" if month <= _LAST_WITH_ZERO else f"{month}/{year}"


def day_text(value: date) -> str:
    """A day as state documents write it: 01/7/2025, 05/02/2026, 31/12/2025.

    Decree 30/2020/NĐ-CP, annex I: a zero before days under 10 and before months 1 and 2. Cells of data files
    (CSV, Excel) keep dd/mm/yyyy, which spreadsheets sort and read back.
    """
    return f"{value.day:02d}/{month_text(value.year, value.month)}"


def moment_text(value: datetime, *, is_exact: bool = False) -> str:
    """A moment on the clock of Viet Nam: 22/11/2026 00:10, `is_exact` with seconds; `value` knows its zone."""
    local = value.astimezone(LOCAL)
    return f"{day_text(local)} {local:%H:%M:%S}" if is_exact else f"{day_text(local)} {local:%H:%M}"
