"""Workbooks as offices publish them: each loads with the right values or stops with a sentence."""

from __future__ import annotations

from collections import Counter
from datetime import date
from pathlib import Path

import pytest

from etl.loading.preview import preview_lines
from etl.loading.recipe import ImportResult
from etl.questions.question import ImportAnswer, QuestionKind
from etl.tables.findings import Severity
from models.config.settings import ROOT
from models.register.organization import (
    Organization,
    OrganizationDetail,
    OrganizationPerson,
    OrganizationState,
    YearReport,
)
from models.register.unread import UnreadValue
from models.targets.observation import Observation
from tests.etl.loading.desk import CODES, Desk

CASES = ROOT / "tests" / "files" / "cases"


def case(name: str) -> Path:
    """The workbook of a case."""
    return CASES / f"{name}.xlsx"


def stopped(outcome: ImportResult, rule: str) -> list[str]:
    """The cells that a rule keeps out, or the file."""
    return [f.cell for f in outcome.findings if f.rule == rule and f.severity is not Severity.REMARK]


@pytest.mark.parametrize(
    ("name", "kind", "year", "rule"),
    [
        ("L01b", "register", 2024, "question.open"),
        ("A41", "register", 2024, "question.open"),
    ],
)
def test_a_file_that_cannot_be_understood_stops_whole(desk: Desk, name: str, kind: str, year: int, rule: str) -> None:
    outcome = desk.load(case(name), kind, "gia-lai", year, leave_out=True)
    assert outcome.stops_file and outcome.run_id is None and stopped(outcome, rule)
    assert desk.all(Organization) == []


def test_a_column_nobody_takes_is_named_first_with_its_values(desk: Desk) -> None:
    outcome = desk.load(case("A41"), "register", "gia-lai", 2024, commit=False)
    lines = list(preview_lines(outcome))
    said = next(line for line in lines if '"Mã số đăng ký HTX"' in line)
    assert lines.index(said) < 10 and '"5900300220"' in said and "1. Mã số HTX" in said
    asked = {question.text: question for question in outcome.questions}
    assert asked["Tình trạng HĐ"].proposals and "Người Mẫu" not in "".join(lines)
    assert not any(heading in str(finding) for heading in asked for finding in outcome.findings)


def test_a_percent_cell_is_read_as_it_shows(desk: Desk) -> None:
    assert desk.load(case("A09"), "report_form", "gia-lai", 2023).run_id
    shares = [
        row.value for row in desk.all(Observation) if row.indicator == "htx_good_fair_share" and "nhap/" in row.key
    ]
    assert sorted(shares) == [34.3, 41.2]


def test_one_value_in_another_unit_is_not_taken_and_its_row_is(desk: Desk) -> None:
    outcome = desk.load(case("A10e"), "register", "gia-lai", 2024, leave_out=True)
    assert stopped(outcome, "money.other_unit") == ["D5"] and outcome.left_out == 0
    assert sorted(row.revenue_mn for row in desk.all(YearReport)) == [640.0, 850.0, 1200.0]
    assert [row.text for row in desk.all(UnreadValue)] == ["912500000"]


def test_a_second_table_is_read_by_its_own_heading(desk: Desk) -> None:
    outcome = desk.load(case("A11c"), "register", "gia-lai", 2024)
    told = {row.name: row.commune_name for row in desk.all(OrganizationDetail)}
    assert told == {"HTX Mẫu B1": "Xã A", "HTX Mẫu B2": "Xã B", "THT Mẫu C1": None, "THT Mẫu C2": None}
    assert outcome.findings[0].cell == "C7" and "Tổ trưởng" in outcome.findings[0].what


def test_districts_with_subtotals_are_no_organisations_and_give_their_district(desk: Desk) -> None:
    outcome = desk.load(case("L19"), "register", "gia-lai", 2024)
    assert "total.mismatch" not in {finding.rule for finding in outcome.findings}
    assert len(desk.all(Organization)) == 5 and sum(row.member_count for row in desk.all(YearReport)) == 80
    districts = sorted(str(row.district_name) for row in desk.all(OrganizationDetail))
    assert districts == ["Huyện Chư Mẫu"] * 3 + ["Thị xã Mẫu Khê"] * 2


