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


@pytest.mark.parametrize("head", [["Mã xã", "Tên xã", "Ghi chú"], ["Chỉ tiêu", "Năm 2024"], ["Mã xã cũ", "Tên xã"]])
def test_what_is_missing_is_said_in_the_words_of_the_office(desk: Desk, head: list[str]) -> None:
    outcome = desk.load(desk.book([head, ["00001", "Xã Mẫu", "x"]]), "communes", None, None)
    assert outcome.stops_file
    told = " ".join(str(finding).rsplit(" (", 1)[0] for finding in outcome.findings)
    assert '"Mã xã"' in told and re.search(r"\b[a-z]+_[a-z]+\b|\bcode\b|\bname\b", told) is None
