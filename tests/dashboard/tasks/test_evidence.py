"""A report may carry a file: kept by checksum, handed out as something to save, never as a page."""

from __future__ import annotations

import io
import re
from html import unescape

import pytest
from flask.testing import FlaskClient
from sqlalchemy import func, select
from sqlmodel import col
from werkzeug.test import TestResponse

from dashboard.tasks.data.evidence import safe_name
from models.base.source import SourceFile
from models.tasks.follow_up import TaskReport

ONCE = "/viec/thanh-hoa-922-2023/III/6"
REPORT = {
    "ket-qua": "not_done",
    "ngay-bao-cao": "05/02/2026",
    "tinh-hinh": "còn thiếu điều lệ",
    "ly-do": "theo báo cáo",
    "don-vi": "so-tai-chinh",
}
HOSTILE = b"<script>alert(1)</script>"


def send(client: FlaskClient, name: str = "", content: bytes = b"", **changes: str) -> TestResponse:
    page = client.get(ONCE).get_data(as_text=True)
    hidden = dict(re.findall(r'name="(ma-bieu-mau|luot-da-xem)" value="([^"]+)"', page))
    assert len(hidden) == 2
    data = {**hidden, "nguoi-ghi": "Nguyễn Văn Thử", **REPORT, **changes}
    file = {"tep": (io.BytesIO(content), name)} if name else {}
    headers = {"Origin": "http://localhost"}
    return client.post(f"{ONCE}/bao-cao", data=data | file, headers=headers, content_type="multipart/form-data")


def link(client: FlaskClient) -> str:
    found = re.search(r'href="(/minh-chung/[0-9a-f]{64})"', client.get(ONCE).get_data(as_text=True))
    return found[1] if found else ""


def kept(client: FlaskClient) -> int:
    with client.application.extensions["repository"].session() as session:
        return session.scalar(select(func.count(col(SourceFile.checksum)))) or 0


def test_a_file_comes_back_byte_by_byte_under_its_name(client: FlaskClient) -> None:
    assert send(client, "Báo cáo số 12.pdf", b"%PDF-1.7 thu").status_code == 303
    answer = client.get(link(client))
    assert answer.status_code == 200 and answer.data == b"%PDF-1.7 thu"
    assert "filename*=UTF-8''B%C3%A1o%20c%C3%A1o%20s%E1%BB%91%2012.pdf" in answer.headers["Content-Disposition"]
    with client.application.extensions["repository"].session() as session:
        checksum = session.scalars(select(col(TaskReport.file_checksum))).one()
    assert link(client).endswith(checksum)


def test_a_file_that_pretends_to_be_a_document_is_never_a_page(client: FlaskClient) -> None:
    assert send(client, "bao-cao.pdf", HOSTILE).status_code == 303
    headers = client.get(link(client)).headers
    assert headers["Content-Type"] == "application/octet-stream"
    assert headers["Content-Disposition"].startswith("attachment;")
    assert headers["X-Content-Type-Options"] == "nosniff" and "sandbox" in headers["Content-Security-Policy"]


@pytest.mark.parametrize(
    ("name", "content", "why"),
    [
        ("trang.html", HOSTILE, "không thuộc loại nhận được"),
        ("anh.svg", HOSTILE, "không thuộc loại nhận được"),
        ("trong.pdf", b"", "rỗng"),
        ("lon.pdf", b"0" * (20 * 1024**2 + 1), "20 MB"),
    ],
)
def test_a_file_that_is_not_taken_says_why_and_nothing_is_kept(
    client: FlaskClient, name: str, content: bytes, why: str
) -> None:
    before = kept(client)
    answer = send(client, name, content)
    assert answer.status_code in (403, 413) and why in unescape(answer.get_data(as_text=True))
    assert kept(client) == before and "Chưa ai ghi gì" in client.get(ONCE).get_data(as_text=True)


def test_the_file_of_a_refused_report_is_not_kept(client: FlaskClient) -> None:
    before = kept(client)
    assert send(client, "bao-cao.pdf", b"%PDF", **{"ngay-bao-cao": "05/02/2030"}).status_code == 403
    assert kept(client) == before


def test_a_correction_without_a_file_keeps_it_and_with_another_replaces_it(client: FlaskClient) -> None:
    send(client, "mot.pdf", b"%PDF mot")
    first = link(client)
    assert send(client, **{"tinh-hinh": "đã bổ sung"}).status_code == 303
    assert link(client) == first
    send(client, "hai.pdf", b"%PDF hai")
    assert link(client) not in ("", first)
    assert client.get(first).status_code == 404
    assert "không còn tải được" in client.get(ONCE).get_data(as_text=True)


def test_a_kept_file_that_is_no_evidence_is_not_handed_out(client: FlaskClient) -> None:
    from dashboard.db.import_file import import_service

    with client.application.app_context():
        checksum = import_service().receive("so-dang-ky.xlsx", b"danh sach").checksum
    for wrong in (checksum, "0" * 64, "..%2F..%2Fetc%2Fpasswd"):
        assert client.get(f"/minh-chung/{wrong}").status_code == 404


@pytest.mark.parametrize(
    ("label", "name"),
    [
        ("Báo cáo (lần 2).pdf", "Báo cáo (lần 2).pdf"),
        ('a";filename=x.html', "a_filename=x.html.bin".replace("=", "_")),
        ("trang.html", "trang.html.bin"),
        ("", "minh-chung.bin"),
        ("không đuôi", "không đuôi.bin"),
    ],
)
def test_a_name_for_saving_holds_no_quotes_and_no_page_ending(label: str, name: str) -> None:
    assert safe_name(label) == name
