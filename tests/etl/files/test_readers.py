"""Files of every kind through the limited child process, good and hostile."""

from __future__ import annotations

import io
import os
import struct
import subprocess
import sys
import unicodedata
import zipfile
from collections.abc import Callable
from datetime import date
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
import xlsxwriter

from etl.files import readers
from etl.files.percent_cells import marked_fraction, with_marked_ods
from etl.files.readers import FileRefusedError, Limits, Row, open_workbook
from etl.parsing.parsed import CellError, cell_name

FirstSheet = Callable[[Path], tuple[list[Row], Any]]
HEAD = ("TT", "Tên HTX", "Mã số HTX", "Xã, phường", "Ngày thành lập", "Số thành viên", "Vốn điều lệ (triệu đồng)")


def _refusal(path: Path, limits: Limits = readers.DEFAULT_LIMITS) -> FileRefusedError:
    with pytest.raises(FileRefusedError) as caught, open_workbook(path, limits) as book:
        for sheet in book.sheets():
            list(sheet.rows)
    return caught.value


@pytest.mark.parametrize(
    "name",
    ["register.xls", "register.ods", "nfd_text.xlsx", "semicolons_utf8.csv", "semicolons_cp1258.csv", "tabs_utf16.csv"],
)
def test_every_format_and_encoding_gives_the_same_names(good: Path, first_sheet: FirstSheet, name: str) -> None:
    rows, _merged = first_sheet(good / name)
    assert rows[0] == Row(1, HEAD)
    assert [row.number for row in rows] == [1, 2, 3, 4, 5]
    assert rows[1].cells[1:5] == ("HTX nông nghiệp Hòa Bình", "0658948114", "Xã Ia Hrú", "04/04/2009")


def test_text_comes_composed_whatever_the_file_holds(good: Path, first_sheet: FirstSheet) -> None:
    with zipfile.ZipFile(good / "nfd_text.xlsx") as archive:
        assert unicodedata.normalize("NFD", "Hòa Bình").encode() in archive.read("xl/sharedStrings.xml")
    rows, _merged = first_sheet(good / "nfd_text.xlsx")
    texts = [cell for row in rows for cell in row.cells if isinstance(cell, str)]
    assert all(unicodedata.is_normalized("NFC", text) for text in texts)


def test_cells_keep_their_coordinates_when_the_table_starts_at_c5(good: Path, first_sheet: FirstSheet) -> None:
    rows, _merged = first_sheet(good / "starts_at_c5.xlsx")
    assert rows[0].number == 5 and rows[0].cells[:3] == (None, None, "TT")
    assert cell_name(rows[0].number, 2) == "C5"


@pytest.mark.parametrize(("column", "name"), [(0, "A1"), (25, "Z1"), (26, "AA1"), (701, "ZZ1"), (16383, "XFD1")])
def test_cells_are_named_as_sheets_name_them(column: int, name: str) -> None:
    assert cell_name(1, column) == name


def test_formulas_are_read_as_their_values(good: Path, first_sheet: FirstSheet) -> None:
    rows, _merged = first_sheet(good / "formulas.xlsx")
    assert rows[-1].cells == ("Tổng cộng", 50.0)


def test_dates_keep_their_type(good: Path, first_sheet: FirstSheet) -> None:
    rows, _merged = first_sheet(good / "dates_of_all_kinds.xlsx")
    assert rows[-1].cells[1] == date(2026, 2, 5)


def test_a_formula_without_value_is_an_error_and_not_a_blank(bad: Path, first_sheet: FirstSheet) -> None:
    rows, _merged = first_sheet(bad / "formula_errors.xlsx")
    assert rows[1].cells[1:] == (CellError("#DIV/0!"), CellError(""))
    assert rows[2].cells[3] == CellError("#REF!")


def test_hidden_sheets_are_told_and_chart_sheets_left_out(good: Path) -> None:
    with open_workbook(good / "hidden_sheet.xlsx") as book:
        assert [(sheet.name, sheet.is_hidden) for sheet in book.sheets()] == [("HTX", False), ("Danh mục", True)]


def test_macros_are_ignored(good: Path, first_sheet: FirstSheet) -> None:
    assert first_sheet(good / "with_macros.xlsm") == first_sheet(good / "titles_above.xlsx")


def test_merged_ranges_are_told(good: Path, first_sheet: FirstSheet) -> None:
    _rows, merged = first_sheet(good / "merged_communes.xlsx")
    assert merged == (((1, 3), (3, 3)),)


def test_ragged_rows_keep_their_own_length(bad: Path, first_sheet: FirstSheet) -> None:
    rows, _merged = first_sheet(bad / "ragged_rows.csv")
    assert [len(row.cells) for row in rows] == [2, 4, 1, 2]


