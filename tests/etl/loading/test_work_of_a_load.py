"""The work of the database for a load grows with its rows, whatever the statistics of small tables say before."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from sqlalchemy import Connection, Engine, event

from etl.loading.runs import undo_run
from models.base.database import make_engine
from tests.etl.loading.desk import Desk

STEP = 1000  # instructions of SQLite's virtual machine
FEW, TWICE_AS_MANY = 600, 1200
Act = Callable[[Desk, int], object]


def rows(first: int, count: int, members: int = 20) -> list[tuple[object, ...]]:
    return [(f"HTX Số {n}", "", "", "đang hoạt động", members + n % 50) for n in range(first, first + count)]


@contextmanager
def counted() -> Iterator[list[int]]:
    """How many thousands of instructions SQLite carries out meanwhile: the same on every machine, however busy."""
    found = [0]

    def add() -> int:
        found[0] += 1
        return 0

    def watch(connection: Connection) -> None:
        driver = connection.connection.driver_connection
        driver.set_progress_handler(add, STEP)  # type: ignore[union-attr]

    event.listen(Engine, "engine_connect", watch)
    try:
        yield found
    finally:
        event.remove(Engine, "engine_connect", watch)


def preview(desk: Desk, count: int) -> object:
    return desk.load(desk.register(*rows(1000, count)), commit=False)


def load(desk: Desk, count: int) -> int:
    run = desk.load(desk.register(*rows(1000, count))).run_id
    assert run
    return run


def load_a_later_list(desk: Desk, count: int) -> object:
    load(desk, count)
    return desk.load(desk.register(*rows(1000, count, members=70)), year=2024).run_id


def load_and_undo(desk: Desk, count: int) -> object:
    return undo_run(desk.engine, load(desk, count), "test")


@pytest.mark.parametrize("act", [preview, load, load_a_later_list, load_and_undo])
def test_twice_the_rows_take_twice_the_work_after_small_loads(act: Act, reviewed_file: Path, tmp_path: Path) -> None:
    work = []
    for count in (FEW, TWICE_AS_MANY):
        path = tmp_path / f"{count}.sqlite3"
        shutil.copy(reviewed_file, path)
        desk = Desk(make_engine(f"sqlite:///{path}"), tmp_path)
        for year, first in ((2023, 1), (2022, 101)):  # the statistics now tell of sixty organisations
            desk.load(desk.register(*rows(first, 30)), year=year)
        with counted() as found:
            act(desk, count)
        desk.engine.dispose()
        work.append(found[0])
    assert work[1] < 2.5 * work[0], work
