"""Measures everything and writes benchmarks/RESULTS.md; `--only PART ...` prints some parts. Nothing here is a gate."""

from __future__ import annotations

import argparse
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

from playwright.sync_api import Error as BrowserError

from benchmarks import servers
from benchmarks.beside import beside_peers
from benchmarks.growth import growth
from benchmarks.loading import loading
from benchmarks.memory import memory
from benchmarks.recompute import recompute
from benchmarks.register import imports, register
from benchmarks.report import Line, machine, report
from benchmarks.web import answers, browsing, builds, start
from models.settings import ROOT

RESULTS = ROOT / "benchmarks" / "RESULTS.md"
Part = Callable[[Path, dict[str, str]], Iterator[Line]]
PARTS: dict[str, tuple[str, Part]] = {
    "browser": ("Browser", browsing),
    "builds": ("Builds of the overview in a second of processor time, one worker, no cache", builds),
    "answers": ("Answers a second", answers),
    "peers": ("Beside Datasette, Streamlit and the plain Dash way", beside_peers),
    "loading": ("Loading observations", loading),
    "imports": ("Loading a workbook of 35.000 organisations", imports),
    "recompute": ("Gaps at national scale", recompute),
    "register": ("The register of 155.000 organisations", register),
    "growth": ("Growth: ten times the data", growth),
    "memory": ("Memory of a web worker", memory),
    "start": ("Start", start),
}


def main() -> int:
    """Measure and print; the whole run is written. A part that cannot run says why instead of failing the rest."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--only", nargs="+", choices=list(PARTS), default=[], metavar="PART", help=", ".join(PARTS))
    chosen = parser.parse_args().only or list(PARTS)
    head = machine()
    found: dict[str, list[Line]] = {}
    with tempfile.TemporaryDirectory(prefix="bench-") as name:
        folder = Path(name)
        env = servers.environment(folder, BARE_PAGE=str(folder / "bare.html"))
        seconds = servers.init(env)
        for title, measure in (PARTS[part] for part in chosen):
            print(f"measuring: {title}", file=sys.stderr, flush=True)
            try:
                found[title] = list(measure(folder, env))
            except (RuntimeError, OSError, subprocess.SubprocessError, BrowserError) as error:
                found[title] = [Line("not measured", (str(error).splitlines() or ["?"])[0])]
        if "start" in chosen:
            again = servers.init(env)
            found[PARTS["start"][0]] += [
                Line("`python -m etl init` on an empty database", f"{seconds:.2f} s"),
                Line("`python -m etl init` again, nothing changed", f"{again:.2f} s"),
            ]
    text = report(head, found)
    print(text)
    if len(chosen) == len(PARTS):
        RESULTS.write_text(text, encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
