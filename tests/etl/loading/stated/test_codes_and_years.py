"""Yearly reports are of a whole year and of one organisation; a commune's code bears one name."""

from __future__ import annotations

import pytest

from models.places.commune import Commune
from models.register.organization import Organization, YearReport
from tests.etl.loading.desk import CODES, HEAD, Desk

REPORT = ["TT", "Tên HTX", "Mã số HTX", "Số thành viên"]
COMMUNE = ["Mã xã", "Tên xã", "Mã tỉnh", "Tên tỉnh"]


@pytest.fixture
def known(desk: Desk) -> Desk:
    rows = [[n, f"HTX Mẫu {n}", CODES[n], None, "Đang hoạt động", None] for n in (1, 2)]
    assert desk.load(desk.book([HEAD, *rows])).run_id
    return desk


@pytest.mark.parametrize(
    "title",
    [
        "ƯỚC THỰC HIỆN NĂM 2023, KẾ HOẠCH NĂM 2024",
        "KẾ HOẠCH SẢN XUẤT KINH DOANH CỦA CÁC HTX NĂM 2023",
        "KẾT QUẢ HOẠT ĐỘNG CỦA CÁC HTX 6 THÁNG ĐẦU NĂM 2023",
        "Báo cáo quý IV năm 2023",
    ],
)
def test_a_title_of_no_whole_year_stops_a_yearly_report(known: Desk, title: str) -> None:
    outcome = known.load(known.book([[title], REPORT, [1, "HTX Mẫu 1", CODES[1], 20]]), "year_report", leave_out=True)
    assert [finding.rule for finding in outcome.findings if finding.rule == "file.not_a_year"] == ["file.not_a_year"]
    assert outcome.run_id is None and known.all(YearReport) == []


def test_a_title_of_the_whole_year_is_taken(known: Desk) -> None:
    title = "Kết quả thực hiện kế hoạch của các HTX năm 2023 (số liệu đến 31/12/2023)"
    assert known.load(known.book([[title], REPORT, [1, "HTX Mẫu 1", CODES[1], 20]]), "year_report").run_id


@pytest.mark.parametrize("kind", ["year_report", "register"])
def test_code_and_name_of_two_known_organisations_stop_the_row(known: Desk, kind: str) -> None:
    book = known.book([REPORT, [1, "HTX Mẫu 1", CODES[2], 20]])
    outcome = known.load(book, kind, leave_out=True)
    found = [finding for finding in outcome.findings if finding.rule == "organization.two_known"]
    assert [finding.cell for finding in found] == ["C2"]
    assert all(f'"HTX Mẫu {n}" ({CODES[n]})' in found[0].what for n in (1, 2))
    assert known.all(YearReport) == [] and len(known.all(Organization)) == 2


def test_a_new_name_that_nobody_bears_is_a_renaming(known: Desk) -> None:
    assert known.load(known.book([REPORT, [1, "HTX Tên mới", CODES[2], 20]]), "year_report").run_id


@pytest.mark.parametrize(
    ("row", "stops"),
    [
        (["Xã Mẫu A", 99901, 52, "Gia Lai"], [("communes.code", "A2"), ("communes.name", "B2")]),
        ([99904, "12 xã", 52, "Gia Lai"], [("communes.name", "B2")]),
        ([999041, "Xã Mẫu", 52, "Gia Lai"], [("communes.code", "A2")]),
        ([None, "Xã Mẫu", 52, "Gia Lai"], [("communes.code", "A2")]),
        ([99904, None, 52, "Gia Lai"], [("communes.name", "B2")]),
    ],
)
def test_a_code_or_name_that_cannot_be_stops_its_row(
    desk: Desk, row: list[object], stops: list[tuple[str, str]]
) -> None:
    outcome = desk.load(desk.book([COMMUNE, row, [123, "Xã Mẫu B", 52, "Gia Lai"]]), "communes", None, None)
    assert [(finding.rule, finding.cell) for finding in outcome.findings] == stops


def test_a_code_of_two_names_stops_the_file_and_names_both_cells(desk: Desk) -> None:
    rows = [[99901, "Xã Mẫu A", 52, "Gia Lai"], [99901, "Xã Mẫu B", 52, "Gia Lai"]]
    outcome = desk.load(desk.book([COMMUNE, *rows]), "communes", None, None, leave_out=True)
    assert [(finding.rule, finding.cell) for finding in outcome.findings] == [("communes.two_names", "A3")]
    assert "ô B2" in outcome.findings[0].what and desk.all(Commune) == []