def test_an_empty_workbook_has_a_sheet_without_rows(bad: Path, first_sheet: FirstSheet) -> None:
    assert first_sheet(bad / "empty.xlsx")[0] == []


@pytest.mark.parametrize(
    ("name", "rule"),
    [
        ("picture.xlsx", "file.not_a_table"),
        ("word.xlsx", "file.not_a_table"),
        ("no_bytes.xlsx", "file.empty"),
        ("password.xlsx", "file.password"),
        ("password.xls", "file.password"),
        ("web_page.xls", "file.markup"),
        ("truncated.xlsx", "file.broken"),
        ("broken_inside.xlsx", "file.broken"),
        ("far_cell.xlsx", "file.too_much_memory"),
        ("formula_errors.ods", "file.formula_errors"),
        ("tcvn3_text.xlsx", "text.legacy_font"),
        ("vni_text.xlsx", "text.legacy_font"),
        ("tcvn3.csv", "text.legacy_font"),
        ("open_quote.csv", "csv.quotes"),
        ("unknown_bytes.csv", "file.encoding"),
    ],
)
def test_a_file_that_cannot_be_read_is_refused_with_a_sentence(bad: Path, name: str, rule: str) -> None:
    error = _refusal(bad / name)
    assert error.problem.rule == rule
    assert str(error).endswith(".") and error.problem.remedy in str(error)


def test_an_old_font_is_refused_with_sheet_and_cell(bad: Path) -> None:
    assert str(_refusal(bad / "tcvn3_text.xlsx")).startswith('trang "HTX", ô B1: chữ gõ bằng phông cũ TCVN3')


def test_a_zip_bomb_is_refused_before_it_is_unpacked(large_files: ModuleType, tmp_path: Path) -> None:
    large_files.zip_bomb(tmp_path / "bomb.xlsx")
    assert _refusal(tmp_path / "bomb.xlsx").problem.rule == "file.zip_bomb"


def test_a_zip_that_lies_about_its_size_is_contained(large_files: ModuleType, tmp_path: Path) -> None:
    large_files.lying_zip(tmp_path / "lie.xlsx")
    assert _refusal(tmp_path / "lie.xlsx").problem.rule in ("file.broken", "file.too_much_memory", "file.zip_bomb")


def test_a_file_over_the_size_bound_is_not_opened(good: Path) -> None:
    assert _refusal(good / "register.xls", Limits(max_bytes=1000)).problem.rule == "file.too_big"


def test_more_rows_than_allowed_are_refused(good: Path) -> None:
    assert _refusal(good / "register.xls", Limits(max_rows=4)).problem.rule == "file.too_many_rows"


def _held(path: Path) -> tuple[int, int, int]:
    """Rows read, and what the reading process's parent and it held at most, in MB."""
    script = (
        "import re, resource, sys; from pathlib import Path; from etl.files.readers import open_workbook\n"
        "with open_workbook(Path(sys.argv[1])) as book: count = sum(1 for s in book.sheets() for row in s.rows)\n"
        "own = int(re.search(r'VmHWM:\\s+(\\d+)', Path('/proc/self/status').read_text())[1])\n"
        "print(count, own // 1024, resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss // 1024)"
    )
    done = subprocess.run([sys.executable, "-c", script, str(path)], capture_output=True, text=True, check=True)
    count, parent, child = map(int, done.stdout.split())
    return count, parent, child


def test_100_000_rows_are_read_in_bounded_memory(large_files: ModuleType, tmp_path: Path) -> None:
    path = tmp_path / "long.xlsx"
    large_files.many_rows(path, 100_000)
    count, parent, child = _held(path)
    assert count == 100_001
    assert parent < 60 and child < 64


@pytest.mark.parametrize("name", ["texts_by_number.xlsx", "texts_in_cells.xlsx", "long.ods", "long.csv"])
def test_memory_does_not_grow_with_the_file(large_files: ModuleType, tmp_path: Path, name: str) -> None:
    large_files.register_of(tmp_path / f"four-{name}", 40_000)
    large_files.register_of(tmp_path / f"one-{name}", 10_000)
    four, one = _held(tmp_path / f"four-{name}"), _held(tmp_path / f"one-{name}")
    assert (four[0], one[0]) == (40_001, 10_001)
    assert four[2] <= one[2] * 1.15, "each cell of text is another, so nothing is spared by naming texts by number"


def test_a_file_that_takes_too_long_is_stopped(large_files: ModuleType, tmp_path: Path) -> None:
    large_files.many_rows(tmp_path / "long.xlsx", 150_000)
    assert _refusal(tmp_path / "long.xlsx", Limits(seconds=1)).problem.rule == "file.too_slow"


