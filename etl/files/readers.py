"""Reads .xlsx, .xls, .ods and .csv into rows of plain cells, in a child process with limits.

The file is handed over as an open descriptor: no path, no name. Rows come in small frames, so that memory
here does not grow with the file; what has been read stays read in order, sheet after sheet.
"""

from __future__ import annotations

import json
import logging
import os
import select
import signal
import struct
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

from etl.files.hidden_parts import HiddenParts
from etl.parsing.parsed import Cell, CellError, Percent, Problem

_LOG = logging.getLogger(__name__)
_ROOT = Path(__file__).resolve().parents[2]
_LARGEST_FRAME = 64 * 1024 * 1024
MergedRange = tuple[tuple[int, int], tuple[int, int]]


@dataclass(frozen=True, slots=True)
class Limits:
    """What one file may cost. `seconds` bounds both its processor time and our waiting for it."""

    max_bytes: int = 20 * 1024 * 1024
    memory_bytes: int = 512 * 1024 * 1024
    seconds: int = 60
    max_rows: int = 300_000


DEFAULT_LIMITS = Limits()


class FileRefusedError(Exception):
    """The file cannot be read; the text is a Vietnamese sentence with the remedy."""

    def __init__(self, problem: Problem, *, sheet: str = "", cell: str = "") -> None:
        where = (f'trang "{sheet}", ' if sheet else "") + (f"ô {cell}" if cell else "")
        super().__init__(f"{where.rstrip(', ')}{': ' if where else ''}{problem.what}. {problem.remedy}.")
        self.problem = problem
        self.sheet = sheet
        self.cell = cell


@dataclass(frozen=True, slots=True)
class Row:
    """One row that is not blank: its number as the sheet shows it, its cells from column A without trailing blanks."""

    number: int
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet. `rows` can be gone through once, before the next sheet is asked for.

    `merged` counts rows and columns from 0; None where the format does not tell (ods). `hidden` is what the sheet
    hides, known once the rows have been gone through.
    """

    name: str
    is_hidden: bool
    merged: tuple[MergedRange, ...] | None
    rows: Iterator[Row]
    hidden: HiddenParts = field(default_factory=HiddenParts)


class Workbook:
    """A file being read; made by `open_workbook`."""

    def __init__(self, frames: Iterator[list[Any]]) -> None:
        self._frames = frames
        self._next: list[Any] = []
        self.kind = str(self._advance()[1])
        self._advance()

    def _advance(self) -> list[Any]:
        self._next = next(self._frames)
        return self._next

    def sheets(self) -> Iterator[Sheet]:
        """The sheets in order, hidden ones too; raises FileRefusedError wherever the reading has to stop."""
        while self._next[0] != "end":
            _tag, name, is_hidden, merged = self._next
            ranges = None if merged is None else tuple((tuple(start), tuple(end)) for start, end in merged)
            self._advance()
            hidden = HiddenParts()
            rows = self._rows(hidden)
            yield Sheet(name, is_hidden, ranges, rows, hidden)
            for _row in rows:  # what the caller did not want
                pass

    def _rows(self, hidden: HiddenParts) -> Iterator[Row]:
        while self._next[0] == "rows":
            for number, cells in self._next[1]:
                yield Row(number, tuple(cells))
            self._advance()
        if self._next[0] == "hidden":
            _tag, hidden.rows, ranges, hidden.columns, hidden.is_filtered = self._next
            hidden.ranges = [(first, last) for first, last in ranges]
            self._advance()


@contextmanager
def open_workbook(path: Path, limits: Limits = DEFAULT_LIMITS) -> Iterator[Workbook]:
    """Open a file for reading; raises FileRefusedError when it is not a table, too large, protected or broken.

    The child process ends with the block, whatever happens in it.
    """
    if path.stat().st_size > limits.max_bytes:
        what = f"tệp lớn hơn {limits.max_bytes // 1024**2} MB"
        raise FileRefusedError(Problem("file.too_big", what, "Chia tệp nhỏ hơn rồi nộp lại"))
    with path.open("rb") as file:
        child = _start(file.fileno(), limits)
    try:
        yield Workbook(_frames(child, limits))
    finally:
        child.kill()
        if child.stdout:
            child.stdout.close()
        child.wait()


def _start(descriptor: int, limits: Limits) -> subprocess.Popen[bytes]:
    numbers = (os.getpid(), limits.memory_bytes, limits.seconds, limits.max_bytes, limits.max_rows)
    return subprocess.Popen(  # noqa: S603 (our own interpreter, our own module, numbers only)
        [sys.executable, "-m", "etl.files.sheet_worker", *map(str, numbers)],
        cwd=_ROOT,
        env={"LANG": "C.UTF-8"},
        stdin=descriptor,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        bufsize=0,
    )


def _frames(child: subprocess.Popen[bytes], limits: Limits) -> Iterator[list[Any]]:
    """The child's frames; a refusal, a death and a stand-still all become FileRefusedError."""
    assert child.stdout is not None  # noqa: S101 (Popen was given a pipe)
    pipe = _Pipe(child.stdout.fileno(), limits.seconds)
    while True:
        head = pipe.read(4)
        body = pipe.read(min(struct.unpack(">I", head)[0], _LARGEST_FRAME)) if len(head) == 4 else b""
        if not body:
            raise _death(child)
        try:
            frame = json.loads(body, object_hook=_special_cell)
        except (ValueError, KeyError) as error:
            child.kill()
            raise _death(child) from error
        if frame[0] == "refused":
            _tag, rule, what, remedy, sheet, cell, cause = frame
            _LOG.info("file refused: %s %s", rule, cause)
            raise FileRefusedError(Problem(rule, what, remedy), sheet=sheet, cell=cell)
        yield frame


