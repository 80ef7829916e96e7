"""A preview is old once a run that it could have shown was done, in whatever order; not for a petition."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from sqlalchemy.orm import Session

from etl.writing.current_version import UNKNOWN, CurrentVersion, current_version, version_of_preview
from models.base.source import Run
from tests.etl.loading.desk import Desk

PLACE = "gia-lai"


def add_run(desk: Desk, kind: str, number: int | None = None) -> CurrentVersion:
    with Session(desk.engine) as session:
        now = datetime.now(UTC)
        session.add(
            Run(id=number, kind=kind, source="", checksum="", actor="", started_at=now, status="done", place=PLACE)
        )
        session.commit()
        return current_version(session, PLACE)


@pytest.mark.parametrize("kind", ["petition", "explanation_request", "conclusion", "worklist_step"])
def test_what_no_preview_shows_makes_none_old(desk: Desk, kind: str) -> None:
    with Session(desk.engine) as session:
        before = current_version(session, PLACE)
    assert add_run(desk, kind) == before


@pytest.mark.parametrize("kind", ["register", "official", "manual", "undo", "task_report"])
def test_what_a_file_or_a_decision_brings_makes_previews_old(desk: Desk, kind: str) -> None:
    with Session(desk.engine) as session:
        before = current_version(session, PLACE)
    assert add_run(desk, kind) != before


def test_a_run_with_an_earlier_number_that_ends_later_makes_previews_old(desk: Desk) -> None:
    seen = add_run(desk, "register", 90)
    assert add_run(desk, "register", 80) == CurrentVersion(90, seen.runs + 1)


def test_a_preview_kept_by_an_earlier_version_is_of_no_state_of_today() -> None:
    assert version_of_preview(7) == UNKNOWN and version_of_preview([7, 3]) == CurrentVersion(7, 3)
