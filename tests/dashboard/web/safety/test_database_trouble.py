"""A database that is away, busy, full or only to be read: what pages, forms, lists, callbacks and `/health` say."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from contextvars import copy_context
from html import unescape
from pathlib import Path
from time import monotonic
from typing import Any

import dash
import pytest
from flask.testing import FlaskClient
from sqlalchemy import event
from sqlalchemy.exc import DBAPIError, OperationalError, ProgrammingError
from sqlalchemy.exc import TimeoutError as PoolTimeoutError

from dashboard.access.access import SESSION_COOKIE
from dashboard.accounts.parts.blocks import account_answer
from dashboard.db import read_session as snapshot
from dashboard.db.failures import RightsUnknownError, Trouble, trouble_of
from dashboard.db.read_session import Repository
from dashboard.ui import html
from dashboard.web.error_links import SAID, UNSURE
from dashboard.web.rules import ENDPOINTS, OPEN
from dashboard.worker.incoming import PATIENCE_SECONDS, came_in_at
from models.base.database_words import AWAY, BUSY, FULL, NO_FOLDER, READ_ONLY, TEMPORARY, TEMPORARY_FULL, UNOPENED
from models.config.settings import ROOT, Settings
from tests.dashboard.web.safety.conftest import TODAY

NOBODY_LISTENS = "postgresql+psycopg://nobody:nothing@127.0.0.1:1/none?connect_timeout=2"
TYPED = "Một kiến nghị dài do người viết gõ tay"
PETITION = {
    "ma-bieu-mau": "x",
    "nguoi-ghi": "Trần Thị Thử",
    "dia-ban": "gia-lai",
    "loai": "organisation",
    "nguoi-neu": "HTX Thử",
    "ngay": "2026-11-20",
    "linh-vuc": "vốn",
    "noi-dung": TYPED,
}
HOLES = {"kind": "kien-nghi", "name": "gaps", "extension": "json"}
Make = Callable[..., FlaskClient]


@pytest.fixture
def make(application: dash.Dash, monkeypatch: pytest.MonkeyPatch) -> Iterator[Make]:
    """A browser before an application with a database in trouble; a cookie stands for an officer's session."""
    doors: list[Repository] = []

    def client(
        url: str, *, prepare: Callable[[Repository], None] = lambda _door: None, session: str = "", **more: Any
    ) -> Any:
        key = "k7Vq2mXw9RzT4bNc8LpD3sHf6GjY1uEa"  # none is made beside a database that is no file
        door = Repository(Settings(url, ROOT / "data", "", TODAY, secret_key=key, **more))
        prepare(door)
        doors.append(door)
        monkeypatch.setitem(application.server.extensions, "repository", door)
        browser = application.server.test_client()
        browser.set_cookie("bieu-mau", "x")
        if session:
            browser.set_cookie(SESSION_COOKIE, session)
        return browser

    yield client
    for door in doors:
        door.engine.dispose()


@pytest.fixture
def writer(make: Make, database: Path) -> Callable[..., FlaskClient]:
    """Who may write on this machine, on the sample database."""
    return lambda **more: make(f"sqlite:///{database}", allow_writes=True, **more)


def test_an_officer_hears_that_rights_cannot_be_looked_up_whatever_is_asked(make: Make, application: dash.Dash) -> None:
    browser = make(NOBODY_LISTENS, session="some-token")
    adapter, asked = application.server.url_map.bind("localhost"), 0
    for rule in application.server.url_map.iter_rules():
        known = ENDPOINTS.get(rule.endpoint)
        if known is None or known is OPEN:
            continue
        holes = {name: HOLES.get(name, "1") for name in rule.arguments}
        method, sent = ("POST", PETITION) if known.is_change else ("GET", None)
        address = adapter.build(rule.endpoint, holes, method=method)
        answer = browser.open(address, method=method, data=sent)
        assert answer.status_code == 503, (address, answer.status_code, answer.get_data(as_text=True)[:500])
        assert answer.headers["Retry-After"] == "30"
        said = answer.json["error"] if answer.is_json else unescape(answer.get_data(as_text=True))
        assert "Mất kết nối với cơ sở dữ liệu" in said and "Không có quyền" not in said
        asked += 1
    assert asked > 60


@pytest.mark.parametrize("session", ["", "some-token"])
@pytest.mark.parametrize(
    "path", ["/", "/htx", "/nhiem-vu", "/tinh/gia-lai", "/api/v1/gaps.csv", "/nhap-lieu", "/dang-nhap"]
)
def test_no_page_takes_a_database_that_is_away_for_a_missing_right(make: Make, path: str, session: str) -> None:
    answer = make(NOBODY_LISTENS, session=session).get(path)
    assert answer.status_code == 503, answer.get_data(as_text=True)[:500]


