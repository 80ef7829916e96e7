"""Takes docs/images from the real pages: `python -m docs.make_screenshots`. Needs Chromium."""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

from playwright.sync_api import sync_playwright

from benchmarks import browser, servers
from models.config.settings import ROOT

IMAGES = ROOT / "docs" / "images"
PICTURES = {"overview.png": "/"}


def main() -> int:
    """Serve the reviewed data on a fixed day and photograph each page at 1366x768; 1 where there is no browser."""
    if browser.chromium() is None:
        sys.stderr.write("Không có Chromium. Cài gói chromium hoặc đặt biến CHROMIUM.\n")
        return 1
    IMAGES.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="pictures-") as folder:
        env = servers.environment(Path(folder))
        servers.init(env)
        with servers.gunicorn(servers.PRODUCT, env) as address, sync_playwright() as playwright:
            chromium = playwright.chromium.launch(executable_path=browser.chromium(), args=list(browser.ARGUMENTS))
            page = chromium.new_page(viewport=browser.VIEWPORT, locale="vi-VN", color_scheme="light")
            for name, path in PICTURES.items():
                page.goto(address + path, wait_until="networkidle")
                page.screenshot(path=IMAGES / name)
            chromium.close()
    return 0


if __name__ == "__main__":
    sys.exit(main())
