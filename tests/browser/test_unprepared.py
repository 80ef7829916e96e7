"""Three workbooks that nobody prepared for come in through the page, by answering their questions only.

Built after public layouts with invented names and numbers: a provincial yearbook, the summary of a cooperative
alliance by district, the list of cooperatives on the open data page of a provincial office.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter

from etl.demo.sample import tax_code
from tests.browser.conftest import serving
from tests.patience import PATIENCE_MS

Rows = Sequence[Sequence[object]]
SEND, LOAD = "Lưu câu trả lời và đọc lại tệp", "Nạp vào cơ sở dữ liệu"
CLASSES = ("Tốt", "Khá", "Trung bình", "Yếu", "Chưa xếp loại")
YEARBOOK = [
    ["131. Số hợp tác xã phân theo huyện, thị xã, thành phố\nNumber of cooperatives by district"],
    [None, None, None, "ĐVT: Hợp tác xã - Unit: Cooperative"],
    [None, "2021", "2022", "2023", "Sơ bộ\nPrel. 2024"],
    ["TỔNG SỐ - TOTAL", 331, 343, 360, 372],
    ["Thành phố Pleiku - Pleiku city", 111, 113, 120, 122],
    ["Huyện Chư Păh - Chu Pah district", 100, 110, 115, 120],
    ["Huyện Ia Grai - Ia Grai district", 120, 120, 125, 130],
]
SUMMARY = [
    ["LIÊN MINH HỢP TÁC XÃ TỈNH GIA LAI"],
    ["BIỂU TỔNG HỢP TÌNH HÌNH HỢP TÁC XÃ"],
    ["TT", "Huyện, thị xã, thành phố", "Tổng số HTX", "Trong đó", None, "Số thành viên (người)", "Xếp loại"],
    [None, None, None, "HTX nông nghiệp", "HTX phi nông nghiệp", None, *CLASSES],
    [1, "Pleiku", 120, 80, 40, 9000, 30, 40, 30, 10, 10],
    [2, "Huyện Chư Păh", 115, 100, 15, 8000, 25, 40, 30, 10, 10],
    [3, "Huyện Ia Grai", 125, 100, 25, 8500, 25, 50, 30, 10, 10],
    [None, "Tổng cộng", 360, 280, 80, 25500, 80, 130, 90, 30, 30],
]
OPEN_DATA = [
    ["STT", "Tên hợp tác xã", "Mã số doanh nghiệp", "Ngày cấp GCN ĐKHTX", "Địa chỉ", "Vốn điều lệ", "Trạng thái"],
    *(
        [n, f"HTX Mẫu {n}", tax_code(700 + n), f"0{n}/03/2020", f"Thôn {n}, xã Mẫu, tỉnh Gia Lai", money, state]
        for n, (money, state) in enumerate(
            [(500_000_000, "Đang hoạt động"), (1_200_000_000, "Đang hoạt động"), (300_000_000, "Đã giải thể")], start=1
        )
    ),
]


@pytest.fixture(scope="module")
def office(browser: Any, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """An installation where writing is switched on."""
    with serving(tmp_path_factory.mktemp("unprepared"), ALLOW_WRITES="1") as address:
        yield address


@pytest.fixture
def page(browser: Any) -> Iterator[Any]:
    context = browser.new_context(viewport={"width": 1366, "height": 768}, locale="vi-VN")
    context.set_default_timeout(PATIENCE_MS)
    yield context.new_page()
    context.close()


def book(folder: Path, rows: Rows) -> Path:
    path = folder / "tep.xlsx"
    workbook = xlsxwriter.Workbook(path)
    sheet = workbook.add_worksheet("Trang 1")
    for number, row in enumerate(rows):
        sheet.write_row(number, 0, row)
    workbook.close()
    return path


def preview(page: Any, office: str, path: Path, kind: str) -> None:
    page.goto(f"{office}/nhap-lieu")
    page.set_input_files("input[name=tep]", str(path))
    page.select_option("select[name=loai]", kind)
    if kind == "register":
        page.select_option("select[name=dia-ban]", "gia-lai")
        page.fill("input[name=nam-so]", "2024")
    page.get_by_role("button", name="Đọc và xem trước").click()
    page.wait_for_url("**/nhap-lieu/*?*")


def answer(page: Any, said: dict[str, str]) -> int:
    """Answer each open question: by the list where `said` names a part of it, else by the first proposal."""
    clicks = 0
    for group in page.locator("fieldset.question").all():
        if not group.is_visible():
            continue
        asked = group.locator("legend").inner_text()
        words = next((words for part, words in said.items() if part in asked), "")
        if words:
            group.locator("input[value='#khac']").check()
            group.locator("select").select_option(label=words)
            clicks += 2
        else:
            group.locator("input[type=radio]").first.check()
            clicks += 1
    return clicks


def send(page: Any, words: str) -> None:
    page.locator("form", has=page.get_by_role("button", name=words)).locator("input[name=nguoi-ghi]").fill("Cán bộ Thử")
    page.get_by_role("button", name=words).click()


@pytest.mark.parametrize(
    ("rows", "kind", "said", "told", "most"),
    [
        (YEARBOOK, "figures", {"tỉnh, thành phố nào": "Gia Lai"}, "4 dòng mới", 4),
        (SUMMARY, "figures", {"là số của năm nào": "Năm 2024"}, "5 dòng mới", 4),
        (OPEN_DATA, "register", {}, "3 dòng mới", 6),
    ],
)
def test_a_workbook_nobody_prepared_comes_in_by_a_few_answers(
    page: Any, office: str, tmp_path: Path, rows: Rows, kind: str, said: dict[str, str], told: str, most: int
) -> None:
    preview(page, office, book(tmp_path, rows), kind)
    clicks = 0
    for _ in range(4):
        if not page.locator("fieldset.question").count():
            break
        before = page.url
        clicks += answer(page, said)
        send(page, SEND)
        page.wait_for_url(lambda url, before=before: "/nhap-lieu/" in url and "?" in url and url != before)
    assert told in page.inner_text("h1") and 0 < clicks <= most
    send(page, LOAD)
    page.wait_for_url(lambda url: "/nhap-lieu/" not in url)
