"""What a reader waits for in a real browser: words, charts, bytes on the wire, cold and warm."""

from __future__ import annotations

import os
import shutil
from dataclasses import dataclass
from statistics import median
from typing import Any

from playwright.sync_api import Browser, Page, Request, ViewportSize, sync_playwright

RUNS = 5
ARGUMENTS = ("--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update")
VIEWPORT: ViewportSize = {"width": 1366, "height": 768}
PATIENCE_MS = 30_000
# what must hold in the page until words are seen, or all pictures of charts with the values that can be pointed at
WORDS = "document.querySelector('h1') && document.querySelector('h1').getBoundingClientRect().height > 0"
PICTURES = """(() => {
  const shown = (node) => node.getBoundingClientRect().height > 0;
  const pictures = [...document.querySelectorAll(".graph-picture")];
  return pictures.length > 0 && pictures.every((n) => n.complete && shown(n) && shown(n.nextElementSibling));
})()"""

# notes when words and charts have been painted; runs before the page's own scripts
WATCH = f"""
window.seen = {{}};
(function look() {{
  const note = (name, is) => {{ if (is && !(name in window.seen)) window.seen[name] = performance.now(); }};
  if (document.body) {{
    note("words", {WORDS});
    note("pictures", {PICTURES});
  }}
  requestAnimationFrame(look);
}})();
"""

# the same for one condition; asking from outside would wait behind the scripts that the page runs after its words
NOTE = """
(function look() {
  if (document.body && (%s)) { window.seenAt = performance.now(); } else { requestAnimationFrame(look); }
})();
"""
SEEN = """() => {
  const painted = performance.getEntriesByName("first-contentful-paint")[0];
  return painted && window.seenAt ? Math.max(painted.startTime, window.seenAt) : 0;
}"""


@dataclass(frozen=True, slots=True)
class PageLoad:
    """One view of one page: seconds until words and charts stood there, bytes and requests it took."""

    words: float
    pictures: float | None
    bytes: int
    requests: int
    callback: tuple[str, str] | None


def chromium() -> str | None:
    """The browser to measure with, None where there is none."""
    return os.environ.get("CHROMIUM") or shutil.which("chromium")


def cold_and_warm(address: str, *, charts: bool = False, runs: int = RUNS) -> tuple[PageLoad, PageLoad]:
    """The median of several fresh browsers, and of the second view in each of them."""
    pairs = []
    with sync_playwright() as playwright:
        for _ in range(runs):
            browser = playwright.chromium.launch(executable_path=chromium(), args=list(ARGUMENTS))
            try:
                pairs.append(_twice(browser, address, charts))
            finally:
                browser.close()
    return _middle([cold for cold, _ in pairs]), _middle([warm for _, warm in pairs])


def _twice(browser: Browser, address: str, charts: bool) -> tuple[PageLoad, PageLoad]:
    context = browser.new_context(viewport=VIEWPORT, locale="vi-VN")
    context.add_init_script(WATCH)
    cold = _look(context.new_page(), address, charts)
    return cold, _look(context.new_page(), address, charts)


def _look(page: Page, address: str, charts: bool) -> PageLoad:
    sizes: list[int] = []
    callbacks: list[tuple[str, str]] = []
    link = page.context.new_cdp_session(page)
    link.send("Network.enable")
    link.on("Network.loadingFinished", lambda event: sizes.append(int(event["encodedDataLength"])))
    page.on("request", lambda request: callbacks.extend(_callback(request)))
    page.goto(address, wait_until="networkidle", timeout=PATIENCE_MS)
    done = "window.seen.pictures" if charts else "window.seen.words"
    page.wait_for_function(f"() => {done} !== undefined", timeout=PATIENCE_MS)
    seen: dict[str, float] = page.evaluate("window.seen")
    painted: float = page.evaluate("performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? 0")
    page.close()
    return PageLoad(
        words=max(seen["words"], painted) / 1000,
        pictures=_seconds(seen.get("pictures")),
        bytes=sum(sizes),
        requests=len(sizes),
        callback=callbacks[-1] if callbacks else None,
    )


def seconds_until(address: str, shown: str, *, throttled: bool, runs: int = 3) -> float:
    """The median of seconds until the condition `shown` (JavaScript) holds on a painted page, in a fresh browser."""
    found = []
    with sync_playwright() as playwright:
        for _ in range(runs):
            browser = playwright.chromium.launch(executable_path=chromium(), args=list(ARGUMENTS))
            try:
                page = browser.new_context(viewport=VIEWPORT, locale="vi-VN").new_page()
                page.add_init_script(NOTE % shown)
                if throttled:
                    _throttle(page)
                page.goto(address, wait_until="commit", timeout=PATIENCE_MS)
                seen = page.wait_for_function(SEEN, timeout=PATIENCE_MS)
                found.append(float(seen.json_value()))
            finally:
                browser.close()
    return median(found) / 1000


def _throttle(page: Page) -> None:
    link = page.context.new_cdp_session(page)
    link.send("Network.enable")
    limits = {"offline": False, "latency": 20, "downloadThroughput": 9e6 / 8, "uploadThroughput": 9e6 / 8}
    link.send("Network.emulateNetworkConditions", limits)
    link.send("Emulation.setCPUThrottlingRate", {"rate": 4})


def _callback(request: Request) -> list[tuple[str, str]]:
    is_callback = request.method == "POST" and "_dash-update-component" in request.url
    return [(request.url, request.post_data or "")] if is_callback else []


def _seconds(milliseconds: float | None) -> float | None:
    return None if milliseconds is None else milliseconds / 1000


def _middle(views: list[PageLoad]) -> PageLoad:
    def of(name: str) -> Any:
        values = [getattr(view, name) for view in views]
        return None if None in values else median(values)

    return PageLoad(
        of("words"),
        of("pictures"),
        int(of("bytes")),
        int(of("requests")),
        views[-1].callback,
    )
