"""A received file that nobody loaded goes: with the refusal, with "Bỏ, không nạp", and by age."""

from __future__ import annotations

import os
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from etl.commands.cli import main
from etl.files.storage import checksum_of, instance_of
from etl.loading.import_file import ImportRefusedError, ImportsBusyError, ImportService
from etl.loading.running import RunningImports
from models.accounts.approval import PendingChange, Proposal
from models.base.source import SourceFile
from models.config.settings import ROOT
from tests.etl.loading.desk import TODAY, Desk

ROWS = [(f"HTX Số {number}", "", "", "đang hoạt động", 20 + number) for number in range(1, 4)]
LONG_AGO = timedelta(days=3)


@pytest.fixture
def door(desk: Desk) -> ImportService:
    """The door to a database of its own; files older than 48 hours go."""
    return ImportService(desk.engine, ROOT / "data")


@pytest.fixture
def content(desk: Desk) -> bytes:
    """A small register, as it is received."""
    return desk.register(*ROWS).read_bytes()


def lying(desk: Desk) -> list[str]:
    """Every file of the installation but the database and locks."""
    folder = instance_of(desk.engine)
    return sorted(path.name for sub in ("files", "previews", "imports") for path in (folder / sub).glob("*[!k]"))


def known(desk: Desk) -> int:
    with Session(desk.engine) as session:
        return session.scalar(select(func.count()).select_from(SourceFile)) or 0


def preview(door: ImportService, content: bytes, *, earlier: str = "") -> str:
    received = door.receive("số.xlsx", content)
    return door.prepare(received.checksum, "register", "gia-lai", 2023, earlier=earlier).token


def age(desk: Desk) -> None:
    """Make everything three days old."""
    for path in instance_of(desk.engine).rglob("*"):
        os.utime(path, (time.time() - LONG_AGO.total_seconds(),) * 2)
    with Session(desk.engine) as session:
        session.execute(update(SourceFile).values(received_at=datetime.now(UTC) - LONG_AGO))
        session.commit()


def test_a_preview_given_up_takes_file_and_earlier_previews_along(
    desk: Desk, door: ImportService, content: bytes
) -> None:
    first = preview(door, content)
    again = preview(door, content, earlier=first)
    assert len(lying(desk)) == 3 and known(desk) == 1
    door.cancel(again)
    assert lying(desk) == [] and known(desk) == 0


def test_a_file_of_two_previews_stays_until_both_are_given_up(desk: Desk, door: ImportService, content: bytes) -> None:
    one, other = preview(door, content), preview(door, content)
    door.cancel(one)
    assert checksum_of(content) in lying(desk) and door.prepared(other).can_commit
    door.cancel(other)
    assert lying(desk) == [] and known(desk) == 0


def test_a_refused_file_goes_at_once(desk: Desk, door: ImportService, content: bytes) -> None:
    received = door.receive("số.xlsx", content)
    with pytest.raises(ImportRefusedError, match="Không có địa bàn"):
        door.prepare(received.checksum, "register", "khong-co", 2023)
    assert lying(desk) == [] and known(desk) == 0


def test_a_loaded_file_stays_and_its_preview_goes(desk: Desk, door: ImportService, content: bytes) -> None:
    assert door.commit(preview(door, content, earlier=preview(door, content)), "test")
    assert lying(desk) == [checksum_of(content)]
    door.let_go(checksum_of(content))
    age(desk)
    assert door.clear() == 0 and lying(desk) == [checksum_of(content)]


def test_a_proposed_file_stays_while_it_waits_and_goes_with_the_verdict(
    desk: Desk, door: ImportService, content: bytes
) -> None:
    token = preview(door, content)
    wanted = door.wanted_by(token)
    proposal = PendingChange(
        kind=Proposal.IMPORT,
        title="số.xlsx",
        payload={"wanted": wanted},
        proposed_by=1,
        proposed_by_name="A",
        proposed_at=datetime.now(UTC),
    )
    with Session(desk.engine) as session:
        session.add(proposal)
        session.commit()
        door.cancel(token)
        age(desk)
        assert door.clear() == 0 and lying(desk) == [checksum_of(content)]
        shown_to_the_second = door.prepare_wanted(wanted).token
        proposal.verdict = "refused"
        session.commit()
    door.forget_wanted(wanted)
    assert lying(desk) == [] and known(desk) == 0
    with pytest.raises(ImportRefusedError):
        door.prepared(shown_to_the_second)


