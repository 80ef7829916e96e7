"""Tables of statistical yearbooks come in by kind `figures`: each value with its place, day, kind and publisher."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import pytest

from etl.loading.recipe import ImportResult
from etl.questions.question import SKIP, ImportAnswer
from models.config.settings import ROOT
from models.targets.observation import Observation
from tests.etl.loading.desk import Desk, first_proposals

BILINGUAL = [
    ["Biểu 128. Số hợp tác xã đang hoạt động có kết quả sản xuất kinh doanh\ntại thời điểm 31/12 phân theo địa phương"],
    ["Number of cooperatives having business results as of 31 Dec. by province"],
    [None, None, "ĐVT: Hợp tác xã - Unit: Cooperative"],
    [None, "2021", "2022", "Sơ bộ\nPrel. 2023"],
    ["CẢ NƯỚC - WHOLE COUNTRY", 300, 320, 340],
    ["Đồng bằng sông Hồng - Red River Delta", 100, 110, 120],
    ["Hà Nội", 60, 65, 70],
    ["Hà Nam", 40, 45, 50],
    ["Trung du và miền núi phía Bắc\nNorthern midlands and mountain areas", 100, 105, 110],
    ["Hà Giang", 50, 50, 50],
    ["Cao Bằng", 50, 55, 60],
    ["Tây Nguyên - Central Highlands", 100, 105, 110],
    ["Gia Lai", 40, 45, 50],
    ["Đăk Lăk", 60, 60, 61],
    ["Nguồn: Tổng cục Thống kê"],
]
OFFICE = ["Nguồn: Cục Thống kê tỉnh Gia Lai"]


def load(desk: Desk, rows: Sequence[Sequence[object]], **said: str) -> ImportResult:
    """Load a table, answering what it asks by field; without an answer given the first proposal is taken."""
    return load_file(desk, rows, **said)[-1]


def load_file(desk: Desk, rows: Sequence[Sequence[object]], **said: str) -> list[ImportResult]:
    path, outcomes = desk.book(rows, sheet="B128"), list[ImportResult]()
    answers: tuple[ImportAnswer, ...] = ()
    for _round in range(4):
        outcomes.append(desk.load(path, "figures", None, None, answers=answers))
        if not outcomes[-1].questions:
            break
        answers = (*answers, *first_proposals(outcomes[-1], **said))
    return outcomes


def loaded(desk: Desk) -> list[Observation]:
    """The values that a file brought."""
    return [row for row in desk.all(Observation) if row.key.startswith("nhap/")]


def taken(desk: Desk) -> dict[tuple[str, str, date], tuple[float, str]]:
    """Value and kind by place, indicator and day."""
    return {(row.place, row.indicator, row.period_end): (row.value, row.value_kind) for row in loaded(desk)}


def told(outcome: ImportResult, rule: str) -> str:
    return " | ".join(finding.what for finding in outcome.findings if finding.rule == rule)


def test_a_national_table_in_two_languages_gives_each_province_each_year(desk: Desk) -> None:
    outcome = load(desk, BILINGUAL)
    found = taken(desk)
    assert outcome.run_id and len(found) == 21 and {key[1] for key in found} == {"htx_nso_count"}
    assert found["gia-lai-truoc-2025-07", "htx_nso_count", date(2022, 12, 31)] == (45.0, "actual")
    assert found["viet-nam", "htx_nso_count", date(2021, 12, 31)] == (300.0, "actual")
    assert {kind for key, (_value, kind) in found.items() if key[2].year == 2023} == {"estimate"}
    assert {
        row.note for row in desk.all(Observation) if row.key.startswith("nhap/") and row.period_end.year == 2023
    } == {"Số sơ bộ."}
    assert {row.publisher for row in desk.all(Observation) if row.key.startswith("nhap/")} == {"Tổng cục Thống kê"}
    assert "Tây Nguyên" in told(outcome, "cross.areas")


def test_a_total_that_its_parts_do_not_give_is_said_with_both_numbers(desk: Desk) -> None:
    rows = [list(row) for row in BILINGUAL]
    rows[12][2] = 54
    assert '"CẢ NƯỚC" ghi 320, cộng 9 dòng phần là 649' in told(load(desk, rows), "total.mismatch")
    assert told(load(desk, BILINGUAL), "total.mismatch") == 'dòng "CẢ NƯỚC" ghi 340, cộng 9 dòng phần là 681'


@pytest.mark.parametrize("head", ["2024 (Prel.)", "Sơ bộ năm 2024", "Prel. 2024", "Ước 2024/Est. 2024", "2024 (*)"])
def test_a_preliminary_value_is_never_final(desk: Desk, head: str) -> None:
    rows = [["Số tổ hợp tác tỉnh Gia Lai"], [None, 2023, head], ["Tổng số", 300, 310], ["(*) Số liệu sơ bộ"], OFFICE]
    load(desk, rows)
    assert [taken(desk)["gia-lai-truoc-2025-07", "tht_count", date(y, 12, 31)][1] for y in (2023, 2024)] == [
        "actual",
        "estimate",
    ]


def test_a_table_of_districts_gives_the_province_and_asks_what_it_does_not_say(desk: Desk) -> None:
    path = ROOT / "tests" / "files" / "cases" / "L03.xlsx"
    first = desk.load(path, "figures", None, None)
    assert first.run_id is None and {q.field for q in first.questions} == {"figure_place", "figure_publisher"}
    said = {"figure_place": "Gia Lai", "figure_publisher": "Cục Thống kê"}
    answers = [ImportAnswer(q.kind, q.field, q.text, said[q.field]) for q in first.questions]
    outcome = desk.load(path, "figures", None, None, answers=tuple(answers))
    found = taken(desk)
    assert outcome.run_id and {key[:2] for key in found} == {("gia-lai-truoc-2025-07", "htx_count")}
    assert {key[2].year: value for key, (value, _kind) in found.items()} == {
        2018: 140,
        2019: 143,
        2020: 150,
        2021: 158,
        2022: 163,
        2023: 171,
    }
    assert '"Cơ cấu (%)"' in told(outcome, "cross.rows") and '"Huyện Mẫu Đông"' in told(outcome, "cross.areas")
    assert {row.publisher for row in desk.all(Observation) if row.key.startswith("nhap/")} == {
        "Cục Thống kê tỉnh Gia Lai"
    }


def test_an_answer_about_one_table_is_not_used_for_the_next(desk: Desk) -> None:
    rows = [["Số HTX phân theo huyện"], ["Huyện", "2022"], ["Tổng số", 20], ["Huyện A", 10], ["Huyện B", 10]]
    assert load(desk, rows, figure_place="Gia Lai").run_id
    rows[2][1] = 21
    assert {q.field for q in load_file(desk, rows)[0].questions} == {"figure_place", "figure_publisher"}


def test_kinds_across_are_taken_where_an_indicator_exists_and_else_named(desk: Desk) -> None:
    rows = [
        ["Số hợp tác xã phân theo huyện, thị xã, thành phố thuộc tỉnh Gia Lai năm 2023"],
        [None, None, "Đơn vị tính: HTX"],
        ["Huyện/TX/TP\nDistrict", "Tổng số\nTotal", "Chia ra - Of which", None, None, None],
        [None, None, "Nông nghiệp", "Phi nông nghiệp", "Quỹ TDND", "Đang vay vốn"],
        ["A", 1, 2, 3, 4, 5],
        ["Tổng số", 30, 20, 8, 2, 0],
        ["TP Pleiku", 12, 5, 5, 2, 0],
        ["Chư Sê", 18, 15, 3, None, 0],
        OFFICE,
    ]
    outcome = load(desk, rows)
    day = date(2023, 12, 31)
    assert {key[1]: value for key, (value, _kind) in taken(desk).items() if key[2] == day} == {
        "htx_count": 30,
        "htx_agri_count": 20,
        "htx_nonagri_count": 8,
        "qtdnd_count": 2,
    }
    assert "Đang vay vốn" in told(outcome, "cross.columns") and not told(outcome, "total.mismatch")


def test_one_sector_among_others_is_not_the_agricultural_cooperatives(desk: Desk) -> None:
    rows = [
        ["Số hợp tác xã tỉnh Gia Lai phân theo ngành kinh tế"],
        [None, 2022, 2023],
        ["Tổng số", 30, 31],
        ["Nông nghiệp", 20, 21],
        ["Thủy sản", 10, 10],
        OFFICE,
    ]
    outcome = load(desk, rows)
    assert {key[1] for key in taken(desk)} == {"htx_count"} and '"Nông nghiệp"' in told(outcome, "cross.rows")


def test_years_down_and_several_indicators_across(desk: Desk) -> None:
    rows = [
        ["Số hợp tác xã và thành viên tỉnh Gia Lai qua các năm"],
        [
            "Năm",
            "Số HTX",
            "Số thành viên (nghìn người)",
            "Doanh thu bình quân một HTX (triệu đồng)",
            "Doanh thu (tỷ đồng)",
        ],
        [2022, 210, 19, 950, 5],
        ["Sơ bộ 2023", 220, 20, 1000, 6],
        ["Nguồn: Sở Kế hoạch và Đầu tư tỉnh Gia Lai"],
    ]
    outcome = load(desk, rows)
    found, place = taken(desk), "gia-lai-truoc-2025-07"
    assert found[place, "htx_member_count", date(2022, 12, 31)] == (19000.0, "actual")
    assert found[place, "htx_revenue_avg_mn", date(2023, 12, 31)] == (1000.0, "estimate")
    assert len(found) == 6 and '"Doanh thu (tỷ đồng)"' in told(outcome, "cross.columns")


def test_tables_below_each_other_are_read_by_their_own_titles(desk: Desk) -> None:
    rows = [
        ["130. Số hợp tác xã thành lập mới phân theo huyện tỉnh Gia Lai"],
        [None, 2022, 2023],
        ["TỔNG SỐ", 20, 21],
        ["Huyện A", 10, 11],
        ["Huyện B", 10, 10],
        ["131. Số lao động thường xuyên trong hợp tác xã phân theo huyện tỉnh Gia Lai"],
        ["ĐVT: Người"],
        [None, 2022, 2023],
        ["TỔNG SỐ", 2000, 2100],
        ["Huyện A", 1000, 1100],
        ["Huyện B", 1000, 1000],
        OFFICE,
    ]
    load(desk, rows)
    found, place = taken(desk), "gia-lai-truoc-2025-07"
    assert found[place, "htx_new_count", date(2022, 12, 31)] == (20.0, "actual")
    assert found[place, "htx_worker_count", date(2023, 12, 31)] == (2100.0, "actual") and len(found) == 4


@pytest.mark.parametrize(
    "title",
    [
        "Số hợp tác xã chưa nộp thuế phân theo huyện",
        "Doanh thu HTX tỉnh Gia Lai",
        "Số hợp tác xã tỉnh Gia Lai năm 2022 có sản phẩm OCOP",
        "Số hợp tác xã hoạt động theo Luật HTX tỉnh Gia Lai",
        "Số hợp tác xã vùng đồng bào dân tộc tỉnh Gia Lai",
        "Số hợp tác xã phân theo xã, thị trấn huyện Chư Sê, tỉnh Gia Lai",
    ],
)
def test_a_title_of_something_nobody_reviewed_is_asked_and_never_taken_for_all(desk: Desk, title: str) -> None:
    rows = [[title], [None, 2022], ["Tổng số", 20], ["Huyện A", 10], ["Huyện B", 10], OFFICE]
    first = desk.load(desk.book(rows), "figures", None, None)
    assert first.run_id is None and "figure_indicator" in {question.field for question in first.questions}
    assert load(desk, rows, figure_indicator=SKIP).run_id is None and taken(desk) == {}


def test_a_new_province_with_older_years_is_asked_for_its_boundaries(desk: Desk) -> None:
    rows = [
        ["Số hợp tác xã phân theo xã, phường tỉnh Gia Lai"],
        [None, 2024, 2025],
        ["Tổng số", 510, 520],
        ["Phường Pleiku", 110, 120],
        ["Xã Chư Păh", 400, 400],
        ["Nguồn: Thống kê tỉnh Gia Lai"],
    ]
    outcomes = load_file(desk, rows, figure_boundary="after")
    assert [q.field for q in outcomes[0].questions] == ["figure_boundary"]
    assert [f.cell for f in outcomes[-1].findings if f.rule == "figure.place_of_day"] == ["B3"] and taken(desk) == {}


def test_a_list_of_34_provinces_keeps_older_years_out_with_a_sentence(desk: Desk) -> None:
    rows = [["Số hợp tác xã theo địa phương"], [None, 2024, 2025], ["CẢ NƯỚC", 90, 93]]
    rows += [["Hà Nội", 30, 31], ["Gia Lai", 30, 31], ["Đồng Nai", 30, 31], ["Nguồn: Tổng cục Thống kê"]]
    outcome = load(desk, rows)
    assert sorted(f.cell for f in outcome.findings if f.rule == "figure.place_of_day") == ["B5", "B6"]
    assert outcome.run_id is None  # two values stay out, and nobody agreed to that


def test_a_number_that_cannot_be_read_keeps_out_its_cell_and_not_its_row(desk: Desk) -> None:
    rows = [["Số HTX tỉnh Gia Lai"], [None, 2021, 2022, 2023], ["Tổng số", 20, "khoảng 30", 22], OFFICE]
    desk.load(desk.book(rows), "figures", None, None, leave_out=True)
    assert {key[2].year: value for key, (value, _kind) in taken(desk).items()} == {2021: 20, 2023: 22}


def test_a_plan_in_the_title_is_no_result(desk: Desk) -> None:
    rows = [
        ["Kế hoạch số hợp tác xã tỉnh Gia Lai năm 2025"],
        ["Huyện", "Số HTX"],
        ["Tổng số", 30],
        ["Huyện A", 30],
        OFFICE,
    ]
    load(desk, rows)
    assert taken(desk) == {("gia-lai", "htx_count", date(2025, 12, 31)): (30.0, "plan")}


def test_totals_under_a_line_of_an_area_are_not_the_provinces(desk: Desk) -> None:
    rows = [
        ["Số hợp tác xã tỉnh Gia Lai"],
        [None, 2022],
        ["Toàn tỉnh", 7],
        ["Khu vực miền núi"],
        ["Tổng số", 3],
        OFFICE,
    ]
    outcome = load(desk, rows)
    assert [value for value, _kind in taken(desk).values()] == [7.0]
    assert "Tổng số (Khu vực miền núi)" in told(outcome, "cross.areas")


def test_figures_below_a_district_are_not_the_provinces(desk: Desk) -> None:
    rows = [["Số hợp tác xã tỉnh Gia Lai"], [None, 2022], ["Tổng số", 30], ["Huyện A", 10], ["- HTX nông nghiệp", 5]]
    rows += [["Huyện B", 20], ["- HTX nông nghiệp", 15], OFFICE]
    assert "HTX nông nghiệp" in told(load(desk, rows), "cross.rows")
    assert {key[1] for key in taken(desk)} == {"htx_count"}


def test_a_result_of_a_day_that_has_not_come_stays_out(desk: Desk) -> None:
    rows = [["Số hợp tác xã tỉnh Gia Lai"], [None, 2025, 2026, "Ước 2027"], ["Tổng số", 30, 31, 32], OFFICE]
    outcome = desk.load(desk.book(rows), "figures", None, None, leave_out=True)
    assert [f.cell for f in outcome.findings if f.rule == "figure.not_yet"] == ["C3"]
    assert {key[2].year: kind for key, (_v, kind) in taken(desk).items()} == {2025: "actual", 2027: "estimate"}


def test_a_share_is_not_summed_and_a_bare_fraction_stays_out(desk: Desk) -> None:
    rows = [["Tỷ lệ hợp tác xã xếp loại tốt, khá tỉnh Gia Lai"], ["ĐVT: %"], [None, 2022, 2023], ["Tổng số", 0.4, 45]]
    rows += [["Huyện A", 30, 35], ["Huyện B", 40, 55], OFFICE]
    outcome = desk.load(desk.book(rows), "figures", None, None, leave_out=True)
    assert {key[1:]: v for key, (v, _kind) in taken(desk).items()} == {("htx_good_fair_share", date(2023, 12, 31)): 45}
    assert told(outcome, "total.mismatch") == "" and "share.fraction" in {f.rule for f in outcome.findings}
