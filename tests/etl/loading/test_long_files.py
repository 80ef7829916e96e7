"""A long file says the same as a short one, and costs disk instead of memory."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

import etl.files.spool
from etl.demo.sample import write_register
from etl.files.spool import Spool
from etl.importers.lists.repeats import Repeats
from etl.loading.recipe import ImportResult
from etl.parsing.issues import LoadError
from models.base.database_words import NO_FOLDER
from models.config.settings import ROOT
from tests.etl.loading.desk import CODES, HEAD, SAMPLE, Desk
from tests.patience import PATIENCE

FEW, MANY = 3000, 9000
KB_A_ROW = 3.0  # 1.9 were measured, 5.5 while every row lay in memory
LOADING = """
import json, sys
from datetime import date
from pathlib import Path
from etl.loading.recipe import ImportRequest, ImportSettings, carry_out
from models.base.database import make_engine
from models.config.settings import ROOT
database, book = sys.argv[1:]
order = ImportRequest("register", "thanh-hoa", 2025, "test", "x", "0" * 64, True, True)
settings = ImportSettings(make_engine(database), ROOT / "data", date(2026, 11, 21))
done = carry_out(settings, order, Path(book), commit=True)
peak = next(line.split()[1] for line in open("/proc/self/status") if line.startswith("VmHWM"))
print(json.dumps([done.written.new, int(peak)]))
"""


def seen(outcome: ImportResult) -> list[object]:
    return [outcome.findings, outcome.counts, outcome.left_out, outcome.written, outcome.effects, outcome.pairs]


@pytest.mark.parametrize("chunk", [1, 7])
def test_the_length_of_a_chunk_changes_nothing(desk: Desk, monkeypatch: pytest.MonkeyPatch, chunk: int) -> None:
    whole = desk.load(SAMPLE, commit=False, is_demo=True, marked_demo=True, leave_out=True)
    monkeypatch.setattr(etl.files.spool, "CHUNK", chunk)
    parts = desk.load(SAMPLE, commit=False, is_demo=True, marked_demo=True, leave_out=True)
    assert whole.written.new > 20
    assert seen(parts) == seen(whole)


def test_a_total_and_a_repeated_code_are_held_against_rows_of_earlier_chunks(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(etl.files.spool, "CHUNK", 2)
    rows = [[n, f"HTX Số {n}", code, "", "Đang hoạt động", 10] for n, code in enumerate([*CODES[:7], CODES[0]])]
    book = desk.book([HEAD, *rows, ["", "Tổng cộng", "", "", "", 81]])
    before = desk.everything()
    outcome = desk.load(book)
    said = [(finding.rule, finding.cell) for finding in outcome.findings]
    assert ("tax_code.repeated", "C9") in said
    assert "mã số này đã có ở ô C2" in {finding.what for finding in outcome.findings}
    assert "total.mismatch" in {rule for rule, _cell in said}
    assert outcome.run_id is None
    assert desk.everything() == before


def test_ticks_are_told_from_rows_of_later_chunks(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(etl.files.spool, "CHUNK", 2)
    head = ["TT", "Tên HTX", "Mã số HTX", "Ứng dụng CNC", "Liên kết chuỗi"]
    marks = [("", ""), ("x", "x"), ("", ""), ("x", "không"), ("", "có")]
    rows = [[f"HTX Số {n}", CODES[n], *both] for n, both in enumerate(marks)]
    outcome = desk.load(desk.register(*rows, head=head), commit=False)
    (remark,) = [finding.what for finding in outcome.findings if finding.rule == "yes_no.ticks"]
    assert '"Ứng dụng CNC"' in remark
    assert "Liên kết" not in remark


def test_a_spool_gives_its_rows_back_in_order_to_several_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(etl.files.spool, "CHUNK", 3)
    spool = Spool[int]()
    assert not spool
    for number in range(8):
        spool.append(number)
    assert len(spool) == 8
    assert list(zip(spool, spool, strict=True)) == [(number, number) for number in range(8)]
    assert [len(chunk) for chunk in spool.chunks()] == [3, 3, 2]


def test_repeats_tell_where_a_text_was_said_first() -> None:
    repeats = Repeats()
    assert [repeats.earlier(text, number) for number, text in enumerate("abab")] == [None, None, 0, 1]


def test_memory_hardly_grows_with_the_rows_of_a_file(reviewed_file: Path, tmp_path: Path) -> None:
    peaks = [_peak(reviewed_file, tmp_path, rows) for rows in (FEW, MANY)]
    assert (peaks[1] - peaks[0]) / (MANY - FEW) < KB_A_ROW


def _peak(reviewed_file: Path, folder: Path, rows: int) -> int:
    """The most that a process loading so many rows held, in KB; its reader is not counted."""
    database, book = folder / f"{rows}.sqlite3", folder / f"{rows}.xlsx"
    shutil.copy(reviewed_file, database)
    write_register(book, organizations=rows)
    command = [sys.executable, "-c", LOADING, f"sqlite:///{database}", str(book)]
    said = subprocess.run(command, cwd=ROOT, capture_output=True, check=True, timeout=PATIENCE)
    new, peak = json.loads(said.stdout)
    assert new > rows * 0.99
    return int(peak)


@pytest.mark.parametrize("error", [OSError(28, "No space left"), FileNotFoundError(2, f"{NO_FOLDER} found in []")])
def test_rows_that_find_no_room_say_that_it_is_the_temporary_folder(
    error: OSError, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail() -> None:
        raise error

    monkeypatch.setattr("tempfile.TemporaryFile", fail)
    rows: Spool[int] = Spool()
    with pytest.raises(LoadError, match="thư mục tạm"):
        for number in range(etl.files.spool.CHUNK):
            rows.append(number)