def test_what_was_left_lying_goes_by_age_and_nothing_younger(desk: Desk, door: ImportService, content: bytes) -> None:
    """A preview never confirmed, a file of a process killed before its row, and half a file of another."""
    folder = instance_of(desk.engine) / "files"
    preview(door, content)
    (folder / ("a" * 64)).write_bytes(b"killed before its row was written")
    (folder / "tmpx1y2z3").write_bytes(b"killed while it wrote")
    assert door.clear() == 0 and len(lying(desk)) == 4
    age(desk)
    young = preview(door, desk.register(*ROWS[:2], name="young.xlsx").read_bytes())
    assert door.clear() == 2
    assert len(lying(desk)) == 2 and known(desk) == 1 and door.prepared(young).can_commit


def test_the_file_of_an_import_under_way_is_not_taken_from_it(desk: Desk, door: ImportService, content: bytes) -> None:
    received = door.receive("số.xlsx", content)
    with door.begin(received.checksum, received.label, None, kept=""):
        door.let_go(received.checksum)
        assert received.checksum in lying(desk)
    door.let_go(received.checksum)
    assert lying(desk) == []


def test_one_more_import_than_may_be_is_told_to_come_back(
    desk: Desk, content: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("IMPORTS_AT_ONCE", "2")
    door = ImportService(desk.engine, ROOT / "data")
    token = preview(door, content)
    with door.begin("a" * 64, "a.xlsx", 1, kept=""), door.begin("b" * 64, "b.xlsx", 2, kept="") as second:
        assert [about.account for about in door.under_way()] == [1, 2]
        with pytest.raises(ImportsBusyError, match=r"Đang có 2 tệp .* Tệp chưa giữ. Chờ một phút rồi gửi lại\."):
            door.begin("c" * 64, "c.xlsx", 3, kept="Tệp chưa giữ.")
        with pytest.raises(ImportsBusyError, match="Tệp và bản xem trước vẫn còn"):
            door.commit(token, "test")
        assert not second.is_stopped()
        door.stop(second.token)
        assert second.is_stopped()
        with door.begin("c" * 64, "c.xlsx", 3, kept=""):
            assert len(door.under_way()) == 2
    assert door.under_way() == [] and door.commit(token, "test")


def test_a_killed_process_leaves_no_place_taken(desk: Desk, door: ImportService) -> None:
    pid = os.fork()
    if pid == 0:
        door.begin("a" * 64, "a.xlsx", 1, kept="")
        os.kill(os.getpid(), 9)
    os.waitpid(pid, 0)
    assert door.under_way() == []
    door.begin("b" * 64, "b.xlsx", 1, kept="").end()  # takes away what nobody holds
    assert lying(desk) == []


def test_showing_imports_makes_no_folder(tmp_path: Path) -> None:
    assert RunningImports(tmp_path / "imports", 2).under_way() == []
    assert list(tmp_path.iterdir()) == []


def test_showing_imports_writes_nothing(tmp_path: Path) -> None:
    imports = RunningImports(tmp_path, 2)
    imports.begin("0" * 64, "cũ.xlsx", None, kept="").end()
    with imports.begin("0" * 64, "so.xlsx", 7, kept=""):
        dead = tmp_path / f"{'x' * 32}.json"
        dead.write_text("{}", encoding="utf-8")
        kept = [*tmp_path.iterdir(), tmp_path]
        for path in kept:
            os.utime(path, (0, 0))
        assert [(about.label, about.account) for about in imports.under_way()] == [("so.xlsx", 7)]
        assert [path.stat().st_mtime for path in kept] == [0] * len(kept)
    with imports.begin("0" * 64, "moi.xlsx", None, kept=""):  # the next one takes away what nobody holds
        assert not dead.exists() and [about.label for about in imports.under_way()] == ["moi.xlsx"]


def test_the_command_line_keeps_only_what_it_loaded(
    desk: Desk, content: bytes, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DATABASE_URL", desk.engine.url.render_as_string())
    monkeypatch.setenv("AS_OF", TODAY.isoformat())
    bad = desk.book([["không", "phải", "bảng"]], name="bad.xlsx")
    arguments = ["--as", "register", "--place", "gia-lai", "--year", "2023"]
    assert main(["load", str(bad), *arguments]) == 1
    assert lying(desk) == [] and known(desk) == 0
    good = tmp_path / "good.xlsx"
    good.write_bytes(content)
    assert main(["load", str(good), *arguments]) == 0
    assert main(["load", str(good), *arguments]) == 0  # brings nothing new, and is named by the first load
    assert lying(desk) == [checksum_of(content)]
