"""The steps of docs/adding-a-column.md, taken in a copy of the project: the column is loaded, shown and handed out."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import xlsxwriter
from python_calamine import CalamineWorkbook

from models.config.settings import ROOT
from tests.patience import PATIENCE

MOST_FILES = 6
VALUE = "Hồ tiêu"
AFTER = {  # the line behind which a step of the page puts its own
    "models/register/organization.py": r"^    union_name: .*\n",
    "data/columns/organization.csv": r"\Z",
    "etl/importers/register_row.py": r'^            "union_name": .*\n',
    "docs/api.md": r"^\| `is_demo` \| invented.*\n",
}
SHOWN = """
from dashboard.app import create_app
client = create_app().server.test_client()
print(client.get("/htx/1").text, client.get("/xuat/so-dang-ky.csv").text)
"""


def steps() -> dict[str, str]:
    """The file of each step with the lines that it adds."""
    page = (ROOT / "docs" / "adding-a-column.md").read_text(encoding="utf-8")
    found = re.findall(r"^\d\. `([^`]+)`.*?^   ```\w+\n(.*?)^   ```$", page, re.MULTILINE | re.DOTALL)
    return {name: re.sub(r"^   ", "", lines, flags=re.MULTILINE) for name, lines in found}


def take(step: str, lines: str, copy: Path) -> None:
    path = copy / step
    if step in AFTER:
        text = path.read_text(encoding="utf-8")
        place = re.search(AFTER[step], text, re.MULTILINE)
        assert place, step
        path.write_text(text[: place.end()] + lines + text[place.end() :], encoding="utf-8")
        return
    last = max(found.name for found in path.parent.glob("0*.py"))[:4]
    path.write_text(lines.replace("0098", last), encoding="utf-8")


@pytest.fixture(scope="module")
def copy(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The project with the column added and a list loaded that has it."""
    there = tmp_path_factory.mktemp("copy")
    for room in ("models", "etl", "dashboard", "data"):
        shutil.copytree(ROOT / room, there / room, ignore=shutil.ignore_patterns("__pycache__"))
    (there / "docs").mkdir()
    shutil.copy(ROOT / "docs" / "api.md", there / "docs")
    for step, lines in steps().items():
        take(step, lines, there)
    book = xlsxwriter.Workbook(there / "list.xlsx")
    sheet = book.add_worksheet("HTX")
    sheet.write_row(0, 0, ["TT", "Tên HTX", "Tình trạng hoạt động", "Sản phẩm chủ lực"])
    sheet.write_row(1, 0, [1, "HTX Một", "Đang hoạt động", VALUE])
    book.close()
    run(there, "-m", "etl", "init")
    run(there, "-m", "etl", "load", "list.xlsx", "--as", "register", "--place", "gia-lai", "--year", "2023")
    return there


def run(copy: Path, *words: str) -> str:
    kept = {name: value for name, value in os.environ.items() if name in ("PATH", "HOME", "TMPDIR", "SYSTEMROOT")}
    env = {**kept, "PYTHONPATH": str(copy), "PYTHONUTF8": "1", "DATABASE_URL": f"sqlite:///{copy / 'column.sqlite'}"}
    done = subprocess.run(
        [sys.executable, *words], cwd=copy, env=env, capture_output=True, text=True, encoding="utf-8", timeout=PATIENCE
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def test_adding_a_column_touches_at_most_six_files() -> None:
    assert set(AFTER) < set(steps()) and len(steps()) <= MOST_FILES


def test_the_column_is_loaded_exported_and_described(copy: Path) -> None:
    head, row = run(copy, "-m", "etl", "export", "organizations", "--format", "csv").lstrip("\ufeff").splitlines()
    assert dict(zip(head.split(","), row.split(","), strict=True))["main_product"] == VALUE
    page = (copy / "docs" / "api.md").read_text(encoding="utf-8")
    table = re.search(r"^### organizations\n(.*?)(?=^##)", page, re.MULTILINE | re.DOTALL)
    assert table and re.findall(r"^\| `([^`]+)` \|", table[1], re.MULTILINE) == head.split(",")


def test_the_column_stands_on_the_page_and_in_the_list_with_its_name(copy: Path) -> None:
    page, _, listed = run(copy, "-c", SHOWN).partition("</html>")
    assert "<dt>Sản phẩm chính</dt>" in page.replace('<dt class="">', "<dt>") and f"{VALUE}</dd>" in page
    assert "Sản phẩm chính" in listed and VALUE in listed


def test_the_template_asks_for_the_column(copy: Path) -> None:
    run(copy, "-m", "etl", "template", "register", "--out", "mau.xlsx")
    assert "Sản phẩm chính" in CalamineWorkbook.from_path(copy / "mau.xlsx").get_sheet_by_index(0).to_python()[0]