def test_group_titles_totals_and_averages_are_no_organisations(desk: Desk) -> None:
    outcome = desk.load(case("L20"), "register", "gia-lai", 2024)
    assert outcome.left_out == 0 and "row.groups" in {finding.rule for finding in outcome.findings}
    names = sorted(row.name for row in desk.all(Organization))
    assert names == ["HTX Nông nghiệp Mẫu Bảy", "HTX Nông nghiệp Mẫu Sáu", "HTX Vận tải Mẫu Tám"]


def test_rows_of_other_provinces_stop(desk: Desk) -> None:
    outcome = desk.load(case("L05"), "register", "an-giang", 2024, leave_out=True)
    assert stopped(outcome, "place.other") == ["B4", "B5", "B6", "B7", "B8"]
    assert len(desk.all(Organization)) == 1


def test_one_organisation_under_two_spellings_is_asked_and_not_counted_twice(desk: Desk) -> None:
    assert desk.load(case("A30a"), "register", "gia-lai", 2024).run_id
    outcome = desk.load(case("A30b"), "register", "gia-lai", 2024, leave_out=True)
    assert outcome.run_id is None and len(stopped(outcome, "pair.undecided")) == 3 == len(outcome.pairs)
    assert len(desk.all(Organization)) == 3


def test_two_spellings_that_somebody_calls_one_are_one(desk: Desk) -> None:
    from etl.importers.draft import Decisions

    desk.load(case("A30a"), "register", "gia-lai", 2024)
    asked = desk.load(case("A30b"), "register", "gia-lai", 2024, commit=False)
    same = frozenset(pair.key.replace("/", "=") for pair in asked.pairs)
    outcome = desk.load(case("A30b"), "register", "gia-lai", 2024, decisions=Decisions(same=same))
    assert outcome.run_id and len(desk.all(Organization)) == 3


def test_numbers_of_persons_inside_cells_are_kept_nowhere(desk: Desk) -> None:
    outcome = desk.load(case("A37"), "register", "gia-lai", 2024)
    names = sorted(str(row.name) for row in desk.all(OrganizationPerson))
    assert names == ["Lê Mẫu", "Nguyễn Văn Mẫu", "Trần Mẫu"]
    told = "".join(f"{finding.value}{finding.what}" for finding in outcome.findings)
    assert "person.inside" in {f.rule for f in outcome.findings}
    assert not any(number in told.replace(".", "").replace(" ", "") for number in ("090012345", "23080001", "0640800"))


def test_when_every_row_stays_out_nothing_says_that_it_was_there(desk: Desk) -> None:
    from etl.loading.preview import preview_values

    nameless = [["", CODES[number], "Xã Mẫu", "Đang hoạt động", 9] for number in range(6)]
    outcome = desk.load(desk.register(*nameless), "register", "gia-lai", 2024, leave_out=True)
    assert outcome.run_id is None and outcome.left_out == 6
    assert preview_values(outcome)["nothing"] == "Không còn dòng nào để nạp: 6 dòng phải để ngoài"


def test_legal_states_of_tax_lists_are_read_and_the_doubtful_one_is_kept_as_written(desk: Desk) -> None:
    outcome = desk.load(case("L09b"), "register", "gia-lai", 2024)
    assert outcome.run_id and len(desk.all(Organization)) == 6
    states = Counter(row.state for row in desk.all(OrganizationState) if row.field == "legal_status")
    assert states == {"active": 2, "suspended": 1, "dissolved": 1, "not_at_registered_address": 1}
    (unread,) = desk.all(UnreadValue)
    assert unread.text.startswith("NNT ngừng hoạt động nhưng chưa hoàn thành")


def test_words_of_state_that_nobody_reviewed_keep_their_rows_and_are_told_once(desk: Desk) -> None:
    outcome = desk.load(case("A39"), "register", "gia-lai", 2024)
    assert outcome.run_id and outcome.left_out == 0 and len(desk.all(Organization)) == 16
    (cause,) = [cause for cause in outcome.causes if cause.first.rule == "word.unknown"]
    unread = {row.text for row in desk.all(UnreadValue)}
    assert cause.total == len(unread) == len(cause.values) == len(outcome.questions) >= 10
    known = sorted(row.state for row in desk.all(OrganizationState) if row.field == "operating_state")
    assert len(known) == 16 - len(unread) and "dissolved" not in known


