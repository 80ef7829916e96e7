"""Workbooks as offices publish them are loaded in a browser by answering their questions by the keyboard."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from models.config.settings import ROOT
from tests.browser.conftest import serving
from tests.patience import PATIENCE_MS

CASES = ROOT / "tests" / "files" / "cases"
SEND = "Lưu câu trả lời và đọc lại tệp"


@pytest.fixture(scope="module")
def office(browser: Any, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """An installation where writing is switched on."""
    with serving(tmp_path_factory.mktemp("office"), ALLOW_WRITES="1") as address:
        yield address


@pytest.fixture
def page(browser: Any) -> Iterator[Any]:
    context = browser.new_context(viewport={"width": 360, "height": 740}, locale="vi-VN")
    context.set_default_timeout(PATIENCE_MS)
    yield context.new_page()
    context.close()


def preview(page: Any, office: str, name: str, place: str = "gia-lai") -> None:
    page.goto(f"{office}/nhap-lieu")
    page.set_input_files("input[name=tep]", str(CASES / f"{name}.xlsx"))
    page.select_option("select[name=loai]", "register")
    page.select_option("select[name=dia-ban]", place)
    page.fill("input[name=nam-so]", "2024")
    page.get_by_role("button", name="Đọc và xem trước").click()
    page.wait_for_url("**/nhap-lieu/*?*")


def answer(page: Any) -> None:
    """Take the first proposal of each question, else leave it unknown; the choices are reached and made by keys."""
    for group in page.locator("fieldset.question").all():
        folded = group.locator("xpath=ancestor::details[not(@open)]")
        if folded.count():
            folded.locator("summary").press("Enter")
        group.locator("input[type=radio]").last.focus()
        first = group.locator("input[type=radio]").first
        taken = first if first.get_attribute("value") not in ("#khac", "") else group.locator("input[value='-']")
        taken.focus()
        page.keyboard.press("Space")
        assert taken.is_checked()


def send(page: Any, words: str) -> None:
    page.locator("form", has=page.get_by_role("button", name=words)).locator("input[name=nguoi-ghi]").fill("Cán bộ Thử")
    page.get_by_role("button", name=words).press("Enter")


@pytest.mark.parametrize(
    ("name", "place", "count"), [("L02", "thanh-hoa", 8), ("L16", "gia-lai", 5), ("A39", "gia-lai", 16)]
)
def test_a_workbook_is_loaded_by_answering_its_questions_only(
    page: Any, office: str, name: str, place: str, count: int
) -> None:
    preview(page, office, name, place)
    for _ in range(4):
        if not page.locator("fieldset.question").count():
            break
        assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
        before = page.url
        answer(page)
        send(page, SEND)
        page.wait_for_url(lambda url, before=before: "/nhap-lieu/" in url and "?" in url and url != before)
    assert f"{count} dòng mới" in page.inner_text("h1")
    send(page, "Nạp vào cơ sở dữ liệu")
    page.wait_for_url("**/doi-soat*")


def test_what_was_chosen_is_there_again_when_one_comes_back(page: Any, office: str) -> None:
    preview(page, office, "A41")
    address = page.url
    chosen = page.locator("fieldset.question input[type=radio]").first
    name, value = chosen.get_attribute("name"), chosen.get_attribute("value")
    chosen.check()
    page.goto(f"{office}/htx")
    page.goto(address)
    assert page.locator(f"input[name='{name}'][value='{value}']").is_checked()
