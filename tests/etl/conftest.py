"""Shared fixtures: the corpus, the reviewed headings of a register, the large files."""

from __future__ import annotations

import importlib.util
import itertools
import sys
from collections.abc import Callable
from pathlib import Path
from types import ModuleType

import pytest

from etl.files.readers import MergedRange, Row, open_workbook
from etl.tables.headings import HeadingWords, Spelling

FILES = Path(__file__).resolve().parents[1] / "files"

REGISTER = HeadingWords(
    [
        Spelling("ordinal", "TT"),
        Spelling("name", "Tên HTX"),
        Spelling("name", "Tên hợp tác xã, tổ hợp tác"),
        Spelling("tax_code", "Mã số HTX"),
        Spelling("commune", "Xã, phường"),
        Spelling("founded_on", "Ngày thành lập"),
        Spelling("member_count", "Số thành viên", "người"),
        Spelling("member_count", "Số thành viên Tổng số", "người"),
        Spelling("female_member_count", "Số thành viên nữ", "người"),
        Spelling("charter_capital_vnd", "Vốn điều lệ", "triệu đồng"),
        Spelling("htx_count", "Thực hiện {năm}", "HTX"),
        Spelling("htx_count", "Thực hiện năm {năm}", "HTX"),
    ]
)


@pytest.fixture
def good() -> Path:
    return FILES / "good"


@pytest.fixture
def bad() -> Path:
    return FILES / "with_problems"


@pytest.fixture(scope="session")
def register_words() -> HeadingWords:
    return REGISTER


@pytest.fixture(scope="session")
def large_files() -> ModuleType:
    sys.path.insert(0, str(FILES))
    spec = importlib.util.spec_from_file_location("large_files", FILES / "large_files.py")
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    sys.path.remove(str(FILES))
    return module


@pytest.fixture
def first_sheet() -> Callable[[Path], tuple[list[Row], tuple[MergedRange, ...] | None]]:
    def read(path: Path) -> tuple[list[Row], tuple[MergedRange, ...] | None]:
        with open_workbook(path) as book:
            for sheet in itertools.islice(book.sheets(), 1):
                return list(sheet.rows), sheet.merged
        return [], None

    return read
