"""Entries of the trail are only ever added, each names the one before it, and pages go by key."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import Engine, text
from sqlalchemy.exc import DatabaseError
from sqlalchemy.orm import Session

from models.accounts.changing import write_trail
from models.accounts.trail import Deed, TrailFilter, check_chain, each_entry, read_trail

START = datetime(2026, 11, 20, 16, 59, tzinfo=UTC)  # 23:59 in Viet Nam


def add(engine: Engine, count: int = 1, **said: object) -> None:
    for number in range(count):
        deed = Deed(**{"action": "import", "actor_name": "Trần Văn An", "subject": f"số {number}"} | said)
        write_trail(engine, deed, at=START + timedelta(minutes=number))


CHANGES = {
    "sqlite": (
        "UPDATE trail SET actor_name = 'x'",
        "DELETE FROM trail",
        "INSERT OR REPLACE INTO trail SELECT * FROM trail",
        "REPLACE INTO trail SELECT * FROM trail WHERE id = 1",
    ),
    "postgresql": (
        "UPDATE trail SET actor_name = 'x'",
        "DELETE FROM trail",
        "TRUNCATE trail",
        "INSERT INTO trail SELECT * FROM trail ON CONFLICT (id) DO UPDATE SET actor_name = 'x'",
    ),
}


def test_the_database_itself_refuses_to_change_or_remove_an_entry(engine: Engine) -> None:
    add(engine, 2)
    for statement in CHANGES[engine.dialect.name]:
        with pytest.raises(DatabaseError, match="chỉ được ghi thêm"), engine.begin() as connection:
            connection.execute(text(statement))
    with Session(engine) as session:
        assert [entry.actor_name for entry in each_entry(session, TrailFilter())] == ["Trần Văn An"] * 2


def test_every_entry_names_the_one_before_it_whoever_writes_at_once(engine: Engine) -> None:
    with ThreadPoolExecutor(4) as pool:
        list(pool.map(lambda name: add(engine, 5, actor_name=name), ["An", "Bình", "Chi", "Dũng"]))
    with Session(engine) as session:
        found = check_chain(session)
    assert (found.count, found.broken_at) == (20, None)


TAMPER = {
    "sqlite": ("DROP TRIGGER trail_no_update", "DROP TRIGGER trail_no_delete"),
    "postgresql": ("ALTER TABLE trail DISABLE TRIGGER USER",),
}


def tamper(engine: Engine, change: str) -> int | None:
    """Switch the triggers off, change something, and walk the chain."""
    add(engine, 4, details={"run": 7, "rows": [1, 2.5, None], "word": "chữ"})
    with engine.begin() as connection:
        for statement in (*TAMPER[engine.dialect.name], change):
            connection.execute(text(statement))
    with Session(engine) as session:
        return check_chain(session).broken_at


def test_who_switches_the_triggers_off_and_rewrites_an_entry_leaves_a_broken_chain(engine: Engine) -> None:
    assert tamper(engine, "UPDATE trail SET subject = 'khác' WHERE id = 2") == 3


def test_who_takes_an_entry_out_leaves_a_broken_chain(sqlite_engine: Engine) -> None:
    assert tamper(sqlite_engine, "DELETE FROM trail WHERE id = 2") == 3


def test_pages_go_by_key_and_stay_put_while_entries_are_added(sqlite_engine: Engine) -> None:
    add(sqlite_engine, 7)
    with Session(sqlite_engine) as session:
        first = read_trail(session, TrailFilter(), limit=3)
        assert ([e.id for e in first.entries], first.has_newer, first.has_older) == ([7, 6, 5], False, True)
    add(sqlite_engine, 2)
    with Session(sqlite_engine) as session:
        second = read_trail(session, TrailFilter(), before=5, limit=3)
        assert ([e.id for e in second.entries], second.has_newer, second.has_older) == ([4, 3, 2], True, True)
        back = read_trail(session, TrailFilter(), after=4, limit=3)
        assert ([e.id for e in back.entries], back.has_newer, back.has_older) == ([7, 6, 5], True, True)
        last = read_trail(session, TrailFilter(), before=2, limit=3)
        assert ([e.id for e in last.entries], last.has_older) == ([1], False)


def test_a_day_is_a_day_in_viet_nam(sqlite_engine: Engine) -> None:
    add(sqlite_engine, 3)  # 23:59, 00:00, 00:01
    with Session(sqlite_engine) as session:
        day = date(2026, 11, 20)
        assert len(read_trail(session, TrailFilter(last_day=day)).entries) == 1
        assert len(read_trail(session, TrailFilter(first_day=date(2026, 11, 21))).entries) == 2


def test_people_and_words_are_found_without_accents_and_marks_stand_for_themselves(sqlite_engine: Engine) -> None:
    add(sqlite_engine, subject="Nạp tệp", details={"reason": "đủ 100% xã"}, place="gia-lai")
    add(sqlite_engine, actor_name="Lê Thị Bình", subject="Chốt số", place="thanh-hoa")

    def found(**asked: object) -> list[str]:
        with Session(sqlite_engine) as session:
            return [entry.subject for entry in read_trail(session, TrailFilter(**asked)).entries]

    assert found(actor="binh") == ["Chốt số"]
    assert found(words="tep nap") == ["Nạp tệp"]
    assert found(words="100% xa") == ["Nạp tệp"]
    assert found(words="1_0") == []
    assert found(action="import", place="gia-lai") == ["Nạp tệp"]
    assert found(places=frozenset({"thanh-hoa"})) == ["Chốt số"]
    assert found(places=frozenset()) == []
