"""How a page is read: before scripts, by keyboard, back and forth, in grey, on paper."""

from __future__ import annotations

import re
from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import Any

import pytest

from dashboard.web.shell import NAVIGATION

Look = Callable[[str], Any]
Fresh = Callable[..., AbstractContextManager[Any]]
FOCUS = """() => {
  const e = document.activeElement, style = getComputedStyle(e);
  return {text: e.textContent.trim().slice(0, 40), tag: e.tagName, href: e.getAttribute('href') || '',
    visible: parseFloat(style.outlineWidth) >= 2 && style.outlineStyle !== 'none' && e.checkVisibility(),
    onScreen: e.getBoundingClientRect().right > 0};
}"""
OVERVIEW = ("4 trong 34 chỉ tiêu 2030", "Nguy cơ không đạt", "82.841", "Thanh Hóa", "còn 23 ngày")


def test_the_overview_is_readable_without_javascript(fresh: Fresh) -> None:
    with fresh("/", drawn=False, java_script_enabled=False) as opened:
        text = opened.page.locator("#first-view").inner_text()
        for part in OVERVIEW:
            assert part in text


def test_the_overview_is_readable_while_scripts_are_on_their_way(browser: Any, server: str) -> None:
    context = browser.new_context(viewport={"width": 1366, "height": 768})
    page = context.new_page()
    page.route(re.compile(r"\.js(\?|$)"), lambda route: None)  # asked for, never answered
    page.goto(server + "/", wait_until="commit")
    page.wait_for_selector("#first-view .mark")
    text = page.inner_text("body")
    for part in OVERVIEW:
        assert part in text
    assert page.locator("h1:visible").count() == 1
    context.close()


def test_a_page_stays_readable_when_scripts_are_refused(browser: Any, server: str) -> None:
    context = browser.new_context(viewport={"width": 360, "height": 800})
    page = context.new_page()
    page.route(re.compile(r"\.js(\?|$)"), lambda route: route.abort())
    page.goto(server + "/tinh/thanh-hoa")
    assert page.locator("h1:visible").count() == 1
    page.locator("summary").first.click()
    assert page.locator("details[open]").count() == 1
    context.close()


@pytest.mark.parametrize("address", ["/", "/bieu-do/chi-tieu/htx_count"])
def test_the_page_does_not_jump_when_scripts_have_run(fresh: Fresh, address: str) -> None:
    with fresh(address, drawn=False, java_script_enabled=False) as before, fresh(address) as after:
        where = "() => [...document.querySelectorAll('h1, h2, tr')].map(e => Math.round(e.getBoundingClientRect().top))"
        assert before.page.evaluate(where) == after.page.evaluate(where)


# --- keyboard ----------------------------------------------------------------------------------


def test_the_keyboard_reaches_the_content_and_every_page_with_visible_focus(fresh: Fresh) -> None:
    with fresh("/tinh/thanh-hoa") as opened:
        found = []
        for _ in range(len(NAVIGATION) + 3):
            opened.page.keyboard.press("Tab")
            found.append(opened.page.evaluate(FOCUS))
        assert found[0]["href"] == "#noi-dung"
        assert [f["text"] for f in found[2:-1]] == [label for _, label in NAVIGATION]
        assert all(f["visible"] and f["onScreen"] for f in found), found


def test_the_first_tab_skips_to_the_content(fresh: Fresh) -> None:
    with fresh("/") as opened:
        opened.page.keyboard.press("Tab")
        opened.page.keyboard.press("Enter")
        assert opened.page.evaluate("() => document.activeElement.id") == "noi-dung"
        opened.page.keyboard.press("Tab")
        assert "/tinh/" in opened.page.evaluate(FOCUS)["href"] or opened.page.evaluate(FOCUS)["tag"] == "DIV"


def test_the_arithmetic_opens_by_keyboard(fresh: Fresh) -> None:
    with fresh("/tinh/thanh-hoa#htx_count-2030") as opened:
        summary = opened.page.locator("#htx_count-2030 summary")
        summary.focus()
        focus = opened.page.evaluate(FOCUS)
        opened.page.keyboard.press("Enter")
        assert focus["tag"] == "SUMMARY"
        assert opened.page.locator("#htx_count-2030 details").get_attribute("open") is not None
        assert "1.376 − 1.280 = +96" in opened.page.locator("#htx_count-2030 .arithmetic").inner_text()


# --- addresses ---------------------------------------------------------------------------------