def test_founding_days_that_nobody_can_read_keep_their_organisations(desk: Desk) -> None:
    outcome = desk.load(case("A25"), "register", "gia-lai", 2024)
    assert outcome.run_id and outcome.left_out == 0 and len(desk.all(Organization)) == 18
    founded = {row.name.split()[-1]: row.founded_on for row in desk.all(OrganizationDetail)}
    assert founded["2"] == date(1998, 3, 26) and founded["3"].year == 2005 and founded["18"].year == 2013
    assert {number for number, day in founded.items() if day is None} == {"1", "9", "10", "15"}
    assert {row.text for row in desk.all(UnreadValue)} == {
        "15/3/19",
        "QĐ 12/QĐ-UB ngày 5/6/2019",
        "2018-2019",
        "Trước 1990",
    }


def test_the_kind_is_read_from_the_name_and_a_name_without_one_is_never_taken_for_a_cooperative(desk: Desk) -> None:
    outcome = desk.load(case("A45"), "register", "gia-lai", 2024, leave_out=True)
    kinds = Counter(row.kind for row in desk.all(Organization))
    assert kinds == {"htx": 7, "lhhtx": 2, "qtdnd": 2, "tht": 2} and outcome.left_out == 1


def test_the_kind_is_asked_once_where_nothing_says_it(desk: Desk) -> None:
    rows = [["TT", "Tên đơn vị", "Mã số"], [1, "Mẫu Một", CODES[0]], [2, "Mẫu Hai", CODES[1]], [3, "HTX Ba", CODES[2]]]
    outcome = desk.load(desk.book(rows, sheet="DS"), leave_out=True)
    (question,) = outcome.questions
    assert (question.field, question.text, question.rows) == ("kind", "Tên đơn vị", 2)
    assert stopped(outcome, "kind.unknown") == ["B2", "B3"] and len(desk.all(Organization)) == 1
    answer = ImportAnswer(QuestionKind.WORD, "kind", "Tên đơn vị", "tht")
    desk.load(desk.book(rows, sheet="DS"), answers=(answer,))
    assert Counter(row.kind for row in desk.all(Organization)) == {"tht": 2, "htx": 1}


@pytest.mark.parametrize("said", ["DANH SÁCH HỢP TÁC XÃ NĂM 2023", ""])
def test_a_title_or_a_sheet_of_cooperatives_says_the_kind(desk: Desk, said: str) -> None:
    rows = [[said or None], ["TT", "Tên đơn vị", "Mã số"], [1, "Mẫu Một", CODES[0]]]
    desk.load(desk.book(rows, sheet="DS" if said else "HTX"))
    assert [row.kind for row in desk.all(Organization)] == ["htx"]


@pytest.mark.parametrize("kind", ["report_form", "register"])
def test_a_yearbook_says_which_kind_of_file_it_is(desk: Desk, kind: str) -> None:
    outcome = desk.load(case("L03"), kind, "gia-lai", 2022, leave_out=True)
    assert outcome.stops_file and outcome.run_id is None
    told = [line for line in preview_lines(outcome) if "niên giám" in line]
    assert len(told) == 1 and "Biểu 1" in told[0] and '"Số liệu công bố"' in told[0]


@pytest.mark.parametrize(("name", "values"), [("L13", 80), ("L13c", 30)])
def test_the_columns_of_one_year_are_read_apart_with_their_kind(desk: Desk, name: str, values: int) -> None:
    outcome = desk.load(case(name), "report_form", "gia-lai", 2022, leave_out=True)
    assert outcome.run_id and outcome.written.new == values
    of_2022 = {
        (row.value_kind, row.period_end): row.value
        for row in desk.all(Observation)
        if row.indicator == "htx_count" and row.key.startswith("nhap/") and row.period_end.year == 2022
    }
    half, whole = date(2022, 6, 30), date(2022, 12, 31)
    assert of_2022 == {("plan", whole): 204, ("actual", half): 203, ("estimate", whole): 204}
