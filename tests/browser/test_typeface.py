"""The typeface is ours on every machine, and nothing runs out of its place with it or with the wide DejaVu instead."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from typing import Any

import pytest

from tests.browser.conftest import DRAWN
from tests.patience import PATIENCE_MS

Fresh = Callable[..., AbstractContextManager[Any]]
PAGES = (
    "/", "/?nam=2045", "/tinh", "/tinh/thanh-hoa", "/tinh/ninh-thuan", "/chi-tieu", "/chi-tieu/htx_count",
    "/chi-tieu/htx_member_count", "/nhiem-vu", "/htx", "/xep-loai", "/doi-soat", "/hop", "/phuong-phap",
)  # fmt: skip
PLAIN = ("/doi-soat", "/hop")  # served without the scripts of Dash
SCREENS = {"projector": (1366, 768), "laptop": (1280, 720), "window": (1180, 768), "phone": (360, 800)}
# a letter beyond the edge of its own block, a mark on two lines, a block wider than its place
OUT_OF_PLACE = """() => {
  const found = [], passed = '.unseen, .skip, svg, script, style, option, input, textarea, select, .points, .ag-root';
  const flows = e => getComputedStyle(e).display.startsWith('inline') && !e.matches('.mark, .button');
  const say = (what, e, text) => found.push(`${what} ${e.tagName}.${e.className}: ${text.trim().slice(0, 50)}`);
  const walk = document.createTreeWalker(document.querySelector('main').parentElement, NodeFilter.SHOW_TEXT);
  while (walk.nextNode()) {
    const node = walk.currentNode, range = document.createRange();
    if (!node.data.trim() || !node.parentElement.checkVisibility() || node.parentElement.closest(passed)) continue;
    let block = node.parentElement;
    while (flows(block)) block = block.parentElement;
    range.selectNodeContents(node);
    const edge = block.getBoundingClientRect(), lines = [...range.getClientRects()].filter(line => line.width);
    if (lines.some(l => l.left < edge.left - 1 || l.right > edge.right + 1)) say('over the edge', block, node.data);
    if (block.matches('.mark') && new Set(lines.map(l => Math.round(l.top))).size > 1) say('wrapped', block, node.data);
  }
  for (const e of document.querySelectorAll('main *, header *, header'))
    if (e.clientWidth && e.checkVisibility() && !e.closest(passed) && !flows(e)
        && getComputedStyle(e).overflowX === 'visible' && e.scrollWidth > e.clientWidth + 1)
      say(`${e.scrollWidth} in ${e.clientWidth}`, e, e.textContent);
  return found;
}"""
DIGITS = """() => [...'0123456789'].map(digit => {
  const canvas = document.createElement('canvas').getContext('2d');
  canvas.font = '15px ' + getComputedStyle(document.body).fontFamily;
  return canvas.measureText(digit).width;
})"""
USED = "() => [...document.fonts].filter(f => f.family.includes('Noto Sans')).map(f => [f.weight, f.status]).sort()"


def all_screens(page: Any) -> dict[str, list[str]]:
    found = {}
    for screen, (width, height) in SCREENS.items():
        page.set_viewport_size({"width": width, "height": height})
        page.evaluate("() => document.fonts.ready")
        found[screen] = page.evaluate(OUT_OF_PLACE)
    return {screen: lines[:5] for screen, lines in found.items() if lines}


@pytest.fixture
def without_typeface(browser: Any, server: str) -> Iterator[Callable[[str], Any]]:
    """Open an address where the files of the typeface never come: the machine's own DejaVu stands in."""
    contexts = []

    def look(address: str) -> Any:
        contexts.append(browser.new_context(viewport={"width": 1366, "height": 768}))
        contexts[-1].set_default_timeout(PATIENCE_MS)
        page = contexts[-1].new_page()
        page.route("**/*.woff2", lambda route: route.abort())
        page.goto(server + address)
        if address not in PLAIN:
            page.wait_for_function(DRAWN)
        # as on a machine that has no other: the typefaces before it in the list are set aside
        page.add_style_tag(content=":root { --typeface: 'Fitted DejaVu', 'DejaVu Sans', sans-serif !important; }")
        return page

    yield look
    for context in contexts:
        context.close()


@pytest.mark.parametrize("address", PAGES)
def test_nothing_runs_out_of_its_place(fresh: Fresh, address: str) -> None:
    with fresh(address, drawn=address not in PLAIN) as opened:
        assert all_screens(opened.page) == {}


@pytest.mark.parametrize("address", PAGES)
def test_nothing_runs_out_of_its_place_in_dejavu(without_typeface: Callable[[str], Any], address: str) -> None:
    assert all_screens(without_typeface(address)) == {}


def test_both_weights_are_fetched_before_they_are_needed_and_used(fresh: Fresh) -> None:
    with fresh("/") as opened:
        opened.page.evaluate("() => document.fonts.ready")
        assert opened.page.evaluate(USED) == [["400", "loaded"], ["600", "loaded"]]
        asked = [url.rpartition("/")[2] for url in opened.requests if url.endswith(".woff2")]
        assert sorted(re.sub(r"-[0-9a-f]{8}", "", name) for name in asked) == [
            "noto-sans-400.woff2",
            "noto-sans-600.woff2",
        ]
        assert len(set(opened.page.evaluate(DIGITS))) == 1  # columns of numbers stand
