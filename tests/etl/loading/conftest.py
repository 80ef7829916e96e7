"""A desk on a database with the reviewed data."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from etl.importers.draft import Decisions
from etl.loading.recipe import ImportResult
from models.base.database import make_engine
from tests.etl.loading.desk import Desk


@pytest.fixture
def desk(reviewed_sqlite: str, tmp_path: Path) -> Iterator[Desk]:
    """A desk on SQLite."""
    yield from _desk(reviewed_sqlite, tmp_path)


@pytest.fixture
def any_desk(reviewed: str, tmp_path: Path) -> Iterator[Desk]:
    """A desk on each kind of database."""
    yield from _desk(reviewed, tmp_path)


@pytest.fixture
def postgres_desk(reviewed_postgres: str, tmp_path: Path) -> Iterator[Desk]:
    """A desk on PostgreSQL."""
    yield from _desk(reviewed_postgres, tmp_path)


def _desk(url: str, folder: Path) -> Iterator[Desk]:
    engine = make_engine(url)
    yield Desk(engine, folder)
    engine.dispose()


@pytest.fixture
def rules() -> Callable[[ImportResult], set[str]]:
    """The rules an outcome names."""
    return lambda outcome: {finding.rule for finding in outcome.findings}


@pytest.fixture
def deciding() -> Callable[..., Decisions]:
    """Decisions of the officer."""
    return lambda same=(), different=(), communes=(): Decisions(frozenset(same), frozenset(different), tuple(communes))


@pytest.fixture
def communes(desk: Desk) -> Path:
    """A small commune table of Gia Lai before the merger."""
    head = "old_code,old_name,old_district,old_province,new_code,new_name,new_province_code,new_province,remark"
    rows = [
        "23563,Phường Tây Sơn,Thành phố Pleiku (622),Tỉnh Gia Lai (64),23563,Phường Pleiku,52,Gia Lai,Nhập toàn bộ",
        "23614,Phường Tây Sơn,Thị xã An Khê (623),Tỉnh Gia Lai (64),23614,Phường An Khê,52,Tỉnh Gia Lai,Nhập toàn bộ",
        "23700,Xã Hòa Phú,Huyện Chư Păh (627),Tỉnh Gia Lai (64),23722,Xã Chư Păh,52,Tỉnh Gia Lai,Nhập toàn bộ",
        "23701,Xã Ia Hrú,Huyện Chư Pưh (639),Tỉnh Gia Lai (64),23722,Xã Chư Păh,52,Tỉnh Gia Lai,Nhập một phần",
    ]
    path = desk.folder / "communes.csv"
    path.write_text("\n".join([head, *rows]), encoding="utf-8")
    assert desk.load(path, "communes", None, None).run_id
    return path
