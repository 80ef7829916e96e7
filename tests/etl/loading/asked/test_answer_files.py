"""At the keyboard the questions of a file are written as a file to fill in, and its answers are read back."""

from __future__ import annotations

import csv
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest

from etl.commands.cli import main
from etl.loading.answer_file import ANSWER, FOR, TEXT, read_answer_file
from etl.parsing.issues import LoadError
from models.base.kept_answer import KeptAnswer
from models.register.organization import Organization, OrganizationState
from tests.etl.loading.desk import Desk
from tests.etl.loading.test_cases import case

Load = Callable[..., int]
Rows = list[dict[str, str]]


@pytest.fixture
def load(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> Load:
    """The command `load` for Gia Lai in 2024."""
    monkeypatch.setenv("DATABASE_URL", str(desk.engine.url))
    return lambda path, *more: main(
        ["load", str(path), "--as", "register", "--place", "gia-lai", "--year", "2024", *map(str, more)]
    )


def read(path: Path) -> Rows:
    if path.suffix == ".csv":
        return list(csv.DictReader(path.read_text(encoding="utf-8-sig").splitlines()))
    head, *rest = openpyxl.load_workbook(path).active.iter_rows(values_only=True)
    return [{str(name): str(cell or "") for name, cell in zip(head, row, strict=True)} for row in rest]


def write(path: Path, rows: Rows) -> None:
    with path.open("w", encoding="utf-8-sig", newline="") as out:
        writer = csv.DictWriter(out, list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)


def fill(path: Path, answer: Callable[[dict[str, str]], str]) -> None:
    rows = [{**row, ANSWER: answer(row)} for row in read(path)]
    if path.suffix == ".csv":
        write(path, rows)
        return
    book = openpyxl.Workbook()
    for line in [list(rows[0]), *(list(row.values()) for row in rows)]:
        book.active.append(line)
    book.save(path)


def first_or_skip(row: dict[str, str]) -> str:
    return "1" if row["Đề xuất 1"] else "Để trống"


@pytest.mark.parametrize("suffix", ["csv", "xlsx"])
def test_a_list_loads_by_filling_in_the_files_of_questions(
    load: Load, desk: Desk, tmp_path: Path, capsys: pytest.CaptureFixture[str], suffix: str
) -> None:
    one, two = tmp_path / f"1.{suffix}", tmp_path / f"2.{suffix}"
    assert load(case("L16"), "--questions", one) == 1
    told = capsys.readouterr().out
    assert "Tiêu đề cột:" in told and 'Cột "Tình hình" là cột nào? (5 dòng)' in told
    assert "3 cột chưa trả lời" in told and desk.all(Organization) == []
    assert desk.all(KeptAnswer) == []
    fill(one, first_or_skip)
    assert load(case("L16"), "--answers", one, "--questions", two, "--dry-run") == 0
    fill(two, first_or_skip)
    write(tmp_path / "both.csv", read(one) + read(two))
    capsys.readouterr()
    assert load(case("L16"), "--answers", tmp_path / "both.csv") == 0
    told = capsys.readouterr().out
    assert '"Tình hình" là Tình trạng hoạt động (5 dòng, theo câu trả lời)' in told
    assert '"Đang hoạt động" là Đang hoạt động (4 dòng)' in told
    assert sorted(row.state for row in desk.all(OrganizationState)) == ["active"] * 4 + ["dissolved"]
    assert load(case("L16")) == 0  # what was answered is kept: the same list asks nothing more


def test_an_answer_in_words_is_understood_and_a_wrong_one_stops_the_file(
    load: Load, desk: Desk, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    asked = tmp_path / "hoi.csv"
    load(case("A39"), "--dry-run", "--questions", asked)
    fill(asked, lambda row: "dang hoat dong" if row[TEXT] == "HĐ" else "không biết gì" if row[TEXT] == "x" else "")
    capsys.readouterr()
    assert load(case("A39"), "--answers", asked, "--yes") == 1
    told = capsys.readouterr().out
    assert 'câu trả lời "không biết gì" cho "x" không phải là một lựa chọn' in told
    assert '"HĐ" là Đang hoạt động' in told and desk.all(Organization) == [] and desk.all(KeptAnswer) == []


def test_an_answer_that_decides_nothing_is_told(load: Load, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    asked = tmp_path / "hoi.csv"
    load(case("A39"), "--dry-run", "--questions", asked)
    fill(asked, lambda row: "1" if row[TEXT] == "HĐ" else "")
    capsys.readouterr()
    load(case("L16"), "--dry-run", "--answers", asked)
    assert 'câu trả lời cho "HĐ" không dùng đến' in capsys.readouterr().out


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (lambda row: {**row, ANSWER: "3", "Đề xuất 3": ""}, "không có đề xuất 3"),
        (lambda row: {**row, ANSWER: "1", FOR: "cả thế giới"}, 'Ghi "địa bàn này" hoặc "mọi địa bàn"'),
        (lambda row: {**row, ANSWER: "1", "Loại": "?"}, "Giữ nguyên cột này"),
        (lambda row: {"Trả lời": "1"}, "thiếu cột"),
    ],
)
def test_a_file_of_answers_that_was_spoiled_is_refused_with_the_row(
    load: Load, tmp_path: Path, change: Callable[[dict[str, str]], dict[str, str]], said: str
) -> None:
    asked = tmp_path / "hoi.csv"
    load(case("A39"), "--dry-run", "--questions", asked)
    spoiled = change(read(asked)[0])
    write(asked, [spoiled])
    with pytest.raises(LoadError, match=said):
        read_answer_file(asked)
    assert load(case("A39"), "--answers", asked) != 0


def test_answers_are_exported_and_as_lines_of_the_reviewed_lists(
    load: Load, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    asked = tmp_path / "hoi.csv"
    load(case("L16"), "--dry-run", "--questions", asked)
    fill(asked, first_or_skip)
    assert load(case("L16"), "--answers", asked) == 0
    for table, out in (("import_answers", "tra-loi.csv"), ("import_spellings", "cach-viet.csv")):
        assert main(["export", table, "--out", str(tmp_path / out)]) == 0
    given = {row["text"]: (row["value"], row["place"]) for row in read(tmp_path / "tra-loi.csv")}
    assert given["Tình hình"] == ("operating_state", "gia-lai")
    lines = {row["spelling"]: row for row in read(tmp_path / "cach-viet.csv")}
    assert lines["Tình hình"]["file"] == "organization.csv" and lines["Tình hình"]["name"] == "operating_state"
    assert "Nội dung hợp tác" not in lines  # left out on purpose: nothing to review


def test_two_spellings_are_asked_as_a_pair_and_decided_in_the_file(load: Load, desk: Desk, tmp_path: Path) -> None:
    assert load(case("A30a")) == 0
    asked = tmp_path / "hoi.xlsx"
    assert load(case("A30b"), "--questions", asked) == 1
    assert len(read(asked)) == 3 and "một hay hai tổ chức" in read(asked)[0]["Câu hỏi"]
    fill(asked, lambda row: "là một tổ chức")
    assert load(case("A30b"), "--answers", asked) == 0
    assert len(desk.all(Organization)) == 3 and desk.all(KeptAnswer) == []
