"""A programme by workbook alone: entered, corrected, taken back, and untouched by what data/ says meanwhile."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from sqlalchemy.orm import Session

from etl.facts.facts_reader import read_facts
from etl.facts.load import load_facts
from etl.loading.runs import undo_run
from etl.parsing.issues import LoadError
from etl.programmes import sheets
from models.config.settings import ROOT
from models.targets.indicator import Indicator
from models.targets.programme import Programme, QualitativePromise, Target
from models.targets.reading import Moment, read_gaps, read_programmes
from models.tasks.task import Task
from tests.etl.loading.desk import TODAY, Desk
from tests.etl.programmes.books import NEW, exported, filled, load, said, set_cells

SLUG = "ca-mau-truoc-2025-07-77-2023"
TARGET = {
    "Lời văn bản": "ít nhất 450 HTX",
    "Chỉ tiêu": "Số hợp tác xã",
    "Năm mốc": 2030,
    "Mức": "ít nhất",
    "Từ": 450,
    "Điều khoản": "chưa rõ",
}
TASKS = [
    {"Loại dòng": "phần", "Phần": "I", "Tên nhiệm vụ": "Tuyên truyền"},
    {
        "Phần": "I",
        "Số": "1",
        "Tên nhiệm vụ": "Kế hoạch tuyên truyền",
        "Chủ trì như in": "Sở Tài chính, Liên minh Hợp tác xã tỉnh",
        "Thời hạn như in": "Quý IV/2025",
    },
    {
        "Phần": "I",
        "Số": "2",
        "Tên nhiệm vụ": "Việc không rõ hạn",
        "Chủ trì như in": "Sở KHĐT",
        "Thời hạn như in": "chưa rõ",
    },
]
NEW_OFFICE = {"Tên trong văn bản": "Sở KHĐT", "Cơ quan trong danh mục": "Sở Kế hoạch và Đầu tư"}


def new_book(desk: Desk, **tables: Any) -> Path:
    """An invented decision of a province that has no programme."""
    rows = {"targets": [TARGET], "tasks": TASKS, "agencies": [NEW_OFFICE]} | tables
    return filled(exported(desk), NEW, **rows)


def init_again(desk: Desk) -> Any:
    """What `init` does with the same reviewed files."""
    return load_facts(desk.engine, read_facts(ROOT / "data"), load_date=TODAY, actor="test")


def test_a_programme_of_a_province_without_one_enters_by_workbook_alone(desk: Desk) -> None:
    before = desk.current()
    outcome = load(desk, new_book(desk))
    assert outcome.run_id, [str(item) for item in outcome.findings]
    effects = [(item.key, item.status_before, item.status_after) for item in outcome.effects if item.is_changed]
    assert effects == [(f"{SLUG}/htx_count/2030", "", "no_data")]
    found = said(desk, SLUG)
    assert found and found["head"]["place"] == "ca-mau-truoc-2025-07"
    (target,) = found["targets"]
    assert (target["low"], target["definition"], target["clause"], target["unit"]) == (
        450,
        "unstated",
        "chưa rõ",
        "HTX",
    )
    dated, unknown = found["tasks"]
    assert dated["leads"] == ["so-tai-chinh", "lien-minh-hop-tac-xa-tinh"] and str(dated["due_on"]) == "2025-12-31"
    assert unknown["leads"] == ["so-ke-hoach-va-dau-tu"] and unknown["deadline_kind"] == "unreadable"
    undo_run(desk.engine, outcome.run_id, "test")
    assert said(desk, SLUG) is None and desk.current() == before
    with Session(desk.engine) as session:
        assert SLUG not in read_programmes(session, Moment(TODAY, TODAY))
        assert SLUG not in {view.programme for view in read_gaps(session, Moment(TODAY, TODAY))}
    assert load(desk, new_book(desk)).run_id and said(desk, SLUG) == found


def test_the_same_workbook_twice_changes_nothing(desk: Desk) -> None:
    assert load(desk, new_book(desk)).run_id
    again = load(desk, new_book(desk))
    assert again.run_id is None and again.written.is_empty and not again.stops_file


def test_a_preview_writes_nothing(any_desk: Desk) -> None:
    before = any_desk.everything()
    outcome = load(any_desk, new_book(any_desk), commit=False)
    assert outcome.written.new == 5 and outcome.run_id is None and not outcome.stops_file
    assert any_desk.everything() == before


def test_init_leaves_what_a_workbook_said_until_its_load_is_taken_back(any_desk: Desk) -> None:
    desk, slug = any_desk, "thanh-hoa-922-2023"
    reviewed = said(desk, slug)
    figure = {(sheets.TARGETS, "G2"): 1290, (sheets.TARGETS, "A2"): "1.290 HTX trở lên"}
    parts = {(sheets.TARGETS, "G3"): 835, (sheets.TARGETS, "A3"): "835 HTX nông nghiệp"}
    new, run = load(desk, new_book(desk)), load(desk, set_cells(exported(desk, slug), figure | parts)).run_id
    assert new.run_id and run
    corrected = said(desk, slug)
    assert corrected and corrected["targets"][0]["low"] == 1290
    assert init_again(desk).run_id is None
    assert said(desk, slug) == corrected and said(desk, SLUG)
    undo_run(desk.engine, run, "test")
    assert said(desk, slug) == reviewed
    assert init_again(desk).run_id is None and said(desk, slug) == reviewed
    undo_run(desk.engine, new.run_id, "test")
    assert init_again(desk).run_id is None and said(desk, SLUG) is None


def test_a_row_that_is_taken_out_of_the_workbook_is_withdrawn_and_told(desk: Desk) -> None:
    import openpyxl

    path = exported(desk, "ninh-thuan-2023")
    book = openpyxl.load_workbook(path)
    book[sheets.TARGETS].delete_rows(2)
    book.save(path)
    outcome = load(desk, path)
    key = "ninh-thuan-2023/tht_count/2030"
    assert outcome.run_id and key not in {row.key for row in desk.all(Target)}
    assert any(item.key == key and item.status_before and not item.status_after for item in outcome.effects)
    assert any(change.name == "Cam kết tht_count 2030" for change in outcome.written.changes)


def test_an_amending_programme_replaces_the_older_figure_and_its_undo_gives_it_back(desk: Desk) -> None:
    older = "thanh-hoa-922-2023"
    document = NEW | {"Địa bàn": "Thanh Hóa", "Số văn bản": "99/QĐ-UBND", "Ngày ban hành": "15/3/2024"}
    amending = TARGET | {"Từ": 1300, "Lời văn bản": "ít nhất 1.300 HTX"}
    silent = load(desk, filled(exported(desk), document, targets=[amending]))
    assert silent.stops_file and any("đã có cam kết" in item.what for item in silent.findings)
    amending["Thay cam kết của chương trình"] = older
    outcome = load(desk, filled(exported(desk), document, targets=[amending]))
    assert outcome.run_id, [str(item) for item in outcome.findings]
    rows = {row.key: row for row in desk.all(Target)}
    assert rows[f"{older}/htx_count/2030"].amended_by == "thanh-hoa-99-2024"
    assert init_again(desk).run_id is None
    assert load(desk, exported(desk, "thanh-hoa-99-2024"), commit=False).written.is_empty
    undo_run(desk.engine, outcome.run_id, "test")
    assert {row.key: row for row in desk.all(Target)}[f"{older}/htx_count/2030"].amended_by is None


def test_a_load_that_a_later_one_built_upon_is_not_taken_back_before_it(desk: Desk) -> None:
    first = load(desk, new_book(desk)).run_id
    again = set_cells(exported(desk, SLUG), {(sheets.DOCUMENT, "B4"): "Tên khác"})
    second = load(desk, again).run_id
    assert first and second
    with pytest.raises(LoadError, match="lượt sau"):
        undo_run(desk.engine, first, "test")
    undo_run(desk.engine, second, "test")
    found = said(desk, SLUG)
    assert found and found["head"]["title"] == NEW["Tên chương trình"]
    undo_run(desk.engine, first, "test")
    assert not any(row.programme == SLUG for model in (Target, Task, QualitativePromise) for row in desk.all(model))


def test_a_load_counts_for_the_place_that_the_workbook_names(desk: Desk) -> None:
    own = frozenset({"ca-mau-truoc-2025-07"})
    assert load(desk, new_book(desk), within=own, commit=False).written.new
    with pytest.raises(LoadError, match="không có quyền nạp"):
        load(desk, new_book(desk), within=frozenset({"gia-lai"}))
    with Session(desk.engine) as session:
        assert session.get(Programme, SLUG) is None


def test_a_new_indicator_needs_name_unit_direction_and_kind_only(desk: Desk) -> None:
    new = {"Tên chỉ tiêu": "Số HTX có chứng nhận hữu cơ", "Đơn vị tính": "HTX"}
    new |= {"Chiều tốt": "càng cao càng tốt", "Loại số": "số có tại một ngày"}
    target = TARGET | {"Chỉ tiêu": new["Tên chỉ tiêu"], "Lời văn bản": "ít nhất 12 HTX", "Từ": 12}
    outcome = load(desk, new_book(desk, indicators=[new], targets=[target]))
    assert outcome.run_id, [str(item) for item in outcome.findings]
    with Session(desk.engine) as session:
        row = session.get(Indicator, "so_htx_co_chung_nhan_huu_co")
        assert row and (row.decimals, row.aggregation, row.group) == (0, "none", "so_luong")
        last = row.position
    assert init_again(desk).run_id is None
    assert load(desk, exported(desk, SLUG)).written.is_empty
    with Session(desk.engine) as session:
        found = session.get(Indicator, "so_htx_co_chung_nhan_huu_co")
        assert found and found.position == last


def test_a_new_agency_is_named_on_its_sheet(desk: Desk) -> None:
    office = {"Tên trong văn bản": "Trung tâm Hỗ trợ hợp tác xã", "Cấp": "tỉnh", "Loại": "đơn vị sự nghiệp"}
    tasks = [TASKS[0], TASKS[1] | {"Chủ trì như in": "Trung tâm Hỗ trợ hợp tác xã"}]
    outcome = load(desk, new_book(desk, tasks=tasks, agencies=[office]))
    assert outcome.run_id, [str(item) for item in outcome.findings]
    found = said(desk, SLUG)
    assert found and found["tasks"][0]["leads"] == ["trung-tam-ho-tro-hop-tac-xa"]
    assert init_again(desk).run_id is None
    assert load(desk, exported(desk, SLUG)).written.is_empty
