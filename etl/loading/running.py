"""The imports under way: a few at a time, each can be stopped, those of dead processes are forgotten.

Each is a file in one folder that its server holds locked, whichever process or machine that is. The lock goes with the
process, so a killed one leaves no place taken; taking the file away stops the import.
"""

from __future__ import annotations

import fcntl
import json
import os
import re
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from etl.parsing.issues import LoadError

BUSY = "Đang có {most} tệp được đọc hoặc nạp, là mức cho phép cùng lúc. {kept} Chờ một phút rồi gửi lại"
_TOKEN = re.compile(r"[A-Za-z0-9_-]{20,64}")


class TooManyImportsError(LoadError):
    """As many imports as may be are under way."""


@dataclass(frozen=True, slots=True)
class About:
    """One import under way: of which file, by which account (None: of a trial without accounts), since when."""

    token: str
    checksum: str
    label: str
    account: int | None
    began_at: str


class Running:
    """A place among the imports under way; it is given back at the end of a `with` block, or with the process."""

    def __init__(self, path: Path, descriptor: int, token: str) -> None:
        self._path, self._descriptor, self.token = path, descriptor, token
        self._is_over = False

    def is_stopped(self) -> bool:
        """Whether somebody has stopped it."""
        return not self._path.exists()

    def end(self) -> None:
        """Give the place back; a second time nothing happens."""
        if not self._is_over:
            self._is_over = True
            self._path.unlink(missing_ok=True)
            os.close(self._descriptor)

    def __enter__(self) -> Running:
        return self

    def __exit__(self, *_: object) -> None:
        self.end()


class RunningImports:
    """The imports of one installation, at most `most` at once."""

    def __init__(self, folder: Path, most: int) -> None:
        self._folder, self._most = folder, most

    def begin(self, checksum: str, label: str, account: int | None, *, kept: str) -> Running:
        """Take a place; raises TooManyImportsError with `kept`, what became of the file, when none is free."""
        token = secrets.token_urlsafe(24)
        about = About(token, checksum, label, account, datetime.now(UTC).isoformat())
        with self._one_at_a_time():
            if len(self._held()) >= self._most:
                raise TooManyImportsError(BUSY.format(most=self._most, kept=kept))
            path = self._path(token)
            descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600)
            fcntl.flock(descriptor, fcntl.LOCK_EX)
            os.write(descriptor, json.dumps(asdict(about), ensure_ascii=False).encode())
        return Running(path, descriptor, token)

    def under_way(self) -> list[About]:
        """Every import under way, oldest first; writes nothing, so it can be shown on a disk that is only read."""
        try:
            lock = (self._folder / "lock").open()
        except FileNotFoundError:  # the first import makes it
            return []
        with lock:
            fcntl.flock(lock, fcntl.LOCK_SH)
            found = [About(**said) for path in self._paths() if (said := _said_by_the_living(path, fcntl.LOCK_SH))]
        return sorted(found, key=lambda about: about.began_at)

    def stop(self, token: str) -> None:
        """Stop one; nothing happens where it has ended meanwhile."""
        self._path(token).unlink(missing_ok=True)

    def _path(self, token: str) -> Path:
        if not _TOKEN.fullmatch(token):
            raise LoadError("Không có lượt đọc tệp này. Mở lại trang Nhập số liệu")
        return self._folder / f"{token}.json"

    @contextmanager
    def _one_at_a_time(self) -> Iterator[None]:
        self._folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        with (self._folder / "lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            yield

    def _held(self) -> list[dict[str, Any]]:
        """What the living say of themselves; files that nobody holds any more are taken away."""
        found = []
        for path in self._paths():
            said = _said_by_the_living(path, fcntl.LOCK_EX)
            if said is None:
                path.unlink(missing_ok=True)
            else:
                found.append(said)
        return found

    def _paths(self) -> list[Path]:
        return sorted(self._folder.glob("*.json"))


def _said_by_the_living(path: Path, kind: int) -> dict[str, Any] | None:
    """What an import says of itself while its server holds the file; None where nobody does, or it ended just now.

    Several look at once with a shared lock and are not taken for a server by each other.
    """
    try:
        file = path.open()
    except FileNotFoundError:
        return None
    with file:
        try:
            fcntl.flock(file, kind | fcntl.LOCK_NB)
        except BlockingIOError:
            said: dict[str, Any] = json.load(file)
            return said
    return None
