"""The door for the dashboard and the commands for the keyboard."""

from __future__ import annotations

import io
from collections.abc import Iterator
from pathlib import Path

import openpyxl
import pytest
from sqlalchemy import Engine

from etl.commands.cli import main
from etl.demo.sample import write_register
from etl.loading.import_file import ImportRefusedError, ImportService
from models.config.settings import ROOT
from tests.etl.loading.desk import CODES, SAMPLE, Desk

BAD = ("HTX Hai", "59003", "Xã Hòa Phú", "Đang hoạt động", "36,508")
GOOD = ("HTX Một", CODES[0], "Xã Hòa Phú", "Đang hoạt động", 20)


@pytest.fixture
def door(desk: Desk) -> ImportService:
    return ImportService(desk.engine, ROOT / "data")


def test_a_file_goes_through_the_door_and_back(door: ImportService, desk: Desk) -> None:
    before = desk.current()
    received = door.receive("../../etc/danh sách.xlsx", desk.register(GOOD).read_bytes())
    assert received.label == "danh sách.xlsx"
    prepared = door.prepare(received.checksum, "register", "gia-lai", 2023)
    assert (prepared.can_commit, prepared.needs_agreement) == (True, False)
    assert prepared.values["rows"] == {"new": 1, "changed": 0, "untouched": 0, "left_out": 0}
    assert desk.current() == before
    run = door.commit(prepared.token, "Nguyễn Thị B")
    assert door.runs()[0]["actor"] == "Nguyễn Thị B"
    door.undo(run, "Nguyễn Thị B")
    assert desk.current() == before


def test_a_token_works_once_and_not_after_the_data_has_moved_on(door: ImportService, desk: Desk) -> None:
    first = door.receive("a.xlsx", desk.register(GOOD).read_bytes())
    one, two = (door.prepare(first.checksum, "register", "gia-lai", 2023) for _ in range(2))
    door.commit(one.token, "a")
    with pytest.raises(ImportRefusedError, match="không còn"):
        door.commit(one.token, "a")
    with pytest.raises(ImportRefusedError, match="đã thay đổi"):
        door.commit(two.token, "a")


def test_rows_that_stop_need_agreement_at_the_door(door: ImportService, desk: Desk) -> None:
    received = door.receive("a.xlsx", desk.register(GOOD, BAD).read_bytes())
    prepared = door.prepare(received.checksum, "register", "gia-lai", 2023)
    assert prepared.needs_agreement
    with pytest.raises(ImportRefusedError, match="1 dòng"):
        door.commit(prepared.token, "a")
    assert door.commit(prepared.token, "a", leave_out_stopped=True) > 0


def test_a_file_whose_rows_must_all_stay_out_is_refused_with_the_remedy(door: ImportService, desk: Desk) -> None:
    received = door.receive("a.xlsx", desk.register(BAD).read_bytes())
    prepared = door.prepare(received.checksum, "register", "gia-lai", 2023)
    assert not prepared.can_commit
    with pytest.raises(ImportRefusedError, match=r"để ngoài\. Sửa các dòng phải để ngoài rồi nộp lại"):
        door.commit(prepared.token, "a", leave_out_stopped=True)


@pytest.mark.parametrize("token", ["", "../../x", "a" * 32])
def test_a_forged_token_is_refused(door: ImportService, token: str) -> None:
    with pytest.raises(ImportRefusedError):
        door.commit(token, "a")


@pytest.mark.parametrize("checksum", ["", "../" * 20, "0" * 64])
def test_a_forged_checksum_is_refused(door: ImportService, checksum: str) -> None:
    with pytest.raises(ImportRefusedError):
        door.prepare(checksum, "register", "gia-lai", 2023)


def test_wrong_kind_place_and_size_are_refused_with_a_sentence(door: ImportService, desk: Desk) -> None:
    received = door.receive("a.xlsx", desk.register(GOOD).read_bytes())
    for kind, place, year in (("x", "gia-lai", 2023), ("register", "gia-lay", 2023), ("register", None, None)):
        with pytest.raises(ImportRefusedError):
            door.prepare(received.checksum, kind, place, year)
    with pytest.raises(ImportRefusedError, match="20 MB"):
        door.receive("big.xlsx", b"x" * (20 * 1024 * 1024 + 1))


def test_the_marked_copy_comments_the_cell_and_runs_no_formula(door: ImportService, desk: Desk) -> None:
    path = desk.register(GOOD, BAD, ("=1+1", CODES[2], "Xã Hòa Phú", "Đang hoạt động", 5))
    received = door.receive("a.xlsx", path.read_bytes())
    prepared = door.prepare(received.checksum, "register", "gia-lai", 2023)
    book = openpyxl.load_workbook(io.BytesIO(door.marked_copy(prepared.token)))
    assert book.sheetnames == ["Danh sách lỗi", "HTX"]
    cell = book["HTX"]["F3"]
    assert cell.value == "36,508"
    assert cell.comment is not None
    assert "36" in cell.comment.text
    assert book["HTX"]["B4"].data_type == "s"


