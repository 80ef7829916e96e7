"""Every address answers with a readable Vietnamese page; what is not there answers 404 and helps."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy import Engine

from dashboard.db.snapshot_values import Snapshot
from dashboard.web.shell import NAVIGATION

Visit = Callable[[str], Any]
MAIN = [path for path, _ in NAVIGATION]
UNKNOWN = [
    "/khong-co", "/tinh/khong-co", "/chi-tieu/khong-co", "/nhiem-vu/x", "/tinh/thanh-hoa/x", "/khong-tim-thay",
    "/api", "/nhiem-vu?dia-ban=khong-co", "/nhiem-vu?co-quan=khong-co", "/favicon", "/tinh/THANH-HOA",
]  # fmt: skip
# words no Vietnamese text has without accents; names of files and people's own titles are not meant
ENGLISH = re.compile(
    r"\b(the|and|of|with|for|from|this|not|none|null|nan|true|false|undefined|unknown|loading|updating|error|page|"
    r"home|download|click|show|total|year|date|value|values|data|target|targets|gap|gaps|status|source|reached|"
    r"missed|actual|estimate|unstated|published|registered|share|count|province|adding|docs|api|json)\b",
    re.IGNORECASE,
)
CODE = re.compile(r"\b[a-z]+(_[a-z]+)+\b")
ISO_DATE = re.compile(r"\b\d{4}-\d\d-\d\d\b")
FORMATS = {"CSV", "JSON"}


def every_address(snapshot: Snapshot) -> Iterator[str]:
    yield from MAIN
    yield from (f"/tinh/{slug}" for slug in snapshot.places)
    yield from (f"/tinh/{p.place}/van-ban?chuong-trinh={p.slug}" for p in snapshot.programmes.values())
    yield from (f"/chi-tieu/{code}" for code in snapshot.indicators)
    yield from (f"/nhiem-vu?dia-ban={programme.place}" for programme in snapshot.programmes.values())
    yield from (f"/nhiem-vu?co-quan={code}" for code in {lead for task in snapshot.tasks for lead in task.leads})


@pytest.fixture(scope="module")
def every_page(visit: Visit, snapshot: Snapshot) -> dict[str, Any]:
    return {address: visit(address) for address in every_address(snapshot)}


def spoken(page: Any) -> str:
    """All text a reader meets: on screen, on hover and read aloud; names of publications excepted."""
    parts = [page.text, page.document.one("title").text]
    for node in page.view.walk():
        parts += [node.attributes.get(name, "") for name in ("aria-label", "data-label")]
    return " ".join(parts)


def test_every_address_answers_with_a_readable_page(every_page: dict[str, Any]) -> None:
    assert len(every_page) > 170
    for address, page in every_page.items():
        assert page.status == 200, address
        assert page.document.one("html").attributes["lang"] == "vi", address
        assert page.heading, address
        assert page.view.one("main").attributes["id"] == "noi-dung", address


def test_every_id_stands_once_on_a_page(every_page: dict[str, Any]) -> None:
    for address, page in every_page.items():
        ids = Counter(n.attributes["id"] for n in page.document.walk() if "id" in n.attributes)
        assert [ident for ident, count in ids.items() if count > 1] == [], address


def test_no_english_word_stands_on_any_page(every_page: dict[str, Any]) -> None:
    found: dict[str, set[str]] = {}
    for address, page in every_page.items():
        text = re.sub(r"https?://\S+", " ", spoken(page))
        for command in page.view.all("code"):  # typed as it stands
            text = text.replace(command.text, " ")
        words = {match.group() for match in (*ENGLISH.finditer(text), *CODE.finditer(text))} - FORMATS
        if words:
            found[address] = words
    assert found == {}


def test_no_date_on_screen_is_written_the_english_way(every_page: dict[str, Any]) -> None:
    assert {address for address, page in every_page.items() if ISO_DATE.search(spoken(page))} == set()


def test_every_date_on_screen_is_written_as_state_documents_write_it(every_page: dict[str, Any]) -> None:
    """One way for our dates and for those in names of sources and in clauses: 01/7/2025, 05/02/2026."""
    wrong = {
        (address, found)
        for address, page in every_page.items()
        for found in re.findall(r"(?<![\d/])\d{1,2}/\d{1,2}/\d{4}(?!\d)", spoken(page))
        if not re.fullmatch(r"\d\d/(0[12]|[3-9]|1[012])/\d{4}", found)
    }
    assert wrong == set()


def test_every_link_inside_leads_somewhere(every_page: dict[str, Any], client: FlaskClient) -> None:
    inside = {
        link.split("#")[0]
        for page in every_page.values()
        for link in page.links
        if link.startswith("/") and ("?" in link or not link.startswith(("/tinh/", "/chi-tieu/")))
    }
    assert {link for link in inside if client.get(link).status_code != 200} == set()
    links = {link.split("#")[0] for page in every_page.values() for link in page.links}
    named = {link for link in links if "?" not in link and link.startswith(("/tinh/", "/chi-tieu/"))}
    assert named <= set(every_page)


def test_every_fragment_names_a_part_of_the_page_it_leads_to(every_page: dict[str, Any]) -> None:
    links = {link for page in every_page.values() for link in page.links if "#" in link and link.startswith("/")}
    assert links
    for link in links:
        address, fragment = link.split("#")
        assert every_page[address].view.by_id(fragment), link


def test_every_link_out_opens_apart_and_tells_the_other_side_nothing(every_page: dict[str, Any]) -> None:
    for page in every_page.values():
        for link in page.view.all("a"):
            if link.attributes["href"].startswith("http"):
                assert "noopener" in link.attributes["rel"] and "noreferrer" in link.attributes["rel"]


def test_the_page_on_screen_is_marked_in_the_navigation(visit: Visit) -> None:
    for path, label in NAVIGATION:
        (bar,) = [nav for nav in visit(path).view.all("nav") if nav.attributes["aria-label"] == "Trang chính"]
        (current,) = [a for a in bar.all("a") if a.attributes.get("aria-current") == "page"]
        assert current.text == label


def test_the_title_of_a_tab_names_the_place_or_indicator_it_shows(visit: Visit) -> None:
    assert "Thanh Hóa" in visit("/tinh/thanh-hoa").document.one("title").text
    assert "Số hợp tác xã" in visit("/chi-tieu/htx_count").document.one("title").text


@pytest.mark.parametrize(
    ("address", "name"),
    [
        ("/co-quan/so-tai-chinh", "Sở Tài chính"),
        ("/viec/thanh-hoa-922-2023/I/2", "Nhiệm vụ"),
        ("/tinh/thanh-hoa/van-ban", "Văn bản của chương trình"),
    ],
)
def test_the_tab_of_one_thing_names_it(visit: Visit, address: str, name: str) -> None:
    """Ten open tasks were ten tabs "Nhiệm vụ"."""
    page = visit(address)
    title = page.document.one("title").text
    assert name in title and title.startswith(page.heading.partition(": ")[0][:40])


def test_no_page_of_readers_tells_a_command_of_the_machine(every_page: dict[str, Any]) -> None:
    told = {address for address, page in every_page.items() if re.search(r"python -m|data/\w+|make run", page.text)}
    assert told <= {"/van-hanh"}


def test_a_former_place_says_what_it_became_and_when(visit: Visit) -> None:
    notice = visit("/tinh/ninh-thuan").view.one("p", "notice")
    assert "30/6/2025" in notice.text and "Khánh Hòa" in notice.text


def test_todays_place_without_a_programme_leads_to_its_parts(visit: Visit) -> None:
    page = visit("/tinh/khanh-hoa")
    assert page.status == 200 and "/tinh/ninh-thuan" in page.links


@pytest.mark.parametrize("address", UNKNOWN)
def test_an_unknown_address_answers_404_with_a_page_that_helps(visit: Visit, address: str) -> None:
    page = visit(address)
    assert page.status == 404
    assert page.document.one("html").attributes["lang"] == "vi"
    helping = [link for link in page.view.one("main").all("a") if link.attributes["href"].startswith("/")]
    assert helping and visit(helping[0].attributes["href"]).status == 200


def test_the_tab_of_an_unknown_address_says_so(visit: Visit) -> None:
    for address in ("/khong-co", "/tinh/khong-co", "/nhiem-vu?dia-ban=khong-co"):
        assert visit(address).document.one("title").text.startswith("Không tìm thấy"), address


def test_a_path_that_is_code_is_shown_as_text(visit: Visit) -> None:
    page = visit("/tinh/%3Cscript%3Ealert(1)")
    assert page.status == 404 and "<script>alert" not in page.source
    assert "<script>alert(1)" in page.text


def test_an_empty_database_answers_503_with_a_sentence(
    visit: Visit, client: FlaskClient, use_database: Callable[[str], None], sqlite_engine: Engine
) -> None:
    use_database(sqlite_engine.url.render_as_string(hide_password=False))
    for path in MAIN:
        page = visit(path)
        assert page.status == 503 and "chưa được khởi tạo" in page.text and "etl init" not in page.text, path
    assert client.get("/health").get_json()["status"] == "empty"


def test_a_database_without_tables_answers_503_with_a_sentence(
    visit: Visit, client: FlaskClient, use_database: Callable[[str], None], tmp_path: Path
) -> None:
    use_database(f"sqlite:///{tmp_path / 'none.sqlite3'}")
    page = visit("/tinh/thanh-hoa")
    assert page.status == 503 and "chưa được khởi tạo" in page.text
    answer = client.get("/health")
    assert (answer.status_code, answer.get_json()["status"]) == (503, "down")


def test_our_own_mistake_answers_500_without_its_cause(
    visit: Visit, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    import dashboard.targets.pages.overview as overview

    def broken(*_: object) -> None:
        raise RuntimeError("secret cause")

    monkeypatch.setattr(overview, "build_overview", broken)
    page = visit("/")
    assert page.status == 500 and "Hãy tải lại trang" in page.text
    assert "secret cause" not in page.source and "secret cause" in caplog.text


def test_days_left_to_a_report_are_counted_from_the_day_of_the_page(visit: Visit) -> None:
    days = (date(2026, 12, 14) - date(2026, 11, 21)).days
    assert f"hạn cuối 14/12/2026, còn {days} ngày" in visit("/").text
