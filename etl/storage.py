"""Where received files are kept: under their checksum, never under the name they came with."""

from __future__ import annotations

import hashlib
import os
import re
import tempfile
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy import Engine
from sqlalchemy.orm import Session

from etl.issues import LoadError
from etl.text import clean
from models.settings import ROOT
from models.source import SourceFile

MAX_BYTES = 20 * 1024 * 1024
LONGEST_LABEL = 120
_CHECKSUM = re.compile(r"[0-9a-f]{64}")


def instance_of(engine: Engine) -> Path:
    """The folder beside a SQLite database, else the project's own instance folder."""
    database = engine.url.database
    is_file = engine.url.get_backend_name() == "sqlite" and database and database != ":memory:"
    return Path(database).parent if is_file and database else ROOT / "instance"


def label_of(name: str) -> str:
    """The name a file came with, as a label only: no folders, no control characters."""
    bare = name.replace("\\", "/").rsplit("/", 1)[-1]
    return clean("".join(c if c.isprintable() else " " for c in bare))[:LONGEST_LABEL] or "tệp không tên"


def checksum_of(content: bytes) -> str:
    """The SHA-256 of a file."""
    return hashlib.sha256(content).hexdigest()


def keep_file(engine: Engine, name: str, content: bytes) -> str:
    """Keep a received file before anyone opens it and give its checksum; raises LoadError when it is too large."""
    if len(content) > MAX_BYTES:
        raise LoadError(f"Tệp lớn hơn {MAX_BYTES // 1024**2} MB. Chia tệp nhỏ hơn rồi nộp lại")
    checksum = checksum_of(content)
    path = instance_of(engine) / "files" / checksum
    if not path.exists():
        write_whole(path, content)
    with Session(engine) as session:
        if session.get(SourceFile, checksum) is None:
            now = datetime.now(UTC)
            session.add(SourceFile(checksum=checksum, name=label_of(name), size=len(content), received_at=now))
            session.commit()
    return checksum


def kept_path(engine: Engine, checksum: str) -> Path:
    """Where a kept file lies; raises LoadError for anything that is not the checksum of one."""
    path = instance_of(engine) / "files" / checksum
    if not _CHECKSUM.fullmatch(checksum) or not path.is_file():
        raise LoadError("Không còn tệp đã nhận. Nộp lại tệp")
    return path


def write_whole(path: Path, content: bytes) -> None:
    """Write a file all or nothing, readable by its owner only."""
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=path.parent)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
        Path(name).replace(path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise
