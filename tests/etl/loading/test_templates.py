"""The workbook to fill in of every kind is accepted by the product, once filled, and asks for nothing it drops."""

from __future__ import annotations

import io
from datetime import date
from typing import Any

import pytest
from python_calamine import CalamineWorkbook
from sqlalchemy.orm import Session

from etl.commands.cli import main
from etl.loading.template import template
from etl.tables.columns import PERSONAL, read_headings
from etl.tables.heading_words import split_heading
from etl.writing.requests import KINDS
from models.config.settings import ROOT
from tests.etl.loading.desk import CODES, Desk

DAY = date(2023, 12, 31)
FILLED: dict[str, dict[str, Any]] = {
    "register": {"name": "HTX Hai", "tax_code": CODES[1], "charter_capital_mn": 300, "member_count": 9},
    "year_report": {"name": "HTX Một", "tax_code": CODES[0], "revenue_mn": 850, "member_count": 12},
    "ratings": {"name": "HTX Một", "tax_code": CODES[0], "points": 82},
    "report_form": {"label": "Tổng số hợp tác xã", "unit": "HTX", "actual": 204},
    "figures": {"place": "gia-lai", "indicator": "htx_count", "value": 204, "period_end": "31/12/2025",
                "publisher": "Sở Mẫu"},
    "communes": {"code": "23563", "name": "Phường Pleiku", "province_code": "52"},
    "tasks": {
        "programme": "gia-lai-2020", "section": "X", "number": "1", "title": "Việc mẫu",
        "leads": "Sở Tài chính", "deadline_text": "Hàng năm",
    },
}  # fmt: skip


def headings(desk: Desk, kind: str) -> list[str]:
    """The headings of the workbook of a kind."""
    with Session(desk.engine) as session:
        content = template(kind, ROOT / "data", session, DAY, "khong-co")
    return [
        str(cell) for cell in CalamineWorkbook.from_filelike(io.BytesIO(content)).get_sheet_by_index(0).to_python()[0]
    ]


@pytest.mark.parametrize("kind", FILLED)
def test_a_filled_template_loads_and_nothing_of_it_is_left_out(desk: Desk, kind: str) -> None:
    desk.load(desk.register(["HTX Một", CODES[0], None, None, 9]))
    words = read_headings(ROOT / "data", *KINDS[kind].headings)
    found = {heading: words.find(split_heading(heading)) for heading in headings(desk, kind)}
    row = [FILLED[kind].get(spelling[0].name) if (spelling := found[heading]) else None for heading in found]
    is_of_place = KINDS[kind].is_of_place
    book = desk.book([list(found), row], f"{kind}.xlsx")
    outcome = desk.load(book, kind, "gia-lai" if is_of_place else None, 2023 if is_of_place else None)
    assert outcome.run_id, [str(finding) for finding in outcome.findings]
    assert not [f for f in outcome.findings if f.rule.startswith(("header.", "person."))]
    again = desk.load(book, kind, "gia-lai" if is_of_place else None, 2023 if is_of_place else None)
    assert again.run_id is None and again.written.is_empty and again.written.untouched


@pytest.mark.parametrize("kind", KINDS)
def test_a_template_that_nobody_filled_in_changes_nothing_and_is_no_mistake(
    desk: Desk, kind: str, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    desk.load(desk.register(["HTX Một", CODES[0], "Xã Mẫu", "Đang hoạt động", 9]))
    monkeypatch.setenv("DATABASE_URL", str(desk.engine.url))
    monkeypatch.setenv("AS_OF", "2026-11-21")
    path = str(desk.folder / f"{kind}.xlsx")
    assert main(["template", kind, "--out", path]) == 0
    for year in ("2023", "2026"):
        assert main(["load", path, "--as", kind, "--place", "gia-lai", "--year", year, "--dry-run"]) == 0
    told = capfd.readouterr().out
    assert told.count("hông có gì thay đổi") == 2


def test_a_report_on_a_task_without_its_outcome_stops(desk: Desk) -> None:
    head = ["Mã nhiệm vụ", "Kết quả", "Ngày báo cáo", "Tình hình thực hiện"]
    book = desk.book([head, ["thanh-hoa-922-2023/III/6", None, None, "đang làm"]])
    outcome = desk.load(book, "task_updates", None, None, leave_out=True)
    assert [f.rule for f in outcome.findings] == ["task.no_outcome"] and outcome.left_out == 1


@pytest.mark.parametrize("kind", [kind for kind, about in KINDS.items() if about.read_book is None])
def test_a_template_names_no_column_that_is_dropped(desk: Desk, kind: str) -> None:
    words = read_headings(ROOT / "data", *KINDS[kind].headings)
    found = [words.find(split_heading(heading)) for heading in headings(desk, kind)]
    names = [spelling[0].name for spelling in found if spelling]
    assert len(names) == len(found)
    assert not [name for name in names if name.startswith(PERSONAL) or name in KINDS[kind].unread]
