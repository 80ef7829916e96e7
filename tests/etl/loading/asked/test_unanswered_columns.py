"""Columns whose heading nobody reviewed: asked once, left out only by agreement, and a name is never just missing."""

from __future__ import annotations

import pytest

from etl.commands.import_commands import _exit_code, _last_line
from etl.loading.import_file import ImportService
from etl.loading.preview import preview_lines
from etl.questions.question import ImportAnswer, QuestionKind, Unanswered
from models.config.settings import ROOT
from models.register.organization import Organization, OrganizationState, YearReport
from tests.etl.loading.desk import CODES, Desk

HEAD = ["TT", "Tên HTX", "Mã số HTX", "Tình trạng HĐ", "Số lượng lao động"]
ROWS = [[n + 1, f"HTX Số {n}", CODES[n], "Đang hoạt động", 9 + n] for n in range(3)]


def test_a_secondary_column_is_asked_once_and_left_out_by_agreement_only(desk: Desk) -> None:
    book = desk.book([HEAD, *ROWS])
    refused = desk.load(book)
    assert (refused.run_id, refused.stops_file) == (None, False)
    assert refused.columns_out == ["Tình trạng HĐ", "Số lượng lao động"]
    agreed = desk.load(book, leave_out=True)
    assert agreed.run_id and len(desk.all(Organization)) == 3
    assert desk.all(OrganizationState) == [] and desk.all(YearReport) == []


def test_the_column_is_said_in_one_sentence_that_never_advises_to_delete_it(desk: Desk) -> None:
    lines = list(preview_lines(desk.load(desk.book([HEAD, *ROWS]), commit=False)))
    (said,) = [line for line in lines if "Tình trạng HĐ" in line]
    assert lines.index(said) == 2 and '"Đang hoạt động"' in said and "không lấy cột này" in said
    assert "xóa cột" not in "".join(lines)


def test_the_answer_brings_the_column_in(desk: Desk) -> None:
    answers = [
        ImportAnswer(QuestionKind.HEADING, "organization", "Tình trạng HĐ", "operating_state"),
        ImportAnswer(QuestionKind.HEADING, "organization", "Số lượng lao động", "worker_count"),
    ]
    assert desk.load(desk.book([HEAD, *ROWS]), answers=tuple(answers)).run_id
    assert [row.state for row in desk.all(OrganizationState)] == ["active"] * 3
    assert sorted(row.worker_count for row in desk.all(YearReport)) == [9, 10, 11]


def test_the_command_ends_with_an_error_until_somebody_agrees(desk: Desk) -> None:
    import argparse

    outcome = desk.load(desk.book([HEAD, *ROWS]), commit=False)
    assert (_exit_code(outcome, agreed=False), _exit_code(outcome, agreed=True)) == (1, 0)
    said = _last_line(outcome, argparse.Namespace(demo=False, yes=False))
    assert "2 cột chưa trả lời" in said and "--answers" in said and "--yes" in said


def test_the_page_asks_for_the_same_agreement(desk: Desk) -> None:
    from etl.files.storage import keep_file

    service = ImportService(desk.engine, ROOT / "data")
    checksum = keep_file(desk.engine, "so.xlsx", desk.book([HEAD, *ROWS]).read_bytes())
    prepared = service.prepare(checksum, "register", "gia-lai", 2023)
    assert prepared.can_commit and prepared.needs_agreement
    assert prepared.agreement.startswith('2 cột chưa trả lời ("Tình trạng HĐ"')
    with pytest.raises(Exception, match="2 cột chưa trả lời"):
        service.commit(prepared.token, "test")
    assert service.commit(prepared.token, "test", leave_out_stopped=True)


def test_what_tells_whom_a_row_is_of_still_stops_the_file(desk: Desk) -> None:
    head = ["TT", "Tên HTX", "Mã số ĐKKD HTX", "Địa bàn xã, phường"]
    rows = [head, [1, "HTX Một", CODES[0], "Xã A"], [2, "HTX Hai", CODES[1], "Xã B"]]
    outcome = desk.load(desk.book(rows), leave_out=True)
    assert outcome.stops_file and {q.unanswered for q in outcome.questions} == {Unanswered.FILE}
    coded = desk.load(desk.book([["TT", "Tên HTX", "MST", head[3]], *rows[1:]]), commit=False)
    assert [q.unanswered for q in coded.questions] == [Unanswered.COLUMN]


@pytest.mark.parametrize("heading", ["Tên gọi HTX", "Tên gọi", "Danh mục", "Tổ chức KTTT", "Cơ sở SXKD"])
@pytest.mark.parametrize("form", ["HTX ", ""])
def test_an_unknown_column_of_names_is_taken_or_asked_and_never_just_missing(
    desk: Desk, heading: str, form: str
) -> None:
    rows = [["TT", heading, "Mã số HTX", "Diện tích"]]
    rows += [[n, f"{form}{text}", CODES[n], 5] for n, text in enumerate(["Mẫu Một", "Mẫu Hai"])]
    book = desk.book(rows)
    outcome = desk.load(book, leave_out=True)
    assert "header.missing_column" not in {finding.rule for finding in outcome.findings}
    if outcome.run_id is None:
        (question,) = [q for q in outcome.questions if q.unanswered is Unanswered.FILE]
        assert (question.text, question.proposals[0].value) == (heading, "name")
        answer = ImportAnswer(QuestionKind.HEADING, "organization", heading, "Tên HTX")
        assert desk.load(book, answers=(answer,)).run_id
    assert len(desk.all(Organization)) == 2


def test_a_table_without_any_column_of_words_still_says_what_is_missing(desk: Desk) -> None:
    outcome = desk.load(desk.book([["TT", "Mã số HTX", "Số thành viên"], [1, CODES[0], 9]]))
    (missing,) = [finding for finding in outcome.findings if finding.rule == "header.missing_column"]
    assert "Tên HTX" in missing.what and "danh mục" not in missing.remedy


def test_what_a_heading_was_taken_for_names_its_year_and_no_sign_of_the_program(desk: Desk) -> None:
    rows = [["TT", "Chỉ tiêu", "ĐVT", "Thực hiện năm 2023", "KH 2024", "Kết quả 2022"]]
    rows.append([1, "Tổng số hợp tác xã", "HTX", 200, 210, 190])
    outcome = desk.load(desk.book(rows), "report_form", commit=False)
    said = {item.text: item.words for item in outcome.taken}
    assert (said["Thực hiện năm 2023"], said["KH 2024"]) == ("Thực hiện năm 2023", "Kế hoạch năm 2024")
    assert "{" not in "".join(preview_lines(outcome)) and "Thực hiện năm …" in "".join(preview_lines(outcome))
