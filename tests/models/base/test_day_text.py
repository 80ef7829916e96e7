"""Days and moments are written in one way: the way of state documents (Decree 30/2020/NĐ-CP, annex I)."""

from __future__ import annotations

from datetime import UTC, date, datetime, tzinfo

import pytest

from models.base.day_text import day_text, moment_text, month_text
from models.config import settings


@pytest.mark.parametrize(
    ("day", "text"),
    [
        (date(2025, 7, 1), "01/7/2025"),
        (date(2026, 2, 5), "05/02/2026"),
        (date(2026, 1, 31), "31/01/2026"),
        (date(2026, 3, 9), "09/3/2026"),
        (date(2025, 12, 31), "31/12/2025"),
    ],
)
def test_a_zero_stands_before_days_under_10_and_before_months_1_and_2(day: date, text: str) -> None:
    assert day_text(day) == text
    assert month_text(day.year, day.month) == text.partition("/")[2]


def test_a_moment_is_told_on_the_clock_of_viet_nam() -> None:
    moment = datetime(2026, 6, 30, 17, 10, 5, tzinfo=UTC)
    assert moment_text(moment) == "01/7/2026 00:10"
    assert moment_text(moment, is_exact=True) == "01/7/2026 00:10:05"


def test_today_is_the_day_of_viet_nam_wherever_the_server_stands(monkeypatch: pytest.MonkeyPatch) -> None:
    class Clock(datetime):
        @classmethod
        def now(cls, tz: tzinfo | None = None) -> datetime:
            return datetime(2026, 11, 21, 17, 10, tzinfo=UTC).astimezone(tz)

    monkeypatch.setattr(settings, "datetime", Clock)
    assert settings.read_settings({}).as_of == date(2026, 11, 22)
    assert settings.read_settings({"AS_OF": "2026-11-21"}).as_of == date(2026, 11, 21)
