"""Every problem is named at its cell, all at once; what is doubtful waits for the officer."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from etl.importers.draft import Decisions
from etl.loading.recipe import ImportResult
from models.register.organization import Organization, OrganizationPerson
from tests.etl.loading.desk import BAD, CODES, GOOD, HEAD, Desk

Rules = Callable[[ImportResult], set[str]]
PLACE = "Xã Hòa Phú"
CORPUS = {
    "ambiguous_numbers.xlsx": "number.ambiguous",
    "broken_inside.xlsx": "file.broken",
    "duplicate_headers.xlsx": "header.duplicate",
    "empty.xlsx": "header.not_found",
    "formula_errors.ods": "file.formula_errors",
    "formula_errors.xlsx": "cell.formula_error",
    "no_bytes.xlsx": "file.empty",
    "only_title.xlsx": "header.not_found",
    "open_quote.csv": "csv.quotes",
    "password.xls": "file.password",
    "password.xlsx": "file.password",
    "picture.xlsx": "file.not_a_table",
    "ragged_rows.csv": "row.ragged",
    "surplus_columns.xlsx": "person.dropped",
    "tax_codes.xlsx": "tax_code.wrong_form",
    "tcvn3.csv": "text.old_font",
    "tcvn3_text.xlsx": "text.old_font",
    "truncated.xlsx": "file.broken",
    "unknown_bytes.csv": "file.encoding",
    "vni_text.xlsx": "text.old_font",
    "web_page.xls": "file.markup",
    "word.xlsx": "file.not_a_table",
}


@pytest.mark.parametrize("name", sorted(path.name for path in BAD.iterdir()))
def test_every_bad_file_gives_a_sentence_and_never_an_exception(desk: Desk, name: str) -> None:
    outcome = desk.load(BAD / name, commit=False)
    assert outcome.findings, name
    for finding in outcome.findings:
        assert finding.what
        assert finding.remedy
        assert "Traceback" not in str(finding)


@pytest.mark.parametrize("name", sorted(CORPUS))
def test_a_bad_file_breaks_the_rule_it_was_made_for(desk: Desk, rules: Rules, name: str) -> None:
    found = rules(desk.load(BAD / name, commit=False))
    wanted = CORPUS[name]
    assert wanted in found or (wanted == "text.old_font" and any("font" in rule or "text" in rule for rule in found))


@pytest.mark.parametrize("name", sorted(p.name for p in GOOD.iterdir() if p.suffix != ".csv" or "cp1258" not in p.name))
def test_no_good_file_stops_as_a_whole_for_its_shape(desk: Desk, rules: Rules, name: str) -> None:
    found = rules(desk.load(GOOD / name, commit=False, is_demo=True))
    assert not {
        rule
        for rule in found
        if rule.startswith("file.") and rule not in ("file.no_rows", "file.no_table", "file.other_kind")
    }


def test_rows_that_stop_keep_everything_out_until_the_officer_agrees(desk: Desk) -> None:
    path = desk.register(
        ("HTX Một", "59003", PLACE, "Đang hoạt động", 20), ("HTX Hai", CODES[1], PLACE, "Đang hoạt động", 20)
    )
    refused = desk.load(path)
    assert (refused.run_id, refused.left_out) == (None, 1)
    (finding,) = [f for f in refused.findings if f.rule == "tax_code.wrong_form"]
    assert (finding.sheet, finding.cell, finding.value, finding.severity) == ("HTX", "C2", "59003", "stops_row")
    agreed = desk.load(path, leave_out=True)
    assert agreed.run_id is not None
    assert [row.name for row in desk.all(Organization)] == ["HTX Hai"]


def test_all_problems_come_at_once(desk: Desk, rules: Rules) -> None:
    path = desk.register(
        ("HTX Một", "123", PLACE, "Đang hoạt động", 20),
        ("HTX Hai", CODES[1], PLACE, "Đang mơ", 20),
        (None, CODES[2], PLACE, "Đang hoạt động", 20),
        ("HTX Bốn", CODES[3], PLACE, "Đang hoạt động", -3),
    )
    outcome = desk.load(path)
    assert {"tax_code.wrong_form", "word.unknown", "name.missing", "number.negative"} <= rules(outcome)
    severe = {f.rule: f.severity for f in outcome.findings}
    assert severe["word.unknown"] == severe["number.negative"] == "unread" and outcome.left_out == 2


def test_a_wrong_check_digit_is_kept_and_flagged(desk: Desk, rules: Rules) -> None:
    wrong = CODES[0][:9] + str((int(CODES[0][9]) + 1) % 10)
    outcome = desk.load(desk.register(("HTX Một", wrong, PLACE, "Đang hoạt động", 20)))
    assert outcome.run_id is not None
    assert "tax_code.check_digit" in rules(outcome)
    assert [(row.tax_code, row.tax_code_is_valid) for row in desk.all(Organization)] == [(wrong, False)]


def test_personal_columns_are_dropped_and_it_is_said(desk: Desk, rules: Rules) -> None:
    head = [*HEAD, "Số CCCD", "CMND", "Số điện thoại", "Email", "Ngày sinh", "Giám đốc", "Giới tính"]
    row = ("HTX Một", CODES[0], PLACE, "Đang hoạt động", 20, "001083012345", "12", "0905", "a@b", "01/01/1980")
    outcome = desk.load(desk.register((*row, "Nguyễn Văn A", "Nam"), head=head))
    assert outcome.run_id is not None
    assert "person.dropped" in rules(outcome)
    (person,) = desk.all(OrganizationPerson)
    assert (person.name, person.is_female, person.birth_year) == ("Nguyễn Văn A", False, None)
    assert "001083012345" not in (desk.folder / "db" / "test.sqlite3").read_bytes().decode("latin-1")


def test_totals_are_checked_and_not_loaded(desk: Desk, rules: Rules) -> None:
    good = desk.load(desk.register(*_two(), (None, None, None, None, None)), commit=False)
    assert good.written.new == 2 or good.left_out == 1
    with_total = desk.book([HEAD, *_numbered(), [None, "Tổng cộng", None, None, None, 51]])
    assert "total.mismatch" not in rules(desk.load(with_total, commit=False))
    wrong = desk.book([HEAD, *_numbered(), [None, "Tổng cộng", None, None, None, 52]])
    outcome = desk.load(wrong, commit=False)
    assert "total.mismatch" in rules(outcome)
    assert outcome.written.new == 2


def test_page_subtotals_are_checked_page_by_page(desk: Desk, rules: Rules) -> None:
    outcome = desk.load(GOOD / "page_subtotals.xlsx", commit=False, place="gia-lai", year=2026)
    assert "total.mismatch" not in rules(outcome)
    assert outcome.written.new == 4


def _two() -> list[tuple[object, ...]]:
    return [
        ("HTX Một", CODES[0], PLACE, "Đang hoạt động", 20),
        ("HTX Hai", CODES[1], PLACE, "Đang hoạt động", 31),
    ]


def _numbered() -> list[list[object]]:
    return [[number, *row] for number, row in enumerate(_two(), start=1)]


@pytest.mark.parametrize(
    ("title", "rule"),
    [("DANH SÁCH HTX ĐẾN 31/12/2022", "file.other_year"), ("UBND TỈNH ĐỒNG NAI", "file.other_place")],
)
def test_a_title_of_another_year_or_province_stops_the_file(desk: Desk, rules: Rules, title: str, rule: str) -> None:
    path = desk.book([[title], [], HEAD, *_numbered()])
    outcome = desk.load(path)
    assert outcome.stops_file
    assert rule in rules(outcome)


def test_a_repeated_code_stops_the_second_row(desk: Desk, rules: Rules) -> None:
    path = desk.register(
        ("HTX Một", CODES[0], PLACE, "Đang hoạt động", 20), ("HTX Hai", CODES[0], PLACE, "Đang hoạt động", 31)
    )
    assert "tax_code.repeated" in rules(desk.load(path))


def test_likely_duplicates_wait_for_a_decision_that_is_remembered(desk: Desk, rules: Rules) -> None:
    desk.load(desk.register(("HTX Bàu Trúc", CODES[0], PLACE, "Đang hoạt động", 20)))
    doubtful = desk.register(("HTX Bàu Trúc", CODES[1], PLACE, "Đang hoạt động", 22))
    asked = desk.load(doubtful)
    assert asked.run_id is None
    (pair,) = asked.pairs
    assert pair.evidence == "cùng tên, cùng xã, khác mã số"
    decided = Decisions(different=frozenset({pair.key.replace("/", "=")}))
    assert desk.load(doubtful, decisions=decided).written.new == 1
    other = desk.register(("HTX Bàu Trúc", CODES[1], PLACE, "Ngừng hoạt động", 22))
    assert "pair.undecided" not in rules(desk.load(other))
    assert len(desk.all(Organization)) == 2


def test_a_pair_decided_as_one_updates_the_known_organisation(desk: Desk) -> None:
    desk.load(desk.register(("HTX Bàu Trúc", CODES[0], PLACE, "Đang hoạt động", 20)))
    doubtful = desk.register(("HTX Bàu Trúc", CODES[1], PLACE, "Đang hoạt động", 22))
    (pair,) = desk.load(doubtful).pairs
    desk.load(doubtful, decisions=Decisions(same=frozenset({pair.key.replace("/", "=")})))
    assert [row.tax_code for row in desk.all(Organization)] == [CODES[1]]


def test_name_and_commune_are_enough_while_no_code_speaks_against(desk: Desk) -> None:
    desk.load(desk.register(("HTX Bàu Trúc", None, PLACE, "Đang hoạt động", 20)))
    again = desk.register(("Hợp tác xã BÀU TRÚC", CODES[0], PLACE, "Đang hoạt động", 20))
    desk.load(again)
    assert [row.tax_code for row in desk.all(Organization)] == [CODES[0]]


def test_an_unknown_commune_proposes_the_nearest_and_a_confirmed_spelling_is_remembered(
    desk: Desk, communes: Path, rules: Rules
) -> None:
    path = desk.register(("HTX Một", CODES[0], "Xã Hoà Phúc", "Đang hoạt động", 20))
    outcome = desk.load(path)
    (finding,) = [f for f in outcome.findings if f.rule == "commune.unknown"]
    assert '"Xã Hòa Phú" (mã 23700)' in finding.what
    desk.load(path, decisions=Decisions(communes=(("Xã Hoà Phúc", "23700"),)))
    assert [row.commune_code for row in desk.all(Organization)] == ["23700"]
    next_list = desk.register(("HTX Hai", CODES[1], "Xã Hoà Phúc", "Đang hoạt động", 20))
    assert "commune.unknown" not in rules(desk.load(next_list))


def test_a_commune_name_in_two_districts_needs_the_district(desk: Desk, communes: Path, rules: Rules) -> None:
    row = ("HTX Một", CODES[0], "Phường Tây Sơn", "Đang hoạt động", 20)
    assert "commune.ambiguous" in rules(desk.load(desk.register(row)))
    desk.load(desk.register((*row, "TX. An Khê"), head=[*HEAD, "Huyện, thị xã"]))
    assert [r.commune_code for r in desk.all(Organization)] == ["23614"]


def test_a_commune_that_went_over_in_part_is_never_guessed(desk: Desk, communes: Path, rules: Rules) -> None:
    whole = desk.register(("HTX Một", CODES[0], "Xã Hòa Phú", "Đang hoạt động", 20))
    assert desk.load(whole, year=2026).run_id is not None
    assert [row.commune_code for row in desk.all(Organization)] == ["23722"]
    part = desk.register(("HTX Hai", CODES[1], "Xã Ia Hrú", "Đang hoạt động", 20))
    assert "commune.partial" in rules(desk.load(part, year=2026))
