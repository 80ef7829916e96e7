"""A clock that is set back lengthens neither a session nor a lock."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from models.accounts.account_rules import is_held, is_session_over

NOW = datetime(2026, 11, 21, 8, 0, tzinfo=UTC)


@pytest.mark.parametrize(("ahead", "is_over"), [(timedelta(minutes=4), False), (timedelta(days=2), True)])
def test_a_session_last_used_in_the_future_is_over(ahead: timedelta, is_over: bool) -> None:
    expires = NOW + ahead + timedelta(hours=12)
    assert is_session_over(NOW, seen_at=NOW + ahead, expires_at=expires, revoked_at=None) is is_over


@pytest.mark.parametrize(
    ("failed", "left", "holds"),
    [
        (5, timedelta(minutes=14), True),
        (5, timedelta(days=2), False),
        (7, timedelta(minutes=14), True),
        (10, timedelta(minutes=29), True),
        (10, timedelta(days=2), False),
        (5, timedelta(0), False),
    ],
)
def test_a_lock_is_never_longer_than_its_length(failed: int, left: timedelta, holds: bool) -> None:
    assert is_held(failed, NOW + left, NOW) is holds
