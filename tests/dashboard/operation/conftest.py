"""An installation with accounts that asks for two people, and a browser for each person."""

from __future__ import annotations

import io
import re
import shutil
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from html import unescape
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import dash
import pytest
import xlsxwriter
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from dashboard.db.read_session import Repository
from models.accounts.account import AccountSession
from models.accounts.account_reading import account_of
from models.accounts.account_rules import token_hash
from models.accounts.account_writing import add_account, add_grant
from models.accounts.rights import Grant, Role
from models.base.database import make_engine
from models.config.settings import ROOT, Settings

TODAY = date(2026, 11, 21)
HERE, ELSEWHERE = "thanh-hoa", "dong-nai"
PEOPLE: dict[str, tuple[str, tuple[Grant, ...]]] = {
    "an": ("Trần Văn An", (Grant(Role.OFFICER, HERE), Grant(Role.CLOSER, HERE))),
    "binh": ("Lê Thị Bình", (Grant(Role.OFFICER, HERE), Grant(Role.CLOSER, HERE))),
    "cuong": ("Vũ Cường", (Grant(Role.OFFICER, ELSEWHERE), Grant(Role.CLOSER, ELSEWHERE))),
    "dung": ("Đỗ Dũng", (Grant(Role.OFFICER, HERE),)),
    "giang": ("Hồ Giang", (Grant(Role.OFFICER), Grant(Role.CLOSER))),
    "ha": ("Bùi Hà", (Grant(Role.ADMIN),)),
    "khanh": ("Mai Khánh", (Grant(Role.ADMIN, HERE),)),
}
HEADINGS = ("TT", "Tên HTX", "Loại hình", "Lĩnh vực", "Xã, phường", "Tình trạng hoạt động", "Số thành viên", "Xếp loại")
ROWS: tuple[tuple[Any, ...], ...] = (
    ("HTX Lam Sơn", "HTX", "Nông nghiệp", "Xã A", "Đang hoạt động", 20, "Tốt"),
    ("HTX Sông Mã", "HTX", "Nông nghiệp", "Xã A", "Đang hoạt động", 30, "Khá"),
)
VOID = frozenset({"checkbox", "file"})


class _Forms(HTMLParser):
    """The forms of a page by action, with the fields that a browser would send untouched."""

    def __init__(self) -> None:
        super().__init__()
        self.forms: dict[str, dict[str, str]] = {}
        self.fields: dict[str, str] = {}
        self.select = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        said = {name: value or "" for name, value in attrs}
        if tag == "form":
            self.fields = self.forms.setdefault(said.get("action", ""), {})
        elif (tag == "input" and said.get("type") not in VOID) or (tag == "button" and "name" in said):
            self.fields[said.get("name", "")] = said.get("value", "")
        elif tag == "select":
            self.select = said.get("name", "")
        elif tag == "option" and (self.select not in self.fields or "selected" in said):
            self.fields[self.select] = said.get("value", "")


@dataclass
class Browser:
    """A browser without scripts in which somebody has signed in."""

    client: FlaskClient

    def get(self, address: str) -> Any:
        return self.client.get(address)

    def read(self, address: str, status: int = 200) -> str:
        answer = self.client.get(address)
        assert answer.status_code == status, (address, answer.status_code, text_of(answer))
        return text_of(answer)

    def forms(self, address: str) -> dict[str, dict[str, str]]:
        reader = _Forms()
        reader.feed(self.client.get(address).get_data(as_text=True))
        return reader.forms

    def send(self, page: str, action: str, **fields: Any) -> Any:
        """Fill in the form of a page and send it."""
        form = self.forms(page)
        assert action in form, (action, list(form), self.read(page))
        named = {name.replace("_", "-"): value for name, value in fields.items()}
        return self.client.post(action, data={**form[action], **named}, content_type="multipart/form-data")

    def preview(self, content: bytes, place: str = HERE, year: int = 2023) -> str:
        """Send a register and give the address of its preview."""
        answer = self.send("/nhap-lieu", "/nhap-lieu", tep=(io.BytesIO(content), "so.xlsx"), loai="register",
                           dia_ban=place, nam_so=str(year))  # fmt: skip
        return link_in(answer, "/nhap-lieu/")

    def propose_file(self, content: bytes) -> str:
        """Send a register, look at the preview, send it to the second person; gives the proposal's address."""
        address = self.preview(content)
        answer = self.send(address, f"{address.split('?')[0]}/nap")
        assert answer.status_code == 303, text_of(answer)
        return str(answer.headers["Location"])

    def look(self, proposal: str) -> str:
        """Open a waiting file and give the address of the preview on today's data."""
        return link_in(self.client.get(proposal), f"{proposal.split('?')[0]}/")


