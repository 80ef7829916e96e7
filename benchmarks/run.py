"""Measures everything once and writes benchmarks/RESULTS.md. Nothing here is a gate."""

from __future__ import annotations

import os
import platform
import re
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from urllib.request import urlopen

from playwright.sync_api import Error as BrowserError

from benchmarks import browser, clean_clone, rates, servers
from models.settings import ROOT

RESULTS = ROOT / "benchmarks" / "RESULTS.md"


@dataclass(frozen=True, slots=True)
class Line:
    """One measured thing, its yardstick in the same run, and what was expected."""

    what: str
    measured: str
    yardstick: str = ""
    expected: str = ""


def main() -> int:
    """Measure, print and write; a part that cannot run says why instead of failing the rest."""
    parts = {
        "Browser": _browser,
        "Builds of the overview in a second of processor time, one worker, no cache": _builds,
        "Answers a second": _answers,
        "Start": _start,
    }
    found: dict[str, list[Line]] = {}
    head = _machine()
    with tempfile.TemporaryDirectory(prefix="bench-") as name:
        folder = Path(name)
        env = servers.environment(folder, BARE_PAGE=str(folder / "bare.html"))
        seconds = servers.init(env)
        for title, measure in parts.items():
            print(f"measuring: {title}", file=sys.stderr, flush=True)
            try:
                found[title] = list(measure(folder, env))
            except (RuntimeError, OSError, subprocess.SubprocessError, BrowserError) as error:
                found[title] = [Line("not measured", str(error).splitlines()[0])]
        again = servers.init(env)
    found["Start"] += [
        Line("`python -m etl init` on an empty database", f"{seconds:.2f} s"),
        Line("`python -m etl init` again, nothing changed", f"{again:.2f} s"),
    ]
    text = _report(head, found)
    print(text)
    RESULTS.write_text(text, encoding="utf-8")
    return 0


def _browser(folder: Path, env: dict[str, str]) -> Iterator[Line]:
    if browser.chromium() is None:
        yield Line("not measured", "no Chromium; install it or set CHROMIUM")
        return
    with servers.gunicorn(servers.PRODUCT, env) as address:
        _write_bare_page(address, folder)
        cold, warm = browser.cold_and_warm(address)
        place, place_warm = browser.cold_and_warm(f"{address}/tinh/thanh-hoa", charts=True)
    with servers.gunicorn(servers.BARE_PAGE, env) as address:
        bare, bare_warm = browser.cold_and_warm(address)
    yield Line("overview, cold: words visible", f"{cold.words:.2f} s", f"{bare.words:.2f} s", "< 0.6 s")
    yield Line("overview, cold: transferred", _size(cold), _size(bare), "< 400 kB")
    yield Line("overview, warm: words visible", f"{warm.words:.2f} s", f"{bare_warm.words:.2f} s")
    yield Line("overview, warm: transferred", _size(warm), _size(bare_warm), "< 50 kB")
    yield Line("province page, cold: words visible", f"{place.words:.2f} s")
    yield Line("province page, cold: first chart", f"{place.first_chart or 0:.2f} s")
    yield Line("province page, cold: all charts", f"{place.all_charts or 0:.2f} s")
    yield Line("province page, cold: transferred", _size(place))
    yield Line("province page, warm: all charts", f"{place_warm.all_charts or 0:.2f} s")


def _builds(folder: Path, _env: dict[str, str]) -> Iterator[Line]:
    found = rates.builds(folder, servers.LOOKED_AT)
    yield Line("overview data from a loaded snapshot", f"{found.overview:.0f}/s", "", ">= 200/s")
    yield Line("... and the page as components", f"{found.components:.0f}/s")
    yield Line(f"... and as JSON ({found.json_bytes / 1000:.0f} kB)", f"{found.json:.0f}/s", "", ">= 200/s")
    yield Line("... or as HTML", f"{found.html:.0f}/s")
    yield Line("everything read from the database each time, to JSON", f"{found.with_loading:.1f}/s")
    yield Line("reading the database once (cached until the data changes)", f"{found.loading_ms:.0f} ms")