class _Pipe:
    """Reads a pipe, counting only the time spent waiting: a slow consumer is not the file's fault."""

    def __init__(self, descriptor: int, seconds: float) -> None:
        self._descriptor = descriptor
        self._left = float(seconds)
        self._poll = select.poll()
        self._poll.register(descriptor, select.POLLIN)

    def read(self, count: int) -> bytes:
        parts = bytearray()
        while len(parts) < count:
            began = time.monotonic()
            ready = self._poll.poll(max(self._left, 0) * 1000)
            self._left -= time.monotonic() - began
            if not ready:
                raise FileRefusedError(_too_slow())
            part = os.read(self._descriptor, min(count - len(parts), 1 << 20))
            if not part:
                return b""
            parts += part
        return bytes(parts)


def _special_cell(content: dict[str, str]) -> Cell:
    if "e" in content:
        return CellError(content["e"])
    if "p" in content:
        return Percent(Decimal(content["p"]) * 100)
    moment = datetime.fromisoformat(content["d"])
    return moment if "T" in content["d"] else date(moment.year, moment.month, moment.day)


def _too_slow() -> Problem:
    return Problem("file.too_slow", "đọc tệp quá lâu", "Bỏ trang và định dạng thừa, hoặc chia nhỏ tệp rồi nộp lại")


def _death(child: subprocess.Popen[bytes]) -> FileRefusedError:
    """What a child that ended without a last word died of."""
    try:
        code = child.wait(timeout=5)
    except subprocess.TimeoutExpired:
        child.kill()
        code = child.wait()
    _LOG.warning("sheet worker ended with %s", code)
    if code == -signal.SIGXCPU:
        return FileRefusedError(_too_slow())
    if code < 0:  # the Rust reader cannot say that memory is out, it aborts
        remedy = "Chép riêng bảng số liệu sang tệp mới, bỏ dòng và cột trống, hoặc chia nhỏ tệp"
        return FileRefusedError(Problem("file.too_much_memory", "tệp cần quá nhiều bộ nhớ để đọc", remedy))
    remedy = "Nộp lại; nếu vẫn lỗi, báo người quản trị xem nhật ký"
    return FileRefusedError(Problem("file.reader_failed", "bộ đọc tệp dừng đột ngột", remedy))
