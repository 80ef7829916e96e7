"""No way in stores what PostgreSQL does not keep, on either database: objects, statements and rows in bulk."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import Engine, insert, select, update
from sqlalchemy.orm import Session
from sqlmodel import col

from models.accounts.changing import write_trail
from models.accounts.trail import Deed
from models.base.bulk import insert_rows
from models.base.fitting import LARGEST_WHOLE, UnfitValueError, check_values, fitted, is_fit
from models.base.source import Run
from models.tasks.meeting import Job

NOW = datetime(2026, 11, 21, tzinfo=UTC)
RUN: dict[str, Any] = {"kind": "x", "source": "x", "checksum": "0", "actor": "a", "started_at": NOW, "summary": {}}
UNFIT: tuple[dict[str, Any], ...] = (
    {"source": "a\0b"}, {"source": "\ud800"}, {"year": 5_000_000_000}, {"year": -(2**31) - 1},
    {"summary": {"a": ["x", {"b\0": 1}]}}, {"summary": {"a": float("nan")}},
)  # fmt: skip


def as_object(session: Session, row: dict[str, Any]) -> None:
    session.add(Run(**row))
    session.flush()


def as_statement(session: Session, row: dict[str, Any]) -> None:
    session.execute(insert(Run), [row, row])


def in_bulk(session: Session, row: dict[str, Any]) -> None:
    insert_rows(session, Run, [row, row])


def as_change(session: Session, row: dict[str, Any]) -> None:
    session.add(Run(**RUN))
    session.flush()
    session.execute(update(Run).where(col(Run.kind) == "x").values(**row))


@pytest.mark.parametrize("write", [as_object, as_statement, in_bulk, as_change])
@pytest.mark.parametrize("wrong", UNFIT, ids=str)
def test_no_way_of_writing_stores_it(
    engine: Engine, write: Callable[[Session, dict[str, Any]], None], wrong: dict[str, Any]
) -> None:
    with Session(engine) as session:
        with pytest.raises(UnfitValueError, match="chưa ghi gì"):
            write(session, RUN | wrong)
        session.rollback()
        assert session.scalars(select(Run)).all() == []
        write(session, RUN | {"source": "Hợp tác xã", "year": LARGEST_WHOLE})


def test_the_trail_takes_no_nul(engine: Engine) -> None:
    with pytest.raises(UnfitValueError):
        write_trail(engine, Deed("export", "a", place="x\0"))


def test_a_day_outside_the_limits_is_not_stored() -> None:
    check_values("day", [None, date.min, date(2100, 12, 31), NOW])  # date.min: what has no first day
    with pytest.raises(UnfitValueError, match="31/12/9999 ngoài khoảng"):
        check_values("day", [date(2026, 1, 1), date(9999, 12, 31)])


@given(st.text(st.characters(exclude_categories=("Cs",), exclude_characters="\0")))
def test_a_text_is_fit_when_utf_8_and_postgresql_take_it(text: str) -> None:
    assert is_fit(text)
    assert not is_fit(text + "\0") and not is_fit("\udfff" + text)
    assert fitted("text", text) == text and fitted("text", f"{text}\0") == f"{text}\u2400"


@given(st.integers())
def test_a_number_that_is_too_large_moves_as_unknown(number: int) -> None:
    kept = fitted("whole", number)
    assert kept == (number if abs(number) <= LARGEST_WHOLE else None)


def test_reading_and_jobs_go_on(engine: Engine) -> None:
    with Session(engine) as session:
        session.add(Job(kind="papers", arguments={"places": ["a"]}, actor="a", started_at=NOW, beat_at=NOW))
        session.commit()
        assert session.scalars(select(Job)).one().arguments == {"places": ["a"]}