@pytest.mark.parametrize(
    "path", ["/xuat/so-dang-ky.csv", "/xuat/so-dang-ky.xlsx", "/xuat/can-xu-ly.csv", "/api/v1/gaps.csv", "/htx", "/hop"]
)
def test_lists_say_that_the_database_is_away_as_every_page_does(make: Make, path: str) -> None:
    answer = make(NOBODY_LISTENS).get(path)
    said = answer.json["error"] if answer.is_json else unescape(answer.get_data(as_text=True))
    assert (answer.status_code, answer.headers["Retry-After"]) == (503, "30")
    assert "Mất kết nối với cơ sở dữ liệu" in said


def test_signing_in_says_what_is_wrong_with_the_database(make: Make, database: Path) -> None:
    sent = {"ma-bieu-mau": "x", "ten": "can.bo", "mat-khau": "một câu dài dễ nhớ"}
    for url, says, again in (
        (f"sqlite:///file:{database}?mode=ro&uri=true", "đang chỉ cho đọc", None),
        (NOBODY_LISTENS, "Mất kết nối với cơ sở dữ liệu", "30"),
    ):
        answer = make(url).post("/dang-nhap", data=sent)
        page = unescape(answer.get_data(as_text=True))
        assert answer.status_code == 503 and says in page and "đang bận hoặc" not in page
        assert answer.headers.get("Retry-After") == again


