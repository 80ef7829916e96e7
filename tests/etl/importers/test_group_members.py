"""Members of a collective name come in by workbook; each then reports for itself."""

from __future__ import annotations

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from models.places.agency import GroupMember
from models.targets.reading import Moment
from models.tasks.task_reading import TaskView, read_follow_up
from models.tasks.task_rows import task_rows
from models.tasks.task_state import TaskState
from tests.etl.importers.test_task_import import TODAY, UPDATE

HEAD = ["Địa bàn", "Tên chung trong văn bản", "Đơn vị", "Từ ngày", "Đến ngày", "Văn bản"]
TASK = "ninh-thuan-2023/IV/2"
HUYEN = "UBND cấp huyện"
ROWS = [["ninh-thuan", HUYEN, name, "", "30/06/2025", "Danh sách thử"] for name in ("UBND huyện A", "UBND huyện B")]
WIDE = [*UPDATE, "Đơn vị báo cáo"]


def report(year: int, office: str, number: str) -> list[object]:
    return [TASK, year, "hoàn thành", "05/01/2025", "10/06/2024", number, "10/06/2024", "", office]


def view(engine) -> TaskView:
    with Session(engine) as session:
        return next(v for v in read_follow_up(session, Moment(TODAY, TODAY)).tasks if v.task.key == TASK)


def test_the_members_of_a_place_report_each_for_itself(load, base) -> None:
    assert view(base).parts_of("2024").unlisted == ("ubnd-cap-huyen",)
    assert load("group_members", HEAD, *ROWS).run_id is not None
    assert load("task_updates", WIDE, report(2024, "UBND huyện A", "1/QĐ-UBND")).run_id is not None
    assert view(base).at(2024).state is TaskState.IN_PART  # type: ignore[union-attr]
    with Session(base) as session:
        (row,) = [r for r in task_rows(session, Moment(TODAY, TODAY)) if (r["task"], r["year"]) == (TASK, 2024)]
    assert (row["members"], row["members_done"], row["groups_unlisted"]) == (2, 1, [])
    assert load("task_updates", WIDE, report(2024, "UBND huyện B", "2/QĐ-UBND")).run_id is not None
    assert view(base).at(2024).state is TaskState.DONE_ON_TIME  # type: ignore[union-attr]


def test_an_office_that_is_not_on_the_list_stops_the_row(load) -> None:
    load("group_members", HEAD, *ROWS)
    outcome = load("task_updates", WIDE, report(2024, "UBND huyện C", "1/QĐ-UBND"))
    assert outcome.run_id is None
    assert "không phải một trong các đơn vị được giao" in " ".join(finding.what for finding in outcome.findings)


@pytest.mark.parametrize(
    ("row", "says"),
    [
        (["ninh-thuan", "Sở Tài chính", "X", "", "", ""], "không phải tên chung"),
        (["nơi nào đó", HUYEN, "X", "", "", ""], "không có địa bàn"),
        (["Gia Lai", HUYEN, "X", "", "", ""], ""),
        (["ninh-thuan", HUYEN, "X", "01/02/2025", "01/01/2025", ""], "ngày cuối trước ngày đầu"),
    ],
)
def test_what_cannot_be_a_member_is_refused_in_words(load, base, row: list[str], says: str) -> None:
    outcome = load("group_members", HEAD, row)
    told = " ".join(finding.what for finding in outcome.findings)
    assert says in told
    with Session(base) as session:
        found = list(session.scalars(select(GroupMember)))
    assert bool(found) is (not says)