@pytest.fixture
def home(tmp_path: Path, desk: Desk, monkeypatch: pytest.MonkeyPatch) -> Iterator[Engine]:
    monkeypatch.setenv("DATABASE_URL", desk.engine.url.render_as_string(hide_password=False))
    monkeypatch.setenv("AS_OF", "2026-11-21")
    monkeypatch.delenv("DEMO", raising=False)
    return desk.engine


def load(path: Path, *options: str) -> int:
    return main(["load", str(path), "--as", "register", "--place", "gia-lai", "--year", "2023", *options])


def test_exit_codes_tell_stopped_files_rows_and_agreement(home: Engine, desk: Desk) -> None:
    path = desk.register(GOOD, BAD)
    assert load(SAMPLE) == 1
    assert load(path) == 1
    assert load(path, "--dry-run", "--yes") == 0
    assert desk.everything()["organization"] == 0
    assert load(path, "--yes") == 0
    assert desk.everything()["organization"] == 1


@pytest.mark.parametrize("options", [(), ("--yes",), ("--dry-run",), ("--dry-run", "--yes")])
def test_a_file_of_which_every_row_stays_out_ends_with_1(
    home: Engine, desk: Desk, capsys: pytest.CaptureFixture[str], options: tuple[str, ...]
) -> None:
    assert load(desk.register(BAD), *options) == 1
    assert "Chưa ghi gì" in capsys.readouterr().out
    assert desk.everything()["organization"] == 0
    assert load(desk.register(GOOD)) == 0
    assert load(desk.register(BAD), *options) == 1  # also where the register holds others


def test_runs_undo_and_export_speak_vietnamese(home: Engine, desk: Desk, capsys: pytest.CaptureFixture[str]) -> None:
    assert load(SAMPLE, "--demo") == 0
    assert main(["runs"]) == 0
    assert "mô phỏng" in capsys.readouterr().out
    assert main(["export", "organizations"]) == 0
    text = capsys.readouterr().out
    assert len(text.splitlines()) == 440
    assert "director" not in text
    assert main(["export", "organizations", "--format", "json", "--with-persons"]) == 0
    assert "director_is_female" in capsys.readouterr().out
    assert main(["undo", "2"]) == 0
    assert main(["undo", "2"]) == 1
    assert "Traceback" not in capsys.readouterr().err


def test_a_dry_run_keeps_no_file_and_a_load_keeps_it_by_checksum(home: Engine, desk: Desk) -> None:
    folder = Path(str(home.url.database)).parent / "files"
    assert load(SAMPLE, "--demo", "--dry-run") == 0
    assert not folder.exists()
    assert load(SAMPLE, "--demo", "--marked", str(desk.folder / "marked.xlsx")) == 0
    assert [len(path.name) for path in folder.iterdir()] == [64]
    assert (desk.folder / "marked.xlsx").exists()


def test_a_missing_file_or_place_is_said_without_a_traceback(
    home: Engine, desk: Desk, capsys: pytest.CaptureFixture[str]
) -> None:
    assert load(desk.folder / "none.xlsx") == 1
    assert main(["load", str(SAMPLE), "--as", "register"]) == 1
    assert main(["load", str(SAMPLE)]) == 2
    assert "Traceback" not in capsys.readouterr().err


def test_the_same_seed_gives_the_same_invented_register(desk: Desk) -> None:
    for name in ("a.xlsx", "b.xlsx"):
        write_register(desk.folder / name, organizations=40, seed=7)
    rows = [
        [[cell.value for cell in row] for row in openpyxl.load_workbook(desk.folder / name).active.iter_rows()]
        for name in ("a.xlsx", "b.xlsx")
    ]
    assert rows[0] == rows[1]
    assert all("mô phỏng" in row[1] for row in rows[0][4:])
    outcome = desk.load(desk.folder / "a.xlsx", place="thanh-hoa", year=2025, is_demo=True)
    assert outcome.run_id is not None, [str(f) for f in outcome.findings]


def test_a_demo_is_filled_only_where_the_database_is_marked_for_it(
    home: Engine, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    command = ["sample", "--load", "--organizations", "25"]
    assert main(command) == 1
    assert desk.everything()["organization"] == 0
    monkeypatch.setenv("DEMO", "1")
    assert main(command) == 0
    before = desk.everything()
    assert before["organization"] > 60
    assert main(command) == 0
    assert desk.everything() == before
