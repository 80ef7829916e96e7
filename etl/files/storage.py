"""Where received files are kept: under their checksum, never under the name they came with."""

from __future__ import annotations

import hashlib
import os
import re
import tempfile
from datetime import UTC, datetime
from errno import EDQUOT, EFBIG, ENOSPC
from pathlib import Path

from sqlalchemy import Engine

from etl.parsing.issues import LoadError
from etl.parsing.personal import without_personal
from etl.parsing.text import clean
from models.accounts.changing import ChangeSession
from models.base.database import Turn
from models.base.source import SourceFile
from models.config.instance import instance_folder

MAX_BYTES = 20 * 1024 * 1024
LONGEST_LABEL = 120
NOT_KEPT = "Chưa lưu được tệp đã nhận: {why}. Chưa ghi gì; báo người quản trị giải phóng chỗ rồi nộp lại"
WHY = dict.fromkeys((ENOSPC, EFBIG, EDQUOT), "ổ đĩa chứa thư mục dữ liệu của hệ thống (INSTANCE_DIR) đã đầy")
_CHECKSUM = re.compile(r"[0-9a-f]{64}")


def instance_of(engine: Engine) -> Path:
    """Where the installation of a database keeps its files."""
    return instance_folder(engine.url)


def label_of(name: str) -> str:
    """The name a file came with, as a label only: no folders, no control characters, no number of a person."""
    bare = without_personal(name.replace("\\", "/").rsplit("/", 1)[-1], is_name=False)
    return clean("".join(c if c.isprintable() else " " for c in bare))[:LONGEST_LABEL] or "tệp không tên"


def checksum_of(content: bytes) -> str:
    """The SHA-256 of a file."""
    return hashlib.sha256(content).hexdigest()


def keep_file(engine: Engine, name: str, content: bytes) -> str:
    """Keep a received file before anyone opens it and give its checksum.

    Raises LoadError when it is too large or the disk does not take it.
    """
    if len(content) > MAX_BYTES:
        raise LoadError(f"Tệp lớn hơn {MAX_BYTES // 1024**2} MB. Chia tệp nhỏ hơn rồi nộp lại")
    checksum = checksum_of(content)
    path = instance_of(engine) / "files" / checksum
    if not _is_whole(path, checksum):
        try:
            write_whole(path, content)
        except OSError as error:
            raise LoadError(NOT_KEPT.format(why=WHY.get(error.errno or 0, "không ghi được vào kho tệp"))) from error
    with ChangeSession(engine, Turn.UPKEEP) as session:
        if session.get(SourceFile, checksum) is None:
            now = datetime.now(UTC)
            session.add(SourceFile(checksum=checksum, name=label_of(name), size=len(content), received_at=now))
            session.finish_untold("a file that was received changes no figure; the load of it is told")
    return checksum


def kept_path(engine: Engine, checksum: str) -> Path:
    """Where a kept file lies; raises LoadError for anything that is not the checksum of one, or is not what it was."""
    path = instance_of(engine) / "files" / checksum
    if not _CHECKSUM.fullmatch(checksum) or not path.is_file():
        raise LoadError("Không còn tệp đã nhận. Nộp lại tệp")
    if not _is_whole(path, checksum):
        raise LoadError("Tệp đã nhận trong kho không còn nguyên vẹn. Nộp lại tệp")
    return path


def write_whole(path: Path, content: bytes) -> None:
    """Write a file all or nothing, also when the power goes; readable by its owner only."""
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=path.parent)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        Path(name).replace(path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise


def _is_whole(path: Path, checksum: str) -> bool:
    """Whether a file is there and is what its name says: half a file is never taken for it."""
    return path.is_file() and checksum_of(path.read_bytes()) == checksum
