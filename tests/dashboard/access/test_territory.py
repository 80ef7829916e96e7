"""The bounds of a session: rows of other places are neither read nor written, whatever is asked."""

from __future__ import annotations

import re
from typing import Any

import dash
import pytest
from flask import g
from sqlalchemy import Engine, func, literal_column, select, text
from sqlmodel import col

from dashboard.db.bounds import OPEN, BoundSession, OutOfBoundsError, WritingSession, is_said
from dashboard.db.read_session import Repository
from models import registry as tables
from models.accounts.rights import Grant, Role, Viewer
from models.config.settings import ROOT
from models.registry import mapped_classes
from tests.dashboard.access.two_provinces import MINE, OTHER


def test_every_table_says_how_it_is_bounded() -> None:
    assert [mapped.__name__ for mapped in mapped_classes() if not is_said(mapped)] == []
    assert {mapped.__tablename__ for mapped in mapped_classes()} == set(tables.metadata.tables)


def test_a_bounded_session_gives_rows_of_its_places_whatever_is_asked(doors: dict[bool, Repository]) -> None:
    mine = frozenset({MINE, "viet-nam"})
    with BoundSession(doors[True].engine, mine) as session:
        for mapped in mapped_classes():
            if hasattr(mapped, "place") and is_bounded(mapped):
                places = set(session.scalars(select(mapped.place)))
                assert places <= {*mine, None}, mapped.__name__
        assert session.get(tables.Organization, 1) is not None
        assert session.get(tables.Organization, 2) is None
        other = select(func.count(col(tables.TaskReport.id))).where(col(tables.TaskReport.progress) != "")
        assert session.scalar(other) == session.scalar(other.where(col(tables.TaskReport.task).contains("gia-lai")))


def is_bounded(mapped: Any) -> bool:

    return mapped not in OPEN


@pytest.mark.parametrize("places", [{MINE}, {OTHER}, {MINE, OTHER}, {"binh-dinh"}, set(), {MINE}])
def test_what_one_viewer_was_shown_never_shapes_the_bounds_of_the_next(
    doors: dict[bool, Repository], places: set[str]
) -> None:
    """SQLAlchemy keeps compiled statements: the places must be bound anew each time."""
    with BoundSession(doors[True].engine, frozenset(places)) as session:
        assert set(session.scalars(select(tables.Organization.place))) == places - {"binh-dinh"}
        steps = select(tables.Organization.place).join(
            tables.WorklistStep, col(tables.WorklistStep.organization_id) == col(tables.Organization.id)
        )
        assert set(session.scalars(steps)) == places - {"binh-dinh"}


@pytest.mark.parametrize("statement", [
    text("SELECT * FROM organization"), select(tables.Organization.__table__), select(literal_column("1")),
])  # fmt: skip
def test_a_bounded_session_refuses_what_it_cannot_bound(doors: dict[bool, Repository], statement: Any) -> None:
    with BoundSession(doors[True].engine, frozenset({MINE})) as session, pytest.raises(OutOfBoundsError):
        session.execute(statement)


def test_a_request_writes_rows_only_where_it_was_admitted(application: dash.Dash, own_door: Repository) -> None:
    with application.server.test_request_context(), WritingSession(own_door.engine) as session:
        for places, is_let in ((frozenset({OTHER}), False), (frozenset({MINE}), True), (None, True)):
            g.changing_places = places
            session.add(tables.SpellingDecision(kind="x", place=MINE, spelling=str(places), code="x", run_id=1))
            if is_let:
                session.flush()
            else:
                with pytest.raises(OutOfBoundsError):
                    session.flush()
                session.rollback()


def test_before_anybody_was_looked_at_a_request_reads_nothing(
    application: dash.Dash, doors: dict[bool, Repository]
) -> None:
    with application.server.test_request_context(), doors[True].session() as session:
        assert session.scalars(select(tables.Organization.id)).all() == []
        g.viewer = Viewer(1, "x", True, (Grant(Role.VIEWER),))
    with application.server.app_context(), doors[True].session() as session:  # the command line reads all
        assert len(session.scalars(select(tables.Organization.id)).all()) == 2


def test_the_bounds_are_understood_by_postgresql(postgres_engine: Engine) -> None:
    with BoundSession(postgres_engine, frozenset({MINE})) as session:
        assert [mapped for mapped in mapped_classes() if session.scalars(select(mapped)).all()] == []


UNBOUNDED = {
    "access/account_session.py": "accounts say who the viewer is",
    "access/accounts.py": "when a session was last used",
    "reports/data/job_process.py": "how far a job's process is",
    "db/replica.py": "whether the copy for reading keeps up; the data version",
    "db/read_session.py": "the door itself; the data version; whether the database answers",
    "access/trail.py": "bounded by the right to read the trail",
}


def test_only_the_modules_named_here_reach_the_database_around_the_bounds() -> None:
    opens = re.compile(
        r"(?<![\w.])Session\(|make_engine\(|create_engine\(|\.raw_connection\(|engine\.(?:connect|begin)\("
    )
    folder = ROOT / "dashboard"
    found = {p.relative_to(folder).as_posix() for p in folder.rglob("*.py") if opens.search(p.read_text("utf-8"))}
    assert found - {"db/bounds.py"} == set(UNBOUNDED)
