"""What nobody can read yet leaves its field unknown, keeps its row and its text, and is filled in once it is read."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from sqlalchemy.orm import Session

from etl.loading.preview import preview_lines, preview_values
from etl.loading.reread import reread
from etl.loading.runs import undo_run
from etl.questions.question import ImportAnswer, QuestionKind
from etl.writing.answers import write_answers
from models.accounts.changing import ChangeSession
from models.accounts.trail import Deed, TrailEntry
from models.register.organization import Organization, OrganizationDetail, OrganizationState, Rating, YearReport
from models.register.unread import UnreadValue
from tests.etl.loading.desk import CODES, HEAD, Desk

TELEPHONE = "09" + 8 * "0"
MONEY = [*HEAD, "Lĩnh vực", "Ngày thành lập", "Doanh thu (triệu đồng)", "Sản phẩm OCOP"]


def row(state: object = "Đang hoạt động", members: object = 9, *more: object) -> list[object]:
    return ["HTX Mẫu", CODES[0], "Xã Mẫu", state, members, *more]


def texts(desk: Desk) -> dict[str, str]:
    return {fact.field: fact.text for fact in desk.all(UnreadValue)}


def test_each_secondary_value_stays_unknown_and_keeps_its_text(any_desk: Desk) -> None:
    bad = row("chạy tốt", "khoảng 9", "Trồng hoa màu", "hồi xưa", "nhiều", "chắc có")
    outcome = any_desk.load(any_desk.register(bad, head=MONEY))
    assert outcome.run_id and outcome.left_out == 0
    assert texts(any_desk) == {
        "operating_state": "chạy tốt",
        "member_count": "khoảng 9",
        "sector": "Trồng hoa màu",
        "founded": "hồi xưa",
        "revenue_mn": "nhiều",
        "has_ocop": "chắc có",
    }
    (detail,) = any_desk.all(OrganizationDetail)
    assert (detail.sector, detail.founded_on) == (None, None) and any_desk.all(YearReport) == []
    where = {fact.field: fact.source for fact in any_desk.all(UnreadValue)}
    assert where["operating_state"] == 'list.xlsx, trang "HTX", ô E2'


def test_an_unread_value_never_overwrites_what_is_known(desk: Desk) -> None:
    desk.load(desk.register(row("Đang hoạt động", 9, "Nông nghiệp"), head=[*HEAD, "Lĩnh vực"]))
    outcome = desk.load(desk.register(row("chạy tốt", "chín", "Trồng hoa màu"), head=[*HEAD, "Lĩnh vực"]))
    assert outcome.run_id and not outcome.written.changes
    assert [fact.sector for fact in desk.all(OrganizationDetail)] == ["agriculture"]
    assert [fact.member_count for fact in desk.all(YearReport)] == [9]
    assert "active" in [fact.state for fact in desk.all(OrganizationState)]
    assert len(texts(desk)) == 3


def test_an_organisation_in_an_unread_state_counts_in_the_year_of_its_list(desk: Desk) -> None:
    outcome = desk.load(desk.register(row("chạy tốt")))
    counted = {effect.indicator: effect.after for effect in outcome.effects if effect.source != "promise"}
    assert counted["htx_count"] == 1 and not counted.get("htx_active_count")


def test_a_later_list_that_reads_the_value_closes_what_was_unread_and_undoing_it_opens_it_again(desk: Desk) -> None:
    desk.load(desk.register(row("chạy tốt", "chín")))
    later = desk.load(desk.register(row("Đang hoạt động", 9)))
    assert texts(desk) == {}
    undo_run(desk.engine, later.run_id or 0, "test")
    assert texts(desk) == {"operating_state": "chạy tốt", "member_count": "chín"}


def test_undoing_the_load_takes_its_unread_values_along(any_desk: Desk) -> None:
    before = any_desk.current()
    run = any_desk.load(any_desk.register(row("chạy tốt", "chín"))).run_id
    undo_run(any_desk.engine, run or 0, "test")
    assert any_desk.current() == before and texts(any_desk) == {}


def test_a_blank_cell_leaves_the_unread_value_and_a_list_of_before_does_not_close_it(desk: Desk) -> None:
    head = [*HEAD, "Lĩnh vực"]
    desk.load(desk.register(row(None, 9, "Trồng hoa màu"), head=head), year=2024)
    desk.load(desk.register(row(None, 9, None), head=head), year=2024)
    desk.load(desk.register(row(None, 9, "Nông nghiệp"), head=head), year=2022)
    assert texts(desk) == {"sector": "Trồng hoa màu"}


@pytest.mark.parametrize(("members", "women"), [(20, 30), (5, 6)])
def test_of_a_part_above_its_whole_neither_is_taken(desk: Desk, members: int, women: int) -> None:
    head = [*HEAD, "Số thành viên nữ", "Số lao động"]
    outcome = desk.load(desk.register(row("Đang hoạt động", members, women, 7), head=head))
    assert outcome.run_id
    assert [(fact.member_count, fact.female_member_count) for fact in desk.all(YearReport)] in ([(None, None)], [])
    assert texts(desk) == {"member_count": str(members), "female_member_count": str(women)}


def test_points_beside_an_unread_class_make_no_class(desk: Desk) -> None:
    head = [*HEAD, "Xếp loại", "Điểm đánh giá"]
    desk.load(desk.register(row("Đang hoạt động", 9, "Hạng A", 85), head=head))
    assert desk.all(Rating) == [] and texts(desk) == {"rating_class": "Hạng A", "points": "85"}


def test_rows_of_reports_and_ratings_with_unread_values_are_kept_too(desk: Desk) -> None:
    desk.load(desk.register(row()))
    outcome = desk.load(
        desk.book([["TT", "Tên HTX", "Mã số HTX", "Xếp loại"], [1, "HTX Mẫu", CODES[0], "Hạng A"]]), kind="ratings"
    )
    assert outcome.run_id and texts(desk) == {"rating_class": "Hạng A"}


def test_nothing_of_a_person_is_kept_as_an_unread_value(desk: Desk) -> None:
    head = [*HEAD, "Năm sinh giám đốc", "Lĩnh vực"]
    outcome = desk.load(desk.register(row("Đang hoạt động", 9, "sinh 15/3 năm Mão", f"Rau; ĐT {TELEPHONE}"), head=head))
    assert outcome.run_id
    assert all(TELEPHONE not in text and "Mão" not in text for text in texts(desk).values())


def test_many_rows_of_one_cause_are_one_line_with_its_distinct_values(desk: Desk) -> None:
    rows = [
        [f"HTX Mẫu {number}", CODES[number], "Xã Mẫu", "chạy tốt" if number % 2 else "chạy kém", 9]
        for number in range(9)
    ]
    outcome = desk.load(desk.register(*rows), commit=False)
    (line,) = [line for line in preview_lines(outcome) if line.startswith("[chưa đọc được]")]
    assert "9 dòng" in line and "2 cách viết" in line
    (cause,) = [cause for cause in preview_values(outcome)["causes"] if cause["rule"] == "word.unknown"]
    assert {value["value"]: value["total"] for value in cause["values"]} == {"chạy kém": 5, "chạy tốt": 4}


def test_changed_values_are_told_in_words(desk: Desk) -> None:
    desk.load(desk.register(row("Đang hoạt động", 9)))
    told = "\n".join(preview_lines(desk.load(desk.register(row("Ngừng hoạt động", 8)), commit=False)))
    assert "Tình trạng Đang hoạt động -> Ngừng hoạt động" in told and "Thành viên (người) 9 -> 8" in told
    assert "member_count" not in told and "active" not in told


WORD = ImportAnswer(QuestionKind.WORD, "operating_state", "chạy tốt", "active", "Đang hoạt động")


def answered(desk: Desk) -> None:
    with ChangeSession(desk.engine) as session:
        write_answers(session, [WORD], "gia-lai", "chi", datetime.now(UTC))
        session.finish(Deed("update", "chi"))


def picture(desk: Desk) -> list[tuple[str | None, int | None]]:
    rows = sorted(desk.all(Organization), key=lambda organization: organization.id)
    return [(organization.operating_state, organization.member_count) for organization in rows]


def test_a_word_decided_later_fills_in_without_the_file_and_undo_takes_it_back(any_desk: Desk) -> None:
    desk = any_desk
    desk.load(desk.register(row("chạy tốt", "chín")))
    assert reread(desk.import_settings, "gia-lai", "chi") is None
    before = desk.current()
    answered(desk)
    run = reread(desk.import_settings, "gia-lai", "chi")
    assert run and picture(desk) == [("active", None)] and texts(desk) == {"member_count": "chín"}
    with Session(desk.engine) as session:
        assert any(entry.details.get("run") == run for entry in session.query(TrailEntry))
    assert reread(desk.import_settings, "gia-lai", "chi") is None
    undo_run(desk.engine, run, "chi")
    assert desk.current() == before and picture(desk) == [(None, None)]


def test_a_load_with_the_answer_fills_in_what_earlier_files_said_too(any_desk: Desk) -> None:
    desk = any_desk
    desk.load(desk.register(row("chạy tốt")))
    other = ["HTX Hai", CODES[1], "Xã Mẫu", "chạy tốt", 9]
    run = desk.load(desk.register(other), answers=(WORD,)).run_id
    assert picture(desk) == [("active", 9)] * 2 and texts(desk) == {}
    undo_run(desk.engine, run or 0, "chi")
    assert picture(desk)[0] == (None, 9) and texts(desk) == {"operating_state": "chạy tốt"}


def test_a_newer_state_stays_where_an_older_one_is_filled_in(desk: Desk) -> None:
    desk.load(desk.register(row("chạy tốt")), year=2022)
    desk.load(desk.register(row("Ngừng hoạt động")), year=2023)
    answered(desk)
    assert reread(desk.import_settings, "gia-lai", "chi") and picture(desk) == [("stopped", 9)]


def test_days_that_were_read_with_a_remark_are_never_called_unread(desk: Desk) -> None:
    head = [*HEAD[:3], "Năm thành lập"]
    founded = ["2005 (chuyển đổi năm 2014)", "6/2013 (Luật 2012)"]
    rows = [[f"HTX Mẫu {number}", CODES[number], day] for number, day in enumerate(founded)]
    outcome = desk.load(desk.register(*rows, head=head), commit=False)
    (cause,) = [cause for cause in preview_values(outcome)["causes"] if cause["rule"] == "date.read_as"]
    assert "chưa đọc được" not in cause["what"]
    assert [value["hint"] for value in cause["values"]] == ["đã đọc là 2005", "đã đọc là 06/2013"]
