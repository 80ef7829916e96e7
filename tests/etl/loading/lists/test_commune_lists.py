"""Lists of communes as the statistics office publishes them: with districts up to 30/6/2025, in two levels since."""

from __future__ import annotations

import re
from datetime import date

import pytest

from models.config.settings import ROOT
from models.places.commune import Commune
from tests.etl.loading.desk import Desk

CASES = ROOT / "tests" / "files" / "cases"
DISTRICTS = ["Tỉnh Thành Phố", "Mã TP", "Quận Huyện", "Mã QH", "Phường Xã", "Mã PX", "Cấp", "Tên Tiếng Anh"]
ISLAND = ["Thành phố Hải Phòng", "31", "Huyện Bạch Long Vĩ", "318", None, None, "Huyện", None]
FORMER = (date.min, date(2025, 6, 30))
TODAY = (date(2025, 7, 1), None)


def stored(desk: Desk) -> dict[str, tuple[str, str, str | None, date, date | None]]:
    """What is known of each commune."""
    return {
        row.code: (row.name, row.place, row.district_name, row.valid_from, row.valid_to) for row in desk.all(Commune)
    }


def test_the_list_in_three_levels_is_of_the_boundaries_before_the_merger(desk: Desk) -> None:
    outcome = desk.load(CASES / "L22.xlsx", "communes", None, None)
    assert outcome.run_id and outcome.left_out == 0
    assert stored(desk) == {f"9990{n}": (f"Xã Mẫu {n}", "nam-dinh", "Huyện Mẫu Đông", *FORMER) for n in range(4)}
    assert "communes.former" in {finding.rule for finding in outcome.findings}


def test_a_district_without_communes_is_told_and_stops_nothing(desk: Desk) -> None:
    commune = ["Tỉnh Gia Lai", 64, "Huyện Chư Păh", 627, "Thị trấn Phú Hòa", 23722, "Thị trấn", "Phu Hoa Town"]
    outcome = desk.load(desk.book([DISTRICTS, commune, ISLAND]), "communes", None, None)
    assert outcome.run_id and outcome.left_out == 0
    assert stored(desk) == {"23722": ("Thị trấn Phú Hòa", "gia-lai-truoc-2025-07", "Huyện Chư Păh", *FORMER)}
    told = [finding.what for finding in outcome.findings if finding.rule == "communes.higher"]
    assert told == ["1 dòng là tỉnh, huyện hoặc huyện không chia xã nên bỏ qua (dòng 3)"]


@pytest.mark.parametrize(
    ("head", "row"),
    [
        (
            ["Tỉnh Thành Phố", "Mã TP", "Phường Xã", "Mã PX", "Cấp"],
            ["Tỉnh Gia Lai", "52", "Phường Pleiku", "23563", "Phường"],
        ),
        (
            ["Mã", "Tên", "Tên Tiếng Anh", "Cấp", "Mã TP", "Tỉnh / Thành Phố"],
            [23563, "Phường Pleiku", None, "Phường", 52, "Tỉnh Gia Lai"],
        ),
        (
            ["STT", "Mã số", "Tên đơn vị hành chính", "Cấp", "Tỉnh/TP"],
            [1, "23563", "Pleiku", "Phường", "Gia Lai"],
        ),
    ],
)
def test_the_list_in_two_levels_is_of_today(desk: Desk, head: list[str], row: list[object]) -> None:
    outcome = desk.load(desk.book([head, row]), "communes", None, None)
    assert outcome.run_id and outcome.left_out == 0
    assert stored(desk) == {"23563": ("Phường Pleiku", "gia-lai", None, *TODAY)}


def test_a_province_that_is_no_more_is_named_and_its_row_stops(desk: Desk) -> None:
    book = desk.book(
        [["Mã PX", "Phường Xã", "Mã TP", "Tỉnh Thành Phố"], ["13636", "Phường Mẫu", "36", "Tỉnh Nam Định"]]
    )
    outcome = desk.load(book, "communes", None, None, leave_out=True)
    assert [f.what for f in outcome.findings] == ['không có tỉnh "Tỉnh Nam Định" mã 36 vào ngày 01/7/2025']
    assert stored(desk) == {}


