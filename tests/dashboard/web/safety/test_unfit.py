"""What no database keeps, and what no disk takes, is refused with a sentence at every form before it is stored."""

from __future__ import annotations

import errno
import json
import re
from collections.abc import Callable
from io import BytesIO
from typing import Any

import dash
import pytest
from flask.testing import FlaskClient

from dashboard.db.read_session import Repository
from dashboard.web.callbacks import declared_callbacks
from models.base.fitting import UnfitValueError
from models.config.settings import ROOT, Settings
from tests.dashboard.web.safety import forged

PETITION = {"dia-ban": "thanh-hoa", "loai": "organisation", "nguoi-neu": "HTX thử", "ngay": "05/10/2026",
            "linh-vuc": "đất đai", "noi-dung": "Chưa được thuê đất", "nguoi-ghi": "Người Thử"}  # fmt: skip
FIGURE = {"dia-ban": "thanh-hoa", "chi-tieu": "htx_count|unstated", "ngay": "31/12/2025", "loai": "actual",
          "don-vi": "Sở thử", "nguon": "Báo cáo thử", "nguoi-ghi": "Người Thử"}  # fmt: skip


@pytest.fixture(autouse=True)
def nothing_changes(fingerprint: Callable[[], str]) -> Any:
    before = fingerprint()
    yield
    assert fingerprint() == before


def with_token(client: FlaskClient, page: str, fields: dict[str, Any]) -> dict[str, Any]:
    token = re.search(r'name="ma-bieu-mau" value="([^"]+)"', client.get(page).text)
    assert token
    return {"ma-bieu-mau": token[1], **fields}


@pytest.mark.parametrize("name", ["noi-dung", "nguoi-neu", "dia-ban", "ngay", "nguoi-ghi"])
@pytest.mark.parametrize("kind", ["application/x-www-form-urlencoded", "multipart/form-data"])
def test_nul_in_any_field_is_refused(client: FlaskClient, name: str, kind: str) -> None:
    fields = with_token(client, "/kien-nghi/moi", PETITION | {name: f"{PETITION[name]}\0"})
    answer = client.post("/kien-nghi/ghi", data=fields, content_type=kind)
    assert answer.status_code == 400 and "không lưu được" in answer.text and "chưa ghi gì" in answer.text


def test_nul_in_the_name_of_a_field_or_a_file_is_refused(client: FlaskClient) -> None:
    fields = with_token(client, "/kien-nghi/moi", PETITION)
    assert client.post("/kien-nghi/ghi", data=fields | {"x\0": "y"}).status_code == 400
    upload = with_token(client, "/nhap-lieu", {"tep": (BytesIO(b"x"), "so\0.xlsx"), "loai": "register"})
    answer = client.post("/nhap-lieu", data=upload)
    assert answer.status_code == 400


def test_nul_in_a_cookie_is_refused(client: FlaskClient) -> None:
    plain = client.application.test_client(use_cookies=False)
    answer = plain.get("/", headers={"Cookie": 'bieu-mau="a\\000b"'})
    assert answer.status_code == 400 and "không lưu được" in answer.text


def test_nul_in_what_a_callback_gets_is_refused(application: dash.Dash, client: FlaskClient) -> None:
    with application.server.test_request_context():
        name, known = next(iter(declared_callbacks(application).items()))
    body = forged.body_for(name, known["inputs"], known["state"], lambda _values: "/\0")
    answer = client.post("/_dash-update-component", data=json.dumps(body), content_type="application/json")
    assert answer.status_code == 400


@pytest.mark.parametrize("value", ["9" * 400, "9" * 16, "1" + "0" * 15])
def test_a_number_that_is_too_large_is_refused_at_its_field(client: FlaskClient, value: str) -> None:
    answer = client.post("/nhap-so", data=with_token(client, "/nhap-so", FIGURE | {"gia-tri": value}))
    assert answer.status_code == 403 and "Giá trị" in answer.text and "quá lớn" in answer.text


def test_what_the_guard_of_the_database_refuses_is_told(
    application: dash.Dash, client: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(**_parts: object) -> str:
        raise UnfitValueError("Số 5000000000 quá lớn để lưu; chưa ghi gì")

    monkeypatch.setitem(application.server.view_functions, "pages.enter_figure-enter", refuse)
    answer = client.get("/nhap-so")
    assert answer.status_code == 400 and "Số 5000000000 quá lớn để lưu; chưa ghi gì." in answer.text


def full_disk(*_given: Any, **_named: Any) -> Any:
    raise OSError(errno.ENOSPC, "No space left on device")


def no_folder(*_given: Any, **_named: Any) -> Any:
    raise FileNotFoundError(errno.ENOENT, "No usable temporary directory found in ['/tmp']")


@pytest.mark.parametrize("fails", [full_disk, no_folder])
def test_a_full_disk_is_told_to_who_may_upload(
    client: FlaskClient, monkeypatch: pytest.MonkeyPatch, fails: Callable[..., Any]
) -> None:
    upload = with_token(client, "/nhap-lieu", {"tep": (BytesIO(b"0" * 2_000_000), "so.xlsx"), "loai": "register"})
    monkeypatch.setattr("werkzeug.formparser.SpooledTemporaryFile", fails)
    answer = client.post("/nhap-lieu", data=upload)
    assert answer.status_code == 507 and "đã đầy" in answer.text and "chưa ghi gì" in answer.text


@pytest.mark.parametrize("address", ["/nhap-lieu", "/viec/x/bao-cao", "/nhap-so", "/hop/mo"])
def test_who_may_change_nothing_is_refused_before_the_body_is_read(
    application: dash.Dash, client: FlaskClient, database: Any, monkeypatch: pytest.MonkeyPatch, address: str
) -> None:
    reader = Repository(Settings(f"sqlite:///{database}", ROOT / "data", "", None))
    monkeypatch.setitem(application.server.extensions, "repository", reader)
    monkeypatch.setattr("werkzeug.formparser.SpooledTemporaryFile", full_disk)
    answer = client.post(address, data={"tep": (BytesIO(b"0" * 900_000), "so.xlsx"), "loai": "register"})
    assert answer.status_code == 403 and "Chưa ghi gì" in answer.text
