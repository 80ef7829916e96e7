"""Workbooks to fill in: one for each kind of file, holding what is known, without persons, that load back."""

from __future__ import annotations

import io
from collections.abc import Callable
from typing import Any

import pytest
import python_calamine

from dashboard.db.import_file import KIND_NAMES
from dashboard.imports.pages.templates import HOLDS
from etl.loading.recipe import KINDS

PLACE = "thanh-hoa"


def rows_of(browser: Any, address: str) -> list[list[Any]]:
    answer = browser.client.get(address)
    assert answer.status_code == 200, address
    assert answer.headers["Content-Disposition"].startswith("attachment;")
    return python_calamine.load_workbook(io.BytesIO(answer.data)).get_sheet_by_index(0).to_python()


def test_every_kind_of_file_has_a_name_a_line_and_a_template(browser: Any) -> None:
    assert list(KIND_NAMES) == list(KINDS) and set(HOLDS) == set(KINDS)
    page = browser.client.get("/nhap-lieu").get_data(as_text=True)
    for kind in KINDS:
        assert f'href="/nhap-lieu/mau/{kind}.xlsx"' in page
        assert len(rows_of(browser, f"/nhap-lieu/mau/{kind}.xlsx")[0]) > 2


def test_a_chosen_place_is_kept_by_the_links_and_narrows_the_template(browser: Any) -> None:
    page = browser.client.get(f"/nhap-lieu?dia-ban={PLACE}").get_data(as_text=True)
    assert f'href="/nhap-lieu/mau/task_updates.xlsx?dia-ban={PLACE}"' in page
    every = rows_of(browser, "/nhap-lieu/mau/task_updates.xlsx")[1:]
    of_place = rows_of(browser, f"/nhap-lieu/mau/task_updates.xlsx?dia-ban={PLACE}")[1:]
    assert 0 < len(of_place) < len(every)
    assert {row[0].split("/")[0] for row in of_place} == {"thanh-hoa-922-2023"}


@pytest.mark.parametrize("address", ["mau/virus.xlsx", "mau/register.xlsx?dia-ban=khong-co", "mau/..%2Fetc.xlsx"])
def test_an_unknown_kind_or_place_answers_404(browser: Any, address: str) -> None:
    assert browser.client.get(f"/nhap-lieu/{address}").status_code == 404


def test_the_register_comes_back_in_words_and_loads_back_without_a_change(
    browser: Any, make_workbook: Callable[..., bytes]
) -> None:
    browser.load(make_workbook(), "register", PLACE, 2023)
    address = f"/nhap-lieu/mau/register.xlsx?dia-ban={PLACE}"
    head, *rows = rows_of(browser, address)
    told = [dict(zip(head, row, strict=True)) for row in rows]
    assert {row["Tên HTX"]: row["Tình trạng hoạt động"] for row in told if row["Tên HTX"] == "HTX Hàm Rồng"} == {
        "HTX Hàm Rồng": "Ngừng hoạt động"
    }
    text = browser.read(browser.preview(browser.client.get(address).data, "register", PLACE, 2023))
    assert "Mới 0 Thay đổi 0 Giữ nguyên 4 Để ngoài 0" in text, text[:400]


def test_results_of_tasks_are_filled_in_and_sent_back_through_the_page(browser: Any) -> None:
    import openpyxl

    content = browser.client.get(f"/nhap-lieu/mau/task_updates.xlsx?dia-ban={PLACE}").data
    book = openpyxl.load_workbook(io.BytesIO(content))
    sheet = book.active
    head = {cell.value: cell.column for cell in sheet[1]}
    line = next(row for row in range(2, sheet.max_row + 1) if sheet.cell(row, 1).value == "thanh-hoa-922-2023/III/6")
    for name, value in (
        ("Kết quả", "đang thực hiện"),
        ("Ngày báo cáo", "05/02/2026"),
        ("Tình hình thực hiện", "đang làm"),
    ):
        sheet.cell(line, head[name]).value = value
    out = io.BytesIO()
    book.save(out)
    assert browser.load(out.getvalue(), "task_updates", "", 2026).status_code == 303
    assert "đang làm" in browser.read("/viec/thanh-hoa-922-2023/III/6")
