"""Rows kept in order outside memory: a long file costs disk, not memory.

The file is a nameless one of the temporary folder and gone with the process, whatever happens to it. A list
shorter than a chunk never leaves memory.
"""

from __future__ import annotations

import os
import pickle
import tempfile
from collections.abc import Iterator
from errno import EDQUOT, EFBIG, ENOSPC
from typing import IO, Generic, TypeVar

from etl.parsing.issues import LoadError
from models.base.database_words import NO_FOLDER, TEMPORARY_FULL

RowT = TypeVar("RowT")
CHUNK = 2000
NO_ROOM = frozenset({ENOSPC, EDQUOT, EFBIG})


class Spool(Generic[RowT]):
    """A list that is only added to and gone through; rows come back as copies. Raises LoadError for a full disk."""

    def __init__(self) -> None:
        self._last: list[RowT] = []
        self._kept: list[tuple[int, int]] = []  # where each whole chunk begins and how long it is
        self._file: IO[bytes] | None = None

    def append(self, row: RowT) -> None:
        """Add a row at the end."""
        self._last.append(row)
        if len(self._last) == CHUNK:
            self._keep(pickle.dumps(self._last, pickle.HIGHEST_PROTOCOL))
            self._last = []

    def _keep(self, chunk: bytes) -> None:
        begin = sum(self._kept[-1]) if self._kept else 0
        try:
            if self._file is None:
                self._file = tempfile.TemporaryFile()  # noqa: SIM115 (closed with the last of us)
            self._file.write(chunk)
            self._file.flush()
        except OSError as error:
            if error.errno in NO_ROOM or NO_FOLDER in str(error):
                raise LoadError(f"Chưa đọc hết tệp: {TEMPORARY_FULL}") from error
            raise
        self._kept.append((begin, len(chunk)))

    def __len__(self) -> int:
        return len(self._kept) * CHUNK + len(self._last)

    def __iter__(self) -> Iterator[RowT]:
        for chunk in self.chunks():
            yield from chunk

    def chunks(self) -> Iterator[list[RowT]]:
        """The rows in order, a chunk at a time; several may go through them at once."""
        for begin, length in self._kept:
            if self._file is not None:
                yield pickle.loads(os.pread(self._file.fileno(), length, begin))  # noqa: S301 (written above)
        if self._last:
            yield self._last
