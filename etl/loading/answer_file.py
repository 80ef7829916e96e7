"""Questions as a workbook or CSV file to fill in, and the answers read back from it."""

from __future__ import annotations

import io
import itertools
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

import xlsxwriter

from etl.files.readers import FileRefusedError, open_workbook
from etl.parsing.issues import LoadError
from etl.parsing.parsed import text_of
from etl.parsing.text import clean, folded_key
from etl.questions.question import (
    KIND_WORDS,
    ImportAnswer,
    ImportQuestion,
    QuestionKind,
    Unanswered,
)
from models.base.row_text import to_csv

KIND, FIELD, TEXT, ANSWER, FOR = "Loại", "Về", "Trong tệp ghi", "Trả lời", "Dùng cho"
PROPOSED = ("Đề xuất 1", "Đề xuất 2", "Đề xuất 3")
HEADINGS = (
    ANSWER,
    *PROPOSED,
    "Câu hỏi",
    "Số dòng",
    "Ví dụ",
    "Nếu chưa trả lời",
    KIND,
    FIELD,
    TEXT,
    FOR,
    "Các câu trả lời",
)
NEEDED = (ANSWER, KIND, FIELD, TEXT)
EVERYWHERE, HERE = "mọi địa bàn", "địa bàn này"
MEANS = {
    Unanswered.FILE: "không nạp được tệp",
    Unanswered.COLUMN: "không lấy cột này, và phải đồng ý mới nạp",
    Unanswered.ROWS: "các dòng này để ngoài",
    Unanswered.FIELD: "ô này để trống, dòng vẫn nạp",
}
LONGEST_CELL = 32_000  # of a workbook


def question_rows(questions: Iterable[ImportQuestion]) -> list[dict[str, str]]:
    """One row a question; "Trả lời" is empty, and takes a number of a proposal or the words of an answer."""
    return [_row(question) for question in questions]


def _row(question: ImportQuestion) -> dict[str, str]:
    proposed = [answer.words for answer in question.proposals] + [""] * len(PROPOSED)
    choices = [*question.choices.values(), *([question.skip_words] if question.may_skip else [])]
    return {
        ANSWER: "",
        **dict(zip(PROPOSED, proposed, strict=False)),
        "Câu hỏi": question.asked,
        "Số dòng": str(question.rows),
        "Ví dụ": "; ".join(question.examples),
        "Nếu chưa trả lời": MEANS[question.unanswered],
        KIND: KIND_WORDS[question.kind],
        FIELD: question.field,
        TEXT: question.text,
        FOR: HERE,
        "Các câu trả lời": "; ".join(choices)[:LONGEST_CELL],
    }


def write_questions(path: Path, questions: Sequence[ImportQuestion]) -> None:
    """Write the questions as .xlsx, else as CSV that Excel opens; raises LoadError when the file cannot be written."""
    rows = question_rows(questions)
    try:
        if path.suffix.lower() == ".xlsx":
            path.write_bytes(_workbook(rows))
        else:
            path.write_text(to_csv(rows), encoding="utf-8-sig", newline="")
    except OSError as error:
        raise LoadError(f"Không ghi được tệp câu hỏi {path.name}: {error.strerror}. Chọn chỗ khác") from error


def _workbook(rows: Sequence[Mapping[str, str]]) -> bytes:
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"strings_to_formulas": False, "strings_to_urls": False}) as book:
        sheet = book.add_worksheet("Câu hỏi")
        bold, wrap = book.add_format({"bold": True}), book.add_format({"text_wrap": True, "valign": "top"})
        sheet.write_row(0, 0, HEADINGS, bold)
        sheet.set_column(0, len(HEADINGS) - 1, 24)
        sheet.freeze_panes(1, 1)
        for number, row in enumerate(rows, start=1):
            for column, heading in enumerate(HEADINGS):
                sheet.write_string(number, column, row[heading], wrap)
    return out.getvalue()


def read_answer_file(path: Path) -> list[ImportAnswer]:
    """The answers of a file that `write_questions` wrote and somebody filled in; raises LoadError with the remedy."""
    try:
        with open_workbook(path) as book:
            rows = [row for sheet in itertools.islice(book.sheets(), 1) for row in sheet.rows]
    except (FileRefusedError, OSError) as error:
        raise LoadError(f"Không đọc được tệp trả lời {path.name}: {error}") from error
    if not rows:
        raise LoadError(f"Tệp trả lời {path.name} trống. Dùng tệp mà --questions đã ghi")
    headings = [clean(text_of(cell)) for cell in rows[0].cells]
    texts = ([text_of(cell).strip() for cell in row.cells] for row in rows[1:])
    filled = (dict(zip(headings, [*row, *[""] * len(headings)], strict=False)) for row in texts)
    return answers_of(filled, path.name)


def answers_of(rows: Iterable[Mapping[str, str]], name: str) -> list[ImportAnswer]:
    """The answers in rows of a filled file; a row without one stays open. Raises LoadError naming row and remedy."""
    kinds = {folded_key(words): kind for kind, words in KIND_WORDS.items()}
    found = []
    for number, row in enumerate(rows, start=2):
        if missing := [heading for heading in NEEDED if heading not in row]:
            raise LoadError(f'Tệp trả lời {name} thiếu cột "{missing[0]}". Dùng tệp mà --questions đã ghi')
        said = row[ANSWER].strip()
        if not said:
            continue
        kind = kinds.get(folded_key(row[KIND]))
        if kind is None:
            raise LoadError(f'Tệp trả lời {name}, dòng {number}: loại "{row[KIND]}" không có. Giữ nguyên cột này')
        found.append(_answer(kind, row, said, f"Tệp trả lời {name}, dòng {number}"))
    return found


def _answer(kind: QuestionKind, row: Mapping[str, str], said: str, where: str) -> ImportAnswer:
    if said in ("1", "2", "3"):
        number, said = said, row.get(PROPOSED[int(said) - 1], "").strip()
        if not said:
            raise LoadError(f"{where}: không có đề xuất {number}. Ghi số của một đề xuất, hoặc câu trả lời bằng chữ")
    used_for = folded_key(row.get(FOR, ""))
    if used_for not in ("", folded_key(HERE), folded_key(EVERYWHERE)):
        raise LoadError(f'{where}: cột "{FOR}" ghi "{row[FOR]}". Ghi "{HERE}" hoặc "{EVERYWHERE}"')
    is_everywhere = used_for == folded_key(EVERYWHERE)
    return ImportAnswer(kind, row[FIELD], row[TEXT], said, is_everywhere=is_everywhere)
