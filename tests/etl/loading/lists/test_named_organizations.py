"""A load keeps whom its list named, in which commune and state; chunks change nothing."""

from __future__ import annotations

from pathlib import Path

import pytest
from sqlalchemy.orm import Session

from etl.export.organizations import organization_rows
from etl.loading.runs import undo_run
from etl.writing import drafts as writing
from models.base.named import RunOrganization
from models.register.organization import Organization, OrganizationDetail
from models.register.register_communes import Boundary, CommuneCounts, Unplaced, count_by_commune
from models.targets.reading import read_places
from tests.etl.loading.desk import CODES, HEAD, SAMPLE, Desk

ONE = ("HTX Bàu Trúc", CODES[0], "Xã Hòa Phú", "Đang hoạt động", 20)
TWO = ("HTX Hòa Bình", CODES[1], "Xã Hòa Phú", "Ngừng hoạt động", 31)
TITLE = "Tên HTX"


def named(desk: Desk, run: int | None) -> dict[str, str | None]:
    """Names and states that a load gave."""
    names = {row.id: row.name for row in desk.all(Organization)}
    return {names[row.organization_id]: row.stated_state for row in desk.all(RunOrganization) if row.run_id == run}


def test_two_lists_of_the_same_day_keep_what_each_said(any_desk: Desk) -> None:
    first = any_desk.load(any_desk.register(ONE, TWO)).run_id
    changed = ("HTX Bàu Trúc", CODES[0], "Xã Hòa Phú", "Ngừng hoạt động", 20)
    second = any_desk.load(any_desk.register(changed)).run_id
    assert named(any_desk, first) == {"HTX Bàu Trúc": "active", "HTX Hòa Bình": "stopped"}
    assert named(any_desk, second) == {"HTX Bàu Trúc": "stopped"}


def test_a_list_without_states_names_its_organisations_all_the_same(desk: Desk) -> None:
    head = ["TT", TITLE, "Mã số HTX", "Số thành viên"]
    run = desk.load(desk.register(("HTX Bàu Trúc", CODES[0], 20), head=head)).run_id
    assert named(desk, run) == {"HTX Bàu Trúc": None}


def test_what_a_list_named_stays_known_after_the_load_was_taken_back(desk: Desk) -> None:
    run = desk.load(desk.register(ONE)).run_id
    undo_run(desk.engine, run or 0, "test")
    assert [row.is_withdrawn for row in desk.all(Organization)] == [True]
    assert named(desk, run) == {"HTX Bàu Trúc": "active"}


def test_writing_in_chunks_writes_the_same(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    run = desk.load(SAMPLE, is_demo=True, marked_demo=True).run_id
    whole = desk.current()
    undo_run(desk.engine, run or 0, "test")
    monkeypatch.setattr(writing, "CHUNK", 7)
    again = desk.load(SAMPLE, is_demo=True, marked_demo=True)
    assert again.written.new == len(whole["organization"])
    assert desk.current() == whole
    assert desk.load(SAMPLE, is_demo=True, marked_demo=True).run_id is None


def by_commune(desk: Desk, place: str, year: int, boundary: Boundary) -> CommuneCounts:
    with Session(desk.engine) as session:
        return count_by_commune(session, read_places(session), place, year, boundary)


def test_an_entry_knows_which_commune_its_code_means(desk: Desk, communes: Path) -> None:
    desk.load(desk.register(ONE))
    assert [(row.commune_code, row.commune_since.year) for row in desk.all(OrganizationDetail)] == [("23700", 1)]
    desk.load(desk.register(("HTX Bàu Trúc", CODES[0], "Phường Pleiku", "Đang hoạt động", 20)), year=2025)
    assert {(row.commune_code, row.commune_since.year) for row in desk.all(OrganizationDetail)} == {("23563", 2025)}


def test_counts_by_commune_add_up_to_the_place_on_both_boundaries(desk: Desk, communes: Path) -> None:
    split = ("HTX Chia Tách", CODES[2], "Xã Ia Hrú", "Đang hoạt động", 7)
    desk.load(desk.register(ONE, TWO, split), place="gia-lai", year=2023)
    old = by_commune(desk, "gia-lai-truoc-2025-07", 2023, Boundary.OLD)
    assert [(line.name, line.values["htx_count"]) for line in old.lines] == [("Xã Hòa Phú", 2), ("Xã Ia Hrú", 1)]
    assert old.unplaced == {}
    new = by_commune(desk, "gia-lai-truoc-2025-07", 2023, Boundary.NEW)
    assert [(line.name, line.values["htx_count"], line.values["htx_member_count"]) for line in new.lines] == [
        ("Xã Chư Păh", 2, 51)
    ]
    assert {why: values["htx_count"] for why, values in new.unplaced.items()} == {Unplaced.SPLIT: 1}
    assert new.total["htx_count"] == old.total["htx_count"] == 3
    assert new.total["htx_member_count"] == 58
    assert new.total["lhhtx_count"] is None  # the list names no union at all: not known, not zero
    assert HEAD[1] == TITLE


def test_a_place_without_a_list_says_so(desk: Desk) -> None:
    assert "Chưa có danh sách" in by_commune(desk, "gia-lai-truoc-2025-07", 2023, Boundary.NEW).reason


def test_an_organization_without_a_state_counts_although_others_have_one(desk: Desk) -> None:
    silent = ("HTX Im Lặng", CODES[3], "Xã Hòa Phú", "", 5)
    desk.load(desk.register(ONE, silent), place="thanh-hoa", year=2026)
    counts = by_commune(desk, "thanh-hoa", 2026, Boundary.NEW)
    assert counts.total["htx_count"] == 2
    assert counts.total["htx_active_count"] == 1


def test_counts_by_commune_are_the_same_on_both_databases(any_desk: Desk) -> None:
    path = any_desk.folder / "communes.csv"
    head = "old_code,old_name,old_district,old_province,new_code,new_name,new_province_code,new_province,remark"
    row = "23700,Xã Hòa Phú,Huyện Chư Păh (627),Tỉnh Gia Lai (64),23722,Xã Chư Păh,52,Tỉnh Gia Lai,Nhập toàn bộ"
    path.write_text(f"{head}\n{row}\n", encoding="utf-8")
    any_desk.load(path, "communes", None, None)
    any_desk.load(any_desk.register(ONE, TWO))
    counts = by_commune(any_desk, "gia-lai-truoc-2025-07", 2023, Boundary.NEW)
    assert [(line.code, line.values["htx_count"]) for line in counts.lines] == [("23722", 2)]


def test_names_are_handed_out_in_vietnamese_order_also_after_a_new_name(any_desk: Desk) -> None:
    names = ["HTX Zét", "HTX Đồi", "HTX Dân", "HTX số 10", "HTX số 2", "HTX Ăn", "HTX An"]
    any_desk.load(any_desk.register(*([name, CODES[i], "Xã", None, 9] for i, name in enumerate(names))))
    any_desk.load(any_desk.register(["HTX Bình", CODES[0], "Xã", None, 9]))
    with Session(any_desk.engine) as session:
        told = [row["name"] for row in organization_rows(session)]
    assert told == ["HTX An", "HTX Ăn", "HTX Bình", "HTX Dân", "HTX Đồi", "HTX số 2", "HTX số 10"]
