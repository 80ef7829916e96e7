"""Processes killed, disks full, two officers at once: nothing is half written, and the reader is told what to do."""

from __future__ import annotations

import os
import resource
import shutil
import signal
from collections.abc import Iterator
from multiprocessing import get_context
from pathlib import Path

import pytest
from sqlalchemy import Engine, event
from sqlalchemy.orm import Session

from etl.commands.cli import main
from etl.files import storage
from etl.files.storage import checksum_of, instance_of, keep_file, kept_path
from etl.loading.import_file import ImportRefusedError, ImportService
from etl.loading.recipe import ImportRequest, ImportSettings, carry_out
from etl.parsing.issues import LoadError
from models.accounts.changing import ChangeSession
from models.base import database
from models.base.database import make_engine
from models.config.settings import ROOT
from tests.etl.backup.conftest import marks_of
from tests.etl.backup.dying import COMMIT, count_statements, die, killed_at, status_of
from tests.etl.loading.desk import TODAY, Desk
from tests.patience import PATIENCE

ROWS = [(f"HTX Số {number}", "", "", "đang hoạt động", 20 + number) for number in range(1, 9)]
CONTENT = b"a received file " * 1000


@pytest.fixture
def register(tmp_path: Path) -> Path:
    """A small register, as it is received."""
    return Desk(make_engine("sqlite://"), tmp_path).register(*ROWS)


