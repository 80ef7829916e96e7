"""What holds on every page: nothing leaves, nothing errs, everybody can read it, it fits every screen."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest

PAGES = [
    "/", "/?nam=2045", "/?biet-den=2024-06-30", "/tinh", "/tinh/thanh-hoa", "/tinh/gia-lai-truoc-2025-07",
    "/tinh/khanh-hoa", "/chi-tieu", "/chi-tieu/htx_count", "/nhiem-vu?dia-ban=thanh-hoa", "/phuong-phap", "/khong-co",
    "/tinh/ninh-thuan/van-ban", "/huong-dan", "/huong-dan/bat-dau-mot-tinh",
]  # fmt: skip
Look = Callable[[str], Any]
every_page = pytest.mark.parametrize("address", PAGES)

SMALL_TEXT = """() => {
  const found = new Set(), walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const node = walker.currentNode, box = node.parentElement;
    if (!node.data.trim() || !box.checkVisibility() || box.closest('script, style, .unseen')) continue;
    const size = parseFloat(getComputedStyle(box).fontSize);
    if (size < 13.99) found.add(size + 'px: ' + node.data.trim().slice(0, 40));
  }
  return [...found];
}"""
TOO_WIDE = """() => {
  const width = document.documentElement.clientWidth;
  if (document.documentElement.scrollWidth <= width) return [];
  return [...document.querySelectorAll('#app *')].filter(e => e.getBoundingClientRect().right > width + 1)
    .map(e => e.tagName + '.' + e.className).slice(0, 5);
}"""
CUT_WORDS = """() => [...document.querySelectorAll('#app *')].filter(e => {
  const style = getComputedStyle(e);
  return e.clientWidth && e.scrollWidth > e.clientWidth + 1 && style.overflowX !== 'visible'
    && !e.closest('.unseen');
}).map(e => e.tagName + '.' + e.className + ': ' + e.textContent.trim().slice(0, 40))"""


@contextmanager
def width(page: Any, pixels: int, height: int = 768) -> Iterator[None]:
    """The page on a screen of another width."""
    before = page.viewport_size
    page.set_viewport_size({"width": pixels, "height": height})
    try:
        yield
    finally:
        page.set_viewport_size(before)


def settled(page: Any, question: str) -> list[str]:
    """What is still wrong after charts had a moment to follow the screen."""
    for _ in range(20):
        found: list[str] = page.evaluate(question)
        if not found:
            break
        page.wait_for_timeout(200)
    return found


@every_page
def test_no_request_leaves_the_server(opened: Look, is_ours: Callable[[str], bool], address: str) -> None:
    requests = opened(address).requests
    assert len(requests) > 5
    assert [url for url in requests if not is_ours(url)] == []


@every_page
def test_the_console_has_nothing_to_complain_of(opened: Look, address: str) -> None:
    found = opened(address).complaints
    if address == "/khong-co":  # the browser itself notes that the page answered 404
        found = [text for text in found if "status of 404" not in text]
    assert found == []


@every_page
def test_every_part_of_the_frame_stands_once(opened: Look, address: str) -> None:
    page = opened(address).page
    for part in ("h1", "main", "#noi-dung", "header.top"):
        assert page.locator(part).count() == 1, part
    assert page.locator("h1").is_visible()


@every_page
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_serious(opened: Look, axe: Any, address: str, scheme: str) -> None:
    page = opened(address).page
    page.emulate_media(color_scheme=scheme)
    try:
        violations = axe.run(page).response["violations"]
    finally:
        page.emulate_media(color_scheme="light")
    serious = {
        f"{found['id']}: {node['target']} {node['failureSummary']}"[:300]
        for found in violations
        if found["impact"] in ("serious", "critical")
        for node in found["nodes"][:3]
    }
    assert serious == set()


@every_page
@pytest.mark.parametrize(("pixels", "why"), [(360, "a phone"), (683, "200% on a projector of 1366")])
def test_no_page_scrolls_sideways(opened: Look, address: str, pixels: int, why: str) -> None:
    page = opened(address).page
    with width(page, pixels):
        assert settled(page, TOO_WIDE) == [], why


@every_page
@pytest.mark.parametrize(("pixels", "why"), [(1366, "a projector"), (1024, "a tablet")])
def test_nothing_is_cut(opened: Look, address: str, pixels: int, why: str) -> None:
    page = opened(address).page
    with width(page, pixels):
        assert page.evaluate(CUT_WORDS) == [], why


@every_page
def test_no_text_is_smaller_than_14_pixels(opened: Look, address: str) -> None:
    page = opened(address).page
    assert page.evaluate(SMALL_TEXT) == []
    with width(page, 360):
        assert page.evaluate(SMALL_TEXT) == []


@every_page
def test_light_and_dark_are_two_grounds(opened: Look, address: str) -> None:
    page = opened(address).page
    ground = "() => getComputedStyle(document.body).backgroundColor"
    light = page.evaluate(ground)
    page.emulate_media(color_scheme="dark")
    dark = page.evaluate(ground)
    page.emulate_media(color_scheme="light")
    assert light != dark


@every_page
def test_every_table_has_a_caption_and_head_cells(opened: Look, address: str) -> None:
    bare = """() => [...document.querySelectorAll('table')].filter(t => !t.caption || !t.caption.textContent.trim()
        || !t.querySelector('thead th[scope=col]') || [...t.querySelectorAll('tbody tr')].some(
            r => !r.querySelector('th[scope=row]'))).length"""
    assert opened(address).page.evaluate(bare) == 0


@every_page
def test_nothing_moves_by_itself(opened: Look, address: str) -> None:
    running = "() => document.getAnimations().filter(a => a.playState === 'running').length"
    assert opened(address).page.evaluate(running) == 0
