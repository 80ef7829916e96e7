"""`/xem` in a browser: ten readers' questions in at most three clicks each, Back, links, keyboard, every screen."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from typing import Any

import pytest
from playwright.sync_api import expect

from dashboard.ui.style_sheet import ColourScheme, tokens
from tests.browser.test_charts import rgb
from tests.browser.test_every_page import SMALL_TEXT, TOO_WIDE, settled
from tests.patience import PATIENCE_MS

Fresh = Callable[..., AbstractContextManager[Any]]
MOST_CLICKS = 3
SIDE = "#cam-ket-chon"
KINDS = ["", "?xem=cam-ket", "?xem=dien-bien", "?xem=ban-do", "?xem=bang"]
PICKED = "?chon-dia-ban=thanh-hoa&chon-chi-tieu=htx_count"
RED = "path.choroplethlocation[fill='rgb(169, 49, 23)']"
DRAWN = "#explore-body .js-plotly-plot .main-svg, #explore-body .ag-row"


class Reader:
    """Somebody with a mouse who counts their clicks."""

    def __init__(self, page: Any) -> None:
        self.page, self.clicks = page, 0
        page.wait_for_selector(DRAWN)

    def click(self, what: str) -> None:
        self._count()
        self.page.locator(what).first.click()

    def click_cell(self, words: str) -> None:
        """A cell of the matrix, which bears these words."""
        self.click_middle(f".js-plotly-plot text:has-text('{words}')")

    def click_middle(self, what: str) -> None:
        """Where something is drawn; what lies over it takes the click and tells plotly."""
        self._count()
        at = self.page.locator(what).first
        at.scroll_into_view_if_needed()
        box = at.bounding_box()
        self.page.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)

    def choose(self, name: str, value: str) -> None:
        self._count()
        self.page.locator(f"select[name={name}]").select_option(value)

    def reads(self, where: str, *words: str) -> None:
        for text in words:
            expect(self.page.locator(where).first).to_contain_text(text, timeout=PATIENCE_MS)

    def _count(self) -> None:
        self.clicks += 1
        assert self.clicks <= MOST_CLICKS


@pytest.fixture
def reader(fresh: Fresh) -> Iterator[Callable[[str], Reader]]:
    managers: list[AbstractContextManager[Any]] = []

    def opens(address: str) -> Reader:
        managers.append(fresh(address))
        opened = managers[-1].__enter__()
        if not address.startswith("/xem"):
            opened.page.locator("main a", has_text="So sánh").first.click()
            found = Reader(opened.page)
            found.clicks = 1
            return found
        return Reader(opened.page)

    yield opens
    for manager in managers:
        manager.__exit__(None, None, None)


Opens = Callable[[str], Reader]


def test_which_promises_are_at_risk(reader: Opens) -> None:
    reader("/xem").reads(".js-plotly-plot", "Nguy cơ không đạt")


def test_how_far_a_province_is_from_one_promise_and_who_says_so(reader: Opens) -> None:
    found = reader("/xem?dia-ban=thanh-hoa")
    found.click_cell("1.376 / ≥ 1.280")
    found.reads(SIDE, "Số hợp tác xã", "Đạt", "vượt 96", "Báo Thanh Hóa")


def test_by_what_arithmetic(reader: Opens) -> None:
    found = reader(f"/xem{PICKED}")
    found.click(f"{SIDE} summary")
    found.reads(f"{SIDE} .arithmetic", "Chênh lệch: 1.376 − 1.280 = +96 HTX")


def test_which_tasks_should_move_it_and_which_office_keeps_it(reader: Opens) -> None:
    found = reader("/xem?dia-ban=thanh-hoa")
    found.click_cell("1.376 / ≥ 1.280")
    found.reads(SIDE, "Nhiệm vụ cần tác động", "Thường xuyên", "Sở Tài chính Thanh Hóa")


def test_which_promise_is_furthest_away(reader: Opens) -> None:
    found = reader("/xem")
    found.click(".pictures a:has-text('So với cam kết')")
    found.reads(".js-plotly-plot .ytick:first-of-type", "Số LHHTX")


def test_how_places_came_along_with_one_indicator(reader: Opens) -> None:
    found = reader("/chi-tieu/htx_count")
    found.click(".pictures a:has-text('Diễn biến')")
    found.reads(".js-plotly-plot", "Số HTX (HTX)", "Ninh Thuận", "Thanh Hóa")


def test_where_on_the_map_it_goes_wrong_and_what_it_is(reader: Opens) -> None:
    found = reader("/xem")
    found.click(".pictures a:has-text('Bản đồ')")
    found.click_middle(RED)
    found.reads(SIDE, "Đồng Nai")
    found.click(f"{SIDE} .ways a:has-text('Số LHHTX')")
    found.reads(SIDE, "Nguy cơ không đạt", "Cách tính tình trạng")


def test_what_was_promised_until_2045(reader: Opens) -> None:
    found = reader("/xem")
    found.choose("nam", "2045")
    found.reads("h1", "đến 2045")
    assert found.page.url.endswith("?nam=2045")


def test_the_numbers_sorted_as_i_like(reader: Opens) -> None:
    found = reader("/xem")
    found.click(".pictures a:has-text('Bảng')")
    found.page.wait_for_selector(".ag-row")
    found.click(".ag-header-cell[col-id=gap]")
    found.reads(".ag-row[row-index='0'] [col-id=gap]", "−2.000.000")


def test_the_numbers_to_take_away(reader: Opens) -> None:
    found = reader("/xem?dia-ban=thanh-hoa")
    with found.page.expect_download() as waiting:
        found.click(".exports a:has-text('Excel')")
    assert waiting.value.suggested_filename == "xem-chi-tieu.xlsx"


def test_back_leads_to_the_choice_before_and_a_link_opens_the_same(reader: Opens) -> None:
    found = reader("/xem?dia-ban=thanh-hoa")
    found.click(".pictures a:has-text('Diễn biến')")
    found.reads(".pictures .current", "Diễn biến")
    same = reader(found.page.url.partition("/xem")[1] + found.page.url.partition("/xem")[2])
    same.reads(".pictures .current", "Diễn biến")
    found.page.go_back()
    found.reads(".pictures .current", "Ma trận")
    expect(found.page.locator("input[name=xem]")).to_have_value("")
    assert found.page.locator("input[value=thanh-hoa]").is_checked()


def test_a_choice_changes_picture_heading_and_address_without_a_reload(reader: Opens) -> None:
    found = reader("/xem")
    found.page.evaluate("() => { window.isSame = true }")
    found.click("summary:has-text('Địa bàn')")
    found.click("input[name=dia-ban][value=thanh-hoa]")
    found.reads("h1", "15 cam kết của 1 địa bàn")
    assert found.page.url.endswith("/xem?dia-ban=thanh-hoa") and found.page.evaluate("() => window.isSame")


def test_without_scripts_the_form_and_the_table_do_the_same(fresh: Fresh) -> None:
    with fresh("/xem", drawn=False, java_script_enabled=False) as opened:
        page = opened.page
        page.locator("summary", has_text="Địa bàn").click()
        page.locator("input[value=thanh-hoa]").check()
        page.locator(".explore-form button").click()
        expect(page.locator("h1")).to_contain_text("15 cam kết của 1 địa bàn")
        page.locator("td a, th a", has_text="Số HTX").first.click()
        expect(page.locator(SIDE)).to_contain_text("Báo Thanh Hóa")


def test_the_keyboard_alone_comes_from_the_choice_to_the_promise(fresh: Fresh) -> None:
    with fresh("/xem?dia-ban=thanh-hoa") as opened:
        page = opened.page
        page.wait_for_selector(DRAWN)
        page.locator("#explore-body summary", has_text="thành bảng").focus()
        page.keyboard.press("Enter")
        page.locator("#explore-body td a", has_text="Số HTX").focus()
        page.keyboard.press("Enter")
        expect(page.locator(SIDE)).to_contain_text("Báo Thanh Hóa", timeout=PATIENCE_MS)
        page.locator(f"{SIDE} a", has_text="Bỏ chọn").focus()
        page.keyboard.press("Enter")
        expect(page.locator(SIDE)).to_have_count(0, timeout=PATIENCE_MS)


@pytest.mark.parametrize("query", [*KINDS, PICKED])
def test_every_state_is_accessible_calm_and_fits_a_phone(fresh: Fresh, axe: Any, is_ours: Any, query: str) -> None:
    with fresh(f"/xem{query}") as opened:
        page = opened.page
        page.wait_for_selector(DRAWN)
        for scheme in ("light", "dark"):
            page.emulate_media(color_scheme=scheme)
            page.wait_for_timeout(300)
            serious = [f"{found['id']}: {node['target']}" for found in axe.run(page).response["violations"]
                       if found["impact"] in ("serious", "critical") for node in found["nodes"][:3]]  # fmt: skip
            assert serious == []
        page.set_viewport_size({"width": 360, "height": 800})
        assert settled(page, TOO_WIDE) == [] and page.evaluate(SMALL_TEXT) == []
        assert opened.complaints == [] and [url for url in opened.requests if not is_ours(url)] == []


def test_colours_of_statuses_follow_a_dark_screen(fresh: Fresh) -> None:
    with fresh("/xem?xem=ban-do", color_scheme="dark") as opened:
        opened.page.wait_for_selector("path.choroplethlocation")
        wanted = rgb(tokens(ColourScheme.DARK)["risk"])
        colours = "() => [...document.querySelectorAll('path.choroplethlocation')].map(e => getComputedStyle(e).fill)"
        opened.page.wait_for_function(f"() => ({colours})().includes('{wanted}')")