@pytest.fixture
def office(reviewed: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """The address of an installation, as the environment has it."""
    monkeypatch.setenv("DATABASE_URL", reviewed)
    monkeypatch.setenv("INSTANCE_DIR", str(tmp_path / "instance"))
    monkeypatch.setenv("AS_OF", TODAY.isoformat())
    return reviewed


def load(engine: Engine, path: Path, *, place: str = "gia-lai", commit: bool = True) -> int | None:
    order = ImportRequest("register", place, 2023, "test", path.name, "0" * 64)
    return carry_out(ImportSettings(engine, ROOT / "data", TODAY), order, path, commit=commit).run_id


def load_up_to_the_commit(engine: Engine, path: Path) -> None:
    def stop(_session: Session, _run_id: int) -> None:
        raise LoadError("so far")

    order = ImportRequest("register", "gia-lai", 2023, "test", path.name, "0" * 64, on_commit=stop)
    with pytest.raises(LoadError, match="so far"):
        carry_out(ImportSettings(engine, ROOT / "data", TODAY), order, path, commit=True)


def test_an_import_killed_at_any_point_leaves_every_table_as_it_was(office: str, register: Path) -> None:
    engine = make_engine(office)
    before = marks_of(engine)
    engine.dispose()
    total = count_statements(office, lambda its: load_up_to_the_commit(its, register))
    for moment in (total // 2, total, COMMIT):
        killed_at(office, lambda its: load(its, register), moment)
        assert marks_of(engine) == before, moment
        engine.dispose()
    assert load(engine, register)
    assert marks_of(engine)["organization"][0] == len(ROWS)
    engine.dispose()


def test_a_preview_killed_at_any_point_leaves_every_table_and_the_writers_place(office: str, register: Path) -> None:
    engine = make_engine(office)
    before = marks_of(engine)
    engine.dispose()
    total = count_statements(office, lambda its: load(its, register, commit=False))
    for moment in (total // 3, total // 2, total):
        killed_at(office, lambda its: load(its, register, commit=False), moment)
        assert marks_of(engine) == before, moment
    assert load(engine, register)
    engine.dispose()


def test_an_undoing_killed_before_its_end_leaves_the_load_whole(office: str, register: Path) -> None:
    from etl.loading.runs import undo_run

    engine = make_engine(office)
    run = load(engine, register)
    assert run
    before = marks_of(engine)
    engine.dispose()
    killed_at(office, lambda its: undo_run(its, run, "test"), COMMIT)
    assert marks_of(engine) == before
    assert undo_run(engine, run, "test") > run
    engine.dispose()


def test_a_received_file_that_is_half_written_is_never_taken_for_whole(
    office: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """First the process is killed before the file bears its name; then half a file lies under the name."""
    engine = make_engine(office)
    folder = instance_of(engine) / "files"
    with monkeypatch.context() as patch:
        patch.setattr(storage.os, "fsync", die)
        status = status_of(lambda: keep_file(make_engine(office), "so.xlsx", CONTENT))
    assert os.WTERMSIG(status) == signal.SIGKILL
    assert not (folder / checksum_of(CONTENT)).exists()
    (folder / checksum_of(CONTENT)).write_bytes(CONTENT[:100])
    with pytest.raises(LoadError, match=r"không còn nguyên vẹn. Nộp lại tệp"):
        kept_path(engine, checksum_of(CONTENT))
    assert keep_file(engine, "so.xlsx", CONTENT) == checksum_of(CONTENT)
    assert kept_path(engine, checksum_of(CONTENT)).read_bytes() == CONTENT
    engine.dispose()


def test_a_received_file_for_which_the_disk_has_no_room_is_refused_with_a_sentence(
    sqlite_engine: Engine, tmp_path: Path
) -> None:
    """A limit on the size of files stands for the full disk; it holds in a process of its own."""
    told = tmp_path / "told"

    def keep() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (1000, resource.RLIM_INFINITY))
        try:
            keep_file(sqlite_engine, "so.xlsx", CONTENT)
        except LoadError as error:
            told.write_text(str(error), encoding="utf-8")

    assert status_of(keep) == 0
    assert "thư mục dữ liệu của hệ thống (INSTANCE_DIR) đã đầy. Chưa ghi gì" in told.read_text(encoding="utf-8")
    assert list((instance_of(sqlite_engine) / "files").iterdir()) == []


@pytest.fixture
def full_disk(reviewed_file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Engine]:
    """A SQLite database that may not grow by a single page, as on a full disk."""
    path = tmp_path / "small.sqlite3"
    shutil.copy(reviewed_file, path)
    engine = make_engine(f"sqlite:///{path}")
    event.listen(engine, "connect", lambda connection, _: connection.execute("PRAGMA max_page_count=1"))
    monkeypatch.setenv("INSTANCE_DIR", str(tmp_path / "instance"))
    yield engine
    engine.dispose()


def test_a_full_disk_in_the_middle_of_an_import_undoes_it_and_says_so(full_disk: Engine, tmp_path: Path) -> None:
    many = [(f"HTX Số {number}", "", "", "đang hoạt động", number) for number in range(1, 400)]
    book = Desk(full_disk, tmp_path).register(*many)
    checksum = _received(full_disk, book)
    before = marks_of(full_disk)
    door = ImportService(full_disk, ROOT / "data")
    with pytest.raises(Exception, match="disk is full"):
        load(full_disk, book)
    assert marks_of(full_disk) == before
    full_disk.dispose()
    token = door.prepare(checksum, "register", "gia-lai", 2023).token  # a preview needs no room there
    with pytest.raises(ImportRefusedError, match=r"Chưa ghi gì: ổ đĩa của cơ sở dữ liệu đã đầy. Giải phóng chỗ"):
        door.commit(token, "test")
    assert marks_of(full_disk) == before


def test_a_preview_without_room_for_its_copy_is_refused_with_a_sentence(
    sqlite_engine: Engine, reviewed_file: Path, tmp_path: Path
) -> None:
    """A limit on the size of files stands for the full disk; it holds in a process of its own."""
    shutil.copy(reviewed_file, str(sqlite_engine.url.database))
    many = [(f"HTX Số {number}", "", "", "đang hoạt động", number) for number in range(1, 4000)]
    door, told = ImportService(sqlite_engine, ROOT / "data"), tmp_path / "told"
    checksum = _received(sqlite_engine, Desk(sqlite_engine, tmp_path).register(*many))

    def preview() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (1_500_000, resource.RLIM_INFINITY))
        try:
            door.prepare(checksum, "register", "gia-lai", 2023)
        except ImportRefusedError as error:
            told.write_text(str(error), encoding="utf-8")

    sqlite_engine.dispose()
    assert status_of(preview) == 0
    assert "Chưa ghi gì: đọc ghi đĩa bị lỗi. Kiểm tra đĩa của máy chủ còn chỗ" in told.read_text(encoding="utf-8")


def _received(engine: Engine, book: Path) -> str:
    """A file kept before the disk was full."""
    free = make_engine(engine.url.render_as_string())
    checksum = keep_file(free, book.name, book.read_bytes())
    free.dispose()
    return checksum


def test_the_command_line_says_that_the_disk_is_full_in_vietnamese(
    full_disk: Engine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    many = [(f"HTX Số {number}", "", "", "đang hoạt động", number) for number in range(1, 400)]
    book = Desk(full_disk, tmp_path).register(*many)
    _received(full_disk, book)
    monkeypatch.setenv("DATABASE_URL", full_disk.url.render_as_string())
    monkeypatch.setattr("etl.commands.console.make_engine", lambda _url: full_disk)
    assert main(["load", str(book), "--as", "register", "--place", "gia-lai", "--year", "2023"]) == 1
    assert "Cơ sở dữ liệu báo lỗi: ổ đĩa của cơ sở dữ liệu đã đầy. Giải phóng chỗ" in capsys.readouterr().err


def _commit(url: str, token: str, answers: object) -> None:
    engine = make_engine(url)
    try:
        answers.put(ImportService(engine, ROOT / "data").commit(token, "test"))  # type: ignore[attr-defined]
    except ImportRefusedError as error:
        answers.put(str(error))  # type: ignore[attr-defined]


def test_of_two_officers_who_confirm_at_once_one_loads_and_the_other_is_asked_to_look_again(
    office: str, register: Path, tmp_path: Path
) -> None:
    engine = make_engine(office)
    other = Desk(engine, tmp_path).register(("HTX Khác", "", "", "đang hoạt động", 5), name="other.xlsx")
    door = ImportService(engine, ROOT / "data")
    received = [door.receive(path.name, path.read_bytes()) for path in (register, other)]
    tokens = [door.prepare(file.checksum, "register", "gia-lai", 2023).token for file in received]
    engine.dispose()
    context = get_context("fork")
    answers = context.Queue()
    officers = [context.Process(target=_commit, args=(office, token, answers)) for token in tokens]
    for officer in officers:
        officer.start()
    said = [answers.get(timeout=PATIENCE) for _ in officers]
    for officer in officers:
        officer.join(PATIENCE)
    runs, refusals = [a for a in said if isinstance(a, int)], [a for a in said if isinstance(a, str)]
    assert len(runs) == 1
    assert refusals == ["Dữ liệu đã thay đổi từ lúc xem trước. Xem trước lại rồi nạp."]
    assert marks_of(engine)["organization"][0] in (1, len(ROWS))
    engine.dispose()


def _load(url: str, path: Path, place: str) -> None:
    assert load(make_engine(url), path, place=place)


def test_two_loads_at_once_are_both_whole_one_after_the_other(office: str, register: Path, tmp_path: Path) -> None:
    engine = make_engine(office)
    other = Desk(engine, tmp_path).register(("HTX Khác", "", "", "đang hoạt động", 5), name="other.xlsx")
    engine.dispose()
    context = get_context("fork")
    officers = [
        context.Process(target=_load, args=(office, path, place))
        for path, place in ((register, "gia-lai"), (other, "thanh-hoa"))
    ]
    for officer in officers:
        officer.start()
    for officer in officers:
        officer.join(PATIENCE)
    assert [officer.exitcode for officer in officers] == [0, 0]
    assert marks_of(engine)["organization"][0] == len(ROWS) + 1
    engine.dispose()


def test_who_waits_too_long_for_another_load_is_told_to_come_back(
    office: str, register: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(database, "BUSY_TIMEOUT_MS", 200)
    engine, holder = make_engine(office), make_engine(office)
    door = ImportService(engine, ROOT / "data")
    token = door.prepare(door.receive("a.xlsx", register.read_bytes()).checksum, "register", "gia-lai", 2023).token
    before = marks_of(engine)
    with holder.connect() as connection:
        database.hold(connection, database.Turn.FACTS)
        with pytest.raises(ImportRefusedError, match=r"Chưa ghi gì: đang có lượt ghi khác. Chờ vài phút rồi làm lại"):
            door.commit(token, "test")
    assert marks_of(engine) == before
    assert door.commit(token, "test")
    engine.dispose()
    holder.dispose()


def test_a_load_that_is_killed_the_moment_it_is_stored_has_its_entry_in_the_trail(office: str, register: Path) -> None:
    engine = make_engine(office)
    before = marks_of(engine)
    engine.dispose()

    def load_and_die() -> None:
        event.listen(ChangeSession, "after_commit", die)
        load(make_engine(office), register)

    status_of(load_and_die)
    after = marks_of(engine)
    assert [after[name][0] - before[name][0] for name in ("run", "trail")] == [1, 1]
    engine.dispose()
