"""An answer is kept with its load, used in the next file of the place, and counts no longer once taken back."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from sqlalchemy.orm import Session

from etl.questions.question import SKIP, ImportAnswer, QuestionKind
from etl.tables.cells import CellReader, each_line
from etl.tables.columns import read_words
from etl.tables.findings import Findings
from etl.tables.shape.header import HeadedColumn, Header
from etl.tables.tables import DataRow, Table
from etl.writing.answers import read_answers
from models.accounts.changing import ChangeSession
from models.accounts.trail import Deed, TrailEntry
from models.base.kept_answer import KeptAnswer, take_back
from models.config.settings import ROOT
from models.register.organization import OrganizationState
from tests.etl.loading.desk import CODES, Desk

ANSWER = ImportAnswer(QuestionKind.WORD, "operating_state", "chạy tốt", "active", "Đang hoạt động")


def rows(*numbers: int) -> list[list[object]]:
    return [[f"HTX Mẫu {number}", CODES[number], "Xã Mẫu", "Chạy tốt", 9] for number in numbers]


def states(desk: Desk) -> list[str]:
    return sorted(row.state for row in desk.all(OrganizationState) if row.field == "operating_state")


def test_a_word_nobody_knows_is_asked_once_for_all_its_rows(desk: Desk) -> None:
    outcome = desk.load(desk.register(*rows(0, 1, 2)), commit=False)
    (question,) = outcome.questions
    assert (question.kind, question.field, question.text, question.rows) == (
        QuestionKind.WORD,
        "operating_state",
        "Chạy tốt",
        3,
    )
    assert question.examples[0] == "dòng 2: HTX Mẫu 0" and question.choices["active"] == "Đang hoạt động"


def test_an_answer_is_kept_with_the_load_and_used_in_the_next_file_of_the_place(any_desk: Desk) -> None:
    desk = any_desk
    assert desk.load(desk.register(*rows(0, 1)), answers=(ANSWER,)).run_id
    later = desk.load(desk.register(*rows(2, 3)))
    assert later.run_id and not later.questions and states(desk) == ["active"] * 4
    assert [(line.text, line.words, line.rows) for line in later.taken if line.is_answered] == [
        ("Chạy tốt", "Đang hoạt động", 2)
    ]
    with Session(desk.engine) as session:
        told = [entry.details.get("answers") for entry in session.query(TrailEntry)]
    assert ["chạy tốt = Đang hoạt động"] in told


def test_an_answer_of_one_place_says_nothing_about_another_unless_it_is_for_all(desk: Desk) -> None:
    desk.load(desk.register(*rows(0)), answers=(ANSWER,))
    assert desk.load(desk.register(*rows(1)), place="thanh-hoa", commit=False).questions
    everywhere = ImportAnswer(ANSWER.kind, ANSWER.field, ANSWER.text, ANSWER.value, ANSWER.words, is_everywhere=True)
    desk.load(desk.register(*rows(2)), answers=(everywhere,))
    assert desk.load(desk.register(*rows(1)), place="thanh-hoa").run_id


@pytest.mark.parametrize("commit", [False, True])
def test_nothing_is_kept_of_an_answer_whose_file_is_not_loaded(desk: Desk, commit: bool) -> None:
    broken = desk.register(*rows(0), ["", CODES[1], "Xã Mẫu", "Chạy tốt", 9])
    assert desk.load(broken, answers=(ANSWER,), commit=commit).run_id is None
    with Session(desk.engine) as session:
        assert read_answers(session, "gia-lai") == []


def test_an_answer_taken_back_counts_no_longer_and_stays_readable(desk: Desk) -> None:
    desk.load(desk.register(*rows(0)), answers=(ANSWER,))
    with ChangeSession(desk.engine) as session:
        take_back(session.query(KeptAnswer).one(), "chi", datetime.now(UTC))
        session.finish(Deed("update", "chi"))
    assert desk.load(desk.register(*rows(1)), commit=False).questions
    (kept,) = desk.all(KeptAnswer)
    assert (kept.value, kept.taken_back_by) == ("active", "chi")


def test_left_unknown_keeps_the_row_without_the_field(desk: Desk) -> None:
    skipped = ImportAnswer(ANSWER.kind, ANSWER.field, ANSWER.text, SKIP)
    assert desk.load(desk.register(*rows(0)), answers=(skipped,)).run_id
    assert states(desk) == []


def test_a_heading_means_what_was_answered(desk: Desk) -> None:
    head = ["TT", "Tên HTX", "Mã số HTX", "Xã, phường", "Chuyện gì", "Số thành viên"]
    answer = ImportAnswer(QuestionKind.HEADING, "organization", "Chuyện gì", "operating_state", "Tình trạng")
    path = desk.register(["HTX Mẫu 1", CODES[0], "Xã Mẫu", "Đang hoạt động", 9], head=head)
    assert desk.load(path, answers=(answer,)).run_id
    assert states(desk) == ["active"]


def test_a_question_in_the_last_of_very_many_rows_is_asked(desk: Desk) -> None:
    many = [*({"text": "Đang hoạt động"} for _ in range(99_999)), {"text": "Chạy tốt"}]
    words, findings = read_words(ROOT / "data")["operating_state"], Findings()
    header = Header((1,), (HeadedColumn(0, "Tình trạng", "operating_state"),))
    table = Table("HTX", header)
    for number, row in enumerate(many, start=2):
        table.lines.append(DataRow(number, (row["text"],)))
    reader = CellReader(table, findings)
    each_line(reader, lambda: reader.code("operating_state", words, "tình trạng") and None)
    (question,) = findings.questions.open.values()
    assert (question.text, question.rows) == ("Chạy tốt", 1) and question.examples[0].startswith("dòng 100001")
    assert [item.rows for item in findings.questions.taken.values()] == [99_999]
