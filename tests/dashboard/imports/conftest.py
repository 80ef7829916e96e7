"""One application on a database of its own for each test, a browser without scripts, and workbooks to load."""

from __future__ import annotations

import io
import re
import shutil
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import date
from html import unescape
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import dash
import pytest
import xlsxwriter
from flask.testing import FlaskClient

from dashboard.db.read_session import Repository
from models.config.settings import ROOT, Settings

TODAY = date(2026, 11, 21)
OFFICER = "Nguyễn Thị Thử"
HEADINGS = ("TT", "Tên HTX", "Loại hình", "Lĩnh vực", "Xã, phường", "Tình trạng hoạt động", "Số thành viên", "Xếp loại")
ROWS: tuple[tuple[Any, ...], ...] = (
    ("HTX Lam Sơn", "HTX", "Nông nghiệp", "Xã A", "Đang hoạt động", 20, "Tốt"),
    ("HTX Sông Mã", "HTX", "Nông nghiệp", "Xã A", "Đang hoạt động", 30, "Khá"),
    ("HTX Hàm Rồng", "HTX", "Vận tải", "Xã B", "Ngừng hoạt động", None, "Không xếp loại"),
    ("HTX Đông Sơn", "HTX", "Xây dựng", "Xã B", "Đang hoạt động", 50, "Yếu"),
)


@dataclass
class Form:
    """A form of a page with what it would send."""

    action: str
    fields: dict[str, str] = field(default_factory=dict)


class _Reader(HTMLParser):
    """Finds the forms of a page with their fields, as a browser would send them untouched."""

    def __init__(self) -> None:
        super().__init__()
        self.forms: list[Form] = []
        self.select = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        said = dict(attrs)
        if tag == "form":
            self.forms.append(Form(said.get("action") or ""))
        elif tag == "input" and said.get("type") not in ("checkbox", "file"):
            self.forms[-1].fields[said.get("name") or ""] = said.get("value") or ""
        elif tag == "select":
            self.select = said.get("name") or ""
        elif tag == "option" and self.select:
            fields, value = self.forms[-1].fields, said.get("value") or ""
            if self.select not in fields or "selected" in said:
                fields[self.select] = value


@dataclass
class Browser:
    """A browser without scripts that sends the forms it was shown."""

    client: FlaskClient

    def read(self, address: str, status: int = 200) -> str:
        """The text of a page, entities resolved."""
        answer = self.client.get(address)
        assert answer.status_code == status, (address, answer.status_code)
        return text_of(answer)

    def forms(self, address: str) -> dict[str, Form]:
        """The forms of a page by action."""
        reader = _Reader()
        reader.feed(self.client.get(address).get_data(as_text=True))
        return {form.action: form for form in reader.forms}

    def send(self, page: str, action: str, headers: dict[str, str] | None = None, **fields: Any) -> Any:
        """Fill in the form of a page and send it; a field set to None is left out."""
        form = self.forms(page)[action]
        names = {name.replace("_", "-"): value for name, value in fields.items()}
        said = {k: v for k, v in {**form.fields, **names}.items() if v is not None}
        return self.client.post(action, data=said, headers=headers, content_type="multipart/form-data")

    def upload(self, content: bytes, kind: str, place: str, year: int, name: str = "so.xlsx") -> Any:
        """Send a file and give the answer, which grows while the file is read."""
        file = (io.BytesIO(content), name)
        return self.send("/nhap-lieu", "/nhap-lieu", tep=file, loai=kind, dia_ban=place, nam_so=str(year))

    def preview(self, content: bytes, kind: str, place: str, year: int, name: str = "so.xlsx") -> str:
        """Send a file and give the address of its preview."""
        answer = self.upload(content, kind, place, year, name)
        found = re.search(r'href="(/nhap-lieu/[^"]+)"', answer.get_data(as_text=True))
        assert found, text_of(answer)
        return unescape(found[1])

    def load(self, content: bytes, kind: str, place: str, year: int, **more: Any) -> Any:
        """Send a file, look at the preview and agree."""
        address = self.preview(content, kind, place, year)
        action = f"{address.split('?')[0]}/nap"
        return self.send(address, action, nguoi_ghi=OFFICER, **more)


def text_of(answer: Any) -> str:
    """What a reader sees of an answer."""
    plain = re.sub(r"<[^>]+>", " ", answer.get_data(as_text=True))
    return " ".join(unescape(plain).split())


def workbook(rows: tuple[tuple[Any, ...], ...] = ROWS, title: str = "DANH SÁCH HỢP TÁC XÃ ĐẾN 31/12/2023") -> bytes:
    """A list as communes send it."""
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as book:
        sheet = book.add_worksheet("HTX")
        sheet.write(0, 0, title)
        sheet.write_row(2, 0, HEADINGS)
        for index, row in enumerate(rows, start=1):
            sheet.write_row(2 + index, 0, [index, *["" if cell is None else cell for cell in row]])
    return out.getvalue()


@pytest.fixture
def settings(reviewed_file: Path, tmp_path: Path) -> Settings:
    """An installation of its own where writing is switched on."""
    path = tmp_path / "work.sqlite3"
    shutil.copy(reviewed_file, path)
    return Settings(
        database_url=f"sqlite:///{path}", data_dir=ROOT / "data", operator_name="", today=TODAY, allow_writes=True
    )


@pytest.fixture
def open_browser(application: dash.Dash, monkeypatch: pytest.MonkeyPatch, settings: Settings) -> Callable[..., Browser]:
    """A browser on the installation, with other settings where a test asks for them."""

    def use(**changes: Any) -> Browser:
        chosen = replace(settings, **changes)
        monkeypatch.setitem(application.server.extensions, "repository", Repository(chosen))
        monkeypatch.setenv("DATABASE_URL", chosen.database_url)
        monkeypatch.setenv("AS_OF", TODAY.isoformat())
        return Browser(application.server.test_client())

    return use


@pytest.fixture
def browser(open_browser: Callable[..., Browser]) -> Browser:
    """A browser on an installation where writing is switched on."""
    return open_browser()


@pytest.fixture
def make_workbook() -> Callable[..., bytes]:
    """How a test makes a list."""
    return workbook
