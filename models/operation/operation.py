"""How an installation is doing, as plain values: what came in, what is due, what failed, how full, how old.

The page `/van-hanh` and the command `python -m etl status` show the same values;
models/operation/operation_lines.py says which of them are bad and what to do. Nothing here holds an address of a
database or a secret.
"""

from __future__ import annotations

import shutil
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import func, make_url, select, text
from sqlalchemy.orm import Session, aliased
from sqlmodel import col

from models.accounts.account import AccountSession
from models.accounts.trail import TrailEntry
from models.base.database import MIGRATIONS, data_version
from models.base.source import Run
from models.config.instance import instance_folder
from models.config.settings import ROOT, Settings
from models.places.place import Place
from models.targets.observation import Observation
from models.targets.programme import Programme
from models.tasks.jobs import is_lost
from models.tasks.meeting import Job
from models.tasks.task_state import next_report_due, report_due

LOOKED_BACK = timedelta(days=30)
MAIL_SETTINGS = ("SMTP_HOST", "SMTP_FROM", "DIGEST_TO")
BACKUP = "backup"  # the command, in the trail: there every web server knows when this installation was last saved
LOADS_OF_NOTHING = ("init", "undo")


@dataclass(frozen=True, slots=True)
class LastLoad:
    """The newest load of one kind for one place that was not taken back."""

    kind: str
    place: str | None
    at: datetime
    source: str
    run_id: int


@dataclass(frozen=True, slots=True)
class LastFigures:
    """What one publisher gave for one place: how many values in force, until which day, last stored when."""

    publisher: str
    place: str
    count: int
    period_end: date
    stored_at: datetime


@dataclass(frozen=True, slots=True)
class ReportDay:
    """A programme's own day: the last one that passed, what came in for its year, and the next. None: no day set."""

    place: str
    number: str
    passed: date | None
    figures: int
    coming: date | None
    ended: date | None = None  # the last day of a place that was merged


@dataclass(frozen=True, slots=True)
class FailedJob:
    """Papers that were not made."""

    number: int
    started_at: datetime
    message: str


@dataclass(frozen=True, slots=True)
class Schema:
    """Where the tables stand against the program. `is_newer`: made by a later program than this one."""

    current: str | None
    head: str
    pending: tuple[str, ...]
    is_newer: bool

    @property
    def is_whole(self) -> bool:
        """Whether the tables are those of this program."""
        return self.current is not None and not self.pending and not self.is_newer


@dataclass(frozen=True, slots=True)
class Operation:
    """Everything the administrator is told. What only a whole schema can tell is empty without one."""

    now: datetime
    as_of: date
    program: str
    database: str
    schema: Schema
    database_bytes: int | None
    disk_free: int
    disk_total: int
    mail_missing: tuple[str, ...]
    data_version: int = 0
    places: Mapping[str, str] | None = None
    loads: tuple[LastLoad, ...] = ()
    figures: tuple[LastFigures, ...] = ()
    days: tuple[ReportDay, ...] = ()
    failed: tuple[FailedJob, ...] = ()
    imports: int = 0
    sessions: int = 0
    backup_at: datetime | None = None


def read_operation(session: Session, settings: Settings, environ: Mapping[str, str], now: datetime) -> Operation:
    """Read it all; `now` needs a time zone. Raises what the database raises when it is away."""
    schema = read_schema(session)
    disk = shutil.disk_usage(_existing(instance_folder(settings.database_url)))
    basic = {
        "now": now,
        "as_of": settings.as_of,
        "program": program_version(),
        "database": "PostgreSQL" if session.get_bind().dialect.name == "postgresql" else "SQLite",
        "schema": schema,
        "database_bytes": database_bytes(session, settings.database_url),
        "disk_free": disk.free,
        "disk_total": disk.total,
        "mail_missing": tuple(name for name in MAIL_SETTINGS if not environ.get(name)),
    }
    if not schema.is_whole:
        return Operation(**basic)  # type: ignore[arg-type]
    return Operation(
        **basic,  # type: ignore[arg-type]
        data_version=data_version(session).newest,
        places={slug: name for slug, name in session.execute(select(col(Place.slug), col(Place.name)))},  # noqa: C416
        loads=tuple(_last_loads(session)),
        figures=tuple(_last_figures(session)),
        days=tuple(_report_days(session, settings.as_of)),
        failed=tuple(_failed_jobs(session, now)),
        imports=_imports(session, now),
        sessions=_sessions(session, now),
        backup_at=last_backup_at(session),
    )


def program_version() -> str:
    """The version in pyproject.toml."""
    found = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    return str(found["project"]["version"])


