"""A reading under way from the browser: its button, who may stop it, and what one more than may be is told."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest

from dashboard.db import import_file as imports
from etl.files.storage import checksum_of, instance_of
from etl.loading.import_file import ImportService
from models.base.database import make_engine
from models.config.settings import Settings

PLACE = "thanh-hoa"
STOP = re.compile(r'action="(/nhap-lieu/dang-doc/[^"]+/dung)"')


def kept(settings: Settings) -> list[str]:
    folder = instance_of(make_engine(settings.database_url))
    return [path.name for sub in ("files", "previews") for path in (folder / sub).glob("*")]


@pytest.fixture
def the_door(browser: Any, settings: Settings, monkeypatch: pytest.MonkeyPatch) -> ImportService:
    """The import door of the application under test, which lets one import in at a time."""
    monkeypatch.setenv("IMPORTS_AT_ONCE", "1")
    door = ImportService(make_engine(settings.database_url), settings.data_dir)
    monkeypatch.setattr(imports, "ImportService", lambda *_args, **_more: door)
    browser.client.application.extensions.pop("import_door", None)
    return door


def test_the_page_of_a_reading_has_a_button_that_stops_it(
    browser: Any, the_door: ImportService, make_workbook: Callable[..., bytes], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The reading itself is stood in for: it goes on until it is stopped from the page, as a long one would."""

    stopped: list[bool] = []

    def read(*_args: Any, running: Any, **_more: Any) -> None:
        other_window = type(browser)(browser.client.application.test_client())
        listed = other_window.client.get("/nhap-lieu").get_data(as_text=True)
        address = STOP.search(listed)
        if address and "so.xlsx" in listed:
            other_window.send("/nhap-lieu", address[1])
        stopped.append(running.is_stopped())
        raise imports.ImportRefusedError("Đã dừng đọc tệp theo yêu cầu; chưa ghi gì.")

    monkeypatch.setattr(the_door, "prepare", read)
    page = browser.upload(make_workbook(), "register", PLACE, 2023).get_data(as_text=True)
    assert STOP.search(page) and "Dừng đọc tệp" in page
    assert "Đã dừng đọc tệp theo yêu cầu; chưa ghi gì." in page
    assert stopped == [True] and the_door.under_way() == []
    assert "Đang đọc" not in browser.read("/nhap-lieu")
    assert "Đã dừng đọc tệp; chưa ghi gì" in browser.read("/nhap-lieu?da-dung=1")


def test_one_more_file_than_may_be_read_is_told_when_to_come_back_and_is_not_kept(
    browser: Any, settings: Settings, the_door: ImportService, make_workbook: Callable[..., bytes]
) -> None:
    with the_door.begin("a" * 64, "khác.xlsx", 7, kept=""):
        answer = browser.upload(make_workbook(), "register", PLACE, 2023)
    assert (answer.status_code, answer.headers["Retry-After"]) == (503, "30")
    assert "Đang có 1 tệp được đọc hoặc nạp" in answer.get_data(as_text=True)
    assert "chưa được giữ lại" in answer.get_data(as_text=True)
    assert kept(settings) == []


def test_a_load_that_finds_no_place_keeps_file_and_preview(
    browser: Any, settings: Settings, the_door: ImportService, make_workbook: Callable[..., bytes]
) -> None:
    content = make_workbook()
    address = browser.preview(content, "register", PLACE, 2023)
    with the_door.begin("a" * 64, "khác.xlsx", 7, kept=""):
        answer = browser.send(address, f"{address.split('?')[0]}/nap", nguoi_ghi="Nguyễn Thị Thử")
        assert answer.status_code == 503 and "vẫn còn; chưa ghi gì" in answer.get_data(as_text=True)
    assert checksum_of(content) in kept(settings)
    assert browser.send(address, f"{address.split('?')[0]}/nap", nguoi_ghi="Nguyễn Thị Thử").status_code == 303


def test_somebody_elses_reading_is_neither_shown_nor_stopped(browser: Any, the_door: ImportService) -> None:
    with the_door.begin("a" * 64, "khác.xlsx", 7, kept="") as other:
        assert "khác.xlsx" not in browser.read("/nhap-lieu")
        said = browser.forms("/nhap-lieu")["/nhap-lieu"].fields
        for token in (other.token, "khong-co"):
            assert browser.client.post(f"/nhap-lieu/dang-doc/{token}/dung", data=said).status_code == 403
        assert not other.is_stopped()


def test_giving_up_and_refusals_leave_nothing_on_the_disk(
    browser: Any, settings: Settings, make_workbook: Callable[..., bytes]
) -> None:
    address = browser.preview(make_workbook(), "register", PLACE, 2023)
    assert len(kept(settings)) == 2
    browser.send(address, f"{address.split('?')[0]}/huy")
    assert kept(settings) == []
    assert "chậm nhất sau 48 giờ" in browser.read("/nhap-lieu")
