"""The document of a programme: attached on its page, shown with every promise marked, replaced, removed."""

from __future__ import annotations

import io
import re
from html import unescape
from typing import Any

import pytest

from tests.dashboard.conftest import read_html
from tests.dashboard.imports.conftest import OFFICER
from tests.etl.documents.test_read_decision import DECISION

PAGE = "/tinh/ninh-thuan/van-ban"
FORMS = f"{PAGE}/ninh-thuan-2023"
TEXT = DECISION.replace("520-560 hợp tác xã", "180-200 hợp tác xã").replace(
    "Tối thiểu 22% dân số", "Tối thiểu 20% dân số"
)


def attach(browser: Any, content: bytes = TEXT.encode(), name: str = "qd.txt") -> Any:
    return browser.send(PAGE, f"{FORMS}/gan", tep=(io.BytesIO(content), name), nguoi_ghi=OFFICER)


def test_without_a_document_the_page_says_so_and_how_to_attach_it(browser: Any) -> None:
    text = browser.read(PAGE)
    assert "Chưa gắn văn bản của chương trình" in text and "gắn tệp ở cuối trang" in text
    assert "khoảng 180-200 HTX" in text and "II.2.a, 2030, gạch 1" in text
    assert "python" not in text and "etl" not in text
    assert "Chưa gắn văn bản" in browser.read("/tinh/gia-lai-truoc-2025-07/van-ban")


def test_every_promise_opens_its_sentence_and_the_next_one(browser: Any) -> None:
    assert attach(browser).status_code == 303
    page = read_html(browser.client.get(PAGE).get_data(as_text=True))
    assert page.one("h1").text == "Tìm thấy câu của 2/14 cam kết"
    wording = page.by_id("htx_count-2030-unstated")
    assert wording.text == "180-200 hợp tác xã" and wording.one("strong", "figure").text == "180-200"
    clause = next(part for part in page.all("section", "clause") if any(node is wording for node in part.walk()))
    assert "Điều khoản: II.2.a, 2030, gạch 1" in clause.text and "Số HTX, đến 2030: 180 đến 200 HTX" in clause.text
    assert clause.one("strong", "strength").text == "khoảng"
    ways = [a.attributes["href"] for a in page.all("a") if a.text in ("Cam kết trước", "Cam kết sau")]
    idents = {node.attributes.get("id") for node in page.walk()}
    assert len(ways) == 2 and {way.removeprefix("#") for way in ways} <= idents
    lost = next(part for part in page.all("section") if "Không tìm thấy câu (12)" in part.text)
    assert "khoảng 1.200-1.400 THT" in lost.text


def test_each_card_of_the_place_leads_to_its_sentence(browser: Any) -> None:
    attach(browser)
    place = browser.client.get("/tinh/ninh-thuan").get_data(as_text=True)
    ways = {unescape(way) for way in re.findall(r'href="(/tinh/ninh-thuan/van-ban[^"]*)"', place)}
    assert f"{PAGE}?chuong-trinh=ninh-thuan-2023#htx_count-2030-unstated" in ways and len(ways) == 14
    idents = {node.attributes.get("id") for node in read_html(browser.client.get(PAGE).text).walk()}
    assert {way.rpartition("#")[2] for way in ways} <= idents


def test_a_document_is_replaced_removed_and_handed_out_as_it_came(browser: Any) -> None:
    attach(browser)
    page = f"<html><body><p>{TEXT.replace(chr(12), '</p><p>')}</p><script>alert(1)</script></body></html>"
    assert attach(browser, page.encode(), "../x.html").status_code == 303
    shown = browser.client.get(PAGE).get_data(as_text=True)
    assert "x.html" in shown and "alert(1)" not in shown
    file = browser.client.get(f"{FORMS}/tep")
    assert file.data == page.encode() and file.headers["Content-Type"] == "application/octet-stream"
    assert "attachment" in file.headers["Content-Disposition"]
    assert browser.send(PAGE, f"{FORMS}/go", nguoi_ghi=OFFICER).status_code == 303
    assert "Chưa gắn văn bản" in browser.read(PAGE) and browser.client.get(f"{FORMS}/tep").status_code == 404


@pytest.mark.parametrize(
    ("content", "name", "words"),
    [
        (b"12", "trong.txt", "gần như không có chữ"),
        (b"PK", "hong.docx", "không phải tệp Word"),
        (TEXT.encode(), "anh.png", "Không đọc tệp"),
    ],
)
def test_what_cannot_be_read_is_refused_with_a_sentence(browser: Any, content: bytes, name: str, words: str) -> None:
    answer = attach(browser, content, name)
    assert answer.status_code == 403 and words in unescape(answer.get_data(as_text=True))
    assert "Chưa gắn văn bản" in browser.read(PAGE)


def test_a_programme_that_is_not_there_answers_404(browser: Any) -> None:
    for address in (
        "/tinh/khong-co/van-ban",
        f"{PAGE}?chuong-trinh=thanh-hoa-922-2023",
        f"{PAGE}/thanh-hoa-922-2023/tep",
    ):
        assert browser.client.get(address).status_code == 404
