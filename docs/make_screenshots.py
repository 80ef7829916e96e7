"""Takes docs/images and the guide's pictures from the real pages: `python -m docs.make_screenshots`. Needs Chromium."""

from __future__ import annotations

import secrets
import sys
import tempfile
from pathlib import Path

from playwright.sync_api import sync_playwright

from benchmarks import browser, servers
from models.accounts import account_writing as writing
from models.accounts.changing import ChangeSession
from models.accounts.rights import Grant, Role
from models.accounts.trail import COMMAND_LINE, Deed
from models.base.database import make_engine
from models.config.settings import ROOT

IMAGES = ROOT / "docs" / "images"
ACCOUNT = "can.bo"
GUIDE = ROOT / "docs" / "huong-dan" / "images"
PICTURES = {"overview.png": "/"}
GUIDE_PICTURES = {  # as an account with every role sees them
    "tinh.png": "/tinh",
    "van-ban.png": "/tinh/ninh-thuan/van-ban",
    "nhap-lieu.png": "/nhap-lieu",
    "doi-soat.png": "/doi-soat?dia-ban=thanh-hoa&nam-so=2025",
    "phien-hop.png": "/hop",
    "van-hanh.png": "/van-hanh",
}


def main() -> int:
    """Serve the reviewed data on a fixed day and photograph each page at 1366x768; 1 where there is no browser."""
    if browser.chromium() is None:
        sys.stderr.write("Không có Chromium. Cài gói chromium hoặc đặt biến CHROMIUM.\n")
        return 1
    with tempfile.TemporaryDirectory(prefix="pictures-") as folder:
        env = servers.environment(Path(folder))
        servers.init(env)
        take(PICTURES, IMAGES, env)
        take(GUIDE_PICTURES, GUIDE, env, add_account(env["DATABASE_URL"]))
    return 0


def add_account(url: str) -> str:
    """An account with every role, for pictures of pages that ask for one; gives its password."""
    password = secrets.token_urlsafe()
    engine = make_engine(url)
    with ChangeSession(engine) as session:
        account = writing.add_account(session, ACCOUNT, "Cán bộ mẫu", password, must_change=False)
        for role in (Role.OFFICER, Role.CLOSER, Role.ADMIN):
            writing.add_grant(session, account, Grant(role), COMMAND_LINE)
        session.finish(Deed("account_changed", COMMAND_LINE))
    engine.dispose()
    return password


def take(pictures: dict[str, str], into: Path, env: dict[str, str], password: str = "") -> None:
    """Serve with these settings and keep each page under its name, signed in where a password is given."""
    into.mkdir(parents=True, exist_ok=True)
    with servers.gunicorn(servers.PRODUCT, env) as address, sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=browser.chromium(), args=list(browser.ARGUMENTS))
        page = chromium.new_page(viewport=browser.VIEWPORT, locale="vi-VN", color_scheme="light")
        if password:
            page.goto(f"{address}/dang-nhap")
            page.fill("[name=ten]", ACCOUNT)
            page.fill("[name=mat-khau]", password)
            page.keyboard.press("Enter")
            page.wait_for_url(lambda url: "/dang-nhap" not in url)
        for name, path in pictures.items():
            page.goto(address + path, wait_until="networkidle")
            page.screenshot(path=into / name)
        chromium.close()


if __name__ == "__main__":
    sys.exit(main())
