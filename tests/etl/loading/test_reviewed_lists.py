"""The reviewed lists by which workbooks are read are themselves checked."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from etl.facts.facts_reader import read_facts
from etl.facts.rating_schemes import read_schemes
from etl.loading import check_columns as received
from models.config.settings import ROOT
from models.register.organization import RatingClass


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    shutil.copytree(ROOT / "data", tmp_path / "data")
    return tmp_path / "data"


def says(folder: Path) -> str:
    return "\n".join(map(str, received.check(folder, read_facts(folder))))


def test_the_lists_as_they_stand_are_right(folder: Path) -> None:
    assert says(folder) == ""


@pytest.mark.parametrize(
    ("name", "line", "wanted"),
    [
        ("columns/report_form.csv", "Hợp tác xã,Dòng mới,htx_cuont,published", "htx_cuont"),
        ("columns/report_form.csv", "Hợp tác xã,Dòng mới,htx_count,published", "published"),
        ("columns/report_form.csv", "Hợp tác xã,Số HTX,htx_count,unstated", "đã có"),
        ("columns/words.csv", "operating_state,sleeping,Đang ngủ", "sleeping"),
        ("columns/words.csv", "operating_state,stopped,Đang hoạt động", 'là "stopped"'),
        ("columns/year_report.csv", "membercount,Số xã viên,người", 'Nếu là "member_count"'),
        ("columns/year_report.csv", "member_count,Số xã viên,triệu đồng", "Ghi đơn vị của trường này"),
        ("columns/year_report.csv", "member_count,Số xã viên,HTX", "người"),
        ("columns/year_report.csv", "revenue_mn,Doanh số,người", "triệu đồng"),
        ("columns/year_report.csv", "has_ocop,Có OCOP,người", "Để trống đơn vị"),
        ("columns/organization.csv", "kind,Mã số thuế,", "Mã số thuế"),
    ],
)
def test_a_wrong_line_is_named(folder: Path, name: str, line: str, wanted: str) -> None:
    with (folder / name).open("a", encoding="utf-8") as file:
        file.write(line + "\n")
    assert wanted in says(folder)


def test_classes_with_a_gap_are_refused(folder: Path) -> None:
    path = folder / "rating_schemes" / "TT01_2020.yaml"
    path.write_text(path.read_text(encoding="utf-8").replace("from: 65", "from: 66"), encoding="utf-8")
    assert "TT01_2020" in says(folder)


def test_a_threshold_that_can_be_read_in_two_ways_is_refused_at_its_line(folder: Path) -> None:
    path = folder / "rating_schemes" / "TT01_2020.yaml"
    path.write_text(path.read_text(encoding="utf-8").replace("from: 65", "from: 65.000"), encoding="utf-8")
    assert 'TT01_2020.yaml, dòng 14: trường "classes[2].from" ghi "65.000" đọc được hai cách' in says(folder)


@pytest.mark.parametrize(("points", "expected"), [(0, "weak"), (49.9, "weak"), (50, "average"), (65, "fair")])
@pytest.mark.parametrize("code", ["TT01_2020", "TT09_2017"])
def test_classes_are_half_open(code: str, points: float, expected: str) -> None:
    assert read_schemes(ROOT / "data")[code].class_of(points) is RatingClass(expected)