def text_of(answer: Any) -> str:
    """What a reader sees."""
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", answer.get_data(as_text=True))).split())


def link_in(answer: Any, start: str) -> str:
    """The first link of a page that starts so."""
    found = re.search(rf'href="({re.escape(start)}[^"]+)"', answer.get_data(as_text=True))
    assert found, text_of(answer)
    return unescape(found[1])


@pytest.fixture(scope="session")
def template(reviewed_file: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database with the reviewed data and the accounts, to be copied."""
    path = Path(shutil.copy(reviewed_file, tmp_path_factory.mktemp("trail") / "facts.sqlite3"))
    engine = make_engine(f"sqlite:///{path}")
    with Session(engine) as session:
        for username, (name, grants) in PEOPLE.items():
            account = add_account(session, username, name)
            session.flush()
            for grant in grants:
                add_grant(session, account, grant, "test")
            session.add(session_row(account.id or 0, username))
        session.commit()
    engine.dispose()
    return path


def session_row(account_id: int, token: str) -> AccountSession:
    """A session that lives all through the test; its token is given."""
    now = datetime.now(UTC)
    return AccountSession(
        account_id=account_id, token_hash=token_hash(token), created_at=now, seen_at=now,
        expires_at=now + timedelta(hours=8), has_second_step=True,
    )  # fmt: skip


@pytest.fixture
def settings(template: Path, tmp_path: Path) -> Settings:
    """An installation of its own that asks for two people."""
    path = tmp_path / "office.sqlite3"
    shutil.copy(template, path)
    return Settings(
        database_url=f"sqlite:///{path}", data_dir=ROOT / "data", operator_name="", today=TODAY, two_steps=True
    )


@pytest.fixture
def open_for(
    application: dash.Dash, monkeypatch: pytest.MonkeyPatch, settings: Settings
) -> Callable[..., Callable[[str], Browser]]:
    """How a test opens the installation, with other settings where it asks for them; gives a browser by user name."""

    def use(**changes: Any) -> Callable[[str], Browser]:
        chosen = replace(settings, **changes)
        monkeypatch.setitem(application.server.extensions, "repository", Repository(chosen))
        monkeypatch.setenv("DATABASE_URL", chosen.database_url)
        monkeypatch.setenv("AS_OF", TODAY.isoformat())

        def browser(username: str, token: str = "") -> Browser:
            client = application.server.test_client()
            if username:
                client.set_cookie("phien-lam-viec", token or username)
            return Browser(client)

        return browser

    return use


@pytest.fixture
def as_person(open_for: Callable[..., Callable[[str], Browser]]) -> Callable[[str], Browser]:
    """A browser by user name, on the installation that asks for two people."""
    return open_for()


@pytest.fixture
def second_session(settings: Settings) -> Callable[[str], str]:
    """Sign somebody in once more, in another browser; gives the token."""

    def sign_in(username: str) -> str:
        engine = make_engine(settings.database_url)
        with Session(engine) as session:
            account = account_of(session, username)
            assert account is not None
            session.add(session_row(account.id or 0, f"{username}-again"))
            session.commit()
        engine.dispose()
        return f"{username}-again"

    return sign_in


@pytest.fixture
def workbook() -> bytes:
    """A list as communes send it."""
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as book:
        sheet = book.add_worksheet("HTX")
        sheet.write(0, 0, "DANH SÁCH HỢP TÁC XÃ ĐẾN 31/12/2023")
        sheet.write_row(2, 0, HEADINGS)
        for index, row in enumerate(ROWS, start=1):
            sheet.write_row(2 + index, 0, [index, *row])
    return out.getvalue()


@pytest.fixture
def people() -> dict[str, tuple[str, tuple[Grant, ...]]]:
    """The people by user name: name and grants."""
    return PEOPLE


@pytest.fixture(name="session_row")
def session_row_fixture() -> Callable[[int, str], AccountSession]:
    """How a test lets somebody be signed in."""
    return session_row
