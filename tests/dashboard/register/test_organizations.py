"""The register: search, filters, counts, forged requests, the empty state."""

from __future__ import annotations

import re
from collections.abc import Callable
from html import unescape
from typing import Any

import pytest
from flask.testing import FlaskClient

from dashboard.register.data import organizations

Read = Callable[..., str]


def names(page: str) -> list[str]:
    """The names listed in the plain table."""
    return re.findall(r'<a class="strong"[^>]*>([^<]*)</a>', page) or re.findall(r'class="strong">([^<]*)</a>', page)


def rows(client: FlaskClient, request: Any) -> dict[str, Any]:
    """What the grid gets for a request."""
    body = {
        "output": "register-grid.getRowsResponse",
        "outputs": {"id": "register-grid", "property": "getRowsResponse"},
        "inputs": [{"id": "register-grid", "property": "getRowsRequest", "value": request}],
        "changedPropIds": ["register-grid.getRowsRequest"],
    }
    answer = client.post("/_dash-update-component", json=body)
    assert answer.status_code == 200, answer.get_data(as_text=True)
    found: dict[str, Any] = answer.get_json()["response"]["register-grid"]["getRowsResponse"]
    return found


def typed(words: str) -> dict[str, Any]:
    return {"startRow": 0, "endRow": 100, "filterModel": {"name": {"filter": words}}, "context": {}, "sortModel": []}


def test_words_without_accents_find_the_accented_name(read: Read) -> None:
    assert names(read("/htx?tim=hop+tac+xa+bau+truc"))[0] == "Hợp tác xã Bàu Trúc"


def test_the_long_form_also_finds_names_written_with_htx(read: Read) -> None:
    assert "HTX Gốm Bàu Trúc Đỏ" in names(read("/htx?tim=hop+tac+xa+bau+truc"))


def test_the_short_form_also_finds_names_written_in_full(read: Read) -> None:
    assert "Hợp tác xã Bàu Trúc" in names(read("/htx?tim=htx+bau+truc"))


@pytest.mark.parametrize("words", ["Bầu Trúc Đỏ", "do bau truc", "BÀU TRÚC ĐỎ"])
def test_order_case_and_accents_of_words_do_not_matter(read: Read, words: str) -> None:
    assert names(read(f"/htx?tim={words}")) == ["HTX Gốm Bàu Trúc Đỏ"]


def test_the_start_of_a_code_finds_its_organisation(read: Read) -> None:
    assert names(read("/htx?tim=01000")) == ['=HYPERLINK("http://example.com";"x")']


def test_percent_and_underscore_are_letters_not_wildcards(read: Read) -> None:
    assert names(read("/htx?tim=100%25")) == ["HTX 100% Sạch_1"]
    assert names(read("/htx?tim=_1")) == ["HTX 100% Sạch_1"]


@pytest.mark.parametrize(
    ("query", "count"),
    [
        ("dia-ban=ninh-thuan", 2),
        ("loai=lhhtx", 1),
        ("linh-vuc=agriculture", 3),
        ("linh-vuc=none", 1),
        ("tinh-trang=active", 3),
        ("tinh-trang=none", 1),
        ("xep-loai=weak", 1),
        ("co=khong-ma", 4),
        ("co=ma-sai", 2),
        ("co=chua-chuyen-doi", 1),
        ("co=cong-nghe-cao", 1),
        ("dia-ban=thanh-hoa&linh-vuc=agriculture&tinh-trang=active", 1),
    ],
)
def test_the_address_filters_the_list(read: Read, query: str, count: int) -> None:
    assert len(names(read(f"/htx?{query}"))) == count


@pytest.mark.parametrize("query", ["dia-ban=khong-co", "loai=xyz", "tinh-trang=1'--", "xep-loai=0", "co=tat-ca"])
def test_a_filter_that_does_not_exist_answers_404(read: Read, query: str) -> None:
    assert "Bộ lọc trỏ đến giá trị không có." in read(f"/htx?{query}", 404)


def test_states_are_counted_apart_and_the_title_states_them(read: Read) -> None:
    page = read("/htx")
    assert "7 tổ chức trong sổ đăng ký; 3 đang hoạt động, 1 ngừng hoạt động, 1 chưa chuyển đổi" in page
    assert "Theo báo cáo của địa phương" in page


def test_the_form_keeps_the_other_filters(read: Read) -> None:
    page = read("/htx?dia-ban=ninh-thuan&tim=bau")
    assert re.search(r'<select[^>]*name="dia-ban"[^>]*><option value="ninh-thuan">', page)
    assert re.search(r'<input[^>]*name="tim"[^>]*value="bau"', page)


