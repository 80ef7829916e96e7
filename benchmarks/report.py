"""One table out: what was measured, beside what, and what was expected."""

from __future__ import annotations

import os
import platform
import subprocess
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime

from benchmarks import browser, rates


@dataclass(frozen=True, slots=True)
class Line:
    """One measured thing, its yardstick in the same run, and what was expected."""

    what: str
    measured: str
    yardstick: str = ""
    expected: str = ""
    ratio: str = ""


def beside(what: str, measured: float, yardstick: float, *, unit: str, expected: str = "", digits: int = 0) -> Line:
    """A line whose ratio is measured over yardstick."""
    ratio = f"{measured / yardstick:.2f}" if yardstick else ""
    return Line(what, f"{measured:,.{digits}f} {unit}", f"{yardstick:,.{digits}f} {unit}", expected, ratio)


def report(head: Iterable[str], found: Mapping[str, Iterable[Line]]) -> str:
    """The whole text, a table a part."""
    lines = ["# Results of `make bench`", "", *head, ""]
    for title, rows in found.items():
        lines += [f"## {title}", "", "| what | measured | yardstick in the same run | ratio | expected |"]
        lines += ["|---|---|---|---|---|"]
        lines += [f"| {r.what} | {r.measured} | {r.yardstick} | {r.ratio} | {r.expected} |" for r in rows] + [""]
    return "\n".join(lines).rstrip() + "\n"


def machine() -> list[str]:
    """When and on what, and how to read the tables."""
    name = browser.chromium()
    version = "none"
    if name:
        said = subprocess.run([name, "--version"], capture_output=True, text=True, check=False).stdout
        version = said.split("built")[0]
    return [
        f"Measured {datetime.now(UTC):%Y-%m-%d %H:%M} UTC on {os.cpu_count()} cores ({platform.machine()}, "
        f"{platform.system()}), Python {platform.python_version()}, browser {version.strip()}; load before: "
        f"{os.getloadavg()[0]:.1f}. Everything on loopback; client, browser and servers share the cores. Read the "
        "ratios: seconds belong to this machine.",
        "",
        f"Browser: median of {browser.RUNS} fresh browsers at 1366x768 against a running server; warm is the second "
        "view in the same browser; throttled is 9 Mbit/s, 20 ms and a processor divided by 4. Rates: "
        f"{rates.SECONDS:.0f} seconds each; answers over {rates.CONNECTIONS} kept connections against 2 workers of 8 "
        "threads. National data: `benchmarks/national.py`. Expectations are no gates.",
    ]