def test_back_brings_the_same_view(fresh: Fresh, server: str) -> None:
    with fresh("/") as opened:
        page = opened.page
        page.get_by_role("link", name="2045").click()
        page.wait_for_url("**/?nam=2045")
        page.wait_for_selector("h1:has-text('2045')")
        page.locator(".provinces a", has_text="Thanh Hóa").click()
        page.wait_for_selector("h1:has-text('Thanh Hóa')")
        assert "nam=2045" in page.url
        page.go_back()
        page.wait_for_selector("h1:has-text('đến 2045')")
        assert page.url == server + "/?nam=2045"
        assert page.locator(".switch [aria-current]").inner_text() == "2045"
        page.go_back()
        page.wait_for_selector("h1:has-text('2030')")
        assert page.url == server + "/"


def test_a_link_from_the_overview_brings_the_promise_into_view(fresh: Fresh) -> None:
    with fresh("/") as opened:
        opened.page.locator("tr", has_text="82.841").get_by_role("link").click()
        card = opened.page.locator("#htx_member_count-2030")
        card.wait_for()
        opened.page.wait_for_load_state("networkidle")
        top = card.evaluate("e => e.getBoundingClientRect().top")
        assert 0 <= top < 500


# --- grey and paper ----------------------------------------------------------------------------


@pytest.mark.parametrize("address", ["/", "/phuong-phap", "/nhiem-vu?dia-ban=thanh-hoa"])
def test_every_status_is_a_word_with_an_icon_that_can_be_seen(opened: Look, address: str) -> None:
    marks = opened(address).page.evaluate(
        """() => [...document.querySelectorAll('.mark')].map(m => {
          const icon = m.querySelector('.icon'), style = getComputedStyle(icon), box = icon.getBoundingClientRect();
          const seen = box.width >= 10 && style.backgroundColor !== 'transparent';
          const list = m.closest('section').querySelector('h2').textContent;
          return [m.textContent.trim(), style.maskImage, seen, list];
        })"""
    )
    assert marks and all(word and mask.startswith("url(") and seen for word, mask, seen, _ in marks)
    for among in {part for *_, part in marks}:  # promises and tasks have states of their own, and lists of their own
        found = {(word, mask) for word, mask, _, part in marks if part == among}
        assert len(found) == len({word for word, _ in found}) == len({mask for _, mask in found})


def pages_of(pdf: bytes) -> int:
    return len(re.findall(rb"/Type /Page\b(?!s)", pdf))


def outline_of(pdf: bytes) -> str:
    """The headings that Chromium writes into the outline of the paper."""
    titles = re.findall(rb"/Title <([0-9A-Fa-f]+)>", pdf)
    return "\n".join(bytes.fromhex(title.decode()).decode("utf-16", "replace") for title in titles)


@pytest.mark.parametrize(("address", "most"), [("/", 4), ("/tinh/thanh-hoa", 14), ("/phuong-phap", 7)])
def test_the_printed_page_is_whole_and_no_longer_than_it_must_be(opened: Look, address: str, most: int) -> None:
    page = opened(address).page
    heading = page.locator("h1").inner_text()
    pdf = page.pdf(prefer_css_page_size=True, outline=True, tagged=True)
    assert 1 <= pages_of(pdf) <= most
    assert "".join(heading.split()) in "".join(outline_of(pdf).split())


@pytest.mark.parametrize("address", ["/", "/tinh/thanh-hoa", "/chi-tieu/htx_count", "/nhiem-vu?dia-ban=thanh-hoa"])
def test_nothing_is_cut_at_the_edge_of_the_paper(opened: Look, address: str) -> None:
    page = opened(address).page
    page.emulate_media(media="print")
    page.set_viewport_size({"width": 1031, "height": 700})  # A4 lying, 12 mm margins, 96 dots an inch
    page.wait_for_timeout(300)
    cut = page.evaluate(
        """() => [...document.querySelectorAll('#app *')].filter(e => e.checkVisibility()
          && !e.closest('.unseen, .skip, svg')
          && (e.getBoundingClientRect().right > innerWidth + 1
              || (e.scrollWidth > e.clientWidth + 1 && getComputedStyle(e).overflowX !== 'visible' && e.clientWidth)))
          .map(e => e.tagName + '.' + e.className).slice(0, 5)"""
    )
    page.emulate_media(media="screen")
    page.set_viewport_size({"width": 1366, "height": 768})
    assert cut == []
