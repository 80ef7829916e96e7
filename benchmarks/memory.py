"""What a web worker holds that it does not share: PSS after it has answered the main pages."""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path
from urllib.request import urlopen

from benchmarks import servers
from benchmarks.national import default_file, engine_of
from benchmarks.report import Line, beside

PAGES = ("/", "/tinh/thanh-hoa", "/tinh", "/chi-tieu/htx_count", "/chi-tieu", "/nhiem-vu", "/htx", "/xep-loai")
BOUND = "< 130 MB"  # pandas and plotly are loaded before the fork: docs/decisions/0031
ROUNDS = 3


def memory(_folder: Path, env: dict[str, str]) -> Iterator[Line]:
    """Megabytes a worker, on the reviewed data and on the national database."""
    bare = _largest(servers.BARE_DASH, env, ("/",))
    what = "worker on {}; yardstick: a worker of a bare Dash app"
    yield beside(what.format("the reviewed data"), _largest(servers.PRODUCT, env), bare, unit="MB", expected=BOUND)
    engine_of(1.0).dispose()
    national = {**env, "DATABASE_URL": f"sqlite:///{default_file(1.0)}"}
    held = _largest(servers.PRODUCT, national)
    yield beside(what.format("the national database"), held, bare, unit="MB", expected=BOUND)


def _largest(kind: tuple[str, str], env: dict[str, str], pages: tuple[str, ...] = PAGES) -> float:
    before = set(_processes(kind[1]))
    with servers.gunicorn(kind, env) as address:
        for _ in range(ROUNDS):
            for page in pages:
                with urlopen(address + page, timeout=120) as answer:
                    answer.read()
        time.sleep(0.5)
        ours = [pid for pid in _processes(kind[1]) if pid not in before]
        workers = [pid for pid in ours if _parent(pid) in ours]
        return max(_pss(pid) for pid in workers)


def _processes(application: str) -> list[int]:
    found = []
    for folder in Path("/proc").iterdir():
        if folder.name.isdigit() and application in _read(folder / "cmdline"):
            found.append(int(folder.name))
    return found


def _parent(pid: int) -> int:
    return int(_read(Path(f"/proc/{pid}/stat")).rsplit(")", 1)[1].split()[1])


def _pss(pid: int) -> float:
    lines = _read(Path(f"/proc/{pid}/smaps_rollup")).splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("Pss:")) / 1024


def _read(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8", errors="replace")
    except OSError:
        return ""
