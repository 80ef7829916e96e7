"""Measures everything and writes benchmarks/RESULTS.md. Nothing here is a gate.

`--only PART ...` measures some parts anew and prints them; `--resume` measures what an ended run left or failed at;
`--report` measures nothing and writes RESULTS.md from the parts kept so far, each with its own time.
"""

from __future__ import annotations

import argparse
import os
import signal
import sys
import tempfile
import time
import traceback
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

from benchmarks import servers
from benchmarks.beside import beside_peers
from benchmarks.decisions import decisions
from benchmarks.exports import exports
from benchmarks.generation import generation
from benchmarks.growth import growth
from benchmarks.kept import default_folder, forget, keep, kept
from benchmarks.loading import loading
from benchmarks.memory import memory
from benchmarks.recompute import recompute
from benchmarks.register import imports, register
from benchmarks.report import BenchmarkPart, Line, machine, report
from benchmarks.web import answers, browsing, builds, start
from models.config.settings import ROOT

RESULTS = ROOT / "benchmarks" / "RESULTS.md"
MISSING = "no figures kept; `python -m benchmarks.run --resume` measures it"
Measure = Callable[[Path, dict[str, str]], Iterator[Line]]
PARTS: dict[str, tuple[str, Measure]] = {
    "generation": ("Making national data", generation),
    "loading": ("Loading observations", loading),
    "imports": ("Loading a workbook of 35.000 organisations", imports),
    "decisions": ("Reading the four decisions", decisions),
    "recompute": ("Gaps at national scale", recompute),
    "builds": ("Builds of the overview in a second of processor time, one worker, no cache", builds),
    "answers": ("Answers a second", answers),
    "browser": ("Browser", browsing),
    "peers": ("Beside Datasette, Streamlit and the plain Dash way", beside_peers),
    "register": ("The register of 155.000 organisations", register),
    "exports": ("Files to take away", exports),
    "growth": ("Growth: ten times the data", growth),
    "memory": ("Memory of a web worker", memory),
    "start": ("Start", start),
}


def main() -> int:
    """Measure, keep, print and write; 1 when a part failed. A part that fails says why and the rest goes on."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--only", nargs="+", choices=list(PARTS), default=[], metavar="PART", help=", ".join(PARTS))
    parser.add_argument("--resume", action="store_true")
    parser.add_argument("--report", action="store_true")
    options = parser.parse_args()
    folder, chosen = default_folder(), options.only or list(PARTS)
    if options.report:
        chosen = []
    elif options.resume:
        chosen = [name for name in chosen if (part := kept(folder, name)) is None or part.fault]
    elif not options.only:
        forget(folder)
    measure_all(chosen, folder)
    shown = [
        kept(folder, name) or BenchmarkPart(PARTS[name][0], "never", 0.0, fault=MISSING)
        for name in options.only or PARTS
    ]
    text = report(machine(), shown)
    sys.stdout.write(text)
    if not options.only:
        RESULTS.write_text(text, encoding="utf-8")
    return 1 if any(part.fault for part in shown) else 0


def measure_all(chosen: list[str], folder: Path) -> None:
    """Each part in turn on a fresh installation of the reviewed data, kept as soon as it is there."""
    if not chosen:
        return
    with tempfile.TemporaryDirectory(prefix="bench-") as name:
        env = servers.environment(Path(name), BARE_PAGE=str(Path(name) / "bare.html"))
        servers.init(env)
        for number, part in enumerate(chosen, start=1):
            title, measure = PARTS[part]
            _say(f"{number}/{len(chosen)} {part}: {title}")
            keep(folder, part, measured(title, measure, Path(name), env))


def measured(title: str, measure: Measure, folder: Path, env: dict[str, str]) -> BenchmarkPart:
    """Run one part to its end or to its fault; lines found before a fault stay."""
    part = BenchmarkPart(title, f"{datetime.now(UTC):%Y-%m-%d %H:%M} UTC", os.getloadavg()[0])
    began = time.perf_counter()
    try:
        for line in measure(folder, env):
            part.lines.append(line)
            took = time.perf_counter() - began
            _say(f"  {took:5.0f} s  {line.what}: {line.measured} {line.ratio} {line.held}".rstrip())
    except Exception as error:  # the other parts are measured all the same
        traceback.print_exc()
        part.fault = f"{type(error).__name__}: {(str(error).splitlines() or ['?'])[0]}"
    part.seconds = time.perf_counter() - began
    return part


def _say(text: str) -> None:
    print(text, file=sys.stderr, flush=True)


if __name__ == "__main__":
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))  # the servers that were started are ended too
    sys.exit(main())
