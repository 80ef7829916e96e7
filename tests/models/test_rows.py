"""Flat rows: the same values in CSV and JSON, the promised columns, and nothing a spreadsheet would run."""

from __future__ import annotations

import csv
import io
import json
import math
from collections import Counter
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import Engine
from sqlalchemy.orm import Session

from models.base.row_text import csv_pieces, guarded, json_pieces, to_csv, to_json
from models.rows import EXPORTS, Row
from models.targets.reading import Moment

NOW = Moment(as_of=date(2026, 11, 21), known_on=date(2026, 11, 21))
RISKY = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
SEPARATORS = ";\t|\n"
BLANKS = "".join(letter for letter in map(chr, range(0x3001)) if letter.isspace() and letter not in "\t\r\n")
TARGET_COLUMNS = {
    "place", "place_name", "programme", "indicator", "horizon", "comparator", "kind", "low", "high", "unit", "clause",
}  # fmt: skip
PROMISED = {
    "targets": TARGET_COLUMNS,
    "gaps": TARGET_COLUMNS
    | {"value", "period_end", "definition", "gap", "percent", "needed_per_year", "actual_per_year", "ratio"}
    | {"status", "flags"},
    "tasks": {
        "place", "place_name", "programme", "section", "number", "title", "leads", "coordinators", "product",
        "deadline_text", "deadline_kind", "due_on", "year", "state",
    },
    "duties": {"place", "origin", "section", "title", "leads", "deadline_kind", "due_on", "year", "state"},
    "places": {"place", "place_name", "valid_from", "valid_to"},
    "programmes": {"programme", "place", "number", "issued_on"},
    "observations": {"place", "indicator", "definition", "period_end", "value", "publisher", "known_on"},
}  # fmt: skip


@pytest.fixture(scope="module")
def tables(loaded: Engine) -> dict[str, list[Row]]:
    with Session(loaded) as session:
        return {name: build(session, NOW) for name, build in EXPORTS.items()}


def read_csv(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text, newline="")))


