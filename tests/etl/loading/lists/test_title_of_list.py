"""What stands over and under a list: the day and the province it is of, apart from what it quotes or addresses."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from etl.loading.recipe import ImportResult
from models.register.organization import OrganizationState
from tests.etl.loading.desk import CODES, HEAD, Desk

Rules = Callable[[ImportResult], set[str]]
ROW = [1, "HTX Một", CODES[0], "Xã A", "Đang hoạt động", 7]
TITLE = "DANH SÁCH HTX NĂM 2023"


@pytest.mark.parametrize(
    "quoted",
    [
        "(Kèm theo Công văn số 123/SNN-PTNT ngày 15/01/2024 của Sở Nông nghiệp và PTNT)",
        "(Kèm theo Báo cáo số 15/BC-UBND ngày 10/01/2024 của UBND tỉnh)",
        "(Ban hành kèm theo Quyết định số 1804/QĐ-TTg ngày 13 tháng 11 năm 2020 của Thủ tướng Chính phủ)",
        "(Theo Thông tư số 01/2020/TT-BKHĐT ngày 19/02/2020)",
        "(Kèm theo Báo cáo số      /BC-UBND ngày 10/01/2024)",
        "(Kèm theo Công văn ngày 10/01/2024 của Sở Tài chính)",
        "Gia Lai, ngày 15 tháng 01 năm 2024",
    ],
)
def test_the_date_of_a_quoted_document_is_not_the_day_of_the_list(desk: Desk, quoted: str) -> None:
    assert desk.load(desk.book([[TITLE], [quoted], HEAD, ROW])).run_id
    assert [row.on for row in desk.all(OrganizationState)] == [date(2023, 12, 31)]


@pytest.mark.parametrize(
    "title",
    [
        "(Thực hiện Nghị quyết 20-NQ/TW ngày 16/6/2022 và Luật HTX năm 2012)",
        "Danh sách HTX (theo Luật Hợp tác xã 2012)",
        "DANH SÁCH HTX (có đến ngày 01/01/2024)",
        "Danh sách HTX tại thời điểm 01/01/2024",
    ],
)
def test_laws_and_the_first_of_january_leave_the_year_as_it_is(desk: Desk, title: str) -> None:
    assert desk.load(desk.book([[title], HEAD, ROW])).run_id
    assert [row.on for row in desk.all(OrganizationState)] == [date(2023, 12, 31)]


@pytest.mark.parametrize(
    "title",
    [
        "DANH SÁCH HTX ĐẾN 31/12/2022",
        "(Kèm theo Báo cáo số liệu tính đến ngày 31/12/2022)",
        "Báo cáo kết quả hoạt động HTX năm 2022",
        "Danh sách HTX theo Công văn số 12/SKH ngày 03/01/2023, số liệu đến ngày 30/6/2022",
        "DANH SÁCH HTX (có đến ngày 01/01/2023)",
    ],
)
def test_a_list_of_another_year_still_stops(desk: Desk, rules: Rules, title: str) -> None:
    assert "file.other_year" in rules(desk.load(desk.book([[title], HEAD, ROW])))


@pytest.mark.parametrize("below", ["(Số liệu tính đến 30/6/2021)", "Ghi chú: số liệu có đến ngày 30/6/2021"])
def test_the_day_below_a_list_counts_like_one_above(desk: Desk, rules: Rules, below: str) -> None:
    assert "file.other_year" in rules(desk.load(desk.book([["DANH SÁCH HTX"], HEAD, ROW, [None, below]])))


def test_a_list_is_not_of_the_provinces_it_is_sent_to(desk: Desk, rules: Rules) -> None:
    sent = "Người lập: Sở Công Thương; nơi nhận: Liên minh HTX Việt Nam, UBND các tỉnh Kon Tum, Đắk Lắk"
    assert desk.load(desk.book([[sent], HEAD, ROW])).run_id
    other = "UBND tỉnh Đắk Lắk; nơi nhận: UBND tỉnh"
    assert "file.other_place" in rules(desk.load(desk.book([[other], HEAD, ROW])))
