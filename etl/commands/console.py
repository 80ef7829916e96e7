"""What the commands of the ETL share: where they speak, who runs them, and the database they find."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path

from sqlalchemy import Engine, make_url
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from etl.parsing.issues import LoadError
from models.accounts.trail import COMMAND_LINE
from models.base.database import make_engine
from models.config.settings import Settings

DONE, DATA_PROBLEM, WRONG_USAGE = 0, 1, 2
RUN_INIT = "Chạy `python -m etl init` trước"


def existing_database(settings: Settings) -> Engine:
    """The engine of a database that is there: reading must not make an empty SQLite file."""
    url = make_url(settings.database_url)
    if url.get_backend_name() == "sqlite" and not (url.database and Path(url.database).is_file()):
        raise LoadError(f"Chưa có cơ sở dữ liệu {url.database}. {RUN_INIT}")
    return make_engine(settings.database_url)


@contextmanager
def disposing(engine: Engine) -> Iterator[Engine]:
    """An engine whose links end with the block."""
    try:
        yield engine
    finally:
        engine.dispose()


def opened(settings: Settings) -> AbstractContextManager[Engine]:
    """The database that is there, until the block ends. Raises LoadError where there is none."""
    return disposing(existing_database(settings))


@contextmanager
def reading(settings: Settings) -> Iterator[Session]:
    """A session on the database that is there. Raises LoadError where there is none."""
    with opened(settings) as engine, Session(engine) as session:
        yield session


def actor() -> str:
    """Who started a command, as runs and the trail name it: names of the operating system are not stored."""
    return COMMAND_LINE


def reason(error: DBAPIError) -> str:
    """Give the first line of what the database says."""
    return str(error.orig).strip().split("\n")[0]


def say(line: str) -> None:
    """Tell the person at the keyboard; results go elsewhere."""
    sys.stderr.write(line + "\n")
    sys.stderr.flush()


def put(text: str, out: Path | None) -> None:
    """Write a result to a file, or to standard output as it is."""
    if out is None:
        sys.stdout.buffer.write(text.encode())
        sys.stdout.buffer.flush()
    else:
        out.write_text(text, encoding="utf-8", newline="")
        say(f"Đã ghi {out}")