def read_schema(session: Session) -> Schema:
    """Which migration the tables stand at, and which wait."""
    from alembic.migration import MigrationContext
    from alembic.script import ScriptDirectory

    script = ScriptDirectory(str(MIGRATIONS))
    current = MigrationContext.configure(session.connection()).get_current_revision()
    order = [step.revision for step in reversed(list(script.walk_revisions()))]
    if current is not None and current not in order:
        return Schema(current, order[-1], (), is_newer=True)
    done = order.index(current) + 1 if current else 0
    return Schema(current, order[-1], tuple(order[done:]), is_newer=False)


def database_bytes(session: Session, database_url: str) -> int | None:
    """How much the database takes; None for one in memory."""
    if session.get_bind().dialect.name == "postgresql":
        found = session.connection().execute(text("SELECT pg_database_size(current_database())"))
        return int(found.scalar_one())
    path = make_url(database_url).database
    if not path or path == ":memory:":
        return None
    parts = (Path(path), Path(f"{path}-wal"))
    return sum(part.stat().st_size for part in parts if part.is_file())


def _existing(folder: Path) -> Path:
    """The folder, or the nearest above it that exists."""
    return next(place for place in (folder.absolute(), *folder.absolute().parents) if place.is_dir())


def _last_loads(session: Session) -> list[LastLoad]:
    undoing = aliased(Run)
    taken_back = select(col(undoing.undoes)).where(col(undoing.status) == "done", col(undoing.undoes).is_not(None))
    newest = (
        select(func.max(col(Run.id)))
        .where(col(Run.status) == "done", col(Run.kind) != "undo", col(Run.id).not_in(taken_back))
        .group_by(col(Run.kind), col(Run.place))
    )
    rows = session.scalars(select(Run).where(col(Run.id).in_(newest)).order_by(col(Run.started_at).desc()))
    return [LastLoad(row.kind, row.place, row.started_at, row.source, row.id or 0) for row in rows]


def _last_figures(session: Session) -> list[LastFigures]:
    row = Observation
    statement = (
        select(
            col(row.publisher),
            col(row.place),
            func.count(),
            func.max(col(row.period_end)),
            func.max(col(row.recorded_at)),
        )
        .where(col(row.superseded_at).is_(None))
        .group_by(col(row.publisher), col(row.place))
        .order_by(func.max(col(row.period_end)).desc(), col(row.place), col(row.publisher))
    )
    return [LastFigures(*found) for found in session.execute(statement)]


def _programmes() -> Any:
    in_force = select(Programme).where(col(Programme.withdrawn_at).is_(None))
    return in_force.order_by(col(Programme.place), col(Programme.issued_on))


def _report_days(session: Session, as_of: date) -> list[ReportDay]:
    days = []
    for row in session.scalars(_programmes()):
        this_year = report_due(as_of.year, row.reporting)
        passed = this_year if this_year is None or this_year < as_of else report_due(as_of.year - 1, row.reporting)
        figures = _figures_of(session, row.place, passed.year) if passed else 0
        coming = next_report_due(as_of, row.reporting)
        place = session.get(Place, row.place)
        ended = place.valid_to if place else None
        days.append(ReportDay(row.place, row.number or row.title, passed, figures, coming, ended))
    return sorted(days, key=lambda day: (day.coming or date.max, day.place))


def _figures_of(session: Session, place: str, year: int) -> int:
    row = Observation
    statement = select(func.count()).where(
        col(row.place) == place,
        col(row.superseded_at).is_(None),
        col(row.period_end) >= date(year, 1, 1),
        col(row.period_end) <= date(year, 12, 31),
    )
    return session.scalar(statement) or 0


def _failed_jobs(session: Session, now: datetime) -> list[FailedJob]:
    since = select(Job).where(col(Job.started_at) >= now - LOOKED_BACK).order_by(col(Job.id).desc())
    return [
        FailedJob(row.id or 0, row.started_at, row.message)
        for row in session.scalars(since)
        if row.status == "failed" or is_lost(row, now)
    ]


def _imports(session: Session, now: datetime) -> int:
    statement = select(func.count()).where(
        col(Run.status) == "done", col(Run.kind).not_in(LOADS_OF_NOTHING), col(Run.started_at) >= now - LOOKED_BACK
    )
    return session.scalar(statement) or 0


def _sessions(session: Session, now: datetime) -> int:
    row = AccountSession
    statement = select(func.count()).where(
        col(row.revoked_at).is_(None), col(row.expires_at) > now, ~col(row.is_waiting)
    )
    return session.scalar(statement) or 0


def last_backup_at(session: Session) -> datetime | None:
    """The end of the newest `python -m etl backup`, None when there was none; whoever asks."""
    command = col(TrailEntry.details)["command"].as_string()
    statement = select(func.max(col(TrailEntry.at))).where(col(TrailEntry.action) == BACKUP, command == BACKUP)
    return session.scalars(statement.execution_options(whole=True)).one()
