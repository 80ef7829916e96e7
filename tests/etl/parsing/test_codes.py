"""Tax codes with their check digit, and yes/no marks."""

from __future__ import annotations

import pytest

from etl.parsing.parse import Cell, CellError, check_digit, has_valid_check_digit, parse_tax_code, parse_yes_no


def test_check_digit_of_the_worked_example_is_6() -> None:
    assert check_digit("010004751") == 6 and has_valid_check_digit("0100047516")


def test_no_code_begins_with_nine_zeros() -> None:
    assert check_digit("000000000") is None and not has_valid_check_digit("0000000000")


@pytest.mark.parametrize(
    ("cell", "code"),
    [
        ("0100047516", "0100047516"),
        (" 0100047516 ", "0100047516"),
        ("0100047516-001", "0100047516-001"),
        ("0100047516001", "0100047516-001"),
        ("'0100047516", "0100047516"),
    ],
)
def test_tax_codes_as_offices_write_them(cell: str, code: str) -> None:
    parsed = parse_tax_code(cell)
    assert parsed.value == code and parsed.remark is None


@pytest.mark.parametrize("cell", [100047516, 100047516.0, "100047516"])
def test_a_leading_zero_lost_by_excel_is_offered_and_flagged(cell: Cell) -> None:
    parsed = parse_tax_code(cell)
    assert parsed.value == "0100047516" and parsed.remark and parsed.remark.rule == "tax_code.leading_zero_restored"


def test_nine_digits_that_do_not_fit_get_no_zero() -> None:
    assert parse_tax_code(100047517).value is None


def test_a_wrong_check_digit_is_flagged_and_the_code_kept() -> None:
    parsed = parse_tax_code("0100047517")
    assert parsed.value == "0100047517" and parsed.remark and parsed.remark.rule == "tax_code.check_digit"


@pytest.mark.parametrize(
    ("cell", "rule"),
    [
        ("3,1E+09", "tax_code.scientific"),
        ("12345", "tax_code.wrong_form"),
        ("0100047516-000", "tax_code.wrong_form"),
        (float("nan"), "tax_code.wrong_form"),
        (-1.0, "tax_code.wrong_form"),
        (1.5, "tax_code.wrong_form"),
        (True, "tax_code.wrong_form"),
        (CellError("#N/A"), "cell.formula_error"),
    ],
)
def test_what_is_no_tax_code_is_refused(cell: Cell, rule: str) -> None:
    problem = parse_tax_code(cell).problem
    assert problem is not None and problem.rule == rule


@pytest.mark.parametrize("cell", [f"{1083012345:012d}", 1083012345678.0, "001 083 012 345"])
def test_an_identity_number_is_never_repeated_in_the_message(cell: Cell) -> None:
    parsed = parse_tax_code(cell)
    text = "" if parsed.problem is None else parsed.problem.what + parsed.problem.remedy
    assert "83012345" not in text.replace(" ", "")


@pytest.mark.parametrize("cell", [None, "", "-", "chưa có"])
def test_no_code_is_missing(cell: Cell) -> None:
    assert parse_tax_code(cell).is_missing


@pytest.mark.parametrize("cell", ["Có", "x", "X", "1", 1, 1.0, True, "đã", "✓"])
def test_marks_that_mean_yes(cell: Cell) -> None:
    assert parse_yes_no(cell).value is True


@pytest.mark.parametrize("cell", ["Không", "0", 0, 0.0, False, "chưa"])
def test_marks_that_mean_no(cell: Cell) -> None:
    assert parse_yes_no(cell).value is False


@pytest.mark.parametrize("cell", [None, "", "-", " "])
def test_a_blank_mark_is_missing_and_not_no(cell: Cell) -> None:
    assert parse_yes_no(cell).is_missing


@pytest.mark.parametrize("cell", ["có thể", 2, "abc"])
def test_other_marks_are_refused(cell: Cell) -> None:
    assert parse_yes_no(cell).problem is not None
