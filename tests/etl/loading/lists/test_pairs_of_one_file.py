"""Two rows of one name and commune: who has confirmed that they are two, why, and when it is asked again."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from etl.importers.draft import Decisions
from etl.loading.recipe import ImportResult
from etl.loading.runs import undo_run
from etl.tables.findings import Finding, Severity
from models.register.organization import Organization, PairDecision
from tests.etl.loading.desk import CODES, Desk

PLACE, OTHER_PLACE = "Xã A", "Xã B"
NAME = "HTX Bàu Trúc"
FIRST, SECOND = (NAME, CODES[0], PLACE, "Đang hoạt động", 20), (NAME, CODES[1], PLACE, "Đang hoạt động", 31)
NO_CODE = (NAME, None, PLACE, "Đang hoạt động", 31)
WHY = "Hai HTX ở hai thôn, hai giấy đăng ký"
Rules = Callable[[ImportResult], set[str]]


def told_apart(outcome: ImportResult) -> Decisions:
    """The officer's word that the two of every pair asked about are different."""
    keys = frozenset(pair.key for pair in outcome.pairs if not pair.is_decided)
    return Decisions(different=keys, reasons=tuple((key, WHY) for key in keys))


def stopped(outcome: ImportResult) -> list[Finding]:
    """What keeps the file or a row of it out."""
    return [item for item in outcome.findings if item.severity is not Severity.REMARK]


def confirmed(desk: Desk, path: Path) -> ImportResult:
    """The file loaded after the officer told apart whom it asks about."""
    return desk.load(path, decisions=told_apart(desk.load(path, commit=False, leave_out=True)))


def test_two_of_one_name_and_commune_are_loaded_once_confirmed_and_not_asked_again(any_desk: Desk) -> None:
    path = any_desk.register(FIRST, SECOND)
    asked = any_desk.load(path)
    assert asked.run_id is None and [pair.evidence for pair in asked.pairs] == ["cùng tên, cùng xã trong một tệp"]
    assert confirmed(any_desk, path).written.new == 2
    (kept,) = any_desk.all(PairDecision)
    assert (kept.is_same, kept.reason, kept.actor) == (False, WHY, "test") and kept.recorded_at
    for rows in ((FIRST, SECOND), (SECOND, FIRST)):
        again = any_desk.load(any_desk.register(*rows, name="again.xlsx"))
        assert not stopped(again) and not again.pairs and again.written.untouched == 2


@pytest.mark.parametrize(
    "changed", [("HTX Bàu Trúc Mới", PLACE), (NAME, OTHER_PLACE)], ids=["another name", "another commune"]
)
def test_it_is_asked_again_when_name_or_commune_changed(desk: Desk, rules: Rules, changed: tuple[str, str]) -> None:
    confirmed(desk, desk.register(FIRST, SECOND))
    name, commune = changed
    rows = [(name, code, commune, state, members) for _, code, _, state, members in (FIRST, SECOND)]
    again = desk.load(desk.register(*rows, name="again.xlsx"))
    assert again.run_id is None and "row.repeated_name" in rules(again) and len(again.pairs) == 1


def test_a_row_without_a_number_is_told_apart_from_one_that_has_it(desk: Desk) -> None:
    path = desk.register(FIRST, NO_CODE)
    assert confirmed(desk, path).written.new == 2
    again = desk.load(desk.register(NO_CODE, FIRST, name="again.xlsx"))
    assert not stopped(again) and again.written.untouched == 2
    assert {row.tax_code for row in desk.all(Organization)} == {CODES[0], None}


def test_a_decision_about_a_known_organisation_holds_when_both_stand_in_one_file(desk: Desk) -> None:
    desk.load(desk.register(FIRST))
    confirmed(desk, desk.register(SECOND, name="second.xlsx"))
    both = desk.load(desk.register(SECOND, FIRST, name="both.xlsx"))
    assert not stopped(both) and both.written.untouched == 2


def test_a_known_organisation_is_told_apart_by_a_decision_about_two_rows(desk: Desk) -> None:
    confirmed(desk, desk.register(FIRST, SECOND))
    desk.load(desk.register(FIRST, name="one.xlsx"))
    alone = desk.load(desk.register(SECOND, name="other.xlsx"))
    assert not stopped(alone) and alone.written.untouched == 1


def test_rows_without_any_number_must_be_given_one(desk: Desk) -> None:
    path = desk.register(NO_CODE, NO_CODE)
    asked = desk.load(path)
    (finding,) = stopped(asked)
    assert finding.rule == "row.repeated_name" and "ghi mã số" in finding.remedy and not asked.pairs
    third = desk.register(FIRST, NO_CODE, NO_CODE, name="third.xlsx")
    assert [item.cell for item in stopped(confirmed(desk, third))] == ["B4"]


def test_a_pair_of_one_file_decided_as_one_leaves_the_second_out(desk: Desk) -> None:
    path = desk.register(FIRST, NO_CODE)
    (pair,) = desk.load(path).pairs
    outcome = desk.load(path, decisions=Decisions(same=frozenset({pair.key})), leave_out=True)
    assert outcome.written.new == 1 and [item.is_decided for item in outcome.pairs] == [True]
    assert "Đã xác nhận là một tổ chức" in stopped(outcome)[0].remedy


def test_what_this_load_decides_is_shown_as_decided(desk: Desk) -> None:
    path = desk.register(FIRST, SECOND)
    outcome = confirmed(desk, path)
    assert [(pair.is_decided, CODES[1] in pair.right) for pair in outcome.pairs] == [(True, True)]


def test_taking_the_load_back_takes_its_decision_back(any_desk: Desk) -> None:
    path = any_desk.register(FIRST, SECOND)
    run_id = confirmed(any_desk, path).run_id
    undo_run(any_desk.engine, run_id or 0, "test")
    assert not any_desk.all(PairDecision)
    assert len(any_desk.load(path).pairs) == 1
