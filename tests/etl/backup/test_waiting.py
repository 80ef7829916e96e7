"""How long a writer waits for another one is said by its engine, or less for one transaction: both databases."""

from __future__ import annotations

import pytest
from sqlalchemy import Engine, make_url, text
from sqlalchemy.exc import OperationalError

from dashboard.db.failures import Trouble, trouble_of
from models.base.database import BUSY_TIMEOUT_MS, make_engine, wait_of, waiting
from models.base.database_words import BUSY

WRITE = text("UPDATE run SET source = source")


def _is_told_to_come_back(engine: Engine) -> bool:
    with engine.connect() as connection, pytest.raises(OperationalError) as failure:
        connection.execute(WRITE)
    return trouble_of(failure.value) == Trouble(BUSY, again_after=5)


def test_a_page_waits_as_long_as_its_engine_says_and_hears_that_another_one_writes(reviewed: str) -> None:
    holder, page = make_engine(reviewed), make_engine(reviewed, wait_ms=50)
    with holder.connect() as connection:
        connection.execute(WRITE)
        assert _is_told_to_come_back(page)
    with page.connect() as connection:
        connection.execute(WRITE)
        assert (wait_of(connection), BUSY_TIMEOUT_MS) == (50, 30_000)
    for engine in (holder, page):
        engine.dispose()


def test_one_transaction_may_wait_less_and_the_next_waits_as_before(reviewed: str) -> None:
    holder, patient = make_engine(reviewed), make_engine(reviewed, wait_ms=100_000, pool_size=1, max_overflow=0)
    with holder.connect() as other:
        other.execute(WRITE)
        with patient.connect() as connection:
            with waiting(connection, 50), pytest.raises(OperationalError):
                try:
                    connection.execute(WRITE)
                finally:
                    connection.rollback()
            shown = "PRAGMA busy_timeout" if connection.dialect.name == "sqlite" else "SHOW lock_timeout"
            assert connection.exec_driver_sql(shown).scalar() in (100_000, "100s")
    for engine in (holder, patient):
        engine.dispose()


def test_a_page_does_not_try_for_minutes_to_reach_a_machine_that_is_gone() -> None:
    url = "postgresql+psycopg://nobody@127.0.0.1:1/none"
    assert make_engine(url, wait_ms=50).url.query["connect_timeout"] == "5"
    assert make_engine(f"{url}?connect_timeout=9", wait_ms=50).url.query["connect_timeout"] == "9"
    assert make_engine(url).url == make_url(url)
