"""A page as PDF: the screen's own HTML and print style sheet, printed by Chromium without a server or a network."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import tempfile
from base64 import b64encode
from html import escape
from pathlib import Path

from dashboard.ui.html import Element
from dashboard.ui.render import to_html
from dashboard.ui.style_sheet import typeface

ASSETS = Path(__file__).parent.parent / "assets"
TIME_LIMIT_SECONDS = 180  # a page takes seconds; a busy machine many times that
FOOT = """
@page { @bottom-left { content: %s; font-size: 9pt; } }
.how { display: none; }
.cards { grid-template-columns: 1fr 1fr; }
main { display: block; } main > * { margin-bottom: 10pt; }
.block { display: block; } .block > h2 { break-after: avoid; margin-bottom: 8pt; }
.sheet { display: block; } .sheet > h2 { break-after: avoid; }
.sheet:has(.relations) { break-inside: auto; } .relations { display: block; }
.relations li { break-inside: avoid; margin-bottom: 6pt; } .relations li:first-child { break-before: avoid; }
.cards { font-size: 9.5pt; gap: 8pt; } .graph-frame { zoom: .7; }
"""
CANDIDATES = ("chromium", "chromium-browser", "google-chrome")


class NoPrinterError(RuntimeError):
    """There is no Chromium on this machine, or it did not finish; the message is for the reader."""


def standalone_html(page: Element, title: str, stamp: str) -> str:
    """The page with its styles inside, readable from a file; its charts are the pictures of the screen.

    `stamp` (known-on date, snapshot id) stands at the foot of every page beside "Trang x/y".
    """
    styles = "\n".join(path.read_text(encoding="utf-8") for path in sorted(ASSETS.glob("*.css")))
    for file in typeface():
        inside = f"data:font/woff2;base64,{b64encode(file.read_bytes()).decode()}"
        styles = styles.replace(f"url({file.name})", f"url({inside})")
    styles = styles.replace("url(favicon.svg)", "none") + FOOT % json.dumps(stamp, ensure_ascii=False)
    body = to_html(page).replace("<details>", "<details open>")
    return (
        f'<!DOCTYPE html><html lang="vi"><head><meta charset="utf-8"><title>{escape(title)}</title>'
        f"<style>{styles}</style></head><body>{body}</body></html>"
    )


def print_pdf(html: str) -> bytes:
    """Print a standalone page; raises NoPrinterError with a sentence when that cannot be done."""
    browser = os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, CANDIDATES)), None)
    if browser is None:
        raise NoPrinterError(
            "Máy chủ chưa cài Chromium nên chưa in được PDF. Báo người quản trị cài gói chromium rồi làm lại."
        )
    with tempfile.TemporaryDirectory() as folder:
        source, target = Path(folder) / "page.html", Path(folder) / "page.pdf"
        source.write_text(html, encoding="utf-8")
        command = [
            browser, "--headless", "--no-sandbox", "--disable-gpu", "--disable-background-networking",
            "--disable-component-update", "--disable-sync", "--no-pdf-header-footer",
            f"--user-data-dir={folder}/profile", f"--print-to-pdf={target}", source.as_uri(),
        ]  # fmt: skip
        try:
            subprocess.run(command, check=True, capture_output=True, timeout=TIME_LIMIT_SECONDS)  # noqa: S603
        except subprocess.TimeoutExpired as error:
            raise NoPrinterError("Chromium không in xong trang này trong ba phút. Thử lại khi máy rảnh.") from error
        except (subprocess.SubprocessError, OSError) as error:
            raise NoPrinterError(
                "Máy chủ không chạy được Chromium nên chưa in được PDF. Báo người quản trị sửa rồi làm lại."
            ) from error
        if not target.exists():
            raise NoPrinterError("Chromium không tạo được tệp PDF. Thử lại sau.")
        return target.read_bytes()