def _answers(folder: Path, env: dict[str, str]) -> Iterator[Line]:
    with servers.gunicorn(servers.BARE_DASH, env) as address:
        page = f"{rates.answers(address):.0f}/s"
        callback = _callback_rate(address)
    with servers.gunicorn(servers.PRODUCT, env) as address:
        _write_bare_page(address, folder)
        yield Line(
            "`/` whole page as HTML; yardstick: index of a bare Dash app", f"{rates.answers(address):.0f}/s", page
        )
        yield Line("callback that draws the overview; yardstick: a bare callback", _callback_rate(address), callback)
        yield Line("`/api/v1/gaps.json`", f"{rates.answers(f'{address}/api/v1/gaps.json'):.0f}/s")
    with servers.gunicorn(servers.BARE_PAGE, env) as address:
        yield Line("the bare page, for comparison", "", f"{rates.answers(address):.0f}/s")


def _callback_rate(address: str) -> str:
    """The rate of the callback that a browser sends on its first view of the address."""
    if browser.chromium() is None:
        return "no Chromium"
    view, _ = browser.cold_and_warm(address)
    return f"{rates.answers(*view.callback):.0f}/s" if view.callback else "no callback sent"


def _start(folder: Path, _env: dict[str, str]) -> Iterator[Line]:
    clean_clone.first_page(folder / "warms-the-package-cache")
    seconds = clean_clone.first_page(folder / "clone")
    yield Line("`make run` from a clean clone of the last commit to the first page", f"{seconds:.0f} s", "", "< 90 s")


def _write_bare_page(address: str, folder: Path) -> None:
    """The overview's words without styles and scripts, filled up to the same number of bytes."""
    with urlopen(address, timeout=20) as answer:
        whole = answer.read().decode()
    words = re.sub(r"<script.*?</script>|<link[^>]*>", "", whole, flags=re.DOTALL)
    missing = len(whole.encode()) - len(words.encode())
    words = words.replace("</body>", f"<!--{whole[: max(0, missing - 7)].replace('--', '  ')}--></body>")
    (folder / "bare.html").write_text(words, encoding="utf-8")


def _size(view: browser.View) -> str:
    return f"{view.bytes / 1000:.0f} kB, {view.requests} requests"


def _report(head: list[str], found: dict[str, list[Line]]) -> str:
    lines = ["# Results of `make bench`", "", *head, ""]
    for title, rows in found.items():
        lines += [f"## {title}", "", "| what | measured | yardstick in the same run | expected |", "|---|---|---|---|"]
        lines += [f"| {row.what} | {row.measured} | {row.yardstick} | {row.expected} |" for row in rows] + [""]
    return "\n".join(lines).rstrip() + "\n"


def _machine() -> list[str]:
    name = browser.chromium()
    version = "none"
    if name:
        version = subprocess.run([name, "--version"], capture_output=True, text=True, check=False).stdout.split(
            "built"
        )[0]
    return [
        f"Measured {datetime.now(UTC):%Y-%m-%d %H:%M} UTC on {os.cpu_count()} cores ({platform.machine()}, "
        f"{platform.system()}), Python {platform.python_version()}, browser {version.strip()}; load before: "
        f"{os.getloadavg()[0]:.1f}. Everything on loopback; client, browser and servers share the cores.",
        "",
        f"Browser: median of {browser.RUNS} fresh browsers at 1366x768 against a running server; warm is the second "
        "view in the same browser. Yardstick: a page of the same number of bytes (before compression) with the same "
        "words, without styles and scripts, under the same gunicorn settings. Expectations are no gates.",
        "",
        f"Rates: {rates.SECONDS:.0f} seconds each; answers over {rates.CONNECTIONS} kept connections against 2 workers "
        "of 8 threads.",
    ]


if __name__ == "__main__":
    sys.exit(main())
