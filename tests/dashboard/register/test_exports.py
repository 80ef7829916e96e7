"""Lists to take away: the same filters as the screen, no live formulas, marked when invented."""

from __future__ import annotations

import csv
import io
import sqlite3
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from flask.testing import FlaskClient
from python_calamine import CalamineWorkbook
from sqlalchemy import update

from dashboard.ui.list_file import csv_cell, workbook
from models.base.database import make_engine
from models.base.source import Run
from models.register.organization import Organization


def table(client: FlaskClient, address: str) -> list[list[str]]:
    answer = client.get(address)
    assert answer.status_code == 200, address
    text = answer.get_data(as_text=True)
    assert text.startswith("\ufeff")
    return list(csv.reader(io.StringIO(text.removeprefix("\ufeff"))))


def test_the_csv_holds_exactly_the_filtered_list(client: FlaskClient) -> None:
    rows = table(client, "/xuat/so-dang-ky.csv?dia-ban=ninh-thuan&tim=bau+truc")
    assert [row[2] for row in rows] == ["Tên", "Hợp tác xã Bàu Trúc", "HTX Gốm Bàu Trúc Đỏ"]


def test_a_name_that_is_a_formula_is_neutral_in_csv(client: FlaskClient) -> None:
    rows = table(client, "/xuat/so-dang-ky.csv?tim=hyperlink")
    assert rows[1][2].startswith("'=HYPERLINK(")


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@x", "\t=1", "  =1", "\u00a0=1", "＝1", "\r=1"])
def test_text_that_a_spreadsheet_would_run_gets_an_apostrophe(text: str) -> None:
    assert str(csv_cell(text)).startswith("'")


def test_a_name_that_is_a_formula_is_text_in_the_workbook(client: FlaskClient) -> None:
    content = client.get("/xuat/so-dang-ky.xlsx?tim=hyperlink").get_data()
    with zipfile.ZipFile(io.BytesIO(content)) as parts:
        assert b"<f>" not in parts.read("xl/worksheets/sheet1.xml")
    rows = CalamineWorkbook.from_filelike(io.BytesIO(content)).get_sheet_by_index(0).to_python()
    assert str(rows[1][2]).startswith("=HYPERLINK(")


def test_codes_keep_their_leading_zero_in_the_workbook() -> None:
    content = workbook("Danh sách", [], ["Mã số"], [["0100047516"]])
    rows = CalamineWorkbook.from_filelike(io.BytesIO(content)).get_sheet_by_index(0).to_python()
    assert rows == [["Mã số"], ["0100047516"]]


@pytest.mark.parametrize("extension", ["csv", "xlsx"])
@pytest.mark.parametrize("name", ["so-dang-ky", "can-xu-ly", "xep-loai-yeu", "xep-loai-chuyen-loai"])
def test_every_list_comes_as_csv_and_excel(client: FlaskClient, name: str, extension: str) -> None:
    answer = client.get(f"/xuat/{name}.{extension}")
    assert answer.status_code == 200
    assert f'filename="{name}-2026-11-21.{extension}"' in answer.headers["Content-Disposition"]


@pytest.mark.parametrize(
    "address",
    ["so-dang-ky.exe", "so-dang-ky.csv?loai=x", "can-xu-ly.csv?vi=x", "xep-loai-x.csv", "xep-loai-yeu.csv?ky=1999"],
)
def test_a_list_that_does_not_exist_answers_404(client: FlaskClient, address: str) -> None:
    assert client.get(f"/xuat/{address}").status_code == 404


def test_no_person_stands_in_any_list(client: FlaskClient) -> None:
    for row in table(client, "/xuat/so-dang-ky.csv"):
        assert not any("Bí Mật" in cell for cell in row)


def test_invented_rows_are_marked_on_every_page_and_list(
    show: Callable[[str], FlaskClient], small_register: str, tmp_path: Path
) -> None:
    copy = tmp_path / "demo.sqlite3"
    with sqlite3.connect(small_register.removeprefix("sqlite:///")) as source, sqlite3.connect(copy) as target:
        source.backup(target)
    engine = make_engine(f"sqlite:///{copy}")
    with engine.begin() as connection:
        connection.execute(update(Run).values(is_demo=True))
        connection.execute(update(Organization).values(is_demo=True))
    client = show(str(engine.url))
    for address in ("/htx", "/htx/1", "/xep-loai", "/can-xu-ly"):
        assert "Mô phỏng. " in client.get(address).get_data(as_text=True), address
    for name in ("so-dang-ky", "can-xu-ly", "xep-loai-yeu"):
        rows = table(client, f"/xuat/{name}.csv")
        assert rows[0][0].startswith("MÔ PHỎNG.")
        assert rows[2][-1] == "mô phỏng"


def test_real_rows_carry_no_such_mark(client: FlaskClient) -> None:
    assert "Mô phỏng. " not in client.get("/htx").get_data(as_text=True)
