"""A desk on a database with the reviewed data."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from sqlalchemy import Engine

from etl.facts.checks import check_facts
from etl.facts.facts_reader import read_facts
from etl.facts.load import load_facts
from etl.importers.draft import Decisions
from etl.loading.recipe import ImportResult
from models.base.database import make_engine, migrate
from models.config.settings import ROOT
from tests.etl.loading.desk import TODAY, Desk


def load_reviewed(engine: Engine) -> None:
    """Load data/ as it stands."""
    facts = read_facts(ROOT / "data")
    assert check_facts(facts) == []
    load_facts(engine, facts, load_date=TODAY, actor="test")


@pytest.fixture(scope="session")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A SQLite file with the reviewed data, to be copied: loading it anew for every test takes a second."""
    path = tmp_path_factory.mktemp("template") / "template.sqlite3"
    engine = make_engine(f"sqlite:///{path}")
    migrate(engine)
    load_reviewed(engine)
    with engine.connect() as connection:
        connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
    engine.dispose()
    return path


@pytest.fixture
def desk(template: Path, tmp_path: Path) -> Iterator[Desk]:
    """A desk on SQLite."""
    path = tmp_path / "db" / "test.sqlite3"
    path.parent.mkdir()
    shutil.copy(template, path)
    engine = make_engine(f"sqlite:///{path}")
    yield Desk(engine, tmp_path)
    engine.dispose()


@pytest.fixture
def any_desk(engine: Engine, tmp_path: Path) -> Desk:
    """A desk on each kind of database."""
    load_reviewed(engine)
    return Desk(engine, tmp_path)


@pytest.fixture
def postgres_desk(postgres_engine: Engine, tmp_path: Path) -> Desk:
    """A desk on PostgreSQL."""
    load_reviewed(postgres_engine)
    return Desk(postgres_engine, tmp_path)


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
