"""A desk on a database with the reviewed data."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy import Engine

from etl.checks import check_facts
from etl.draft import Decisions
from etl.facts_reader import read_facts
from etl.load import load_facts
from etl.recipe import Outcome
from models.settings import ROOT
from tests.etl_import.desk import TODAY, Desk


def load_reviewed(engine: Engine) -> None:
    """Load data/ as it stands."""
    facts = read_facts(ROOT / "data")
    assert check_facts(facts) == []
    load_facts(engine, facts, load_date=TODAY, actor="test")


@pytest.fixture
def desk(sqlite_engine: Engine, tmp_path: Path) -> Desk:
    """A desk on SQLite."""
    load_reviewed(sqlite_engine)
    return Desk(sqlite_engine, tmp_path)


@pytest.fixture
def any_desk(engine: Engine, tmp_path: Path) -> Desk:
    """A desk on each kind of database."""
    load_reviewed(engine)
    return Desk(engine, tmp_path)


@pytest.fixture
def rules() -> Callable[[Outcome], set[str]]:
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
