"""One bounded memory: what is kept hangs on the database, its data version and what the viewer may see."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import Engine
from sqlalchemy.orm import Session

from dashboard.db.bounds import BoundSession
from dashboard.db.cache import ROOMS, Cache, remembered, renewed, up_to_date
from models.base.database import make_engine
from models.base.source import Run
from models.registry import metadata


@pytest.fixture
def engine(tmp_path: Path) -> Engine:
    made = make_engine(f"sqlite:///{tmp_path / 'a.sqlite3'}")
    metadata.create_all(made)
    return made


def finish_a_run(engine: Engine) -> None:
    with Session(engine) as session:
        now = datetime.now(UTC)
        session.add(Run(kind="figures", source="t", checksum="0", actor="t", started_at=now, status="done"))
        session.commit()


def test_what_was_used_longest_ago_goes_first() -> None:
    cache: Cache[str] = Cache(4)
    for key in "abcd":
        cache.keep(key, key)
    assert cache.find("a") == "a"
    cache.keep("e", "e")
    assert [cache.find(key) for key in "abcde"] == ["a", None, "c", "d", "e"] and cache.used == 4


def test_a_value_kept_again_takes_its_room_once() -> None:
    cache: Cache[bytes] = Cache(100, len)
    for size in (20, 10, 25):
        assert cache.keep("a", b"x" * size) == b"x" * size
        assert cache.used == size
    assert cache.keep("large", b"x" * 26) and cache.find("large") is None


def test_a_value_is_made_once_a_data_version_and_none_is_a_value(engine: Engine) -> None:
    made: list[int] = []
    with Session(engine) as session:
        for _ in range(2):
            assert remembered(session, ("name",), lambda: made.append(1)) is None
        assert made == [1]
    finish_a_run(engine)
    with Session(engine) as session:
        remembered(session, ("name",), lambda: made.append(2))
    assert made == [1, 2]


def test_what_one_viewer_sees_is_kept_apart_from_what_another_sees(engine: Engine) -> None:
    for seen in (None, frozenset({"thanh-hoa"}), frozenset({"gia-lai"})):
        for _ in range(2):
            with BoundSession(engine, seen) as session:
                assert remembered(session, ("seen",), lambda seen=seen: str(seen)) == str(seen)  # type: ignore[misc]
                assert renewed(session, ("seen",), lambda _, seen=seen: str(seen), lambda *_: None) == str(seen)  # type: ignore[misc]


def test_each_database_has_its_own(engine: Engine, tmp_path: Path) -> None:
    other = make_engine(f"sqlite:///{tmp_path / 'b.sqlite3'}")
    metadata.create_all(other)
    for number, each in enumerate((engine, other, engine)):
        with Session(each) as session:
            assert remembered(session, ("of",), lambda number=number: number) == number % 2  # type: ignore[misc]


def test_after_a_run_a_value_is_renewed_and_made_again_only_where_that_fails(engine: Engine) -> None:
    def ask(*, fails: bool = False) -> str:
        with Session(engine) as session:
            return renewed(session, ("told",), lambda _: "made", lambda kept, *_: None if fails else f"{kept}+")

    assert [ask(), ask()] == ["made", "made"]
    finish_a_run(engine)
    with Session(engine) as session:
        assert up_to_date(session, ("told",)) is None
    assert [ask(), ask()] == ["made+", "made+"]
    with Session(engine) as session:
        assert up_to_date(session, ("told",)) == "made+"
    finish_a_run(engine)
    assert ask(fails=True) == "made"


def test_a_kind_with_a_room_of_its_own_pushes_out_no_other(engine: Engine) -> None:
    with Session(engine) as session:
        remembered(session, ("other",), lambda: "kept")
        for number in range(ROOMS["year"] + 100):
            remembered(session, ("year", number), lambda number=number: number)  # type: ignore[misc]
        assert remembered(session, ("other",), lambda: "made again") == "kept"
        assert remembered(session, ("year", 0), lambda: -1) == -1
