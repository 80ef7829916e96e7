"""A loaded database to write into, and files of rows loaded into it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter
from sqlalchemy import Engine, create_engine

from etl.loading.recipe import ImportRequest, ImportResult, ImportSettings, carry_out
from models.config.settings import ROOT

TODAY = date(2026, 11, 21)
Load = Callable[..., ImportResult]


@pytest.fixture
def base(loaded: Engine, tmp_path: Path) -> Engine:
    copy = tmp_path / "copy.sqlite3"
    with loaded.connect() as connection:
        connection.exec_driver_sql(f"VACUUM INTO '{copy}'")
    return create_engine(f"sqlite:///{copy}")


@pytest.fixture
def load(base: Engine, tmp_path: Path) -> Load:
    def run(kind: str, header: list[str], *rows: list[Any], commit: bool = True, **of: Any) -> ImportResult:
        path = tmp_path / f"{kind}.xlsx"
        book = xlsxwriter.Workbook(path)
        sheet = book.add_worksheet()
        for number, row in enumerate([header, *rows]):
            sheet.write_row(number, 0, row)
        book.close()
        order = ImportRequest(kind, of.get("place"), of.get("year"), "thử", path.name, "0" * 64)
        return carry_out(ImportSettings(base, ROOT / "data", TODAY), order, path, commit=commit)

    return run
