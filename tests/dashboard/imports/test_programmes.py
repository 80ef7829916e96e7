"""The list of programmes: each goes out as the workbook that is loaded again; what is missing is told in two ways."""

from __future__ import annotations

import io
from typing import Any

import openpyxl

from dashboard.imports.pages.programmes import said_of_tasks
from etl.programmes import sheets
from models.targets.programme import Programme

SLUG = "thanh-hoa-922-2023"


def book_of(browser: Any) -> Any:
    """The workbook of a programme as it is handed out."""
    answer = browser.client.get(f"/chuong-trinh/{SLUG}.xlsx")
    assert answer.status_code == 200 and SLUG in answer.headers["Content-Disposition"]
    return openpyxl.load_workbook(io.BytesIO(answer.data))


def test_the_list_hands_out_each_programme_as_a_workbook(browser: Any) -> None:
    page = browser.client.get("/chuong-trinh").get_data(as_text=True)
    assert page.count('.xlsx"') == 6 and f'href="/chuong-trinh/{SLUG}.xlsx"' in page
    assert book_of(browser).sheetnames == [*sheets.SHEETS, sheets.GUIDE, sheets.LISTS]
    assert browser.client.get("/chuong-trinh/khong-co.xlsx").status_code == 404


def test_a_corrected_workbook_is_previewed_loaded_and_shown(browser: Any) -> None:
    book, out = book_of(browser), io.BytesIO()
    book[sheets.DOCUMENT]["B4"] = "Kế hoạch đã sửa tên"
    book.save(out)
    assert browser.load(out.getvalue(), "programme", "", 2023).status_code == 303
    assert "Kế hoạch đã sửa tên" in browser.read("/chuong-trinh")


def test_what_a_document_leaves_out_and_what_nobody_typed_are_two_sentences() -> None:
    whole = Programme(slug="a", is_annex_entered=True, is_body_entered=True)
    begun = Programme(slug="a", is_annex_entered=True, is_body_entered=False)
    assert "văn bản không ghi" in said_of_tasks(whole) and "chưa ai nhập" not in said_of_tasks(whole)
    assert "chưa ai nhập" in said_of_tasks(begun) and "văn bản không ghi" not in said_of_tasks(begun)
