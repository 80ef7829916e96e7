"""One table out: what was measured, beside what, the goal, and whether it was held."""

from __future__ import annotations

import os
import platform
import re
import subprocess
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import UTC, datetime

from benchmarks import browser, rates

GOAL = re.compile(r"(?P<of>ratio |p95 |)(?P<sign><=|<|>=) (?P<beside>yardstick \+ |)(?P<limit>[\d.,]+)")
NUMBER = re.compile(r"\d[\d,]*(?:\.\d+)?")


@dataclass(frozen=True, slots=True)
class Line:
    """One measured thing, its yardstick in the same run, and the goal.

    A goal reads "< 0.6 s", "ratio >= 4", "p95 < 150 ms" or "<= yardstick + 0.3 s".
    """

    what: str
    measured: str
    yardstick: str = ""
    expected: str = ""
    ratio: str = ""

    @property
    def held(self) -> str:
        """What became of the goal, judged by the figures as printed; nothing where there is no goal."""
        if not self.expected:
            return ""
        goal = GOAL.match(self.expected)
        found = goal and (_number(self.ratio) if goal["of"] == "ratio " else _number(self.measured, goal["of"].strip()))
        extra = goal and (_number(self.yardstick) if goal["beside"] else 0.0)
        if goal is None or found is None or extra is None:
            return "not judged"
        limit = float(goal["limit"].replace(",", "")) + extra
        is_held = found >= limit if goal["sign"] == ">=" else found < limit or (found == limit and goal["sign"] == "<=")
        return "held" if is_held else "NOT held"


@dataclass(slots=True)
class BenchmarkPart:
    """What one part found, when, under what load of the machine, how long it took, and what went wrong."""

    title: str
    at: str
    load: float
    seconds: float = 0.0
    fault: str = ""
    lines: list[Line] = field(default_factory=list)


def _number(text: str, after: str = "") -> float | None:
    """The first number of a text, or the first behind a word."""
    found = NUMBER.search(text[text.find(after) + len(after) :] if after in text else text)
    return float(found[0].replace(",", "")) if found else None


def beside(what: str, measured: float, yardstick: float, *, unit: str, expected: str = "", digits: int = 0) -> Line:
    """A line whose ratio is measured over yardstick."""
    ratio = f"{measured / yardstick:.3g}" if yardstick else ""
    return Line(what, f"{measured:,.{digits}f} {unit}", f"{yardstick:,.{digits}f} {unit}", expected, ratio)


def report(head: Iterable[str], parts: Iterable[BenchmarkPart]) -> str:
    """The whole text: how many goals were held, one table of everything, the plots."""
    parts = list(parts)
    held = [line.held for part in parts for line in part.lines]
    told = f"{held.count('held')} goals held, {held.count('NOT held')} not held, {held.count('not judged')} not judged."
    rows = [row for part in parts for row in _rows(part)]
    table = ["| what | measured | yardstick in the same run | ratio | goal | |", "|---|---|---|---|---|---|", *rows]
    return "\n".join(["# Results of `make bench`", "", *head, "", told, "", *table, *_plots(parts)]) + "\n"


def _rows(part: BenchmarkPart) -> list[str]:
    rows = [f"| **{part.title}** ({part.at}, {part.seconds:.0f} s, load before {part.load:.1f}) | | | | | |"]
    found = [line for line in part.lines if not line.measured.startswith("![")]
    rows += [f"| {r.what} | {r.measured} | {r.yardstick} | {r.ratio} | {r.expected} | {r.held} |" for r in found]
    return rows + ([f"| not measured to its end | {part.fault} | | | | |"] if part.fault else [])


def _plots(parts: list[BenchmarkPart]) -> list[str]:
    return [
        text for part in parts for line in part.lines if line.measured.startswith("![") for text in ("", line.measured)
    ]


def machine() -> list[str]:
    """On what, and how to read the table."""
    name = browser.chromium()
    version = "none"
    if name:
        said = subprocess.run([name, "--version"], capture_output=True, text=True, check=False).stdout
        version = said.split("built")[0]
    return [
        f"Written {datetime.now(UTC):%Y-%m-%d %H:%M} UTC on {os.cpu_count()} cores ({platform.machine()}, "
        f"{platform.system()}), Python {platform.python_version()}, browser {version.strip()}. Each part tells when it "
        "was measured. Everything on loopback; client, browser and servers share the cores. Read the ratios: seconds "
        "belong to this machine.",
        "",
        f"Browser: median of {browser.RUNS} fresh browsers at 1366x768 against a running server; warm is the second "
        "view in the same browser; throttled is 9 Mbit/s, 20 ms and a processor divided by 4. Rates: "
        f"{rates.SECONDS:.0f} seconds each; answers over {rates.CONNECTIONS} kept connections against 2 workers of 8 "
        "threads. National data: `benchmarks/national.py`. Goals are judged by the printed figures; they are no gates.",
    ]
