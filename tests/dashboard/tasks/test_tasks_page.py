"""The task list keeps its filters in the address, and what it exports is what it shows."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from typing import Any
from urllib.parse import parse_qs, urlsplit

from flask.testing import FlaskClient

Visit = Callable[[str], Any]


def test_tasks_are_filtered_by_the_place_in_the_address(visit: Visit) -> None:
    page = visit("/nhiem-vu?dia-ban=thanh-hoa")
    assert page.heading.startswith("43 nhiệm vụ của Thanh Hóa")
    assert "Đồng Nai" not in " ".join(h2.text for h2 in page.view.all("h2"))
    (chosen,) = [a for a in filters(page, "Địa bàn") if a.attributes.get("aria-current")]
    assert chosen.text == "Thanh Hóa (43)"


def test_one_filter_of_the_tasks_keeps_the_other(visit: Visit) -> None:
    agencies = filters(visit("/nhiem-vu?dia-ban=thanh-hoa"), "Cơ quan chủ trì")
    assert len(agencies) > 2
    assert all("dia-ban=thanh-hoa" in a.attributes["href"] for a in agencies)
    both = visit(agencies[1].attributes["href"])
    agency = parse_qs(urlsplit(agencies[1].attributes["href"]).query)["co-quan"][0]
    assert all(f"co-quan={agency}" in a.attributes["href"] for a in filters(both, "Địa bàn"))
    assert agencies[1].text.endswith(f"({both.heading.split()[0]})")


def filters(page: Any, title: str) -> list[Any]:
    (block,) = [section for section in page.view.all("section") if section.one("h2").text == title]
    links: list[Any] = block.all("a")
    return links


def test_the_export_of_the_tasks_holds_the_tasks_on_screen(visit: Visit, client: FlaskClient) -> None:
    agency = filters(visit("/nhiem-vu?dia-ban=thanh-hoa"), "Cơ quan chủ trì")[1]
    page = visit(agency.attributes["href"])
    (export,) = [link for link in page.links if link.startswith("/nhiem-vu.csv")]
    rows = list(csv.DictReader(io.StringIO(client.get(export).get_data(as_text=True).removeprefix("\ufeff"))))
    assert sum(row["is_heading"] == "false" for row in rows) == int(page.heading.split()[0])


def test_a_lost_deadline_column_is_said_and_never_taken_for_none_given(visit: Visit) -> None:
    page = visit("/nhiem-vu?dia-ban=dong-nai-truoc-2025-07&xem=muc-luc")
    lost = [tr.text for tr in page.view.all("tr") if "Bản quét mất cột" in tr.text]
    assert {text.split()[0] for text in lost} == {"II.5", "II.6", "II.7", "III.2", "III.3"}
    assert all("Chưa rõ thời hạn" in text for text in lost)


def test_a_task_nobody_reported_on_is_never_called_overdue(visit: Visit) -> None:
    page = visit("/nhiem-vu")
    marks = {mark.text for mark in page.view.all("span", "mark")}
    assert "Chưa có báo cáo" in marks and not [text for text in marks if text.startswith("Quá hạn")]


def test_a_merged_department_stands_under_both_names(visit: Visit) -> None:
    assert "Sở KH&ĐT (nay: Sở Tài chính)" in visit("/nhiem-vu?dia-ban=thanh-hoa&xem=muc-luc").text


def test_a_part_of_the_work_that_went_elsewhere_is_told(visit: Visit) -> None:
    """Poverty reduction went to agriculture and the press to culture, not where the rest of the two offices went."""
    poverty = visit("/viec/thanh-hoa-922-2023/IV/7.3").text
    assert "Sở LĐ-TB&XH (nay: Sở Nội vụ; một phần: " in poverty
    assert "giảm nghèo: Sở Nông nghiệp và Môi trường" in poverty
    assert "báo chí: Sở Văn hóa, Thể thao và Du lịch" in visit("/viec/thanh-hoa-922-2023/I/2").text


def lines_of(page: Any) -> list[list[str]]:
    (table,) = page.view.all("table", "flat-tasks")
    return [[cell.text for cell in row.children if not isinstance(cell, str)] for row in table.one("tbody").all("tr")]


def test_the_table_has_a_line_a_task_and_sorts_by_the_heading_that_is_followed(visit: Visit) -> None:
    page = visit("/nhiem-vu?dia-ban=thanh-hoa")
    (heading,) = [a for a in page.view.one("thead").all("a") if a.text == "Hạn"]
    by_day = visit(heading.attributes["href"])
    assert "dia-ban=thanh-hoa" in heading.attributes["href"]
    days = [tuple(map(int, reversed(line[3].split("/")))) for line in lines_of(by_day) if line[3] != "–"]
    assert len(days) > 10 and days == sorted(days)
    (again,) = [a for a in by_day.view.one("thead").all("a") if a.text.startswith("Hạn")]
    back = [
        tuple(map(int, reversed(line[3].split("/"))))
        for line in lines_of(visit(again.attributes["href"]))
        if line[3] != "–"
    ]
    assert back == sorted(back, reverse=True)


def test_every_task_stands_on_one_of_the_pages_of_the_table_and_no_page_is_long(visit: Visit) -> None:
    address, titles = "/nhiem-vu", []
    while address:
        page = visit(address)
        assert len(list(page.document.walk())) < 1500
        titles += [
            a.attributes["href"] for a in page.view.one("tbody").all("a", "quiet") if "/viec/" in a.attributes["href"]
        ]
        address = next((a.attributes["href"] for a in page.view.all("a") if a.text == "Trang sau ›"), "")
    assert len(titles) == len(set(titles)) > int(visit("/nhiem-vu").heading.split()[0])


def test_a_page_beyond_the_last_shows_the_last(visit: Visit) -> None:
    assert lines_of(visit("/nhiem-vu?trang=999"))
    assert lines_of(visit("/nhiem-vu?trang=0&sap=khong-co")) == lines_of(visit("/nhiem-vu"))
