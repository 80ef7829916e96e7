"""An installation for trials says "mô phỏng" on every page, in every file's name and on every paper."""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO
from typing import Any

import pytest

PAGES = ("/", "/tinh", "/tinh/thanh-hoa", "/chi-tieu", "/nhiem-vu", "/giai-trinh", "/kien-nghi", "/htx", "/htx/theo-xa",
         "/xep-loai", "/can-xu-ly", "/doi-soat", "/nhap-lieu", "/nhap-so", "/hop", "/phuong-phap")  # fmt: skip
FILES = ("/api/v1/gaps.csv", "/api/v1/tasks.csv", "/xuat/so-dang-ky.csv", "/xuat/can-xu-ly.xlsx")


@pytest.mark.parametrize("address", PAGES)
def test_every_page_of_a_trial_says_so_once(open_browser: Callable[..., Any], address: str) -> None:
    page = open_browser(is_demo=True).client.get(address).get_data(as_text=True)
    assert page.count('class="notice demo"') == 1
    assert "<strong>Mô phỏng. </strong>" in page


@pytest.mark.parametrize("address", FILES)
def test_every_file_of_a_trial_says_so_in_its_name(open_browser: Callable[..., Any], address: str) -> None:
    answer = open_browser(is_demo=True).client.get(address)
    assert answer.status_code == 200
    offered = answer.headers.get("Content-Disposition", "")
    assert "mo-phong-" in offered or not offered


def test_a_real_installation_says_it_nowhere(open_browser: Callable[..., Any]) -> None:
    client = open_browser().client
    assert "notice demo" not in client.get("/").get_data(as_text=True)
    assert "mo-phong" not in client.get("/api/v1/gaps.csv").headers["Content-Disposition"]


def test_the_papers_of_a_trial_say_so(open_browser: Callable[..., Any], application: Any) -> None:
    from docx import Document

    from dashboard.db.read_session import repository
    from dashboard.reports.make import make_papers
    from dashboard.targets.pages.place import layout
    from models.targets.reading import Moment

    browser = open_browser(is_demo=True)
    assert browser.client
    with application.server.app_context():
        day = repository().settings.as_of
        snapshot = repository().snapshot(Moment(as_of=day, known_on=day), is_whole=True)
        (made,) = make_papers(snapshot, "thanh-hoa", ("docx",), layout)
    text = "\n".join(paragraph.text for paragraph in Document(BytesIO(made.content)).paragraphs)
    assert "MÔ PHỎNG, không dùng để báo cáo" in text
