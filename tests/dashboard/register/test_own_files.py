"""The product's own lists come back without a change; what was edited in them is read, what cannot be is refused."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from flask.testing import FlaskClient
from python_calamine import CalamineWorkbook
from sqlalchemy import Engine
from sqlalchemy.orm import Session

from dashboard.operation.pages.trail import HEADER
from dashboard.register import words as shown
from dashboard.register.data.register_rows import COMMUNE_HEADER, LIST_HEADER, NAMED_HEADER, TWO_HEADER, WORK_HEADER
from etl.files.readers import Row
from etl.loading.recipe import ImportRequest, ImportResult, ImportSettings, carry_out
from etl.tables.columns import read_headings, read_words
from etl.tables.findings import Findings
from etl.tables.own_exports import OWN, not_read_back, own_list
from etl.tables.reading.workbook import read_tables
from etl.tables.tables import TableShape
from models.base.database import make_engine
from models.config.settings import ROOT
from models.register.organization import Organization
from tests.dashboard.register.conftest import TODAY

READ_BACK = (LIST_HEADER, WORK_HEADER, NAMED_HEADER, TWO_HEADER)
WORDS = {
    "kind": shown.KIND_WORDS,
    "sector": shown.SECTOR_WORDS,
    "operating_state": shown.OPERATING_WORDS,
    "legal_status": shown.LEGAL_WORDS,
    "rating_class": shown.RATING_WORDS,
}


def load(
    engine: Engine, path: Path, kind: str = "register", place: str = "thanh-hoa", year: int = 2024
) -> ImportResult:
    """What loading a file would do."""
    order = ImportRequest(kind, place, year, "test", path.name, "0" * 64)
    return carry_out(ImportSettings(engine, ROOT / "data", TODAY), order, path, commit=False)


def told(outcome: ImportResult) -> list[str]:
    """Everything that is said of a file."""
    return [str(finding) for finding in outcome.findings]


@pytest.fixture
def bring(client: FlaskClient, tmp_path: Path) -> Callable[[str], Path]:
    """Take a list away and give where it lies."""

    def take(address: str) -> Path:
        answer = client.get(address)
        assert answer.status_code == 200, address
        path = tmp_path / address.split("?")[0].rsplit("/", 1)[1]
        path.write_bytes(answer.get_data())
        return path

    return take


@pytest.mark.parametrize("header", READ_BACK)
def test_every_column_of_a_list_that_is_read_back_is_known(header: tuple[str, ...]) -> None:
    own = own_list([Row(1, ("ghi chú",)), Row(2, header)])
    assert own is not None and set(header) <= set(own.columns)


def test_every_word_of_a_list_is_one_that_loading_knows() -> None:
    words = read_words(ROOT / "data")
    for field, known in WORDS.items():
        for code, word in known.items():
            if code != shown.UNKNOWN and not code.startswith(("trade_", "services")):
                assert words[field].find(word) == code, (field, word)


@pytest.mark.parametrize("extension", ["csv", "xlsx"])
@pytest.mark.parametrize(
    ("name", "kind", "rows"),
    [
        ("so-dang-ky.{}", "register", 7),
        ("can-xu-ly.{}", "register", 3),
        ("xep-loai-yeu.{}?ky=2024", "ratings", 1),
        ("xep-loai-chuyen-loai.{}?ky=2024", "ratings", 2),
    ],
)
@pytest.mark.parametrize("year", [2022, 2024, 2026])
def test_an_own_list_changes_nothing_whichever_year_is_chosen(
    bring: Callable[[str], Path], small_register: str, extension: str, name: str, kind: str, rows: int, year: int
) -> None:
    engine = make_engine(small_register)
    outcome = load(engine, bring(f"/xuat/{name.format(extension)}"), kind, year=year)
    assert not outcome.stops_file and outcome.left_out == 0, told(outcome)
    assert outcome.written.untouched == rows
    assert outcome.written.is_empty and outcome.written.change_count == 0


def test_only_what_was_edited_is_read(bring: Callable[[str], Path], small_register: str) -> None:
    engine, path = make_engine(small_register), bring("/xuat/so-dang-ky.csv")
    rows = list(csv.reader(io.StringIO(path.read_text(encoding="utf-8-sig"))))
    at = {name: rows[0].index(name) for name in rows[0]}
    for row in rows:
        if row[at["Tên"]] == "HTX Gốm Bàu Trúc Đỏ":
            row[at["Tình trạng báo cáo"]], row[at["Từ ngày"]] = "Đã giải thể", "01/10/2024"
            row[at["Số thành viên"]] = "30"
    write(path, rows)
    outcome = load(engine, path, place="ninh-thuan")
    changes = {(change.name, change.field, change.new) for change in outcome.written.changes}
    assert changes == {
        ("HTX Gốm Bàu Trúc Đỏ", "field", "operating_state"),
        ("HTX Gốm Bàu Trúc Đỏ", "state", "Đã giải thể"),
        ("HTX Gốm Bàu Trúc Đỏ", "on", "01/10/2024"),
        ("HTX Gốm Bàu Trúc Đỏ", "member_count", "30"),
    }
    assert (outcome.written.changed, outcome.written.untouched, outcome.left_out) == (1, 6, 0)


def test_a_new_state_beside_the_day_of_the_old_one_stops_its_row(
    bring: Callable[[str], Path], small_register: str
) -> None:
    path = bring("/xuat/so-dang-ky.csv?dia-ban=ninh-thuan")
    path.write_text(path.read_text(encoding="utf-8").replace("Ngừng hoạt động", "Đã giải thể"), encoding="utf-8")
    outcome = load(make_engine(small_register), path, place="ninh-thuan")
    assert {f.rule for f in outcome.findings if f.severity == "stops_row"} == {"state.same_day"}
    assert outcome.left_out == 1


def test_an_edited_row_of_another_place_stops(bring: Callable[[str], Path], small_register: str) -> None:
    path = bring("/xuat/so-dang-ky.csv")
    path.write_text(path.read_text(encoding="utf-8").replace("HTX Gốm Bàu Trúc Đỏ", "HTX Gốm Đỏ"), encoding="utf-8")
    outcome = load(make_engine(small_register), path)
    assert [f.rule for f in outcome.findings if f.severity == "stops_row"] == ["place.other"]


def test_a_row_added_to_an_own_list_is_a_new_organisation(bring: Callable[[str], Path], small_register: str) -> None:
    path = bring("/xuat/so-dang-ky.csv")
    rows = list(csv.reader(io.StringIO(path.read_text(encoding="utf-8-sig"))))
    fresh = {"Tên": "HTX Mẫu Thêm", "Loại hình": "Hợp tác xã", "Địa bàn": "Tỉnh Thanh Hóa", "Số thành viên": "9"}
    write(path, [*rows, [fresh.get(name, "") for name in rows[0]]])
    outcome = load(make_engine(small_register), path)
    assert (outcome.written.new_names, outcome.left_out) == (["HTX Mẫu Thêm"], 0), told(outcome)


def write(path: Path, rows: list[list[str]]) -> None:
    """The rows as a CSV of an office."""
    out = io.StringIO()
    csv.writer(out).writerows(rows)
    path.write_text("\ufeff" + out.getvalue(), encoding="utf-8")


def test_two_lists_held_against_each_other_change_nothing(tmp_path: Path, small_register: str) -> None:
    path = tmp_path / "hai-danh-sach.csv"
    write(path, [[*TWO_HEADER], ["", "HTX Đoàn Kết", "Xã Cũ", "Khác tình trạng", "Đang hoạt động", "Ngừng hoạt động"]])
    engine = make_engine(small_register)
    with Session(engine) as session:
        name = session.get_one(Organization, 3).commune_name
    write(path, [[*TWO_HEADER], ["", "HTX Đoàn Kết", name or "", "Khác tình trạng", "Đang hoạt động", "Đã giải thể"]])
    outcome = load(engine, path)
    assert outcome.written.is_empty and outcome.written.untouched == 1, told(outcome)
    assert any("không nạp các cột hệ thống tự tính So sánh" in text for text in told(outcome))


@pytest.mark.parametrize("header", [COMMUNE_HEADER, HEADER])
def test_a_list_of_what_the_product_works_out_is_refused_with_what_it_is(header: tuple[str, ...]) -> None:
    own = own_list([Row(1, header)])
    assert own is not None and not own.columns and "do chính hệ thống xuất ra" in not_read_back(own).what


@pytest.mark.parametrize("address", ["/nhiem-vu.csv", "/nhiem-vu.xlsx", "/xuat/theo-xa.csv", "/xuat/so-dang-ky.csv"])
def test_a_list_of_another_kind_is_refused_by_name(bring: Callable[[str], Path], address: str) -> None:
    findings = Findings()
    read_tables(bring(address), TableShape(read_headings(ROOT / "data", "tasks"), ()), findings)
    assert [finding.rule for finding in findings.items] == ["file.own_export"]
    assert any(own.name in findings.items[0].what for own in OWN)


@pytest.mark.parametrize("table", ["observations", "tasks", "targets"])
def test_an_open_table_that_comes_back_is_refused(client: FlaskClient, tmp_path: Path, table: str) -> None:
    path = tmp_path / f"{table}.csv"
    path.write_bytes(client.get(f"/api/v1/{table}.csv").get_data())
    findings = Findings()
    read_tables(path, TableShape(read_headings(ROOT / "data", "figures"), ()), findings)
    assert [finding.rule for finding in findings.items] == ["file.own_export"]


@pytest.mark.parametrize("kind", ["register", "year_report", "ratings"])
@pytest.mark.parametrize("year", [2024, 2026])
def test_a_filled_template_changes_nothing_whichever_year_is_chosen(
    small_register: str, tmp_path: Path, kind: str, year: int
) -> None:
    from etl.loading.template import template

    engine, path = make_engine(small_register), tmp_path / "mau.xlsx"
    with Session(engine) as session:
        path.write_bytes(template(kind, ROOT / "data", session, TODAY))
    rows: list[list[Any]] = CalamineWorkbook.from_path(path).get_sheet_by_index(0).to_python()
    outcome = load(engine, path, kind, year=year)
    assert len(rows) == 8 and outcome.written.untouched == 7 and outcome.left_out == 0, told(outcome)
    assert outcome.written.is_empty
