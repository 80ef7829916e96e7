"""An import ends with its server, when it is stopped, and at its bounds; real processes, killed as they work."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from threading import Thread

import pytest
import requests
from sqlalchemy import Engine

from etl.files.process_limits import Bounds
from etl.loading.recipe import ImportRequest, ImportSettings
from etl.loading.worker_process import HELPER, carry_out_in_worker
from etl.parsing.issues import LoadError
from models.accounts.changing import ChangeSession
from models.base.database import make_engine
from models.config.settings import ROOT
from tests.etl.backup.conftest import marks_of
from tests.etl.backup.test_servers import token_in
from tests.etl.loading.desk import TODAY
from tests.patience import PATIENCE
from tests.test_procfile import free_port, wait_until_it_answers

MARK = "INSTANCE_DIR"
SERVER = """
import sys; from pathlib import Path; from etl.loading.import_file import ImportService
from models.base.database import make_engine
door = ImportService(make_engine(sys.argv[1]), Path(sys.argv[2]) / "data", is_apart=True)
token = door.prepare(sys.argv[3], "register", "gia-lai", 2023).token if sys.argv[4] == "preview" else sys.argv[3]
door.commit(token, "test")
"""
Found = dict[int, str]


@pytest.fixture
def office(reviewed: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """The address of an installation whose processes are known by the folder in their environment."""
    monkeypatch.setenv("DATABASE_URL", reviewed)
    monkeypatch.setenv(MARK, str(tmp_path / "instance"))
    monkeypatch.setenv("AS_OF", TODAY.isoformat())
    monkeypatch.setenv("ALLOW_WRITES", "1")
    if HELPER.process:  # of a test before, with another environment
        HELPER.process.kill()
        HELPER.process.wait()
    yield reviewed
    if HELPER.process:
        HELPER.process.kill()
        HELPER.process.wait()


def processes(folder: Path) -> Found:
    """The processes of the installation in that folder, but this one: those that say so, and their readers."""
    lines = {int(path.name): _line(path) for path in Path("/proc").iterdir() if path.name.isdigit()}
    ours = {pid: line for pid, line in lines.items() if pid != os.getpid() and _says(pid, folder)}
    numbers = {str(pid) for pid in (*ours, os.getpid())}
    readers = {
        pid: line for pid, line in lines.items() if "etl.files.sheet_worker" in line and set(line.split()) & numbers
    }
    return {pid: line for pid, line in (ours | readers).items() if not _is_over(pid)}


def _line(path: Path) -> str:
    try:
        return (path / "cmdline").read_bytes().replace(b"\0", b" ").decode()
    except OSError:
        return ""


def _says(pid: int, folder: Path) -> bool:
    try:
        return f"{MARK}={folder}".encode() in Path(f"/proc/{pid}/environ").read_bytes().split(b"\0")
    except OSError:
        return False


def _is_over(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0] in "ZX"
    except OSError:
        return True


def wait_for(sought: Callable[[], object], what: str) -> None:
    """Come back when it is so; there is a bound only so that a failure is told."""
    for _ in range(600):
        if sought():
            return
        time.sleep(0.1)
    pytest.fail(what)


def is_reading(folder: Path) -> bool:
    return any("etl.files.sheet_worker" in line for line in processes(folder).values())


def all_gone(folder: Path) -> None:
    """Nothing outlives: seconds, of which a busy machine may need some more."""
    wait_for(lambda: not processes(folder), f"still there: {processes(folder)}")


def long_list(folder: Path, rows: int = 100_000) -> Path:
    """A list whose reading takes long enough to be killed in it."""
    lines = (f"{n};HTX Số {n};Xã Ia Hrú;đang hoạt động;{20 + n % 50}" for n in range(1, rows + 1))
    path = folder / "long.csv"
    path.write_text("TT;Tên HTX;Xã, phường;Tình trạng hoạt động;Số thành viên\n" + "\n".join(lines), encoding="utf-8")
    return path


def import_settings(engine: Engine, **more: object) -> ImportSettings:
    return ImportSettings(engine, ROOT / "data", TODAY, **more)  # type: ignore[arg-type]


def order(path: Path) -> ImportRequest:
    return ImportRequest("register", "gia-lai", 2023, "test", path.name, "0" * 64)


def forks() -> list[int]:
    """The imports at work in this process's helper."""
    helper = HELPER.process.pid if HELPER.process else 0
    children = Path(f"/proc/{helper}/task/{helper}/children").read_text().split()
    return [int(pid) for pid in children if not _is_over(int(pid))]


def test_a_stopped_reading_ends_its_processes_and_says_so(office: str, tmp_path: Path) -> None:
    engine, path = make_engine(office), long_list(tmp_path)
    before = marks_of(engine)
    stop = lambda: is_reading(tmp_path / "instance")  # noqa: E731
    with pytest.raises(LoadError, match="Đã dừng đọc tệp theo yêu cầu; chưa ghi gì"):
        carry_out_in_worker(import_settings(engine, is_stopped=stop), order(path), path, commit=False)
    wait_for(lambda: not forks(), "the fork lives on")
    assert not is_reading(tmp_path / "instance")
    assert marks_of(engine) == before
    engine.dispose()


