"""A change begins with the lock and ends with its entry in the trail, or is not made at all."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from threading import Event

import pytest
from sqlalchemy import Engine, event, text
from sqlalchemy.orm import Session
from sqlmodel import select

from models.accounts.account import Account
from models.accounts.changing import ChangeSession, UntoldChangeError
from models.accounts.trail import Deed, TrailEntry, check_chain
from models.base.database import DataVersion, Turn, data_version
from models.base.source import Run
from models.config.settings import ROOT

NOW = datetime(2026, 11, 21, 8, 0, tzinfo=UTC)
DEED = Deed("update", "Trần Văn An")
ROOMS = ("models", "etl", "dashboard")
# who commits what is no change of ours: the session of changes itself, tables, copies, a remark on the last use
COMMITS = {
    "models/accounts/changing.py": "the end of every change",
    "models/base/database.py": "tables are made and changed under all turns at once",
    "dashboard/access/accounts.py": "when a session or key was last used; left undone when somebody writes",
}
THROUGH_THE_DOOR = {
    "dashboard/imports/pages/upload_preview.py",
    "dashboard/imports/data/approvals.py",
}  # they load a previewed file
UNTOLD = {
    "etl/files/storage.py": "a file that was received",
    "etl/loading/received.py": "a file that nobody loaded",
    "dashboard/accounts/data/attempts.py": "an attempt, told with its outcome",
    "dashboard/accounts/data/sign_in.py": "half a sign-in, an attempt taken back",
    "dashboard/accounts/data/sessions.py": "the end of half a sign-in",
    "dashboard/accounts/data/second_factor.py": "a key that waits to be proved",
    "dashboard/reports/data/papers.py": "a paper of a job, how far a job is",
    "dashboard/reports/data/job_process.py": "how far a job is",
}


def run(number: int | None = None) -> Run:
    return Run(id=number, kind="register", source="x", checksum="0", actor="a", started_at=NOW, status="done")


@contextmanager
def heard(engine: Engine) -> Iterator[list[str]]:
    said: list[str] = []

    def hear(_connection: object, _cursor: object, statement: str, *_: object) -> None:
        said.append(statement)

    event.listen(engine, "before_cursor_execute", hear)
    yield said
    event.remove(engine, "before_cursor_execute", hear)


@pytest.mark.parametrize("turn", [Turn.FACTS, Turn.ACCOUNTS, Turn.UPKEEP, Turn.TRAIL])
def test_the_lock_is_taken_before_anything_is_read(engine: Engine, turn: Turn) -> None:
    with heard(engine) as said, ChangeSession(engine, turn) as session:
        session.scalars(select(Account)).all()
    locks = {"sqlite": ["BEGIN IMMEDIATE"], "postgresql": ["SET LOCAL lock_timeout", "SELECT pg_advisory_xact_lock"]}
    expected = locks[engine.dialect.name]
    assert [line[: len(start)] for line, start in zip(said, expected, strict=False)] == expected
    assert "FROM account" in said[len(expected)]


def test_a_change_without_a_deed_is_not_stored(engine: Engine) -> None:
    with ChangeSession(engine) as session:
        session.add(run())
        with pytest.raises(UntoldChangeError):
            session.commit()
        with pytest.raises(UntoldChangeError):
            session.finish()
        with pytest.raises(UntoldChangeError):
            session.finish_untold("")
    with Session(engine) as session:
        assert not session.scalars(select(Run)).all() and not session.scalars(select(TrailEntry)).all()


def test_a_change_that_cannot_be_told_is_not_stored(engine: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(
        "models.accounts.changing.add_entry", lambda *_, **__: (_ for _ in ()).throw(RuntimeError("away"))
    )
    with pytest.raises(RuntimeError, match="away"), ChangeSession(engine) as session:
        session.add(run())
        session.finish(DEED)
    with Session(engine) as session:
        assert not session.scalars(select(Run)).all()


def test_the_second_writer_reads_what_the_first_one_wrote(engine: Engine) -> None:
    inside = Event()

    def second() -> int:
        inside.wait()
        with ChangeSession(engine) as session:
            return len(session.scalars(select(Run)).all())

    with ThreadPoolExecutor(1) as pool:
        with ChangeSession(engine) as first:
            first.add(run())
            first.flush()
            told = pool.submit(second)
            inside.set()
            first.finish(DEED)
        assert told.result() == 1


def test_changes_of_facts_and_of_accounts_do_not_wait_for_each_other_on_postgresql(postgres_engine: Engine) -> None:
    with ChangeSession(postgres_engine, Turn.FACTS) as facts, ChangeSession(postgres_engine, Turn.ACCOUNTS) as accounts:
        facts.add(run())
        facts.flush()
        accounts.add(Account(username="an", display_name="An", created_at=NOW))
        accounts.finish(DEED)
        facts.finish(DEED)
    with Session(postgres_engine) as session:
        assert check_chain(session).count == 2 and check_chain(session).broken_at is None


def test_a_run_that_is_committed_after_a_later_numbered_one_changes_the_data_version(postgres_engine: Engine) -> None:
    """Our own writers take turns and cannot do this; another program, or an older version of ours, could."""
    with Session(postgres_engine) as early, Session(postgres_engine) as late:
        early.add(run(1))
        early.flush()
        late.add(run(2))
        late.commit()
        with Session(postgres_engine) as reader:
            before = data_version(reader)
        early.commit()
    with Session(postgres_engine) as reader:
        assert (before, data_version(reader)) == (DataVersion(2, 1), DataVersion(2, 2))


def calls_of(path: Path, name: str) -> list[int]:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    return [
        node.lineno
        for node in ast.walk(tree)
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == name
    ]


def files() -> Iterator[tuple[str, Path]]:
    for room in ROOMS:
        for path in sorted((ROOT / room).rglob("*.py")):
            if "migrations" not in path.parts:
                yield str(path.relative_to(ROOT)), path


@pytest.mark.parametrize(("call", "allowed"), [("commit", COMMITS), ("finish_untold", UNTOLD)])
def test_nothing_else_commits(call: str, allowed: dict[str, str]) -> None:
    found = {
        name for name, path in files() if any(calls_of(path, call)) and name not in ("etl/loading/import_file.py",)
    }
    through_the_door = (
        {"dashboard/imports/pages/upload_preview.py", "dashboard/imports/data/approvals.py"}
        if call == "commit"
        else set()
    )
    assert found - through_the_door == set(allowed), (
        "a change is made by models.accounts.changing.ChangeSession and told"
    )


def test_two_transactions_with_begin_are_known() -> None:
    """`engine.begin()` commits by itself: only rights of the web's role are given so."""
    found = {name for name, path in files() if "engine.begin()" in path.read_text(encoding="utf-8")}
    assert found == {"etl/backup/web_role.py"}


def test_the_data_version_is_asked_in_one_way() -> None:
    asked = {name for name, path in files() if "max(id)" in (t := path.read_text(encoding="utf-8")) and "FROM run" in t}
    assert asked == {"models/base/database.py"}


def test_a_row_of_nobody_can_be_read_in_a_change_and_left(engine: Engine) -> None:
    with ChangeSession(engine) as session:
        session.execute(text("SELECT 1"))
    with Session(engine) as session:
        assert not session.scalars(select(TrailEntry)).all()
