"""The workbook carries the register of the place: counted, by name, without persons, invented rows marked."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
from openpyxl import load_workbook

from dashboard.db.snapshot_values import Snapshot
from dashboard.register.data.register_rows import LIST_HEADER
from dashboard.register.values import Cube, GroupCount
from dashboard.reports import excel
from dashboard.reports.excel_sheets import LIST_SHEET, SUMMARY_SHEET, RegisterList
from dashboard.reports.values import PaperContent
from models.targets.reading import thresholds_of

TODAY = date(2026, 11, 21)


def group(kind: str, state: str, *, is_demo: bool = False) -> GroupCount:
    return GroupCount("thanh-hoa", kind, "agri", state, "none", "none", is_demo)


def row(name: str, **more: Any) -> list[Any]:
    values = {"Tên": name, "Loại hình": "Hợp tác xã", "Địa bàn": "Thanh Hóa", "Mã số": "0100000001"} | more
    return [values.get(head) for head in LIST_HEADER]


@pytest.fixture
def sheets(papers: list[PaperContent], snapshot: Snapshot) -> Any:
    """The sheets of a workbook with this register, by name, and its raw parts."""

    def make(register: RegisterList) -> tuple[dict[str, list[list[Any]]], str]:
        (paper,) = [item for item in papers if item.place.slug == "thanh-hoa"]
        content = excel.workbook([paper], thresholds_of(snapshot.thresholds), TODAY, register)
        book = load_workbook(io.BytesIO(content))
        with zipfile.ZipFile(io.BytesIO(content)) as parts:
            xml = "".join(parts.read(name).decode() for name in parts.namelist() if "worksheets/sheet" in name)
        return {sheet.title: [list(line) for line in lines(sheet)] for sheet in book.worksheets}, xml

    return make


def lines(sheet: Any) -> Iterator[tuple[Any, ...]]:
    yield from sheet.iter_rows(values_only=True)


def test_the_register_is_counted_by_kind_and_state_and_listed_by_name(sheets) -> None:
    cube = Cube((group("htx", "active"), group("htx", "stopped"), group("tht", "active")), (3, 1, 2))
    rows = (row("HTX Một", **{"Số thành viên": 20, "Ngày thành lập": date(2019, 4, 4)}), row("HTX Hai"))
    found, _ = sheets(RegisterList(TODAY, cube, 6, rows))
    assert "Sổ đăng ký như hệ thống có ngày 21/11/2026" in found[SUMMARY_SHEET][0][0]
    counted = {line[0]: line[1:] for line in found[SUMMARY_SHEET][2:]}
    assert counted["Loại hình"][-1] == "Tổng số" and counted["Hợp tác xã"][:3] == [3, 1, 4]
    named = [line for line in found[LIST_SHEET] if "HTX Một" in line]
    assert named and 20 in named[0] and "0100000001" in named[0]
    assert not any("giám đốc" in str(head).lower() or "đại diện" in str(head).lower() for head in LIST_HEADER)


def test_an_empty_register_is_said_and_not_shown_as_zeros(sheets) -> None:
    found, _ = sheets(RegisterList(TODAY, Cube(), 0, ()))
    assert "chưa có tổ chức nào" in str(found[SUMMARY_SHEET][2][0]) and LIST_SHEET not in found
    assert not any(isinstance(value, int) for line in found[SUMMARY_SHEET] for value in line)


def test_invented_rows_say_so_first(sheets) -> None:
    cube = Cube((group("htx", "active", is_demo=True),), (1,))
    found, _ = sheets(RegisterList(TODAY, cube, 1, (row("HTX thử", **{"Mô phỏng": "mô phỏng"}),)))
    for name in (SUMMARY_SHEET, LIST_SHEET):
        assert str(found[name][0][0]).startswith("MÔ PHỎNG")


def test_no_name_of_an_organisation_runs_as_a_formula(sheets) -> None:
    found, xml = sheets(RegisterList(TODAY, Cube((group("htx", "active"),), (1,)), 1, (row('=HYPERLINK("x")'),)))
    assert "HYPERLINK" not in xml and any('=HYPERLINK("x")' in map(str, line) for line in found[LIST_SHEET])