def one_line_end(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n")


def cells(text: str) -> list[list[str]]:
    """The rows under the header of a table with this one text, line ends made alike."""
    read = csv.reader(io.StringIO(to_csv([{"a": text}]), newline=""))
    return [[one_line_end(cell) for cell in row] or [""] for row in read][1:]


def as_csv_text(value: Any) -> str:
    """What a JSON value must read as in CSV, written down independently of the code."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, list):
        value = "; ".join(value)
    if isinstance(value, int | float):
        return str(int(value)) if float(value).is_integer() else repr(value)
    return guarded_by_hand(value)


def guarded_by_hand(text: str) -> str:
    """The text with the apostrophes that guard it, letter by letter: another way than the code's."""
    text, out = one_line_end(text), ""
    for place, letter in enumerate(text):
        out += letter
        ahead = text[place + 1 :].lstrip(BLANKS + "\"'")
        if letter in SEPARATORS and ahead[:1] in tuple("=+-@＝＋－＠"):
            out += "'"
    return "'" + out if text.lstrip(BLANKS).startswith(RISKY) else out


@pytest.mark.parametrize("name", sorted(EXPORTS))
def test_csv_and_json_say_the_same(tables: dict[str, list[Row]], name: str) -> None:
    from_json = json.loads(to_json(tables[name]))
    from_csv = read_csv(to_csv(tables[name]))
    assert from_csv == [{column: as_csv_text(value) for column, value in row.items()} for row in from_json]


@pytest.mark.parametrize("name", sorted(PROMISED))
def test_every_promised_column_is_there(tables: dict[str, list[Row]], name: str) -> None:
    assert tables[name]
    assert PROMISED[name] <= set(tables[name][0])
    assert all(row.keys() == tables[name][0].keys() for row in tables[name])


def test_no_text_of_the_real_data_would_run_in_a_spreadsheet(tables: dict[str, list[Row]]) -> None:
    for rows in tables.values():
        for row in read_csv(to_csv(rows)):
            for text in row.values():
                assert not text.startswith(RISKY) or _is_number(text), text


def _is_number(text: str) -> bool:
    try:
        return math.isfinite(float(text))
    except ValueError:
        return False


@pytest.mark.parametrize(
    "text", ["=1+1", "+84 912", "-2", "@SUM(A1)", '=HYPERLINK("x")', "＝1+1", "＋1", "－1", "＠x", "  =1", "\u00a0=1"]
)
def test_text_that_looks_like_a_formula_is_neutralised(text: str) -> None:
    assert cells(text) == [["'" + text]]


@pytest.mark.parametrize(("text", "expected"), [
    ("x;=1+1;y", "x;'=1+1;y"), ("x; ＝1+1", "x;' ＝1+1"), ("x\t@SUM(A1)", "x\t'@SUM(A1)"), ("x|-1", "x|'-1"),
    ('x;"=1+2;y', "x;'\"=1+2;y"), ("x; \"' =1", "x;' \"' =1"), ("a;b; c = d", "a;b; c = d"), ("\t=1", "'\t'=1"),
])  # fmt: skip
def test_what_follows_a_separator_inside_a_text_is_neutralised_too(text: str, expected: str) -> None:
    """LibreOffice opens the file with whichever separator its reader ticks: the quotes then hold nothing together."""
    assert guarded(text) == expected
    assert cells(text) == [[expected]]


@given(st.lists(st.text(st.sampled_from("ax;|,\t\n \u00a0\"'=+-@＝"), max_size=12), min_size=1, max_size=4))
def test_no_separator_makes_a_formula_of_what_is_written(texts: list[str]) -> None:
    """Whichever separator the file is opened with: the quotes of RFC 4180 then stand in the middle of a cell."""
    written = to_csv([{str(number): text for number, text in enumerate(texts)}])
    for separator in (",", ";", "\t", "|"):
        for row in csv.reader(io.StringIO(written, newline=""), delimiter=separator):
            assert not [cell for cell in row if cell.lstrip(BLANKS).startswith(tuple("=+-@＝＋－＠"))]


def test_a_line_break_inside_a_text_starts_no_row_that_could_run() -> None:
    for line_end in ("\n", "\r", "\r\n"):
        assert cells(f"a{line_end}=1+1") == [["a\n'=1+1"]]


def test_the_pieces_of_a_long_answer_are_the_answer() -> None:
    rows = [{"a": number, "b": None, "c": ["x", "y"]} for number in range(1700)]
    assert len(list(csv_pieces(rows))) == 5 and len(list(json_pieces(rows))) == 5
    assert to_json(rows) == json.dumps(rows, indent=1) and json.loads(to_json(iter(rows))) == rows
    assert to_csv(rows) == to_csv(iter(rows)) and to_csv(rows).count("\n") == 1701


def test_a_list_that_begins_like_a_formula_is_neutralised() -> None:
    assert read_csv(to_csv([{"a": ["=1+1", "b"]}])) == [{"a": "'=1+1; b"}]


def test_a_negative_number_stays_a_number() -> None:
    assert read_csv(to_csv([{"a": -82841.0, "b": -0.5}])) == [{"a": "-82841", "b": "-0.5"}]


@given(st.text(st.characters(exclude_categories=("Cs",), exclude_characters="\0")))
def test_any_text_comes_back_from_csv_but_for_the_quote_that_guards_it(text: str) -> None:
    assert cells(text) == [[guarded_by_hand(text)]]


@given(st.floats(allow_nan=False, allow_infinity=False))
def test_no_digit_of_a_number_is_lost_in_csv(value: float) -> None:
    assert float(read_csv(to_csv([{"a": value, "b": "x"}]))[0]["a"]) == value


def test_no_rows_give_empty_text_and_an_empty_list() -> None:
    assert to_csv([]) == ""
    assert json.loads(to_json([])) == []


def test_the_82_841_missing_members_are_exported(tables: dict[str, list[Row]]) -> None:
    (row,) = [r for r in tables["gaps"] if (r["place"], r["indicator"]) == ("thanh-hoa", "htx_member_count")]
    assert (row["gap"], row["status"], row["horizon"]) == (-82841, "short_series", 2030)
    assert row["period_end"] == date(2025, 12, 26) and row["publisher"]


def test_every_gap_row_is_a_promise_or_says_no_target(tables: dict[str, list[Row]]) -> None:
    promised = {(r["place"], r["indicator"], r["horizon"]) for r in tables["targets"]}
    for row in tables["gaps"]:
        if row["status"] == "no_target":
            assert row["horizon"] is row["low"] is row["gap"] is None
        else:
            assert (row["place"], row["indicator"], row["horizon"]) in promised


def test_equal_is_exported_with_low_as_high(tables: dict[str, list[Row]]) -> None:
    equal = [row for row in tables["targets"] if row["comparator"] == "equal"]
    assert equal and all(row["low"] == row["high"] for row in equal)


def test_the_four_annexes_have_120_rows(tables: dict[str, list[Row]]) -> None:
    printed = {(row["place"], row["section"], row["parent"], row["number"]) for row in tables["tasks"]}
    assert Counter(place for place, *_ in printed) == {
        "ninh-thuan": 29,
        "thanh-hoa": 45,
        "gia-lai-truoc-2025-07": 16,
        "dong-nai-truoc-2025-07": 30,
    }


def test_nobody_is_called_overdue_without_a_report(tables: dict[str, list[Row]]) -> None:
    states = {row["state"] for row in tables["tasks"]}
    assert "overdue" not in states and "no_report" in states
    assert all((row["state"] is None) == row["is_heading"] for row in tables["tasks"])


def test_shares_of_an_export_run_from_0_to_100(tables: dict[str, list[Row]]) -> None:
    for row in tables["targets"]:
        if row["indicator"].endswith("_share"):
            assert 0 < max(row["low"] or 0, row["high"] or 0) <= 100 and row["unit"] == "%"
