"""Other ways to serve the same table: Datasette, Streamlit and the plain Dash way, each in a process of its own.

Datasette and Streamlit are installed into an environment of their own below the temporary folder; where that cannot
be done, PeerMissingError says why and the benchmark goes on without them.
"""

from __future__ import annotations

import json
import os
import sqlite3
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from datetime import date
from pathlib import Path

from sqlalchemy import Engine
from sqlalchemy.orm import Session

from benchmarks.servers import PATIENCE_SECONDS, free_port, running, wait_until_it_answers
from models.rows import gap_rows
from models.targets.reading import Moment, read_gaps

HERE = Path(__file__).parent
PACKAGES = ("streamlit", "datasette")
PLACE = "thanh-hoa"
NAIVE = ("benchmarks/bare_conf.py", "benchmarks.naive_dash:server")


class PeerMissingError(RuntimeError):
    """The peers cannot be installed here; the message says why."""


def peer_python() -> Path:
    """The interpreter of the peers' environment, made when it is not there yet."""
    folder = Path(tempfile.gettempdir()) / "national" / "peers"
    python = folder / "bin" / "python"
    if (folder / "done").exists():
        return python
    for command in (
        [getattr(sys, "_base_executable", sys.executable), "-m", "venv", str(folder)],
        [str(python), "-m", "pip", "install", "--quiet", *PACKAGES],
    ):
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        if done.returncode:
            raise PeerMissingError(f"not installed: {(done.stderr.strip().splitlines() or ['no message'])[-1][:200]}")
    (folder / "done").touch()
    return python


def write_table(engine: Engine, file: Path, looked_at: date) -> int:
    """Every promise with its gap, and every point of their lines, as two plain tables; gives the number of promises."""
    moment = Moment(as_of=looked_at, known_on=looked_at)
    with Session(engine) as session:
        rows, views = gap_rows(session, moment), read_gaps(session, moment)
    points = [
        (view.place, view.key, point.period_end.isoformat(), point.value)
        for view in views
        for point in view.gap.series.points
    ]
    file.unlink(missing_ok=True)
    with closing(sqlite3.connect(file)) as table, table:
        names = ", ".join(f'"{name}"' for name in rows[0])
        marks = ", ".join("?" * len(rows[0]))
        table.execute(f"CREATE TABLE gaps ({names})")
        table.executemany(f"INSERT INTO gaps VALUES ({marks})", [tuple(map(_plain, row.values())) for row in rows])  # noqa: S608
        table.execute("CREATE TABLE points (place, promise, period_end, value)")
        table.executemany("INSERT INTO points VALUES (?, ?, ?, ?)", points)
    return len(rows)


def _plain(value: object) -> object:
    if isinstance(value, list):
        return json.dumps(value)
    return value.isoformat() if isinstance(value, date) else value


@contextmanager
def datasette(file: Path) -> Iterator[str]:
    """Datasette on the table; gives its address."""
    with _serving([str(peer_python()), "-m", "datasette", "serve", str(file), "--host", "127.0.0.1"], {}) as address:
        yield address


@contextmanager
def streamlit(file: Path) -> Iterator[str]:
    """Streamlit on the table; gives its address."""
    options = ["--server.headless=true", "--server.address=127.0.0.1", "--browser.gatherUsageStats=false"]
    script = str(HERE / "peer_streamlit.py")
    command = [str(peer_python()), "-m", "streamlit", "run", script, *options]
    with _serving(command, {"PEER_TABLE": str(file)}, port_option="--server.port") as address:
        yield address


@contextmanager
def _serving(command: list[str], env: Mapping[str, str], port_option: str = "--port") -> Iterator[str]:
    port = free_port()
    kept = {name: value for name, value in os.environ.items() if name not in ("VIRTUAL_ENV", "PYTHONPATH")}
    with running([*command, port_option, str(port)], {**kept, **env}, HERE) as process:
        address = f"http://127.0.0.1:{port}"
        wait_until_it_answers(address, process, PATIENCE_SECONDS)
        yield address


def streamlit_rate(file: Path, seconds: float) -> float:
    """Runs of the overview's script in a second in one process, without any network: kind to Streamlit."""
    code = (
        "import sys, time\n"
        "from streamlit.testing.v1 import AppTest\n"
        "test = AppTest.from_file(sys.argv[1])\n"
        "test.run()\n"
        "assert not test.exception, test.exception\n"
        "count, start = 0, time.perf_counter()\n"
        "while time.perf_counter() - start < float(sys.argv[2]):\n"
        "    test.run(); count += 1\n"
        "print(count / (time.perf_counter() - start))\n"
    )
    command = [str(peer_python()), "-c", code, str(HERE / "peer_streamlit.py"), str(seconds)]
    env = {**os.environ, "PEER_TABLE": str(file)}
    done = subprocess.run(command, capture_output=True, text=True, check=False, env=env)
    if done.returncode:
        raise PeerMissingError(f"Streamlit does not run: {done.stderr.strip().splitlines()[-1][:200]}")
    return float(done.stdout.strip().splitlines()[-1])
