"""A preview is what would really happen, and no writer waits for it; on both databases."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select, text
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session

from etl.loading import recipe
from etl.loading.import_file import ImportService
from models.base import database
from models.base.database import Turn, hold, make_engine
from models.base.database_words import TEMPORARY_FULL, told
from models.base.source import Run
from models.base.trial import trial
from models.config.settings import ROOT
from models.register.organization import Organization
from tests.etl.loading.desk import FORM, SAMPLE, Desk

FILES: list[tuple[Path, str, dict[str, Any]]] = [
    (SAMPLE, "register", {"is_demo": True, "marked_demo": True}),
    (FORM, "report_form", {}),
]
OUR_LOCKS = """SELECT c.relname || ' ' || l.mode FROM pg_locks l
JOIN pg_class c ON c.oid = l.relation AND c.relkind = 'r' AND c.relnamespace = 'public'::regnamespace
WHERE l.pid = pg_backend_pid() AND l.mode <> 'AccessShareLock'"""
ROWS = [(f"HTX Số {number}", "", "", "đang hoạt động", 20 + number) for number in range(1, 9)]


@pytest.mark.parametrize(("path", "kind", "options"), FILES, ids=["register", "report_form"])
def test_a_preview_shows_what_the_load_then_does_however_often_it_is_made(
    any_desk: Desk, path: Path, kind: str, options: dict[str, Any]
) -> None:
    """Seven times: the driver keeps a statement in the database once it was said five times."""
    before = any_desk.everything()
    shown = [any_desk.load(path, kind, commit=False, leave_out=True, **options) for _ in range(7)]
    assert any_desk.everything() == before
    done = any_desk.load(path, kind, leave_out=True, **options)
    assert done.run_id and done.effects
    assert kind != "register" or any(effect.is_changed for effect in done.effects)
    for outcome in shown:
        assert outcome.run_id is None
        assert (outcome.effects, outcome.written, outcome.findings) == (done.effects, done.written, done.findings)
    again = any_desk.load(path, kind, commit=False, leave_out=True, **options)
    assert again.written.is_empty and not any(effect.is_changed for effect in again.effects)


def at_the_end_of_a_preview(monkeypatch: pytest.MonkeyPatch, act: Callable[[Session], object]) -> list[object]:
    """Do something when a preview has written everything and has not ended yet; what it gives is kept."""
    found: list[object] = []
    real = recipe.keep_within

    def look(session: Session, *rest: Any) -> None:
        real(session, *rest)
        with monkeypatch.context() as patch:
            patch.setattr(recipe, "keep_within", real)
            found.append(act(session))

    monkeypatch.setattr(recipe, "keep_within", look)
    return found


def test_another_load_is_written_while_a_preview_of_the_same_organisations_goes_on(
    any_desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(database, "BUSY_TIMEOUT_MS", 1000)
    assert any_desk.load(any_desk.register(*ROWS)).run_id
    later = any_desk.register(*((*row[:4], 90) for row in ROWS), name="later.xlsx")
    other = Desk(make_engine(any_desk.engine.url.render_as_string(hide_password=False)), tmp_path)
    found = at_the_end_of_a_preview(monkeypatch, lambda _session: other.load(later).run_id)
    assert any_desk.load(later, commit=False).written.changed == len(ROWS)
    other.engine.dispose()
    assert len(found) == 1 and found[0]


@pytest.mark.parametrize(("path", "kind", "options"), FILES, ids=["register", "report_form"])
def test_a_preview_on_postgresql_locks_no_table_for_writing(
    postgres_desk: Desk, path: Path, kind: str, options: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    found = at_the_end_of_a_preview(monkeypatch, lambda session: session.scalars(text(OUR_LOCKS)).all())
    outcome = postgres_desk.load(path, kind, commit=False, leave_out=True, **options)
    assert not outcome.written.is_empty
    assert found == [[]]


def test_nothing_of_a_trial_stays_even_after_a_commit(any_desk: Desk) -> None:
    before = any_desk.everything()
    with trial(any_desk.engine) as session:
        session.add(Run(kind="test", source="", checksum="", actor="", started_at=datetime.now(UTC)))
        session.commit()
        assert len(session.scalars(select(Run)).all()) == 2
    assert any_desk.everything() == before


def test_a_full_temporary_folder_is_not_taken_for_a_full_database(desk: Desk) -> None:
    row = {"kind": "test", "checksum": "", "actor": "", "started_at": datetime.now(UTC)}
    with pytest.raises(OperationalError) as full, trial(desk.engine) as session:
        session.execute(text("PRAGMA max_page_count = 1"))  # as large as it is, and no page more
        session.add_all([Run(source="x" * 5000, **row) for _ in range(200)])
        session.flush()
    assert told(full.value) == TEMPORARY_FULL


def test_a_trial_goes_on_while_a_writer_holds_the_database(any_desk: Desk) -> None:
    with any_desk.engine.connect() as writer:
        hold(writer, *Turn)
        outcome = any_desk.load(any_desk.register(*ROWS), commit=False)
    assert outcome.written.new == len(ROWS)
    assert any_desk.all(Organization) == []


def test_undoing_is_looked_at_without_a_lock_and_moves_what_it_then_moves(postgres_desk: Desk, tmp_path: Path) -> None:
    desk = postgres_desk
    run = desk.load(desk.register(*ROWS)).run_id or 0
    door, before = ImportService(desk.engine, ROOT / "data"), desk.everything()
    locks: list[str] = []

    def undo(session: Session) -> None:
        door.undo_in(session, run, "test")
        locks.extend(session.scalars(text(OUR_LOCKS)))

    effects = door.effects(undo, "gia-lai-truoc-2025-07", 2023)
    counted = next(
        effect for effect in effects if effect["indicator"] == "htx_count" and effect["source"] == "register"
    )
    assert (counted["before"], counted["after"]) == (len(ROWS), None)
    assert locks == [] and desk.everything() == before
