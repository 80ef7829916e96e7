"""The same kinds of fault in other words and at other places: what tables mean is never guessed."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from etl.loading.recipe import ImportResult
from etl.questions.question import SKIP, ImportAnswer, QuestionKind
from models.register.organization import Organization, OrganizationDetail, YearReport
from models.targets.observation import Observation
from tests.etl.loading.desk import CODES, HEAD, Desk

Rules = Callable[[ImportResult], set[str]]
MONEY = ["TT", "Tên HTX", "Mã số HTX", "Doanh thu (triệu đồng)"]


def names(desk: Desk) -> list[str]:
    """The names in the register."""
    return sorted(row.name for row in desk.all(Organization))


@pytest.mark.parametrize(
    ("above", "heading", "is_taken"),
    [
        ([], "Doanh thu", False),
        ([], "Vốn hoạt động", False),
        ([], "Thu nhập bình quân lao động", False),
        (["ĐVT: triệu đồng"], "Doanh thu", True),
        ([], "Doanh thu, trđ", True),
    ],
)
def test_money_is_taken_only_in_a_stated_unit(
    desk: Desk, rules: Rules, above: list[str], heading: str, is_taken: bool
) -> None:
    rows = [above] if above else []
    outcome = desk.load(desk.book([*rows, [*MONEY[:3], heading], [1, "HTX Một", CODES[0], 850]]))
    asked = [question.kind for question in outcome.questions]
    assert (asked != [QuestionKind.UNIT]) is is_taken is bool(outcome.run_id)


@pytest.mark.parametrize(
    ("values", "proposed", "answer", "stored"),
    [
        ([500_000_000, "1.500.000.000"], "đồng", "đồng", [500, 1500]),
        ([850, 640], "triệu đồng", "triệu đồng", [850, 640]),
        ([850, 640], "triệu đồng", "tỷ đồng", [850_000, 640_000]),
        ([850, 640], "triệu đồng", SKIP, [None, None]),
    ],
)
def test_a_unit_that_nobody_stated_is_asked_once_and_the_answer_counts_for_the_column(
    desk: Desk, values: list[object], proposed: str, answer: str, stored: list[float | None]
) -> None:
    rows = [[n + 1, f"HTX Số {n}", CODES[n], value] for n, value in enumerate(values)]
    book = desk.book([[*MONEY[:3], "Doanh thu"], *rows])
    (question,) = desk.load(book).questions
    assert question.rows == len(values) and question.proposals[0].value == proposed
    assert desk.load(book, answers=(ImportAnswer(QuestionKind.UNIT, "revenue_mn", "Doanh thu", answer),)).run_id
    assert [row.revenue_mn for row in desk.all(YearReport)] == [value for value in stored if value is not None]


def test_a_blank_money_column_needs_no_unit_and_a_cell_may_state_its_own(desk: Desk) -> None:
    book = desk.book([[*MONEY[:3], "Doanh thu", "Lợi nhuận"], [1, "HTX Một", CODES[0], "1,2 tỷ đồng", None]])
    assert desk.load(book).run_id
    assert [row.revenue_mn for row in desk.all(YearReport)] == [1200.0]


@pytest.mark.parametrize("value", ["850", 850])
def test_a_report_without_the_unit_of_money_stops_its_row(desk: Desk, rules: Rules, value: object) -> None:
    rows = [["TT", "Chỉ tiêu", "ĐVT", "Thực hiện năm 2023"], [1, "Doanh thu bình quân một HTX", None, value]]
    assert "money.no_unit" in rules(desk.load(desk.book(rows), "report_form"))


def test_an_average_in_đồng_under_million_stops_its_row(desk: Desk, rules: Rules) -> None:
    rows = [["TT", "Chỉ tiêu", "ĐVT", "Năm 2023"], [1, "Lãi bình quân một HTX", "Tr. đồng/năm", 190_000_000]]
    assert "money.other_unit" in rules(desk.load(desk.book(rows), "report_form"))


@pytest.mark.parametrize("odd", [912_500_000, 640_000, "750.000.000"])
def test_a_value_far_off_its_column_stops_its_row(desk: Desk, odd: object) -> None:
    rows = [[n, f"HTX số {n}", CODES[n], value] for n, value in enumerate([850, 640, 1200, 95, odd, 2300])]
    outcome = desk.load(desk.book([MONEY, *rows]), leave_out=True)
    assert [f.cell for f in outcome.findings if f.rule == "money.other_unit"] == ["D6"]


def test_small_values_and_large_organisations_are_no_odd_values(desk: Desk, rules: Rules) -> None:
    rows = [[n, f"HTX số {n}", CODES[n], value] for n, value in enumerate([1, 20, 350, 4000, 60_000])]
    rows.append([6, "Liên hiệp HTX Thương mại Mẫu", CODES[6], 900_000])
    assert "money.other_unit" not in rules(desk.load(desk.book([MONEY, *rows])))


def test_a_bare_fraction_in_a_share_is_refused_with_both_readings(desk: Desk) -> None:
    rows = [["TT", "Chỉ tiêu", "ĐVT", "Năm 2023"], [1, "Tỷ lệ HTX đạt loại tốt, khá", "%", 0.412]]
    outcome = desk.load(desk.book(rows), "report_form")
    assert '"0,412" có thể là 0,412 % hoặc 41,2 %' in outcome.findings[0].what and outcome.run_id is None


def test_a_share_in_text_with_its_sign_is_taken(desk: Desk) -> None:
    rows = "TT;Chỉ tiêu;ĐVT;Năm 2023\n1;Tỷ lệ HTX đạt loại tốt, khá;%;41,2%\n2;Tổng số hợp tác xã;HTX;204\n"
    path = desk.folder / "form.csv"
    path.write_text(rows, encoding="utf-8")
    assert desk.load(path, "report_form").run_id
    assert 41.2 in [row.value for row in desk.all(Observation) if row.key.startswith("nhap/")]


@pytest.mark.parametrize(
    "group",
    [
        ["A", "Cụm trung tâm", None, None, 37],
        ["I", "TP. Mẫu", None, None, 37],
        [None, "Thị trấn Chư Mẫu", None, None, 37],
        ["*", "Nhóm rau quả", None, None, 37],
    ],
)
def test_a_group_row_with_the_sum_of_what_follows_is_no_organisation(desk: Desk, group: list[object]) -> None:
    head = ["TT", "Tên HTX", "Mã số HTX", "Ngày thành lập", "Số thành viên"]
    rows = [[n, f"HTX số {n}", CODES[n], "04/04/2009", 10 + n] for n in (1, 2, 14 - 10)]
    assert desk.load(desk.book([head, group, *rows])).run_id
    assert names(desk) == ["HTX số 1", "HTX số 2", "HTX số 4"]


@pytest.mark.parametrize(
    "total",
    [
        [None, "Cộng toàn huyện", None, None, 37],
        [None, "Tổng HTX vận tải: 03 HTX", None, None, 37],
        [None, "Bình quân một HTX", None, None, 12],
        [None, "Toàn xã", None, None, 37],
    ],
)
def test_a_total_at_the_foot_is_no_organisation(desk: Desk, total: list[object]) -> None:
    head = ["TT", "Tên HTX", "Mã số HTX", "Ngày thành lập", "Số thành viên"]
    rows = [[n, f"HTX số {n}", CODES[n], "04/04/2009", 10 + n] for n in (1, 2, 4)]
    assert desk.load(desk.book([head, *rows, total])).run_id
    assert names(desk) == ["HTX số 1", "HTX số 2", "HTX số 4"]


def test_a_row_that_may_be_a_group_stops_in_doubt(desk: Desk, rules: Rules) -> None:
    head = ["TT", "Tên HTX", "Mã số HTX", "Ngày thành lập", "Số thành viên"]
    rows = [[n, f"HTX số {n}", CODES[n], "04/04/2009", 10 + n] for n in (1, 2, 4)]
    outcome = desk.load(desk.book([head, ["I", "Vùng cao", None, None, 99], *rows]))
    assert "row.group" in rules(outcome) and outcome.run_id is None


def test_organisations_named_like_places_or_sums_are_kept(desk: Desk) -> None:
    kept = ["HTX Tổng hợp Hòa Mẫu", "HTX Xã Đoài", "Tổng hợp Mẫu", "Cộng Hòa Mẫu", "Công nghệ cao Mẫu"]
    book = desk.book([["TT", "Tên HTX", "Số thành viên"], *[[n, name, 10 + n] for n, name in enumerate(kept, start=1)]])
    assert desk.load(book).run_id
    assert names(desk) == sorted(kept)


def test_a_second_heading_in_another_order_reads_its_own_columns(desk: Desk) -> None:
    rows = [HEAD, [1, "HTX Một", CODES[0], "Xã A", None, 12], [], ["II. LIÊN HIỆP"]]
    rows += [["STT", "Tên LHHTX", "Số thành viên", "Xã", "Mã số thuế"], [1, "LHHTX Hai", 4, "Xã B", CODES[1]]]
    assert desk.load(desk.book(rows)).run_id
    told = {row.name: (row.tax_code, row.commune_name) for row in desk.all(OrganizationDetail)}
    assert told == {"HTX Một": (CODES[0], "Xã A"), "LHHTX Hai": (CODES[1], "Xã B")}


def test_a_second_heading_without_a_name_stops_the_file(desk: Desk, rules: Rules) -> None:
    rows = [HEAD, [1, "HTX Một", CODES[0], "Xã A", None, 12], ["STT", "Họ tên", "Xã", "Số thành viên", "Ghi chú", "Nữ"]]
    outcome = desk.load(desk.book([*rows, [1, "Người Mẫu", "Xã B", 3, None, 1]]))
    assert "table.second" in rules(outcome) and outcome.run_id is None and desk.all(Organization) == []


def test_a_repeated_heading_on_each_page_stays_one_table(desk: Desk) -> None:
    rows = [HEAD, [1, "HTX Một", CODES[0], "Xã A", None, 12], HEAD, [2, "HTX Hai", CODES[1], "Xã B", None, 13]]
    assert desk.load(desk.book(rows)).run_id and len(desk.all(Organization)) == 2


@pytest.mark.parametrize(
    "title",
    ["DANH SÁCH HTX NGỪNG HOẠT ĐỘNG", "HTX chờ giải thể năm 2023", "Danh sách HTX dự kiến thành lập năm 2023"],
)
def test_a_title_about_the_state_needs_a_column_of_states(desk: Desk, rules: Rules, title: str) -> None:
    without = [[title], ["TT", "Tên HTX", "Mã số HTX"], [1, "HTX Một", CODES[0]]]
    assert rules(desk.load(desk.book(without))) & {"question.open", "file.state_in_title"} and names(desk) == []
    with_states = [[title], HEAD, [1, "HTX Một", CODES[0], None, "Ngừng hoạt động", 9], [2, "HTX Hai", CODES[1]]]
    outcome = desk.load(desk.book(with_states), leave_out=True)
    assert "state.missing" in rules(outcome) and names(desk) == ["HTX Một"]


def test_a_group_about_the_state_and_a_sheet_of_that_name_count_too(desk: Desk, rules: Rules) -> None:
    head = ["TT", "Tên HTX", "Mã số HTX"]
    grouped = [head, [1, "HTX Một", CODES[0]], ["II", "HTX đã giải thể"], [1, "HTX Hai", CODES[1]]]
    assert "question.open" in rules(desk.load(desk.book(grouped)))
    book = desk.book([head, [1, "HTX Một", CODES[0]]], sheet="Đã giải thể")
    assert "question.open" in rules(desk.load(book))


@pytest.mark.parametrize("heading", ["Tỉnh", "Tỉnh/TP", "Thuộc tỉnh"])
def test_a_column_of_provinces_stops_rows_of_others(desk: Desk, heading: str) -> None:
    rows = [["TT", "Tên HTX", heading], [1, "HTX Một", "Tỉnh Gia Lai"], [2, "HTX Hai", "Kon Tum"], [3, "HTX Ba", "???"]]
    outcome = desk.load(desk.book(rows), leave_out=True)
    assert [f.cell for f in outcome.findings if f.rule == "place.other"] == ["C3", "C4"] and names(desk) == ["HTX Một"]


def test_a_province_that_was_taken_in_is_no_other(desk: Desk, rules: Rules) -> None:
    rows = [["TT", "Tên HTX", "Tỉnh"], [1, "HTX Một", "Bình Định"], [2, "HTX Hai", "Gia Lai"]]
    assert "place.other" not in rules(desk.load(desk.book(rows), year=2025))


@pytest.mark.parametrize(
    ("title", "sheet"),
    [("DANH SÁCH HTX KIÊN GIANG NĂM 2023", "DS"), ("DANH SÁCH HTX", "Đồng Nai"), ("HTX THÀNH PHỐ CẦN THƠ", "DS")],
)
def test_a_title_or_sheet_of_another_province_stops_the_file(desk: Desk, rules: Rules, title: str, sheet: str) -> None:
    book = desk.book([[title], HEAD, [1, "HTX Một", CODES[0]]], sheet=sheet)
    assert "file.other_place" in rules(desk.load(book))


def test_a_district_of_the_same_name_as_a_province_is_no_province(desk: Desk, rules: Rules) -> None:
    book = desk.book([["DANH SÁCH HTX HUYỆN HÒA BÌNH"], HEAD, [1, "HTX Một", CODES[0]]])
    assert "file.other_place" not in rules(desk.load(book))


def test_two_spellings_in_one_file_are_asked(desk: Desk, rules: Rules) -> None:
    book = desk.register(
        ["HTX Dịch vụ nông nghiệp Đoàn Mẫu", CODES[0], "Xã A", None, 9], ["HTX NN&DV Đoàn Mẫu", None, "Xã A", None, 9]
    )
    outcome = desk.load(book)
    assert "row.repeated_name" in rules(outcome) and outcome.run_id is None


def test_two_codes_or_two_communes_tell_short_and_long_names_apart(desk: Desk) -> None:
    book = desk.register(
        ["HTX Nông nghiệp Đoàn Mẫu", CODES[0], "Xã A", None, 9],
        ["HTX NN Đoàn Mẫu", CODES[1], "Xã A", None, 9],
        ["HTX NN Đoàn Mẫu", CODES[2], "Xã B", None, 9],
    )
    assert desk.load(book).run_id and len(desk.all(Organization)) == 3


def test_the_kind_of_a_commune_left_out_is_no_other_commune(desk: Desk) -> None:
    assert desk.load(desk.register(["HTX Đoàn Mẫu", None, "Xã Ia Mẫu", None, 9])).run_id
    desk.load(desk.register(["HTX Đoàn Mẫu", None, "Ia Mẫu", None, 10]))
    assert len(desk.all(Organization)) == 1


def test_kinds_are_read_from_short_names(desk: Desk) -> None:
    rows = [["TT", "Tên đơn vị"], [1, "LH HTX Mẫu"], [2, "QTD ND Mẫu"], [3, "Quỹ TDND Mẫu Hai"], [4, "H.T.X Mẫu Ba"]]
    desk.load(desk.book(rows))
    assert sorted(row.kind for row in desk.all(OrganizationDetail)) == ["htx", "lhhtx", "qtdnd", "qtdnd"]


def test_a_harmless_column_is_named_first_and_the_file_loads(desk: Desk) -> None:
    book = desk.book([[*HEAD, "Diện tích (ha)", "Ghi chú"], [1, "HTX Một", CODES[0], None, None, 9, 12.5, "gần chợ"]])
    outcome = desk.load(book)
    assert outcome.run_id and [f.rule for f in outcome.findings][:2] == [
        "header.surplus_column",
        "header.unread_column",
    ]
    assert '"12,5"' in outcome.findings[0].what


def test_an_empty_column_loses_nothing_and_says_nothing(desk: Desk, rules: Rules) -> None:
    book = desk.book([[*MONEY[:3], "Tình trạng HĐ"], [1, "HTX Một", CODES[0], None]])
    outcome = desk.load(book)
    assert outcome.run_id and not {"header.like_ours", "header.surplus_column"} & rules(outcome)


@pytest.mark.parametrize(
    "heading", ["Tình hình", "Số lượng thành viên", "Doanh thu (trđ/tháng)", "Mã số ĐKKD HTX", "Ngày cấp lần đầu"]
)
def test_a_heading_close_to_ours_is_asked_with_a_proposal(desk: Desk, heading: str) -> None:
    outcome = desk.load(desk.book([["TT", "Tên HTX", "Xã", heading], [1, "HTX Một", "Xã A", "9"]]))
    assert outcome.run_id is None and outcome.columns_out == [heading] and outcome.questions[0].proposals


def test_a_report_of_which_nothing_is_read_is_not_called_there_already(desk: Desk, rules: Rules) -> None:
    desk.load(desk.register(["HTX Một", CODES[0], None, None, 9]))
    outcome = desk.load(desk.book([["TT", "Tên HTX", "Diện tích"], [1, "HTX Một", 5]]), "year_report")
    assert "file.no_rows" in rules(outcome) and outcome.run_id is None


def test_thousands_by_dots_are_taken_once_the_table_shows_that_it_means_them(desk: Desk, rules: Rules) -> None:
    head = "TT;Tên HTX;Số thành viên"
    path = desk.folder / "list.csv"
    path.write_text(f"{head}\n1;HTX Một;42.000\n2;HTX Hai;12\n", encoding="utf-8")
    doubt = desk.load(path)
    assert "number.ambiguous" in rules(doubt) and "42000 hoặc 42,000" in doubt.findings[0].what
    path.write_text(f"{head}\n1;HTX Một;42.000\n2;HTX Hai;18.778\n", encoding="utf-8")
    assert desk.load(path).run_id
    assert sorted(row.member_count for row in desk.all(YearReport)) == [18778, 42000]