def test_the_child_ends_when_the_reading_is_given_up(good: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    started: list[subprocess.Popen[bytes]] = []
    start = readers._start

    def remember(descriptor: int, limits: Limits) -> subprocess.Popen[bytes]:
        started.append(start(descriptor, limits))
        return started[-1]

    monkeypatch.setattr(readers, "_start", remember)
    with pytest.raises(KeyError), open_workbook(good / "so-dang-ky-gia-lai-2023-mo-phong.xlsx"):
        raise KeyError
    assert started[0].returncode is not None


def test_sheets_the_caller_skips_do_not_disturb_the_next(good: Path) -> None:
    with open_workbook(good / "hidden_sheet.xlsx") as book:
        names = {sheet.name: [row.cells for row in sheet.rows] for sheet in book.sheets() if sheet.is_hidden}
    assert names == {"Danh mục": [("danh mục",)]}


def test_the_name_of_the_file_is_not_looked_at(good: Path, tmp_path: Path, first_sheet: FirstSheet) -> None:
    renamed = tmp_path / "; rm -rf $(x) ..%2f.png"
    renamed.write_bytes((good / "register.xls").read_bytes())
    assert first_sheet(renamed) == first_sheet(good / "register.xls")


def test_the_child_is_given_no_path_and_no_environment(good: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    seen: dict[str, Any] = {}
    popen = subprocess.Popen

    def spy(arguments: list[str], **options: Any) -> Any:
        seen.update(arguments=arguments, env=options["env"])
        return popen(arguments, **options)

    monkeypatch.setenv("DATABASE_URL", "postgresql://secret")
    monkeypatch.setattr(subprocess, "Popen", spy)
    with open_workbook(good / "register.xls") as book:
        assert book.kind == "xls"
    assert "register" not in " ".join(seen["arguments"]) and "DATABASE_URL" not in seen["env"]


def test_a_worker_that_dies_without_a_word_is_reported(good: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(descriptor: int, limits: Limits) -> subprocess.Popen[bytes]:
        return subprocess.Popen([sys.executable, "-c", "raise SystemExit(3)"], stdout=subprocess.PIPE)

    monkeypatch.setattr(readers, "_start", broken)
    assert _refusal(good / "register.xls").problem.rule == "file.reader_failed"


def test_a_frame_that_is_no_json_is_not_believed(good: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    frame = struct.pack(">I", 3) + b"{{{"

    def odd(descriptor: int, limits: Limits) -> subprocess.Popen[bytes]:
        code = f"import sys; sys.stdout.buffer.write({frame!r})"
        return subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE)

    monkeypatch.setattr(readers, "_start", odd)
    assert isinstance(_refusal(good / "register.xls"), FileRefusedError)


@pytest.mark.parametrize("content", [b"PK\x03\x04" + os.urandom(600), b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(900)])
def test_junk_behind_a_good_beginning_is_refused(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "junk.xlsx").write_bytes(content)
    assert _refusal(tmp_path / "junk.xlsx").problem.rule in ("file.broken", "file.not_a_table")


def test_a_zip_of_something_else_is_refused(tmp_path: Path) -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("../../etc/passwd", "x")
    (tmp_path / "other.xlsx").write_bytes(out.getvalue())
    assert _refusal(tmp_path / "other.xlsx").problem.rule == "file.not_a_table"


def test_percent_cells_say_so_in_xlsx_and_ods_and_other_numbers_do_not(tmp_path: Path) -> None:
    path = tmp_path / "percent.xlsx"
    book = xlsxwriter.Workbook(path)
    page = book.add_worksheet("a")
    own, quoted = book.add_format({"num_format": "0.0%"}), book.add_format({"num_format": '0.0"%"'})
    page.write_row(0, 0, [0.412, "x"])
    page.write_number(1, 0, 0.412, own)
    page.write_number(1, 1, 41.2, quoted)
    page.write_formula(1, 2, "=1/8", own, 0.125)
    page.write_string(1, 3, "chữ", own)
    book.close()
    with open_workbook(path) as read:
        found = next([row.cells for row in sheet.rows] for sheet in read.sheets())
    assert found[0] == (0.412, "x") and [str(cell) for cell in found[1]] == ["41,2 %", "41.2", "12,5 %", "chữ"]


def test_an_ods_names_its_percentages() -> None:
    cell = (
        b'<table:table-row><table:table-cell office:value-type="percentage" office:value="0.412" '
        b'calcext:value-type="percentage"><text:p>41,2%</text:p></table:table-cell></table:table-row>'
    )
    marked = with_marked_ods(cell).decode()
    assert "percentage" not in marked and marked_fraction(marked.split('string-value="')[1].split('"')[0]) == "0.412"
    assert with_marked_ods(b"<table:table-row/>") == b"<table:table-row/>" and marked_fraction("\ue041x") == ""