def test_an_import_that_takes_longer_than_it_may_is_ended_with_a_sentence(office: str, tmp_path: Path) -> None:
    engine, path = make_engine(office), long_list(tmp_path)
    with pytest.raises(LoadError, match=r"lâu hơn 0.0333 phút nên đã dừng; chưa ghi gì"):
        carry_out_in_worker(import_settings(engine, bounds=Bounds(seconds=2)), order(path), path, commit=False)
    wait_for(lambda: not forks(), "the fork lives on")
    engine.dispose()


def test_an_import_that_needs_more_memory_than_it_may_is_ended_with_a_sentence(office: str, tmp_path: Path) -> None:
    engine, path = make_engine(office), long_list(tmp_path, rows=20_000)
    assert carry_out_in_worker(import_settings(engine), order(path), path, commit=False).written.new == 20_000
    assert HELPER.process
    pages = int(Path(f"/proc/{HELPER.process.pid}/statm").read_text().split()[0])
    small = Bounds(memory_bytes=pages * os.sysconf("SC_PAGE_SIZE") + (8 << 20))  # 8 MB more than it begins with
    with pytest.raises(LoadError, match=r"bộ nhớ.*; chưa ghi gì"):
        carry_out_in_worker(import_settings(engine, bounds=small), order(path), path, commit=False)
    engine.dispose()


@pytest.mark.parametrize("moment", ["preview", "confirm"])
def test_a_killed_server_takes_its_import_along(office: str, tmp_path: Path, moment: str) -> None:
    """kill -9 of the process that asked: in the middle of a preview, and of a load that waits for the writer."""
    from etl.loading.import_file import ImportService

    engine, folder = make_engine(office), tmp_path / "instance"
    door = ImportService(engine, ROOT / "data")
    path = long_list(tmp_path, rows=100_000 if moment == "preview" else 50)
    named = door.receive(path.name, path.read_bytes()).checksum
    if moment == "confirm":
        named = door.prepare(named, "register", "gia-lai", 2023).token
    before = marks_of(engine)
    with ChangeSession(engine) as session:
        session.connection()  # holds the writer's turn
        command = [sys.executable, "-c", SERVER, office, str(ROOT), named, moment]
        server = subprocess.Popen(command, cwd=ROOT)
        wait_for(lambda: is_reading(folder) if moment == "preview" else _waits(folder), "no import began")
        server.kill()
        server.wait()
        all_gone(folder)
    assert marks_of(engine) == before
    assert door.under_way() == []
    with ChangeSession(engine) as session:
        session.connection()  # nobody holds the writer's turn any more
    engine.dispose()


def _waits(folder: Path) -> bool:
    """Whether the import is past reading: its helper has a fork, and the fork no reader any more."""
    found = processes(folder)
    helpers = [pid for pid, line in found.items() if "etl.loading.worker_main" in line]
    time.sleep(1.5)
    return len(helpers) == 2 and not is_reading(folder)


@pytest.mark.parametrize("victim", ["worker", "master"])
def test_nothing_outlives_a_killed_web_server(office: str, tmp_path: Path, victim: str) -> None:
    folder, engine = tmp_path / "instance", make_engine(office)
    before = marks_of(engine)
    port = free_port()
    environment = os.environ | {"HOST": "127.0.0.1", "PORT": str(port), "WEB_CONCURRENCY": "1", "WEB_THREADS": "4"}
    command = [sys.executable, "-m", "gunicorn", "--config", "dashboard/gunicorn_conf.py", "dashboard.server:server"]
    log = tmp_path / "log"
    with log.open("w") as out:
        master = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=out, stderr=out)
    address = f"http://127.0.0.1:{port}"
    try:
        wait_until_it_answers(address, master, log)
        upload = Thread(target=_send, args=(address, long_list(tmp_path)), daemon=True)
        upload.start()
        wait_for(lambda: is_reading(folder), "no reading began")
        worker = int(Path(f"/proc/{master.pid}/task/{master.pid}/children").read_text().split()[0])
        os.kill(worker if victim == "worker" else master.pid, signal.SIGKILL)
        wait_for(lambda: not is_reading(folder), "the reading goes on")
        wait_for(lambda: not _helped(folder), "the import process goes on")
    finally:
        master.kill()
        master.wait()
        all_gone(folder)
    assert _changed(before, marks_of(engine)) <= {"source_file", "trail"}
    assert not list(folder.glob("previews/*"))
    engine.dispose()


def _helped(folder: Path) -> list[str]:
    return [line for line in processes(folder).values() if "etl.loading.worker_main" in line]


def _changed(before: dict[str, tuple[int, str]], after: dict[str, tuple[int, str]]) -> set[str]:
    return {name for name in after if after[name] != before[name]}


def _send(address: str, path: Path) -> None:
    browser = requests.Session()
    asked = {"loai": "register", "dia-ban": "gia-lai", "nam-so": "2023"}
    asked["ma-bieu-mau"] = token_in(browser.get(f"{address}/nhap-lieu", timeout=PATIENCE).text)
    try:
        browser.post(
            f"{address}/nhap-lieu", data=asked, files={"tep": (path.name, path.read_bytes())}, timeout=PATIENCE
        )
    except requests.RequestException:
        return
