"""A workbook full of data of persons through the browser: pages never show it, and nothing of it stays."""

from __future__ import annotations

from typing import Any

import pytest

from etl.files.storage import instance_of
from models.base.database import make_engine
from models.config.settings import ROOT, Settings
from tests.dashboard.imports.conftest import text_of
from tests.etl.loading.personal_book import found_in_database, found_in_files, leaks, personal_book

CASES = ROOT / "tests" / "files" / "cases"


def _found(settings: Settings) -> list[str]:
    engine = make_engine(settings.database_url)
    folder = instance_of(engine)
    found = [*found_in_database(engine), *found_in_files(folder, folder / "work.sqlite3")]
    engine.dispose()
    return found


def test_the_pages_show_nothing_of_a_person_and_loading_removes_the_file(browser: Any, settings: Settings) -> None:
    address = browser.preview(personal_book(), "register", "gia-lai", 2023)
    shown = browser.read(address)
    assert leaks(shown) == []
    assert "Tệp chỉ nằm trên máy chủ lúc chờ: nạp xong hoặc bỏ thì xóa." in shown
    action = f"{address.split('?')[0]}/nap"
    answer = browser.send(address, action, nguoi_ghi="Người Thử", de_ngoai="1")
    assert answer.status_code == 303
    assert _found(settings) == []
    for page in ("/htx", "/xuat/so-dang-ky.csv", "/doi-soat?muc=luot-nap", "/nhap-lieu/tra-loi", "/nhat-ky"):
        assert leaks(browser.client.get(page).get_data(as_text=True)) == [], page


@pytest.mark.parametrize("is_refused", [False, True])
def test_giving_up_removes_the_file(browser: Any, settings: Settings, is_refused: bool) -> None:
    address = browser.preview(personal_book(is_refused=is_refused), "register", "gia-lai", 2023)
    assert leaks(browser.read(address)) == [] and len(_found(settings)) == 1
    browser.send(address, f"{address.split('?')[0]}/huy")
    assert _found(settings) == []


def test_a_list_of_members_is_refused_with_a_sentence_and_nothing_is_kept(browser: Any, settings: Settings) -> None:
    answer = browser.upload((CASES / "W02.xlsx").read_bytes(), "register", "gia-lai", 2024)
    said = text_of(answer)
    assert "Đây là danh sách cá nhân" in said and "không đọc, không giữ" in said
    assert "/nhap-lieu/" not in answer.get_data(as_text=True).split("Chưa đọc được tệp")[1]
    folder = instance_of(make_engine(settings.database_url))
    assert [path.name for part in ("files", "previews") for path in (folder / part).glob("*")] == []
