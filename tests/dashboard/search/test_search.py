"""One field over everything: without marks, without a script, bounded, and nothing that the reader may not see."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import event

from dashboard.db.snapshot_values import Snapshot
from dashboard.search.finder import SHOWN, find_everything

Visit = Callable[[str], Any]


@pytest.mark.parametrize(
    ("text", "address"),
    [
        ("ninh thuan", "/tinh/ninh-thuan"),
        ("SO HTX", "/chi-tieu/htx_count"),
        ("922/qd", "/tinh/thanh-hoa"),
        ("so tai chinh", "/co-quan/so-tai-chinh"),
        ("cai cach thu tuc", "/viec/"),
    ],
)
def test_each_kind_is_found_without_marks_and_leads_to_its_page(visit: Visit, text: str, address: str) -> None:
    page = visit(f"/tim?tim={text}")
    (found, *_) = [
        link for link in page.view.one("div", "found").all("a") if link.attributes["href"].startswith(address)
    ]
    assert visit(found.attributes["href"]).status == 200


def test_the_nearest_name_stands_first(snapshot: Snapshot, app: Any) -> None:
    with app.server.test_request_context("/"):
        (places, *_) = find_everything(snapshot, "thanh hoa")
    assert places.title == "Tỉnh, thành phố" and places.hits[0].path == "/tinh/thanh-hoa"


def test_few_are_shown_of_each_kind_and_how_many_there_are(visit: Visit) -> None:
    page = visit("/tim?tim=hop tac xa")
    lists = page.view.all("ul", "hits")
    assert lists and all(len(few.all("li")) <= SHOWN for few in lists)
    assert "Đang hiện 8 trong" in page.text


@pytest.mark.parametrize("text", ["", "x", "%20", "khong co gi nhu vay", "%3Cscript%3E", "'; drop table place"])
def test_nothing_found_is_said_and_nothing_fails(visit: Visit, text: str) -> None:
    page = visit(f"/tim?tim={text}")
    assert page.status == 200 and "“<script>" not in page.source


def test_a_search_asks_the_database_little(visit: Visit, app: Any) -> None:
    visit("/tim?tim=ninh")
    engine, asked = app.server.extensions["repository"].engine, []
    listen = lambda *told: asked.append(told[2])  # noqa: E731
    event.listen(engine, "before_cursor_execute", listen)
    try:
        visit("/tim?tim=thanh")
    finally:
        event.remove(engine, "before_cursor_execute", listen)
    assert len(asked) <= 8, asked


def test_every_page_leads_to_the_field(visit: Visit) -> None:
    for address in ("/", "/tinh/thanh-hoa", "/nhiem-vu", "/htx"):
        assert [a for a in visit(address).view.one("header").all("a") if a.attributes["href"] == "/tim"], address


def test_a_search_looks_from_the_day_of_the_page(visit: Visit) -> None:
    page = visit("/tim?tim=ninh thuan&biet-den=2024-06-30")
    assert [link for link in page.links if link == "/tinh/ninh-thuan?biet-den=2024-06-30"]