@pytest.mark.parametrize("head", [["Mã xã", "Tên xã", "Ghi chú"], ["Cột", "Năm 2024"], ["Mã xã cũ", "Tên xã"]])
def test_what_is_missing_is_said_in_the_words_of_the_office(desk: Desk, head: list[str]) -> None:
    outcome = desk.load(desk.book([head, ["00001", "Xã Mẫu", "x"]]), "communes", None, None)
    assert outcome.stops_file
    told = " ".join(str(finding).rsplit(" (", 1)[0] for finding in outcome.findings)
    assert '"Mã xã"' in told and re.search(r"\b[a-z]+_[a-z]+\b|\bcode\b|\bname\b", told) is None


LEVELS = [
    ["Mã số", "Tên đơn vị hành chính"],
    ["V", "Tây Nguyên"],
    ["64", "Tỉnh Gia Lai"],
    ["622", "Thành phố Pleiku"],
    ["23563", "Phường Yên Đỗ"],
    ["627", "Huyện Chư Păh"],
    ["23722", "Thị trấn Phú Hòa"],
]
CODED = ["Mã T/H", "Tên tỉnh/thành phố", "Mã Q/H", "Tên quận/huyện", "Mã P/X", "Tên phường/xã"]
BLANK = [
    CODED,
    ["64", "Tỉnh Gia Lai", "622", "Thành phố Pleiku", "23563", "Phường Yên Đỗ"],
    [None, None, "627", "Huyện Chư Păh", "23722", "Thị trấn Phú Hòa"],
    [None, None, None, None, "23725", "Xã Hà Tây"],
]
KINDS = ["Mã T", "Tỉnh/Thành phố", "Mã H", "Quận/Huyện", "Mã X", "Phường/Xã", "Loại hình"]


@pytest.mark.parametrize(
    "rows",
    [
        LEVELS,
        BLANK,
        [
            ["DANH MỤC ĐƠN VỊ HÀNH CHÍNH"],
            KINDS,
            ["64", "Tỉnh Gia Lai", "622", "Thành phố Pleiku", "23563", "Yên Đỗ", "Phường"],
            ["64", "Tỉnh Gia Lai", "627", "Huyện Chư Păh", "23722", "Phú Hòa", "Thị trấn"],
        ],
    ],
)
def test_levels_may_stand_as_rows_above_or_once_for_the_rows_below(desk: Desk, rows: list[list[object]]) -> None:
    outcome = desk.load(desk.book(rows), "communes", None, None)
    assert outcome.run_id and outcome.left_out == 0
    known = stored(desk)
    assert known["23563"] == ("Phường Yên Đỗ", "gia-lai-truoc-2025-07", "Thành phố Pleiku", *FORMER)
    assert known["23722"] == ("Thị trấn Phú Hòa", "gia-lai-truoc-2025-07", "Huyện Chư Păh", *FORMER)
    assert known.get("23725", ("", "", "Huyện Chư Păh"))[2] == "Huyện Chư Păh"


def test_a_blank_province_among_lines_that_name_theirs_stops_its_row(desk: Desk) -> None:
    line = ["64", "Tỉnh Gia Lai", "627", "Huyện Chư Păh"]
    rows = [CODED, [*line, "23722", "Thị trấn Phú Hòa"], [None, None, *line[2:], "23725", "Xã Hà Tây"]]
    rows += [[*line, "23728", "Xã Ia Khươl"], ["64", "Tỉnh Kon Tum", *line[2:], "23731", "Xã Ia Phí"]]
    outcome = desk.load(desk.book(rows), "communes", None, None, leave_out=True)
    told = {finding.cell: finding.what for finding in outcome.findings if finding.rule == "communes.unknown_province"}
    assert told == {"A3": "thiếu tỉnh của xã", "A5": 'không có tỉnh "Tỉnh Kon Tum" mã 64 vào ngày 30/6/2025'}
    assert sorted(stored(desk)) == ["23722", "23728"]


def test_a_conversion_table_in_the_words_of_administrative_units_loads(desk: Desk) -> None:
    head = ["Mã ĐVHC cũ", "Tên ĐVHC cũ", "Thuộc huyện cũ", "Thuộc tỉnh cũ"]
    head += ["Mã ĐVHC mới", "Tên ĐVHC mới", "Mã tỉnh mới", "Tỉnh mới", "Hình thức"]
    line = ["23700", "Xã Hòa Phú", "Huyện Chư Păh", "Gia Lai", "23722", "Xã Chư Păh", "52", "Gia Lai", "Nhập toàn bộ"]
    assert desk.load(desk.book([head, line]), "communes", None, None).run_id
    assert {code: name[0] for code, name in stored(desk).items()} == {"23700": "Xã Hòa Phú", "23722": "Xã Chư Păh"}
