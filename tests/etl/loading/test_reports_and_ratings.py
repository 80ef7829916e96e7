"""Yearly reports, ratings, provincial tables and figures beside the register."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import pytest
from sqlalchemy.orm import Session

from etl.loading.recipe import ImportResult
from models.register.organization import Organization, Rating, YearReport
from models.targets.observation import Observation
from models.targets.reading import Moment, read_gaps
from tests.etl.loading.desk import CODES, HEAD, TODAY, Desk

Rules = Callable[[ImportResult], set[str]]
ROW = ("HTX Bàu Trúc", CODES[0], "Xã Hòa Phú", "Đang hoạt động", 20)


@pytest.fixture
def known(desk: Desk) -> Desk:
    desk.load(desk.register(ROW))
    return desk


def rate(desk: Desk, *rows: Sequence[object], head: Sequence[str] = ("Tên HTX", "Điểm", "Xếp loại")) -> ImportResult:
    return desk.load(desk.book([list(head), *rows], name="rating.xlsx"), "ratings")


def test_79_9_points_are_fair_and_80_are_good(known: Desk) -> None:
    rate(known, ["HTX Bàu Trúc", "79,9", None])
    assert [row.rating_class for row in known.all(Rating)] == ["fair"]
    rate(known, ["HTX Bàu Trúc", 80, None])
    assert [row.rating_class for row in known.all(Rating)] == ["good"]


def test_a_class_alone_is_accepted(known: Desk) -> None:
    assert rate(known, ["HTX Bàu Trúc", "Khá"], head=("Tên HTX", "Xếp loại")).run_id is not None
    assert [(row.rating_class, row.points) for row in known.all(Rating)] == [("fair", None)]


def test_a_class_that_contradicts_its_points_is_kept_and_flagged(known: Desk, rules: Rules) -> None:
    outcome = rate(known, ["HTX Bàu Trúc", 60, "Tốt"])
    assert "rating.contradiction" in rules(outcome)
    assert [(row.rating_class, row.points, row.is_contradicting) for row in known.all(Rating)] == [("good", 60, True)]


def test_a_later_class_without_points_leaves_no_older_points_behind(known: Desk) -> None:
    rate(known, ["HTX Bàu Trúc", 60, "Trung bình"])
    rate(known, ["HTX Bàu Trúc", None, "Tốt"])
    assert [(row.rating_class, row.points) for row in known.all(Rating)] == [("good", None)]


def test_the_scheme_named_in_the_title_is_used(known: Desk) -> None:
    path = known.book([["XẾP LOẠI THEO THÔNG TƯ 09/2017"], [], ["Tên HTX", "Xếp loại"], ["HTX Bàu Trúc", "Yếu"]])
    known.load(path, "ratings")
    assert [(row.scheme, row.rating_class) for row in known.all(Rating)] == [("TT09_2017", "weak")]


def test_a_list_without_points_and_class_is_refused(known: Desk) -> None:
    outcome = known.load(known.book([["Tên HTX", "Xã"], ["HTX Bàu Trúc", "Xã Hòa Phú"]]), "ratings")
    assert outcome.stops_file


def test_a_report_of_an_unknown_organisation_stops_its_row_and_proposes_the_nearest(known: Desk) -> None:
    path = known.book([["Tên HTX", "Doanh thu (triệu đồng)"], ["HTX Bàu Trút", 900]])
    outcome = known.load(path, "year_report")
    (finding,) = [f for f in outcome.findings if f.rule == "organization.unknown"]
    assert '"HTX Bàu Trúc"' in finding.what


def test_money_is_kept_in_million_dong_whatever_unit_the_heading_states(known: Desk) -> None:
    head = ["Tên HTX", "Doanh thu (tỷ đồng)", "Vốn điều lệ", "Lợi nhuận (nghìn đồng)"]
    path = known.book([["Đơn vị tính: triệu đồng"], [], head, ["HTX Bàu Trúc", "1,5", "1.234,5", 250000]])
    assert known.load(path, "year_report").run_id is not None
    (report,) = known.all(YearReport)
    assert (report.revenue_mn, report.charter_capital_mn, report.profit_mn) == (1500.0, 1234.5, 250.0)
    assert report.member_count == 20


def test_ticks_mean_no_where_blank_and_words_mean_unknown_where_blank(known: Desk, rules: Rules) -> None:
    known.load(known.register(ROW, ("HTX Hai", CODES[1], "Xã Hòa Phú", "Đang hoạt động", 9)))
    head = ["Tên HTX", "Sản phẩm OCOP", "Chuyển đổi số"]
    path = known.book([head, ["HTX Bàu Trúc", "x", "có"], ["HTX Hai", None, None]])
    outcome = known.load(path, "year_report")
    assert "yes_no.ticks" in rules(outcome)
    assert sorted((row.has_ocop, row.has_digital is None) for row in known.all(YearReport)) == [
        (False, True),
        (True, False),
    ]


def test_a_linkage_form_beyond_seven_is_refused(known: Desk, rules: Rules) -> None:
    path = known.book([["Tên HTX", "Hình thức liên kết"], ["HTX Bàu Trúc", 8]])
    assert "linkage.form" in rules(known.load(path, "year_report"))


def form(
    desk: Desk, rows: Sequence[Sequence[object]], columns: Sequence[str] = ("Ước thực hiện năm 2024",)
) -> ImportResult:
    table = [["UBND TỈNH GIA LAI"], [], ["TT", "Chỉ tiêu", "ĐVT", *columns], *rows]
    return desk.load(desk.book(table, name="form.xlsx", sheet="Biểu 1"), "report_form", year=2024)


def imported(desk: Desk) -> list[Any]:
    return [row for row in desk.all(Observation) if row.key.startswith("nhap/")]


def test_columns_of_a_form_become_kinds_of_values(desk: Desk) -> None:
    columns = ("Thực hiện năm 2023", "Ước thực hiện năm 2024", "Kế hoạch năm 2025", "Thực hiện 6 tháng năm 2024")
    form(desk, [["I", "Hợp tác xã"], [1, "Tổng số hợp tác xã", "HTX", 439, 450, 470, 444]], columns)
    found = {(row.period_end.isoformat(), row.value_kind, row.value) for row in imported(desk)}
    assert found == {
        ("2023-12-31", "actual", 439),
        ("2024-12-31", "estimate", 450),
        ("2025-12-31", "plan", 470),
        ("2024-06-30", "actual", 444),
    }


def test_the_same_words_under_another_section_are_another_indicator(desk: Desk) -> None:
    rows = [
        ["I", "Hợp tác xã"],
        [4, "Doanh thu bình quân một HTX", "Tr. đồng/năm", 2900],
        ["III", "Tổ hợp tác"],
        [3, "Doanh thu bình quân", "Trđ/năm", 310],
    ]
    form(desk, rows)
    assert {(row.indicator, row.value) for row in imported(desk)} == {
        ("htx_revenue_avg_mn", 2900),
        ("tht_revenue_avg_mn", 310),
    }


def test_an_unknown_row_and_a_wrong_unit_stop_their_rows(desk: Desk, rules: Rules) -> None:
    rows = [["I", "Hợp tác xã"], [1, "Tổng số hợp tác sã", "HTX", 439], [2, "Tổng số thành viên", "Tr. đồng", 5]]
    outcome = form(desk, rows)
    assert {"form.unknown_label", "figure.wrong_unit"} <= rules(outcome)
    assert outcome.run_id is None


def test_figures_by_vietnamese_headings_reach_the_statuses(desk: Desk) -> None:
    head = ["Địa bàn", "Chỉ tiêu", "Đến ngày", "Giá trị", "Đơn vị", "Nơi công bố", "Ngày công bố"]
    row = ["Thanh Hóa", "Số hợp tác xã nông nghiệp", "30/6/2026", "900", "HTX", "UBND tỉnh Thanh Hóa", "15/7/2026"]
    outcome = desk.load(desk.book([head, row]), "figures", None, None)
    assert outcome.run_id is not None, [str(f) for f in outcome.findings]
    with Session(desk.engine) as session:
        gaps = {view.key: view.gap for view in read_gaps(session, Moment(TODAY, TODAY))}
    latest = [gap for key, gap in gaps.items() if "thanh-hoa" in key and "htx_agri_count/2030" in key]
    assert [gap.value for gap in latest] == [900]


@pytest.mark.parametrize(
    ("change", "rule"),
    [
        ({1: "Số hợp tác sã"}, "figure.unknown_indicator"),
        ({0: "Thanh Hoả"}, "figure.unknown_place"),
        ({4: "tỷ đồng"}, "figure.wrong_unit"),
        ({3: "36,508"}, "number.ambiguous"),
        ({6: "15/5/2026"}, "figure.published_before"),
        ({5: None}, "figure.no_publisher"),
        ({3: "900,5"}, "figure.impossible_value"),
        ({3: "-900"}, "figure.impossible_value"),
        ({0: "gia-lai", 2: "31/12/2023"}, "figure.place_of_day"),
        ({0: "ninh-thuan", 2: "31/12/2025", 6: "15/7/2026"}, "figure.place_of_day"),
    ],
)
def test_a_wrong_figure_names_its_cell(desk: Desk, rules: Rules, change: dict[int, object], rule: str) -> None:
    head = ["Địa bàn", "Chỉ tiêu", "Đến ngày", "Giá trị", "Đơn vị", "Nơi công bố", "Ngày công bố"]
    row = ["Thanh Hóa", "htx_agri_count", "30/6/2026", "900", "HTX", "UBND tỉnh Thanh Hóa", "15/7/2026"]
    path = desk.book([head, [change.get(index, cell) for index, cell in enumerate(row)]])
    assert rule in rules(desk.load(path, "figures", None, None))


def test_a_register_of_gia_lai_in_2023_is_of_the_former_province(known: Desk) -> None:
    assert {row.place for row in known.all(Organization)} == {"gia-lai-truoc-2025-07"}
    assert HEAD


def test_a_value_of_2023_is_not_of_the_province_that_begins_in_2025(desk: Desk) -> None:
    head = ["Địa bàn", "Chỉ tiêu", "Đến ngày", "Giá trị", "Đơn vị", "Nơi công bố"]
    row = ["gia-lai", "htx_agri_count", "31/12/2023", "900", "HTX", "UBND tỉnh Gia Lai"]
    (finding,) = desk.load(desk.book([head, row]), "figures", None, None).findings
    assert 'địa bàn "Gia Lai" này chỉ có từ ngày 01/7/2025, số liệu là của ngày 31/12/2023' in str(finding)
    assert "gia-lai-truoc-2025-07 (Gia Lai (đến 30/6/2025))" in str(finding)
    named = ["Gia Lai", *row[1:]]  # a name means the area that bore it on that day
    assert desk.load(desk.book([head, named]), "figures", None, None).run_id is not None
    assert [value.place for value in imported(desk)] == ["gia-lai-truoc-2025-07"]


def test_a_column_of_a_form_about_a_day_before_the_province_is_left_out_and_named(desk: Desk, rules: Rules) -> None:
    columns = ("Thực hiện năm 2024", "Thực hiện 6 tháng năm 2025", "Thực hiện năm 2025", "Kế hoạch năm 2026")
    rows = [["I", "Hợp tác xã"], [1, "Tổng số hợp tác xã", "HTX", 900, 910, 930, 950]]
    table = [["UBND TỈNH GIA LAI"], [], ["TT", "Chỉ tiêu", "ĐVT", *columns], *rows]
    path = desk.book(table, name="form.xlsx", sheet="Biểu 1")
    outcome = desk.load(path, "report_form", year=2025)
    assert outcome.run_id is None and "form.place_of_day" in rules(outcome)
    desk.load(path, "report_form", year=2025, leave_out=True)
    assert {(row.place, row.period_end.isoformat()) for row in imported(desk)} == {
        ("gia-lai", "2025-12-31"),
        ("gia-lai", "2026-12-31"),
    }