def test_the_grid_gets_rows_and_their_number(client: FlaskClient) -> None:
    found = rows(client, typed("bau truc"))
    assert found["rowCount"] == 2
    assert [row["href"] for row in found["rowData"]] == ["/htx/1", "/htx/2"]


def test_the_grid_sorts_on_the_server(client: FlaskClient) -> None:
    request = typed("") | {"sortModel": [{"colId": "member_count", "sort": "desc"}]}
    assert [row["id"] for row in rows(client, request)["rowData"]] == ["7", "6", "5", "4", "3", "2", "1"]


@pytest.mark.parametrize(
    "forged",
    [
        "text",
        [],
        {"startRow": -5},
        {"startRow": "0; DROP TABLE organization"},
        {"startRow": 10**30, "sortModel": [{"colId": "password"}]},
        {"filterModel": {"name": ["a"]}, "context": [1]},
        {"context": {"place": {"$ne": 1}, "text": 5}, "sortModel": [None]},
        {"startRow": 0, "filterModel": {"name": {"filter": {"a": 1}}}},
    ],
)
def test_forged_grid_requests_are_read_strictly(client: FlaskClient, forged: Any) -> None:
    assert rows(client, forged)["rowCount"] == 7


def test_unknown_codes_in_a_grid_request_match_nothing(client: FlaskClient) -> None:
    assert rows(client, typed("") | {"context": {"kind": "' OR 1=1 --"}})["rowCount"] == 0


def test_a_page_after_the_last_name_goes_on_by_key(read: Read) -> None:
    assert names(read("/htx?sau=1"))[:2] == ["HTX 100% Sạch_1", "HTX Đoàn Kết"]
    assert len(names(read("/htx?sau=khong-phai-so"))) == 7


def test_the_list_is_walked_by_key_to_the_end_and_back(
    read: Read, client: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(organizations, "PAGE_ROWS", 3)
    everything, address, walked = names(read("/htx?sau=khong-phai-so")), "/htx", []
    while address:
        walked.append(names(read(address)))
        last, address = address, pager(client, address).get("Trang sau", "")
    assert [len(page) for page in walked] == [3, 3, 1] and everything == walked[0]
    assert names(read(pager(client, "/htx")["Trang cuối"])) == [*walked[1][1:], *walked[2]]
    assert names(read(pager(client, last)["Trang trước"])) == walked[1]
    assert pager(client, pager(client, last)["Trang trước"])["Trang đầu"] == "/htx"
    assert pager(client, "/htx?tim=bau+truc") == {}


def test_what_a_search_finds_is_walked_in_the_same_order_to_the_end_and_back(
    read: Read, client: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    everything = names(read("/htx?tim=h"))
    monkeypatch.setattr(organizations, "PAGE_ROWS", 2)
    address, walked = "/htx?tim=h", []
    while address:
        walked.append(names(read(address)))
        last, address = address, pager(client, address).get("Trang sau", "")
    assert len(walked) > 2 and [name for page in walked for name in page] == everything
    assert names(read(pager(client, "/htx?tim=h")["Trang cuối"])) == everything[-2:]
    assert names(read(pager(client, last)["Trang trước"])) == walked[-2]


def pager(client: FlaskClient, address: str) -> dict[str, str]:
    """The links to other pages of the list, by their words."""
    block = re.search(r'<nav class="pager".*?</nav>', client.get(address).get_data(as_text=True))
    found = re.findall(r'<a href="([^"]*)">([^<]*)</a>', block[0]) if block else []
    return {label: unescape(href) for href, label in found}


def test_a_name_that_looks_like_code_is_only_text(read: Read, client: FlaskClient) -> None:
    source = client.get("/htx").get_data(as_text=True)
    assert "<script>alert" not in source
    assert "dangerously_allow_code" not in source


def test_an_empty_register_says_how_to_load_one(show: Callable[[str], FlaskClient], empty_register: str) -> None:
    text = show(empty_register).get("/htx").get_data(as_text=True)
    assert "Sổ đăng ký chưa có tổ chức nào" in text
    assert 'href="/nhap-lieu"' in text
    assert "python -m" not in text


def test_only_the_register_loads_the_grid_library(client: FlaskClient) -> None:
    assert "/dash_ag_grid/" in client.get("/htx").get_data(as_text=True)
    for address in ("/", "/xep-loai", "/htx/1"):
        assert "/dash_ag_grid/" not in client.get(address).get_data(as_text=True)


def test_the_register_keeps_the_content_security_policy(client: FlaskClient) -> None:
    policy = client.get("/htx").headers["Content-Security-Policy"]
    assert "script-src 'self' 'sha256-" in policy
    assert "unsafe-eval" not in policy
