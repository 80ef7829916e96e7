"""Figures of data/ have one reading, and nothing is said of a place on a day on which it did not exist."""

from __future__ import annotations

import pytest

TH = "programmes/thanh-hoa-922-2023.yaml"
NT = "programmes/ninh-thuan-2023.yaml"


@pytest.mark.parametrize(
    ("written", "one", "other"),
    [
        ("334.000", "334000", "334"),
        ("50.000", "50000", "50"),
        ("334.841", "334841", "334.8410"),
        ("1,500", "1.5", "1500"),
        ("1234.567", "1234567", "1234.5670"),
    ],
)
def test_a_promise_that_can_be_read_in_two_ways_is_refused_with_both(
    rejects, written: str, one: str, other: str
) -> None:
    says = f'trường "low" ghi "{written}" đọc được hai cách: {one} hoặc {other}'
    rejects(TH, "low: 334841", f"low: {written}", says=says)


@pytest.mark.parametrize(
    ("written", "remedy"),
    [
        ("1.234,5", "Ghi 1234.5,"),
        ("1,234.5", "Ghi 1234.5,"),
        ("1.234.567", "Ghi 1234567,"),
        ("010", "Ghi số"),
        ("1_000", "Ghi số"),
        ("12:30", "Ghi số"),
        ("0x1F", "Ghi số"),
        ("1.0e+3", "Ghi số"),
    ],
)
def test_a_number_in_another_form_is_never_read_by_the_rules_of_yaml(data, written: str, remedy: str) -> None:
    line = data.replace(TH, "low: 334841", f"low: {written}")
    (issue,) = data.issues()
    assert (issue.file, issue.line) == (TH, line)
    assert written in issue.what and issue.remedy.startswith(remedy)


@pytest.mark.parametrize(
    ("written", "says"),
    [("42.000", "42000 hoặc 42"), ("1,500", "1.5 hoặc 1500"), ("1e3", "1e3"), ("1_000", "1_000"), ("007", "007")],
)
def test_a_figure_that_can_be_read_in_two_ways_is_refused_at_its_line(data, written: str, says: str) -> None:
    key = "thanh-hoa-htx_count-2025-12-26-bao-thanh-hoa-2025"
    data.change_figure(key, value=written)
    found = data.issues()
    assert [(issue.file, issue.line) for issue in found] == [("figures.csv", data.line_of("figures.csv", key))]
    assert '"value"' in found[0].what and says in found[0].what


def test_numbers_of_every_reviewed_list_are_held_to_the_same_form(data) -> None:
    (data.folder / "corrections.csv").open("a", encoding="utf-8").write("k,42.000,43,x,y,2026-01-01,z,\n")
    data.replace("thresholds.yaml", "value: 0.60", "value: 1.600")
    data.replace("indicators.yaml", "decimals: 1", "decimals: 1.000")
    data.replace(NT, "horizon: 2030", "horizon: 2.030")
    says = {(issue.file, issue.what.partition(" đọc được hai cách: ")[2]) for issue in data.issues()}
    assert says >= {
        ("corrections.csv", "42000 hoặc 42"),
        ("thresholds.yaml", "1600 hoặc 1.6"),
        ("indicators.yaml", "1000 hoặc 1"),
        (NT, "2030 hoặc 2.03"),
    }


@pytest.mark.parametrize(
    ("place", "issued", "says", "instead"),
    [
        ("gia-lai", "2023-03-21", "chỉ có từ ngày 01/7/2025, ngày ban hành là 21/3/2023", ["gia-lai-truoc-2025-07"]),
        ("lam-dong", "2023-03-21", "chỉ có từ ngày 01/7/2025", ["lam-dong-truoc-2025-07"]),
        ("ninh-thuan", "2026-03-21", "chỉ có đến ngày 30/6/2025", ["khanh-hoa"]),
        ("gia-lai-truoc-2025-07", "2025-07-01", "chỉ có đến ngày 30/6/2025", ["gia-lai"]),
    ],
)
def test_a_decision_cannot_be_of_a_province_that_did_not_exist_then(
    data, place: str, issued: str, says: str, instead: list[str]
) -> None:
    data.replace(TH, "place: thanh-hoa", f"place: {place}")
    data.replace(TH, "issued_on: 2023-03-21", f"issued_on: {issued}")
    found = [issue for issue in data.issues() if issue.file == TH and says in issue.what]
    assert len(found) == 1 and found[0].line == data.line_of(TH, "place:")
    assert found[0].remedy == f"Ghi địa bàn của ngày đó: {' hoặc '.join(instead)}"


def test_a_decision_of_the_last_and_of_the_first_day_of_a_province_is_its_own(data) -> None:
    for place, day in (("gia-lai-truoc-2025-07", "2025-06-30"), ("gia-lai", "2025-07-01")):
        text = (data.folder / TH).read_text(encoding="utf-8")
        changed = text.replace("place: thanh-hoa", f"place: {place}").replace(
            "issued_on: 2023-03-21", f"issued_on: {day}"
        )
        (data.folder / TH).write_text(changed, encoding="utf-8")
        assert not [issue for issue in data.issues() if "địa bàn" in issue.what]
        (data.folder / TH).write_text(text, encoding="utf-8")


def test_figures_and_breaks_are_of_a_place_that_existed_on_their_day(data) -> None:
    key = "thanh-hoa-htx_count-2025-12-26-bao-thanh-hoa-2025"
    data.change_figure(key, place="khanh-hoa", period_start="2023-12-31", period_end="2023-12-31")
    (issue,) = data.issues()
    assert "chỉ có từ ngày 01/7/2025, ngày cuối kỳ của số liệu là 31/12/2023" in issue.what
    assert "khanh-hoa-truoc-2025-07" in issue.remedy
    data.change_figure(key, place="ninh-thuan", period_start="2025-12-26", period_end="2025-12-26")
    assert ["chỉ có đến ngày 30/6/2025" in issue.what for issue in data.issues()] == [True]
    data.change_figure(key, value_kind="plan", published_on="2024-12-01")  # told while the province stood
    assert data.issues() == []
