"""The address bar keeps the view: the day of knowledge, the year of the promise and the filters."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from flask.testing import FlaskClient
from hypothesis import given
from hypothesis import strategies as st

from dashboard.ui.address import HORIZONS, View, read_view
from models.base.day_limits import FIRST_DAY
from models.targets.reading import Moment

Visit = Callable[[str], Any]
TODAY = date(2026, 11, 21)
PAST = "biet-den=2024-06-30"
PAGES = [
    "/", "/tinh", "/tinh/ninh-thuan", "/tinh/thanh-hoa", "/tinh/gia-lai", "/chi-tieu", "/chi-tieu/htx_count",
    "/nhiem-vu", "/nhiem-vu?dia-ban=thanh-hoa", "/phuong-phap", "/tinh/khong-co", "/khong-co",
]  # fmt: skip


def with_query(address: str, query: str) -> str:
    return f"{address}{'&' if '?' in address else '?'}{query}"


def test_an_earlier_day_of_knowledge_changes_the_values(visit: Visit) -> None:
    now, then = visit("/").text, visit("/?" + PAST).text
    assert "131 / 180–200 HTX · 31/10/2024" in now and "131 / 180–200" not in then
    assert "84 / 180–200 HTX · 04/7/2020" in then
    assert "Biết đến 30/6/2024" in then


def test_the_past_is_marked_so_that_nobody_takes_it_for_today(visit: Visit) -> None:
    assert visit("/?" + PAST).view.one("span", "moment").classes == ["moment", "past"]
    assert visit("/").view.one("span", "moment").classes == ["moment"]


@pytest.mark.parametrize("address", PAGES)
def test_every_link_keeps_the_day_of_knowledge(visit: Visit, address: str) -> None:
    links = [link for link in visit(with_query(address, PAST)).links if link.startswith("/")]
    lost = {link for link in links if parse_qs(urlsplit(link).query).get("biet-den") != ["2024-06-30"]}
    assert links and lost == set()


@pytest.mark.parametrize("address", PAGES)
def test_every_link_to_a_page_keeps_the_horizon(visit: Visit, address: str) -> None:
    page = visit(with_query(address, "nam=2045"))
    switch = {a.attributes["href"] for group in page.view.all("div", "switch") for a in group.all("a")}
    links = [link for link in page.links if link.startswith("/") and not link.startswith("/api/")]
    lost = {link for link in links if parse_qs(urlsplit(link).query).get("nam") != ["2045"]} - switch
    assert links and lost == set()


def test_2045_shows_the_promises_of_2045(visit: Visit) -> None:
    page = visit("/?nam=2045")
    assert "13 chỉ tiêu đến 2045" in page.heading
    (current,) = [a for a in page.view.one("div", "switch").all("a") if a.attributes.get("aria-current")]
    assert current.text == "2045"


def test_todays_view_needs_no_query(visit: Visit) -> None:
    assert not [link for link in visit("/").links if "biet-den" in link or "nam=2030" in link]
    assert visit("/?nam=2030&biet-den=2026-11-21").text == visit("/").text


@pytest.mark.parametrize(
    "query",
    [
        "nam=1999", "nam=abc", "nam=-2030", "nam=2030.5", "nam=%C2%B2", "nam=",
        "biet-den=hom-qua", "biet-den=2026-13-01", "biet-den=2026-02-30", "biet-den=", "biet-den=9999-12-31",
        "khac=1", "slug=thanh-hoa", "code=htx_count", "snapshot=1", "view=1", "self=1",
        pytest.param("nam=" + "9" * 5000, id="nam=9999..."),
    ],
)  # fmt: skip
def test_a_wrong_query_value_shows_the_page_of_today(visit: Visit, query: str) -> None:
    page = visit("/?" + query)
    assert page.status == 200 and page.text == visit("/").text


@pytest.mark.parametrize(
    ("path", "query"), [("/tinh/thanh-hoa", "slug=gia-lai"), ("/chi-tieu/htx_count", "code=lhhtx_count")]
)
def test_a_query_cannot_replace_what_the_path_names(client: FlaskClient, path: str, query: str) -> None:
    assert client.get(f"{path}?{query}&{PAST}").text == client.get(f"{path}?{PAST}").text


@pytest.mark.parametrize("query", ["slug=gia-lai", "code=lhhtx_count", "view=1", "snapshot=1"])
def test_a_query_that_no_page_knows_changes_nothing(visit: Visit, client: FlaskClient, query: str) -> None:
    for path in ("/tinh/thanh-hoa", "/chi-tieu/htx_count"):
        if client.get(f"{path}?{query}").status_code == 200:
            assert visit(f"{path}?{query}").heading == visit(path).heading


def test_the_first_day_of_all_knows_no_programme_and_says_so(visit: Visit) -> None:
    page = visit("/?biet-den=0001-01-01")
    assert page.status == 200 and "Chưa có chương trình nào đến ngày này" in page.text


def test_places_of_a_day_are_those_that_existed_on_it(visit: Visit) -> None:
    today = {a.text for a in visit("/tinh").view.all("table")[1].all("a")}
    before = [a.text for a in visit("/tinh?" + PAST).view.all("table")[1].all("a")]
    assert len(today) == 34 and "Ninh Thuận" not in today
    assert len(before) == 63 and "Ninh Thuận" in before


@given(st.dictionaries(st.sampled_from(["nam", "biet-den", "x"]), st.text(max_size=12)))
def test_no_query_at_all_breaks_the_view(args: dict[str, str]) -> None:
    view = read_view(args, TODAY)
    assert view.horizon in HORIZONS and view.moment.known_on <= TODAY
    assert view.moment.as_of == view.moment.known_on


@given(st.dates(FIRST_DAY, TODAY), st.sampled_from(HORIZONS))
def test_a_link_brings_back_the_view_it_was_made_from(day: date, horizon: int) -> None:
    view = View(Moment(as_of=day, known_on=day), horizon, day == TODAY)
    query = parse_qs(urlsplit(view.link("/tinh/đây", co_quan="a b")).query)
    assert query.pop("co-quan") == ["a b"]
    assert read_view({name: values[0] for name, values in query.items()}, TODAY) == view
