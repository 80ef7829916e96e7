"""The register's speed on 155.000 invented organisations: first rows, accent-free search with four clients.

Run: python -m benchmarks.register_search [--rows 155000] [--keep FILE]. Loopback only; a database of its own.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import socket
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.parse
import urllib.request
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from sqlalchemy import Engine, insert, select
from sqlalchemy.orm import Session
from sqlmodel import col

from models.base.database import make_engine
from models.base.source import Run
from models.base.text import fold
from models.places.place import Place
from models.register.organization import Organization

FORMS = ("HTX", "Hợp tác xã", "Hợp tác xã nông nghiệp", "HTX dịch vụ nông nghiệp", "Tổ hợp tác", "Liên hiệp HTX")
NAMES = ("Bàu Trúc", "Thắng Lợi", "Đoàn Kết", "Hòa Bình", "Tân Tiến", "Phước Hậu", "Đức Cơ", "Chư Păh", "Ninh Hải")
WORKS = ("rau an toàn", "cà phê", "hồ tiêu", "chăn nuôi bò", "gốm", "vận tải", "môi trường", "dệt thổ cẩm", "nho")
SECTORS = ("agriculture", "industry", "construction", "trade", "transport", "environment", "other")
STATES = ("active",) * 8 + ("stopped", "not_converted", "suspended", "awaiting_dissolution")
CLASSES = ("good", "fair", "average", "weak", "not_rated", None)
SEARCHES = (
    "hop tac xa bau truc",
    "htx dich vu",
    "thang loi ca phe",
    "duc co",
    "khong co ten nay",
    "60123",
    "nho ninh hai",
)
CLIENTS = 4


def organisation(number: int, chance: random.Random, run_id: int, places: Sequence[str]) -> dict[str, Any]:
    """One invented organisation."""
    form = chance.choice(FORMS)
    name = f"{form} {chance.choice(WORKS)} {chance.choice(NAMES)} {number} (mô phỏng)"
    return {
        "is_demo": True,
        "tax_code": f"60{number:08d}",
        "kind": {"T": "tht", "L": "lhhtx"}.get(form[0], "htx"),
        "name": name,
        "name_norm": fold(name),
        "sector": chance.choice(SECTORS),
        "place": chance.choice(places),
        "commune_name": f"Xã {chance.choice(NAMES)}",
        "founded_on": date(chance.randint(1998, 2025), chance.randint(1, 12), chance.randint(1, 28)),
        "operating_state": chance.choice(STATES),
        "operating_state_on": date(2025, 12, 31),
        "legal_status": "active",
        "rating_class": chance.choice(CLASSES),
        "rating_year": 2025,
        "member_count": chance.randint(5, 400),
        "report_year": 2025,
        "run_id": run_id,
    }


def fill(engine: Engine, rows: int) -> None:
    """A register of `rows` invented organisations beside the reviewed facts."""
    chance = random.Random(155)
    with Session(engine) as session:
        run = Run(kind="sample", source="benchmark", checksum="0", actor="benchmark", started_at=datetime.now(UTC))
        run.status = "done"
        session.add(run)
        session.flush()
        if run.id is None:
            raise RuntimeError("the run has no number")
        places = list(session.scalars(select(col(Place.slug)).where(col(Place.level) != "country")))
        for start in range(0, rows, 10_000):
            numbers = range(start, min(start + 10_000, rows))
            session.execute(insert(Organization), [organisation(n, chance, run.id, places) for n in numbers])
        session.commit()


def free_port() -> int:
    """A port nobody listens at."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return int(listener.getsockname()[1])


def serve(url: str, port: int) -> subprocess.Popen[bytes]:
    """The product under the settings it is shipped with."""
    command = [sys.executable, "-m", "gunicorn", "--config", "dashboard/gunicorn_conf.py", "dashboard.server:server"]
    environment = {**os.environ, "DATABASE_URL": url, "PORT": str(port), "HOST": "127.0.0.1"}
    return subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


def ask(address: str | urllib.request.Request) -> float:
    """Seconds until an answer is whole."""
    start = time.perf_counter()
    with urllib.request.urlopen(address, timeout=60) as answer:
        answer.read()
    return time.perf_counter() - start


def ask_rows(base: str, words: str) -> float:
    """Seconds for the rows the grid asks for when words are typed."""
    filters = {"name": {"filterType": "text", "type": "contains", "filter": words}}
    request = {"startRow": 0, "endRow": 100, "sortModel": [], "filterModel": filters, "context": {}}
    body = {
        "output": "register-grid.getRowsResponse",
        "outputs": {"id": "register-grid", "property": "getRowsResponse"},
        "inputs": [{"id": "register-grid", "property": "getRowsRequest", "value": request}],
        "changedPropIds": ["register-grid.getRowsRequest"],
    }
    headers = {"Content-Type": "application/json"}
    data = json.dumps(body).encode()
    return ask(urllib.request.Request(f"{base}/_dash-update-component", data=data, headers=headers))


def p95(seconds: list[float]) -> float:
    """The 95th percentile in milliseconds."""
    return statistics.quantiles(seconds, n=20)[-1] * 1000


def measure(base: str) -> None:
    """Print what is measured."""
    first = ask(f"{base}/htx")
    again = ask(f"{base}/htx")
    print(f"/htx, first answer of the process: {first * 1000:.0f} ms; then {again * 1000:.0f} ms")
    chance = random.Random(7)
    wanted = [f"{chance.choice(SEARCHES)} {chance.randint(0, 99)}" for _ in range(200)]
    with ThreadPoolExecutor(CLIENTS) as pool:
        grid = list(pool.map(lambda words: ask_rows(base, words), wanted))
        page = list(pool.map(lambda words: ask(f"{base}/htx?tim={urllib.parse.quote(words + ' m')}"), wanted))
    for name, seconds in (("grid rows", grid), ("whole page", page)):
        middle = statistics.median(seconds) * 1000
        print(
            f"{name}, {len(wanted)} different searches, {CLIENTS} clients: "
            f"median {middle:.0f} ms, p95 {p95(seconds):.0f} ms"
        )
    print(f"export of all rows as CSV: {ask(f'{base}/xuat/so-dang-ky.csv'):.1f} s")


def main() -> None:
    """Fill, serve, measure, stop."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=155_000)
    parser.add_argument("--keep", type=Path, help="keep the database here, use it again when it exists")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        file = options.keep or Path(folder) / "register.sqlite3"
        url = f"sqlite:///{file}"
        if not file.exists():
            environment = {**os.environ, "DATABASE_URL": url}
            subprocess.run([sys.executable, "-m", "etl", "init"], env=environment, check=True, capture_output=True)
            fill(make_engine(url), options.rows)
        port = free_port()
        server = serve(url, port)
        try:
            wait_for(f"http://127.0.0.1:{port}/health")
            measure(f"http://127.0.0.1:{port}")
        finally:
            server.terminate()
            server.wait(20)


def wait_for(address: str) -> None:
    """Wait until the server answers; raises TimeoutError after half a minute."""
    for _ in range(150):
        try:
            ask(address)
        except OSError:
            time.sleep(0.2)
        else:
            return
    raise TimeoutError(address)


if __name__ == "__main__":
    main()