def test_the_own_account_says_what_is_wrong_with_the_database(
    writer: Callable[..., FlaskClient], monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail() -> None:
        raise _of_driver("database or disk is full")

    monkeypatch.setattr("dashboard.accounts.parts.blocks.read_names", fail)
    with writer().application.test_request_context("/quan-tri/tai-khoan"):
        answer = account_answer("Tài khoản", lambda _view, _names: html.P("x"))
    assert answer.status_code == 507 and "đã đầy" in unescape(answer.get_data(as_text=True))


def test_a_callback_says_that_the_database_is_away(make: Make) -> None:
    browser = make(NOBODY_LISTENS, session="some-token")
    asked = {"pathname": "/", "search": ""}
    body = {
        "output": ".._pages_content.children..._pages_store.data..",
        "outputs": [{"id": "_pages_content", "property": "children"}, {"id": "_pages_store", "property": "data"}],
        "inputs": [{"id": "_pages_location", "property": name, "value": value} for name, value in asked.items()],
        "changedPropIds": ["_pages_location.pathname"],
    }
    answer = browser.post("/_dash-update-component", json=body)
    assert answer.status_code == 503
    assert "Mất kết nối" in answer.json["error"]


def test_a_form_sent_while_the_database_is_away_keeps_its_words(make: Make) -> None:
    answer = make(NOBODY_LISTENS, allow_writes=True).post("/kien-nghi/ghi", data=PETITION)
    page = answer.get_data(as_text=True)
    assert answer.status_code == 503
    assert TYPED in page and UNSURE in page  # the connection may have been lost after the commit
    assert SAID not in page


def test_health_says_that_the_database_is_away(make: Make) -> None:
    answer = make(NOBODY_LISTENS).get("/health")
    assert (answer.status_code, answer.json["status"]) == (503, "down")


def test_who_waits_too_long_for_another_writer_keeps_the_words_and_hears_when_again(
    writer: Callable[..., FlaskClient], database: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(snapshot, "WRITER_WAIT_MS", 50)
    browser = writer()
    with closing(sqlite3.connect(database)) as other:
        other.execute("BEGIN IMMEDIATE")
        answer = browser.post("/kien-nghi/ghi", data=PETITION)
        assert browser.get("/").status_code == 200  # who reads is not held up
    assert (answer.status_code, answer.headers["Retry-After"]) == (503, "5")
    page = unescape(answer.get_data(as_text=True))
    assert TYPED in page and "Đang có lượt ghi khác" in page and SAID in page
    assert browser.post("/kien-nghi/ghi", data=PETITION).status_code == 303


def test_who_waited_too_long_for_a_thread_keeps_the_words_and_hears_when_again(
    writer: Callable[..., FlaskClient],
) -> None:
    def sent() -> Any:
        came_in_at(monotonic() - PATIENCE_SECONDS)
        return writer().post("/kien-nghi/ghi", data=PETITION)

    answer = copy_context().run(sent)
    assert (answer.status_code, answer.headers["Retry-After"]) == (503, "5")
    assert TYPED in answer.get_data(as_text=True)


def test_a_full_disk_is_called_full(writer: Callable[..., FlaskClient]) -> None:
    def fill(door: Repository) -> None:
        @event.listens_for(door.engine, "connect")
        def bound(connection: sqlite3.Connection, _record: object) -> None:
            connection.execute("PRAGMA max_page_count = 1")  # as large as it is, and no page more

    browser = writer(prepare=fill)
    sent = (browser.post("/kien-nghi/ghi", data=PETITION | {"noi-dung": TYPED + " nữa" * 300}) for _ in range(200))
    answer = next(answer for answer in sent if answer.status_code != 303)
    page = unescape(answer.get_data(as_text=True))
    assert answer.status_code == 507, page[:500]
    assert "Ổ đĩa của cơ sở dữ liệu đã đầy" in page and TYPED in page
    assert "Retry-After" not in answer.headers
    assert browser.get("/").status_code == 200


def test_a_database_that_may_only_be_read_says_so_and_is_read_on(make: Make, database: Path) -> None:
    browser = make(f"sqlite:///file:{database}?mode=ro&uri=true", allow_writes=True)
    answer = browser.post("/kien-nghi/ghi", data=PETITION)
    page = unescape(answer.get_data(as_text=True))
    assert answer.status_code == 503
    assert "chỉ cho đọc" in page and "người quản trị" in page and TYPED in page
    assert "Mất kết nối" not in page and "Retry-After" not in answer.headers
    assert browser.get("/").status_code == 200


def test_a_file_that_cannot_be_opened_is_no_lost_connection(make: Make, tmp_path: Path) -> None:
    folder = tmp_path / "a-folder.sqlite3"
    folder.mkdir()
    answer = make(f"sqlite:///{folder}").get("/")
    page = unescape(answer.get_data(as_text=True))
    assert answer.status_code == 503
    assert "Không mở được tệp cơ sở dữ liệu" in page


@pytest.mark.parametrize(
    ("error", "status", "says"), [(28, 507, "đã đầy"), (122, 507, "đã hết"), (30, 503, "chỉ cho đọc")]
)
def test_a_disk_that_takes_nothing_is_told_with_what_it_lacks(
    writer: Callable[..., FlaskClient], monkeypatch: pytest.MonkeyPatch, error: int, status: int, says: str
) -> None:
    def fail(*_given: object, **_named: object) -> None:
        raise OSError(error, "the disk")

    monkeypatch.setattr("dashboard.tasks.pages.answers.add_petition", fail)
    answer = writer().post("/kien-nghi/ghi", data=PETITION)
    page = unescape(answer.get_data(as_text=True))
    assert answer.status_code == status
    assert says in page and TYPED in page


def test_a_full_temporary_folder_is_not_taken_for_the_database(
    writer: Callable[..., FlaskClient], monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_given: object, **_named: object) -> None:
        raise FileNotFoundError(2, f"{NO_FOLDER} found in ['/tmp']")

    monkeypatch.setattr("dashboard.tasks.pages.answers.add_petition", fail)
    answer = writer().post("/kien-nghi/ghi", data=PETITION)
    assert answer.status_code == 507 and "thư mục tạm" in unescape(answer.get_data(as_text=True))


def _of_driver(said: str) -> OperationalError:
    return OperationalError("SELECT 1", None, sqlite3.OperationalError(said))


@pytest.mark.parametrize(
    ("error", "trouble"),
    [
        (_of_driver("database is locked"), Trouble(BUSY, again_after=5)),
        (_of_driver("database or disk is full"), Trouble(FULL, 507)),
        (_of_driver(f"{TEMPORARY}database or disk is full"), Trouble(TEMPORARY_FULL, 507)),
        (_of_driver("attempt to write a readonly database"), Trouble(READ_ONLY)),
        (_of_driver("unable to open database file"), Trouble(UNOPENED)),
        (_of_driver("server closed the connection unexpectedly"), Trouble(AWAY, again_after=30)),
        (_of_driver("no such table: account"), Trouble()),
        (PoolTimeoutError("no connection is free"), Trouble(BUSY, again_after=5)),
        (ProgrammingError("SELECT 1", None, sqlite3.ProgrammingError("our mistake")), None),
        (ValueError("our mistake"), None),
    ],
)
def test_trouble_of_the_database_is_told_from_mistakes_of_ours(error: Exception, trouble: Trouble | None) -> None:
    assert trouble_of(error) == trouble
    rights = RightsUnknownError()
    rights.__cause__ = error if isinstance(error, DBAPIError) else None
    assert trouble_of(rights) is not None
