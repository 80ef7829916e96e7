"""Undoing restores what was there; nothing is half written; invented data stays apart."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from etl.loading.recipe import ImportResult
from etl.loading.runs import undo_run
from etl.parsing.issues import LoadError
from models.register.organization import Organization, OrganizationDetail, OrganizationState
from tests.etl.loading.desk import CODES, FORM, HEAD, SAMPLE, Desk

ONE = ("HTX Bàu Trúc", CODES[0], "Xã Hòa Phú", "Đang hoạt động", 20)
TWO = ("HTX Hòa Bình", CODES[1], "Xã Hòa Phú", "Ngừng hoạt động", 31)


def test_undo_restores_every_table(any_desk: Desk) -> None:
    any_desk.load(any_desk.register(ONE, TWO))
    before = any_desk.current()
    changed = any_desk.register(("HTX Bàu Trúc", CODES[0], "Xã Hòa Phú", "Ngừng hoạt động", 25), TWO, (*_third(),))
    run = any_desk.load(changed).run_id
    form = any_desk.load(FORM, "report_form").run_id
    assert any_desk.current() != before
    undo_run(any_desk.engine, form, "test")
    undo_run(any_desk.engine, run, "test")
    assert any_desk.current() == before


def _third() -> tuple[object, ...]:
    return ("HTX Rau Sạch", CODES[2], "Xã Hòa Phú", "Đang hoạt động", 9)


def test_history_stays_after_undo(desk: Desk) -> None:
    run = desk.load(desk.register(ONE)).run_id
    undo_run(desk.engine, run, "test")
    assert desk.everything()["organization_detail"] == 1
    assert [row.is_withdrawn for row in desk.all(Organization)] == [True]


def test_a_file_can_be_loaded_again_after_undo_under_the_same_ids(desk: Desk) -> None:
    path = desk.register(ONE, TWO)
    run = desk.load(path).run_id
    ids = {row.id for row in desk.all(Organization)}
    undo_run(desk.engine, run, "test")
    again = desk.load(path)
    assert again.written.new == 2
    assert {row.id for row in desk.all(Organization) if not row.is_withdrawn} == ids
    undo_run(desk.engine, again.run_id, "test")
    assert all(row.is_withdrawn for row in desk.all(Organization))


def test_undo_is_refused_when_a_later_run_built_on_it_and_possible_after_that_is_undone(desk: Desk) -> None:
    first = desk.load(desk.register(ONE)).run_id
    second = desk.load(desk.register(("HTX Bàu Trúc", CODES[0], "Xã Hòa Phú", "Ngừng hoạt động", 25))).run_id
    with pytest.raises(LoadError, match="lượt sau"):
        undo_run(desk.engine, first, "test")
    undo_run(desk.engine, second, "test")
    undo_run(desk.engine, first, "test")
    assert desk.all(OrganizationDetail) == []


def test_undo_is_refused_when_a_later_report_speaks_of_the_run_s_organisations(desk: Desk) -> None:
    first = desk.load(desk.register(ONE)).run_id
    report = desk.book([["Tên HTX", "Mã số HTX", "Doanh thu (triệu đồng)"], ["HTX Bàu Trúc", CODES[0], 900]])
    desk.load(report, "year_report", year=2024)
    before = desk.current()
    with pytest.raises(LoadError, match="báo cáo"):
        undo_run(desk.engine, first, "test")
    assert desk.current() == before


def test_a_run_is_undone_only_once_and_the_reviewed_data_never(desk: Desk) -> None:
    run = desk.load(desk.register(ONE)).run_id
    undo = undo_run(desk.engine, run, "test")
    for number in (run, undo, 1, 999):
        with pytest.raises(LoadError):
            undo_run(desk.engine, number, "test")


def test_a_dry_run_writes_nothing(any_desk: Desk) -> None:
    any_desk.load(any_desk.register(ONE))
    before = any_desk.everything()
    outcome = any_desk.load(any_desk.register(ONE, TWO, name="b.xlsx"), commit=False)
    assert (outcome.run_id, outcome.written.new, outcome.written.untouched) == (None, 1, 1)
    assert any_desk.everything() == before


def test_a_crash_in_the_middle_leaves_nothing(any_desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    before = any_desk.everything()

    def crash(*_arguments: object) -> None:
        raise RuntimeError("power cut")

    monkeypatch.setattr("etl.loading.recipe.refresh_organizations", crash)
    with pytest.raises(RuntimeError):
        any_desk.load(any_desk.register(ONE))
    assert any_desk.everything() == before


def test_the_preview_names_old_and_new_values_and_figures_before_and_after(desk: Desk) -> None:
    desk.load(desk.register(ONE, TWO))
    path = desk.register(("HTX Bàu Trúc", CODES[0], "Xã Hòa Phú", "Ngừng hoạt động", 25), TWO)
    outcome = desk.load(path, commit=False)
    said = {(change.field, change.old, change.new) for change in outcome.written.changes}
    assert said == {("state", "Đang hoạt động", "Ngừng hoạt động"), ("member_count", "20", "25")}
    moved = {effect.indicator: (effect.before, effect.after) for effect in outcome.effects if effect.is_changed}
    assert moved["htx_active_count"] == (1, 0)
    assert moved["htx_member_count"] == (51, 56)


def test_a_blank_cell_leaves_what_an_earlier_list_said(desk: Desk) -> None:
    desk.load(desk.register(ONE))
    desk.load(desk.register(("HTX Bàu Trúc", CODES[0], None, None, None)))
    assert [row.commune_name for row in desk.all(Organization)] == ["Xã Hòa Phú"]
    assert [row.member_count for row in desk.all(Organization)] == [20]


def test_an_older_list_loaded_later_does_not_overwrite_the_newer_entry(desk: Desk) -> None:
    head = [*HEAD, "Lĩnh vực"]
    desk.load(desk.register(("HTX Tên Mới", *ONE[1:], None), head=head), year=2024)
    desk.load(desk.register(("HTX Tên Cũ", *ONE[1:], "Nông nghiệp"), head=head), year=2022)
    assert [(row.name, row.sector) for row in desk.all(Organization)] == [("HTX Tên Mới", "agriculture")]


def test_states_of_two_years_stand_side_by_side(desk: Desk) -> None:
    desk.load(desk.register(ONE), year=2022)
    desk.load(desk.register(("HTX Bàu Trúc", CODES[0], "Xã Hòa Phú", "Ngừng hoạt động", 20)), year=2023)
    assert sorted((row.on.year, row.state) for row in desk.all(OrganizationState)) == [
        (2022, "active"),
        (2023, "stopped"),
    ]
    assert [row.operating_state for row in desk.all(Organization)] == ["stopped"]


@pytest.mark.parametrize(
    ("path", "kind", "options", "rule"),
    [
        (SAMPLE, "register", {}, "demo.not_asked"),
        (FORM, "report_form", {"is_demo": True}, "demo.figures"),
    ],
)
def test_invented_and_official_data_are_kept_apart(
    desk: Desk, rules: Callable[[ImportResult], set[str]], path: Any, kind: str, options: dict[str, Any], rule: str
) -> None:
    outcome = desk.load(path, kind, **options)
    assert outcome.run_id is None
    assert rule in rules(outcome)


def test_demo_is_refused_beside_official_rows_and_the_other_way_round(
    desk: Desk, rules: Callable[[ImportResult], set[str]]
) -> None:
    desk.load(desk.register(ONE))
    assert "demo.mixed" in rules(desk.load(SAMPLE, is_demo=True))
    assert desk.load(SAMPLE, is_demo=True, marked_demo=True).run_id is not None
    assert "demo.mixed" in rules(desk.load(desk.register(TWO)))
