"""The provincial table: what is not the whole year, the whole province or all organisations is never taken for it."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from etl.loading.recipe import ImportResult
from models.targets.observation import Observation
from tests.etl.loading.desk import Desk

HEAD = ["TT", "Chỉ tiêu", "ĐVT", "Thực hiện năm 2023"]
SECTION = ["I", "Hợp tác xã"]
TOTAL = [1, "Tổng số hợp tác xã", "HTX", 204]


def load(desk: Desk, *rows: Sequence[object], leave_out: bool = False) -> ImportResult:
    return desk.load(desk.book(rows, sheet="Biểu"), "report_form", leave_out=leave_out)


def stops(outcome: ImportResult) -> list[tuple[str, str]]:
    return [(finding.rule, finding.cell) for finding in outcome.findings if finding.rule != "form.no_publisher"]


def stored(desk: Desk) -> dict[str, float]:
    return {row.indicator: row.value for row in desk.all(Observation) if row.key.startswith("nhap/")}


@pytest.mark.parametrize(
    ("row", "rule"),
    [
        ([1, "Tổng số hợp tác xã", "HTX", 204.5], "figure.impossible_value"),
        ([2, "Số HTX giải thể", "HTX", -3], "figure.impossible_value"),
        ([3, "Tỷ lệ HTX đạt loại tốt, khá", "%", 141.2], "share.out_of_range"),
        ([1, "Tổng số hợp tác xã", "Người", 204], "figure.wrong_unit"),
        ([2, "Tổng số thành viên hợp tác xã", "HTX", 4890], "figure.wrong_unit"),
    ],
)
def test_an_impossible_value_or_unit_stops_its_row(desk: Desk, row: list[object], rule: str) -> None:
    outcome = load(desk, HEAD, SECTION, row, [9, "Số HTX thành lập mới", "HTX", 7], leave_out=True)
    assert stops(outcome) == [(rule, "D3")]
    assert stored(desk) == {"htx_new_count": 7}


def test_a_part_above_its_whole_stops_its_row_and_names_both(desk: Desk) -> None:
    rows = [HEAD, SECTION, TOTAL, [2, "Số HTX đang hoạt động", "HTX", 300], [3, "Số HTX ngừng hoạt động", "HTX", 204]]
    outcome = load(desk, *rows, leave_out=True)
    assert stops(outcome) == [("figure.part_above_whole", "D4")]
    assert "300" in outcome.findings[0].what and "204 ở ô D3" in outcome.findings[0].what
    assert stored(desk) == {"htx_count": 204, "htx_stopped_count": 204}


@pytest.mark.parametrize(
    "title",
    [
        "KẾT QUẢ 6 THÁNG ĐẦU NĂM 2023 (số liệu đến 30/6/2023)",
        "TÌNH HÌNH 9 THÁNG NĂM 2023",
        "BÁO CÁO QUÝ III NĂM 2023",
        "Báo cáo tháng 8 năm 2023",
        "Tình hình kinh tế tập thể (số liệu đến ngày 30/9/2023)",
        "TÌNH HÌNH 6T/2023",
        "Ước thực hiện năm 2023",
        "KẾ HOẠCH PHÁT TRIỂN KINH TẾ TẬP THỂ NĂM 2023",
        "UBND HUYỆN CHƯ SÊ",
        "TÌNH HÌNH HTX TRÊN ĐỊA BÀN THÀNH PHỐ PLEIKU",
        "UBND XÃ IA MẪU",
        "TÌNH HÌNH HTX NÔNG NGHIỆP NĂM 2023",
    ],
)
def test_a_title_that_the_columns_do_not_answer_stops_the_file(desk: Desk, title: str) -> None:
    outcome = load(desk, [title], HEAD, SECTION, TOTAL, leave_out=True)
    assert outcome.stops_file and outcome.run_id is None and stored(desk) == {}


@pytest.mark.parametrize(
    "title",
    [
        "Kết quả thực hiện Kế hoạch phát triển kinh tế tập thể năm 2023 (số liệu đến 31/12/2023)",
        "(Kèm theo Báo cáo số 12/BC-UBND ngày 15 tháng 6 năm 2024 của UBND tỉnh Gia Lai)",
        "SỞ KẾ HOẠCH VÀ ĐẦU TƯ TỈNH GIA LAI",
        "Tổng hợp từ các huyện, thị xã, thành phố trong tỉnh năm 2023, 12 tháng",
        "Tình hình phát triển kinh tế tập thể, hợp tác xã trên địa bàn tỉnh, so với kế hoạch",
        "Kế hoạch năm 2024",
    ],
)
def test_a_title_of_the_whole_year_and_province_is_taken(desk: Desk, title: str) -> None:
    assert load(desk, [title], HEAD, SECTION, TOTAL).run_id and stored(desk) == {"htx_count": 204}


def test_half_a_year_is_taken_from_a_column_that_says_so(desk: Desk) -> None:
    head = ["TT", "Chỉ tiêu", "ĐVT", "Thực hiện năm 2022", "Thực hiện 6 tháng năm 2023"]
    new = [2, "Số HTX thành lập mới", "HTX", 12, 7]
    assert load(desk, ["KẾT QUẢ 6 THÁNG ĐẦU NĂM 2023"], head, SECTION, new).run_id
    rows = [row for row in desk.all(Observation) if row.key.startswith("nhap/")]
    assert sorted((row.period_kind, row.value) for row in rows) == [("half_year", 7), ("year", 12)]


def test_rows_under_a_section_of_a_part_never_become_the_whole(desk: Desk) -> None:
    rows = [HEAD, ["I", "HTX nông nghiệp"], TOTAL, ["II", "HTX phi nông nghiệp"], [1, "Số HTX", "HTX", 40]]
    outcome = load(desk, *rows)
    assert stops(outcome) == [("form.narrow_section", "B3"), ("form.narrow_section", "B5")]


def test_a_row_without_section_is_of_the_kind_that_the_title_names(desk: Desk) -> None:
    assert load(desk, ["BIỂU TỔ HỢP TÁC NĂM 2023"], HEAD, [1, "Tổng số thành viên", "Người", 100]).run_id
    assert stored(desk) == {"tht_member_count": 100}


def test_a_row_of_no_named_kind_stops_and_does_not_propose_its_own_words(desk: Desk) -> None:
    outcome = load(desk, HEAD, [1, "Tổng số thành viên", "Người", 100])
    assert stops(outcome) == [("form.unknown_label", "B2")] and "Có phải" not in outcome.findings[0].what


def test_a_value_told_twice_names_both_cells(desk: Desk) -> None:
    outcome = load(desk, HEAD, SECTION, TOTAL, [2, "Số HTX", "HTX", 199])
    assert stops(outcome) == [("form.repeated", "D4")] and "ô D3" in outcome.findings[0].what


FIGURES = ["Chỉ tiêu", "Giá trị", "Đầu kỳ", "Cuối kỳ", "Loại kỳ", "Nơi công bố"]


@pytest.mark.parametrize(
    ("row", "rule"),
    [
        (["htx_count", 201, "31/12/2021", "01/01/2021", None], "figure.period_order"),
        (["htx_count", 201, "01/01/2021", "31/12/2021", "Thời điểm"], "figure.point_with_start"),
        (["htx_new_count", 48, "01/01/2021", "30/6/2021", "Năm"], "figure.period_kind"),
        (["htx_new_count", 48, "01/01/2021", "30/9/2021", "6 tháng"], "figure.period_kind"),
        (["htx_new_count", 48, None, "30/6/2021", "Năm"], "figure.period_kind"),
        (["htx_new_count", 48, None, "30/6/2021", "Nhiều tháng"], "figure.no_period_start"),
        (["htx_count", 201, None, "2020", None], "figure.no_day"),
    ],
)
def test_a_period_that_contradicts_itself_stops_its_row(desk: Desk, row: list[object], rule: str) -> None:
    outcome = desk.load(desk.book([FIGURES, [*row, "Cục Thống kê"]]), "figures", None, None)
    assert [finding.rule for finding in outcome.findings] == [rule]


@pytest.mark.parametrize(
    ("row", "first"),
    [
        (["htx_new_count", 48, None, "2021", None], "2021-01-01"),
        (["htx_new_count", 48, None, "30/6/2021", "6 tháng"], "2021-01-01"),
        (["htx_new_count", 48, None, "30/9/2021", "Quý"], "2021-07-01"),
        (["htx_count", 201, None, "31/12/2020", None], "2020-12-31"),
    ],
)
def test_a_whole_period_is_taken(desk: Desk, row: list[object], first: str) -> None:
    path = desk.book([FIGURES, [*row, "Cục Thống kê"]])
    assert desk.load(path, "figures", "gia-lai-truoc-2025-07", 2021).run_id
    rows = [row for row in desk.all(Observation) if row.key.startswith("nhap/")]
    assert [str(row.period_start) for row in rows] == [first]


def test_a_part_above_its_whole_in_published_values_stops_its_row(desk: Desk) -> None:
    rows = [
        ["htx_active_count", 300, None, "31/12/2020", None, "Cục Thống kê"],
        ["htx_count", 200, None, "31/12/2020", None, "Cục Thống kê"],
    ]
    outcome = desk.load(desk.book([FIGURES, *rows]), "figures", "gia-lai-truoc-2025-07", 2021, leave_out=True)
    assert stops(outcome) == [("figure.part_above_whole", "B2")] and stored(desk) == {"htx_count": 200}
